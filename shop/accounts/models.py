"""People, their server-side sessions and the proofs of their e-mail addresses."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id


class Person(Keyed, Timestamped, Base):
    __tablename__ = "person"

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    email: Mapped[Text300] = mapped_column(unique=True)
    email_proven_at: Mapped[datetime | None]
    name: Mapped[Text120]
    phone: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    password_hash: Mapped[Text300]
    is_officer: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def has_proven_email(self) -> bool:
        return self.email_proven_at is not None


class PersonSession(Keyed, Timestamped, Base):
    """One signed-in browser. Deleting the row signs it out, whatever its cookie says."""

    __tablename__ = "person_session"

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class ProofPurpose(StrEnum):
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105


class EmailProof(Keyed, Timestamped, Base):
    """A single-use link sent to an address; following it proves that the mail is read."""

    __tablename__ = "email_proof"
    __table_args__ = (Index(None, "person_id", "purpose"),)

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    email: Mapped[Text300]
    purpose: Mapped[ProofPurpose]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
