"""What a product is to the tax office: set by the office, with its reason."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.catalogue.models import Product, ProductTaxation
from shop.core.db import db, for_update
from shop.core.errors import Invalid, Missing
from shop.ledger.models import TaxedAs


def set_taxed_as(slug: str, taxed_as: TaxedAs, *, note: str, by_id: int, at: datetime) -> None:
    """Orders placed before keep what they were placed with.

    Raises Missing, or Invalid when the product is that already.
    """
    product = db.session.scalar(for_update(select(Product).where(Product.slug == slug)))
    if product is None:
        raise Missing
    if product.taxed_as is taxed_as:
        raise Invalid(fields={"taxed_as": lazy_gettext("The piece is taxed as that already.")})
    product.taxed_as = taxed_as
    db.session.add(
        ProductTaxation(
            product_id=product.id, taxed_as=taxed_as, at=at, by_person_id=by_id, note=note
        )
    )
    db.session.flush()
