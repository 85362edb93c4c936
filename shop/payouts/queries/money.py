"""A workshop's own money: what it gets and when, what is on its way, and what it has got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Missing
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.ledger.queries.terms import TermBook, TermMissing, term_book
from shop.orders.models import Order, OrderCharges, OrderStatus, PaymentShare
from shop.orders.terms import payout_day_from
from shop.payouts.models import (
    ON_THE_WAY,
    AccountStatus,
    Payout,
    PayoutEvent,
    PayoutStatus,
    WorkshopAccount,
)
from shop.payouts.queries.due import Earning, unclaimed
from shop.payouts.queries.lines import Line, unclaimed_lines

UNDER_WAY = (
    OrderStatus.PLACED,
    OrderStatus.CONFIRMED,
    OrderStatus.PACKED,
    OrderStatus.SHIPPED,
)
MOST_PAYOUTS = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line not yet paid. `day` is when it is paid at the earliest, None while it is held."""

    line: Line
    day: date | None


@dataclass(frozen=True, slots=True)
class MyPayout:
    """`at` is when it came to stand as it does."""

    public_id: str
    reference: str
    amount: int
    status: PayoutStatus
    up_to: date
    at: datetime
    account: WorkshopAccount
    note: str


@dataclass(frozen=True, slots=True)
class MyMoney:
    """Sums in đồng. `next_sum` is what the next payout brings as things stand: negative when the
    workshop owes; `cash` is what it keeps of buyers' money, netted then."""

    earned_today: int
    next_day: date | None
    next_sum: int
    cash: int
    next_lines: Sequence[Waiting]
    later: Sequence[Waiting]
    not_delivered: int
    payouts: Sequence[MyPayout]

    @property
    def later_sum(self) -> int:
        return sum(waiting.line.total for waiting in self.later)

    def with_status(self, *statuses: PayoutStatus) -> list[MyPayout]:
        return [payout for payout in self.payouts if payout.status in statuses]

    @property
    def on_the_way(self) -> list[MyPayout]:
        return self.with_status(*ON_THE_WAY)


def money_of(workshop_id: int, today: date) -> MyMoney:
    """Seven SQL statements, however many orders."""
    terms = term_book()
    next_day = _next_day(today, terms)
    earnings = unclaimed(workshop_id)
    waiting = _waiting(earnings, unclaimed_lines(workshop_id), terms, next_day)
    soon = [each for each in waiting if _is_by(each, next_day)]
    cash = balance(Account.CASH_WITH_WORKSHOP, workshop_id)
    return MyMoney(
        earned_today=sum(
            earning.amount for earning in earnings if earning.at.astimezone(HANOI).date() == today
        ),
        next_day=next_day,
        next_sum=sum(each.line.total for each in soon) - cash,
        cash=cash,
        next_lines=soon,
        later=[each for each in waiting if not _is_by(each, next_day)],
        not_delivered=_not_delivered(workshop_id),
        payouts=_payouts(workshop_id),
    )


def _next_day(today: date, terms: TermBook) -> date | None:
    try:
        return payout_day_from(today, terms)
    except TermMissing:
        return None


def _is_by(waiting: Waiting, next_day: date | None) -> bool:
    return waiting.day is not None and next_day is not None and waiting.day <= next_day


def _waiting(
    earnings: Sequence[Earning], lines: Sequence[Line], terms: TermBook, next_day: date | None
) -> list[Waiting]:
    """Each line with the first payout day on which all of it is due."""
    days: dict[str, date | None] = {}
    for earning in earnings:
        day = earning.due_day(terms) if next_day else None
        standing = days.get(earning.key, date.min)
        days[earning.key] = None if day is None or standing is None else max(day, standing)
    found = [Waiting(line, _paid_on(days.get(line.key), terms, next_day)) for line in lines]
    return sorted(found, key=lambda each: (each.day or date.max, each.line.at))


def _paid_on(day: date | None, terms: TermBook, next_day: date | None) -> date | None:
    if day is None or next_day is None:
        return None
    return next_day if day <= next_day else payout_day_from(day, terms)


def _not_delivered(workshop_id: int) -> int:
    """What the orders under way bring, less in proportion what is not paid for any more."""
    charged = (
        OrderCharges.commission
        + OrderCharges.fund_share
        + OrderCharges.withheld_vat
        + OrderCharges.withheld_pit
    )
    stands = Order.total - PaymentShare.refunded - PaymentShare.waived
    total = db.session.scalar(
        select(func.coalesce(func.sum((Order.total - charged) * stands / Order.total), 0))
        .join(OrderCharges, OrderCharges.order_id == Order.id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(Order.workshop_id == workshop_id, Order.status.in_(UNDER_WAY))
    )
    return int(total or 0)


def _payouts(workshop_id: int) -> list[MyPayout]:
    rows = db.session.execute(
        select(Payout, PayoutEvent.at, PayoutEvent.note)
        .join(PayoutEvent, PayoutEvent.payout_id == Payout.id)
        .where(Payout.workshop_id == workshop_id, PayoutEvent.to_status == Payout.status)
        .options(joinedload(Payout.account), joinedload(Payout.run))
        .order_by(Payout.id.desc())
        .limit(MOST_PAYOUTS)
    )
    return [
        MyPayout(
            public_id=payout.public_id,
            reference=payout.reference,
            amount=payout.amount,
            status=payout.status,
            up_to=payout.run.up_to,
            at=at,
            account=payout.account,
            note=note,
        )
        for payout, at, note in rows
    ]


def payout_of(public_id: str, workshop_ids: Sequence[int] | None = None) -> Payout:
    """With workshop, account and run; one SQL statement. Of these workshops, when they are named.

    Raises Missing.
    """
    query = (
        select(Payout)
        .where(Payout.public_id == public_id)
        .options(joinedload(Payout.workshop), joinedload(Payout.account), joinedload(Payout.run))
    )
    if workshop_ids is not None:
        query = query.where(Payout.workshop_id.in_(workshop_ids))
    payout = db.session.scalar(query)
    if payout is None:
        raise Missing
    return payout


def accounts_of(workshop_id: int) -> dict[AccountStatus, WorkshopAccount]:
    """The account in use and the one held; nothing for what there is not."""
    rows = db.session.scalars(
        select(WorkshopAccount).where(
            WorkshopAccount.workshop_id == workshop_id,
            WorkshopAccount.status.in_((AccountStatus.HELD, AccountStatus.CONFIRMED)),
        )
    )
    return {row.status: row for row in rows}
