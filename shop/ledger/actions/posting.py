"""The one way into the books: post a balanced transaction once per cause, or take one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, Side, TransactionKind
from shop.ledger.queries.books import entries_of, transaction_of_cause


class Unbalanced(ValueError):
    """The entries of a posting do not add up to nothing: a mistake in the program."""


class CauseTaken(RuntimeError):
    """The same cause was booked before with other amounts: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be booked. `sides` in đồng, debit positive; what is 0 is left out."""

    cause: str
    kind: TransactionKind
    sides: Mapping[Side, int]
    about: str | None = None
    reverses_id: int | None = None
    by_id: int | None = None
    note: str = ""
    amounts: dict[Side, int] = field(init=False)

    def __post_init__(self) -> None:
        amounts = {side: amount for side, amount in self.sides.items() if amount}
        if sum(amounts.values()):
            raise Unbalanced(f"{self.cause}: the entries add up to {sum(amounts.values())}")
        object.__setattr__(self, "amounts", amounts)


def debit(account: Account, amount: int, workshop_id: int | None = None) -> tuple[Side, int]:
    return Side(account, workshop_id), amount


def credit(account: Account, amount: int, workshop_id: int | None = None) -> tuple[Side, int]:
    return Side(account, workshop_id), -amount


def post(posting: Posting, *, at: datetime) -> int | None:
    """Book it and return the transaction's id; the standing one's when its cause was booked.

    None when every amount is 0, for then nothing moved. Raises CauseTaken when the same cause
    stands with other amounts.
    """
    if not posting.amounts:
        return None
    standing = transaction_of_cause(posting.cause)
    if standing is None:
        try:
            with db.session.begin_nested():
                return _write(posting, at)
        except IntegrityError:
            # Somebody else was booking the same cause at the same moment.
            standing = transaction_of_cause(posting.cause)
            if standing is None:
                raise
    if entries_of(standing) != posting.amounts:
        raise CauseTaken(f"{posting.cause} was booked before with other amounts")
    return standing


def _write(posting: Posting, at: datetime) -> int:
    """Entries first: the database takes the transaction only when they are all there."""
    number = _next_number()
    rows = [
        {
            "transaction_id": number,
            "account": side.account,
            "workshop_id": side.workshop_id,
            "amount": amount,
        }
        for side, amount in posting.amounts.items()
    ]
    db.session.execute(insert(LedgerEntry), rows)
    db.session.execute(
        insert(LedgerTransaction).values(
            id=number,
            cause=posting.cause,
            kind=posting.kind,
            at=at,
            created_at=clock.now(),
            entry_count=len(rows),
            about=posting.about,
            reverses_id=posting.reverses_id,
            by_person_id=posting.by_id,
            note=posting.note,
        )
    )
    return number


def _next_number() -> int:
    """SQLite has one writer, so that the next number is its own; PostgreSQL counts by itself."""
    if is_sqlite(db.engine):
        highest = db.session.scalar(select(func.max(LedgerTransaction.id)))
        return (highest or 0) + 1
    sequence = func.pg_get_serial_sequence(LedgerTransaction.__tablename__, "id")
    return int(db.session.scalar(select(func.nextval(sequence))) or 0)


def reverse(
    transaction_id: int, *, at: datetime, by_id: int | None = None, note: str = ""
) -> int | None:
    """Take a whole transaction back by its opposite; once, however often it is asked for."""
    old = db.session.get_one(LedgerTransaction, transaction_id)
    opposite = {side: -amount for side, amount in entries_of(transaction_id).items()}
    return post(
        Posting(
            cause=f"reversal:{transaction_id}",
            kind=TransactionKind.REVERSAL,
            sides=opposite,
            about=old.about,
            reverses_id=transaction_id,
            by_id=by_id,
            note=note,
        ),
        at=at,
    )


def merge(sides: Sequence[tuple[Side, int]]) -> dict[Side, int]:
    """Several sides as one mapping; those of the same account are added up."""
    merged: dict[Side, int] = {}
    for side, amount in sides:
        merged[side] = merged.get(side, 0) + amount
    return merged
