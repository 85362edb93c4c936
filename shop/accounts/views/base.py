"""The accounts' blueprint, and what its pages share: where to go next, who is let in how often."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import Response, current_app, request, session, url_for
from flask_login import login_user

from shop.accounts.actions import is_due_to_be_seen, keep_session, open_session
from shop.accounts.current import SignedIn, has_been_asked, signed_in_browser
from shop.accounts.emails import InvalidEmail, parse_email
from shop.accounts.links import doors_of
from shop.accounts.models import Person
from shop.accounts.signals import signed_in
from shop.core import clock
from shop.core.i18n import language, localized_blueprint
from shop.core.limits import limiter
from shop.core.phones import display
from shop.core.transaction import transaction

blueprint = localized_blueprint("accounts", __name__)
REGISTERED_HERE = "registered_here"
CSRF_FIELD = "csrf_token"


def keyed(text: str) -> str:
    """A digest only this site can make, for keeping an address where it must not be readable."""
    secret = current_app.config["SHOP"].secret_key.encode()
    return hmac.new(secret, text.strip().lower().encode(), hashlib.sha256).hexdigest()


def _email_typed() -> str:
    """One account, one count, however its address is written."""
    text = request.form.get("email", "")
    try:
        return "email:" + keyed(parse_email(text))
    except InvalidEmail:
        return "email:" + keyed(text)


def _person_here() -> str:
    browser = signed_in_browser()
    return f"person:{browser.person.public_id}" if browser else "nobody"


few_per_address = limiter.limit("30 per 15 minutes", methods=["POST"])
few_per_email = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_email_typed)
few_mails_per_address = limiter.limit("20 per hour", methods=["POST"])
few_mails_per_email = limiter.limit("5 per hour", methods=["POST"], key_func=_email_typed)
few_per_person = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_person_here)


def own_path(target: str | None) -> str | None:
    """`target` when it is a path of this site, else None: no other host, no scheme, no tricks.

    Browsers read a backslash as a slash and drop control characters, so neither may occur.
    """
    if not target or not target.startswith("/") or "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or target.startswith("//") else target


def landing(person: Person) -> str:
    """Where signing in leads when nothing else was asked for: to one's work, else the account."""
    doors = doors_of(person)
    return doors[0].url if doors else url_for("accounts.home")


def let_in(person: Person) -> None:
    """Sign this browser in, inside a transaction: a new token, whatever it carried before."""
    before = signed_in_browser()
    at = clock.now()
    token = open_session(person, at=at, instead_of=before.token if before else None)
    signed_in.send(current_app._get_current_object(), person_id=person.id)  # type: ignore[attr-defined]
    session.pop(CSRF_FIELD, None)
    session.permanent = True
    login_user(SignedIn(person, token, at))


@blueprint.app_template_filter("phone")
def _shown_phone(e164: str) -> str:
    return display(e164, language())


@blueprint.after_app_request
def _keep_session(response: Response) -> Response:
    """Only where it was asked who is there: pictures and machines' files need no session."""
    browser = signed_in_browser() if has_been_asked() else None
    if browser and is_due_to_be_seen(browser.seen_at, clock.now()):
        with transaction():
            keep_session(browser.token, at=clock.now())
    return response
