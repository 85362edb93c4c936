"""Mail that is due, written in the same transaction as its cause and sent by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Base, Keyed, LongText, Text40, Text300, Timestamped, db
from shop.core.ids import public_id

LEASE = timedelta(minutes=10)
"""Longer than one mail takes where every step of SMTP runs into mail.TIMEOUT_SECONDS."""
MAXIMUM_ATTEMPTS = 12


class MailStatus(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Mail(Keyed, Timestamped, Base):
    """`cause` is unique, so that one event writes one mail however often it is handled."""

    __tablename__ = "mail"
    __table_args__ = (Index(None, "status", "next_attempt_at"),)

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    cause: Mapped[str] = mapped_column(String(160), unique=True)
    recipient: Mapped[Text300]
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[Text300]
    text: Mapped[LongText]
    html: Mapped[LongText]
    status: Mapped[MailStatus] = mapped_column(default=MailStatus.DUE)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[Text300] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered mail, ready for the outbox."""

    recipient: str
    language: str
    subject: str
    text: str
    html: str


def put_in_outbox(letter: Letter, cause: str) -> bool:
    """Write the mail unless one for this cause stands already; True when it was written."""
    return put_all_in_outbox({cause: letter}) == 1


def put_all_in_outbox(letters: Mapping[str, Letter]) -> int:
    """As put_in_outbox, several letters by their causes at once; how many were written."""
    standing = set(db.session.scalars(select(Mail.cause).where(Mail.cause.in_(letters))))
    new = [
        Mail(
            cause=cause,
            recipient=letter.recipient,
            language=letter.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
        )
        for cause, letter in letters.items()
        if cause not in standing
    ]
    db.session.add_all(new)
    return len(new)


def lease_due_mail(at: datetime) -> Mail | None:
    """Take the mail that has been due longest for this worker, detached; None when none is due.

    A worker that dies leaves it due again after LEASE. `attempts` numbers the lease.
    """
    waiting = Mail.status.in_((MailStatus.DUE, MailStatus.SENDING)) & (Mail.next_attempt_at <= at)
    mail = db.session.scalar(
        select(Mail)
        .where(waiting)
        .order_by(Mail.next_attempt_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    mail.status, mail.attempts, mail.next_attempt_at = (
        MailStatus.SENDING,
        mail.attempts + 1,
        at + LEASE,
    )
    db.session.flush()
    db.session.expunge(mail)
    return mail


def mark_sent(leased: Mail, at: datetime) -> bool:
    """False when the lease has passed to another worker, whose word then counts."""
    return _close_lease(leased, status=MailStatus.SENT, sent_at=at, last_error="")


def mark_failed(leased: Mail, reason: str, at: datetime) -> bool:
    """Try again later, each time twice as long, and give up after MAXIMUM_ATTEMPTS.

    False when the lease has passed to another worker.
    """
    if leased.attempts >= MAXIMUM_ATTEMPTS:
        return _close_lease(leased, status=MailStatus.GIVEN_UP, last_error=reason[:300])
    pause = timedelta(minutes=min(2**leased.attempts, 720))
    return _close_lease(
        leased, status=MailStatus.DUE, last_error=reason[:300], next_attempt_at=at + pause
    )


def _close_lease(leased: Mail, **values: object) -> bool:
    closed: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(Mail)
        .where(
            Mail.id == leased.id,
            Mail.status == MailStatus.SENDING,
            Mail.attempts == leased.attempts,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(closed.rowcount)


def try_again(public_id: str, at: datetime) -> bool:
    """Make a mail that was given up due once more, from the first attempt; False if none was."""
    revived: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(Mail)
        .where(Mail.public_id == public_id, Mail.status == MailStatus.GIVEN_UP)
        .values(status=MailStatus.DUE, attempts=0, next_attempt_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(revived.rowcount)
