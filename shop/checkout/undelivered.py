"""What never reaches its buyer: cancelled by the workshop, whole or in part, or brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext

from shop.catalogue.actions.stock import return_stock
from shop.checkout.part_refunds import Why, give_back, given_back, still_worth
from shop.checkout.refunds import give_back_gift
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, RateKind, Side, TransactionKind
from shop.ledger.queries.rates import share_in_force
from shop.orders.actions import (
    BEFORE_SENDING,
    WrongMove,
    cancel_order,
    cancel_pieces,
    close_cash,
    line_cause,
    move_order,
)
from shop.orders.books_refused import book_kept_postage
from shop.orders.models import Actor, Order, OrderStatus
from shop.payments.models import Payment
from shop.returns.models import RefundKind, RefusedParcel


def cancel_whole(order: Order, *, reason: str, actor: Actor, at: datetime) -> None:
    """The order cannot be carried out: the pieces go back on the shelf, the money to the buyer.

    Raises WrongMove before it is paid and once the parcel has gone.
    """
    if order.status not in BEFORE_SENDING:
        raise WrongMove
    cancel_order(order, by=actor.kind, by_id=actor.person_id, at=at, note=reason)
    if order.share.left:
        why = Why(RefundKind.CANCELLED, reason)
        cause = f"cancelled:{order.public_id}"
        give_back(order, order.share.left, why, cause=cause, actor=actor, at=at)
    give_back_gift(db.session.get_one(Payment, order.share.payment_id), at=at)
    _close_cash(order, actor, at)


def cancel_part(
    order: Order, quantities: Mapping[int, int], *, reason: str, actor: Actor, at: datetime
) -> None:
    """Some pieces (by line) cannot be delivered; all of them is cancel_whole.

    What was paid for them goes back; of cash to come that much less is due. The postage stays,
    for a parcel still goes. Raises WrongMove, Invalid when no piece is named.
    """
    named = {line_id: count for line_id, count in quantities.items() if count}
    if not named:
        raise Invalid(fields={"lines": lazy_gettext("Say how many of which piece.")})
    if sum(named.values()) == sum(line.standing for line in order.lines):
        cancel_whole(order, reason=reason, actor=actor, at=at)
        return
    before = _still_worth(order)
    worth = cancel_pieces(order, named, by=actor.kind, by_id=actor.person_id, at=at, note=reason)
    if order.share.captured == 0:
        order.share.waived += worth
        return
    amount = min(before - _still_worth(order), order.share.left)
    if amount:
        pieces_gone = sum(line.cancelled for line in order.lines)
        cause = f"cancelled:{order.public_id}:{pieces_gone}"
        why = Why(RefundKind.CANCELLED, reason)
        give_back(order, amount, why, cause=cause, actor=actor, at=at)


def _still_worth(order: Order) -> int:
    """A piece of which part of the price has gone back is cancelled for the rest of it."""
    given = given_back(order.id)
    return sum(still_worth(line, given) for line in order.lines)


def _close_cash(order: Order, actor: Actor, at: datetime) -> None:
    payment = db.session.get_one(Payment, order.share.payment_id)
    close_cash(payment, at=at, by_id=actor.person_id)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parcel brought back: when, what its way back cost in đồng, how many pieces of a line
    came back broken, and why it was refused."""

    came_back_on: date
    freight: int
    broken: Mapping[int, int]
    reason: str = ""


def refuse_parcel(order: Order, refusal: Refusal, *, actor: Actor, at: datetime) -> RefusedParcel:
    """The carrier brought the parcel back: whole pieces go on the shelf, broken ones are lost.

    What was paid for the goods goes back, the postage stays with the workshop. The breakage cover
    bears its share of the freight back, up to the postage. Raises WrongMove unless the parcel is
    on its way.
    """
    move_order(
        order,
        OrderStatus.REFUSED,
        by=actor.kind,
        by_id=actor.person_id,
        at=at,
        note=refusal.reason,
    )
    broken = _take_back(order, refusal.broken, actor, at)
    parcel = RefusedParcel(
        order_id=order.id,
        came_back_on=refusal.came_back_on,
        freight=refusal.freight,
        covered=_covered(order, refusal.freight, at),
        broken=broken,
        created_at=at,
    )
    db.session.add(parcel)
    db.session.flush()
    _return_money(order, refusal.reason, actor, at)
    _book_cover(order, parcel, actor, at)
    _close_cash(order, actor, at)
    return parcel


def _take_back(order: Order, broken: Mapping[int, int], actor: Actor, at: datetime) -> int:
    """Returns how many pieces came back broken."""
    total = 0
    for line in sorted(order.lines, key=lambda line: line.variant_id):
        lost = broken.get(line.id, 0)
        if not 0 <= lost <= line.standing:
            raise Invalid(fields={"lines": lazy_gettext("There are not that many in the parcel.")})
        total += lost
        if line.holds_stock and line.standing > lost:
            return_stock(
                line.variant_id,
                line.standing - lost,
                cause=f"{line_cause(line)}:refused",
                at=at,
                by_id=actor.person_id,
            )
    return total


def _return_money(order: Order, reason: str, actor: Actor, at: datetime) -> None:
    share = order.share
    share.kept = min(order.shipping_total, share.left)
    goods = share.left - share.kept
    if goods:
        why = Why(RefundKind.REFUSED, reason)
        give_back(order, goods, why, cause=f"refused:{order.public_id}", actor=actor, at=at)
    book_kept_postage(order, at=at, by_id=actor.person_id)


def freight_cover(at: datetime) -> int:
    """Which share of a refused parcel's freight the breakage cover bears, in basis points; 0 as
    long as none is set."""
    return share_in_force(RateKind.REFUSED_FREIGHT_COVER, at.astimezone(HANOI).date())


def _covered(order: Order, freight: int, at: datetime) -> int:
    """The workshop itself says what the way back cost: the cover bears its share of no more than
    what the way there did."""
    return Money(min(freight, order.shipping_total)).share(freight_cover(at)).dong


def _book_cover(order: Order, parcel: RefusedParcel, actor: Actor, at: datetime) -> None:
    """About the parcel rather than the order, whose own accounts it does not touch."""
    post(
        Posting(
            cause=f"freight-covered:{parcel.public_id}",
            kind=TransactionKind.COMPENSATION,
            sides={
                Side(Account.BREAKAGE_COVER): parcel.covered,
                Side(Account.WORKSHOP_PAYABLE, order.workshop_id): -parcel.covered,
            },
            about=parcel.public_id,
            by_id=actor.person_id,
        ),
        at=at,
    )
