"""Who has an account, where they are signed in, and which mailed links still hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true

from shop.accounts.models import EmailProof, Person, PersonSession, ProofPurpose
from shop.core.db import db
from shop.core.ids import token_digest


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    created_at: datetime
    seen_at: datetime
    is_this_one: bool


def person_by_email(email: str) -> Person | None:
    """`email` as parse_email gives it."""
    return db.session.scalar(select(Person).where(Person.email == email))


def browsers_of(person_id: int, token: str, at: datetime) -> list[SignedInBrowser]:
    """Where the person is signed in, last used first; `token` is that of the browser asking."""
    rows = db.session.execute(
        select(PersonSession.created_at, PersonSession.seen_at, PersonSession.token_digest)
        .where(PersonSession.person_id == person_id, PersonSession.expires_at > at)
        .order_by(PersonSession.seen_at.desc(), PersonSession.id.desc())
    )
    here = token_digest(token)
    return [SignedInBrowser(made, seen, digest == here) for made, seen, digest in rows]


def open_proof(token: str, purpose: ProofPurpose, at: datetime) -> EmailProof | None:
    """The proof a mailed link stands for; None when unknown, used, too old, or its owner is.

    One for a password holds only while its address is still the account's.
    """
    is_for_owner = true() if purpose is ProofPurpose.EMAIL else EmailProof.email == Person.email
    return db.session.scalar(
        select(EmailProof)
        .join(Person, Person.id == EmailProof.person_id)
        .where(
            EmailProof.token_digest == token_digest(token),
            EmailProof.purpose == purpose,
            EmailProof.used_at.is_(None),
            EmailProof.expires_at > at,
            Person.disabled_at.is_(None),
            is_for_owner,
        )
    )
