"""An order as its buyer sees it: by its unguessable link, or from the account."""

from __future__ import annotations

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from shop.accounts.addresses import address_lines
from shop.accounts.current import current_person
from shop.accounts.models import Person
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Message, Missing, Refused
from shop.core.i18n import language, localized_blueprint
from shop.core.limits import limiter
from shop.core.money import Money
from shop.core.paging import page_number
from shop.core.phones import display
from shop.core.settings import BankAccount
from shop.core.transaction import transaction
from shop.core.web import is_fragment_request
from shop.orders.actions import claim_guest_orders
from shop.orders.forms import BankDetailsForm, FindForm
from shop.orders.letters import tell_bank_details_given, tell_tracking_link
from shop.orders.models import OrderGroup, OrderStatus
from shop.orders.papers.forms import InvoiceForm
from shop.orders.papers.invoices import (
    NothingToInvoice,
    ask_for_invoice,
    may_be_invoiced,
)
from shop.orders.papers.receipt import has_receipt, receipt
from shop.orders.queries import (
    group_by_token,
    group_of_buyer,
    groups_of,
    guest_orders_of,
    state_of,
)
from shop.payments import vietqr
from shop.payments.bank_details import bank_details_of, give_bank_details, owed_by_transfer
from shop.payments.banks import bank_name
from shop.payments.models import Payment, PaymentMethod
from shop.payments.transfers import held_for

blueprint = localized_blueprint("orders", __name__, "/orders")
PAGE_SIZE = 20
CANCELLABLE = frozenset({OrderStatus.AWAITING_PAYMENT, OrderStatus.PLACED})


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
def track(token: str) -> ResponseReturnValue:
    return _private(_show(group_by_token(token), "orders/track.html"))


@blueprint.get("/<token>/progress")
@audience(Audience.PUBLIC)
def progress(token: str) -> ResponseReturnValue:
    """The order as it stands now, for a page that waits; 204 while `seen` is still true."""
    if _mark(*state_of(token)) == request.args.get("seen"):
        return _private("", 204)
    if not is_fragment_request():
        return redirect(url_for("orders.track", token=token), 303)
    return _private(_show(group_by_token(token), "orders/order.html"))


def _mark(status: object, moves: int, held: int) -> str:
    return f"{status}-{moves}-{held}"


def _show(group: OrderGroup, template: str) -> str:
    bank = current_app.config["SHOP"].bank
    payment = group.payment
    awaits_transfer = payment.is_open and payment.method is PaymentMethod.VIETQR
    by_transfer = payment.method is PaymentMethod.VIETQR
    may_owe = by_transfer or any(o.share.refunded for o in group.orders)
    owed = owed_by_transfer(payment.id) if may_owe else 0
    held = held_for(payment.id) if awaits_transfer else 0
    is_invoiced = any(order.e_invoice for order in group.orders)
    return render_template(
        template,
        group=group,
        payment=payment,
        bank=bank,
        held=held,
        missing=payment.amount - held,
        qr=_qr(bank, payment, payment.amount - held) if bank and awaits_transfer else None,
        may_ask_for_invoice=not is_invoiced and may_be_invoiced([o.status for o in group.orders]),
        has_receipt=has_receipt(group),
        waits=payment.is_open and payment.method is not PaymentMethod.CASH,
        may_cancel=payment.is_open and _may_cancel(group),
        mark=_mark(payment.status, sum(len(order.events) for order in group.orders), held),
        address_lines=address_lines(group.address, language()),
        phone=display(group.phone, language()),
        card=request.args.get("card"),
        just_placed="placed" in request.args,
        owed=owed,
        details=bank_details_of(payment.id) if owed else None,
        bank_name=bank_name,
    )


def _may_cancel(group: OrderGroup) -> bool:
    standing = [order for order in group.orders if order.status is not OrderStatus.CANCELLED]
    return bool(standing) and all(order.status in CANCELLABLE for order in standing)


def _qr(bank: BankAccount, payment: Payment, missing: int) -> Markup:
    text = vietqr.payload(bank.bin, bank.number, Money(missing), purpose=payment.transfer_reference)
    # segno's drawing of our own text: nothing a visitor wrote is in it.
    return Markup(vietqr.svg(text, gettext("VietQR code for this transfer")))  # noqa: S704


