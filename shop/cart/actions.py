"""Filling a basket, changing it, and bringing a visitor's basket into an account's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString, lazy_gettext, lazy_ngettext
from sqlalchemy import select

from shop.accounts.models import Person
from shop.cart.models import Cart, CartLine, CartStatus
from shop.cart.queries import Holder, open_cart
from shop.catalogue.models import Product, ProductStatus, Supply, Variant
from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.ids import secret_token, token_digest
from shop.workshops.models import Workshop

MOST_OF_A_LINE = 99
"""More than a basket line holds is an order to talk about with the workshop first."""


class NotEnoughLeft(Conflict):
    """Fewer can be had than were asked for. `left` in stock, `held` of them in this basket."""

    def __init__(self, left: int, held: int) -> None:
        super().__init__(_words_for(left, held))
        self.left = left
        self.held = held


def _words_for(left: int, held: int) -> LazyString:
    if left == 0:
        return lazy_gettext("This piece has just been sold.")
    if held >= left:
        return lazy_ngettext(
            "The only one left is in your basket already.",
            "All %(num)s that are left are in your basket already.",
            left,
        )
    return lazy_ngettext("Only %(num)s is left.", "Only %(num)s are left.", left)


class TooManyOfOne(Invalid):
    message = lazy_gettext(
        "A basket holds at most %(most)s of one piece. For more, please write to the workshop.",
        most=MOST_OF_A_LINE,
    )


class NotOnSale(Conflict):
    message = lazy_gettext("This piece is not on sale any more.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a basket needs to know of a variant at this moment; prices in đồng."""

    variant_id: int
    product_slug: str
    name_vi: str
    name_en: str
    label_vi: str
    label_en: str
    price: int
    left: int | None
    """None when it is made to order, and so never runs out."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was put in, and how many pieces the basket holds with it."""

    offer: Offer
    pieces: int


def start_cart(holder: Holder, at: datetime) -> tuple[Cart, str]:
    """A new empty basket and the token that opens it; only the token's digest is kept."""
    token = secret_token()
    cart = Cart(token_digest=token_digest(token), person_id=holder.person_id, changed_at=at)
    db.session.add(cart)
    db.session.flush()
    return cart, token


def cart_to_fill(holder: Holder, at: datetime) -> tuple[Cart, str | None]:
    """The holder's open basket, locked; a new one and its token when there is none."""
    if holder.person_id is not None:
        # Two devices that begin at once must not leave a person with two open baskets.
        db.session.scalars(for_update(select(Person.id).where(Person.id == holder.person_id)))
    cart = open_cart(holder, lock=True)
    return (cart, None) if cart else start_cart(holder, at)


def cart_to_change(holder: Holder) -> Cart:
    """The holder's open basket, locked. Raises Missing when there is none."""
    cart = open_cart(holder, lock=True)
    if cart is None:
        raise Missing
    return cart


def add_piece(
    cart: Cart,
    variant_public_id: str,
    quantity: int,
    at: datetime,
    *,
    exhibition_id: int | None = None,
) -> Added:
    """Put pieces into a locked basket, on top of those it holds already.

    `exhibition_id`: the exhibition that led to them, if one did. Raises Missing for an unknown
    variant, NotOnSale, NotEnoughLeft beyond the stock, and TooManyOfOne beyond MOST_OF_A_LINE.
    """
    offer = _offer(variant_public_id)
    lines = {line.variant_id: line for line in _lines(cart)}
    pieces = sum(line.quantity for line in lines.values())
    line = lines.get(offer.variant_id)
    held = line.quantity if line else 0
    _require_to_be_had(offer, held + quantity, held)
    if line is None:
        line = CartLine(cart_id=cart.id, variant_id=offer.variant_id)
        db.session.add(line)
    line.quantity = held + quantity
    line.price_seen = offer.price
    line.exhibition_id = exhibition_id or line.exhibition_id
    cart.changed_at = at
    return Added(offer, pieces + quantity)


