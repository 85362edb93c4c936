"""Money that goes back by transfer: where to, a code to scan for it, and that it has gone."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from shop.checkout.refunds import pay_back_by_hand
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Message
from shop.core.transaction import transaction
from shop.office.queries import RefundToPay, refund_to_pay
from shop.office.views.base import blueprint, officer
from shop.orders.forms import BankDetailsForm
from shop.orders.letters import ask_for_bank_details, tell_bank_details_given
from shop.payments import vietqr
from shop.payments.bank_details import give_bank_details, pay_back_code
from shop.payments.banks import bank_name
from shop.payments.models import BankDetails


def pay_back_qr(details: BankDetails | None, amount: int, reference: str) -> Markup | None:
    """The code that an officer's banking app reads; None while the account is not known."""
    if details is None:
        return None
    text = pay_back_code(details, amount, reference)
    # segno's drawing of our own text: nothing a visitor wrote is in it unchecked.
    return Markup(vietqr.svg(text, gettext("VietQR code for this transfer")))  # noqa: S704


def _page(
    refund: RefundToPay, *, form: BankDetailsForm | None = None, notice: Message | None = None
) -> str:
    is_open = refund.settled_at is None
    return render_template(
        "office/refund.html",
        refund=refund,
        group=refund.group,
        details=refund.details,
        bank_name=bank_name,
        qr=pay_back_qr(refund.details, refund.amount, refund.group.reference) if is_open else None,
        form=form or BankDetailsForm(formdata=None),
        is_form_open=form is not None,
        notice=notice,
    )


@blueprint.get("/refunds/<public_id>")
@audience(Audience.OFFICER)
def refund(public_id: str) -> str:
    return _page(refund_to_pay(public_id))


@blueprint.post("/refunds/<public_id>/bank-details")
@audience(Audience.OFFICER)
def write_bank_details(public_id: str) -> ResponseReturnValue:
    """What the buyer said on the telephone; they get the same letter as if they had typed it."""
    found, form = refund_to_pay(public_id), BankDetailsForm()
    if not form.validate_on_submit():
        return _page(found, form=form), 422
    group_id, payment_id, by_id = found.group.id, found.group.payment_id, officer().id
    with transaction():
        if give_bank_details(payment_id, form.given, by_id=by_id, at=clock.now()):
            tell_bank_details_given(group_id)
    flash(gettext("The account is kept, and the buyer has been told."))
    return redirect(url_for("office.refund", public_id=public_id), 303)


@blueprint.post("/refunds/<public_id>/question")
@audience(Audience.OFFICER)
def ask_where_to(public_id: str) -> ResponseReturnValue:
    group_id = refund_to_pay(public_id).group.id
    with transaction():
        ask_for_bank_details(group_id)
    flash(gettext("The buyer has been asked by mail."))
    return redirect(url_for("office.refund", public_id=public_id), 303)


@blueprint.post("/refunds/<public_id>/settlement")
@audience(Audience.OFFICER)
def settle_refund(public_id: str) -> ResponseReturnValue:
    refund_to_pay(public_id)
    try:
        with transaction():
            pay_back_by_hand(public_id, by_id=officer().id, at=clock.now())
    except Conflict as error:
        return _page(refund_to_pay(public_id), notice=error.message), error.status
    flash(gettext("Written down as paid back."))
    return redirect(url_for("office.desk"), 303)
