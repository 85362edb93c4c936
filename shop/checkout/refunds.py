"""Giving money back: which order it belongs to, where it stands, and what the books say of it.

The payment is locked before its refunds, as everywhere.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.core.db import db
from shop.core.errors import Conflict, Missing
from shop.core.money import Money
from shop.ledger.models import TaxedAs
from shop.orders.books import book_refund
from shop.orders.gift_books import book_gift_refund, gift_cause
from shop.orders.models import GiftRefund, Order, OrderGroup, PaymentShare, RefundShare
from shop.payments.actions import (
    lock_payment,
    lock_refund,
    note_foreign_refund,
    note_refund_answer,
    owe_refund,
    settle_refund_by_hand,
)
from shop.payments.gateway import RefundAnswer
from shop.payments.models import FOREIGN, Payment, PaymentStatus, Refund, RefundStatus
from shop.payments.queries import is_disputed

LATE = "late:"
"""What the cause of a refund of a whole order begins with; its public id follows."""


def give_back_order(order: Order, payment: Payment, *, at: datetime) -> None:
    """All that was paid for an order that cannot be carried out is owed to the buyer.

    With the last of its group the gift that was paid along with them goes back too.
    """
    cause = f"{LATE}{order.public_id}"
    refund = owe_refund(payment, order.share.amount, cause=cause, at=at)
    if not _shared(refund):
        share_with_orders(refund, {order.id: order.share.amount})
    bring_up(refund, at=at)
    give_back_gift(payment, at=at)


def give_back_gift(payment: Payment, *, at: datetime) -> None:
    """The gift to the craft fund, once nothing is kept of what was paid along with it."""
    group = db.session.scalars(select(OrderGroup).where(OrderGroup.payment_id == payment.id)).one()
    if group.gift_refunded == group.gift or _is_anything_kept(payment):
        return
    left = group.gift - group.gift_refunded
    refund = owe_refund(payment, left, cause=gift_cause(group), at=at)
    _share_with_gift(refund, left)
    bring_up(refund, at=at)


def _is_anything_kept(payment: Payment) -> bool:
    db.session.flush()
    kept = select(PaymentShare.id).where(
        PaymentShare.payment_id == payment.id, PaymentShare.refunded < PaymentShare.captured
    )
    return db.session.scalar(kept.limit(1)) is not None


def take_refund_answer(public_id: str, answer: RefundAnswer, *, at: datetime) -> bool:
    """Keep what the provider says of a refund of ours; False for one we do not know."""
    refund = _locked(public_id)
    if refund is None:
        return False
    note_refund_answer(refund, answer.status, reference=answer.reference, at=at)
    bring_up(refund, at=at)
    return True


def take_foreign_refund(payment: Payment, answer: RefundAnswer, *, at: datetime) -> int:
    """Book a refund begun in the provider's dashboard, shared over the payment's orders by what
    each has left, and what goes beyond them with the gift. Returns how many đồng go beyond all
    that was left; 0 when all is well.

    Belongs to a payment whose reference the answer names; a repeat changes nothing.
    """
    locked = lock_payment(payment.id)
    reference = answer.reference or ""
    ours = _owed_refund_it_pays(locked, answer)
    if ours is not None:
        note_refund_answer(ours, answer.status, reference=reference, at=at)
        bring_up(ours, at=at)
        return 0
    refund = note_foreign_refund(locked, answer.amount, answer.status, reference=reference, at=at)
    shared = share_out(refund)
    bring_up(refund, at=at)
    if not refund.counts:
        _share_what_has_room_now(locked, at)
    return refund.amount - shared if refund.counts else 0


def _owed_refund_it_pays(payment: Payment, answer: RefundAnswer) -> Refund | None:
    """One of ours that somebody has carried out in the dashboard: the money is there only once."""
    ours = db.session.scalars(
        select(Refund)
        .where(Refund.payment_id == payment.id, ~Refund.cause.startswith(FOREIGN))
        .order_by(Refund.id)
    ).all()
    for refund in ours:
        if refund.provider_reference == answer.reference:
            return refund
    known = select(Refund.id).where(
        Refund.payment_id == payment.id, Refund.cause == f"{FOREIGN}{answer.reference}"
    )
    if db.session.scalar(known) is not None or left_to_give(payment.id) >= answer.amount:
        return None
    fits = (r for r in ours if r.is_owed and r.amount == answer.amount)
    return next(fits, None)


def _share_what_has_room_now(payment: Payment, at: datetime) -> None:
    """One that failed has made room for what its successor could not be shared out to before."""
    others = db.session.scalars(
        select(Refund)
        .where(
            Refund.payment_id == payment.id,
            Refund.cause.startswith(FOREIGN),
            Refund.dispute_id.is_(None),
        )
        .order_by(Refund.id)
    ).all()
    for refund in others:
        if refund.counts:
            share_out(refund)
            bring_up(refund, at=at)


def left_to_give(payment_id: int) -> int:
    """What has come in of a payment and is not given or owed back, in đồng."""
    db.session.flush()
    orders = db.session.scalar(
        select(func.coalesce(func.sum(PaymentShare.captured - PaymentShare.refunded), 0)).where(
            PaymentShare.payment_id == payment_id
        )
    )
    gift = db.session.scalar(
        select(OrderGroup.gift - OrderGroup.gift_refunded)
        .join(Payment, Payment.id == OrderGroup.payment_id)
        .where(Payment.id == payment_id, Payment.status == PaymentStatus.PAID)
    )
    return int(orders or 0) + int(gift or 0)


def share_out(refund: Refund) -> int:
    """Over the orders, and what goes beyond them with the gift; returns how much in all."""
    shared = share_over_orders(refund)
    return shared + _share_with_gift(refund, refund.amount - shared)


def pay_back_by_hand(public_id: str, *, by_id: int, at: datetime) -> None:
    """An officer has paid it back. Raises Missing, or Conflict when that was done before."""
    refund = _locked(public_id)
    if refund is None:
        raise Missing
    if is_disputed(refund.payment_id):
        raise Conflict(
            lazy_gettext(
                "The buyer's bank disputes this payment: until that is decided the money could go"
                " back twice."
            )
        )
    settle_refund_by_hand(refund, by_id=by_id, at=at)
    bring_up(refund, at=at, by_id=by_id)


def _locked(public_id: str) -> Refund | None:
    payment_id = db.session.scalar(select(Refund.payment_id).where(Refund.public_id == public_id))
    if payment_id is None:
        return None
    lock_payment(payment_id)
    return lock_refund(public_id)


def _shared(refund: Refund) -> int:
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(RefundShare.amount), 0)).where(
                RefundShare.refund_id == refund.id
            )
        )
        or 0
    )


def share_over_orders(refund: Refund) -> int:
    """By largest remainder over what each order has left and never more than that; what was
    shared out before stays.

    Returns how much has been shared out in all.
    """
    standing = _shared(refund)
    missing = refund.amount - standing - _gift_shared(refund)
    if missing <= 0 or not refund.counts:
        return standing
    rows = db.session.execute(
        select(PaymentShare.order_id, PaymentShare.captured - PaymentShare.refunded)
        .where(PaymentShare.payment_id == refund.payment_id)
        .order_by(PaymentShare.order_id)
    ).all()
    left = {order_id: amount for order_id, amount in rows if amount > 0}
    taken = min(missing, sum(left.values()))
    if taken:
        parts = Money(taken).split(list(left.values()))
        share_with_orders(refund, {key: part.dong for key, part in zip(left, parts, strict=True)})
    return standing + taken


def _gift_share(refund: Refund) -> GiftRefund | None:
    return db.session.scalar(select(GiftRefund).where(GiftRefund.refund_id == refund.id))


def _gift_shared(refund: Refund) -> int:
    share = _gift_share(refund)
    return share.amount if share else 0


def _share_with_gift(refund: Refund, wanted: int) -> int:
    """At most what is left of the gift; returns how much of the refund is the gift's in all."""
    share = _gift_share(refund)
    standing = share.amount if share else 0
    if not refund.counts:
        return standing
    group = db.session.scalars(
        select(OrderGroup).where(OrderGroup.payment_id == refund.payment_id)
    ).one()
    taken = min(wanted - standing, group.gift - group.gift_refunded)
    if taken <= 0:
        return standing
    if share is None:
        db.session.add(GiftRefund(refund_id=refund.id, group_id=group.id, amount=taken))
    else:
        share.amount += taken
    db.session.flush()
    return standing + taken


