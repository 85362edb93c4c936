"""Signing in and out."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import logout_user
from wtforms.widgets import PasswordInput

from shop.accounts.actions import close_every_session, close_session
from shop.accounts.current import current_person, signed_in_browser
from shop.accounts.fields import typed
from shop.accounts.forms import SignInForm
from shop.accounts.models import Person
from shop.accounts.passwords import (
    hash_password,
    needs_rehash,
    verify_nobodys_password,
    verify_password,
)
from shop.accounts.queries import person_by_email
from shop.accounts.views.base import (
    blueprint,
    few_per_address,
    few_per_email,
    landing,
    let_in,
    own_path,
)
from shop.core.access import Audience, audience
from shop.core.db import db
from shop.core.transaction import transaction


def demonstration_accounts() -> list[dict[str, str]]:
    """The accounts anyone may try, in demonstration mode; outside it there are none."""
    accounts = current_app.extensions.get("demonstration_accounts")
    if accounts is None or not current_app.config["SHOP"].is_demonstration:
        return []
    return list(accounts())


def _let_in_who_knows(email: str, password: str) -> Person | None:
    """The person, signed in, or None. Hashing happens outside the transaction: it takes long."""
    person = person_by_email(email)
    if person is None:
        verify_nobodys_password(password)
        return None
    proven_hash = person.password_hash
    if not verify_password(proven_hash, password) or not person.is_active:
        return None
    renewed = hash_password(password) if needs_rehash(proven_hash) else proven_hash
    with transaction():
        person = db.session.get(Person, person.id)
        if person is None or not person.is_active or person.password_hash != proven_hash:
            return None
        person.password_hash = renewed
        let_in(person)
    return person


@blueprint.route("/sign-in", methods=["GET", "POST"])
@few_per_address
@few_per_email
@audience(Audience.PUBLIC)
def sign_in() -> ResponseReturnValue:
    next_path = own_path(request.args.get("next"))
    here = current_person()
    if here and request.method == "GET":
        return redirect(next_path or landing(here), 303)
    accounts = demonstration_accounts()
    tried = next((a for a in accounts if a["email"] == request.args.get("try")), None)
    form = SignInForm(data=tried)
    if tried and request.method == "GET":
        form.password.widget = PasswordInput(hide_value=False)
    if form.validate_on_submit():
        person = _let_in_who_knows(typed(form.email), typed(form.password))
        if person:
            return redirect(next_path or landing(person), 303)
        form.password.errors = [gettext("This e-mail and password do not belong together.")]
    page = render_template(
        "accounts/sign_in.html", form=form, accounts=accounts, next_path=next_path, tried=tried
    )
    return page, 422 if form.errors else 200


@blueprint.post("/sign-out")
@audience(Audience.PUBLIC)
def sign_out() -> ResponseReturnValue:
    browser = signed_in_browser()
    if browser:
        with transaction():
            close_session(browser.token)
    logout_user()
    session.clear()
    flash(gettext("You are signed out."))
    return redirect(url_for("pages.home"), 303)


@blueprint.post("/account/sessions/end")
@audience(Audience.SIGNED_IN)
def end_sessions() -> ResponseReturnValue:
    person = current_person()
    if person:
        with transaction():
            close_every_session(person.id)
    logout_user()
    session.clear()
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for("accounts.sign_in"), 303)
