"""A piece as it stands in a grid, read as a row, never as a graph of entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from shop.catalogue.models import Product, ProductPhoto, ProductStatus, Supply, Variant
from shop.core.db import db
from shop.media.models import Image
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Picture:
    public_id: str
    width: int
    height: int
    alt_vi: str
    alt_en: str
    renditions_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """Prices in đồng over all variants on sale; `available` counts the pieces in stock."""

    slug: str
    name_vi: str
    name_en: str
    workshop_name_vi: str
    workshop_name_en: str
    supply: Supply
    lead_days: int | None
    price_from: int
    price_to: int
    available: int
    image: Picture | None

    @property
    def has_several_prices(self) -> bool:
        return self.price_from != self.price_to

    @property
    def is_one_of_a_kind(self) -> bool:
        return self.supply is Supply.ONE_OF_A_KIND

    @property
    def is_sold_out(self) -> bool:
        return self.supply is not Supply.MADE_TO_ORDER and self.available < 1


IS_ON_SALE = and_(Product.status == ProductStatus.PUBLISHED, Workshop.is_open)
"""Needs Product and Workshop joined."""

HAS_OFFER = exists().where(Variant.product_id == Product.id, Variant.active).correlate(Product)


def _of_offers(value: ColumnElement[int]) -> ScalarSelect[int]:
    return (
        select(value)
        .where(Variant.product_id == Product.id, Variant.active)
        .correlate(Product)
        .scalar_subquery()
    )


PRICE_FROM = _of_offers(func.min(Variant.price))
PRICE_TO = _of_offers(func.max(Variant.price))
AVAILABLE = _of_offers(func.sum(Variant.on_hand - Variant.allocated))
NEWEST_FIRST = (Product.published_at.desc(), Product.id.desc())

_ANY_PHOTO = aliased(ProductPhoto)
_FIRST_POSITION = (
    select(func.min(_ANY_PHOTO.position))
    .where(_ANY_PHOTO.product_id == Product.id)
    .correlate(Product)
    .scalar_subquery()
)


def select_cards(picked: Subquery) -> Select[*tuple[Any, ...]]:
    """The columns of cards for the picked products, in no order yet."""
    return (
        select(
            Product.slug,
            Product.name_vi,
            Product.name_en,
            Workshop.name_vi.label("workshop_name_vi"),
            Workshop.name_en.label("workshop_name_en"),
            Product.supply,
            Product.lead_days,
            PRICE_FROM.label("price_from"),
            PRICE_TO.label("price_to"),
            AVAILABLE.label("available"),
            Image.public_id.label("image_public_id"),
            Image.width,
            Image.height,
            Image.alt_vi,
            Image.alt_en,
            Image.renditions_at,
        )
        .join(picked, picked.c.id == Product.id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .outerjoin(
            ProductPhoto,
            and_(ProductPhoto.product_id == Product.id, ProductPhoto.position == _FIRST_POSITION),
        )
        .outerjoin(Image, Image.id == ProductPhoto.image_id)
    )


def read_cards(
    *conditions: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = NEWEST_FIRST,
    limit: int,
    offset: int = 0,
) -> list[Card]:
    """Cards of what is on sale and meets the conditions; one SQL statement.

    Their keys are found first, so that no photograph is looked up for what is not shown.
    """
    picked = (
        select(Product.id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(IS_ON_SALE, HAS_OFFER, *conditions)
        .order_by(*order)
        .limit(limit)
        .offset(offset)
        .subquery("picked")
    )
    return [card_of(row) for row in db.session.execute(select_cards(picked).order_by(*order))]


def card_of(row: Any) -> Card:
    picture = None
    if row.image_public_id is not None:
        picture = Picture(
            row.image_public_id, row.width, row.height, row.alt_vi, row.alt_en, row.renditions_at
        )
    return Card(
        slug=row.slug,
        name_vi=row.name_vi,
        name_en=row.name_en,
        workshop_name_vi=row.workshop_name_vi,
        workshop_name_en=row.workshop_name_en,
        supply=row.supply,
        lead_days=row.lead_days,
        price_from=row.price_from,
        price_to=row.price_to,
        available=row.available,
        image=picture,
    )


def newest_cards(limit: int) -> list[Card]:
    """What came from the kiln last and can still be had; one SQL statement."""
    can_be_had = (Product.supply == Supply.MADE_TO_ORDER) | (AVAILABLE > 0)
    return read_cards(can_be_had, limit=limit)


def cards_of_workshop(workshop_id: int, limit: int) -> list[Card]:
    """Its newest pieces on sale; one SQL statement."""
    return read_cards(Product.workshop_id == workshop_id, limit=limit)


def first_photographs() -> set[int]:
    """Ids of the pictures that stand for a piece wherever it is listed."""
    first = func.min(ProductPhoto.position).over(partition_by=ProductPhoto.product_id)
    photos = select(ProductPhoto.image_id, ProductPhoto.position, first.label("first")).subquery()
    return set(
        db.session.scalars(select(photos.c.image_id).where(photos.c.position == photos.c.first))
    )
