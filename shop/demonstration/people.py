"""The people of the village: those a visitor may sign in as, and the workshops' other members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shop.accounts.actions import accept_email, appoint_officer, register_person, set_password
from shop.accounts.emails import parse_email
from shop.accounts.models import Person
from shop.accounts.passwords import hash_password, verify_password
from shop.accounts.queries import person_by_email
from shop.core.changes import take_over
from shop.core.ids import secret_token
from shop.demonstration.village import Account, AccountRole, Member

LANGUAGE_OF_THE_VILLAGE = "vi"


def put_accounts(accounts: Iterable[Account], at: datetime) -> tuple[dict[str, Person], int]:
    """The people by e-mail address, and how many were new or changed."""
    people, changed = {}, 0
    for account in accounts:
        person, is_changed = _put_account(account, at)
        people[person.email] = person
        changed += is_changed
    return people, changed


def _put_account(account: Account, at: datetime) -> tuple[Person, bool]:
    person = person_by_email(parse_email(account.email))
    is_new = person is None
    if person is None:
        person = _register(account.email, account.name, account.language, account.password, at)
    is_changed = take_over(person, {"name": account.name, "language": account.language})
    if not verify_password(person.password_hash, account.password):
        set_password(person, hash_password(account.password), at=at)
        is_changed = True
    if account.role is AccountRole.OFFICER:
        appoint_officer(person)
    return person, is_new or is_changed


def put_member_person(member: Member, at: datetime) -> tuple[Person, bool]:
    """The member's account, and whether it is new. Nobody knows its password."""
    person = person_by_email(parse_email(member.email))
    if person is not None:
        return person, False
    new = _register(member.email, member.name, LANGUAGE_OF_THE_VILLAGE, secret_token(), at)
    return new, True


def _register(email: str, name: str, language: str, password: str, at: datetime) -> Person:
    person = register_person(
        name=name,
        email=parse_email(email),
        phone=None,
        language=language,
        password_hash=hash_password(password),
    )
    accept_email(person, at=at)
    return person
