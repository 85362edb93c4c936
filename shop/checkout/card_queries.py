"""What has to be asked of the card provider, and where its account is not what the books say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, not_, or_, select

from shop.checkout.card_books import fee_of, kept_astray, paid_out
from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction
from shop.payments.card_records import held_over
from shop.payments.models import (
    BOOKED_CURRENCY,
    Dispute,
    EntryKind,
    Payment,
    PaymentMethod,
    PayoutStatus,
    ProviderBalance,
    ProviderEntry,
    ProviderPayout,
    Refund,
    RefundStatus,
    StrayCharge,
    StrayStatus,
)

IN_DONG = ProviderEntry.currency == BOOKED_CURRENCY
ON_ITS_WAY = (PayoutStatus.PENDING, PayoutStatus.IN_TRANSIT)


def charges_to_look_at() -> list[str]:
    """Payments and stray money here with a refund or dispute there that we do not know of, or
    know of otherwise than it ended."""
    refund = exists().where(
        Refund.provider_reference == ProviderEntry.subject,
        or_(ProviderEntry.amount < 0, Refund.status == RefundStatus.FAILED),
    )
    stray = exists().where(StrayCharge.refund_reference == ProviderEntry.subject)
    dispute = exists().where(Dispute.reference == ProviderEntry.subject)
    is_unknown = or_(
        and_(ProviderEntry.kind == EntryKind.REFUND, not_(or_(refund, stray))),
        and_(ProviderEntry.kind == EntryKind.DISPUTE, not_(dispute)),
    )
    is_ours = or_(
        exists().where(Payment.provider_charge == ProviderEntry.charge),
        exists().where(StrayCharge.charge == ProviderEntry.charge),
    )
    found = db.session.scalars(
        select(ProviderEntry.charge).where(is_unknown, is_ours).distinct().limit(200)
    )
    return [charge for charge in found if charge]


def open_disputes() -> list[tuple[int, str]]:
    """Payment and name of each dispute that is not decided."""
    found = db.session.scalars(select(Dispute).order_by(Dispute.id)).all()
    return [(d.payment_id, d.reference) for d in found if d.status.is_open]


def payouts_to_list() -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(ProviderPayout.id, ProviderPayout.reference)
        .where(
            ProviderPayout.is_automatic,
            ProviderPayout.status == PayoutStatus.PAID,
            ProviderPayout.listed_at.is_(None),
        )
        .order_by(ProviderPayout.id)
    )
    return [(key, reference) for key, reference in rows]


def strays_to_send() -> list[tuple[str, str, int]]:
    """Public id, charge and amount of what is to go back."""
    rows = db.session.execute(
        select(StrayCharge.public_id, StrayCharge.charge, StrayCharge.amount)
        .where(StrayCharge.status == StrayStatus.SENDING)
        .order_by(StrayCharge.id)
    )
    return [(key, charge, amount) for key, charge, amount in rows]


def under_way() -> int:
    """Đồng by which the provider's balance differs from the books though both are right: refunds
    it has begun and payouts the bank has not confirmed are gone there and not yet here."""
    refunds = db.session.scalar(
        select(func.coalesce(func.sum(ProviderEntry.amount), 0))
        .join(Refund, Refund.provider_reference == ProviderEntry.subject)
        .where(ProviderEntry.kind == EntryKind.REFUND, IN_DONG, Refund.status == RefundStatus.SENT)
    )
    payouts = db.session.scalar(
        select(func.coalesce(func.sum(ProviderPayout.amount), 0)).where(
            ProviderPayout.status.in_(ON_ITS_WAY), ProviderPayout.currency == BOOKED_CURRENCY
        )
    )
    return int(refunds or 0) - int(payouts or 0)


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What has moved with the card provider outside of any order, in đồng: disputes not decided,
    losses, fees, payouts, and money that is nobody's."""

    held: int
    lost: int
    fees: int
    paid_out: int
    astray: int


