"""The books as the office reads them: whether all checks hold, what every account has, and the
cash that workshops hand in or keep."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.checkout.books_check import check_books
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Invalid, Message
from shop.core.transaction import transaction
from shop.ledger.queries.books import account_balances
from shop.office.forms import HandInForm, NettingForm
from shop.office.queries import workshop_balances
from shop.office.views.base import blueprint, officer
from shop.office.words import ACCOUNT_WORDS, CHECK_WORDS
from shop.workshops.cash import hand_in_cash, net_cash
from shop.workshops.queries import workshop_by_slug


def _books(
    *, form: HandInForm | None = None, slug: str | None = None, notice: Message | None = None
) -> str:
    workshops = workshop_balances()
    with_cash = [row for row in workshops if row.cash > 0]
    forms = {row.slug: HandInForm(row.slug, formdata=None) for row in with_cash}
    if form is not None and slug in forms:
        forms[slug] = form
    return render_template(
        "office/books.html",
        checks=check_books(),
        accounts=account_balances(),
        workshops=workshops,
        forms=forms,
        netting=NettingForm(formdata=None),
        open_slug=slug,
        notice=notice,
        check_words=CHECK_WORDS,
        account_words=ACCOUNT_WORDS,
    )


@blueprint.get("/books")
@audience(Audience.OFFICER)
def books() -> str:
    return _books()


@blueprint.post("/workshops/<slug>/cash")
@audience(Audience.OFFICER)
def hand_in(slug: str) -> ResponseReturnValue:
    workshop_id = workshop_by_slug(slug).id
    form = HandInForm(slug)
    if not form.validate_on_submit():
        return _books(form=form, slug=slug), 422
    try:
        with transaction():
            hand_in_cash(
                workshop_id,
                form.amount.data,
                key=typed(form.key),
                by_id=officer().id,
                at=clock.now(),
            )
    except Invalid as error:
        form.amount.errors = [str(error.fields["amount"])]
        return _books(form=form, slug=slug), 422
    flash(gettext("Written down as handed in."))
    return redirect(url_for("office.books"), 303)


@blueprint.post("/workshops/<slug>/netting")
@audience(Audience.OFFICER)
def net(slug: str) -> ResponseReturnValue:
    workshop_id = workshop_by_slug(slug).id
    form = NettingForm()
    if not form.validate_on_submit():
        return _books(notice=gettext("Please try again.")), 422
    try:
        with transaction():
            net_cash(workshop_id, key=typed(form.key), by_id=officer().id, at=clock.now())
    except Conflict as error:
        return _books(notice=error.message), error.status
    flash(gettext("Netted with what the workshop has earned."))
    return redirect(url_for("office.books"), 303)
