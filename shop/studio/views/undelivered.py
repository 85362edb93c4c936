"""Steps off the usual road: money given back, pieces that cannot be sent, parcels brought back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.checkout.desk_forms import show_faults
from shop.checkout.jobs import send_refunds
from shop.checkout.order_steps import STEPS, OrderStep
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid, Message, Missing
from shop.core.transaction import after_commit, transaction
from shop.orders.actions import WrongMove, order_for_update
from shop.orders.models import Actor, ActorKind, Order
from shop.studio.access import my_workshops
from shop.studio.queries import MyWorkshop, order_of
from shop.studio.views.base import blueprint, me, my_ids

STEP = f"<any({','.join(OrderStep)}):step>"


def _mine(public_id: str) -> tuple[Order, MyWorkshop]:
    """Who packs does not answer for the money. Raises Missing."""
    order = order_of(public_id, my_ids())
    workshop = next(mine for mine in my_workshops() if mine.id == order.workshop_id)
    if not workshop.role.may_give_back:
        raise Missing
    return order, workshop


def _page(
    order: Order,
    workshop: MyWorkshop,
    step: OrderStep,
    form: Any = None,
    notice: Message | None = None,
) -> str:
    may = STEPS[step].may(order)
    return render_template(
        "studio/order_step.html",
        order=order,
        group=order.group,
        workshop=workshop,
        step=step,
        form=form or (STEPS[step].form(order) if may else None),
        notice=notice or (None if may else WrongMove.message),
    )


@blueprint.get(f"/orders/<public_id>/{STEP}")
@audience(Audience.MEMBER)
def order_step(public_id: str, step: str) -> str:
    return _page(*_mine(public_id), OrderStep(step))


@blueprint.post(f"/orders/<public_id>/{STEP}")
@audience(Audience.MEMBER)
def take_order_step(public_id: str, step: str) -> ResponseReturnValue:
    doing = STEPS[OrderStep(step)]
    order, workshop = _mine(public_id)
    form = doing.form(order)
    if not form.validate_on_submit():
        return _page(order, workshop, OrderStep(step), form), 422
    try:
        with transaction():
            found = order_for_update(public_id, my_ids())
            doing.carry_out(found, form, Actor(ActorKind.WORKSHOP, me().id), clock.now())
            after_commit(send_refunds)
    except Invalid as error:
        notice = show_faults(form, error)
        return _page(*_mine(public_id), OrderStep(step), form, notice), 422
    except WrongMove as error:
        return _page(*_mine(public_id), OrderStep(step), notice=error.message), error.status
    flash(gettext("Done. The buyer gets a mail."))
    return redirect(url_for("studio.order", public_id=public_id), 303)
