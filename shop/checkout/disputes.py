"""A buyer's bank disputes a payment: the money is held back, and comes again or is the buyer's.

A dispute that is lost has given the orders' money back, so it is a refund that went through the
`disputed` account: shared over the orders by what each has left, with all a refund reverses.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from shop.checkout.card_books import book_fee, bring_held, bring_loss
from shop.checkout.refunds import (
    bring_up,
    left_to_give,
    share_out,
    take_foreign_refund,
)
from shop.core.db import db
from shop.payments.actions import lock_payment
from shop.payments.card_records import held_over, keep_dispute, keep_entry
from shop.payments.gateway import DisputeNews, Entry, RefundAnswer
from shop.payments.models import (
    BOOKED_CURRENCY,
    FOREIGN,
    Dispute,
    Payment,
    Refund,
    RefundStatus,
)


def take_entry(entry: Entry, *, at: datetime) -> bool:
    """Keep a line of our account with the provider and book its fee; False for a repeat."""
    kept = keep_entry(entry, at)
    if kept is not None:
        book_fee(kept)
    return kept is not None


def take_dispute(payment: Payment, news: DisputeNews, *, at: datetime) -> Dispute:
    """Keep what the provider says of a dispute and bring orders and books to it.

    News may come in any order and more than once.
    """
    locked = lock_payment(payment.id)
    dispute = keep_dispute(locked, news, at)
    for entry in news.entries:
        take_entry(entry, at=at)
    settle_dispute(dispute, at=at)
    return dispute


def settle_dispute(dispute: Dispute, *, at: datetime) -> None:
    """Money held, money lost, and what of the loss no order bears. The payment is locked."""
    held = held_over(dispute)
    bring_held(dispute.reference, held, at=at)
    is_lost = dispute.status.is_lost and dispute.currency == BOOKED_CURRENCY
    wanted = max(held, 0) if is_lost else 0
    if _taken(dispute) > wanted:
        release_dispute(dispute, at=at)
    _take_back(dispute, wanted - _taken(dispute), at)
    bring_loss(dispute.reference, wanted - _taken(dispute), at=at)


def _taken(dispute: Dispute) -> int:
    """What refunds have gone through the dispute, in đồng."""
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(Refund.amount), 0)).where(
                Refund.dispute_id == dispute.id,
                Refund.status == RefundStatus.DONE,
                Refund.settled_by_id.is_(None),
            )
        )
        or 0
    )


def release_dispute(dispute: Dispute, *, at: datetime) -> None:
    """What had gone through the dispute has not gone: refunds of ours are owed again."""
    through = db.session.scalars(
        select(Refund).where(
            Refund.dispute_id == dispute.id,
            Refund.status == RefundStatus.DONE,
            Refund.settled_by_id.is_(None),
        )
    ).all()
    for refund in through:
        refund.status = RefundStatus.FAILED
        bring_up(refund, at=at)


def _take_back(dispute: Dispute, amount: int, at: datetime) -> None:
    """First what was owed back anyway and had not gone yet, then a refund of the rest."""
    for refund in _owed_still(dispute.payment_id):
        if refund.amount <= amount:
            refund.status, refund.dispute_id, refund.sent_at = RefundStatus.DONE, dispute.id, at
            bring_up(refund, at=at)
            amount -= refund.amount
    rest = min(amount, left_to_give(dispute.payment_id))
    if rest > 0:
        refund = _refund_through(dispute, rest, at)
        share_out(refund)
        bring_up(refund, at=at)


def _owed_still(payment_id: int) -> list[Refund]:
    found = db.session.scalars(
        select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.id)
    )
    return [refund for refund in found if refund.is_owed]


def _refund_through(dispute: Dispute, amount: int, at: datetime) -> Refund:
    count = db.session.scalar(
        select(func.count(Refund.id)).where(
            Refund.dispute_id == dispute.id, Refund.cause.startswith(FOREIGN)
        )
    )
    refund = Refund(
        payment_id=dispute.payment_id,
        amount=amount,
        cause=f"{FOREIGN}dispute:{dispute.reference}:{(count or 0) + 1}",
        status=RefundStatus.DONE,
        dispute_id=dispute.id,
        created_at=at,
        sent_at=at,
    )
    db.session.add(refund)
    db.session.flush()
    return refund


def take_dashboard_refund(payment: Payment, answer: RefundAnswer, *, at: datetime) -> int:
    """As take_foreign_refund, whichever of a refund and a lost dispute is heard of first.

    The refund has the orders' money; what is not left for the dispute is a loss.
    """
    lock_payment(payment.id)
    disputes = db.session.scalars(
        select(Dispute).where(Dispute.payment_id == payment.id).order_by(Dispute.id)
    ).all()
    lost = [dispute for dispute in disputes if dispute.status.is_lost]
    for dispute in lost:
        release_dispute(dispute, at=at)
    beyond = take_foreign_refund(payment, answer, at=at)
    for dispute in lost:
        settle_dispute(dispute, at=at)
    return beyond
