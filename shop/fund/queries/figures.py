"""The fund's figures, every one of them from the ledger, and the proof that they agree with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from shop.catalogue.models import Variant
from shop.core.clock import HANOI
from shop.core.db import db, is_sqlite
from shop.core.money import Money
from shop.exhibitions.models.rooms import Exhibition
from shop.fund.models import GRANTED, ApprenticeCount, Grant
from shop.heritage.models import Term
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.orders.models import Order, OrderGroup, OrderLine
from shop.payments.models import Payment, PaymentStatus

_OF_FUND = LedgerEntry.account == Account.CRAFT_FUND
_OF_GRANTS = (TransactionKind.GRANT_APPROVED,)


@dataclass(frozen=True, slots=True)
class Month:
    """Đồng of one month in Hà Nội, `month` as 2026-11; `balance` is what was there at its end."""

    month: str
    shares: int
    gifts: int
    grants: int
    balance: int

    @property
    def came_in(self) -> int:
        return self.shares + self.gifts


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one glaze, or through one exhibition; without a slug it came directly."""

    slug: str
    name_vi: str
    name_en: str
    colour: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`by_glaze` and `by_exhibition` each divide the same `shares`, the largest part first."""

    months: tuple[Month, ...]
    by_glaze: tuple[Part, ...]
    by_exhibition: tuple[Part, ...]

    @property
    def shares(self) -> int:
        return sum(month.shares for month in self.months)

    @property
    def gifts(self) -> int:
        return sum(month.gifts for month in self.months)

    @property
    def came_in(self) -> int:
        return self.shares + self.gifts

    @property
    def grants(self) -> int:
        return sum(month.grants for month in self.months)

    @property
    def balance(self) -> int:
        return self.came_in - self.grants


def fund_figures(at: datetime) -> Figures:
    """Up to this moment's month, the months without anything among them; two SQL statements."""
    months = _months(at)
    shares = sum(month.shares for month in months)
    cells = _cells(shares)
    return Figures(months, _parts(cells, 0), _parts(cells, 1))


def _month(moment: InstrumentedAttribute[datetime]) -> ColumnElement[str]:
    """The month in Hà Nội, which keeps UTC+7 all year."""
    if is_sqlite(db.engine):
        return func.strftime("%Y-%m", moment, "+7 hours")
    return func.to_char(func.timezone(HANOI.key, moment), "YYYY-MM")


def _months(at: datetime) -> tuple[Month, ...]:
    month = _month(LedgerTransaction.at).label("month")
    sums = [
        func.coalesce(func.sum(case((condition, -LedgerEntry.amount), else_=0)), 0)
        for condition in (_is_share(), _is_gift(), _is_grant())
    ]
    rows = db.session.execute(
        select(month, *sums)
        .select_from(LedgerEntry)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .outerjoin(OrderGroup, OrderGroup.public_id == LedgerTransaction.about)
        .where(_OF_FUND)
        .group_by(month)
        .order_by(month)
    )
    found = {key: (int(shares), int(gifts), -int(grants)) for key, shares, gifts, grants in rows}
    balance, months = 0, []
    for key in _every_month(min(found, default=""), max(f"{at.astimezone(HANOI):%Y-%m}", *found)):
        shares, gifts, grants = found.get(key, (0, 0, 0))
        balance += shares + gifts - grants
        months.append(Month(key, shares, gifts, grants, balance))
    return tuple(months)


def _is_grant() -> ColumnElement[bool]:
    return LedgerTransaction.kind.in_(_OF_GRANTS)


def _is_gift() -> ColumnElement[bool]:
    """Booked about the group: given, or given back."""
    return OrderGroup.id.is_not(None)


def _is_share() -> ColumnElement[bool]:
    """All that is neither a gift nor a grant, so that nothing on the account goes untold."""
    return OrderGroup.id.is_(None) & LedgerTransaction.kind.not_in(_OF_GRANTS)


def _every_month(first: str, last: str) -> list[str]:
    if not first:
        return []
    year, month = map(int, first.split("-"))
    keys = []
    while (key := f"{year}-{month:02}") <= last:
        keys.append(key)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return keys


Cell = tuple[Part, Part]


def _cells(shares: int) -> list[tuple[Cell, int]]:
    """What the shares divide into by glaze and exhibition, to the đồng.

    An order's share is divided over its lines by their price. What refunds left of it counts.
    """
    rows = db.session.execute(_weights()).all()
    weights = [max(0, round(weight * 100)) for *_, weight in rows]
    if not sum(weights) or shares <= 0:
        return []
    amounts = Money(shares).split(weights)
    return [
        ((_glaze(row), _exhibition(row)), amount.dong)
        for row, amount in zip(rows, amounts, strict=True)
    ]


