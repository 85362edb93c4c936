"""Steps that several checkout tests take."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shop.accounts.addresses import Address
from shop.cart.models import Cart
from shop.catalogue.models import StockMovement, Variant
from shop.checkout.actions import place_order
from shop.checkout.purchase import Purchase
from shop.checkout.queries import preview
from shop.core.db import db
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.actions import Buyer
from shop.orders.models import Order, OrderGroup
from shop.payments.models import PaymentMethod
from tests.factories import HOAN_KIEM, NOW


def buyer(address: Address = HOAN_KIEM, person_id: int | None = None) -> Buyer:
    return Buyer(
        person_id=person_id,
        language="vi",
        name="Trần Mai Lan",
        email="lan@example.vn",
        phone="+84912345678",
        note="",
        address=address,
    )


def purchase_of(
    cart: Cart,
    *,
    method: PaymentMethod = PaymentMethod.CASH,
    address: Address = HOAN_KIEM,
    total: int | None = None,
    delivery: str | None = None,
    gift: int = 0,
) -> Purchase:
    """Everything in the basket, by the first way of delivery, at the total shown now."""
    basket = preview(cart.id, address.country, address.province_code, NOW.date())
    chosen = {p.workshop_slug: delivery or p.options[0].code for p in basket.parcels}
    prices = [p.option(chosen[p.workshop_slug]) for p in basket.parcels]
    shown = basket.items_total + sum(option.price for option in prices if option) + gift
    return Purchase(
        cart_id=cart.id,
        buyer=buyer(address),
        method=method,
        deliveries=chosen,
        total_seen=shown if total is None else total,
        gift=gift,
    )


def place(
    settings: Settings,
    cart: Cart,
    *,
    method: PaymentMethod = PaymentMethod.CASH,
    gift: int = 0,
    at: datetime = NOW,
) -> OrderGroup:
    db.session.commit()
    purchase = purchase_of(cart, method=method, gift=gift)
    with transaction():
        return place_order(purchase, settings, at)


def orders_of(group: OrderGroup) -> list[Order]:
    return list(
        db.session.scalars(
            select(Order)
            .where(Order.group_id == group.id)
            .order_by(Order.id)
            .execution_options(populate_existing=True)
        )
    )


def stock_adds_up() -> bool:
    """Every variant's counts are the sums of its movements."""
    for variant in db.session.scalars(
        select(Variant).execution_options(populate_existing=True)
    ).all():
        movements = db.session.scalars(
            select(StockMovement).where(StockMovement.variant_id == variant.id)
        ).all()
        if variant.on_hand != sum(m.on_hand_change for m in movements):
            return False
        if variant.allocated != sum(m.allocated_change for m in movements):
            return False
    return True
