"""Setting what sales are charged from a day on. A rate that has begun stands for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.clock import HANOI
from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.money import BASIS_POINTS_IN_WHOLE
from shop.ledger.models import ChargeRate, RateKind, RevenueThreshold, Sellers, TaxedAs


@dataclass(frozen=True, slots=True)
class RateDetails:
    """Hundredths of a percent, from a day on; `source` says where the figure comes from.

    What is withheld is for one kind of supply: goods, unless `taxed_as` says another.
    """

    kind: RateKind
    sellers: Sellers
    basis_points: int
    valid_from: date
    source: str
    taxed_as: TaxedAs = TaxedAs.ALL

    @property
    def supply(self) -> TaxedAs:
        is_unsaid = self.kind.is_per_supply and self.taxed_as is TaxedAs.ALL
        return TaxedAs.GOODS if is_unsaid else self.taxed_as


def put_rate(details: RateDetails, *, by_id: int | None, at: datetime) -> bool:
    """Set the rate from its day on; False when the very same stands already.

    Raises Invalid for a figure that cannot be one, and when another stands for that day: what
    has been set is not set over.
    """
    _refuse_wrong(details)
    standing = db.session.scalar(
        select(ChargeRate).where(
            ChargeRate.kind == details.kind,
            ChargeRate.sellers == details.sellers,
            ChargeRate.taxed_as == details.supply,
            ChargeRate.valid_from == details.valid_from,
            ChargeRate.withdrawn_at.is_(None),
        )
    )
    if standing is not None:
        if standing.basis_points != details.basis_points:
            message = lazy_gettext("Another rate begins on this day. Choose another day.")
            raise Invalid(fields={"valid_from": message})
        return False
    db.session.add(
        ChargeRate(
            kind=details.kind,
            sellers=details.sellers,
            taxed_as=details.supply,
            basis_points=details.basis_points,
            valid_from=details.valid_from,
            source=details.source,
            set_by_id=by_id,
            created_at=at,
        )
    )
    db.session.flush()
    return True


def _refuse_wrong(details: RateDetails) -> None:
    if not 0 <= details.basis_points <= BASIS_POINTS_IN_WHOLE:
        raise Invalid(fields={"percent": lazy_gettext("A rate is between 0 and 100 %.")})
    if not details.source:
        raise Invalid(fields={"source": lazy_gettext("Say where this rate comes from.")})
    if details.kind.is_per_seller == (details.sellers is Sellers.ALL):
        message = (
            lazy_gettext("Say which kind of seller this tax is for.")
            if details.kind.is_per_seller
            else lazy_gettext("This rate is the same for all sellers.")
        )
        raise Invalid(fields={"sellers": message})
    if details.taxed_as is not TaxedAs.ALL and not details.kind.is_per_supply:
        message = lazy_gettext("This rate is the same for everything that is sold.")
        raise Invalid(fields={"taxed_as": message})


def put_future_rate(details: RateDetails, *, by_id: int, at: datetime) -> None:
    """As put_rate, for the office: from tomorrow on, so that no day's sales change under way."""
    if details.valid_from <= at.astimezone(HANOI).date():
        raise Invalid(fields={"valid_from": lazy_gettext("A new rate begins tomorrow or later.")})
    if not put_rate(details, by_id=by_id, at=at):
        raise Invalid(fields={"valid_from": lazy_gettext("This very rate is set already.")})


def withdraw_rate(rate_id: int, *, by_id: int, at: datetime) -> None:
    """Take back a rate that has not begun; the one before it goes on.

    Raises Missing, or Conflict once it has begun or is withdrawn already.
    """
    rate = db.session.scalar(for_update(select(ChargeRate).where(ChargeRate.id == rate_id)))
    if rate is None:
        raise Missing
    if rate.withdrawn_at is not None or rate.valid_from <= at.astimezone(HANOI).date():
        raise Conflict(lazy_gettext("This rate has begun or has been withdrawn already."))
    rate.withdrawn_at, rate.withdrawn_by_id = at, by_id


def put_threshold(
    amount: int, valid_from: date, *, source: str, is_verified: bool, at: datetime
) -> None:
    """Know a year's threshold from a day on; what is known of that day stands."""
    query = select(RevenueThreshold.id).where(RevenueThreshold.valid_from == valid_from)
    if db.session.scalar(query) is None:
        row = RevenueThreshold(
            amount=amount,
            valid_from=valid_from,
            source=source,
            is_verified=is_verified,
            created_at=at,
        )
        db.session.add(row)
        db.session.flush()
