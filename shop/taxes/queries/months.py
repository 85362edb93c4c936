"""What was withheld, line by line: each sale as frozen with its order, and what went back since.

A sale and each part of it given back belong to the month, by the calendar of Hà Nội, in which they
were booked; what a later month gives back lessens that month and no earlier one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.orders.models import Order, OrderCharges, OrderGroup
from shop.taxes.months import began, month_after, month_of
from shop.workshops.models import SellerKind, Workshop

WITHHELD = (Account.WITHHELD_VAT, Account.WITHHELD_PIT)
BUYERS_SIDE = (Account.BUYERS_ADVANCES, Account.REFUNDS_OWED)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A sale, or (negative) a part of one given back; `base` is its goods without postage."""

    at: datetime
    reference: str
    public_id: str
    is_sale: bool
    base: int
    vat: int
    pit: int


@dataclass(frozen=True, slots=True)
class WorkshopMonth:
    """One workshop's month in đồng: its lines and what they add up to."""

    workshop_id: int
    slug: str
    name_vi: str
    name_en: str
    tax_id: str
    seller_kind: SellerKind
    month: date
    lines: tuple[TaxLine, ...]

    @property
    def base(self) -> int:
        return sum(line.base for line in self.lines)

    @property
    def vat(self) -> int:
        return sum(line.vat for line in self.lines)

    @property
    def pit(self) -> int:
        return sum(line.pit for line in self.lines)

    @property
    def withheld(self) -> int:
        return self.vat + self.pit


@dataclass(frozen=True, slots=True)
class MonthReport:
    """All workshops of a month; `booked_…` is what the accounts themselves gained in it."""

    month: date
    workshops: tuple[WorkshopMonth, ...]
    booked_vat: int
    booked_pit: int

    @property
    def base(self) -> int:
        return sum(each.base for each in self.workshops)

    @property
    def vat(self) -> int:
        return sum(each.vat for each in self.workshops)

    @property
    def pit(self) -> int:
        return sum(each.pit for each in self.workshops)

    @property
    def matches_books(self) -> bool:
        return (self.vat, self.pit) == (self.booked_vat, self.booked_pit)


def month_report(month: date) -> MonthReport:
    """Every workshop that sold or gave back in the month, by name; three SQL statements."""
    booked = withheld_in(month)
    return MonthReport(
        month,
        tuple(workshop_months(month=month)),
        booked[Account.WITHHELD_VAT],
        booked[Account.WITHHELD_PIT],
    )


def withheld_in(month: date) -> dict[Account, int]:
    """What the accounts of withheld tax gained in the month, payments to the tax office apart."""
    rows = db.session.execute(
        select(LedgerEntry.account, -func.sum(LedgerEntry.amount))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerEntry.account.in_(WITHHELD),
            LedgerTransaction.kind != TransactionKind.TAX_PAID,
            LedgerTransaction.at >= began(month),
            LedgerTransaction.at < began(month_after(month)),
        )
        .group_by(LedgerEntry.account)
    )
    found = {account: int(total) for account, total in rows}
    return {account: found.get(account, 0) for account in WITHHELD}


def workshop_months(
    *, month: date | None = None, workshop_id: int | None = None
) -> list[WorkshopMonth]:
    """The months of a workshop, or of all; of one month, or all with the newest first."""
    conditions: list[ColumnElement[bool]] = []
    if workshop_id is not None:
        conditions.append(Order.workshop_id == workshop_id)
    if month is not None:
        conditions.append(LedgerTransaction.about.in_(_moved_in(month)))
    lines = _lines_by_workshop_and_month(_moves(conditions))
    wanted = {key: found for key, found in lines.items() if month in (None, key[1])}
    workshops = _workshops({key for key, _ in wanted})
    rows = [_workshop_month(workshops[key[0]], key[1], found) for key, found in wanted.items()]
    order = {workshop_id: place for place, workshop_id in enumerate(workshops)}
    return sorted(rows, key=lambda row: (-row.month.toordinal(), order[row.workshop_id]))


