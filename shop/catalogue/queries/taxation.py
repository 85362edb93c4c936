"""What each product is to the tax office, and who has found so, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from shop.accounts.models import Person
from shop.catalogue.models import Product, ProductTaxation
from shop.core.db import db
from shop.ledger.models import TaxedAs


@dataclass(frozen=True, slots=True)
class TaxedProduct:
    """`at`, `by` and `note` are of the last time it was set; None of a piece never looked at."""

    slug: str
    name_vi: str
    name_en: str
    taxed_as: TaxedAs
    at: datetime | None
    by: str | None
    note: str | None


def taxed_products(workshop_id: int) -> list[TaxedProduct]:
    """All of a workshop's products by name; one SQL statement."""
    last = (
        select(ProductTaxation.product_id, func.max(ProductTaxation.id).label("id"))
        .group_by(ProductTaxation.product_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Product.slug,
            Product.name_vi,
            Product.name_en,
            Product.taxed_as,
            ProductTaxation.at,
            Person.name,
            ProductTaxation.note,
        )
        .outerjoin(last, last.c.product_id == Product.id)
        .outerjoin(ProductTaxation, ProductTaxation.id == last.c.id)
        .outerjoin(Person, Person.id == ProductTaxation.by_person_id)
        .where(Product.workshop_id == workshop_id)
        .order_by(Product.name_sort, Product.id)
    )
    return [TaxedProduct(*row) for row in rows]
