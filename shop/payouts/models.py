"""Payouts to workshops: which entries of the books each one pays, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Dong, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id
from shop.workshops.models import Workshop


class AccountStatus(StrEnum):
    """HELD: entered by the owner, not yet seen by an officer, and not paid to."""

    HELD = "held"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REPLACED = "replaced"


class WorkshopAccount(Keyed, Base):
    """A bank account a workshop is paid to. What was entered never changes: a change is a new row.

    Seen by the workshop's members masked, whole by officers alone.
    """

    __tablename__ = "workshop_account"
    __table_args__ = (
        *(
            Index(
                f"uq_workshop_account_one_{status}",
                "workshop_id",
                unique=True,
                sqlite_where=text(f"status = '{status}'"),
                postgresql_where=text(f"status = '{status}'"),
            )
            for status in (AccountStatus.HELD.value, AccountStatus.CONFIRMED.value)
        ),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    bank_bin: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(String(19))
    holder: Mapped[Text120]
    status: Mapped[AccountStatus]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")

    @property
    def masked(self) -> str:
        """Enough for its owner to know it by: •••• 4321."""
        return f"•••• {self.number[-4:]}"


class PayoutRun(Keyed, Timestamped, Base):
    """Everything that was due up to the end of a day, claimed at once for every workshop."""

    __tablename__ = "payout_run"

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    key: Mapped[Text40] = mapped_column(unique=True)
    up_to: Mapped[date]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PayoutStatus(StrEnum):
    """SENT: given to the bank. FAILED: it did not arrive, and its entries are due again."""

    PREPARED = "prepared"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"


PAYOUT_MOVES: dict[PayoutStatus, frozenset[PayoutStatus]] = {
    PayoutStatus.PREPARED: frozenset({PayoutStatus.SENT, PayoutStatus.FAILED}),
    PayoutStatus.SENT: frozenset({PayoutStatus.PAID, PayoutStatus.FAILED}),
    PayoutStatus.PAID: frozenset(),
    PayoutStatus.FAILED: frozenset(),
}
ON_THE_WAY = (PayoutStatus.PREPARED, PayoutStatus.SENT)


class Payout(Keyed, Timestamped, Base):
    """One workshop's part of a run. `earned_before` is what the books owed it at that moment,
    due or not, once its cash had been netted; the payout is part of that."""

    __tablename__ = "payout"
    __table_args__ = (
        UniqueConstraint("run_id", "workshop_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "workshop_id", "status"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("payout_run.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("workshop_account.id"))
    amount: Mapped[Dong]
    earned_before: Mapped[Dong]
    status: Mapped[PayoutStatus]
    run: Mapped[PayoutRun] = relationship(lazy="raise_on_sql")
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
    account: Mapped[WorkshopAccount] = relationship(lazy="raise_on_sql")
    events: Mapped[list[PayoutEvent]] = relationship(
        order_by="PayoutEvent.id", lazy="raise_on_sql", viewonly=True
    )

    def may_become(self, status: PayoutStatus) -> bool:
        return status in PAYOUT_MOVES[self.status]


class PayoutEntry(Keyed, Base):
    """An entry of `workshop_payable` that a payout pays, or takes back when it is a debit.

    The database lets no entry be claimed by two payouts that stand; one that failed gives its
    entries free.
    """

    __tablename__ = "payout_entry"
    __table_args__ = (
        Index(
            "uq_payout_entry_claimed_once",
            "entry_id",
            unique=True,
            sqlite_where=text("released_at is null"),
            postgresql_where=text("released_at is null"),
        ),
        UniqueConstraint("payout_id", "entry_id"),
    )

    payout_id: Mapped[int] = mapped_column(ForeignKey("payout.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entry.id"))
    released_at: Mapped[datetime | None]


class PayoutEvent(Keyed, Base):
    """Append-only: every move of a payout, by whom, when and why."""

    __tablename__ = "payout_event"

    payout_id: Mapped[int] = mapped_column(ForeignKey("payout.id"), index=True)
    from_status: Mapped[PayoutStatus | None]
    to_status: Mapped[PayoutStatus]
    at: Mapped[datetime]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")


class BatchFile(Keyed, Timestamped, Base):
    """A file made for the bank, kept as it was with its SHA-256, so that it can be had again."""

    __tablename__ = "payout_batch_file"
    __table_args__ = (UniqueConstraint("run_id", "sha256"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("payout_run.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[LongText]
    payouts: Mapped[int]
    total: Mapped[Dong]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
