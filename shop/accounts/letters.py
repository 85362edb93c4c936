"""Mails about an account, put in the outbox with what caused them."""

from __future__ import annotations

from datetime import datetime

from shop.accounts.models import Person
from shop.core.i18n import absolute_url, in_language
from shop.core.ids import token_digest
from shop.core.mail import write_letter
from shop.core.outbox import put_in_outbox


def _link(endpoint: str, language: str, **values: str) -> str:
    with in_language(language):
        return absolute_url(endpoint, **values)


def send_email_proof(person: Person, email: str, token: str) -> None:
    """The link that proves `email`, which may be the address the person wants to change to."""
    link = _link("accounts.email_proof", person.language, token=token)
    letter = write_letter("account-email-proof", email, person.language, person=person, link=link)
    put_in_outbox(letter, f"email-proof:{token_digest(token)}")


def send_new_password_link(person: Person, token: str) -> None:
    link = _link("accounts.new_password", person.language, token=token)
    letter = write_letter(
        "account-new-password", person.email, person.language, person=person, link=link
    )
    put_in_outbox(letter, f"new-password:{token_digest(token)}")


def tell_password_changed(person: Person, at: datetime) -> None:
    link = _link("accounts.forgotten_password", person.language)
    letter = write_letter(
        "account-password-changed",
        person.email,
        person.language,
        person=person,
        at=at,
        link=link,
    )
    put_in_outbox(letter, f"password-changed:{person.public_id}:{at.isoformat()}")


def tell_email_changes(person: Person, new_email: str, at: datetime) -> None:
    """To the old address, so that nobody takes an account away unnoticed."""
    link = _link("accounts.forgotten_password", person.language)
    letter = write_letter(
        "account-email-changes",
        person.email,
        person.language,
        person=person,
        new_email=new_email,
        link=link,
    )
    put_in_outbox(letter, f"email-changes:{person.public_id}:{at.isoformat()}")


def tell_account_exists(person: Person, at: datetime) -> None:
    """To someone who registers an address that has an account: the page itself must not say so."""
    letter = write_letter(
        "account-exists",
        person.email,
        person.language,
        person=person,
        sign_in_link=_link("accounts.sign_in", person.language),
        password_link=_link("accounts.forgotten_password", person.language),
    )
    put_in_outbox(letter, f"account-exists:{person.public_id}:{at.isoformat()}")
