"""Every mail about money given back, pieces cancelled and things sent back, one function each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.mail import write_letter
from shop.core.outbox import put_in_outbox
from shop.orders.letters import to_buyer, to_workshop
from shop.orders.models import ActorKind, Order, OrderGroup
from shop.orders.queries import group_id_of_order, whole_group
from shop.returns.models import ReturnStatus
from shop.returns.queries import request_of_office
from shop.returns.words import REASON_WORDS


def _order_in_group(order_id: int) -> tuple[OrderGroup, Order]:
    group = whole_group(group_id_of_order(order_id))
    return group, next(order for order in group.orders if order.id == order_id)


def tell_money_back(order_id: int, amount: int, note: str, *, cause: str) -> None:
    """To the buyer: how much goes back, why, and by which way."""
    group, order = _order_in_group(order_id)
    to_buyer("money-back", group, f"money-back:{cause}", order=order, amount=amount, note=note)


def tell_pieces_cancelled(order_id: int, amount: int, note: str) -> None:
    """To the buyer: which pieces will not come, and what that means in money."""
    group, order = _order_in_group(order_id)
    gone = sum(line.cancelled for line in order.lines)
    cause = f"pieces-cancelled:{order.public_id}:{gone}"
    to_buyer("pieces-cancelled", group, cause, order=order, amount=amount, note=note)


def tell_workshop_changed(order_id: int, amount: int, *, cause: str) -> None:
    """To the workshop: the office has given money back for its order, or stopped it."""
    group, order = _order_in_group(order_id)
    to_workshop("workshop-changed", group, order, f"workshop-changed:{cause}", amount=amount)


def tell_request_moved(public_id: str) -> None:
    """To everyone a request's latest step concerns, but not to who took it."""
    request = request_of_office(public_id)
    last = request.events[-1]
    group, order = _order_in_group(request.order_id)
    cause = f"return:{request.public_id}:{last.id}"
    context = {"request": request, "event": last, "reason_words": REASON_WORDS}
    if last.by is not ActorKind.BUYER or request.status is ReturnStatus.ASKED:
        to_buyer("return-moved", group, f"{cause}:buyer", order=order, **context)
    if last.by is not ActorKind.WORKSHOP:
        to_workshop("workshop-return", group, order, f"{cause}:workshop", **context)
    if request.status is ReturnStatus.ESCALATED:
        _to_officers(group, order, cause, context)


def _to_officers(
    group: OrderGroup, order: Order, cause: str, context: Mapping[str, object]
) -> None:
    officers = db.session.scalars(
        select(Person).where(Person.is_officer, Person.email_proven_at.is_not(None))
    )
    for officer in officers:
        letter = write_letter(
            "office-return", officer.email, "vi", group=group, order=order, **context
        )
        put_in_outbox(letter, f"{cause}:office:{officer.id}")


def tell_workshop_covered(public_id: str, amount: int) -> None:
    """To the workshop: the cover bears what broke on the way."""
    request = request_of_office(public_id)
    group, order = _order_in_group(request.order_id)
    cause = f"covered:{request.public_id}"
    to_workshop("workshop-covered", group, order, cause, request=request, amount=amount)
