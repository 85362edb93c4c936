"""Steps off the usual road, the same for workshop and office: give back, cancel, brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm

from shop.checkout.desk_forms import (
    CancelForm,
    GiveBackForm,
    RefusalForm,
    purposes_of,
)
from shop.checkout.part_refunds import give_back_freely
from shop.checkout.undelivered import Refusal, cancel_part, refuse_parcel
from shop.core.clock import HANOI
from shop.core.errors import Invalid
from shop.orders.actions import BEFORE_SENDING
from shop.orders.letters import tell_order_moved
from shop.orders.models import Actor, ActorKind, Order, OrderStatus
from shop.returns.counts import counts_of, with_counts
from shop.returns.letters import tell_money_back, tell_pieces_cancelled, tell_workshop_changed


class OrderStep(StrEnum):
    """As in the address of its page."""

    REFUND = "refund"
    CANCELLATION = "cancellation"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Doing:
    """How a step is taken: when it may be, what is asked, and what is done (mails and all)."""

    may: Callable[[Order], bool]
    form: Callable[[Order], FlaskForm]
    carry_out: Callable[[Order, Any, Actor, datetime], None]


def _cancel_form(order: Order) -> FlaskForm:
    kind = with_counts(
        CancelForm, order.lines, lambda line: line.standing, lambda line: line.standing
    )
    return kind()


def _refusal_form(order: Order) -> FlaskForm:
    return with_counts(RefusalForm, order.lines, lambda _: 0, lambda line: line.standing)()


def _give_back_form(order: Order) -> FlaskForm:
    return GiveBackForm(purposes_of(order))


def _give_back(order: Order, form: GiveBackForm, actor: Actor, at: datetime) -> None:
    refund = give_back_freely(
        order, form.amount.data, form.why, key=str(form.key.data), actor=actor, at=at
    )
    tell_money_back(order.id, refund.amount, str(form.note.data), cause=refund.public_id)
    _tell_workshop(order, actor, cause=refund.public_id, amount=refund.amount)


def _cancel(order: Order, form: CancelForm, actor: Actor, at: datetime) -> None:
    before = order.share.refunded
    cancel_part(order, counts_of(form), reason=str(form.reason.data), actor=actor, at=at)
    given = order.share.refunded - before
    if order.status is OrderStatus.CANCELLED:
        tell_order_moved(order.id)
    else:
        tell_pieces_cancelled(order.id, given, str(form.reason.data))
    gone = sum(line.cancelled for line in order.lines)
    _tell_workshop(order, actor, cause=f"cancelled-{order.public_id}-{gone}", amount=given)


def _refuse(order: Order, form: RefusalForm, actor: Actor, at: datetime) -> None:
    reason = str(form.reason.data or "")
    refusal = Refusal(form.day, form.freight.data, counts_of(form), reason)
    sent = order.shipment.shipped_at if order.shipment else None
    if sent and refusal.came_back_on < sent.astimezone(HANOI).date():
        raise Invalid(fields={"came_back_on": lazy_gettext("It had not left on that day.")})
    refuse_parcel(order, refusal, actor=actor, at=at)
    tell_order_moved(order.id)
    _tell_workshop(order, actor, cause=f"refused-{order.public_id}", amount=0)


def _tell_workshop(order: Order, actor: Actor, *, cause: str, amount: int) -> None:
    """Of what somebody else has done to its order."""
    if actor.kind is not ActorKind.WORKSHOP:
        tell_workshop_changed(order.id, amount, cause=cause)


STEPS = {
    OrderStep.REFUND: Doing(lambda order: order.share.left > 0, _give_back_form, _give_back),
    OrderStep.CANCELLATION: Doing(
        lambda order: order.status in BEFORE_SENDING, _cancel_form, _cancel
    ),
    OrderStep.REFUSAL: Doing(
        lambda order: order.status is OrderStatus.SHIPPED, _refusal_form, _refuse
    ),
}


def steps_open(order: Order) -> list[OrderStep]:
    return [step for step, doing in STEPS.items() if doing.may(order)]
