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
from shop.ledger.models import ChargeRate, RateKind, Sellers


@dataclass(frozen=True, slots=True)
class RateDetails:
    """Hundredths of a percent, from a day on; `source` says where the figure comes from."""

    kind: RateKind
    sellers: Sellers
    basis_points: int
    valid_from: date
    source: str


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
