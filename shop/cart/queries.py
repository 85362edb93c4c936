"""What is in a basket, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import aliased

from shop.cart.models import Cart, CartLine, CartStatus
from shop.catalogue.models import (
    Product,
    ProductPhoto,
    ProductStatus,
    Supply,
    Variant,
)
from shop.core.db import db, for_update
from shop.core.ids import token_digest
from shop.ledger.models import TaxedAs
from shop.media.models import Image
from shop.shipping.models import Fragility
from shop.workshops.models import SellerKind, Workshop


@dataclass(frozen=True, slots=True)
class ImageRow:
    id: int
    public_id: str
    width: int
    height: int
    alt_vi: str
    alt_en: str
    renditions_at: datetime | None


@dataclass(frozen=True, slots=True)
class CartItem:
    """One line of a basket with what its piece is and costs now. Sizes in mm, weights in g."""

    line_id: int
    variant_id: int
    variant_public_id: str
    sku: str
    product_slug: str
    name_vi: str
    name_en: str
    label_vi: str
    label_en: str
    workshop_id: int
    workshop_slug: str
    workshop_name_vi: str
    workshop_name_en: str
    seller_kind: SellerKind
    quantity: int
    price: int
    price_seen: int
    supply: Supply
    lead_days: int | None
    available: int
    is_on_sale: bool
    fragility: Fragility
    packed_length_mm: int
    packed_width_mm: int
    packed_height_mm: int
    packed_weight_g: int
    image: ImageRow | None
    taxed_as: TaxedAs = TaxedAs.GOODS
    exhibition_id: int | None = None

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def price_changed(self) -> bool:
        return self.price != self.price_seen

    @property
    def holds_stock(self) -> bool:
        return self.supply is not Supply.MADE_TO_ORDER

    @property
    def can_be_had(self) -> bool:
        """On sale, and as many as asked for are there or will be made."""
        return self.is_on_sale and (not self.holds_stock or self.quantity <= self.available)

    @property
    def is_gone(self) -> bool:
        """Nothing of it can be had any more: sold out or taken off sale."""
        return not self.is_on_sale or (self.holds_stock and self.available == 0)


@dataclass(frozen=True, slots=True)
class WorkshopPart:
    """What of a basket comes from one workshop."""

    slug: str
    name_vi: str
    name_en: str
    items: tuple[CartItem, ...]

    @property
    def total(self) -> int:
        """Đồng for what can be had."""
        return sum(item.total for item in self.items if item.can_be_had)


def by_workshop(items: Iterable[CartItem]) -> list[WorkshopPart]:
    """The items in parts, workshops in the order they came into the basket."""
    parts: dict[str, list[CartItem]] = {}
    for item in items:
        parts.setdefault(item.workshop_slug, []).append(item)
    return [
        WorkshopPart(slug, of[0].workshop_name_vi, of[0].workshop_name_en, tuple(of))
        for slug, of in parts.items()
    ]


def cart_items(cart_id: int) -> list[CartItem]:
    """The lines in the order they were added; one SQL statement."""
    first_photo = aliased(ProductPhoto)
    first_position = (
        select(func.min(ProductPhoto.position))
        .where(ProductPhoto.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(CartLine, Variant, Product, Workshop, Image)
        .join(Variant, Variant.id == CartLine.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .outerjoin(
            first_photo,
            (first_photo.product_id == Product.id) & (first_photo.position == first_position),
        )
        .outerjoin(Image, Image.id == first_photo.image_id)
        .where(CartLine.cart_id == cart_id)
        .order_by(CartLine.id)
        .execution_options(populate_existing=True)
    ).all()
    return [_item(*row) for row in rows]


def _item(
    line: CartLine, variant: Variant, product: Product, workshop: Workshop, image: Image | None
) -> CartItem:
    return CartItem(
        line_id=line.id,
        variant_id=variant.id,
        variant_public_id=variant.public_id,
        sku=variant.sku,
        product_slug=product.slug,
        name_vi=product.name_vi,
        name_en=product.name_en,
        label_vi=variant.label_vi,
        label_en=variant.label_en,
        workshop_id=workshop.id,
        workshop_slug=workshop.slug,
        workshop_name_vi=workshop.name_vi,
        workshop_name_en=workshop.name_en,
        seller_kind=workshop.seller_kind,
        quantity=line.quantity,
        price=variant.price,
        price_seen=line.price_seen,
        supply=product.supply,
        lead_days=product.lead_days,
        available=variant.available,
        is_on_sale=_is_on_sale(variant, product, workshop),
        fragility=product.fragility,
        packed_length_mm=variant.packed_length_mm,
        packed_width_mm=variant.packed_width_mm,
        packed_height_mm=variant.packed_height_mm,
        packed_weight_g=variant.packed_weight_g,
        image=_image(image),
        taxed_as=product.taxed_as,
        exhibition_id=line.exhibition_id,
    )


def _is_on_sale(variant: Variant, product: Product, workshop: Workshop) -> bool:
    return product.status is ProductStatus.PUBLISHED and variant.active and workshop.is_open


def _image(image: Image | None) -> ImageRow | None:
    if image is None:
        return None
    return ImageRow(
        image.id,
        image.public_id,
        image.width,
        image.height,
        image.alt_vi,
        image.alt_en,
        image.renditions_at,
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose basket is asked for: a signed-in person's, on whatever device, or a browser's."""

    person_id: int | None
    token: str | None

    @property
    def is_nobody(self) -> bool:
        return self.person_id is None and self.token is None

    @property
    def owns(self) -> ColumnElement[bool]:
        """A basket that became a person's is no longer opened by the token alone."""
        if self.person_id is not None:
            return Cart.person_id == self.person_id
        if self.token is None:
            return false()
        return (Cart.token_digest == token_digest(self.token)) & Cart.person_id.is_(None)


def open_cart(holder: Holder, *, lock: bool = False) -> Cart | None:
    """The holder's basket while it can still be filled; no SQL for one who cannot have any."""
    if holder.is_nobody:
        return None
    statement = (
        select(Cart)
        .where(holder.owns, Cart.status == CartStatus.OPEN)
        .order_by(Cart.id.desc())
        .limit(1)
    )
    return db.session.scalar(for_update(statement) if lock else statement)


def cart_of(holder: Holder, public_id: str) -> Cart | None:
    """The holder's basket of this public id, already placed or not."""
    return db.session.scalar(
        select(Cart).where(
            holder.owns, Cart.public_id == public_id, Cart.status != CartStatus.MERGED
        )
    )


def basket_quantity(holder: Holder) -> int:
    """How many pieces the basket holds; one SQL statement."""
    if holder.is_nobody:
        return 0
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(CartLine.quantity), 0))
            .join(Cart, Cart.id == CartLine.cart_id)
            .where(holder.owns, Cart.status == CartStatus.OPEN)
        )
        or 0
    )


def product_slug_of(variant_public_id: str) -> str | None:
    """Where a piece is shown, on sale or not."""
    return db.session.scalar(
        select(Product.slug)
        .join(Variant, Variant.product_id == Product.id)
        .where(Variant.public_id == variant_public_id)
    )
