"""A product as search engines read it (schema.org Product with one Offer a variant)."""

from __future__ import annotations

from typing import Any

from shop.catalogue.models import Product, Supply, Variant
from shop.core.i18n import absolute_url, localized
from shop.core.structured_data import CONTEXT

NEW = f"{CONTEXT}/NewCondition"


def product_data(product: Product) -> dict[str, Any]:
    """The Product with its offers; prices are in đồng and include tax."""
    address = absolute_url("catalogue.product", slug=product.slug)
    data: dict[str, Any] = {
        "@type": "Product",
        "name": localized(product, "name"),
        "description": localized(product, "summary"),
        "url": address,
        "image": [
            absolute_url("media.original", public_id=photo.image.public_id)
            for photo in product.photos
        ],
        "category": localized(product.form, "name"),
        "material": localized(product.variants[0].glaze, "name"),
        "sku": product.variants[0].sku,
        "brand": {"@type": "Brand", "name": localized(product.workshop, "name")},
        "offers": [_offer(product, variant, address) for variant in product.variants],
    }
    return {key: value for key, value in data.items() if value}


def _offer(product: Product, variant: Variant, address: str) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "name": " – ".join(
            part for part in (localized(product, "name"), localized(variant, "label")) if part
        ),
        "url": address,
        "price": str(variant.price),
        "priceCurrency": "VND",
        "availability": f"{CONTEXT}/{_availability(product, variant)}",
        "itemCondition": NEW,
        "seller": {
            "@type": "Organization",
            "name": localized(product.workshop, "name"),
            "url": absolute_url("workshops.workshop", slug=product.workshop.slug),
        },
    }


def _availability(product: Product, variant: Variant) -> str:
    if not product.workshop.is_open:
        return "OutOfStock"
    if product.supply is Supply.MADE_TO_ORDER:
        return "MadeToOrder"
    if variant.available > 0:
        return "LimitedAvailability" if variant.available == 1 else "InStock"
    return "SoldOut" if product.is_one_of_a_kind else "OutOfStock"
