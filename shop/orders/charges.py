"""Freezing what an order is charged, on the day it is placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from shop.core.db import Base
from shop.ledger.charges import charge
from shop.ledger.models import Sellers, TaxedAs
from shop.ledger.queries.rates import RateBook
from shop.orders.models import Order, OrderCharges, OrderLine, OrderWithholding
from shop.workshops.models import SellerKind


def frozen_charges(
    order: Order, lines: Iterable[OrderLine], seller_kind: SellerKind, book: RateBook
) -> tuple[OrderCharges, list[Base]]:
    """The order's rates and sums, and what is withheld of each kind of supply in it; all to be
    written once. Raises RatesMissing when a rate is not set."""
    seller = Sellers(seller_kind.value)
    rates = book.for_seller(seller)
    withheld = [book.withheld(seller, kind, base) for kind, base in bases(lines).items()]
    charges = OrderCharges(
        order_id=order.id,
        seller_kind=seller_kind,
        rates_of=book.on,
        **{f"{name}_rate": points for name, points in asdict(rates).items()},
        **asdict(charge(order.items_total, rates, withheld)),
    )
    return charges, [OrderWithholding(order_id=order.id, **asdict(part)) for part in withheld]


def bases(lines: Iterable[OrderLine]) -> dict[TaxedAs, int]:
    """What the pieces of each kind of supply cost, in đồng."""
    found: dict[TaxedAs, int] = {}
    for line in lines:
        kind = line.taxed_as or TaxedAs.GOODS
        found[kind] = found.get(kind, 0) + line.total
    return dict(sorted(found.items()))
