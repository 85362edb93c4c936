"""The workshop's desk: what to do next, its orders, and every step of one, by telephone or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlencode

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.addresses import address_lines
from shop.accounts.fields import typed
from shop.accounts.models import Person
from shop.checkout.order_steps import steps_open
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import HANOI, today_in_hanoi
from shop.core.errors import Conflict, Message, Missing
from shop.core.i18n import language, money
from shop.core.paging import page_number
from shop.core.transaction import transaction
from shop.orders.actions import (
    CASH_CAN_COME,
    WrongAmount,
    WrongMove,
    cash_due,
    confirm_order,
    deliver_order,
    order_for_update,
    pack_order,
    record_cash,
    ship_order,
)
from shop.orders.letters import tell_invoice_issued, tell_order_moved
from shop.orders.models import Order, OrderStatus
from shop.orders.papers.forms import IssuedForm
from shop.orders.papers.invoices import record_invoice
from shop.returns.queries import requests_for_workshop
from shop.returns.words import REASON_WORDS
from shop.shipping.queries import carriers, packing_in_force
from shop.studio.access import my_workshops
from shop.studio.forms import CashForm, ShipForm
from shop.studio.packing_slip import packing_slip
from shop.studio.queries import (
    MyWorkshop,
    counts_of,
    names_of_actors,
    order_of,
    orders_in,
    takings_of,
    work_of,
)
from shop.studio.views.base import blueprint, chosen, me, my_ids

MAP_SEARCH = "https://www.openstreetmap.org/search"


@blueprint.get("")
@audience(Audience.MEMBER)
def desk() -> str:
    workshop = chosen()
    month_began = datetime.combine(today_in_hanoi().replace(day=1), datetime.min.time(), HANOI)
    return render_template(
        "studio/desk.html",
        workshop=workshop,
        cards=work_of(workshop.id, with_cash=workshop.role.may_record_cash),
        returns=requests_for_workshop(workshop.id),
        reason_words=REASON_WORDS,
        takings=takings_of(workshop.id, month_began=month_began, at=clock.now()),
    )


@blueprint.get("/orders")
@audience(Audience.MEMBER)
def orders() -> str:
    workshop = chosen()
    counts = counts_of(workshop.id)
    wanted = request.args.get("state")
    if wanted is not None and wanted not in set(OrderStatus):
        raise Missing
    state = OrderStatus(wanted) if wanted else _first_with_work(counts)
    page = page_number(request.args.get("page"))
    cards, has_more = orders_in(workshop.id, state, page)
    return render_template(
        "studio/orders.html",
        workshop=workshop,
        counts=counts,
        state=state,
        cards=cards,
        page=page,
        has_more=has_more,
    )


def _first_with_work(counts: dict[OrderStatus, int]) -> OrderStatus:
    order = (OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED, OrderStatus.SHIPPED)
    return next((status for status in order if counts[status]), OrderStatus.PLACED)


def _order_page(
    public_id: str,
    *,
    ship_form: ShipForm | None = None,
    cash_form: CashForm | None = None,
    issued_form: IssuedForm | None = None,
    notice: Message | None = None,
) -> str:
    found = order_of(public_id, my_ids())
    address = found.group.address
    due = cash_due(found, found.group.payment)
    return render_template(
        "studio/order.html",
        workshop=_workshop_of(found),
        order=found,
        group=found.group,
        address_lines=address_lines(address, language()),
        map_url=f"{MAP_SEARCH}?{urlencode({'query': ', '.join(_on_the_map(found))})}",
        rules=packing_in_force(today_in_hanoi()),
        names=names_of_actors(found.events),
        cash_due=due,
        may_take_cash=due > 0
        and _is_at_the_door(found)
        and _workshop_of(found).role.may_record_cash,
        ship_form=ship_form or _ship_form(found),
        cash_form=cash_form or CashForm(),
        issued_form=issued_form or IssuedForm(formdata=None, obj=found.e_invoice),
        steps=steps_open(found) if _workshop_of(found).role.may_give_back else (),
        notice=notice,
    )


def _workshop_of(order: Order) -> MyWorkshop:
    return next(workshop for workshop in my_workshops() if workshop.id == order.workshop_id)


def _is_at_the_door(order: Order) -> bool:
    """Whether cash may have been taken: not while a parcel still waits for its carrier."""
    waits = order.status is OrderStatus.PACKED and not order.is_collected
    return order.status in CASH_CAN_COME and not waits


def _on_the_map(order: Order) -> list[str]:
    """What a map finds: without the buyer's hint, which only confuses it."""
    address = order.group.address
    parts = (
        (address.street, address.ward_name, address.province_name)
        if address.is_in_vietnam
        else (address.street, address.city, address.postcode, address.country)
    )
    return [part for part in parts if part]


