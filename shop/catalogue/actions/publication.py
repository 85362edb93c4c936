"""On sale and off again: what a piece needs for it, and the history of its status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import Person
from shop.catalogue.models import (
    PRODUCT_MOVES,
    Product,
    ProductEvent,
    ProductPhoto,
    ProductStatus,
    Variant,
)
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message
from shop.media.models import Image

TEXTS: dict[str, Message] = {
    "name_vi": lazy_gettext("its name in Vietnamese"),
    "name_en": lazy_gettext("its name in English"),
    "summary_vi": lazy_gettext("a summary in Vietnamese"),
    "summary_en": lazy_gettext("a summary in English"),
    "story_vi": lazy_gettext("a description in Vietnamese"),
    "story_en": lazy_gettext("a description in English"),
    "care_vi": lazy_gettext("advice on care in Vietnamese"),
    "care_en": lazy_gettext("advice on care in English"),
}


class NotPublishable(Invalid):
    """`missing` names, in words, everything that publishing still needs."""

    def __init__(self, missing: Sequence[Message]) -> None:
        super().__init__(
            lazy_gettext(
                "Before this piece can be on sale it needs: %(missing)s.",
                missing=_Joined(missing),
            )
        )
        self.missing = tuple(missing)


class _Joined:
    """Words joined when they are read, in the reader's language."""

    def __init__(self, parts: Sequence[Message]) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return ", ".join(map(str, self.parts))


def publish_product(product: Product, by: Person | None, at: datetime) -> None:
    """Put a piece on sale; `by` is None when the system does. The first day of sale is kept.

    Raises NotPublishable naming what is missing, Conflict when it is on sale already.
    """
    _refuse_move(product, ProductStatus.PUBLISHED)
    refuse_incomplete(product)
    product.published_at = product.published_at or at
    _move(product, ProductStatus.PUBLISHED, by, at)


def withdraw_product(product: Product, by: Person | None, at: datetime, note: str = "") -> None:
    """Take a piece off sale; orders stand. Raises Conflict unless it is on sale."""
    _refuse_move(product, ProductStatus.WITHDRAWN)
    _move(product, ProductStatus.WITHDRAWN, by, at, note)


def _refuse_move(product: Product, status: ProductStatus) -> None:
    if status not in PRODUCT_MOVES[product.status]:
        raise Conflict(
            lazy_gettext("This piece is on sale already.")
            if status is ProductStatus.PUBLISHED
            else lazy_gettext("This piece is not on sale.")
        )


def _move(
    product: Product, status: ProductStatus, by: Person | None, at: datetime, note: str = ""
) -> None:
    db.session.add(
        ProductEvent(
            product_id=product.id,
            from_status=product.status,
            to_status=status,
            at=at,
            by_person_id=by.id if by else None,
            note=note,
        )
    )
    product.status = status
    db.session.flush()


def refuse_incomplete(product: Product) -> None:
    """Raises NotPublishable when the piece lacks something that a piece on sale has."""
    missing = missing_for_sale(product)
    if missing:
        raise NotPublishable(missing)


def missing_for_sale(product: Product) -> list[Message]:
    """What a piece still needs before it can be on sale, in words; empty when nothing."""
    missing = _missing_texts(product)
    prices = db.session.scalars(
        select(Variant.price).where(Variant.product_id == product.id, Variant.active)
    ).all()
    if not prices:
        missing.append(lazy_gettext("an article to buy, with size and weight"))
    elif min(prices) < 1:
        missing.append(lazy_gettext("a price"))
    alts = db.session.execute(
        select(Image.alt_vi, Image.alt_en)
        .join(ProductPhoto, ProductPhoto.image_id == Image.id)
        .where(ProductPhoto.product_id == product.id)
    ).all()
    if not alts:
        missing.append(lazy_gettext("a photograph"))
    elif not all(row.alt_vi.strip() and row.alt_en.strip() for row in alts):
        missing.append(lazy_gettext("words for every photograph, in both languages"))
    return missing


def _missing_texts(product: Product) -> list[Message]:
    return [text for field, text in TEXTS.items() if not getattr(product, field).strip()]
