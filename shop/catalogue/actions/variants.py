"""What is bought of a product: its sizes, glazes and sets."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from shop.catalogue.actions.publication import refuse_incomplete
from shop.catalogue.actions.search_index import index_product
from shop.catalogue.models import Product, ProductStatus, Supply, Variant
from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message
from shop.heritage.actions import NOT_IN_LIST
from shop.heritage.models import Term, TermKind


class SkuTaken(Conflict):
    message = lazy_gettext("Another piece has this article number already.")


@dataclass(frozen=True, slots=True)
class VariantDetails:
    """What may be edited of a variant. Lengths in mm, weights in g, price in đồng."""

    glaze: Term
    price: int
    height_mm: int
    width_mm: int
    depth_mm: int
    weight_g: int
    packed_length_mm: int
    packed_width_mm: int
    packed_height_mm: int
    packed_weight_g: int
    label_vi: str = ""
    label_en: str = ""
    size_vi: str = ""
    size_en: str = ""
    set_count: int = 1
    position: int = 0
    active: bool = True


def add_variant(product: Product, sku: str, details: VariantDetails) -> Variant:
    """Something to buy, not in stock yet (see actions.stock).

    Raises Invalid, Conflict for a second variant of a one-of-a-kind piece, or SkuTaken, after
    which the transaction cannot go on.
    """
    _refuse_wrong_sizes(details)
    only_one = product.supply is Supply.ONE_OF_A_KIND
    if only_one and _count_variants(product):
        raise Conflict(lazy_gettext("A one-of-a-kind piece is one article."))
    variant = Variant(
        product_id=product.id, sku=sku, is_unique=only_one, **_variant_columns(details)
    )
    db.session.add(variant)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise SkuTaken from error
    index_product(product)
    return variant


def edit_variant(product: Product, variant: Variant, details: VariantDetails) -> bool:
    """Take over what changed; False when nothing did. Stock is not edited but moved.

    Raises Invalid, or NotPublishable when a published piece would have nothing left to buy.
    """
    _refuse_wrong_sizes(details)
    changed = take_over(variant, _variant_columns(details))
    if changed:
        db.session.flush()
        if product.status is ProductStatus.PUBLISHED:
            refuse_incomplete(product)
        index_product(product)
    return changed


def _variant_columns(details: VariantDetails) -> dict[str, object]:
    columns = {
        name: getattr(details, name) for name in details.__dataclass_fields__ if name != "glaze"
    }
    return {**columns, "glaze_id": details.glaze.id}


def _refuse_wrong_sizes(details: VariantDetails) -> None:
    wrong: dict[str, Message] = {
        name: lazy_gettext("This has to be more than zero.")
        for name, value in _variant_columns(details).items()
        if isinstance(value, int) and value < 1 and name not in ("position", "active")
    }
    if details.glaze.kind is not TermKind.GLAZE:
        wrong["glaze"] = NOT_IN_LIST
    if details.packed_weight_g < details.weight_g:
        wrong["packed_weight_g"] = lazy_gettext("Packed, a piece weighs more than by itself.")
    if wrong:
        raise Invalid(fields=wrong)


def _count_variants(product: Product) -> int:
    return db.session.scalars(
        select(func.count()).select_from(Variant).where(Variant.product_id == product.id)
    ).one()
