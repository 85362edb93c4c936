"""Opening an account, proving its address, and setting a password that was forgotten.

No page says whether an address has an account: what differs is only the mail that is sent.
"""

from __future__ import annotations

import hmac

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.actions import begin_proof, register_person, set_password, use_proof
from shop.accounts.current import current_person
from shop.accounts.fields import typed
from shop.accounts.forms import ForgottenPasswordForm, NewPasswordForm, RegisterForm
from shop.accounts.letters import (
    send_email_proof,
    send_new_password_link,
    tell_account_exists,
    tell_password_changed,
)
from shop.accounts.models import EmailProof, Person, ProofPurpose
from shop.accounts.passwords import hash_password
from shop.accounts.queries import open_proof, person_by_email
from shop.accounts.views.base import (
    REGISTERED_HERE,
    blueprint,
    few_mails_per_address,
    few_mails_per_email,
    few_per_address,
    keyed,
    landing,
    let_in,
)
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.db import db
from shop.core.i18n import language
from shop.core.transaction import transaction

LETTER_TO = "letter_to"


def _register(form: RegisterForm) -> None:
    password_hash = hash_password(typed(form.password))
    with transaction():
        at = clock.now()
        known = person_by_email(typed(form.email))
        if known:
            tell_account_exists(known, at)
            return
        person = register_person(
            name=typed(form.name),
            email=typed(form.email),
            phone=form.phone.data,
            language=typed(form.language),
            password_hash=password_hash,
        )
        token = begin_proof(person, person.email, ProofPurpose.EMAIL, at=at)
        send_email_proof(person, person.email, token)


@blueprint.route("/register", methods=["GET", "POST"])
@few_mails_per_address
@few_mails_per_email
@audience(Audience.PUBLIC)
def register() -> ResponseReturnValue:
    if current_person():
        return redirect(url_for("accounts.home"), 303)
    form = RegisterForm(language=language())
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.errors else 200
    _register(form)
    session[REGISTERED_HERE] = keyed(typed(form.email))
    session[LETTER_TO] = typed(form.email)
    return redirect(url_for("accounts.letter_sent", about="register"), 303)


@blueprint.get("/letter-sent/<any(register,password):about>")
@audience(Audience.PUBLIC)
def letter_sent(about: str) -> str:
    return render_template("accounts/letter_sent.html", about=about, address=session.get(LETTER_TO))


def _may_confirm(proof: EmailProof) -> bool:
    """Whether this browser is signed in to the account, or the one that has just registered it.

    Otherwise a stranger could register an address and wait for its owner to follow the link.
    """
    here = current_person()
    if here is not None:
        return here.id == proof.person_id
    person = db.session.get_one(Person, proof.person_id)
    is_first_proof = person.email == proof.email and not person.has_proven_email
    return is_first_proof and hmac.compare_digest(
        session.get(REGISTERED_HERE, ""), keyed(proof.email)
    )


def _link_over() -> ResponseReturnValue:
    return render_template("accounts/link_over.html"), 404


@blueprint.get("/email-proof/<token>")
@audience(Audience.PUBLIC)
def email_proof(token: str) -> ResponseReturnValue:
    """Asks first: programs that look at mails before people do follow links, but send no forms."""
    proof = open_proof(token, ProofPurpose.EMAIL, clock.now())
    if proof is None:
        return _link_over()
    return render_template(
        "accounts/email_proof.html", address=proof.email, may_confirm=_may_confirm(proof)
    )


@blueprint.post("/email-proof/<token>")
@few_per_address
@audience(Audience.PUBLIC)
def use_email_proof(token: str) -> ResponseReturnValue:
    proof = open_proof(token, ProofPurpose.EMAIL, clock.now())
    if proof is None:
        return _link_over()
    if not _may_confirm(proof):
        return redirect(url_for("accounts.email_proof", token=token), 303)
    is_visitor = current_person() is None
    with transaction():
        person = use_proof(token, ProofPurpose.EMAIL, at=clock.now())
        if is_visitor:
            let_in(person)
    session.pop(REGISTERED_HERE, None)
    flash(gettext("Your e-mail is confirmed."))
    return redirect(url_for("accounts.home"), 303)


def _send_password_link(email: str) -> None:
    """To whom it belongs; for an address without an account nothing is kept or sent."""
    with transaction():
        person = person_by_email(email)
        if person and person.is_active:
            token = begin_proof(person, person.email, ProofPurpose.PASSWORD, at=clock.now())
            send_new_password_link(person, token)


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@few_mails_per_address
@few_mails_per_email
@audience(Audience.PUBLIC)
def forgotten_password() -> ResponseReturnValue:
    here = current_person()
    form = ForgottenPasswordForm(email=here.email if here else None)
    if not form.validate_on_submit():
        page = render_template("accounts/forgotten_password.html", form=form)
        return page, 422 if form.errors else 200
    _send_password_link(typed(form.email))
    session[LETTER_TO] = typed(form.email)
    return redirect(url_for("accounts.letter_sent", about="password"), 303)


def _own_words(proof: EmailProof) -> list[str]:
    person = db.session.get_one(Person, proof.person_id)
    return [proof.email, person.name]


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@few_per_address
@audience(Audience.PUBLIC)
def new_password(token: str) -> ResponseReturnValue:
    proof = open_proof(token, ProofPurpose.PASSWORD, clock.now())
    if proof is None:
        return _link_over()
    form = NewPasswordForm(own=_own_words(proof))
    if not form.validate_on_submit():
        page = render_template("accounts/new_password.html", form=form, address=proof.email)
        return page, 422 if form.errors else 200
    password_hash = hash_password(typed(form.password))
    with transaction():
        at = clock.now()
        person = use_proof(token, ProofPurpose.PASSWORD, at=at)
        set_password(person, password_hash, at=at)
        tell_password_changed(person, at)
        let_in(person)
    flash(gettext("The new password holds. Everywhere else you have been signed out."))
    return redirect(landing(person), 303)
