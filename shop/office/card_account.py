"""Our account with the card provider as the office reads it: disputes, strays, payouts, fees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select

from shop.checkout.card_queries import Difference, differences, last_balance
from shop.core.db import db
from shop.orders.models import OrderGroup
from shop.payments.models import (
    BOOKED_CURRENCY,
    WANTS_ANSWER,
    Dispute,
    DisputeEvent,
    DisputeStatus,
    EntryKind,
    PayoutStatus,
    ProviderBalance,
    ProviderEntry,
    ProviderPayout,
    StrayCharge,
    StrayStatus,
)

MOST_OF_A_KIND = 50


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """`held`: đồng withdrawn and not given again; `history` the oldest standing first."""

    provider_name: str
    reference: str
    name: str
    email: str
    amount: int
    currency: str
    held: int
    status: DisputeStatus
    reason: str
    due_by: datetime | None
    history: tuple[DisputeEvent, ...]


@dataclass(frozen=True, slots=True)
class StrayRow:
    public_id: str
    reference: str
    name: str
    expected: int
    amount: int
    currency: str
    status: StrayStatus
    since: datetime


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """`lines` is what its lines add up to, None when the provider has not listed them."""

    name: str
    amount: int
    currency: str
    status: PayoutStatus
    arrives_on: date
    lines: int | None

    @property
    def difference(self) -> int:
        return 0 if self.lines is None else self.amount - self.lines


@dataclass(frozen=True, slots=True)
class Fees:
    """Đồng the provider kept since the month began, and lines in money that is not booked."""

    on_payments: int
    on_disputes: int
    others: int
    not_in_dong: int


@dataclass(frozen=True, slots=True)
class CardAccount:
    balance: ProviderBalance | None
    disputes: Sequence[DisputeRow]
    strays: Sequence[StrayRow]
    payouts: Sequence[PayoutRow]
    differences: Sequence[Difference]
    fees: Fees


def card_account(now: datetime, month_began: datetime) -> CardAccount:
    return CardAccount(
        balance=last_balance(),
        disputes=disputes(),
        strays=strays(),
        payouts=_payouts(),
        differences=differences(now)[:MOST_OF_A_KIND],
        fees=_fees(month_began),
    )


def disputes(*conditions: ColumnElement[bool]) -> list[DisputeRow]:
    """Those that want an answer first, by the day it is due; then the newest."""
    rows = db.session.execute(
        select(Dispute, OrderGroup)
        .join(OrderGroup, OrderGroup.payment_id == Dispute.payment_id)
        .where(*conditions)
        .order_by(Dispute.created_at.desc(), Dispute.id.desc())
        .limit(MOST_OF_A_KIND)
    ).all()
    if not rows:
        return []
    history = _history([dispute.id for dispute, _ in rows])
    held = _held([dispute.reference for dispute, _ in rows])
    found = [
        _dispute_row(dispute, group, history.get(dispute.id, ()), held.get(dispute.reference, 0))
        for dispute, group in rows
    ]
    return sorted(found, key=lambda row: (not row.status.wants_answer, _day(row)))


def _day(row: DisputeRow) -> float:
    return row.due_by.timestamp() if row.status.wants_answer and row.due_by else float("inf")


def _history(keys: Sequence[int]) -> dict[int, tuple[DisputeEvent, ...]]:
    events = db.session.scalars(
        select(DisputeEvent).where(DisputeEvent.dispute_id.in_(keys)).order_by(DisputeEvent.id)
    )
    found: dict[int, tuple[DisputeEvent, ...]] = {}
    for event in events:
        found[event.dispute_id] = (*found.get(event.dispute_id, ()), event)
    return found


def _held(references: Sequence[str]) -> dict[str | None, int]:
    rows = db.session.execute(
        select(ProviderEntry.subject, func.sum(ProviderEntry.amount))
        .where(
            ProviderEntry.kind == EntryKind.DISPUTE,
            ProviderEntry.subject.in_(references),
            ProviderEntry.currency == BOOKED_CURRENCY,
        )
        .group_by(ProviderEntry.subject)
    )
    return {reference: -int(total) for reference, total in rows}


def _dispute_row(
    dispute: Dispute, group: OrderGroup, history: tuple[DisputeEvent, ...], held: int
) -> DisputeRow:
    return DisputeRow(
        provider_name=dispute.reference,
        reference=group.reference,
        name=group.name,
        email=group.email,
        amount=dispute.amount,
        currency=dispute.currency,
        held=held,
        status=dispute.status,
        reason=dispute.reason,
        due_by=dispute.due_by,
        history=history,
    )


def disputes_to_answer() -> list[DisputeRow]:
    return disputes(Dispute.status.in_(WANTS_ANSWER))


def strays(*statuses: StrayStatus) -> list[StrayRow]:
    wanted = statuses or tuple(StrayStatus)
    rows = db.session.execute(
        select(
            StrayCharge.public_id,
            OrderGroup.reference,
            OrderGroup.name,
            OrderGroup.total,
            StrayCharge.amount,
            StrayCharge.currency,
            StrayCharge.status,
            StrayCharge.created_at,
        )
        .join(OrderGroup, OrderGroup.payment_id == StrayCharge.payment_id)
        .where(StrayCharge.status.in_(wanted))
        .order_by(StrayCharge.id.desc())
        .limit(MOST_OF_A_KIND)
    )
    return [StrayRow(*row) for row in rows]


def _payouts() -> list[PayoutRow]:
    payouts = db.session.scalars(
        select(ProviderPayout)
        .order_by(ProviderPayout.arrives_on.desc(), ProviderPayout.id.desc())
        .limit(MOST_OF_A_KIND)
    ).all()
    net = func.sum(ProviderEntry.amount - ProviderEntry.fee)
    totals = dict(
        db.session.execute(
            select(ProviderEntry.payout, net)
            .where(ProviderEntry.payout.in_([payout.reference for payout in payouts]))
            .group_by(ProviderEntry.payout)
        ).all()
    )
    return [
        PayoutRow(
            name=payout.reference,
            amount=payout.amount,
            currency=payout.currency,
            status=payout.status,
            arrives_on=payout.arrives_on,
            lines=int(totals.get(payout.reference) or 0) if payout.listed_at else None,
        )
        for payout in payouts
    ]


def _fees(since: datetime) -> Fees:
    kind, fee = ProviderEntry.kind, ProviderEntry.fee
    in_dong = ProviderEntry.currency == BOOKED_CURRENCY
    by_itself = kind == EntryKind.FEE
    parts = (
        case((in_dong & kind.in_((EntryKind.CHARGE, EntryKind.REFUND)), fee), else_=0),
        case((in_dong & (kind == EntryKind.DISPUTE), fee), else_=0),
        case((in_dong & by_itself, fee - ProviderEntry.amount), else_=0),
        case((in_dong, 0), else_=1),
    )
    row = db.session.execute(
        select(*(func.coalesce(func.sum(part), 0) for part in parts)).where(
            ProviderEntry.at >= since
        )
    ).one()
    return Fees(*(int(total) for total in row))
