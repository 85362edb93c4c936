"""What a sum is made of, line by line: every order's goods, what was charged on them, postage,
refunds, and cash that was kept. Read from the books alone, so that the lines add up to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.orders.models import Order, OrderGroup
from shop.payouts.models import PayoutEntry
from shop.payouts.queries.due import is_claimed, is_to_be_claimed, line_key

CHARGED = {
    Account.COMMISSION: "commission",
    Account.BREAKAGE_COVER: "commission",
    Account.COMMISSION_VAT: "commission_vat",
    Account.CRAFT_FUND: "fund",
    Account.WITHHELD_VAT: "withheld_vat",
    Account.WITHHELD_PIT: "withheld_pit",
}
"""What a sale's shares are called. The cover for breakage is set aside out of the commission."""
COLUMN_OF = {
    TransactionKind.SALE: "goods",
    TransactionKind.POSTAGE: "postage",
    TransactionKind.REFUND_OWED: "refunds",
    TransactionKind.DISPUTE_LOST: "refunds",
    TransactionKind.COMPENSATION: "compensation",
    TransactionKind.NETTING: "cash",
}
WITH_CHARGES = frozenset({TransactionKind.SALE, TransactionKind.REFUND_OWED})


@dataclass(frozen=True, slots=True)
class Sums:
    """Đồng as they come to the workshop: what is taken is negative."""

    goods: int = 0
    commission: int = 0
    commission_vat: int = 0
    fund: int = 0
    withheld_vat: int = 0
    withheld_pit: int = 0
    postage: int = 0
    refunds: int = 0
    compensation: int = 0
    cash: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, column) for column in COLUMNS)

    def __add__(self, more: Sums) -> Sums:
        return Sums(**{name: getattr(self, name) + getattr(more, name) for name in COLUMNS})


COLUMNS = tuple(field.name for field in fields(Sums))


@dataclass(frozen=True, slots=True)
class Line:
    """An order with all that happened to it, or something that belongs to no order (then without
    reference). `at` is when the first of it was booked."""

    key: str
    at: datetime
    reference: str | None
    order_public_id: str | None
    sums: Sums

    @property
    def total(self) -> int:
        return self.sums.total


def lines_of_payout(payout_id: int) -> list[Line]:
    """What a payout pays, or would have paid had it not failed; two SQL statements."""
    return _lines(
        LedgerEntry.id.in_(select(PayoutEntry.entry_id).where(PayoutEntry.payout_id == payout_id))
    )


def unclaimed_lines(workshop_id: int) -> list[Line]:
    """What no payout has claimed of a workshop's earnings; two SQL statements."""
    return _lines(
        (LedgerEntry.workshop_id == workshop_id) & is_to_be_claimed() & ~is_claimed(LedgerEntry.id)
    )


def sum_up(lines: Iterable[Line]) -> Sums:
    return sum((line.sums for line in lines), Sums())


def _lines(condition: ColumnElement[bool]) -> list[Line]:
    rows = db.session.execute(
        select(
            LedgerTransaction.id,
            LedgerTransaction.kind,
            LedgerTransaction.at,
            Order.public_id,
            OrderGroup.reference,
            (-LedgerEntry.amount).label("brings"),
        )
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .outerjoin(Order, Order.public_id == LedgerTransaction.about)
        .outerjoin(OrderGroup, OrderGroup.id == Order.group_id)
        .where(condition)
        .order_by(LedgerTransaction.at, LedgerEntry.id)
    ).all()
    charges = _charges(condition)
    found: dict[str, Line] = {}
    for row in rows:
        key = line_key(row.public_id, row.id)
        sums = _sums(row, charges.get(row.id, {}))
        standing = found.get(key)
        if standing is None:
            found[key] = Line(key, row.at, row.reference, row.public_id, sums)
        else:
            found[key] = Line(key, standing.at, row.reference, row.public_id, standing.sums + sums)
    return list(found.values())


def _charges(condition: ColumnElement[bool]) -> dict[int, dict[str, int]]:
    """What sales and refunds of one workshop's order took for others, by transaction."""
    of_these = (
        select(LedgerEntry.transaction_id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(condition, LedgerTransaction.kind.in_(WITH_CHARGES))
    )
    rows = db.session.execute(
        select(LedgerEntry.transaction_id, LedgerEntry.account, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.transaction_id.in_(of_these), LedgerEntry.account.in_(CHARGED))
        .group_by(LedgerEntry.transaction_id, LedgerEntry.account)
    )
    found: dict[int, dict[str, int]] = {}
    for key, account, amount in rows:
        charges = found.setdefault(key, {})
        column = CHARGED[account]
        charges[column] = charges.get(column, 0) + int(amount)
    return found


def _sums(row: Any, charges: dict[str, int]) -> Sums:
    """The charges as they were booked, and the rest of the sum in the column of its kind."""
    column = COLUMN_OF.get(row.kind, "other")
    return Sums(**{**charges, column: row.brings - sum(charges.values())})
