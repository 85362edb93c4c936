"""How often placards led somewhere, counted without knowing whom, and what visitors keep."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Keyed, LongText, Text40, Timestamped


class Stage(StrEnum):
    """How far a visit came that began at a placard, in this order."""

    SCAN = "scan"
    VIEW = "view"
    MAKER = "maker"
    BASKET = "basket"


class PlacardCount(Base):
    """How many visits reached the stage on this day in Hà Nội. Nothing else is kept of them."""

    __tablename__ = "placard_count"
    __table_args__ = (CheckConstraint("count > 0", name="counted"),)

    placard_id: Mapped[int] = mapped_column(
        ForeignKey("placard.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    stage: Mapped[Stage] = mapped_column(primary_key=True)
    count: Mapped[int]


class Visit(Keyed, Timestamped, Base):
    """What one browser has kept, opened by its cookie, of which only the digest is here.

    `share_id` opens it to be read; None while nobody else may.
    """

    __tablename__ = "visit"

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    share_id: Mapped[Text40 | None] = mapped_column(unique=True)
    used_at: Mapped[datetime] = mapped_column(index=True)


class KeptExhibit(Base):
    """An exhibit kept, by its key, which stays whatever becomes of it, with the visitor's note."""

    __tablename__ = "kept_exhibit"

    visit_id: Mapped[int] = mapped_column(
        ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True
    )
    exhibit_key: Mapped[Text40] = mapped_column(primary_key=True)
    kept_at: Mapped[datetime]
    note: Mapped[LongText] = mapped_column(default="")
