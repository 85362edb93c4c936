"""What was saved of an exhibition, what was published of that, and the placards that lead to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, Text40, Text120, Text300, Timestamped


class Revision(Keyed, Base):
    """A whole exhibition as it stood after a change: who, when, what. Never changed.

    `digest` is the SHA-256 of its content, by which equal ones are known.
    """

    __tablename__ = "exhibition_revision"
    __table_args__ = (UniqueConstraint("exhibition_id", "number"),)

    exhibition_id: Mapped[int] = mapped_column(ForeignKey("exhibition.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    summary: Mapped[Text300] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)


class Publication(Keyed, Base):
    """From `goes_live_at` on visitors see this revision, or none: then it was withdrawn.

    Append-only but for `cancelled_at`, which ends what was planned and had not begun.
    """

    __tablename__ = "exhibition_publication"
    __table_args__ = (
        CheckConstraint("closes_at is null or closes_at > goes_live_at", name="closes_after"),
    )

    exhibition_id: Mapped[int] = mapped_column(
        ForeignKey("exhibition.id", ondelete="CASCADE"), index=True
    )
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("exhibition_revision.id"))
    goes_live_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]

    revision: Mapped[Revision | None] = relationship(lazy="raise_on_sql")


class FormerAddress(Keyed, Timestamped, Base):
    """What an exhibition, or the room of it that is named, was called in addresses before.

    Links to it lead to where it is now, unless something else has the address since.
    """

    __tablename__ = "gallery_former_address"

    exhibition_id: Mapped[int] = mapped_column(
        ForeignKey("exhibition.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("gallery_room.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[Text120] = mapped_column(index=True)


class Placard(Keyed, Timestamped, Base):
    """The sign in front of the real shelf: a short code, and a number that may be typed.

    Both stay with the exhibit for good: the sign is printed.
    """

    __tablename__ = "placard"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    code: Mapped[Text40] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    exhibit_key: Mapped[Text40] = mapped_column(unique=True)
    note: Mapped[Text300] = mapped_column(default="")
