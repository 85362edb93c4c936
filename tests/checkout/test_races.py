"""Many buyers at once: what one may have, one gets, on both databases with real concurrency."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import Person
from shop.catalogue.models import Supply, Variant
from shop.checkout.actions import (
    Settled,
    cancel_unpaid,
    lapse_payment,
    place_order,
    settle_payment,
)
from shop.checkout.purchase import Purchase, SoldOut
from shop.core.db import db
from shop.core.errors import ShopError
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.actions import confirm_order, order_for_update
from shop.orders.models import ActorKind, Order, OrderGroup, OrderStatus
from shop.payments.models import Payment, PaymentMethod, Refund
from tests.checkout.buying import orders_of, place, purchase_of, stock_adds_up
from tests.factories import (
    NOW,
    make_cart,
    make_member,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)

BUYERS = 50


def at_once(app: Flask, works: list[Callable[[], str]]) -> Counter[str]:
    """Run every work in a thread of its own, all let go at the same moment."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], str]) -> str:
        with app.app_context():
            gate.wait()
            try:
                return work()
            except ShopError as error:
                return type(error).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return Counter(pool.map(run, works))


def _placing(purchase: Purchase, settings: Settings) -> Callable[[], str]:
    def work() -> str:
        with transaction():
            place_order(purchase, settings, NOW)
        return "placed"

    return work


def test_fifty_buyers_after_one_piece_make_exactly_one_order(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    vase = variant_of(make_product(make_workshop(), supply=Supply.ONE_OF_A_KIND))
    carts = [make_cart((vase, 1))[0] for _ in range(BUYERS)]
    db.session.commit()
    purchases = [purchase_of(cart) for cart in carts]
    db.session.rollback()
    outcomes = at_once(context, [_placing(purchase, settings) for purchase in purchases])
    assert outcomes == {"placed": 1, SoldOut.__name__: BUYERS - 1}
    assert db.session.scalar(select(func.count()).select_from(OrderGroup)) == 1
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 1
    fresh = db.session.get_one(Variant, vase.id, populate_existing=True)
    assert (fresh.on_hand, fresh.allocated) == (1, 1)
    assert stock_adds_up()


def test_baskets_with_the_same_pieces_in_any_order_never_deadlock(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    first = variant_of(make_product(make_workshop(), stock=12))
    second = variant_of(make_product(make_workshop("lo-bau-do", "Lò Bầu Đỏ"), "chum", stock=12))
    carts = [
        make_cart((first, 1), (second, 1))[0] if n % 2 else make_cart((second, 1), (first, 1))[0]
        for n in range(24)
    ]
    db.session.commit()
    purchases = [purchase_of(cart) for cart in carts]
    db.session.rollback()
    outcomes = at_once(context, [_placing(purchase, settings) for purchase in purchases])
    assert outcomes == {"placed": 12, SoldOut.__name__: 12}
    assert stock_adds_up()


def test_a_double_click_places_one_order(context: Flask, settings: Settings) -> None:
    make_rates()
    cart, _ = make_cart((variant_of(make_product(make_workshop())), 1))
    db.session.commit()
    purchase = purchase_of(cart)
    db.session.rollback()
    assert at_once(context, [_placing(purchase, settings)] * 8) == {"placed": 8}
    assert db.session.scalar(select(func.count()).select_from(OrderGroup)) == 1


def test_money_that_arrives_twenty_times_settles_once(context: Flask, settings: Settings) -> None:
    make_rates()
    cart, _ = make_cart((variant_of(make_product(make_workshop())), 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    payment_id, total = group.payment_id, group.total
    db.session.rollback()

    def settle() -> str:
        with transaction():
            return settle_payment(payment_id, total, at=NOW).outcome.value

    assert at_once(context, [settle] * 20) == {Settled.ON_TIME: 1, Settled.ALREADY: 19}


def test_paying_lapsing_and_cancelling_at_once_leave_the_books_right(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    vase = variant_of(make_product(make_workshop(), supply=Supply.ONE_OF_A_KIND))
    late = NOW + timedelta(days=4)
    cart, _ = make_cart((vase, 1))
    group = place(settings, cart, method=PaymentMethod.VIETQR)
    payment_id, total, group_id = group.payment_id, group.total, group.id
    db.session.rollback()

    def settle() -> str:
        with transaction():
            return settle_payment(payment_id, total, at=late).outcome.value

    def lapse() -> str:
        with transaction():
            return "lapsed" if lapse_payment(payment_id, at=late) else "not due"

    def cancel() -> str:
        with transaction():
            cancel_unpaid(payment_id, by=ActorKind.BUYER, at=late)
        return "cancelled"

    at_once(context, [settle, lapse, cancel] * 6)
    order = db.session.scalars(select(Order).where(Order.group_id == group_id)).one()
    refunds = db.session.scalar(select(func.count()).select_from(Refund))
    # The money came once. Paid first, or lapsed and revived: the order stands. Cancelled by the
    # buyer first: all goes back.
    assert (order.status, refunds) in {(OrderStatus.PLACED, 0), (OrderStatus.CANCELLED, 1)}
    assert stock_adds_up()


def test_cash_recorded_while_the_buyer_cancels_never_deadlocks(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    workshop = make_workshop()
    member = make_member(workshop)
    member_id, workshop_id = member.id, workshop.id
    cart, _ = make_cart((variant_of(make_product(workshop)), 1))
    group = place(settings, cart)
    payment_id = group.payment_id
    (order,) = orders_of(group)
    public_id = order.public_id
    db.session.rollback()

    def confirm() -> str:
        with transaction():
            found = order_for_update(public_id, [workshop_id])
            confirm_order(found, by=db.session.get_one(Person, member_id), at=NOW)
        return "confirmed"

    def cancel() -> str:
        with transaction():
            cancel_unpaid(payment_id, by=ActorKind.BUYER, at=NOW)
        return "cancelled"

    outcomes = at_once(context, [confirm, cancel] * 8)
    assert outcomes["confirmed"] + outcomes["cancelled"] == 1
    assert stock_adds_up()


def test_late_money_for_crossed_orders_never_deadlocks(context: Flask, settings: Settings) -> None:
    """Two lapsed groups hold the same three pieces in crossed workshops; both are paid at once."""
    make_rates()
    first, second = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
    one = variant_of(make_product(first, "mot", stock=9))
    two = variant_of(make_product(second, "hai", stock=9))
    three = variant_of(make_product(first, "ba", stock=9))
    late = NOW + timedelta(days=4)
    totals = {}
    for _ in range(8):
        cart, _token = make_cart((one, 1), (two, 1), (three, 1))
        group = place(settings, cart, method=PaymentMethod.VIETQR)
        totals[group.payment_id] = group.total
    for payment_id in totals:
        with transaction():
            lapse_payment(payment_id, at=late)

    def settling(payment_id: int, total: int) -> Callable[[], str]:
        def work() -> str:
            with transaction():
                return settle_payment(payment_id, total, at=late).outcome.value

        return work

    outcomes = at_once(context, [settling(*item) for item in totals.items()])
    assert outcomes == {Settled.LATE: 8}
    assert stock_adds_up()
