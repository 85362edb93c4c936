"""A piece as it stands in a grid, read as a row, never as a graph of entities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from shop.catalogue.models import Product, ProductPhoto, ProductStatus, Supply, Variant
from shop.core.db import db
from shop.media.models import Image
from shop.workshops.models import Workshop

Cards = Select[*tuple[Any, ...]]
"""A SELECT of the columns of cards, and perhaps more."""


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

OFFERS = (
    select(
        Variant.product_id,
        func.min(Variant.price).label("price_from"),
        func.max(Variant.price).label("price_to"),
        func.sum(Variant.on_hand - Variant.allocated).label("available"),
    )
    .where(Variant.active)
    .group_by(Variant.product_id)
    .subquery("offers")
)

_FIRST_POSITION = (
    select(func.min(ProductPhoto.position))
    .where(ProductPhoto.product_id == Product.id)
    .correlate(Product)
    .scalar_subquery()
)


def select_cards() -> Cards:
    """Cards of everything on sale; callers narrow, order and limit it over Product and OFFERS."""
    first_photo = ProductPhoto.__table__.alias("first_photo")
    return (
        select(
            Product.slug,
            Product.name_vi,
            Product.name_en,
            Workshop.name_vi.label("workshop_name_vi"),
            Workshop.name_en.label("workshop_name_en"),
            Product.supply,
            Product.lead_days,
            OFFERS.c.price_from,
            OFFERS.c.price_to,
            OFFERS.c.available,
            Product.workshop_id,
            Image.public_id.label("image_public_id"),
            Image.width,
            Image.height,
            Image.alt_vi,
            Image.alt_en,
            Image.renditions_at,
        )
        .join(Workshop, Workshop.id == Product.workshop_id)
        .join(OFFERS, OFFERS.c.product_id == Product.id)
        .outerjoin(
            first_photo,
            and_(
                first_photo.c.product_id == Product.id,
                first_photo.c.position == _FIRST_POSITION,
            ),
        )
        .outerjoin(Image, Image.id == first_photo.c.image_id)
        .where(IS_ON_SALE)
    )


def read_cards(statement: Cards) -> list[Card]:
    return [card_of(row) for row in db.session.execute(statement)]


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
    can_be_had = (Product.supply == Supply.MADE_TO_ORDER) | (OFFERS.c.available > 0)
    return read_cards(
        select_cards()
        .where(can_be_had)
        .order_by(Product.published_at.desc(), Product.id.desc())
        .limit(limit)
    )


def cards_of_workshop(workshop_id: int, limit: int) -> list[Card]:
    """Its newest pieces on sale; one SQL statement."""
    return read_cards(
        select_cards()
        .where(Product.workshop_id == workshop_id)
        .order_by(Product.published_at.desc(), Product.id.desc())
        .limit(limit)
    )