def first_month() -> date | None:
    """The month of the first sale there ever was."""
    first = db.session.scalar(
        select(func.min(LedgerTransaction.at)).where(LedgerTransaction.kind == TransactionKind.SALE)
    )
    return month_of(first) if first else None


def _moved_in(month: date) -> ColumnElement[str | None]:
    """Orders about which anything was booked in the month."""
    return (
        select(LedgerTransaction.about)
        .where(
            LedgerTransaction.at >= began(month),
            LedgerTransaction.at < began(month_after(month)),
            LedgerTransaction.about.is_not(None),
        )
        .scalar_subquery()
    )


def _moves(conditions: Sequence[ColumnElement[bool]]) -> Sequence[Any]:
    """Sales, and what took parts of them back, in the order in which they were written down."""
    sale = aliased(LedgerTransaction)

    def gained(accounts: Sequence[Account]) -> ColumnElement[int]:
        chosen = case((LedgerEntry.account.in_(accounts), -LedgerEntry.amount), else_=0)
        return func.sum(chosen)

    is_sale = LedgerTransaction.kind == TransactionKind.SALE
    return db.session.execute(
        select(
            LedgerTransaction.at,
            is_sale.label("is_sale"),
            gained((Account.WITHHELD_VAT,)).label("vat"),
            gained((Account.WITHHELD_PIT,)).label("pit"),
            gained(BUYERS_SIDE).label("back"),
            Order.workshop_id,
            Order.public_id,
            Order.total,
            OrderGroup.reference,
            OrderCharges.base,
            OrderCharges.withheld_vat,
            OrderCharges.withheld_pit,
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(Order, Order.public_id == LedgerTransaction.about)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(OrderCharges, OrderCharges.order_id == Order.id)
        .outerjoin(sale, sale.id == LedgerTransaction.reverses_id)
        .where(or_(is_sale, and_(sale.id.is_not(None), sale.kind == TransactionKind.SALE)))
        .where(*conditions)
        .group_by(LedgerTransaction.id, Order.id, OrderGroup.id, OrderCharges.id)
        .order_by(LedgerTransaction.id)
    ).all()


Lines = dict[tuple[int, date], list[TaxLine]]


def _lines_by_workshop_and_month(moves: Sequence[Any]) -> Lines:
    given_back: dict[str, int] = defaultdict(int)
    found: Lines = defaultdict(list)
    for move in moves:
        before = given_back[move.public_id]
        if not move.is_sale:
            given_back[move.public_id] += int(move.back)
        line = _line(move, before, given_back[move.public_id])
        found[move.workshop_id, month_of(line.at)].append(line)
    return found


def _line(move: Any, before: int, after: int) -> TaxLine:
    """What went back of the goods is their share of what went back of the order, reckoned from
    the first đồng on, so that the parts add up to the goods when all has gone back."""
    if move.is_sale:
        base, vat, pit = move.base, move.withheld_vat, move.withheld_pit
    else:
        base = _goods_in(before, move) - _goods_in(after, move)
        vat, pit = int(move.vat), int(move.pit)
    return TaxLine(move.at, move.reference, move.public_id, bool(move.is_sale), base, vat, pit)


def _goods_in(amount: int, move: Any) -> int:
    total, base = int(move.total), int(move.base)
    return (2 * amount * base + total) // (2 * total)


def _workshops(keys: set[int]) -> dict[int, Workshop]:
    """By key, in the order of their names."""
    rows = db.session.scalars(
        select(Workshop).where(Workshop.id.in_(keys)).order_by(Workshop.name_sort, Workshop.id)
    )
    return {workshop.id: workshop for workshop in rows}


def _workshop_month(workshop: Workshop, month: date, lines: Sequence[TaxLine]) -> WorkshopMonth:
    return WorkshopMonth(
        workshop_id=workshop.id,
        slug=workshop.slug,
        name_vi=workshop.name_vi,
        name_en=workshop.name_en,
        tax_id=workshop.tax_id,
        seller_kind=workshop.seller_kind,
        month=month,
        lines=tuple(sorted(lines, key=lambda line: line.at)),
    )