def _ship_form(order: Order) -> ShipForm | None:
    may = order.may_become(OrderStatus.SHIPPED) and not order.is_collected
    return ShipForm(carriers(), language(), carrier=order.carrier_code) if may else None


@blueprint.get("/orders/<public_id>")
@audience(Audience.MEMBER)
def order(public_id: str) -> str:
    return _order_page(public_id)


@blueprint.get("/orders/<public_id>/packing-slip.pdf")
@audience(Audience.MEMBER)
def slip(public_id: str) -> Response:
    found = order_of(public_id, my_ids())
    pdf = packing_slip(found, packing_in_force(today_in_hanoi()))
    name = f"{found.group.reference}.pdf"
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename={name}"},
    )


Step = Callable[[Order, Person, datetime], None]


def _take(public_id: str, step: Step, *, tells: bool = True) -> ResponseReturnValue:
    """Carry out one step and tell the buyer; one that came too late is shown where it stands."""
    try:
        with transaction():
            found = order_for_update(public_id, my_ids())
            step(found, me(), clock.now())
            if tells:
                tell_order_moved(found.id)
    except WrongMove as error:
        return _order_page(public_id, notice=error.message), error.status
    return redirect(url_for("studio.order", public_id=public_id), 303)


@blueprint.post("/orders/<public_id>/confirmation")
@audience(Audience.MEMBER)
def confirm(public_id: str) -> ResponseReturnValue:
    return _take(public_id, lambda found, by, at: confirm_order(found, by=by, at=at))


@blueprint.post("/orders/<public_id>/packing")
@audience(Audience.MEMBER)
def pack(public_id: str) -> ResponseReturnValue:
    return _take(public_id, lambda found, by, at: pack_order(found, by=by, at=at))


@blueprint.post("/orders/<public_id>/delivery")
@audience(Audience.MEMBER)
def deliver(public_id: str) -> ResponseReturnValue:
    return _take(public_id, lambda found, by, at: deliver_order(found, by=by, at=at))


@blueprint.post("/orders/<public_id>/shipment")
@audience(Audience.MEMBER)
def ship(public_id: str) -> ResponseReturnValue:
    order_of(public_id, my_ids())
    form = ShipForm(carriers(), language())
    if not form.validate_on_submit():
        return _order_page(public_id, ship_form=form), 422
    return _take(public_id, lambda found, by, at: _ship(found, form, by, at))


def _ship(found: Order, form: ShipForm, by: Person, at: datetime) -> None:
    carrier = form.carriers.get(form.carrier.data)
    names = (carrier.name_vi, carrier.name_en) if carrier else ("", "")
    link = carrier.tracking_url if carrier and carrier.tracking_url else ""
    ship_order(
        found,
        carrier_code=carrier.code if carrier else None,
        carrier_name=names[found.group.language != "vi"] or form.other_name.data or "",
        tracking_number=form.number,
        tracking_url=link.replace("{number}", quote(form.number, safe="")),
        by=by,
        at=at,
    )


@blueprint.post("/orders/<public_id>/cash")
@audience(Audience.MEMBER)
def cash(public_id: str) -> ResponseReturnValue:
    if not _workshop_of(order_of(public_id, my_ids())).role.may_record_cash:
        raise Missing
    form = CashForm()
    if not form.validate_on_submit():
        return _order_page(public_id, cash_form=form), 422
    try:
        return _take(
            public_id,
            lambda found, by, at: _record_cash(found, form.amount.data, by, at),
            tells=False,
        )
    except WrongAmount as error:
        form.amount.errors = [
            gettext(
                "%(due)s is due for this order, not %(given)s.",
                due=money(error.due),
                given=money(form.amount.data),
            )
        ]
        return _order_page(public_id, cash_form=form), 422


def _record_cash(found: Order, amount: int, by: Person, at: datetime) -> None:
    """Raises WrongMove wherever the page offers no cash to write down."""
    if not _is_at_the_door(found):
        raise WrongMove
    record_cash(found, amount, by=by, at=at)


@blueprint.post("/orders/<public_id>/e-invoice")
@audience(Audience.MEMBER)
def invoice(public_id: str) -> ResponseReturnValue:
    """What the workshop has issued in its own invoice system, so that the buyer is told."""
    role = _workshop_of(order_of(public_id, my_ids())).role
    if not role.may_record_cash:
        raise Missing
    form = IssuedForm()
    if not form.validate_on_submit():
        return _order_page(public_id, issued_form=form), 422
    try:
        with transaction():
            found = order_for_update(public_id, my_ids())
            record_invoice(
                found,
                series=typed(form.series),
                number=typed(form.number),
                issued_on=form.day,
                by_id=me().id,
                at=clock.now(),
            )
            tell_invoice_issued(found.id)
    except Conflict as error:
        return _order_page(public_id, issued_form=form, notice=error.message), error.status
    return redirect(url_for("studio.order", public_id=public_id), 303)