def change_quantity(cart: Cart, variant_public_id: str, quantity: int, at: datetime) -> None:
    """Set how many of a piece a locked basket holds. Errors as for add_piece."""
    offer = _offer(variant_public_id)
    line = _line(cart, offer.variant_id)
    if line is None:
        raise Missing
    _require_to_be_had(offer, quantity, held=0)
    line.quantity = quantity
    cart.changed_at = at


def remove_piece(cart: Cart, variant_public_id: str, at: datetime) -> int:
    """Take a piece out, on sale or not; returns how many there were. Raises Missing."""
    line = db.session.scalar(
        select(CartLine)
        .join(Variant, Variant.id == CartLine.variant_id)
        .where(CartLine.cart_id == cart.id, Variant.public_id == variant_public_id)
    )
    if line is None:
        raise Missing
    db.session.delete(line)
    cart.changed_at = at
    return line.quantity


def acknowledge_prices(cart: Cart, shown: Mapping[str, int]) -> None:
    """Keep the prices a person was shown and agreed to, by the variant's public id, in đồng."""
    rows = db.session.execute(
        select(CartLine, Variant.public_id)
        .join(Variant, Variant.id == CartLine.variant_id)
        .where(CartLine.cart_id == cart.id, Variant.public_id.in_(shown))
    )
    for line, variant_public_id in rows:
        line.price_seen = shown[variant_public_id]


def bring_into_account(token: str, person_id: int, at: datetime) -> None:
    """At sign-in: the visitor's basket becomes the person's, or is poured into theirs.

    Quantities are added up and cut to what can be had; a line stays even when nothing is left,
    so that the basket can say so.
    """
    db.session.scalars(for_update(select(Person.id).where(Person.id == person_id)))
    brought = open_cart(Holder(None, token), lock=True)
    if brought is None:
        return
    own = open_cart(Holder(person_id, None), lock=True)
    if own is None:
        brought.person_id = person_id
        return
    _pour(brought, own)
    brought.status = CartStatus.MERGED
    brought.changed_at = own.changed_at = at


def _pour(source: Cart, target: Cart) -> None:
    held = {line.variant_id: line for line in _lines(target)}
    for line in _lines(source):
        most = _most_of(line.variant_id)
        kept = held.get(line.variant_id)
        if kept is None:
            kept = CartLine(cart_id=target.id, variant_id=line.variant_id, quantity=0)
            db.session.add(kept)
        kept.quantity = max(1, kept.quantity, min(kept.quantity + line.quantity, most))
        kept.price_seen = line.price_seen
        kept.exhibition_id = kept.exhibition_id or line.exhibition_id


def _lines(cart: Cart) -> list[CartLine]:
    return list(
        db.session.scalars(
            select(CartLine).where(CartLine.cart_id == cart.id).order_by(CartLine.id)
        )
    )


def _line(cart: Cart, variant_id: int) -> CartLine | None:
    return db.session.scalar(
        select(CartLine).where(CartLine.cart_id == cart.id, CartLine.variant_id == variant_id)
    )


def _require_to_be_had(offer: Offer, quantity: int, held: int) -> None:
    if offer.left is not None and quantity > offer.left:
        raise NotEnoughLeft(left=offer.left, held=held)
    if quantity > MOST_OF_A_LINE:
        raise TooManyOfOne


def _most_of(variant_id: int) -> int:
    supply, available = db.session.execute(
        select(Product.supply, Variant.on_hand - Variant.allocated)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.id == variant_id)
    ).one()
    made = supply is Supply.MADE_TO_ORDER
    return MOST_OF_A_LINE if made else min(available, MOST_OF_A_LINE)


def _offer(variant_public_id: str) -> Offer:
    row = db.session.execute(
        select(Variant, Product, Workshop.is_open)
        .join(Product, Product.id == Variant.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(Variant.public_id == variant_public_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Missing
    variant, product, is_open = row
    if not (variant.active and product.status is ProductStatus.PUBLISHED and is_open):
        raise NotOnSale
    return Offer(
        variant.id,
        product.slug,
        product.name_vi,
        product.name_en,
        variant.label_vi,
        variant.label_en,
        variant.price,
        None if product.is_made_to_order else variant.available,
    )
