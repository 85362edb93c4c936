"""Placing: one group, one order a workshop, one payment, and never more than there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.addresses import Address
from shop.catalogue.models import Supply, Variant
from shop.checkout.actions import Settled, cancel_unpaid, lapse_payment, place_order, settle_payment
from shop.checkout.purchase import (
    DeliveryUnavailable,
    EmptyBasket,
    MethodUnavailable,
    SoldOut,
    TotalChanged,
)
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.models import ActorKind, Order, OrderGroup, OrderStatus, PaymentShare
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund
from shop.payments.queries import overdue_payments
from tests.checkout.buying import orders_of, place, purchase_of, stock_adds_up
from tests.factories import (
    NOW,
    make_cart,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)

# Ordered on a Friday at 10:00, due on Saturday; the office looks at the statement on Monday.
LAPSED = timedelta(days=3, hours=8)
ABROAD = Address(country="FR", street="3 rue de la Paix", city="Paris", postcode="75002")


@pytest.fixture
def two_workshops(context: Flask) -> tuple[Variant, Variant]:
    make_rates()
    vase = make_product(make_workshop())
    jar = make_product(
        make_workshop("lo-bau-do", "Lò Bầu Đỏ"), "chum-nau", name_vi="Chum men nâu", price=1_250_000
    )
    db.session.commit()
    return variant_of(vase), variant_of(jar)


def test_one_order_a_workshop_and_one_payment(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    vase, jar = two_workshops
    cart, _ = make_cart((vase, 1), (jar, 2))
    group = place(settings, cart)
    orders = orders_of(group)
    # Each parcel: 30.000 for 2 kg (the second weighs 4 kg: 4 steps of 5.000) + 10.000 a piece.
    assert [order.shipping_total for order in orders] == [40_000, 70_000]
    assert group.items_total == 1_850_000 + 2 * 1_250_000
    assert group.total == group.items_total + 110_000
    payment = db.session.get_one(Payment, group.payment_id)
    shares = db.session.scalars(select(PaymentShare.amount).order_by(PaymentShare.id)).all()
    assert payment.amount == group.total == sum(shares)
    assert [order.status for order in orders] == [OrderStatus.PLACED] * 2
    db.session.refresh(vase)
    db.session.refresh(jar)
    assert (vase.available, jar.available) == (4, 3)
    assert stock_adds_up()


def test_placing_the_same_basket_again_returns_the_group_that_stands(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    cart, _ = make_cart((two_workshops[0], 1))
    db.session.commit()
    purchase = purchase_of(cart)
    with transaction():
        first = place_order(purchase, settings, NOW).id
    with transaction():
        again = place_order(purchase, settings, NOW).id
    assert again == first
    assert db.session.scalar(select(func.count()).select_from(OrderGroup)) == 1
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 1


def test_another_total_than_the_buyer_saw_is_asked_about(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    variant = two_workshops[0]
    cart, _ = make_cart((variant, 1))
    db.session.commit()
    purchase = purchase_of(cart)
    variant.price += 50_000
    db.session.commit()
    with pytest.raises(TotalChanged) as caught, transaction():
        place_order(purchase, settings, NOW)
    assert caught.value.fresh_total == purchase.total_seen + 50_000
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0


def test_a_sold_piece_is_named(two_workshops: tuple[Variant, Variant], settings: Settings) -> None:
    variant = two_workshops[0]
    cart, _ = make_cart((variant, 6))
    db.session.commit()
    purchase = purchase_of(cart)
    with pytest.raises(SoldOut) as caught, transaction():
        place_order(purchase, settings, NOW)
    assert [item.variant_id for item in caught.value.items] == [variant.id]


def test_made_to_order_is_never_out_of_stock(context: Flask, settings: Settings) -> None:
    make_rates()
    cup = variant_of(make_product(make_workshop(), supply=Supply.MADE_TO_ORDER, stock=0))
    # Forty vases would be over the carrier's limit; these are as light as cups.
    cup.packed_weight_g = 200
    cup.packed_length_mm = cup.packed_width_mm = cup.packed_height_mm = 80
    cart, _ = make_cart((cup, 40))
    group = place(settings, cart)
    (order,) = orders_of(group)
    assert order.lead_days == 30
    assert order.ship_by == NOW + timedelta(days=32)


def test_an_unknown_way_of_delivery_is_refused(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    cart, _ = make_cart((two_workshops[0], 1))
    db.session.commit()
    purchase = replace(purchase_of(cart), deliveries={"net-lam": "carrier:none"})
    with pytest.raises(DeliveryUnavailable), transaction():
        place_order(purchase, settings, NOW)


def test_no_cash_at_a_foreign_door(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    cart, _ = make_cart((two_workshops[0], 1))
    db.session.commit()
    purchase = purchase_of(cart, address=ABROAD)
    with pytest.raises(MethodUnavailable), transaction():
        place_order(purchase, settings, NOW)


def test_an_empty_basket_places_nothing(context: Flask, settings: Settings) -> None:
    cart, _ = make_cart()
    db.session.commit()
    with pytest.raises(EmptyBasket), transaction():
        place_order(purchase_of(cart), settings, NOW)


def test_unpaid_orders_give_their_stock_back(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    variant = two_workshops[0]
    cart, _ = make_cart((variant, 2))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    with transaction():
        assert lapse_payment(group.payment_id, at=NOW + timedelta(hours=23)) is None
    with transaction():
        assert lapse_payment(group.payment_id, at=NOW + LAPSED) == group.id
    with transaction():
        assert lapse_payment(group.payment_id, at=NOW + LAPSED) is None
    db.session.refresh(variant)
    assert variant.available == 5
    assert stock_adds_up()


def test_a_transfer_made_at_the_weekend_is_waited_for_until_the_office_has_looked(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    cart, _ = make_cart((two_workshops[0], 1))
    payment = db.session.get_one(
        Payment, place(settings, cart, method=PaymentMethod.VIETQR).payment_id
    )
    monday_at_five = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert payment.expires_at == NOW + timedelta(hours=24)
    assert payment.lapses_at == monday_at_five
    assert overdue_payments(monday_at_five - timedelta(minutes=1)) == []
    assert overdue_payments(monday_at_five) == [(payment.id, PaymentMethod.VIETQR)]


def test_money_for_a_cancelled_order_goes_back_whole(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    variant = two_workshops[0]
    cart, _ = make_cart((variant, 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    with transaction():
        settlement = settle_payment(group.payment_id, group.total, at=NOW)
    (order,) = orders_of(group)
    assert settlement.outcome is Settled.AFTER_CANCELLATION
    assert order.status is OrderStatus.CANCELLED
    assert db.session.scalars(select(Refund.amount)).all() == [group.total]
    db.session.refresh(variant)
    assert variant.available == 5


def test_money_in_time_starts_the_work_once(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    vase, jar = two_workshops
    cart, _ = make_cart((vase, 1), (jar, 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    assert {o.status for o in orders_of(group)} == {OrderStatus.AWAITING_PAYMENT}
    with transaction():
        first = settle_payment(group.payment_id, group.total, at=NOW)
    with transaction():
        again = settle_payment(group.payment_id, group.total, at=NOW)
    assert (first.outcome, again.outcome) == (Settled.ON_TIME, Settled.ALREADY)
    assert {o.status for o in orders_of(group)} == {OrderStatus.PLACED}
    shares = db.session.scalars(select(PaymentShare)).all()
    assert all(share.captured == share.amount for share in shares)


def test_another_amount_settles_nothing(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    cart, _ = make_cart((two_workshops[0], 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    with transaction():
        settlement = settle_payment(group.payment_id, group.total - 1, at=NOW)
    assert settlement.outcome is Settled.AMOUNT_DIFFERS
    assert db.session.get_one(Payment, group.payment_id).status is PaymentStatus.AWAITING


def test_late_money_is_honoured_where_the_piece_is_still_there_and_refunded_where_not(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    vase, jar = two_workshops
    cart, _ = make_cart((vase, 1), (jar, 5))
    late = NOW + LAPSED
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    with transaction():
        lapse_payment(group.payment_id, at=late)
    other, _ = make_cart((jar, 1))
    place(settings, other)
    with transaction():
        settlement = settle_payment(group.payment_id, group.total, at=late)
    kept, lost = orders_of(group)
    assert settlement.outcome is Settled.LATE
    assert (settlement.honoured, settlement.refunded) == ((kept.id,), (lost.id,))
    assert (kept.status, lost.status) == (OrderStatus.PLACED, OrderStatus.CANCELLED)
    (refund,) = db.session.scalars(select(Refund)).all()
    assert refund.amount == lost.total
    assert stock_adds_up()


def test_the_buyer_may_cancel_before_paying_and_not_after_the_workshop_began(
    two_workshops: tuple[Variant, Variant], settings: Settings
) -> None:
    variant = two_workshops[0]
    cart, _ = make_cart((variant, 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    with pytest.raises(Conflict), transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    db.session.refresh(variant)
    assert variant.available == 5
    assert stock_adds_up()
