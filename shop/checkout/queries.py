"""What the checkout shows before anything is written: parcels, ways of delivery, ways to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import LazyString, lazy_gettext

from shop.accounts.places import province
from shop.cart.queries import CartItem, cart_items
from shop.core.settings import Settings
from shop.payments.models import PaymentMethod
from shop.payments.stripe_gateway import charge_limits
from shop.shipping.models import DeliveryKind, Zone
from shop.shipping.queries import rate_book
from shop.shipping.quotes import DeliveryOption, ParcelPiece, delivery_options


@dataclass(frozen=True, slots=True)
class ParcelPreview:
    """One workshop's part; `options` is empty while the destination is not known."""

    workshop_id: int
    workshop_slug: str
    workshop_name_vi: str
    workshop_name_en: str
    items: tuple[CartItem, ...]
    options: tuple[DeliveryOption, ...]

    @property
    def items_total(self) -> int:
        return sum(item.total for item in self.items)

    @property
    def lead_days(self) -> int:
        """Days until the slowest made-to-order piece is ready; 0 when all are at hand."""
        return max((item.lead_days or 0 for item in self.items), default=0)

    @property
    def over_limit(self) -> bool:
        """No carrier takes it there, so it can only be collected."""
        return bool(self.options) and all(
            option.kind is DeliveryKind.COLLECTION for option in self.options
        )

    def option(self, code: str | None) -> DeliveryOption | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Preview:
    parcels: tuple[ParcelPreview, ...]
    zone: Zone | None

    @property
    def items_total(self) -> int:
        return sum(parcel.items_total for parcel in self.parcels)

    @property
    def items(self) -> tuple[CartItem, ...]:
        return tuple(item for parcel in self.parcels for item in parcel.items)


def zone_of(country: str | None, province_code: str | None) -> Zone | None:
    """Which rates apply; None while the address does not say."""
    if not country:
        return None
    if country != "VN":
        return Zone.ABROAD
    found = province(province_code) if province_code else None
    return Zone(found.zone) if found else None


def _pieces(items: tuple[CartItem, ...]) -> list[ParcelPiece]:
    return [
        ParcelPiece(
            item.quantity,
            item.packed_weight_g,
            item.packed_length_mm,
            item.packed_width_mm,
            item.packed_height_mm,
            item.fragility,
        )
        for item in items
    ]


def preview(cart_id: int, country: str | None, province_code: str | None, on: date) -> Preview:
    """The basket as parcels, priced for the destination when it is known; 3 SQL at most."""
    zone = zone_of(country, province_code)
    book = rate_book(on) if zone else None
    parcels = []
    ordered = sorted(cart_items(cart_id), key=lambda item: item.workshop_id)
    for workshop_id, group in groupby(ordered, key=lambda item: item.workshop_id):
        items = tuple(group)
        options = delivery_options(_pieces(items), zone, book) if zone and book else []
        parcels.append(
            ParcelPreview(
                workshop_id,
                items[0].workshop_slug,
                items[0].workshop_name_vi,
                items[0].workshop_name_en,
                items,
                tuple(options),
            )
        )
    return Preview(tuple(parcels), zone)


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A way to pay; `reason` says why it cannot be used for this order, else None."""

    method: PaymentMethod
    reason: LazyString | None


def method_choices(settings: Settings, total: int, *, abroad: bool) -> list[MethodChoice]:
    """The ways to pay this site takes at all, each usable or with the reason why not."""
    choices = []
    if settings.bank:
        choices.append(MethodChoice(PaymentMethod.VIETQR, None))
    cash_reason = lazy_gettext("Cash on delivery is for addresses in Vietnam.") if abroad else None
    choices.append(MethodChoice(PaymentMethod.CASH, cash_reason))
    if settings.takes_cards:
        choices.append(MethodChoice(PaymentMethod.STRIPE, _why_no_card(total)))
    return choices


def _why_no_card(total: int) -> LazyString | None:
    least, most = charge_limits()
    if total > most:
        return lazy_gettext("Card payments are limited to ₫99,999,999.")
    if total < least:
        return lazy_gettext("The sum is too small for a card payment.")
    return None
