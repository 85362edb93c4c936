"""Carriers, their dated rates and how each fragility class is packed. Rates are rows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Dong, Keyed, Text40, Text120, Text300


class Zone(StrEnum):
    HA_NOI = "ha-noi"
    NORTH = "north"
    CENTRE = "centre"
    SOUTH = "south"
    ABROAD = "abroad"


class Fragility(StrEnum):
    STURDY = "sturdy"
    STANDARD = "standard"
    DELICATE = "delicate"


class DeliveryKind(StrEnum):
    CARRIER = "carrier"
    COLLECTION = "collection"


class Carrier(Keyed, Base):
    """Limits are per parcel; the volumetric divisor is cm³ per kg (5000 or 6000 in practice)."""

    __tablename__ = "carrier"

    code: Mapped[Text40] = mapped_column(unique=True)
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    max_weight_g: Mapped[int]
    max_side_mm: Mapped[int]
    volumetric_divisor: Mapped[int]
    tracking_url: Mapped[Text300 | None]
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class ShippingRate(Keyed, Base):
    """Price of a parcel to a zone: the first weight, then each started step above it."""

    __tablename__ = "shipping_rate"
    __table_args__ = (
        Index(None, "carrier_id", "zone", "valid_from", unique=True),
        CheckConstraint("first_weight_g > 0 and step_weight_g > 0", name="has_steps"),
        CheckConstraint("first_price >= 0 and step_price >= 0", name="not_negative"),
        CheckConstraint("days_from <= days_to", name="days_in_order"),
    )

    carrier_id: Mapped[int] = mapped_column(ForeignKey("carrier.id"))
    zone: Mapped[Zone]
    first_weight_g: Mapped[int]
    first_price: Mapped[Dong]
    step_weight_g: Mapped[int]
    step_price: Mapped[Dong]
    days_from: Mapped[int]
    days_to: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[Text300]


class PackingRule(Keyed, Base):
    """What packing a piece of this fragility adds, per piece, and the words for the packer."""

    __tablename__ = "packing_rule"
    __table_args__ = (Index(None, "fragility", "valid_from", unique=True),)

    fragility: Mapped[Fragility]
    price: Mapped[Dong]
    extra_weight_g: Mapped[int]
    instruction_vi: Mapped[Text300]
    instruction_en: Mapped[Text300]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[Text300]
