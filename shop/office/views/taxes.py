"""Tax withheld: the month's report, certificates, and what the tax office was paid."""

from __future__ import annotations

from datetime import date

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.transaction import transaction
from shop.ledger.models import Account, Sellers
from shop.ledger.queries.books import balance
from shop.office.forms.taxes import TaxPaymentForm
from shop.office.views.base import blueprint, officer
from shop.office.words import SELLERS_WORDS
from shop.taxes.actions.certificates import Payer, issue_certificate
from shop.taxes.actions.payments import pay_tax
from shop.taxes.certificate_paper import certificate_pdf
from shop.taxes.lists import line_word, month_csv
from shop.taxes.months import has_ended, month_before, month_of, months_down_to, named_month
from shop.taxes.queries.certificates import certificate, certificates
from shop.taxes.queries.months import first_month, month_report, workshop_months
from shop.taxes.queries.payments import month_due
from shop.workshops.models import SellerKind
from shop.workshops.queries import workshop_by_slug

LONGEST_NUMBER = 10**6
MONTHS_SHOWN = 18


def _month(text: str) -> date:
    """Raises Missing for what is no month, and for one to come."""
    try:
        month = named_month(text)
    except ValueError:
        raise Missing from None
    if month > month_of(clock.now()):
        raise Missing
    return month


def _taxes(
    month: date, *, form: TaxPaymentForm | None = None, notice: Message | None = None
) -> str:
    now = clock.now()
    due = month_due(month)
    return render_template(
        "office/taxes.html",
        month=month,
        months=months_down_to(min(first_month() or month, month), now)[:MONTHS_SHOWN],
        has_ended=has_ended(month, now),
        report=month_report(month),
        certificates=certificates(month=month),
        due=due,
        owed=balance(Account.WITHHELD_VAT) + balance(Account.WITHHELD_PIT),
        form=form or _payment_form(len(due.payments) + 1),
        notice=notice,
        seller_words={kind: SELLERS_WORDS[Sellers(kind.value)] for kind in SellerKind},
        line_word=line_word,
    )


def _payment_form(number: int) -> TaxPaymentForm:
    return TaxPaymentForm(formdata=None, data={"number": number})


@blueprint.get("/taxes")
@audience(Audience.OFFICER)
def taxes() -> str:
    wanted = request.args.get("month")
    if wanted is None:
        return _taxes(month_before(month_of(clock.now())))
    return _taxes(_month(wanted))


def _spreadsheet(content: bytes, name: str) -> Response:
    return Response(
        content,
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@blueprint.get("/taxes/<month>.csv")
@audience(Audience.OFFICER)
def tax_csv(month: str) -> Response:
    rows = workshop_months(month=_month(month))
    return _spreadsheet(month_csv(rows), f"tax-{month}.csv")


@blueprint.get("/taxes/<month>/<slug>.csv")
@audience(Audience.OFFICER)
def workshop_tax_csv(month: str, slug: str) -> Response:
    rows = workshop_months(month=_month(month), workshop_id=workshop_by_slug(slug).id)
    return _spreadsheet(month_csv(rows), f"tax-{month}-{slug}.csv")


@blueprint.post("/taxes/<month>/<slug>/certificates")
@audience(Audience.OFFICER)
def issue_tax_certificate(month: str, slug: str) -> ResponseReturnValue:
    first, workshop_id = _month(month), workshop_by_slug(slug).id
    settings = current_app.config["SHOP"]
    payer = Payer(settings.office_name, settings.office_tax_id)
    replaces = request.form.get("replaces") or None
    try:
        with transaction():
            paper = issue_certificate(
                workshop_id, first, payer=payer, replaces=replaces, by=officer(), at=clock.now()
            )
            name = paper.name
    except Conflict as error:
        return _taxes(first, notice=error.message), error.status
    except IntegrityError:
        notice = gettext("Another certificate was issued at the same moment. Please try again.")
        return _taxes(first, notice=notice), 409
    flash(gettext("Certificate %(number)s is issued.", number=name))
    return redirect(url_for("office.taxes", month=month), 303)


@blueprint.get(f"/taxes/certificates/<int(max=9999):year>/<int(max={LONGEST_NUMBER}):number>.pdf")
@audience(Audience.OFFICER)
def tax_certificate(year: int, number: int) -> Response:
    settings = current_app.config["SHOP"]
    pdf = certificate_pdf(certificate(year, number), is_demonstration=settings.is_demonstration)
    return Response(pdf, mimetype="application/pdf")


@blueprint.post("/taxes/<month>/payments")
@audience(Audience.OFFICER)
def pay_withheld_tax(month: str) -> ResponseReturnValue:
    first = _month(month)
    form = TaxPaymentForm()
    if not form.validate_on_submit():
        return _taxes(first, form=form), 422
    try:
        with transaction():
            pay_tax(form.details(first), by_id=officer().id, at=clock.now())
    except Invalid as error:
        for name, message in error.fields.items():
            form[name].errors = [str(message)]
        return _taxes(first, form=form), 422
    except Conflict as error:
        return _taxes(first, notice=error.message), error.status
    flash(gettext("Written down as paid to the tax office."))
    return redirect(url_for("office.taxes", month=month), 303)
