"""What a parcel costs: the larger of real and volumetric weight, steps, packing, limits."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from shop.core.db import db
from shop.shipping.models import Carrier, DeliveryKind, Fragility, ShippingRate, Zone
from shop.shipping.queries import rate_book
from shop.shipping.quotes import (
    COLLECTION,
    CarrierTerms,
    Packing,
    ParcelPiece,
    RateBook,
    ZoneRate,
    delivery_options,
)
from tests.factories import make_rates

FAST = CarrierTerms("fast", "Nhanh", "Fast", 30_000, 1500, 6000, None)
HEAVY = CarrierTerms("heavy", "Nặng", "Heavy", 50_000, 2000, 5000, None)
BOOK = RateBook(
    carriers=(HEAVY, FAST),
    rates={
        ("fast", Zone.HA_NOI): ZoneRate(2000, 30_000, 500, 5_000, 1, 2),
        ("heavy", Zone.HA_NOI): ZoneRate(5000, 60_000, 1000, 4_000, 2, 4),
        ("fast", Zone.ABROAD): ZoneRate(2000, 690_000, 500, 150_000, 7, 14),
    },
    packing={Fragility.DELICATE: Packing(18_000, 400, "Thùng gỗ", "Wooden crate")},
)


def piece(weight: int = 2000, side: int = 200, quantity: int = 1, **values: object) -> ParcelPiece:
    return ParcelPiece(
        **{  # type: ignore[arg-type]
            "quantity": quantity,
            "weight_g": weight,
            "length_mm": side,
            "width_mm": side,
            "height_mm": side,
            "fragility": Fragility.STURDY,
            **values,
        }
    )


def prices(*pieces: ParcelPiece, zone: Zone = Zone.HA_NOI) -> dict[str, int]:
    return {option.code: option.price for option in delivery_options(pieces, zone, BOOK)}


def test_real_weight_is_billed_in_started_steps() -> None:
    assert prices(piece(2000))["carrier:fast"] == 30_000
    assert prices(piece(2001))["carrier:fast"] == 35_000
    assert prices(piece(2500))["carrier:fast"] == 35_000


def test_a_light_large_parcel_is_billed_by_volume() -> None:
    # 40³ cm³ = 64,000 cm³: at 6000 cm³/kg 10.67 kg, at 5000 12.8 kg.
    found = {
        option.code: option.billed_weight_g
        for option in delivery_options([piece(1000, side=400)], Zone.HA_NOI, BOOK)
    }
    assert found == {"carrier:fast": 10_667, "carrier:heavy": 12_800, COLLECTION: 1000}


def test_packing_adds_money_and_weight_for_each_piece() -> None:
    two = piece(1000, quantity=2, fragility=Fragility.DELICATE)
    # 2×(1000+400) g = 2.8 kg: two steps above 2 kg; 2×18.000 for the crates.
    assert prices(two)["carrier:fast"] == 30_000 + 2 * 5_000 + 36_000


def test_the_cheapest_comes_first_and_collection_last() -> None:
    assert list(prices(piece())) == ["carrier:fast", "carrier:heavy", COLLECTION]


@pytest.mark.parametrize("large", [piece(51_000, side=100), piece(side=2100)])
def test_over_every_limit_only_collection_is_offered(large: ParcelPiece) -> None:
    (only,) = delivery_options([large], Zone.HA_NOI, BOOK)
    assert (only.kind, only.price) == (DeliveryKind.COLLECTION, 0)


def test_abroad_is_not_asked_to_come_to_the_village_while_a_carrier_goes_there() -> None:
    assert list(prices(piece(), zone=Zone.ABROAD)) == ["carrier:fast"]
    assert list(prices(piece(side=1600), zone=Zone.ABROAD)) == [COLLECTION]


@given(
    st.lists(
        st.builds(
            piece,
            weight=st.integers(50, 20_000),
            side=st.integers(50, 900),
            quantity=st.integers(1, 6),
            fragility=st.sampled_from(Fragility),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_one_more_piece_never_makes_the_parcel_cheaper(pieces: list[ParcelPiece]) -> None:
    before, after = prices(*pieces), prices(*pieces, piece(100, side=60))
    assert all(after[code] >= before[code] for code in after)


def test_rates_hold_on_their_days_only(context: Flask) -> None:
    make_rates()
    carrier = db.session.query(Carrier).one()
    old = db.session.query(ShippingRate).filter_by(zone=Zone.HA_NOI).one()
    old.valid_to = date(2026, 11, 30)
    db.session.add(
        ShippingRate(
            carrier_id=carrier.id,
            zone=Zone.HA_NOI,
            first_weight_g=2000,
            first_price=33_000,
            step_weight_g=500,
            step_price=5000,
            days_from=1,
            days_to=3,
            valid_from=date(2026, 12, 1),
            source="test",
        )
    )
    db.session.flush()
    in_force = [
        rate_book(on).rates["ghn", Zone.HA_NOI].first_price
        for on in (date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert in_force == [30_000, 33_000]
    assert ("ghn", Zone.HA_NOI) not in rate_book(date(2025, 12, 31)).rates