def own_account() -> OwnAccount:
    """From disputes, lines, payouts and stray charges alone; no posting is looked at."""
    disputes = db.session.scalars(select(Dispute)).all()
    held = {dispute.id: held_over(dispute) for dispute in disputes}
    through = {
        dispute_id: int(total)
        for dispute_id, total in db.session.execute(
            select(Refund.dispute_id, func.sum(Refund.amount))
            .where(Refund.status == RefundStatus.DONE, Refund.settled_by_id.is_(None))
            .group_by(Refund.dispute_id)
        )
    }
    lost = sum(
        max(0, held[d.id] - through.get(d.id, 0))
        for d in disputes
        if d.status.is_lost and d.currency == BOOKED_CURRENCY
    )
    return OwnAccount(
        held=sum(held.values()),
        lost=lost,
        fees=sum(
            fee_of(entry) for entry in db.session.scalars(select(ProviderEntry).where(IN_DONG))
        ),
        paid_out=sum(paid_out(payout) for payout in db.session.scalars(select(ProviderPayout))),
        astray=sum(kept_astray(stray) for stray in db.session.scalars(select(StrayCharge))),
    )


def booked_of_no_order(account: Account) -> int:
    """Debit positive: what was booked on an account for no single order."""
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(LedgerEntry.amount), 0))
            .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
            .where(LedgerEntry.account == account, LedgerTransaction.about.is_(None))
        )
        or 0
    )


def last_balance() -> ProviderBalance | None:
    return db.session.scalar(
        select(ProviderBalance).order_by(ProviderBalance.at.desc(), ProviderBalance.id.desc())
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of our account that is not what we have: `ours` đồng, None when we know nothing."""

    entry: ProviderEntry
    ours: int | None


def differences(before: datetime) -> list[Difference]:
    """Lines of before a moment that differ from what payments, refunds and payouts say."""
    known = _known_amounts()
    lines = db.session.scalars(
        select(ProviderEntry)
        .where(IN_DONG, ProviderEntry.at < before, ProviderEntry.kind != EntryKind.FEE)
        .order_by(ProviderEntry.at, ProviderEntry.id)
    ).all()
    totals: dict[tuple[EntryKind, str | None], int] = {}
    for line in lines:
        key = (line.kind, line.subject)
        totals[key] = totals.get(key, 0) + line.amount
    newest = {(line.kind, line.subject): line for line in lines}
    return [
        Difference(newest[key], known.get(key))
        for key, total in totals.items()
        if known.get(key) != total
    ]


def _known_amounts() -> dict[tuple[EntryKind, str | None], int]:
    """What the lines about each thing should add up to, by what we keep of it."""
    known: dict[tuple[EntryKind, str | None], int] = {}
    for charge, amount in db.session.execute(
        select(Payment.provider_charge, Payment.amount).where(
            Payment.method == PaymentMethod.STRIPE, Payment.provider_charge.is_not(None)
        )
    ):
        known[EntryKind.CHARGE, charge] = amount
    for refund in db.session.scalars(select(Refund).where(Refund.provider_reference.is_not(None))):
        gone = refund.status in (RefundStatus.SENT, RefundStatus.DONE)
        by_hand = refund.settled_by_id is not None
        known[EntryKind.REFUND, refund.provider_reference] = (
            -refund.amount if gone and not by_hand else 0
        )
    for stray in db.session.scalars(select(StrayCharge)):
        known[EntryKind.CHARGE, stray.charge] = stray.amount
        gone = stray.status in (StrayStatus.SENDING, StrayStatus.RETURNED)
        known[EntryKind.REFUND, stray.refund_reference] = -stray.amount if gone else 0
    for dispute in db.session.scalars(select(Dispute)):
        known[EntryKind.DISPUTE, dispute.reference] = -held_over(dispute)
    for payout in db.session.scalars(select(ProviderPayout)):
        failed = payout.status in (PayoutStatus.FAILED, PayoutStatus.CANCELED)
        known[EntryKind.PAYOUT, payout.reference] = 0 if failed else -payout.amount
    return known
