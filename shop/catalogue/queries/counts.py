"""How many pieces there are of each glaze and of each workshop."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shop.catalogue.models import Product, Variant
from shop.catalogue.queries.cards import IS_ON_SALE
from shop.core.db import db
from shop.heritage.models import Term
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class GlazeCount:
    slug: str
    name_vi: str
    name_en: str
    colour: str | None
    products: int


def glaze_counts() -> list[GlazeCount]:
    """Glazes of which something is on sale, in the vocabulary's order; one SQL statement."""
    rows = db.session.execute(
        select(
            Term.slug,
            Term.name_vi,
            Term.name_en,
            Term.colour,
            func.count(Product.id.distinct()),
        )
        .join(Variant, Variant.glaze_id == Term.id)
        .join(Product, Product.id == Variant.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(IS_ON_SALE, Variant.active)
        .group_by(Term.id, Term.slug, Term.name_vi, Term.name_en, Term.colour, Term.position)
        .order_by(Term.position, Term.id)
    )
    return [GlazeCount(*row) for row in rows]


def product_counts_by_workshop() -> dict[int, int]:
    """How many products each workshop has on sale, by the workshop's key; one SQL statement."""
    rows = db.session.execute(
        select(Product.workshop_id, func.count(Product.id.distinct()).label("products"))
        .join(Workshop, Workshop.id == Product.workshop_id)
        .join(Variant, Variant.product_id == Product.id)
        .where(IS_ON_SALE, Variant.active)
        .group_by(Product.workshop_id)
    )
    return {row.workshop_id: row.products for row in rows}
