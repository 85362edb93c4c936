"""The village office: what waits, on one page; orders looked up; one order with everything."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.exc import IntegrityError

from shop.accounts.addresses import address_lines
from shop.accounts.fields import typed
from shop.checkout.actions import Settled, Settlement
from shop.checkout.bank import confirm_transfer
from shop.checkout.order_steps import steps_open
from shop.checkout.provider_calls import tell_of
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import HANOI, today_in_hanoi
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.i18n import language
from shop.core.outbox import try_again
from shop.core.paging import page_number
from shop.core.transaction import transaction
from shop.office.card_account import disputes_to_answer, strays
from shop.office.forms import ContactForm, TransferForm
from shop.office.queries import (
    bank_entry_is_known,
    expected_transfers,
    figures,
    group_with_everything,
    groups_found,
    late_orders,
    lost_mails,
    refunds_by_hand,
    unreachable_workshops,
)
from shop.office.views.base import blueprint, officer
from shop.payments.models import StrayStatus
from shop.returns.queries import requests_for_office
from shop.returns.words import REASON_WORDS
from shop.workshops.actions import set_contact
from shop.workshops.queries import workshop_by_slug

LONGEST_SEARCH = 200


def _desk(
    *,
    transfer_form: TransferForm | None = None,
    contact_form: ContactForm | None = None,
    contact_slug: str | None = None,
    notice: Message | None = None,
) -> str:
    now = clock.now()
    month_began = datetime.combine(today_in_hanoi().replace(day=1), datetime.min.time(), HANOI)
    workshops = unreachable_workshops()
    forms = {w.slug: ContactForm(w.slug, formdata=None, obj=w) for w in workshops}
    if contact_form is not None and contact_slug is not None:
        forms[contact_slug] = contact_form
    return render_template(
        "office/desk.html",
        transfers=expected_transfers(),
        refunds=refunds_by_hand(),
        returns=requests_for_office(),
        reason_words=REASON_WORDS,
        late=late_orders(now),
        workshops=workshops,
        mails=lost_mails(),
        disputes=disputes_to_answer(),
        strays=strays(StrayStatus.KEPT, StrayStatus.FAILED),
        figures=figures(month_began),
        transfer_form=transfer_form or TransferForm(formdata=None),
        contact_forms=forms,
        open_slug=contact_slug,
        notice=notice,
    )


@blueprint.get("")
@audience(Audience.OFFICER)
def desk() -> str:
    return _desk()


def _matched(form: TransferForm) -> Settlement:
    with transaction():
        if bank_entry_is_known(typed(form.bank_entry)):
            raise Invalid(fields={"bank_entry": gettext("This entry has been matched before.")})
        settlement = confirm_transfer(
            typed(form.reference),
            form.amount.data,
            bank_entry=typed(form.bank_entry),
            received_on=form.day,
            by_id=officer().id,
            at=clock.now(),
        )
        tell_of(settlement)
    return settlement


@blueprint.post("/transfers")
@audience(Audience.OFFICER)
def match_transfer() -> ResponseReturnValue:
    """Marks a payment received: reference and amount must both be those we expect."""
    form = TransferForm()
    if not form.validate_on_submit():
        return _desk(transfer_form=form), 422
    try:
        settlement = _matched(form)
    except Invalid as error:
        for name, message in error.fields.items():
            form[name].errors = [str(message)]
        return _desk(transfer_form=form), 422
    except (Conflict, IntegrityError) as error:
        message = (
            error.message
            if isinstance(error, Conflict)
            else gettext("This transfer has been matched already.")
        )
        return _desk(transfer_form=form, notice=message), 409
    flash(_what_came_of(settlement))
    return redirect(url_for("office.desk"), 303)


def _what_came_of(settlement: Settlement) -> str:
    if settlement.outcome is Settled.AFTER_CANCELLATION:
        return gettext("The buyer had cancelled this order: all of it is to be paid back.")
    if settlement.outcome is not Settled.LATE:
        return gettext("Received. The buyer and the workshops have been told.")
    honoured = ngettext(
        "It came after its time: %(num)d order stands again,",
        "It came after its time: %(num)d orders stand again,",
        len(settlement.honoured),
    )
    owed = ngettext(
        "%(num)d is to be paid back.", "%(num)d are to be paid back.", len(settlement.refunded)
    )
    return f"{honoured} {owed}"


@blueprint.post("/workshops/<slug>/contact")
@audience(Audience.OFFICER)
def complete_workshop(slug: str) -> ResponseReturnValue:
    workshop_by_slug(slug)
    form = ContactForm(slug)
    if not form.validate_on_submit():
        return _desk(contact_form=form, contact_slug=slug), 422
    with transaction():
        set_contact(
            workshop_by_slug(slug),
            street=typed(form.street),
            ward_code=typed(form.ward_code),
            phone=typed(form.phone),
            email=typed(form.email),
        )
    flash(gettext("The workshop can be reached now."))
    return redirect(url_for("office.desk"), 303)


@blueprint.post("/mails/<public_id>/attempt")
@audience(Audience.OFFICER)
def send_mail_again(public_id: str) -> ResponseReturnValue:
    with transaction():
        if not try_again(public_id, clock.now()):
            raise Missing
    flash(gettext("The mail is tried again."))
    return redirect(url_for("office.desk"), 303)


@blueprint.get("/orders")
@audience(Audience.OFFICER)
def orders() -> str:
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = page_number(request.args.get("page"))
    found, has_more = groups_found(text, page)
    return render_template(
        "office/orders.html", found=found, has_more=has_more, page=page, text=text
    )


@blueprint.get("/orders/<reference>")
@audience(Audience.OFFICER)
def order(reference: str) -> str:
    whole = group_with_everything(reference)
    return render_template(
        "office/order.html",
        whole=whole,
        group=whole.group,
        payment=whole.group.payment,
        names=whole.names,
        steps={order.id: steps_open(order) for order in whole.group.orders},
        address_lines=address_lines(whole.group.address, language()),
    )