def _private(body: str | bytes, status: int = 200) -> ResponseReturnValue:
    """Whoever has the address sees the order, so it must not be kept, indexed or passed on.

    `same-origin` rather than `no-referrer`: the CSRF check of the page's own forms reads it.
    """
    response = make_response(body, status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/<token>/bank-details")
@audience(Audience.PUBLIC)
def bank_details(token: str) -> ResponseReturnValue:
    return _bank_details(_group_to_pay_back(token), BankDetailsForm())


@blueprint.post("/<token>/bank-details")
@limiter.limit("10/hour")
@audience(Audience.PUBLIC)
def give_account(token: str) -> ResponseReturnValue:
    """Keep where the money is to go; a letter says so, lest somebody else has given it."""
    group, form = _group_to_pay_back(token), BankDetailsForm()
    if not form.validate_on_submit():
        return _bank_details(group, form, 422)
    group_id, payment_id, person = group.id, group.payment_id, current_person()
    by_id = person.id if person else None
    with transaction():
        if give_bank_details(payment_id, form.given, by_id=by_id, at=clock.now()):
            tell_bank_details_given(group_id)
    flash(gettext("Thank you. The village office has the account now."))
    return redirect(url_for("orders.track", token=token), 303)


def _group_to_pay_back(token: str) -> OrderGroup:
    """Only where money is owed by transfer, or could be: else there is nothing to ask for."""
    group = group_by_token(token)
    by_card = group.payment.method is PaymentMethod.STRIPE
    could_be = not by_card and any(order.share.captured for order in group.orders)
    if not could_be and not owed_by_transfer(group.payment.id):
        raise Missing
    return group


def _bank_details(
    group: OrderGroup, form: BankDetailsForm, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "orders/bank_details.html",
        group=group,
        form=form,
        owed=owed_by_transfer(group.payment.id),
        details=bank_details_of(group.payment.id),
        bank_name=bank_name,
    )
    return _private(page, status)


@blueprint.get("/<token>/receipt.pdf")
@audience(Audience.PUBLIC)
def receipt_file(token: str) -> ResponseReturnValue:
    group = group_by_token(token)
    if not has_receipt(group):
        raise Missing
    pdf = receipt(group, is_demonstration=current_app.config["SHOP"].is_demonstration)
    response = make_response(_private(pdf))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{group.reference}.pdf"'
    return response


@blueprint.get("/<token>/e-invoice")
@audience(Audience.PUBLIC)
def invoice(token: str) -> ResponseReturnValue:
    group = group_by_token(token)
    return _invoice_page(group, _invoice_form(group))


def _invoice_form(group: OrderGroup) -> InvoiceForm:
    """With what was asked for before, if it was."""
    asked = group.invoice_request
    if asked is None:
        return InvoiceForm(invoice_email=group.email)
    return InvoiceForm(
        company=asked.company,
        tax_code=asked.tax_code,
        invoice_address=asked.address,
        invoice_email=asked.email,
    )


def _invoice_page(
    group: OrderGroup, form: InvoiceForm, notice: Message | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template("orders/invoice.html", group=group, form=form, notice=notice)
    return _private(page, status)


@blueprint.post("/<token>/e-invoice")
@limiter.limit("20/hour")
@audience(Audience.PUBLIC)
def ask_for_e_invoice(token: str) -> ResponseReturnValue:
    group, form = group_by_token(token), InvoiceForm()
    if not form.validate_on_submit():
        return _invoice_page(group, form, status=422)
    try:
        if not may_be_invoiced([order.status for order in group.orders]):
            raise NothingToInvoice
        with transaction():
            ask_for_invoice(group.id, form.invoice_party, at=clock.now())
    except Conflict as error:
        return _invoice_page(group_by_token(token), form, error.message, error.status)
    flash(gettext("The workshop sees your request with the order."))
    return redirect(url_for("orders.track", token=token), 303)


@blueprint.get("/find")
@audience(Audience.PUBLIC)
def find() -> ResponseReturnValue:
    return render_template("orders/find.html", form=FindForm())


@blueprint.post("/find")
@limiter.limit("5/minute;20/hour")
@audience(Audience.PUBLIC)
def send_link() -> ResponseReturnValue:
    """Mail the link to the order's own address; the answer is the same whether there is one."""
    form = FindForm()
    if not form.validate_on_submit():
        return render_template("orders/find.html", form=form), 422
    with transaction():
        group_id = group_of_buyer(form.normal_reference, email=form.email, phone=form.phone)
        if group_id is not None:
            tell_tracking_link(group_id)
    return render_template("orders/link_sent.html")


@blueprint.get("/mine")
@audience(Audience.SIGNED_IN)
def mine() -> ResponseReturnValue:
    person = _person()
    page = page_number(request.args.get("page"))
    groups = groups_of(person.id, skip=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    return render_template(
        "orders/mine.html",
        groups=groups[:PAGE_SIZE],
        has_more=len(groups) > PAGE_SIZE,
        page=page,
        guest_orders=guest_orders_of(person.email) if person.has_proven_email else 0,
    )


@blueprint.post("/mine/claim")
@audience(Audience.SIGNED_IN)
def claim() -> ResponseReturnValue:
    """Take earlier orders placed with the proven address into the account."""
    with transaction():
        person = _person()
        if not person.has_proven_email:
            raise Refused(gettext("Prove your e-mail address first."))
        count = claim_guest_orders(person)
    flash(
        ngettext(
            "%(num)s earlier order is in your account now.",
            "%(num)s earlier orders are in your account now.",
            count,
        )
    )
    return redirect(url_for("orders.mine"), 303)


def _person() -> Person:
    person = current_person()
    if person is None:
        raise Refused
    return person
