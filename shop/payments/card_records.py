"""Keeping what the card provider says of its own accord, each thing once and the newest word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from shop.core.db import db, for_update
from shop.payments.gateway import DisputeNews, Entry, PayoutNews
from shop.payments.models import (
    BOOKED_CURRENCY,
    Dispute,
    DisputeEvent,
    EntryKind,
    Payment,
    ProviderEntry,
    ProviderPayout,
    RefundStatus,
    StrayCharge,
    StrayStatus,
)


def keep_entry(entry: Entry, at: datetime) -> ProviderEntry | None:
    """A line of our account with the provider; None when it was kept before."""
    known = select(ProviderEntry.id).where(ProviderEntry.reference == entry.reference)
    if db.session.scalar(known) is not None:
        return None
    row = ProviderEntry(
        reference=entry.reference,
        kind=entry.kind,
        name=entry.name,
        subject=entry.subject,
        amount=entry.amount,
        fee=entry.fee,
        currency=entry.currency,
        at=entry.at,
        charge=entry.charge,
        created_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Somebody else was keeping the same line at the same moment, and books it.
        return None
    return row


def keep_dispute(payment: Payment, news: DisputeNews, at: datetime) -> Dispute:
    """The dispute as the newest word has it; an older one, coming late, changes nothing.

    The payment must be locked by the caller.
    """
    dispute = db.session.scalar(select(Dispute).where(Dispute.reference == news.reference))
    if dispute is None:
        dispute = Dispute(
            reference=news.reference,
            payment_id=payment.id,
            amount=news.amount,
            currency=news.currency,
            status=news.status,
            reason=news.reason,
            due_by=news.due_by,
            as_of=news.as_of,
            created_at=at,
        )
        db.session.add(dispute)
        db.session.flush()
        _note_standing(dispute)
    elif (news.as_of, news.status.order) > (dispute.as_of, dispute.status.order):
        _update_dispute(dispute, news)
    return dispute


def _update_dispute(dispute: Dispute, news: DisputeNews) -> None:
    changes = dispute.status is not news.status
    dispute.amount, dispute.status = news.amount, news.status
    dispute.reason, dispute.due_by, dispute.as_of = news.reason, news.due_by, news.as_of
    if changes:
        _note_standing(dispute)


def _note_standing(dispute: Dispute) -> None:
    db.session.add(DisputeEvent(dispute_id=dispute.id, status=dispute.status, at=dispute.as_of))


def held_over(dispute: Dispute) -> int:
    """Đồng withdrawn over the dispute and not given again."""
    return -int(
        db.session.scalar(
            select(func.coalesce(func.sum(ProviderEntry.amount), 0)).where(
                ProviderEntry.kind == EntryKind.DISPUTE,
                ProviderEntry.subject == dispute.reference,
                ProviderEntry.currency == BOOKED_CURRENCY,
            )
        )
        or 0
    )


def keep_payout(news: PayoutNews, at: datetime) -> ProviderPayout:
    """The payout as the newest word has it, held until the transaction ends."""
    found = _locked_payout(news.reference) or _new_payout(news, at)
    if (news.as_of, news.status.order) > (found.as_of, found.status.order):
        found.amount, found.status = news.amount, news.status
        found.arrives_on, found.as_of = news.arrives_on, news.as_of
    return found


def _payout(reference: str) -> Select[ProviderPayout]:
    return for_update(select(ProviderPayout).where(ProviderPayout.reference == reference))


def _locked_payout(reference: str) -> ProviderPayout | None:
    return db.session.scalar(_payout(reference))


def _new_payout(news: PayoutNews, at: datetime) -> ProviderPayout:
    row = ProviderPayout(
        reference=news.reference,
        amount=news.amount,
        currency=news.currency,
        status=news.status,
        is_automatic=news.is_automatic,
        arrives_on=news.arrives_on,
        as_of=news.as_of,
        created_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Somebody else was keeping it at the same moment.
        return db.session.scalars(_payout(news.reference)).one()
    return row


def keep_stray(
    payment: Payment, charge: str, amount: int, currency: str, at: datetime
) -> StrayCharge:
    """Card money that is not what was asked for. The payment must be locked by the caller."""
    stray = db.session.scalar(select(StrayCharge).where(StrayCharge.charge == charge))
    if stray is None:
        stray = StrayCharge(
            payment_id=payment.id, charge=charge, amount=amount, currency=currency, created_at=at
        )
        db.session.add(stray)
        db.session.flush()
    return stray


STRAY_ANSWERS = {
    RefundStatus.DONE: StrayStatus.RETURNED,
    RefundStatus.SENT: StrayStatus.SENDING,
    RefundStatus.FAILED: StrayStatus.FAILED,
}


def note_stray_answer(stray: StrayCharge, status: RefundStatus, reference: str | None) -> None:
    """Keep what the provider says of its return; the last word of a refund is that it failed."""
    if stray.status is StrayStatus.FAILED and stray.refund_reference == reference:
        return
    if stray.status is StrayStatus.RETURNED and status is not RefundStatus.FAILED:
        return
    stray.status = STRAY_ANSWERS.get(status, stray.status)
    stray.refund_reference = reference or stray.refund_reference
