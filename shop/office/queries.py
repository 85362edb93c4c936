"""What waits for the village office, orders as it looks them up, and one group with everything."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.emails import InvalidEmail, parse_email
from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.outbox import Mail, MailStatus
from shop.core.phones import InvalidPhone, parse_phone
from shop.core.vietnamese import fold
from shop.ledger.models import Account, LedgerEntry
from shop.orders.models import GIVEN_UP, Order, OrderGroup, OrderLine, OrderStatus, PaymentShare
from shop.payments.bank_details import bank_details_of, is_by_hand
from shop.payments.models import (
    BankDetails,
    Payment,
    PaymentEvent,
    PaymentMethod,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundStatus,
    TransferReceipt,
)
from shop.payments.references import normalise_reference
from shop.workshops.models import Workshop

MOST_OF_A_KIND = 50
PAGE_SIZE = 30
FEWEST_DIGITS = 4
TO_SHIP = (OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED)
UNDER_WAY = (*TO_SHIP, OrderStatus.SHIPPED)
OPEN = (PaymentStatus.CREATED, PaymentStatus.AWAITING)


@dataclass(frozen=True, slots=True)
class ExpectedTransfer:
    reference: str
    name: str
    amount: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class RefundByHand:
    """`failed`: the card's bank refused it, so it is paid back another way. `has_details`: the
    buyer has said where to."""

    public_id: str
    reference: str
    name: str
    phone: str
    email: str
    amount: int
    since: datetime
    failed: bool
    has_details: bool


@dataclass(frozen=True, slots=True)
class LateOrder:
    reference: str
    status: OrderStatus
    ship_by: datetime
    total: int
    name: str
    workshop_vi: str
    workshop_en: str
    workshop_phone: str | None


@dataclass(frozen=True, slots=True)
class UnreachableWorkshop:
    slug: str
    name_vi: str
    name_en: str
    street: str
    ward_code: str | None
    phone: str | None
    email: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LostMail:
    public_id: str
    recipient: str
    subject: str
    attempts: int
    last_error: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Since the month began: đồng paid and workshops with orders; now: workshops, open orders."""

    paid: int
    selling_workshops: int
    workshops: int
    under_way: int
    cash_to_come: int


@dataclass(frozen=True, slots=True)
class FoundGroup:
    reference: str
    placed_at: datetime
    name: str
    phone: str
    email: str
    total: int
    method: PaymentMethod
    payment_status: PaymentStatus
    statuses: tuple[OrderStatus, ...]


def expected_transfers() -> list[ExpectedTransfer]:
    """Bank transfers that should come, the first to lapse first."""
    rows = db.session.execute(
        select(
            OrderGroup.reference,
            OrderGroup.name,
            Payment.amount,
            Payment.created_at,
            Payment.expires_at,
        )
        .join(OrderGroup, OrderGroup.payment_id == Payment.id)
        .where(Payment.method == PaymentMethod.VIETQR, Payment.status.in_(OPEN))
        .order_by(Payment.expires_at, Payment.id)
        .limit(MOST_OF_A_KIND)
    )
    return [ExpectedTransfer(*row) for row in rows]


