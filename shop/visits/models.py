"""How often placards led somewhere, counted without knowing whom."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base


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
