"""The bank account as statements, webhooks and officers tell of it, and what becomes of each line.

A line's money stands in `unclaimed_transfers` from its arrival until it is claimed by a payment,
sent back, or found not to be the shop's.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Dong, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id


class BankStatement(Keyed, Timestamped, Base):
    """A file from the bank. A draft keeps its text until it is imported, all of it or nothing.

    Balances in đồng, known only where the file has a column of balances. `digest` is SHA-256 of
    the file: the same file is imported once.
    """

    __tablename__ = "bank_statement"

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    file_name: Mapped[Text300]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    shape: Mapped[str] = mapped_column(String(64))
    columns: Mapped[Text300] = mapped_column(default="")
    content: Mapped[LongText | None]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime | None]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    opening: Mapped[Dong | None]
    closing: Mapped[Dong | None]
    line_count: Mapped[int] = mapped_column(default=0)


class StatementColumns(Keyed, Base):
    """Which column of a kind of file is what; `shape` is a digest of its head."""

    __tablename__ = "statement_columns"

    shape: Mapped[str] = mapped_column(String(64), unique=True)
    columns: Mapped[Text300]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class LineSource(StrEnum):
    STATEMENT = "statement"
    WEBHOOK = "webhook"
    HAND = "hand"


class LineOutcome(StrEnum):
    """WAITING: somebody has to look. CLAIMED: a payment's, see its parts. RETURNING: all of it
    goes back. FOREIGN: not the shop's. MATCHED: the books have it already. BANKED: cash of the
    office, paid in."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNING = "returning"
    FOREIGN = "foreign"
    MATCHED = "matched"
    BANKED = "banked"


class BankLine(Keyed, Timestamped, Base):
    """One movement on the account: `amount` in đồng, positive in, negative out.

    `statement_id` stays empty while only a webhook or an officer has told of it. `matched_to`
    names the movement in the books that it is, once each. `why` is a word for what waits.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        UniqueConstraint("entry_number", "amount"),
        UniqueConstraint("matched_to"),
        Index(None, "day", "amount"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    source: Mapped[LineSource]
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("bank_statement.id"), index=True)
    day: Mapped[date]
    at: Mapped[datetime]
    amount: Mapped[Dong]
    text: Mapped[LongText]
    entry_number: Mapped[str | None] = mapped_column(String(80))
    balance: Mapped[Dong | None]
    outcome: Mapped[LineOutcome] = mapped_column(default=LineOutcome.WAITING, index=True)
    why: Mapped[Text40] = mapped_column(default="")
    matched_to: Mapped[Text120 | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PartStatus(StrEnum):
    """HELD: kept for a payment that is not complete. OWED: to go back. RETURNED: has gone back."""

    HELD = "held"
    CLAIMED = "claimed"
    OWED = "owed"
    RETURNED = "returned"


class PartReason(StrEnum):
    """Why a part goes back."""

    SURPLUS = "surplus"
    DUPLICATE = "duplicate"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class TransferPart(Keyed, Timestamped, Base):
    """A part of an incoming line, or all of it, and what becomes of it."""

    __tablename__ = "transfer_part"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    amount: Mapped[Dong]
    status: Mapped[PartStatus]
    reason: Mapped[PartReason | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
