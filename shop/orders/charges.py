"""Freezing what an order is charged, on the day it is placed."""

from __future__ import annotations

from dataclasses import asdict

from shop.ledger.charges import charge
from shop.ledger.models import Sellers
from shop.ledger.queries.rates import RateBook
from shop.orders.models import Order, OrderCharges
from shop.workshops.models import SellerKind


def frozen_charges(order: Order, seller_kind: SellerKind, book: RateBook) -> OrderCharges:
    """The order's rates and sums, to be written once. Raises RatesMissing when one is not set."""
    rates = book.for_seller(Sellers(seller_kind.value))
    return OrderCharges(
        order_id=order.id,
        seller_kind=seller_kind,
        rates_of=book.on,
        **{f"{name}_rate": points for name, points in asdict(rates).items()},
        **asdict(charge(order.items_total, rates)),
    )
