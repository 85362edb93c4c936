"""Certificates of tax withheld, numbered, and kept as they were issued."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Dong, Keyed, Text40, Text120, Text300


class TaxCertificate(Keyed, Base):
    """What was withheld of a workshop in a month, with every word as it was when issued.

    Numbers run through the year of issue. The database lets no row be changed or deleted: what
    was wrong is issued again, and the new one names the one it replaces, each at most once.
    """

    __tablename__ = "tax_certificate"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index(
            "uq_tax_certificate_first_of_month",
            "workshop_id",
            "month",
            unique=True,
            sqlite_where=text("replaces_id is null"),
            postgresql_where=text("replaces_id is null"),
        ),
        CheckConstraint("number > 0", name="counted_from_one"),
    )

    year: Mapped[int]
    number: Mapped[int]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    month: Mapped[date]
    base: Mapped[Dong]
    vat: Mapped[Dong]
    pit: Mapped[Dong]
    seller_name: Mapped[Text300]
    seller_tax_id: Mapped[Text40]
    seller_address: Mapped[Text300]
    payer_name: Mapped[Text300]
    payer_tax_id: Mapped[Text40]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_by: Mapped[Text120]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("tax_certificate.id"), unique=True)

    @property
    def name(self) -> str:
        """As it is written: 2026/00012."""
        return f"{self.year}/{self.number:05}"

    @property
    def withheld(self) -> int:
        return self.vat + self.pit
