"""What the office does with carriers, their dated rates and how pieces are packed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid
from shop.shipping.models import Carrier, Fragility, PackingRule, ShippingRate, Zone


@dataclass(frozen=True, slots=True)
class CarrierDetails:
    """Limits are per parcel; the volumetric divisor is cm³ per kg."""

    name_vi: str
    name_en: str
    max_weight_g: int
    max_side_mm: int
    volumetric_divisor: int
    tracking_url: str | None = None
    position: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class RateDetails:
    """Prices in đồng; `valid_to` is the last day, None while no end is known."""

    first_weight_g: int
    first_price: int
    step_weight_g: int
    step_price: int
    days_from: int
    days_to: int
    source: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PackingDetails:
    """What one piece adds: đồng, grams, and the words for who packs it."""

    price: int
    extra_weight_g: int
    instruction_vi: str
    instruction_en: str
    source: str
    valid_to: date | None = None


def put_carrier(code: str, details: CarrierDetails) -> tuple[Carrier, bool]:
    """The carrier, new or brought up to date, and whether anything changed. Raises Invalid."""
    if min(details.max_weight_g, details.max_side_mm, details.volumetric_divisor) < 1:
        raise Invalid(lazy_gettext("A carrier's limits have to be more than zero."))
    carrier = db.session.scalar(select(Carrier).where(Carrier.code == code))
    if carrier is not None:
        return carrier, take_over(carrier, asdict(details))
    carrier = Carrier(code=code, **asdict(details))
    db.session.add(carrier)
    db.session.flush()
    return carrier, True


def put_rate(carrier: Carrier, zone: Zone, valid_from: date, details: RateDetails) -> bool:
    """Set what the carrier asks from that day on; False when that stands already. Raises Invalid.

    A later row outdoes an earlier one, so old rows stay as they were.
    """
    _refuse_wrong_rate(valid_from, details)
    rate = db.session.scalar(
        select(ShippingRate).where(
            ShippingRate.carrier_id == carrier.id,
            ShippingRate.zone == zone,
            ShippingRate.valid_from == valid_from,
        )
    )
    if rate is not None:
        return take_over(rate, asdict(details))
    db.session.add(
        ShippingRate(carrier_id=carrier.id, zone=zone, valid_from=valid_from, **asdict(details))
    )
    db.session.flush()
    return True


def _refuse_wrong_rate(valid_from: date, details: RateDetails) -> None:
    if min(details.first_weight_g, details.step_weight_g) < 1:
        raise Invalid(lazy_gettext("The weights of a rate have to be more than zero."))
    if min(details.first_price, details.step_price) < 0:
        raise Invalid(lazy_gettext("A price cannot be less than zero."))
    if not 0 <= details.days_from <= details.days_to:
        raise Invalid(lazy_gettext("The days on the way have to be in order."))
    _refuse_wrong_days(valid_from, details.valid_to)


def _refuse_wrong_days(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(lazy_gettext("The last day lies before the first."))


def put_packing_rule(fragility: Fragility, valid_from: date, details: PackingDetails) -> bool:
    """Set what packing adds from that day on; False when that stands already. Raises Invalid."""
    if min(details.price, details.extra_weight_g) < 0:
        raise Invalid(lazy_gettext("Packing cannot cost or weigh less than nothing."))
    _refuse_wrong_days(valid_from, details.valid_to)
    rule = db.session.scalar(
        select(PackingRule).where(
            PackingRule.fragility == fragility, PackingRule.valid_from == valid_from
        )
    )
    if rule is not None:
        return take_over(rule, asdict(details))
    db.session.add(PackingRule(fragility=fragility, valid_from=valid_from, **asdict(details)))
    db.session.flush()
    return True
