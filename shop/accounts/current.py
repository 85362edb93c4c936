"""Who is looking at the page: Flask-Login over sessions that live in our database."""

from __future__ import annotations

from datetime import datetime

from flask import g
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select

from shop.accounts.models import Person, PersonSession
from shop.core import clock
from shop.core.db import db
from shop.core.ids import token_digest

login_manager = LoginManager()
login_manager.session_protection = None


class SignedIn(UserMixin):  # type: ignore[misc]
    """A person, the session token that the cookie carries, and when it was last noted as used."""

    def __init__(self, person: Person, token: str, seen_at: datetime) -> None:
        self.person = person
        self.token = token
        self.seen_at = seen_at

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    g.has_asked_who_is_there = True
    found = db.session.execute(
        select(Person, PersonSession.seen_at)
        .join(PersonSession, PersonSession.person_id == Person.id)
        .where(
            PersonSession.token_digest == token_digest(token),
            PersonSession.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    return SignedIn(found[0], token, found[1]) if found else None


def has_been_asked() -> bool:
    """Whether this request has looked for its session, so that asking again costs nothing."""
    return "has_asked_who_is_there" in g


def signed_in_browser() -> SignedIn | None:
    """The session behind this request, or None for a visitor."""
    return current_user if current_user.is_authenticated else None


def current_person() -> Person | None:
    """The signed-in person, or None for a visitor. One SQL statement a request."""
    browser = signed_in_browser()
    return browser.person if browser else None


def is_signed_in() -> bool:
    return current_person() is not None


def is_officer() -> bool:
    person = current_person()
    return person is not None and person.is_officer
