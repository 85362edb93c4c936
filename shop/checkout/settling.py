"""Requests in money and stock: accepted, taken back, settled, and borne by the breakage cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.catalogue.actions.stock import return_stock
from shop.checkout.part_refunds import (
    AboveDue,
    Why,
    give_back,
    given_back,
    most_for_shipping,
    still_worth,
)
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import money
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, Side, TransactionKind
from shop.orders.actions import cash_due
from shop.orders.models import Actor, ActorKind, Order
from shop.payments.models import Payment, Refund
from shop.returns.actions import WrongStep, move_request
from shop.returns.models import (
    PackingPhoto,
    RefundKind,
    ReturnLine,
    ReturnReason,
    ReturnRequest,
    ReturnStatus,
)
from shop.returns.queries import is_all_of_it


class CashNotWritten(Conflict):
    message = lazy_gettext(
        "The cash for this order is not written down yet. Write it down first, so that it can go"
        " back."
    )


class NoCover(Conflict):
    message = lazy_gettext(
        "The breakage cover bears only what broke on the way, was packed before a camera, and has"
        " been given back."
    )


def worth_of(request: ReturnRequest, order: Order) -> int:
    """Đồng that go back for the request: what is left of the pieces' price, and of the postage when
    everything that came is concerned and it is not the buyer's doing."""
    lines, given = {line.id: line for line in order.lines}, given_back(order.id)
    goods = 0
    for part in request.lines:
        line = lines[part.order_line_id]
        goods += min(line.unit_price * part.quantity, still_worth(line, given))
    whole = request.reason.is_ours and is_all_of_it(request, order)
    postage = most_for_shipping(order, given) if whole else 0
    return min(goods + postage, order.share.left)


def accept_request(
    request: ReturnRequest,
    order: Order,
    *,
    goes_back: bool,
    note: str,
    actor: Actor,
    at: datetime,
) -> None:
    """The buyer is right. Where nothing has to be sent back the money goes at once.

    Raises WrongStep, or CashNotWritten while nobody knows of the cash that would go back.
    """
    _refuse_unwritten_cash(order)
    said = note if goes_back else ""  # Else it goes with the settlement, which follows at once.
    move_request(request, ReturnStatus.ACCEPTED, actor=actor, at=at, note=said)
    request.goes_back = goes_back
    if not goes_back:
        worth = worth_of(request, order)
        settle_request(request, order, worth, note=note, actor=actor, at=at)


def _refuse_unwritten_cash(order: Order) -> None:
    if cash_due(order, db.session.get_one(Payment, order.share.payment_id)):
        raise CashNotWritten


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the pieces of one line that came back."""

    shelved: int = 0
    seconds: int = 0
    written_off: int = 0

    @property
    def total(self) -> int:
        return self.shelved + self.seconds + self.written_off


def receive_request(
    request: ReturnRequest,
    order: Order,
    fates: Mapping[int, Fate],
    *,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """The pieces are at the workshop again: good ones on the shelf, seconds and broken ones noted.

    `fates` by return line. Raises WrongStep, Invalid when they do not say what became of each
    piece, OnTheShelf when a one-of-a-kind piece stands there already.
    """
    if request.status is not ReturnStatus.ACCEPTED or not request.goes_back:
        raise WrongStep
    move_request(request, ReturnStatus.RECEIVED, actor=actor, at=at, note=note)
    lines = {line.id: line for line in order.lines}
    for part in sorted(request.lines, key=lambda part: lines[part.order_line_id].variant_id):
        fate = fates.get(part.id, Fate())
        if fate.total != part.quantity:
            message = lazy_gettext("Say of each piece what became of it.")
            raise Invalid(fields={"lines": message})
        _put_away(request, part, fate, actor, at, order)


def _put_away(
    request: ReturnRequest, part: ReturnLine, fate: Fate, actor: Actor, at: datetime, order: Order
) -> None:
    line = next(line for line in order.lines if line.id == part.order_line_id)
    if fate.shelved and not line.holds_stock:
        raise Invalid(fields={"lines": lazy_gettext("What is made to order has no shelf.")})
    part.shelved, part.seconds, part.written_off = fate.shelved, fate.seconds, fate.written_off
    if fate.shelved:
        return_stock(
            line.variant_id,
            fate.shelved,
            cause=f"return:{request.public_id}:{line.id}",
            at=at,
            by_id=actor.person_id,
        )


def settle_request(
    request: ReturnRequest,
    order: Order,
    amount: int,
    *,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Give the money back and end the request. The workshop gives at least what it is worth; the
    office may give less, and says why.

    Raises WrongStep before what has to come back is there, and Invalid naming the bounds.
    """
    if request.goes_back and request.status is not ReturnStatus.RECEIVED:
        raise WrongStep
    worth = worth_of(request, order)
    if actor.kind is ActorKind.WORKSHOP and amount < worth:
        message = lazy_gettext(
            "At least %(least)s goes back here. Only the village office can decide on less.",
            least=money(worth),
        )
        raise Invalid(fields={"amount": message})
    if amount < worth and not note:
        raise Invalid(fields={"note": lazy_gettext("Say in a sentence why; the buyer reads it.")})
    if amount > order.share.left:
        raise AboveDue(order.share.left)
    move_request(request, ReturnStatus.SETTLED, actor=actor, at=at, note=note)
    if amount:
        why = Why(RefundKind.RETURN, note[:300])
        cause = f"return:{request.public_id}"
        refund = give_back(order, amount, why, cause=cause, actor=actor, at=at)
        request.refund_id = refund.id


def taken_from_workshop(request: ReturnRequest, order: Order) -> int:
    """Đồng of the request's refund that came out of what the workshop has earned."""
    if request.refund_id is None:
        return 0
    refund = db.session.get_one(Refund, request.refund_id)
    prefix = f"refund:{refund.public_id}:{order.public_id}:owed:"
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(LedgerEntry.amount), 0))
            .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
            .where(
                LedgerTransaction.cause.startswith(prefix, autoescape=True),
                LedgerEntry.account == Account.WORKSHOP_PAYABLE,
            )
        )
        or 0
    )


def may_be_covered(request: ReturnRequest) -> bool:
    """Broken on the way, given back, packed before a camera, and not borne by the cover yet."""
    packed = db.session.scalar(
        select(PackingPhoto.id).where(PackingPhoto.order_id == request.order_id).limit(1)
    )
    return (
        request.reason is ReturnReason.BROKEN
        and request.status is ReturnStatus.SETTLED
        and request.refund_id is not None
        and request.compensated == 0
        and packed is not None
    )


def cover_breakage(request: ReturnRequest, order: Order, *, by_id: int, at: datetime) -> int:
    """The breakage cover bears what the refund took from the workshop; returns how much.

    Its balance may become less than nothing: it is filled again by later sales. Raises NoCover.
    """
    amount = taken_from_workshop(request, order) if may_be_covered(request) else 0
    if amount <= 0:
        raise NoCover
    request.compensated = amount
    post(
        Posting(
            cause=f"breakage-covered:{request.public_id}",
            kind=TransactionKind.COMPENSATION,
            sides={
                Side(Account.BREAKAGE_COVER): amount,
                Side(Account.WORKSHOP_PAYABLE, order.workshop_id): -amount,
            },
            about=request.public_id,
            by_id=by_id,
        ),
        at=at,
    )
    return amount
