"""The pieces with their variants, first stock and photographs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from shop.catalogue.actions.products import (
    ProductDetails,
    create_product,
    edit_product,
    set_model,
    set_photos,
)
from shop.catalogue.actions.publication import missing_for_sale, publish_product
from shop.catalogue.actions.search_index import index_product
from shop.catalogue.actions.stock import holds_stock, receive_stock
from shop.catalogue.actions.variants import VariantDetails, add_variant, edit_variant
from shop.catalogue.models import Product, ProductStatus, Variant
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.tables import Table, build, build_part, tables
from shop.demonstration.shelf import Shelf
from shop.demonstration.village import Photo, Turnable, Village, turnable
from shop.demonstration.vocabulary import Terms
from shop.demonstration.workshops import Workshops
from shop.heritage.models import TermKind
from shop.media.models import Image
from shop.workshops.models import Workshop

CAUSE = "demonstration"
PARTS = ("variant", "photo", "model")
# From the kiln to the shop it takes a few days; what was never fired was listed at the start.
SORTING_AND_PHOTOGRAPHS = timedelta(days=5)
START = date(2026, 6, 1)
MORNING = time(9, 0, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class _Head:
    slug: str
    form: str
    kiln: str
    body: str
    maker: str
    techniques: list[str]
    decorations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Article:
    sku: str
    glaze: str
    stock: int


@dataclass(slots=True)
class Pieces:
    total: int = 0
    changed: int = 0
    on_sale: int = 0
    published: int = 0


@dataclass(frozen=True, slots=True)
class _Village:
    """What every piece is put together from."""

    village: Village
    terms: Terms
    workshops: Workshops
    shelf: Shelf
    at: datetime


def put_pieces(
    village: Village,
    terms: Terms,
    workshops: Workshops,
    shelf: Shelf,
    at: datetime,
    *,
    index_all: bool,
) -> Pieces:
    """All pieces; those with a photograph go on sale, the others wait as drafts for theirs."""
    around = _Village(village, terms, workshops, shelf, at)
    pieces = Pieces()
    for slug, of_workshop in village.pieces.items():
        for table in of_workshop:
            product, changed = _put_piece(around, workshops.by_slug[slug], table)
            if index_all:
                index_product(product)
            published = _publish_when_ready(product, at)
            pieces.total += 1
            pieces.changed += changed or published
            pieces.published += published
            pieces.on_sale += product.status is ProductStatus.PUBLISHED
    return pieces


def _put_piece(around: _Village, workshop: Workshop, table: Table) -> tuple[Product, bool]:
    where = f"{workshop.slug}.toml, {table.get('slug')}"
    head, rest = build_part(_Head, table, where)
    details = _details(around, workshop, head, rest, where)
    product = db.session.scalar(select(Product).where(Product.slug == head.slug))
    if product is None:
        product, changed = create_product(workshop, head.slug, details), True
    else:
        changed = edit_product(product, details)
    for position, row in enumerate(tables(table, "variant", where), start=1):
        changed |= _put_variant(around, product, row, position, where)
    changed |= _put_photos(around, product, table, where)
    return product, changed | _put_model(around, product, table, where)


def _details(
    around: _Village, workshop: Workshop, head: _Head, rest: dict[str, Any], where: str
) -> ProductDetails:
    texts = {key: value for key, value in rest.items() if key not in PARTS}
    find = around.terms.find
    return build(
        ProductDetails,
        texts,
        where,
        form=find(TermKind.FORM, head.form, where),
        kiln=find(TermKind.KILN, head.kiln, where),
        body=find(TermKind.BODY, head.body, where),
        techniques=tuple(find(TermKind.TECHNIQUE, slug, where) for slug in head.techniques),
        decorations=tuple(find(TermKind.DECORATION, slug, where) for slug in head.decorations),
        maker=around.workshops.maker(workshop.slug, head.maker, where),
    )


def _put_variant(around: _Village, product: Product, row: Table, position: int, where: str) -> bool:
    place = f"{where}, {row.get('sku')}"
    article, rest = build_part(_Article, row, place)
    glaze = around.terms.find(TermKind.GLAZE, article.glaze, place)
    details = build(VariantDetails, rest, place, glaze=glaze, position=position)
    variant = db.session.scalar(select(Variant).where(Variant.sku == article.sku))
    if variant is None:
        variant, changed = add_variant(product, article.sku, details), True
    else:
        changed = edit_variant(product, variant, details)
    if article.stock and holds_stock(product):
        shelved = min(around.at, _listed_at(product.fired_on))
        changed |= receive_stock(variant, article.stock, cause=CAUSE, at=shelved)
    return changed


def _put_photos(around: _Village, product: Product, table: Table, where: str) -> bool:
    photos = [build(Photo, row, where) for row in tables(table, "photo", where)]
    images = around.shelf.images((around.village.photograph(photo.file), photo) for photo in photos)
    return bool(images) and set_photos(product, images)


def _put_model(around: _Village, product: Product, table: Table, where: str) -> bool:
    """A model waits for its poster: one of its own, else the front photograph."""
    said = turnable(table)
    poster = _poster(around, said, table, where)
    path = around.village.model(said.file)
    return poster is not None and set_model(product, around.shelf.model(path, said, poster))


def _poster(around: _Village, said: Turnable, table: Table, where: str) -> Image | None:
    own = Photo(said.file, said.alt_vi, said.alt_en)
    poster = around.shelf.image(around.village.poster(said.file), own, is_rendering=True)
    if poster is not None:
        return poster
    photos = [build(Photo, row, where) for row in tables(table, "photo", where)]
    fronts = around.shelf.images((around.village.photograph(p.file), p) for p in photos[:1])
    return fronts[0] if fronts else None


def _publish_when_ready(product: Product, at: datetime) -> bool:
    if product.status is not ProductStatus.DRAFT or missing_for_sale(product):
        return False
    publish_product(product, by=None, at=min(at, _listed_at(product.fired_on)))
    return True


def _listed_at(fired_on: date | None) -> datetime:
    day = fired_on + SORTING_AND_PHOTOGRAPHS if fired_on else START
    return datetime.combine(day, MORNING).astimezone(UTC)