def refunds_by_hand() -> list[RefundByHand]:
    """Money to be paid back by a person, the longest owed first."""
    rows = db.session.execute(
        select(
            Refund.public_id,
            OrderGroup.reference,
            OrderGroup.name,
            OrderGroup.phone,
            OrderGroup.email,
            Refund.amount,
            Refund.created_at,
            Refund.status == RefundStatus.FAILED,
            BankDetails.id.is_not(None),
        )
        .join(Payment, Payment.id == Refund.payment_id)
        .join(OrderGroup, OrderGroup.payment_id == Payment.id)
        .outerjoin(
            BankDetails,
            (BankDetails.payment_id == Payment.id) & BankDetails.erased_at.is_(None),
        )
        .where(is_by_hand())
        .order_by(Refund.created_at, Refund.id)
        .limit(MOST_OF_A_KIND)
    )
    return [RefundByHand(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class RefundToPay:
    """A refund as the officer who transfers it sees it; paid already once `settled_at` is set."""

    public_id: str
    amount: int
    since: datetime
    failed: bool
    settled_at: datetime | None
    group: OrderGroup
    details: BankDetails | None


def refund_to_pay(public_id: str) -> RefundToPay:
    """A refund that a person has to transfer, or has transferred. Raises Missing for others."""
    row = db.session.execute(
        select(Refund, OrderGroup)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(OrderGroup, OrderGroup.payment_id == Payment.id)
        .where(Refund.public_id == public_id, or_(is_by_hand(), Refund.settled_by_id.is_not(None)))
    ).one_or_none()
    if row is None:
        raise Missing
    refund, group = row
    return RefundToPay(
        public_id=refund.public_id,
        amount=refund.amount,
        since=refund.created_at,
        failed=refund.status is RefundStatus.FAILED,
        settled_at=refund.sent_at if refund.settled_by_id is not None else None,
        group=group,
        details=bank_details_of(refund.payment_id),
    )


def late_orders(at: datetime) -> list[LateOrder]:
    """Past the day they should have gone, the latest first."""
    rows = db.session.execute(
        select(
            OrderGroup.reference,
            Order.status,
            Order.ship_by,
            Order.total,
            OrderGroup.name,
            Workshop.name_vi,
            Workshop.name_en,
            Workshop.phone,
        )
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Workshop, Workshop.id == Order.workshop_id)
        .where(Order.status.in_(TO_SHIP), Order.ship_by < at)
        .order_by(Order.ship_by, Order.id)
        .limit(MOST_OF_A_KIND)
    )
    return [LateOrder(*row) for row in rows]


def unreachable_workshops() -> list[UnreachableWorkshop]:
    """Workshops of which street, commune, telephone or e-mail is missing; see
    Workshop.lacks_working_address."""
    lacks = or_(
        Workshop.street == "",
        Workshop.ward_code.is_(None),
        Workshop.phone.is_(None),
        Workshop.email == "",
    )
    rows = db.session.execute(
        select(
            Workshop.slug,
            Workshop.name_vi,
            Workshop.name_en,
            Workshop.street,
            Workshop.ward_code,
            Workshop.phone,
            Workshop.email,
            Workshop.created_at,
        )
        .where(lacks)
        .order_by(Workshop.name_sort, Workshop.id)
        .limit(MOST_OF_A_KIND)
    )
    return [UnreachableWorkshop(*row) for row in rows]


def lost_mails() -> list[LostMail]:
    """Mails that were tried often enough to be given up, the newest first."""
    rows = db.session.execute(
        select(
            Mail.public_id,
            Mail.recipient,
            Mail.subject,
            Mail.attempts,
            Mail.last_error,
            Mail.created_at,
        )
        .where(Mail.status == MailStatus.GIVEN_UP)
        .order_by(Mail.id.desc())
        .limit(MOST_OF_A_KIND)
    )
    return [LostMail(*row) for row in rows]


def figures(month_began: datetime) -> Figures:
    """Two SQL statements."""
    stands = Order.status.not_in((OrderStatus.AWAITING_PAYMENT, *GIVEN_UP))
    sold = stands & (OrderGroup.placed_at >= month_began)
    cash = stands & (OrderGroup.payment_method == PaymentMethod.CASH)
    kept = PaymentShare.captured - PaymentShare.refunded
    to_come = PaymentShare.amount - PaymentShare.waived - PaymentShare.captured
    row = db.session.execute(
        select(
            func.coalesce(
                func.sum(case((PaymentShare.captured_at >= month_began, kept), else_=0)), 0
            ),
            func.count(func.distinct(case((sold, Order.workshop_id)))),
            func.count(case((Order.status.in_(UNDER_WAY), 1))),
            func.coalesce(func.sum(case((cash, to_come), else_=0)), 0),
        )
        .select_from(Order)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
    ).one()
    workshops = db.session.scalar(select(func.count(Workshop.id))) or 0
    return Figures(
        paid=int(row[0]),
        selling_workshops=row[1],
        workshops=workshops,
        under_way=row[2],
        cash_to_come=int(row[3]),
    )


def _phone_condition(text: str) -> ColumnElement[bool] | None:
    """A whole number in any way of writing it, or some digits of one in a row."""
    try:
        return OrderGroup.phone == parse_phone(text)
    except InvalidPhone:
        digits = re.sub(r"[\s.()+-]", "", text)
        if not digits.isdecimal() or len(digits) < FEWEST_DIGITS:
            return None
        return OrderGroup.phone.contains(digits.removeprefix("0"), autoescape=True)


def _email_condition(text: str) -> ColumnElement[bool] | None:
    if "@" not in text:
        return None
    try:
        return OrderGroup.email == parse_email(text)
    except InvalidEmail:
        return OrderGroup.email.contains(text.lower(), autoescape=True)


def _matches(text: str) -> ColumnElement[bool]:
    """By reference (even inside a bank's text), name without tones, telephone, or e-mail."""
    packed = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    reference = normalise_reference(text)
    conditions = [
        OrderGroup.reference == reference if reference else None,
        OrderGroup.reference.startswith(packed, autoescape=True) if len(packed) > 2 else None,
        OrderGroup.name_fold.contains(fold(text), autoescape=True),
        _phone_condition(text),
        _email_condition(text),
    ]
    return or_(*(condition for condition in conditions if condition is not None))


def groups_found(text: str, page: int) -> tuple[list[FoundGroup], bool]:
    """A page of groups, newest first, and whether there are more. Two SQL statements.

    Without a text these are simply the newest.
    """
    query = (
        select(
            OrderGroup.id,
            OrderGroup.reference,
            OrderGroup.placed_at,
            OrderGroup.name,
            OrderGroup.phone,
            OrderGroup.email,
            OrderGroup.total,
            OrderGroup.payment_method,
            Payment.status,
        )
        .join(Payment, Payment.id == OrderGroup.payment_id)
        .order_by(OrderGroup.placed_at.desc(), OrderGroup.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    )
    if text:
        query = query.where(_matches(text))
    rows = db.session.execute(query).all()
    statuses = _statuses_of([row[0] for row in rows])
    found = [FoundGroup(*row[1:], statuses=tuple(statuses.get(row[0], ()))) for row in rows]
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def _statuses_of(group_ids: Collection[int]) -> dict[int, list[OrderStatus]]:
    found: dict[int, list[OrderStatus]] = {}
    if not group_ids:
        return found
    rows = db.session.execute(
        select(Order.group_id, Order.status).where(Order.group_id.in_(group_ids)).order_by(Order.id)
    )
    for group_id, status in rows:
        found.setdefault(group_id, []).append(status)
    return found


OfPayment = TypeVar("OfPayment", PaymentEvent, Refund, ProviderEvent)


@dataclass(frozen=True, slots=True)
class WholeGroup:
    """A group and everything written down about it; `names` are of the people who acted."""

    group: OrderGroup
    payment_events: list[PaymentEvent]
    receipt: TransferReceipt | None
    refunds: list[Refund]
    provider_events: list[ProviderEvent]
    names: dict[int, str]


def group_with_everything(reference: str) -> WholeGroup:
    """Ten SQL statements, however large the group. Raises Missing."""
    orders = selectinload(OrderGroup.orders)
    group = db.session.scalar(
        select(OrderGroup)
        .where(OrderGroup.reference == reference)
        .options(
            joinedload(OrderGroup.payment),
            orders.joinedload(Order.workshop),
            orders.joinedload(Order.shipment),
            orders.joinedload(Order.share),
            orders.selectinload(Order.lines).joinedload(OrderLine.image),
            orders.selectinload(Order.events),
        )
    )
    if group is None:
        raise Missing
    payment_id = group.payment_id
    events = _all_of(PaymentEvent, payment_id)
    receipt = db.session.scalar(
        select(TransferReceipt).where(TransferReceipt.payment_id == payment_id)
    )
    refunds = _all_of(Refund, payment_id)
    heard = _all_of(ProviderEvent, payment_id)
    names = _names_of(group, events, receipt, refunds)
    return WholeGroup(group, events, receipt, refunds, heard, names)


def _all_of(kind: type[OfPayment], payment_id: int) -> list[OfPayment]:
    rows = select(kind).where(kind.payment_id == payment_id).order_by(kind.id)
    return list(db.session.scalars(rows))


def _names_of(
    group: OrderGroup,
    events: Collection[PaymentEvent],
    receipt: TransferReceipt | None,
    refunds: Collection[Refund],
) -> dict[int, str]:
    keys = {event.by_person_id for order in group.orders for event in order.events}
    keys |= {event.by_person_id for event in events}
    keys |= {refund.settled_by_id for refund in refunds}
    keys |= {order.share.captured_by_id for order in group.orders}
    keys |= {receipt.recorded_by_id} if receipt else set()
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(keys - {None})))
    return dict(rows.all())