def share_of_late_order(refund: Refund) -> None:
    """The share of a refund made before shares were kept: the order is named by its cause."""
    order_id = db.session.scalar(
        select(Order.id).where(Order.public_id == refund.cause.removeprefix(LATE))
    )
    if order_id is not None and not _shared(refund):
        share_with_orders(refund, {order_id: refund.amount})


def share_with_orders(
    refund: Refund, amounts: dict[int, int], taxed_as: TaxedAs | None = None
) -> None:
    """Write down what of it is each order's (by id, in đồng), on top of what is so far; and of
    what kind the pieces are when it is for certain ones."""
    rows = db.session.scalars(select(RefundShare).where(RefundShare.refund_id == refund.id))
    known = {row.order_id: row for row in rows}
    for order_id, amount in amounts.items():
        if order_id in known:
            known[order_id].amount += amount
        elif amount:
            share = RefundShare(
                refund_id=refund.id, order_id=order_id, amount=amount, taxed_as=taxed_as
            )
            db.session.add(share)
    db.session.flush()


def bring_up(refund: Refund, *, at: datetime, by_id: int | None = None) -> None:
    """Orders' shares and the books as the refund now stands."""
    db.session.flush()
    order_ids = select(RefundShare.order_id).where(RefundShare.refund_id == refund.id)
    shares = db.session.scalars(
        select(PaymentShare)
        .where(PaymentShare.order_id.in_(order_ids))
        .order_by(PaymentShare.order_id)
    ).all()
    for share in shares:
        share.refunded = _refunded(share.order_id)
    _bring_up_gift(refund)
    book_refund(refund, at=at, by_id=by_id)
    book_gift_refund(refund, at=at, by_id=by_id)


FAILED_ELSEWHERE = (Refund.status == RefundStatus.FAILED) & Refund.cause.startswith(FOREIGN)


def _refunded(order_id: int) -> int:
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(RefundShare.amount), 0))
            .join(Refund, Refund.id == RefundShare.refund_id)
            .where(RefundShare.order_id == order_id, ~FAILED_ELSEWHERE)
        )
        or 0
    )


def _bring_up_gift(refund: Refund) -> None:
    group = db.session.scalar(
        select(OrderGroup)
        .join(GiftRefund, GiftRefund.group_id == OrderGroup.id)
        .where(GiftRefund.refund_id == refund.id)
    )
    if group is not None:
        group.gift_refunded = int(
            db.session.scalar(
                select(func.coalesce(func.sum(GiftRefund.amount), 0))
                .join(Refund, Refund.id == GiftRefund.refund_id)
                .where(GiftRefund.group_id == group.id, ~FAILED_ELSEWHERE)
            )
            or 0
        )
