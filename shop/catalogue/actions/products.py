"""What a workshop does with its pieces: describe them, describe them better, photograph them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError

from shop.catalogue.actions.publication import refuse_incomplete
from shop.catalogue.actions.search_index import index_product
from shop.catalogue.models import (
    FoodUse,
    Product,
    ProductModel,
    ProductPhoto,
    ProductStatus,
    Supply,
    Variant,
    product_decoration,
    product_technique,
)
from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message
from shop.heritage.actions import NOT_IN_LIST
from shop.heritage.models import Term, TermKind
from shop.media.models import Image, Model3D
from shop.shipping.models import Fragility
from shop.workshops.models import Maker, Workshop

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class SlugTaken(Conflict):
    message = lazy_gettext("Another piece has this address already.")


class SupplyFixed(Conflict):
    message = lazy_gettext(
        "Once it can be bought, a piece cannot become one of a kind, nor stop being so."
    )


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """Everything of a product that may be edited; texts may be empty until it is published.

    `lead_days` goes with made-to-order pieces and with no others; the terms are of the kind
    their names say, the maker of the product's workshop.
    """

    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    story_vi: str
    story_en: str
    care_vi: str
    care_en: str
    supply: Supply
    form: Term
    food_use: FoodUse
    fragility: Fragility
    techniques: tuple[Term, ...] = ()
    decorations: tuple[Term, ...] = ()
    decoration_vi: str = ""
    decoration_en: str = ""
    lead_days: int | None = None
    kiln: Term | None = None
    body: Term | None = None
    maker: Maker | None = None
    fired_on: date | None = None
    firing_celsius: int | None = None
    food_note_vi: str = ""
    food_note_en: str = ""


LINKS_OF_PRODUCT = ("form", "kiln", "body", "maker", "techniques", "decorations")


def create_product(workshop: Workshop, slug: str, details: ProductDetails) -> Product:
    """A draft. Raises Invalid naming the fields that are wrong, or SlugTaken.

    After SlugTaken the transaction cannot go on.
    """
    _refuse_wrong_details(workshop.id, details)
    if not SLUG.fullmatch(slug):
        raise Invalid(fields={"slug": lazy_gettext("Small letters a–z, digits and hyphens only.")})
    product = Product(slug=slug, workshop_id=workshop.id, **_columns_of(details))
    db.session.add(product)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise SlugTaken from error
    _set_terms(product, details)
    index_product(product)
    return product


def edit_product(product: Product, details: ProductDetails) -> bool:
    """Take over what changed; False when nothing did.

    Raises Invalid, SupplyFixed, or NotPublishable when a published piece would lose what it needs.
    """
    _refuse_wrong_details(product.workshop_id, details)
    _refuse_other_kind_of_supply(product, details.supply)
    changed = take_over(product, _columns_of(details))
    changed |= _set_terms(product, details)
    if changed:
        db.session.flush()
        if product.status is ProductStatus.PUBLISHED:
            refuse_incomplete(product)
        index_product(product)
    return changed


def _columns_of(details: ProductDetails) -> dict[str, object]:
    columns = {
        name: getattr(details, name)
        for name in details.__dataclass_fields__
        if name not in LINKS_OF_PRODUCT
    }
    return {
        **columns,
        "form_id": details.form.id,
        "kiln_id": details.kiln.id if details.kiln else None,
        "body_id": details.body.id if details.body else None,
        "maker_id": details.maker.id if details.maker else None,
    }


def _refuse_wrong_details(workshop_id: int, details: ProductDetails) -> None:
    wrong: dict[str, Message] = {}
    if (details.supply is Supply.MADE_TO_ORDER) != bool(details.lead_days):
        wrong["lead_days"] = lazy_gettext(
            "A piece made to order has a lead time in days, and no other piece has one."
        )
    for field, kind, terms in _terms_of(details):
        if any(term.kind is not kind for term in terms if term):
            wrong[field] = NOT_IN_LIST
    if details.maker and details.maker.workshop_id != workshop_id:
        wrong["maker"] = lazy_gettext("This maker belongs to another workshop.")
    if wrong:
        raise Invalid(fields=wrong)


def _terms_of(
    details: ProductDetails,
) -> tuple[tuple[str, TermKind, tuple[Term | None, ...]], ...]:
    return (
        ("form", TermKind.FORM, (details.form,)),
        ("kiln", TermKind.KILN, (details.kiln,)),
        ("body", TermKind.BODY, (details.body,)),
        ("techniques", TermKind.TECHNIQUE, details.techniques),
        ("decorations", TermKind.DECORATION, details.decorations),
    )


def _refuse_other_kind_of_supply(product: Product, supply: Supply) -> None:
    """What was promised to be the only one must not be counted later, nor the other way round."""
    if (product.supply is Supply.ONE_OF_A_KIND) == (supply is Supply.ONE_OF_A_KIND):
        return
    if db.session.scalar(select(Variant.id).where(Variant.product_id == product.id).limit(1)):
        raise SupplyFixed


def _set_terms(product: Product, details: ProductDetails) -> bool:
    techniques = _link_terms(product, product_technique, details.techniques)
    return _link_terms(product, product_decoration, details.decorations) or techniques


def _link_terms(product: Product, table: Table, terms: Sequence[Term]) -> bool:
    links = table.c
    wanted = {term.id for term in terms}
    found = set(db.session.scalars(select(links.term_id).where(links.product_id == product.id)))
    gone, new = found - wanted, wanted - found
    if gone:
        db.session.execute(
            delete(table).where(links.product_id == product.id, links.term_id.in_(gone))
        )
    if new:
        db.session.execute(
            table.insert(), [{"product_id": product.id, "term_id": key} for key in sorted(new)]
        )
    return bool(gone or new)


def set_photos(product: Product, images: Sequence[Image]) -> bool:
    """Show these photographs in this order; False when they are so already.

    Raises NotPublishable when a published piece would be left without any.
    """
    wanted = [image.id for image in images]
    found = db.session.scalars(
        select(ProductPhoto.image_id)
        .where(ProductPhoto.product_id == product.id)
        .order_by(ProductPhoto.position)
    ).all()
    if wanted == list(found):
        return False
    db.session.execute(delete(ProductPhoto).where(ProductPhoto.product_id == product.id))
    db.session.add_all(
        ProductPhoto(product_id=product.id, image_id=key, position=place)
        for place, key in enumerate(wanted)
    )
    db.session.flush()
    if product.status is ProductStatus.PUBLISHED:
        refuse_incomplete(product)
    return True


def set_model(product: Product, model: Model3D | None) -> bool:
    """Let the piece be turned in this 3D model, or in none; False when that is so already."""
    found = db.session.get(ProductModel, product.id)
    if (found.model_id if found else None) == (model.id if model else None):
        return False
    if model is None:
        db.session.delete(found)
    elif found is None:
        db.session.add(ProductModel(product_id=product.id, model_id=model.id))
    else:
        found.model_id = model.id
    db.session.flush()
    return True
