"""The rates of a day, and all rates ever set as the office reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import aliased

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Unavailable
from shop.ledger.charges import Rates, Withheld, withhold
from shop.ledger.models import (
    NOTHING_UNLESS_SET,
    ChargeRate,
    RateKind,
    RevenueThreshold,
    Sellers,
    TaxedAs,
)


class RatesMissing(Unavailable):
    """No rate of some kind is in force on the day, so nothing can be sold."""

    message = lazy_gettext(
        "Orders cannot be taken today: the village office has not set all of its rates."
    )


@dataclass(frozen=True, slots=True)
class RateBook:
    """The rates in force on one day, by kind and whose sales they are for."""

    on: date
    basis_points: Mapping[tuple[RateKind, Sellers, TaxedAs], int]

    def for_seller(self, seller: Sellers) -> Rates:
        """Raises RatesMissing when one of them was never set."""
        return Rates(
            **{field.name: self._rate(RateKind(field.name), seller) for field in fields(Rates)}
        )

    def withheld(self, seller: Sellers, taxed_as: TaxedAs, base: int) -> Withheld:
        """What is withheld of pieces of one kind of supply. Raises RatesMissing."""
        vat_rate = self._rate(RateKind.WITHHELD_VAT, seller, taxed_as)
        pit_rate = self._rate(RateKind.WITHHELD_PIT, seller, taxed_as)
        return withhold(taxed_as, base, vat_rate=vat_rate, pit_rate=pit_rate)

    def _rate(self, kind: RateKind, seller: Sellers, taxed_as: TaxedAs = TaxedAs.GOODS) -> int:
        key = (
            kind,
            seller if kind.is_per_seller else Sellers.ALL,
            taxed_as if kind.is_per_supply else TaxedAs.ALL,
        )
        if key in self.basis_points:
            return self.basis_points[key]
        if kind in NOTHING_UNLESS_SET:
            return 0
        raise RatesMissing


def charge_rates(on: date) -> RateBook:
    """What is in force on a day; one SQL statement."""
    rows = db.session.execute(
        select(ChargeRate.kind, ChargeRate.sellers, ChargeRate.taxed_as, ChargeRate.basis_points)
        .where(ChargeRate.withdrawn_at.is_(None), ChargeRate.valid_from <= on)
        .order_by(ChargeRate.valid_from)
    )
    return RateBook(on, {(kind, who, what): points for kind, who, what, points in rows})


def share_in_force(kind: RateKind, on: date) -> int:
    """Hundredths of a percent on a day in Hà Nội, of what is the same for all sellers.

    0 when the village has set none and need not; else raises RatesMissing.
    """
    points = db.session.scalar(
        select(ChargeRate.basis_points)
        .where(
            ChargeRate.kind == kind,
            ChargeRate.sellers == Sellers.ALL,
            ChargeRate.withdrawn_at.is_(None),
            ChargeRate.valid_from <= on,
        )
        .order_by(ChargeRate.valid_from.desc())
        .limit(1)
    )
    if points is None and kind not in NOTHING_UNLESS_SET:
        raise RatesMissing
    return points or 0


@dataclass(frozen=True, slots=True)
class RateRow:
    """`valid_to` is the day before the next of its kind begins, None while none is set."""

    id: int
    kind: RateKind
    sellers: Sellers
    taxed_as: TaxedAs
    basis_points: int
    valid_from: date
    valid_to: date | None
    source: str
    set_at: datetime
    set_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None

    def is_in_force(self, on: date) -> bool:
        ended = self.valid_to is not None and self.valid_to < on
        return self.withdrawn_at is None and self.valid_from <= on and not ended


def rate_rows() -> list[RateRow]:
    """Every rate, by kind and seller, the newest first; one SQL statement."""
    setter, withdrawer = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(ChargeRate, setter.name, withdrawer.name)
        .outerjoin(setter, setter.id == ChargeRate.set_by_id)
        .outerjoin(withdrawer, withdrawer.id == ChargeRate.withdrawn_by_id)
        .order_by(ChargeRate.valid_from.desc(), ChargeRate.id.desc())
    ).all()
    next_from: dict[tuple[RateKind, Sellers, TaxedAs], date] = {}
    found = []
    for rate, set_by, withdrawn_by in rows:
        key = rate.kind, rate.sellers, rate.taxed_as
        following = next_from.get(key) if rate.withdrawn_at is None else None
        found.append(_row(rate, following, set_by, withdrawn_by))
        if rate.withdrawn_at is None:
            next_from[key] = rate.valid_from
    return sorted(found, key=_place)


def _place(row: RateRow) -> tuple[int, int, int]:
    return (
        list(RateKind).index(row.kind),
        list(Sellers).index(row.sellers),
        list(TaxedAs).index(row.taxed_as),
    )


def _row(
    rate: ChargeRate, following: date | None, set_by: str | None, withdrawn_by: str | None
) -> RateRow:
    return RateRow(
        id=rate.id,
        kind=rate.kind,
        sellers=rate.sellers,
        taxed_as=rate.taxed_as,
        basis_points=rate.basis_points,
        valid_from=rate.valid_from,
        valid_to=following - timedelta(days=1) if following else None,
        source=rate.source,
        set_at=rate.created_at,
        set_by=set_by,
        withdrawn_at=rate.withdrawn_at,
        withdrawn_by=withdrawn_by,
    )


def revenue_threshold(on: date) -> RevenueThreshold | None:
    """The threshold of the day, if one is known."""
    return db.session.scalar(
        select(RevenueThreshold)
        .where(RevenueThreshold.valid_from <= on)
        .order_by(RevenueThreshold.valid_from.desc())
        .limit(1)
    )
