"""The workshop's own money: what it gets and when, statements, and the account it is paid to."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import today_in_hanoi
from shop.core.errors import Missing
from shop.core.transaction import transaction
from shop.orders.forms import BankDetailsForm
from shop.payments.banks import bank_name
from shop.payouts.actions.accounts import enter_account
from shop.payouts.letters import tell_owners_of_account
from shop.payouts.queries.lines import lines_of_payout
from shop.payouts.queries.money import accounts_of, money_of, payout_of
from shop.payouts.statements import line_words, statement_csv, statement_pdf
from shop.studio.access import my_workshops
from shop.studio.queries import MyWorkshop
from shop.studio.views.base import blueprint, chosen, me


def _workshop() -> MyWorkshop:
    """The chosen one, for those who answer for its money. Raises Missing."""
    workshop = chosen()
    if not workshop.role.may_see_money:
        raise Missing
    return workshop


def _page(workshop: MyWorkshop, form: BankDetailsForm | None = None) -> str:
    return render_template(
        "studio/money.html",
        workshop=workshop,
        money=money_of(workshop.id, today_in_hanoi()),
        accounts=accounts_of(workshop.id),
        bank_name=bank_name,
        line_words=line_words,
        form=(form or BankDetailsForm(formdata=None)) if workshop.role.may_name_account else None,
    )


@blueprint.get("/money")
@audience(Audience.MEMBER)
def money() -> str:
    return _page(_workshop())


@blueprint.post("/money/account")
@audience(Audience.MEMBER)
def enter_own_account() -> ResponseReturnValue:
    workshop = _workshop()
    if not workshop.role.may_name_account:
        raise Missing
    form = BankDetailsForm()
    if not form.validate_on_submit():
        return _page(workshop, form), 422
    with transaction():
        entered = enter_account(workshop.id, form.given, by_id=me().id, at=clock.now())
        if entered is not None:
            tell_owners_of_account(entered)
    flash(
        gettext("The office checks the account before money goes to it.")
        if entered is not None
        else gettext("This is the account that is known already.")
    )
    several = workshop.slug if len(my_workshops()) > 1 else None
    return redirect(url_for("studio.money", workshop=several), 303)


@blueprint.get("/money/payouts/<public_id>.<any(pdf, csv):kind>")
@audience(Audience.MEMBER)
def own_statement(public_id: str, kind: str) -> Response:
    mine = [workshop.id for workshop in my_workshops() if workshop.role.may_see_money]
    payout = payout_of(public_id, mine)
    lines = lines_of_payout(payout.id)
    if kind == "csv":
        return statement_csv(payout, lines)
    return statement_pdf(payout, lines)
