"""The account page, and what a person changes about it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.actions import begin_proof, change_profile, set_password
from shop.accounts.current import SignedIn, signed_in_browser
from shop.accounts.fields import typed
from shop.accounts.forms import ChangeEmailForm, ChangePasswordForm, ProfileForm
from shop.accounts.letters import (
    send_email_proof,
    tell_account_exists,
    tell_email_changes,
    tell_password_changed,
)
from shop.accounts.links import doors_of
from shop.accounts.models import Person, ProofPurpose
from shop.accounts.passwords import hash_password, verify_password
from shop.accounts.queries import browsers_of, person_by_email
from shop.accounts.views.base import blueprint, few_per_person, let_in
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.transaction import transaction


def _browser() -> SignedIn:
    browser = signed_in_browser()
    if browser is None:
        raise Missing
    return browser


def _person() -> Person:
    return _browser().person


@blueprint.get("/account")
@audience(Audience.SIGNED_IN)
def home() -> str:
    browser = _browser()
    return render_template(
        "accounts/home.html",
        person=browser.person,
        doors=doors_of(browser.person),
        browsers=browsers_of(browser.person.id, browser.token, clock.now()),
    )


@blueprint.route("/account/profile", methods=["GET", "POST"])
@audience(Audience.SIGNED_IN)
def profile() -> ResponseReturnValue:
    person = _person()
    form = ProfileForm(obj=person)
    if not form.validate_on_submit():
        return render_template("accounts/profile.html", form=form), 422 if form.errors else 200
    with transaction():
        change_profile(
            person, name=typed(form.name), phone=form.phone.data, language=typed(form.language)
        )
    flash(gettext("Kept."))
    return redirect(url_for("accounts.home"), 303)


def _knows_password(person: Person, form: ChangePasswordForm | ChangeEmailForm) -> bool:
    if verify_password(person.password_hash, typed(form.current)):
        return True
    form.current.errors = [gettext("This is not your password.")]
    return False


@blueprint.route("/account/password", methods=["GET", "POST"])
@few_per_person
@audience(Audience.SIGNED_IN)
def password() -> ResponseReturnValue:
    person = _person()
    form = ChangePasswordForm(own=[person.email, person.name])
    if not (form.validate_on_submit() and _knows_password(person, form)):
        return render_template("accounts/password.html", form=form), 422 if form.errors else 200
    password_hash = hash_password(typed(form.password))
    with transaction():
        at = clock.now()
        set_password(person, password_hash, at=at)
        tell_password_changed(person, at)
        let_in(person)
    flash(gettext("The new password holds. Everywhere else you have been signed out."))
    return redirect(url_for("accounts.home"), 303)


def _begin_email_change(person: Person, email: str) -> None:
    """The new address holds once its link is followed; the old one hears of it now."""
    at = clock.now()
    holder = person_by_email(email)
    if holder and holder.id != person.id:
        tell_account_exists(holder, at)
    else:
        send_email_proof(person, email, begin_proof(person, email, ProofPurpose.EMAIL, at=at))
    if email != person.email:
        tell_email_changes(person, email, at)


@blueprint.route("/account/email", methods=["GET", "POST"])
@few_per_person
@audience(Audience.SIGNED_IN)
def email() -> ResponseReturnValue:
    person = _person()
    form = ChangeEmailForm()
    if not (form.validate_on_submit() and _knows_password(person, form)):
        page = render_template("accounts/email.html", form=form, person=person)
        return page, 422 if form.errors else 200
    with transaction():
        _begin_email_change(person, typed(form.email))
    flash(
        gettext(
            "We have sent a link to %(email)s. Until you follow it, nothing changes.",
            email=typed(form.email),
        )
    )
    return redirect(url_for("accounts.home"), 303)


@blueprint.post("/account/email/proof")
@few_per_person
@audience(Audience.SIGNED_IN)
def send_proof_again() -> ResponseReturnValue:
    person = _person()
    if not person.has_proven_email:
        with transaction():
            _begin_email_change(person, person.email)
        flash(gettext("We have sent a link to %(email)s.", email=person.email))
    return redirect(url_for("accounts.home"), 303)
