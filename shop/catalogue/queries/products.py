"""One product as its own page shows it, and the pieces that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product, ProductPhoto, ProductStatus, Variant
from shop.catalogue.queries.cards import IS_ON_SALE, Card, card_of, select_cards
from shop.core.db import db
from shop.core.errors import Missing
from shop.workshops.models import Workshop


def published_product(slug: str) -> Product:
    """The product with all that its page shows, variants included, in two SQL statements.

    Raises Missing unless it is published and something of it is on sale.
    """
    product = db.session.scalars(
        select(Product)
        .where(
            Product.slug == slug,
            Product.status == ProductStatus.PUBLISHED,
            exists().where(Variant.product_id == Product.id, Variant.active),
        )
        .options(
            joinedload(Product.workshop),
            joinedload(Product.maker),
            joinedload(Product.form),
            joinedload(Product.kiln),
            joinedload(Product.techniques),
            joinedload(Product.photos).joinedload(ProductPhoto.image),
            selectinload(Product.variants.and_(Variant.active)).joinedload(Variant.glaze),
        )
    ).unique()
    found = product.one_or_none()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """Pieces to look at next: of the same workshop, and of the same glaze from other workshops."""

    of_workshop: tuple[Card, ...]
    of_glaze: tuple[Card, ...]


def beside(product: Product, limit: int) -> Beside:
    """At most `limit` of each kind, the newest first; one SQL statement."""
    glazes = {variant.glaze_id for variant in product.variants}
    same_workshop = Product.workshop_id == product.workshop_id
    same_glaze = exists().where(
        Variant.product_id == Product.id, Variant.active, Variant.glaze_id.in_(glazes)
    )
    kind = case((same_workshop, 0), else_=1)
    place = func.row_number().over(
        partition_by=kind, order_by=(Product.published_at.desc(), Product.id.desc())
    )
    ranked = (
        select_cards()
        .add_columns(kind.label("kind"), place.label("place"))
        .where(Product.id != product.id, same_workshop | same_glaze)
        .subquery()
    )
    rows = db.session.execute(
        select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.kind, ranked.c.place)
    ).all()
    return Beside(
        tuple(card_of(row) for row in rows if row.kind == 0),
        tuple(card_of(row) for row in rows if row.kind == 1),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A published product's address for the sitemap."""

    slug: str
    published_at: datetime | None


def listed_products() -> list[Listed]:
    on_sale = and_(IS_ON_SALE, exists().where(Variant.product_id == Product.id, Variant.active))
    rows = db.session.execute(
        select(Product.slug, Product.published_at)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(on_sale)
        .order_by(Product.id)
    )
    return [Listed(*row) for row in rows]
