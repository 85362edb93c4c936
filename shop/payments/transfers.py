"""Lines of the bank and the parts their money is divided into: kept, claimed, owed, sent back.

Which payment a line is for, and what the books say of it, is shop.checkout.bank's to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, func, select

from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.payments.models import (
    BankLine,
    LineOutcome,
    LineSource,
    PartReason,
    PartStatus,
    PaymentStatus,
    TransferPart,
)


class Ruling(StrEnum):
    """What the sum that came means for the payment its reference names."""

    EXACT = "exact"
    PART = "part"
    OVER = "over"
    DUPLICATE = "duplicate"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Division:
    """How a line's money is divided: kept or claimed for the payment, and owed back."""

    ruling: Ruling
    for_payment: int
    back: int


def divide(amount: int, *, due: int, held: int, status: PaymentStatus) -> Division:
    """The rule for a transfer of `amount` đồng to a payment of `due`, of which `held` has come.

    What is not enough is kept while the payment is open; after that it goes back, for then there
    is nothing it could complete.
    """
    if status is PaymentStatus.PAID:
        return Division(Ruling.DUPLICATE, 0, amount)
    missing = due - held
    if amount == missing:
        return Division(Ruling.EXACT, amount, 0)
    if amount > missing:
        return Division(Ruling.OVER, missing, amount - missing)
    if status in (PaymentStatus.CREATED, PaymentStatus.AWAITING):
        return Division(Ruling.PART, amount, 0)
    return Division(Ruling.INCOMPLETE, 0, amount)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A movement nobody has told of before; see BankLine."""

    source: LineSource
    day: date
    at: datetime
    amount: int
    text: str
    entry_number: str | None = None
    balance: int | None = None
    statement_id: int | None = None
    entered_by_id: int | None = None


def write_line(new: NewLine) -> BankLine:
    line = BankLine(
        source=new.source,
        statement_id=new.statement_id,
        day=new.day,
        at=new.at,
        amount=new.amount,
        text=new.text,
        entry_number=new.entry_number or None,
        balance=new.balance,
        entered_by_id=new.entered_by_id,
    )
    db.session.add(line)
    db.session.flush()
    return line


def lock_line(public_id: str) -> BankLine | None:
    return db.session.scalar(for_update(select(BankLine).where(BankLine.public_id == public_id)))


def decide_line(
    line: BankLine, outcome: LineOutcome, *, by_id: int | None, at: datetime, why: str = ""
) -> None:
    """What the line is, once. Raises Conflict when that was decided before."""
    if line.outcome is not LineOutcome.WAITING:
        raise Conflict(lazy_gettext("This line has been dealt with in the meantime."))
    line.outcome, line.decided_by_id, line.decided_at, line.why = outcome, by_id, at, why


def add_part(
    line: BankLine,
    amount: int,
    status: PartStatus,
    *,
    payment_id: int | None,
    reason: PartReason | None = None,
    at: datetime,
) -> None:
    if amount:
        db.session.add(
            TransferPart(
                line_id=line.id,
                payment_id=payment_id,
                amount=amount,
                status=status,
                reason=reason,
                created_at=at,
            )
        )
        db.session.flush()


def parts_total(payment_id: int, *statuses: PartStatus) -> int:
    """Đồng of a payment's parts that stand so."""
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(TransferPart.amount), 0)).where(
                TransferPart.payment_id == payment_id, TransferPart.status.in_(statuses)
            )
        )
        or 0
    )


def held_for(payment_id: int) -> int:
    """Đồng that have come for a payment that is not complete yet."""
    return parts_total(payment_id, PartStatus.HELD)


def owed_in_parts(payment_id: int) -> int:
    """Đồng that came beyond what was due, or too few, and have yet to go back."""
    return parts_total(payment_id, PartStatus.OWED)


def claim_parts(payment_id: int) -> None:
    """The payment is complete: what was kept for it is its own now."""
    for part in _held_parts(payment_id):
        part.status = PartStatus.CLAIMED


def release_parts(payment_id: int, reason: PartReason) -> None:
    """The payment has ended unpaid: what was kept for it goes back."""
    for part in _held_parts(payment_id):
        part.status, part.reason = PartStatus.OWED, reason


def _held_parts(payment_id: int) -> list[TransferPart]:
    return list(
        db.session.scalars(
            select(TransferPart).where(
                TransferPart.payment_id == payment_id, TransferPart.status == PartStatus.HELD
            )
        )
    )


def lock_part(public_id: str) -> TransferPart | None:
    return db.session.scalar(
        for_update(select(TransferPart).where(TransferPart.public_id == public_id))
    )


def note_part_returned(part: TransferPart, *, by_id: int, at: datetime) -> None:
    """An officer has transferred it back. Raises Conflict when it was not owed any more."""
    if part.status is not PartStatus.OWED:
        raise Conflict(lazy_gettext("This has been paid back already."))
    part.status, part.settled_at, part.settled_by_id = PartStatus.RETURNED, at, by_id


def by_entry(entry_number: str, amount: int) -> BankLine | None:
    return db.session.scalar(
        select(BankLine).where(BankLine.entry_number == entry_number, BankLine.amount == amount)
    )


def same_movement(day: date, amount: int) -> ColumnElement[bool]:
    return (BankLine.day == day) & (BankLine.amount == amount)
