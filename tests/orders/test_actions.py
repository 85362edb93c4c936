"""An order's way from the workshop's bench to the door, and what it refuses on the way."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import Person
from shop.catalogue.models import Variant
from shop.checkout.actions import place_order
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.actions import (
    WrongAmount,
    WrongMove,
    claim_guest_orders,
    confirm_order,
    deliver_order,
    order_for_update,
    pack_order,
    record_cash,
    ship_order,
)
from shop.orders.models import (
    ORDER_MOVES,
    Order,
    OrderEvent,
    OrderGroup,
    OrderStatus,
)
from shop.payments.models import Payment, PaymentStatus
from shop.shipping.models import DeliveryKind
from shop.shipping.quotes import COLLECTION
from tests.checkout.buying import orders_of, place, purchase_of, stock_adds_up
from tests.factories import (
    NOW,
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)


@pytest.fixture
def placed(context: Flask, settings: Settings) -> tuple[Order, Person]:
    make_rates()
    workshop = make_workshop()
    member = make_member(workshop)
    cart, _ = make_cart((variant_of(make_product(workshop)), 2))
    (order,) = orders_of(place(settings, cart))
    return order, member


def locked(order: Order) -> Order:
    return order_for_update(order.public_id, [order.workshop_id])


def ship(order: Order, by: Person) -> None:
    ship_order(
        order,
        carrier_code="ghn",
        carrier_name="Giao Hàng Nhanh",
        tracking_number="GHN123",
        by=by,
        at=NOW,
    )


def test_the_whole_way_is_recorded_and_stock_leaves_when_shipped(
    placed: tuple[Order, Person],
) -> None:
    order, member = placed
    with transaction():
        confirm_order(locked(order), by=member, at=NOW)
        pack_order(locked(order), by=member, at=NOW)
    with transaction():
        ship(locked(order), member)
    with transaction():
        deliver_order(locked(order), by=member, at=NOW)
    events = db.session.execute(
        select(OrderEvent.to_status, OrderEvent.by_person_id).order_by(OrderEvent.id)
    ).all()
    assert [tuple(event) for event in events] == [
        (OrderStatus.PLACED, None),
        (OrderStatus.CONFIRMED, member.id),
        (OrderStatus.PACKED, member.id),
        (OrderStatus.SHIPPED, member.id),
        (OrderStatus.DELIVERED, member.id),
    ]
    variant = db.session.scalars(select(Variant)).one()
    assert (variant.on_hand, variant.allocated) == (3, 0)
    assert stock_adds_up()


def test_a_step_taken_twice_is_told_so(placed: tuple[Order, Person]) -> None:
    order, member = placed
    with transaction():
        confirm_order(locked(order), by=member, at=NOW)
    with pytest.raises(WrongMove), transaction():
        confirm_order(locked(order), by=member, at=NOW)
    with pytest.raises(WrongMove), transaction():
        ship(locked(order), member)


def test_another_workshop_does_not_find_the_order(placed: tuple[Order, Person]) -> None:
    order, _ = placed
    with pytest.raises(Missing):
        order_for_update(order.public_id, [order.workshop_id + 1])
    with pytest.raises(Missing):
        order_for_update("unknown", [order.workshop_id])


def test_cash_is_the_whole_sum_due_once(placed: tuple[Order, Person]) -> None:
    order, member = placed
    with pytest.raises(WrongMove), transaction():
        record_cash(locked(order), order.total, by=member, at=NOW)
    with transaction():
        confirm_order(locked(order), by=member, at=NOW)
        pack_order(locked(order), by=member, at=NOW)
        ship(locked(order), member)
    with pytest.raises(WrongAmount) as caught, transaction():
        record_cash(locked(order), order.total - 1, by=member, at=NOW)
    assert caught.value.due == order.total
    with transaction():
        record_cash(locked(order), order.total, by=member, at=NOW)
    with pytest.raises(WrongMove), transaction():
        record_cash(locked(order), order.total, by=member, at=NOW)
    assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.PAID


def test_cash_of_two_parcels_is_paid_when_both_have_come(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    first, second = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
    member = make_member(first)
    cart, _ = make_cart(
        (variant_of(make_product(first)), 1), (variant_of(make_product(second, "chum")), 1)
    )
    statuses = []
    for order in orders_of(place(settings, cart)):
        with transaction():
            confirm_order(locked(order), by=member, at=NOW)
            pack_order(locked(order), by=member, at=NOW)
            record_cash(locked(order), order.total, by=member, at=NOW)
        statuses.append(db.session.scalars(select(Payment.status)).one())
    assert statuses == [PaymentStatus.AWAITING, PaymentStatus.PAID]


def test_what_is_collected_is_never_shipped_and_leaves_the_shelf_when_fetched(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    workshop = make_workshop()
    member = make_member(workshop)
    vase = variant_of(make_product(workshop))
    cart, _ = make_cart((vase, 1))
    db.session.commit()
    purchase = purchase_of(cart, delivery=COLLECTION)
    with transaction():
        group = place_order(purchase, settings, NOW)
    (order,) = orders_of(group)
    assert (order.delivery_kind, order.shipping_total) == (DeliveryKind.COLLECTION, 0)
    with transaction():
        confirm_order(locked(order), by=member, at=NOW)
        pack_order(locked(order), by=member, at=NOW)
    with pytest.raises(WrongMove), transaction():
        ship(locked(order), member)
    with transaction():
        deliver_order(locked(order), by=member, at=NOW)
    db.session.refresh(vase)
    assert (vase.on_hand, vase.allocated) == (4, 0)
    assert stock_adds_up()


def test_a_carriers_parcel_cannot_arrive_before_it_left(placed: tuple[Order, Person]) -> None:
    order, member = placed
    with transaction():
        confirm_order(locked(order), by=member, at=NOW)
        pack_order(locked(order), by=member, at=NOW)
    with pytest.raises(WrongMove), transaction():
        deliver_order(locked(order), by=member, at=NOW)


def test_guest_orders_are_claimed_by_a_proven_address_only(
    placed: tuple[Order, Person], settings: Settings
) -> None:
    order, _ = placed
    unproven = make_person(email="lan@example.vn", email_proven_at=None)
    db.session.commit()
    with transaction():
        assert claim_guest_orders(unproven) == 0
    with transaction():
        unproven.email_proven_at = NOW
        assert claim_guest_orders(unproven) == 1
        assert claim_guest_orders(unproven) == 0
    group = db.session.get_one(OrderGroup, order.group_id)
    assert group.person_id == unproven.id


def test_every_status_has_its_moves_and_delivered_is_the_end() -> None:
    assert set(ORDER_MOVES) == set(OrderStatus)
    assert ORDER_MOVES[OrderStatus.DELIVERED] == frozenset()
