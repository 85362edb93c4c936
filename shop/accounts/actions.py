"""What is done to an account: opened, entered and left, its address proven, its secrets changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import EmailProof, Person, PersonSession, ProofPurpose
from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.core.ids import secret_token, token_digest

SESSION_LASTS = timedelta(days=30)
# A session in use is written down at most once in this time, not at every request.
SEEN_WITHIN = timedelta(hours=12)
PROOF_LASTS = {
    ProofPurpose.EMAIL: timedelta(hours=24),
    ProofPurpose.PASSWORD: timedelta(hours=1),
}


class EmailTaken(Conflict):
    message = lazy_gettext("This address belongs to another account.")


class LinkUsed(Conflict):
    message = lazy_gettext("This link has been used already, or it is too old.")


def _flush_or_taken() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EmailTaken from error


def register_person(
    *, name: str, email: str, phone: str | None, language: str, password_hash: str
) -> Person:
    """A new account with an address not proven yet. Raises EmailTaken.

    After EmailTaken the database transaction cannot go on.
    """
    person = Person(
        name=name, email=email, phone=phone, language=language, password_hash=password_hash
    )
    db.session.add(person)
    _flush_or_taken()
    return person


def open_session(person: Person, *, at: datetime, instead_of: str | None = None) -> str:
    """Sign a browser in; returns the token only its cookie keeps.

    The token it had before, if any, ends with it, and so do sessions past their time.
    """
    _forget(PersonSession.expires_at <= at)
    if instead_of is not None:
        close_session(instead_of)
    token = secret_token()
    db.session.add(
        PersonSession(
            token_digest=token_digest(token),
            person_id=person.id,
            created_at=at,
            seen_at=at,
            expires_at=at + SESSION_LASTS,
        )
    )
    db.session.flush()
    return token


def is_due_to_be_seen(seen_at: datetime, at: datetime) -> bool:
    return at - seen_at >= SEEN_WITHIN


def keep_session(token: str, *, at: datetime) -> None:
    """A session in use lasts on; one that ended meanwhile stays ended."""
    db.session.execute(
        update(PersonSession)
        .where(PersonSession.token_digest == token_digest(token))
        .values(seen_at=at, expires_at=at + SESSION_LASTS)
    )


def _forget(which: ColumnElement[bool]) -> None:
    db.session.execute(delete(PersonSession).where(which))


def close_session(token: str) -> None:
    _forget(PersonSession.token_digest == token_digest(token))


def close_every_session(person_id: int) -> None:
    _forget(PersonSession.person_id == person_id)


def _end_open_proofs(*which: ColumnElement[bool], at: datetime) -> None:
    db.session.execute(
        update(EmailProof).where(*which, EmailProof.used_at.is_(None)).values(used_at=at)
    )


def begin_proof(person: Person, email: str, purpose: ProofPurpose, *, at: datetime) -> str:
    """A single-use link's token for `email`; links mailed earlier for the same purpose end."""
    _end_open_proofs(EmailProof.person_id == person.id, EmailProof.purpose == purpose, at=at)
    token = secret_token()
    db.session.add(
        EmailProof(
            token_digest=token_digest(token),
            person_id=person.id,
            email=email,
            purpose=purpose,
            created_at=at,
            expires_at=at + PROOF_LASTS[purpose],
        )
    )
    db.session.flush()
    return token


def use_proof(token: str, purpose: ProofPurpose, *, at: datetime) -> Person:
    """Spend the link, which proves that its address is read. Only the first use counts.

    Only a link for an address makes that address the account's; one for a password is void once
    the account has another. Raises LinkUsed, or EmailTaken when another account has taken the
    address meanwhile.
    """
    person, proof = _locked_proof(token, purpose, at)
    if person is None or proof is None or not person.is_active:
        raise LinkUsed
    proof.used_at = at
    if person.email != proof.email:
        if purpose is not ProofPurpose.EMAIL:
            raise LinkUsed
        _change_email(person, proof.email, at=at)
    person.email_proven_at = at
    _flush_or_taken()
    return person


def _locked_proof(
    token: str, purpose: ProofPurpose, at: datetime
) -> tuple[Person | None, EmailProof | None]:
    """The person first, so that a change of address and a new password wait for one another."""
    owner = select(EmailProof.person_id).where(EmailProof.token_digest == token_digest(token))
    person = db.session.scalar(
        for_update(select(Person).where(Person.id == owner.scalar_subquery()))
    )
    proof = db.session.scalar(
        for_update(
            select(EmailProof).where(
                EmailProof.token_digest == token_digest(token),
                EmailProof.purpose == purpose,
                EmailProof.used_at.is_(None),
                EmailProof.expires_at > at,
            )
        )
    )
    return person, proof


def _change_email(person: Person, email: str, *, at: datetime) -> None:
    """Whoever still reads the old address must not get a new password by it."""
    person.email = email
    _flush_or_taken()
    _end_open_proofs(
        EmailProof.person_id == person.id, EmailProof.purpose == ProofPurpose.PASSWORD, at=at
    )


def set_password(person: Person, password_hash: str, *, at: datetime) -> None:
    """A new password ends every session and every mailed link: others may have held them."""
    person.password_hash = password_hash
    close_every_session(person.id)
    _end_open_proofs(EmailProof.person_id == person.id, at=at)


def change_profile(person: Person, *, name: str, phone: str | None, language: str) -> None:
    person.name = name
    person.phone = phone
    person.language = language


def accept_email(person: Person, *, at: datetime) -> None:
    """Take the address as proven because the house itself entered it."""
    person.email_proven_at = person.email_proven_at or at


def appoint_officer(person: Person) -> None:
    person.is_officer = True
