"""The account a buyer gave for money that goes back by transfer. For officers' eyes alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Keyed, Text120


class BankDetails(Keyed, Base):
    """One account a payment; giving another replaces it, and `times_given` tells officers so.
    `given_by_id` is the signed-in person.

    Bank data are sensitive personal data (Law 91/2025/QH15): what was given is erased once it is
    not needed any more, and only the row with its times stays.
    """

    __tablename__ = "bank_details"
    __table_args__ = (
        CheckConstraint(
            "(bank_bin is null) = (erased_at is not null)"
            " and (account is null) = (erased_at is not null)"
            " and (holder is null) = (erased_at is not null)",
            name="whole_or_erased",
        ),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    bank_bin: Mapped[str | None] = mapped_column(String(6))
    account: Mapped[str | None] = mapped_column(String(19))
    holder: Mapped[Text120 | None]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    times_given: Mapped[int] = mapped_column(default=0)
    erased_at: Mapped[datetime | None]

    @property
    def ending(self) -> str:
        """The last three characters of the account, enough for its owner to know it by."""
        return (self.account or "")[-3:]