def _weights() -> Select[*tuple[Any, ...]]:
    left = (
        select(LedgerTransaction.about, (-func.sum(LedgerEntry.amount)).label("share"))
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(_OF_FUND)
        .group_by(LedgerTransaction.about)
        .subquery()
    )
    price = OrderLine.unit_price * OrderLine.quantity
    weight = func.sum(cast(left.c.share, Float) * price / Order.items_total)
    whose = (
        Term.slug,
        Term.name_vi,
        Term.name_en,
        Term.colour,
        Exhibition.slug,
        Exhibition.title_vi,
        Exhibition.title_en,
    )
    return (
        select(*whose, weight)
        .select_from(left)
        .join(Order, Order.public_id == left.c.about)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .join(Term, Term.id == Variant.glaze_id)
        .outerjoin(Exhibition, Exhibition.id == OrderLine.exhibition_id)
        .where(Order.items_total > 0)
        .group_by(*whose)
        .order_by(Term.slug, Exhibition.slug)
    )


def _glaze(row: Sequence[object]) -> Part:
    slug, name_vi, name_en, colour = row[:4]
    return Part(str(slug), str(name_vi), str(name_en), str(colour) if colour else None, 0)


def _exhibition(row: Sequence[object]) -> Part:
    slug, title_vi, title_en = (str(value or "") for value in row[4:7])
    return Part(slug, title_vi, title_en, None, 0)


def _parts(cells: list[tuple[Cell, int]], axis: int) -> tuple[Part, ...]:
    found: dict[Part, int] = {}
    for cell, amount in cells:
        found[cell[axis]] = found.get(cell[axis], 0) + amount
    parts = [
        Part(part.slug, part.name_vi, part.name_en, part.colour, amount)
        for part, amount in found.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.amount, part.slug)))


@dataclass(frozen=True, slots=True)
class Proof:
    """What the books say at a moment, and where the page's figures differ from it."""

    at: datetime
    balance: int
    faults: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        return not self.faults


def prove(figures: Figures, at: datetime) -> Proof:
    """Compare figures with the account, with gifts as their orders say, with grants as decided.

    One SQL statement. The parts by glaze and exhibition must be the shares, when there are any.
    """
    balance, gifts, grants = db.session.execute(
        select(
            select(func.coalesce(func.sum(-LedgerEntry.amount), 0))
            .where(_OF_FUND)
            .scalar_subquery(),
            select(func.coalesce(func.sum(OrderGroup.gift - OrderGroup.gift_refunded), 0))
            .join(Payment, Payment.id == OrderGroup.payment_id)
            .where(Payment.status == PaymentStatus.PAID)
            .scalar_subquery(),
            select(func.coalesce(func.sum(Grant.amount), 0))
            .where(Grant.status.in_(GRANTED))
            .scalar_subquery(),
        )
    ).one()
    divided = [figures.by_glaze, figures.by_exhibition] if figures.shares > 0 else []
    agrees = {
        "balance": figures.balance == int(balance),
        "gifts": figures.gifts == int(gifts),
        "grants": figures.grants == int(grants),
        "parts": all(sum(p.amount for p in parts) == figures.shares for parts in divided),
    }
    return Proof(at, int(balance), tuple(name for name, holds in agrees.items() if not holds))


@dataclass(frozen=True, slots=True)
class Year:
    """How many workshops sold something, and how many apprentices they say they had."""

    year: int
    workshops: int
    apprentices: int


def growth() -> tuple[Year, ...]:
    """By year: sellers as the books have them, apprentices as entered; two SQL statements."""
    from_books = func.substr(_month(LedgerTransaction.at), 1, 4).label("year")
    sellers = db.session.execute(
        select(from_books, func.count(func.distinct(LedgerEntry.workshop_id)))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerEntry.account == Account.WORKSHOP_PAYABLE,
            LedgerTransaction.kind == TransactionKind.SALE,
        )
        .group_by(from_books)
    )
    found = {int(year): count for year, count in sellers}
    learning = _apprentices()
    return tuple(
        Year(year, found.get(year, 0), learning.get(year, 0))
        for year in sorted({*found, *learning})
    )


def _apprentices() -> dict[int, int]:
    rows = db.session.execute(
        select(ApprenticeCount.year, func.sum(ApprenticeCount.apprentices)).group_by(
            ApprenticeCount.year
        )
    )
    return {year: int(total) for year, total in rows}
