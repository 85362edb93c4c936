"""Artefacts looked up by curators."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Product
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.vietnamese import fold, sort_key
from shop.exhibitions.drafts import front_pictures
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.rooms import Exhibit
from shop.heritage.models import Term
from shop.media.models import Image, Model3D
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Found:
    """`exhibits` counts where it stands in drafts."""

    artefact: Artefact
    front: Image | None
    exhibits: int


def artefacts_found(text: str) -> list[Found]:
    """Those whose names or address hold every word, marks or none; all of them for no words.

    In the order of the Vietnamese alphabet. Some hundreds there may be in a village's gallery, and
    they are matched here, since no database at hand folds Vietnamese. Two SQL statements.
    """
    standing = (
        select(Exhibit.artefact_id, func.count().label("places"))
        .group_by(Exhibit.artefact_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Artefact, func.coalesce(standing.c.places, 0)).outerjoin(
            standing, standing.c.artefact_id == Artefact.id
        )
    ).all()
    words = fold(text).split()
    found = [(row, places) for row, places in rows if _has(row, words)]
    fronts = front_pictures(row.id for row, _places in found)
    found.sort(key=lambda pair: sort_key(pair[0].name_vi))
    return [
        Found(row, fronts[row.id].picture.image if row.id in fronts else None, places)
        for row, places in found
    ]


def _has(artefact: Artefact, words: list[str]) -> bool:
    names = fold(f"{artefact.name_vi} {artefact.name_en} {artefact.slug}")
    return all(word in names for word in words)


def artefact_by_slug(slug: str) -> Artefact:
    """With workshop, product, model and poster. Raises Missing."""
    found = db.session.scalar(
        select(Artefact)
        .where(Artefact.slug == slug)
        .options(
            joinedload(Artefact.workshop),
            joinedload(Artefact.product),
            joinedload(Artefact.model).joinedload(Model3D.poster),
        )
    )
    if found is None:
        raise Missing
    return found


def choices_for_artefacts() -> tuple[list[Term], list[Workshop], list[Product]]:
    """What an artefact may be told to be of: terms in their order, the others by name."""
    terms = db.session.scalars(select(Term).order_by(Term.kind, Term.position, Term.id)).all()
    workshops = db.session.scalars(select(Workshop).order_by(Workshop.name_sort)).all()
    products = db.session.scalars(select(Product).order_by(Product.name_sort)).all()
    return list(terms), list(workshops), list(products)
