"""What a buyer asks for when placing, and how it can fall through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext

from shop.cart.queries import CartItem
from shop.core.errors import Conflict, Invalid
from shop.orders.actions import Buyer
from shop.payments.models import PaymentMethod


@dataclass(frozen=True, slots=True)
class Purchase:
    """`deliveries` maps a workshop's slug to the chosen option's code.

    `total_seen` in đồng; it includes `gift`, which is for the craft fund and never in cash.
    """

    cart_id: int
    buyer: Buyer
    method: PaymentMethod
    deliveries: Mapping[str, str]
    total_seen: int
    gift: int = 0


class EmptyBasket(Conflict):
    message = lazy_gettext("The basket is empty.")


class TotalChanged(Conflict):
    """The sum is no longer what the buyer saw; `fresh_total` is what it would be now."""

    message = lazy_gettext("The total has changed since you saw it.")

    def __init__(self, fresh_total: int) -> None:
        super().__init__()
        self.fresh_total = fresh_total


class SoldOut(Conflict):
    """Some pieces are gone or fewer are left than asked for; `items` are those."""

    message = lazy_gettext("A piece in the basket has been sold in the meantime.")

    def __init__(self, items: tuple[CartItem, ...]) -> None:
        super().__init__()
        self.items = items


class DeliveryUnavailable(Invalid):
    """The chosen way of delivery does not exist for this parcel and address."""

    message = lazy_gettext("Choose how this parcel reaches you.")

    def __init__(self, workshop_slug: str) -> None:
        super().__init__()
        self.workshop_slug = workshop_slug


class MethodUnavailable(Invalid):
    message = lazy_gettext("This way of paying cannot be used for this order.")
