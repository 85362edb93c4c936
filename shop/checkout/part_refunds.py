"""Giving back part of what an order's buyer paid: for pieces, for the postage, or out of goodwill.

Payment and order are locked by the caller (orders.actions.order_for_update), so that two who give
back at once never give more than came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.checkout.refunds import bring_up, share_with_orders
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.i18n import money
from shop.orders.models import Actor, Order, OrderLine, RefundShare
from shop.payments.actions import owe_refund
from shop.payments.models import Payment, Refund
from shop.returns.models import RefundKind, RefundReason


@dataclass(frozen=True, slots=True)
class Why:
    """What the money is for: of one line where `line_id` names it. The buyer reads the note."""

    kind: RefundKind
    note: str = ""
    line_id: int | None = None


class AboveDue(Invalid):
    """More than can be given back; `most` is how much can, in đồng."""

    def __init__(self, most: int) -> None:
        message = lazy_gettext("At most %(most)s can be given back here.", most=money(most))
        super().__init__(message, fields={"amount": message})
        self.most = most


def give_back(
    order: Order, amount: int, why: Why, *, cause: str, actor: Actor, at: datetime
) -> Refund:
    """Owe the buyer `amount` of what they paid for this order, once per cause.

    Raises AboveDue for more than is left of it, or for nothing.
    """
    payment = db.session.get_one(Payment, order.share.payment_id)
    standing = db.session.scalar(
        select(Refund).where(Refund.payment_id == payment.id, Refund.cause == cause)
    )
    if standing is not None:
        return standing
    if not 0 < amount <= order.share.left:
        raise AboveDue(order.share.left)
    refund = owe_refund(payment, amount, cause=cause, at=at)
    line = db.session.get_one(OrderLine, why.line_id) if why.line_id else None
    share_with_orders(refund, {order.id: amount}, line.taxed_as if line else None)
    db.session.add(
        RefundReason(
            refund_id=refund.id,
            order_id=order.id,
            order_line_id=why.line_id,
            kind=why.kind,
            by=actor.kind,
            by_person_id=actor.person_id,
            note=why.note,
        )
    )
    bring_up(refund, at=at, by_id=actor.person_id)
    return refund


def given_back(order_id: int) -> dict[tuple[RefundKind, int | None], int]:
    """Đồng of this order by what they were given back for, and of which line."""
    rows = db.session.execute(
        select(RefundReason.kind, RefundReason.order_line_id, func.sum(RefundShare.amount))
        .join(RefundShare, RefundShare.refund_id == RefundReason.refund_id)
        .where(RefundReason.order_id == order_id, RefundShare.order_id == order_id)
        .group_by(RefundReason.kind, RefundReason.order_line_id)
    )
    return {(kind, line_id): int(total) for kind, line_id, total in rows}


def most_for_shipping(order: Order, given: Mapping[tuple[RefundKind, int | None], int]) -> int:
    rest = order.shipping_total - given.get((RefundKind.SHIPPING, None), 0)
    return max(0, min(rest, order.share.left))


def most_for_line(
    order: Order, line: OrderLine, given: Mapping[tuple[RefundKind, int | None], int]
) -> int:
    return min(still_worth(line, given), order.share.left)


def still_worth(line: OrderLine, given: Mapping[tuple[RefundKind, int | None], int]) -> int:
    """What the standing pieces cost, less what was given back for them before, in đồng."""
    return max(0, line.unit_price * line.standing - given.get((RefundKind.PIECES, line.id), 0))


def give_back_freely(
    order: Order, amount: int, why: Why, *, key: str, actor: Actor, at: datetime
) -> Refund:
    """What workshop or office gives back of its own accord, once per key.

    The postage at most once whole, a line at most what its pieces cost, and out of goodwill
    whatever is left. Raises AboveDue.
    """
    cause = f"given:{order.public_id}:{key}"
    known = db.session.scalar(
        select(Refund.id).where(Refund.payment_id == order.share.payment_id, Refund.cause == cause)
    )
    most = _most(order, why)
    if known is None and amount > most:
        raise AboveDue(most)
    return give_back(order, amount, why, cause=cause, actor=actor, at=at)


def _most(order: Order, why: Why) -> int:
    given = given_back(order.id)
    if why.kind is RefundKind.SHIPPING:
        return most_for_shipping(order, given)
    if why.kind is RefundKind.PIECES:
        line = next((line for line in order.lines if line.id == why.line_id), None)
        return most_for_line(order, line, given) if line else 0
    return order.share.left
