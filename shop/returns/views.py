"""A buyer asks to have something put right, behind the link to their order."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.current import current_person
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.i18n import localized_blueprint
from shop.core.limits import limiter
from shop.core.transaction import transaction
from shop.media.actions import keep_privately
from shop.media.current import media_storage
from shop.media.views.sending import send_privately
from shop.orders.actions import order_for_update
from shop.orders.models import Actor, ActorKind, Order, OrderGroup
from shop.orders.queries import group_by_token
from shop.returns.actions import (
    Asking,
    appeal,
    ask_return,
    reasons_open,
    request_for_update,
    withdraw_request,
)
from shop.returns.counts import counts_of, with_counts
from shop.returns.forms import AskForm, ReasonForm
from shop.returns.letters import tell_request_moved
from shop.returns.models import ReturnReason, ReturnRequest, ReturnStatus
from shop.returns.queries import (
    asked_before,
    pictures_by_public_id,
    request_of_buyer,
    requests_of_group,
)
from shop.returns.words import REASON_WORDS

blueprint = localized_blueprint("returns", __name__, "/orders/<token>")


def _private(body: str, status: int = 200) -> ResponseReturnValue:
    """As the order's own page: not to be kept, indexed or passed on."""
    response = make_response(body, status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _buyer() -> Actor:
    person = current_person()
    return Actor(ActorKind.BUYER, person.id if person else None)


@blueprint.get("/returns")
@audience(Audience.PUBLIC)
def index(token: str) -> ResponseReturnValue:
    group = group_by_token(token)
    now = clock.now()
    return _private(
        render_template(
            "returns/index.html",
            group=group,
            requests=requests_of_group(group.id),
            open_orders=[order for order in group.orders if reasons_open(order, now)],
            reason_words=REASON_WORDS,
        )
    )


def _parcel(token: str, public_id: str) -> tuple[OrderGroup, Order]:
    group = group_by_token(token)
    order = next((order for order in group.orders if order.public_id == public_id), None)
    if order is None:
        raise Missing
    return group, order


def _ask_form(order: Order) -> AskForm:
    taken = asked_before(order.id)
    kind = with_counts(
        AskForm, order.lines, lambda _: 0, lambda line: line.standing - taken.get(line.id, 0)
    )
    return kind(order.public_id, reasons_open(order, clock.now()))


def _ask_page(group: OrderGroup, order: Order, form: AskForm, notice: Message | None = None) -> str:
    return render_template("returns/ask.html", group=group, order=order, form=form, notice=notice)


@blueprint.get("/parcels/<public_id>/return")
@audience(Audience.PUBLIC)
def ask(token: str, public_id: str) -> ResponseReturnValue:
    group, order = _parcel(token, public_id)
    return _private(_ask_page(group, order, _ask_form(order)))


@blueprint.post("/parcels/<public_id>/return")
@limiter.limit("20/hour")
@audience(Audience.PUBLIC)
def send_request(token: str, public_id: str) -> ResponseReturnValue:
    group, order = _parcel(token, public_id)
    form, workshop_id = _ask_form(order), order.workshop_id
    is_valid = form.validate_on_submit()
    _keep_photographs(form)
    if not is_valid:
        return _private(_ask_page(group, order, form), 422)
    try:
        with transaction():
            request_id = _write(public_id, workshop_id, form)
    except Invalid as error:
        notice = None
        for name, message in error.fields.items():
            if name in form:
                form[name].errors = [str(message)]
            else:
                notice = message
        return _private(_ask_page(*_parcel(token, public_id), form, notice), 422)
    except Conflict as error:
        return _private(_ask_page(*_parcel(token, public_id), form, error.message), 409)
    flash(gettext("The workshop has your request. A mail tells you what it answers."))
    return redirect(url_for("returns.request_page", token=token, public_id=request_id), 303)


def _keep_photographs(form: AskForm) -> None:
    """Before anything else is looked at, so that no photograph has to be chosen twice."""
    if not form.pictures:
        return
    with transaction():
        new = [keep_privately(picture, media_storage()).public_id for picture in form.pictures]
    form.keep([*form.kept_ids, *new])


def _write(public_id: str, workshop_id: int, form: AskForm) -> str:
    order = order_for_update(public_id, [workshop_id])
    asking = Asking(
        reason=ReturnReason(form.reason.data),
        text=str(form.text.data),
        quantities=counts_of(form),
        pictures=pictures_by_public_id(form.kept_ids),
    )
    request = ask_return(order, asking, actor=_buyer(), at=clock.now())
    tell_request_moved(request.public_id)
    return request.public_id


def _request_page(
    found: ReturnRequest, form: ReasonForm | None = None, notice: Message | None = None
) -> str:
    return render_template(
        "returns/request.html",
        request_=found,
        group=found.order.group,
        order=found.order,
        form=form or ReasonForm(formdata=None),
        may_withdraw=found.may_become(ReturnStatus.WITHDRAWN),
        reason_words=REASON_WORDS,
        notice=notice,
    )


@blueprint.get("/returns/<public_id>")
@audience(Audience.PUBLIC)
def request_page(token: str, public_id: str) -> ResponseReturnValue:
    return _private(_request_page(request_of_buyer(token, public_id)))


@blueprint.get("/returns/<public_id>/photographs/<photo_id>.webp")
@audience(Audience.PUBLIC)
def photograph(token: str, public_id: str, photo_id: str) -> ResponseReturnValue:
    found = request_of_buyer(token, public_id)
    if photo_id not in {photo.picture.public_id for photo in found.photos}:
        raise Missing
    return send_privately(photo_id)


def _take(token: str, public_id: str, verb: Callable[[ReturnRequest], None]) -> ResponseReturnValue:
    request_of_buyer(token, public_id)
    try:
        with transaction():
            request, _order = request_for_update(public_id)
            verb(request)
            tell_request_moved(public_id)
    except Conflict as error:
        page = _request_page(request_of_buyer(token, public_id), notice=error.message)
        return _private(page, error.status)
    return redirect(url_for("returns.request_page", token=token, public_id=public_id), 303)


@blueprint.post("/returns/<public_id>/withdrawal")
@audience(Audience.PUBLIC)
def withdraw(token: str, public_id: str) -> ResponseReturnValue:
    return _take(
        token,
        public_id,
        lambda request: withdraw_request(request, actor=_buyer(), at=clock.now()),
    )


@blueprint.post("/returns/<public_id>/appeal")
@audience(Audience.PUBLIC)
def appeal_refusal(token: str, public_id: str) -> ResponseReturnValue:
    found, form = request_of_buyer(token, public_id), ReasonForm()
    if not form.validate_on_submit():
        return _private(_request_page(found, form), 422)
    return _take(
        token,
        public_id,
        lambda request: appeal(
            request, reason=str(form.reason.data), actor=_buyer(), at=clock.now()
        ),
    )