def bank_entry_is_known(bank_entry: str) -> bool:
    return (
        db.session.scalar(
            select(TransferReceipt.id).where(TransferReceipt.bank_entry == bank_entry)
        )
        is not None
    )


@dataclass(frozen=True, slots=True)
class WorkshopBalance:
    """Đồng: what a workshop has earned, and what of buyers' cash it keeps."""

    slug: str
    name_vi: str
    name_en: str
    earned: int
    cash: int

    @property
    def due(self) -> int:
        """What it is to be paid; negative when it owes."""
        return self.earned - self.cash


def workshop_balances() -> list[WorkshopBalance]:
    """Every workshop whose accounts ever moved, in alphabetical order; one SQL statement."""
    of_cash = LedgerEntry.account == Account.CASH_WITH_WORKSHOP
    rows = db.session.execute(
        select(
            Workshop.slug,
            Workshop.name_vi,
            Workshop.name_en,
            func.sum(case((of_cash, 0), else_=-LedgerEntry.amount)),
            func.sum(case((of_cash, LedgerEntry.amount), else_=0)),
        )
        .join(LedgerEntry, LedgerEntry.workshop_id == Workshop.id)
        .group_by(
            Workshop.id, Workshop.slug, Workshop.name_vi, Workshop.name_en, Workshop.name_sort
        )
        .order_by(Workshop.name_sort, Workshop.id)
    )
    return [
        WorkshopBalance(slug, name_vi, name_en, int(earned), int(cash))
        for slug, name_vi, name_en, earned, cash in rows
    ]
