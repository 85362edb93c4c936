"""What can be sold in the two years: the pieces on sale, each with its share of the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shop.catalogue.models import (
    MovementKind,
    Product,
    ProductStatus,
    StockMovement,
    Supply,
    Variant,
)
from shop.core.db import db
from shop.heritage.models import Term
from shop.shipping.quotes import ParcelPiece
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Article:
    """A variant on sale. `shelf` pieces of it are there for everybody since `shelf_since`."""

    variant_id: int
    public_id: str
    sku: str
    workshop_id: int
    workshop_slug: str
    form: str
    supply: Supply
    lead_days: int
    price: int
    shelf: int
    shelf_since: datetime | None
    parcel: ParcelPiece

    @property
    def holds_stock(self) -> bool:
        return self.supply is not Supply.MADE_TO_ORDER

    @property
    def is_unique(self) -> bool:
        return self.supply is Supply.ONE_OF_A_KIND


def articles_on_sale() -> list[Article]:
    """Every article of the workshops that are open, by its number; one SQL statement."""
    received = (
        select(StockMovement.variant_id, func.max(StockMovement.at).label("at"))
        .where(StockMovement.kind == MovementKind.RECEIVED)
        .group_by(StockMovement.variant_id)
        .subquery()
    )
    form = aliased(Term)
    rows = db.session.execute(
        select(Variant, Product, Workshop.slug, form.slug, received.c.at)
        .join(Product, Product.id == Variant.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .join(form, form.id == Product.form_id)
        .outerjoin(received, received.c.variant_id == Variant.id)
        .where(Product.status == ProductStatus.PUBLISHED, Variant.active, Workshop.is_open)
        .order_by(Variant.sku)
    )
    return [_article(*row) for row in rows]


def _article(
    variant: Variant, product: Product, workshop_slug: str, form: str, since: datetime | None
) -> Article:
    return Article(
        variant_id=variant.id,
        public_id=variant.public_id,
        sku=variant.sku,
        workshop_id=product.workshop_id,
        workshop_slug=workshop_slug,
        form=form,
        supply=product.supply,
        lead_days=product.lead_days or 0,
        price=variant.price,
        shelf=variant.available,
        shelf_since=since,
        parcel=_parcel(variant, product),
    )


def _parcel(variant: Variant, product: Product) -> ParcelPiece:
    return ParcelPiece(
        1,
        variant.packed_weight_g,
        variant.packed_length_mm,
        variant.packed_width_mm,
        variant.packed_height_mm,
        product.fragility,
    )
