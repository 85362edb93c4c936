"""One product as its own page shows it, and the pieces that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from shop.catalogue.models import (
    Product,
    ProductModel,
    ProductPhoto,
    ProductStatus,
    Variant,
    product_technique,
)
from shop.catalogue.queries.cards import (
    HAS_OFFER,
    IS_ON_SALE,
    NEWEST_FIRST,
    Card,
    card_of,
    select_cards,
)
from shop.core.db import db
from shop.core.errors import Missing
from shop.heritage.models import Term
from shop.media.models import Model3D
from shop.workshops.models import Workshop


def published_product(slug: str) -> Product:
    """The product with all that its page shows, variants included, in three SQL statements.

    Raises Missing unless it is published and something of it is on sale.
    """
    # Joined one by one: SQLite would read the whole link table for a joined pair.
    links, technique = product_technique, aliased(Term)
    product = db.session.scalars(
        select(Product)
        .outerjoin(links, links.c.product_id == Product.id)
        .outerjoin(technique, technique.id == links.c.term_id)
        .order_by(technique.position)
        .where(
            Product.slug == slug,
            Product.status == ProductStatus.PUBLISHED,
            HAS_OFFER,
        )
        .options(
            joinedload(Product.workshop),
            joinedload(Product.maker),
            joinedload(Product.form),
            joinedload(Product.kiln),
            joinedload(Product.body),
            contains_eager(Product.techniques.of_type(technique)),
            joinedload(Product.photos).joinedload(ProductPhoto.image),
            selectinload(Product.decorations),
            joinedload(Product.turnable).joinedload(ProductModel.model).joinedload(Model3D.poster),
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
    place = func.row_number().over(partition_by=kind, order_by=NEWEST_FIRST)
    ranked = (
        select(Product.id, kind.label("kind"), place.label("place"))
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(IS_ON_SALE, HAS_OFFER, Product.id != product.id, same_workshop | same_glaze)
        .subquery()
    )
    rows = db.session.execute(
        select_cards(ranked)
        .add_columns(ranked.c.kind)
        .where(ranked.c.place <= limit)
        .order_by(ranked.c.kind, ranked.c.place)
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
    rows = db.session.execute(
        select(Product.slug, Product.published_at)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(IS_ON_SALE, HAS_OFFER)
        .order_by(Product.id)
    )
    return [Listed(*row) for row in rows]
