"""Mails of the demonstration, and whether the database is the one this code was written for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Missing
from shop.core.outbox import Mail, MailStatus
from shop.core.settings import PROJECT


@dataclass(frozen=True, slots=True)
class MailRow:
    public_id: str
    recipient: str
    subject: str
    language: str
    status: MailStatus
    created_at: datetime


def newest_mails(limit: int) -> list[MailRow]:
    rows = db.session.execute(
        select(
            Mail.public_id,
            Mail.recipient,
            Mail.subject,
            Mail.language,
            Mail.status,
            Mail.created_at,
        )
        .order_by(Mail.created_at.desc(), Mail.id.desc())
        .limit(limit)
    )
    return [MailRow(*row) for row in rows]


def mail_by_public_id(public_id: str) -> Mail:
    """Raises Missing."""
    mail = db.session.scalar(select(Mail).where(Mail.public_id == public_id))
    if mail is None:
        raise Missing
    return mail


@cache
def _newest_revisions() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(PROJECT / "migrations")).get_heads())


def tables_are_current() -> bool:
    """Whether the migrations have run to their end; raises SQLAlchemyError without a database."""
    context = MigrationContext.configure(db.session.connection())
    return frozenset(context.get_current_heads()) == _newest_revisions()
