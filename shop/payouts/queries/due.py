"""What workshops have earned that no payout has claimed yet, and from which day each is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from shop.core.clock import HANOI
from shop.core.db import UtcDateTime, db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.ledger.queries.terms import TermBook
from shop.orders.models import Order, Shipment
from shop.orders.terms import payable_from
from shop.payouts.models import PayoutEntry
from shop.payouts.queries.holds import order_is_held

CLAIMS = (TransactionKind.PAYOUT_CLAIMED, TransactionKind.PAYOUT_FAILED)
"""What payouts themselves book; everything else on workshop_payable is to be claimed by one."""


@dataclass(frozen=True, slots=True)
class Earning:
    """An entry of `workshop_payable` that no payout has claimed. `amount` in đồng is what it
    brings the workshop: negative for a refund, a correction or cash it has kept."""

    entry_id: int
    transaction_id: int
    workshop_id: int
    amount: int
    at: datetime
    kind: TransactionKind
    about: str | None
    is_of_order: bool
    delivered_at: datetime
    is_held: bool
    was_claimed: bool

    @property
    def key(self) -> str:
        """Of the line of a statement it belongs to, as with Line."""
        return line_key(self.about if self.is_of_order else None, self.transaction_id)

    def due_day(self, terms: TermBook) -> date | None:
        """From which day a payout may claim it; None while something about the order is open.

        What comes later to an order already paid out, and what belongs to none, is due at once.
        Raises TermMissing.
        """
        booked = self.at.astimezone(HANOI).date()
        if not self.is_of_order or self.was_claimed:
            return booked
        if self.is_held:
            return None
        return max(booked, payable_from(self.delivered_at, terms))

    def is_due(self, on: date, terms: TermBook) -> bool:
        day = self.due_day(terms)
        return day is not None and day <= on


def line_key(order_public_id: str | None, transaction_id: int) -> str:
    """An order is one line, whatever happened to it; everything else a line of its own."""
    return order_public_id or f"transaction {transaction_id}"


def is_claimed(entry: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether a payout that has not failed holds the entry of this key."""
    return exists().where(PayoutEntry.entry_id == entry, PayoutEntry.released_at.is_(None))


def is_to_be_claimed() -> ColumnElement[bool]:
    """Of entries joined with their transactions: those that payouts pay."""
    return (LedgerEntry.account == Account.WORKSHOP_PAYABLE) & LedgerTransaction.kind.not_in(CLAIMS)


def _order_was_claimed() -> ColumnElement[bool]:
    other, of_other = aliased(LedgerEntry), aliased(LedgerTransaction)
    return exists().where(
        of_other.about == LedgerTransaction.about,
        other.transaction_id == of_other.id,
        other.workshop_id == LedgerEntry.workshop_id,
        PayoutEntry.entry_id == other.id,
        PayoutEntry.released_at.is_(None),
    )


def unclaimed(workshop_id: int | None = None) -> list[Earning]:
    """Every entry not yet claimed, of one workshop or of all, oldest first; one SQL statement."""
    query = (
        select(
            LedgerEntry.id,
            LedgerTransaction.id.label("transaction_id"),
            LedgerEntry.workshop_id,
            -LedgerEntry.amount,
            LedgerTransaction.at,
            LedgerTransaction.kind,
            LedgerTransaction.about,
            Order.id.is_not(None),
            func.coalesce(Shipment.delivered_at, LedgerTransaction.at, type_=UtcDateTime),
            order_is_held(),
            _order_was_claimed(),
        )
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .outerjoin(Order, Order.public_id == LedgerTransaction.about)
        .outerjoin(Shipment, Shipment.order_id == Order.id)
        .where(is_to_be_claimed(), ~is_claimed(LedgerEntry.id))
        .order_by(LedgerTransaction.at, LedgerEntry.id)
    )
    if workshop_id is not None:
        query = query.where(LedgerEntry.workshop_id == workshop_id)
    rows: Sequence[Any] = db.session.execute(query).all()
    return [Earning(*row) for row in rows]


def end_of(day: date) -> datetime:
    """The first moment that is not of this day in Hà Nội any more."""
    return datetime.combine(day + timedelta(days=1), time(), HANOI)
