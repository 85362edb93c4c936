"""The rates, carriers and packing rules in force on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_, select

from shop.core.db import db
from shop.shipping.models import Carrier, Fragility, PackingRule, ShippingRate, Zone
from shop.shipping.quotes import CarrierTerms, Packing, RateBook, ZoneRate


def _in_force(table: type[ShippingRate | PackingRule], on: date) -> ColumnElement[bool]:
    return (table.valid_from <= on) & or_(table.valid_to.is_(None), table.valid_to >= on)


def rate_book(on: date) -> RateBook:
    """Everything a quote needs, in two SQL statements. Later rows outdo earlier ones."""
    terms: dict[str, CarrierTerms] = {}
    rates: dict[tuple[str, Zone], ZoneRate] = {}
    rows = db.session.execute(
        select(Carrier, ShippingRate)
        .join(ShippingRate, ShippingRate.carrier_id == Carrier.id)
        .where(Carrier.active, _in_force(ShippingRate, on))
        .order_by(Carrier.position, Carrier.id, ShippingRate.valid_from)
    ).all()
    for carrier, rate in rows:
        terms[carrier.code] = CarrierTerms(
            carrier.code,
            carrier.name_vi,
            carrier.name_en,
            carrier.max_weight_g,
            carrier.max_side_mm,
            carrier.volumetric_divisor,
            carrier.tracking_url,
        )
        rates[carrier.code, rate.zone] = ZoneRate(
            rate.first_weight_g,
            rate.first_price,
            rate.step_weight_g,
            rate.step_price,
            rate.days_from,
            rate.days_to,
        )
    return RateBook(tuple(terms.values()), rates, packing_in_force(on))


def packing_in_force(on: date) -> dict[Fragility, Packing]:
    rules = db.session.scalars(
        select(PackingRule).where(_in_force(PackingRule, on)).order_by(PackingRule.valid_from)
    ).all()
    return {
        rule.fragility: Packing(
            rule.price, rule.extra_weight_g, rule.instruction_vi, rule.instruction_en
        )
        for rule in rules
    }


def carriers() -> list[Carrier]:
    """The carriers a workshop may hand a parcel to, in the office's order."""
    return list(
        db.session.scalars(
            select(Carrier).where(Carrier.active).order_by(Carrier.position, Carrier.id)
        )
    )
