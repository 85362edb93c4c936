"""What happens to a request, one verb each: every move is allowed by RETURN_MOVES and recorded.

Money moves in checkout.settling; here nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid
from shop.ledger.queries.terms import term_book
from shop.media.models import PrivatePicture
from shop.orders.actions import order_for_update
from shop.orders.models import Actor, ActorKind, Order, OrderStatus
from shop.returns.models import (
    PackingPhoto,
    ReturnEvent,
    ReturnLine,
    ReturnPhoto,
    ReturnReason,
    ReturnRequest,
    ReturnStatus,
)
from shop.returns.queries import asked_before, place_of_request
from shop.returns.terms import answer_due, asks_until

MOST_PHOTOGRAPHS = 5


class WrongStep(Conflict):
    """The request is not where this step begins; somebody else may have taken it already."""

    message = lazy_gettext("This request has moved on in the meantime. Look at where it stands.")


class TooLate(Conflict):
    message = lazy_gettext("The time to ask for this is over.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a buyer asks: how many of which line (by id), why, and what is seen."""

    reason: ReturnReason
    text: str
    quantities: Mapping[int, int]
    pictures: Sequence[PrivatePicture] = ()


def reasons_open(order: Order, at: datetime) -> list[ReturnReason]:
    """For what the buyer may still ask something of a delivered order; needs its shipment."""
    delivered_at = order.shipment.delivered_at if order.shipment else None
    if order.status is not OrderStatus.DELIVERED or delivered_at is None:
        return []
    terms = term_book()
    return [reason for reason in ReturnReason if at < asks_until(reason, delivered_at, terms)]


def ask_return(order: Order, asking: Asking, *, actor: Actor, at: datetime) -> ReturnRequest:
    """Write the request down; the workshop is to answer in time. The order must be locked.

    Raises TooLate outside the window, Invalid naming what is wrong with it.
    """
    if asking.reason not in reasons_open(order, at):
        raise TooLate
    named = {key: count for key, count in asking.quantities.items() if count}
    _refuse_wrong(order, asking, named)
    request = ReturnRequest(
        order_id=order.id,
        reason=asking.reason,
        status=ReturnStatus.ASKED,
        text=asking.text,
        answer_by=answer_due(at, term_book()),
        created_at=at,
    )
    db.session.add(request)
    db.session.flush()
    db.session.add_all(
        ReturnLine(request_id=request.id, order_line_id=key, quantity=count)
        for key, count in named.items()
    )
    db.session.add_all(
        ReturnPhoto(request_id=request.id, picture_id=picture.id) for picture in asking.pictures
    )
    _note(request, None, actor, at)
    db.session.flush()
    return request


def _refuse_wrong(order: Order, asking: Asking, named: Mapping[int, int]) -> None:
    taken = asked_before(order.id)
    most = {line.id: line.standing - taken.get(line.id, 0) for line in order.lines}
    if not named:
        raise Invalid(fields={"lines": lazy_gettext("Say how many of which piece.")})
    if any(not 0 < count <= most.get(key, 0) for key, count in named.items()):
        message = lazy_gettext("There are not that many, or you have asked for them already.")
        raise Invalid(fields={"lines": message})
    if len(asking.pictures) > MOST_PHOTOGRAPHS:
        raise Invalid(fields={"photos": lazy_gettext("Five photographs at most.")})
    if asking.reason.needs_photographs and not asking.pictures:
        message = lazy_gettext("Add a photograph of what is broken or wrong.")
        raise Invalid(fields={"photos": message})


def _note(
    request: ReturnRequest,
    before: ReturnStatus | None,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> None:
    db.session.add(
        ReturnEvent(
            request_id=request.id,
            from_status=before,
            to_status=request.status,
            at=at,
            by=actor.kind,
            by_person_id=actor.person_id,
            note=note,
        )
    )


def move_request(
    request: ReturnRequest, to: ReturnStatus, *, actor: Actor, at: datetime, note: str = ""
) -> None:
    """Raises WrongStep for a move that RETURN_MOVES does not allow, and when the workshop moves
    what the office is to decide."""
    if not request.may_become(to):
        raise WrongStep
    if request.status is ReturnStatus.ESCALATED and actor.kind is ActorKind.WORKSHOP:
        raise WrongStep
    before, request.status = request.status, to
    _note(request, before, actor, at, note)


def withdraw_request(request: ReturnRequest, *, actor: Actor, at: datetime) -> None:
    move_request(request, ReturnStatus.WITHDRAWN, actor=actor, at=at)


def refuse_request(request: ReturnRequest, *, reason: str, actor: Actor, at: datetime) -> None:
    move_request(request, ReturnStatus.REFUSED, actor=actor, at=at, note=reason)


def escalate_request(request: ReturnRequest, *, actor: Actor, at: datetime, note: str = "") -> None:
    """The office is to decide: the workshop would rather, or has not answered in time."""
    if request.status is not ReturnStatus.ASKED:
        raise WrongStep
    move_request(request, ReturnStatus.ESCALATED, actor=actor, at=at, note=note)


def appeal(request: ReturnRequest, *, reason: str, actor: Actor, at: datetime) -> None:
    """The buyer asks the office to look at what the workshop refused; once."""
    if not request.may_be_appealed:
        raise WrongStep
    move_request(request, ReturnStatus.ESCALATED, actor=actor, at=at, note=reason)
    request.is_appealed = True


def request_for_update(public_id: str) -> tuple[ReturnRequest, Order]:
    """The request and its order, both locked after their payment. Raises Missing."""
    order_id, workshop_id = place_of_request(public_id)
    order = order_for_update(order_id, [workshop_id])
    request = db.session.scalars(
        for_update(select(ReturnRequest).where(ReturnRequest.public_id == public_id))
    ).one()
    db.session.refresh(request, ["lines"])
    return request, order


PHOTOGRAPHED = frozenset({OrderStatus.CONFIRMED, OrderStatus.PACKED})


def add_packing_photo(
    order: Order, picture: PrivatePicture, *, by_id: int, at: datetime
) -> PackingPhoto:
    """How the parcel was packed, while it is still at the workshop. Raises Conflict afterwards."""
    if order.status not in PHOTOGRAPHED:
        raise Conflict(lazy_gettext("The parcel has gone; a photograph proves nothing any more."))
    photo = PackingPhoto(
        order_id=order.id, picture_id=picture.id, by_person_id=by_id, created_at=at
    )
    db.session.add(photo)
    return photo
