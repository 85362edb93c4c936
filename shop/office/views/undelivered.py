"""The office's steps off the usual road of one workshop's parcel, as a workshop has them too."""

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
from shop.office.queries import group_with_everything
from shop.office.views.base import blueprint, officer
from shop.orders.actions import WrongMove, order_for_update
from shop.orders.models import Actor, ActorKind, Order, OrderGroup

STEP = f"<any({','.join(OrderStep)}):step>"
ADDRESS = f"/orders/<reference>/parcels/<public_id>/{STEP}"


def _parcel(reference: str, public_id: str) -> tuple[OrderGroup, Order]:
    group = group_with_everything(reference).group
    order = next((order for order in group.orders if order.public_id == public_id), None)
    if order is None:
        raise Missing
    return group, order


def _page(
    group: OrderGroup,
    order: Order,
    step: OrderStep,
    form: Any = None,
    notice: Message | None = None,
) -> str:
    may = STEPS[step].may(order)
    return render_template(
        "office/order_step.html",
        group=group,
        order=order,
        step=step,
        form=form or (STEPS[step].form(order) if may else None),
        notice=notice or (None if may else WrongMove.message),
    )


@blueprint.get(ADDRESS)
@audience(Audience.OFFICER)
def order_step(reference: str, public_id: str, step: str) -> str:
    return _page(*_parcel(reference, public_id), OrderStep(step))


@blueprint.post(ADDRESS)
@audience(Audience.OFFICER)
def take_order_step(reference: str, public_id: str, step: str) -> ResponseReturnValue:
    doing = STEPS[OrderStep(step)]
    group, order = _parcel(reference, public_id)
    form, workshop_id = doing.form(order), order.workshop_id
    if not form.validate_on_submit():
        return _page(group, order, OrderStep(step), form), 422
    try:
        with transaction():
            found = order_for_update(public_id, [workshop_id])
            doing.carry_out(found, form, Actor(ActorKind.OFFICE, officer().id), clock.now())
            after_commit(send_refunds)
    except Invalid as error:
        notice = show_faults(form, error)
        return _page(*_parcel(reference, public_id), OrderStep(step), form, notice), 422
    except WrongMove as error:
        page = _page(*_parcel(reference, public_id), OrderStep(step), notice=error.message)
        return page, error.status
    flash(gettext("Done. The buyer and the workshop get a mail."))
    return redirect(url_for("office.order", reference=reference), 303)
