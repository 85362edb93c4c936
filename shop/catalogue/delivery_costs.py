"""What sending a piece costs to each zone, by the carrier that does it for least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from shop.catalogue.models import Product, Variant
from shop.shipping.models import DeliveryKind, Zone
from shop.shipping.quotes import DeliveryOption, ParcelPiece, RateBook, delivery_options

ZONE_NAMES: dict[Zone, LazyString] = {
    Zone.HA_NOI: lazy_gettext("Hà Nội"),
    Zone.NORTH: lazy_gettext("The north"),
    Zone.CENTRE: lazy_gettext("The centre"),
    Zone.SOUTH: lazy_gettext("The south"),
    Zone.ABROAD: lazy_gettext("Abroad"),
}


@dataclass(frozen=True, slots=True)
class ZoneCost:
    """`option` is None where no carrier takes the piece and it is collected at the workshop."""

    zone: Zone
    name: LazyString
    option: DeliveryOption | None


@dataclass(frozen=True, slots=True)
class VariantCosts:
    variant: Variant
    zones: tuple[ZoneCost, ...]


def delivery_costs(product: Product, book: RateBook) -> list[VariantCosts]:
    """For one piece of each variant, in the zones' order from near to far."""
    return [
        VariantCosts(
            variant, tuple(_cost([_parcel(product, variant)], zone, book) for zone in Zone)
        )
        for variant in product.variants
    ]


def _parcel(product: Product, variant: Variant) -> ParcelPiece:
    return ParcelPiece(
        quantity=1,
        weight_g=variant.packed_weight_g,
        length_mm=variant.packed_length_mm,
        width_mm=variant.packed_width_mm,
        height_mm=variant.packed_height_mm,
        fragility=product.fragility,
    )


def _cost(pieces: Sequence[ParcelPiece], zone: Zone, book: RateBook) -> ZoneCost:
    carried = (
        option
        for option in delivery_options(pieces, zone, book)
        if option.kind is DeliveryKind.CARRIER
    )
    return ZoneCost(zone, ZONE_NAMES[zone], min(carried, key=lambda o: o.price, default=None))
