"""What buyers ask back and workshops have not settled: the office decides; and breakage claims."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from shop.checkout.desk_forms import show_faults
from shop.checkout.jobs import send_refunds
from shop.checkout.return_steps import STEPS, ReturnStep, forms_of
from shop.checkout.settling import cover_breakage, may_be_covered, taken_from_workshop, worth_of
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.i18n import money
from shop.core.transaction import after_commit, transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.media.views.sending import send_privately
from shop.office.views.base import blueprint, officer
from shop.orders.models import Actor, ActorKind
from shop.returns.actions import request_for_update
from shop.returns.letters import tell_request_moved, tell_workshop_covered
from shop.returns.models import ReturnRequest
from shop.returns.queries import (
    claims_open,
    packing_photos,
    request_of_office,
    requests_for_office,
    requests_under_way,
)
from shop.returns.words import REASON_WORDS

STEP = f"<any({','.join(ReturnStep)}):step>"


@blueprint.get("/returns")
@audience(Audience.OFFICER)
def returns() -> str:
    return render_template(
        "office/returns.html",
        to_decide=requests_for_office(),
        claims=claims_open(),
        under_way=requests_under_way(),
        cover=balance(Account.BREAKAGE_COVER),
        reason_words=REASON_WORDS,
    )


def _page(
    found: ReturnRequest,
    *,
    step: ReturnStep | None = None,
    form: FlaskForm | None = None,
    notice: Message | None = None,
) -> str:
    forms = forms_of(found, found.order, ActorKind.OFFICE)
    if step in forms and form is not None:
        forms[step] = form
    return render_template(
        "office/return.html",
        request_=found,
        order=found.order,
        group=found.order.group,
        forms=forms,
        worth=worth_of(found, found.order),
        open_step=step,
        packing=packing_photos(found.order_id),
        may_cover=may_be_covered(found),
        taken=taken_from_workshop(found, found.order),
        cover=balance(Account.BREAKAGE_COVER),
        reason_words=REASON_WORDS,
        notice=notice,
    )


@blueprint.get("/returns/<public_id>")
@audience(Audience.OFFICER)
def return_request(public_id: str) -> str:
    return _page(request_of_office(public_id))


@blueprint.post(f"/returns/<public_id>/{STEP}")
@audience(Audience.OFFICER)
def take_return_step(public_id: str, step: str) -> ResponseReturnValue:
    found, chosen_step = request_of_office(public_id), ReturnStep(step)
    form = STEPS[chosen_step].form(found, found.order)
    if not form.validate_on_submit():
        return _page(found, step=chosen_step, form=form), 422
    try:
        _carry_out(public_id, chosen_step, form)
    except Invalid as error:
        notice, fresh = show_faults(form, error), request_of_office(public_id)
        return _page(fresh, step=chosen_step, form=form, notice=notice), 422
    except Conflict as error:
        return _page(request_of_office(public_id), notice=error.message), error.status
    flash(gettext("Done. The buyer and the workshop get a mail."))
    return redirect(url_for("office.return_request", public_id=public_id), 303)


def _carry_out(public_id: str, step: ReturnStep, form: Any) -> None:
    with transaction():
        request, order = request_for_update(public_id)
        actor = Actor(ActorKind.OFFICE, officer().id)
        if not STEPS[step].may(request, actor.kind):
            raise Conflict
        STEPS[step].carry_out(request, order, form, actor, clock.now())
        tell_request_moved(public_id)
        after_commit(send_refunds)


@blueprint.post("/returns/<public_id>/compensation")
@audience(Audience.OFFICER)
def compensate(public_id: str) -> ResponseReturnValue:
    request_of_office(public_id)
    try:
        with transaction():
            request, order = request_for_update(public_id)
            amount = cover_breakage(request, order, by_id=officer().id, at=clock.now())
            tell_workshop_covered(request.public_id, amount)
    except Conflict as error:
        return _page(request_of_office(public_id), notice=error.message), error.status
    flash(gettext("The breakage cover gives the workshop %(amount)s.", amount=money(amount)))
    return redirect(url_for("office.return_request", public_id=public_id), 303)


@blueprint.get("/returns/<public_id>/photographs/<photo_id>.webp")
@audience(Audience.OFFICER)
def return_photograph(public_id: str, photo_id: str) -> Response:
    found = request_of_office(public_id)
    known = {photo.picture.public_id for photo in found.photos}
    known |= {picture.public_id for picture in packing_photos(found.order_id)}
    if photo_id not in known:
        raise Missing
    return send_privately(photo_id)
