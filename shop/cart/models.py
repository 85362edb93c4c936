"""The basket: kept in the database under a random token, with or without an account."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Variant
from shop.core.db import Base, Dong, Keyed, Text40, Timestamped
from shop.core.ids import public_id


class CartStatus(StrEnum):
    OPEN = "open"
    PLACED = "placed"
    MERGED = "merged"


class Cart(Keyed, Timestamped, Base):
    __tablename__ = "cart"

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[CartStatus] = mapped_column(default=CartStatus.OPEN)
    changed_at: Mapped[datetime]
    lines: Mapped[list[CartLine]] = relationship(
        order_by="CartLine.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class CartLine(Keyed, Timestamped, Base):
    """price_seen is what the buyer was shown when the piece was added or last reviewed.

    `exhibition_id` is that of the exhibition that led to the piece; it points up by name alone.
    """

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    quantity: Mapped[int]
    price_seen: Mapped[Dong]
    exhibition_id: Mapped[int | None] = mapped_column(ForeignKey("exhibition.id"))
    variant: Mapped[Variant] = relationship(lazy="raise_on_sql")
