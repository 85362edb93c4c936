"""What buyers ask back, answered by telephone; and how parcels were packed."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from shop.checkout.desk_forms import show_faults
from shop.checkout.jobs import send_refunds
from shop.checkout.return_steps import STEPS, ReturnStep, forms_of
from shop.checkout.settling import worth_of
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.transaction import after_commit, transaction
from shop.media.actions import keep_privately
from shop.media.current import media_storage
from shop.media.views.sending import send_privately
from shop.orders.actions import order_for_update
from shop.orders.models import Actor, ActorKind
from shop.returns.actions import PHOTOGRAPHED, add_packing_photo, request_for_update
from shop.returns.forms import PackingPhotoForm
from shop.returns.letters import tell_request_moved
from shop.returns.models import ReturnRequest
from shop.returns.queries import (
    packing_photos,
    request_of_workshop,
    requests_ended,
    requests_for_workshop,
)
from shop.returns.words import REASON_WORDS
from shop.studio.access import my_workshops
from shop.studio.queries import MyWorkshop, order_of
from shop.studio.views.base import blueprint, chosen, me, my_ids

STEP = f"<any({','.join(ReturnStep)}):step>"


def _workshop(workshop_id: int) -> MyWorkshop:
    return next(mine for mine in my_workshops() if mine.id == workshop_id)


@blueprint.get("/returns")
@audience(Audience.MEMBER)
def returns() -> str:
    workshop = chosen()
    return render_template(
        "studio/returns.html",
        workshop=workshop,
        waiting=requests_for_workshop(workshop.id),
        ended=requests_ended(workshop.id),
        reason_words=REASON_WORDS,
    )


def _page(
    found: ReturnRequest,
    *,
    step: ReturnStep | None = None,
    form: FlaskForm | None = None,
    notice: Message | None = None,
) -> str:
    workshop = _workshop(found.order.workshop_id)
    may_answer = workshop.role.may_give_back
    forms = forms_of(found, found.order, ActorKind.WORKSHOP) if may_answer else {}
    if step in forms and form is not None:
        forms[step] = form
    return render_template(
        "studio/return.html",
        workshop=workshop,
        request_=found,
        order=found.order,
        group=found.order.group,
        forms=forms,
        worth=worth_of(found, found.order),
        open_step=step,
        packing=packing_photos(found.order_id),
        reason_words=REASON_WORDS,
        notice=notice,
    )


@blueprint.get("/returns/<public_id>")
@audience(Audience.MEMBER)
def return_request(public_id: str) -> str:
    return _page(request_of_workshop(public_id, my_ids()))


@blueprint.post(f"/returns/<public_id>/{STEP}")
@audience(Audience.MEMBER)
def take_return_step(public_id: str, step: str) -> ResponseReturnValue:
    found, chosen_step = request_of_workshop(public_id, my_ids()), ReturnStep(step)
    if not _workshop(found.order.workshop_id).role.may_give_back:
        raise Missing
    form = STEPS[chosen_step].form(found, found.order)
    if not form.validate_on_submit():
        return _page(found, step=chosen_step, form=form), 422
    try:
        _carry_out(public_id, chosen_step, form)
    except Invalid as error:
        notice, fresh = show_faults(form, error), request_of_workshop(public_id, my_ids())
        return _page(fresh, step=chosen_step, form=form, notice=notice), 422
    except Conflict as error:
        fresh = request_of_workshop(public_id, my_ids())
        return _page(fresh, notice=error.message), error.status
    flash(gettext("Done. The buyer gets a mail."))
    return redirect(url_for("studio.return_request", public_id=public_id), 303)


def _carry_out(public_id: str, step: ReturnStep, form: Any) -> None:
    with transaction():
        request, order = request_for_update(public_id)
        actor = Actor(ActorKind.WORKSHOP, me().id)
        if not STEPS[step].may(request, actor.kind):
            raise Conflict
        STEPS[step].carry_out(request, order, form, actor, clock.now())
        tell_request_moved(public_id)
        after_commit(send_refunds)


@blueprint.get("/returns/<public_id>/photographs/<photo_id>.webp")
@audience(Audience.MEMBER)
def return_photograph(public_id: str, photo_id: str) -> Response:
    found = request_of_workshop(public_id, my_ids())
    if photo_id not in {photo.picture.public_id for photo in found.photos}:
        raise Missing
    return send_privately(photo_id)


def _packing_page(public_id: str, form: PackingPhotoForm, notice: Message | None = None) -> str:
    found = order_of(public_id, my_ids())
    return render_template(
        "studio/packing_photographs.html",
        workshop=_workshop(found.workshop_id),
        order=found,
        group=found.group,
        form=form if found.status in PHOTOGRAPHED else None,
        packing=packing_photos(found.id),
        notice=notice,
    )


@blueprint.get("/orders/<public_id>/photographs")
@audience(Audience.MEMBER)
def packing(public_id: str) -> str:
    return _packing_page(public_id, PackingPhotoForm())


@blueprint.post("/orders/<public_id>/photographs")
@audience(Audience.MEMBER)
def add_packing(public_id: str) -> ResponseReturnValue:
    order_of(public_id, my_ids())
    form = PackingPhotoForm()
    if not form.validate_on_submit():
        return _packing_page(public_id, form), 422
    try:
        with transaction():
            found = order_for_update(public_id, my_ids())
            for picture in form.pictures:
                kept = keep_privately(picture, media_storage())
                add_packing_photo(found, kept, by_id=me().id, at=clock.now())
    except Conflict as error:
        return _packing_page(public_id, form, error.message), error.status
    flash(gettext("Kept with the order."))
    return redirect(url_for("studio.order", public_id=public_id), 303)


@blueprint.get("/orders/<public_id>/photographs/<photo_id>.webp")
@audience(Audience.MEMBER)
def packing_photograph(public_id: str, photo_id: str) -> Response:
    found = order_of(public_id, my_ids())
    if photo_id not in {picture.public_id for picture in packing_photos(found.id)}:
        raise Missing
    return send_privately(photo_id)
