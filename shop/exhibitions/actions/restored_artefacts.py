"""The artefacts of a revision put back, and whatever the revision names found again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core.db import db
from shop.exhibitions import shown
from shop.exhibitions.actions.artefacts import (
    ArtefactDetails,
    ArtefactLinks,
    PictureInRole,
    keep_picture,
    put_artefact,
    set_pictures,
)
from shop.exhibitions.models.artefacts import Artefact, Picture
from shop.heritage.models import Term
from shop.media.models import Image, Model3D
from shop.workshops.models import Workshop

Record = TypeVar("Record")


class Lost(StrEnum):
    """What a revision may name that is there no more."""

    PICTURE = "picture"
    MODEL = "model"
    RECORDING = "recording"
    TERM = "term"
    WORKSHOP = "workshop"
    PIECE = "piece"
    YEAR = "year"
    NOTE = "note"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Loss:
    """`of` says where it was: an artefact's, a room's or a section's address or heading."""

    what: Lost
    name: str
    of: str = ""


@dataclass
class Losses:
    """Each loss once, in the order in which it was met."""

    found: dict[Loss, None] = field(default_factory=dict)

    def tell(self, what: Lost, name: str, of: str = "") -> None:
        self.found[Loss(what, name, of)] = None


def record_of(part: Any, kind: type[Record], **given: Any) -> Record:
    """A dataclass of the part's attributes of the same names, but for what is given."""
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    values = {name: getattr(part, name) for name in names if name not in given}
    return kind(**{**values, **given})


def picture_of(part: shown.Picture | None, losses: Losses, of: str) -> Picture | None:
    """The gallery's picture with the rights and the credit it had, or none when it is lost."""
    if part is None:
        return None
    image = db.session.scalar(select(Image).where(Image.public_id == part.image))
    if image is None:
        losses.tell(Lost.PICTURE, part.image, of)
        return None
    return keep_picture(image, part.rights, part.credit_vi, part.credit_en)


def picture_by_image(public_id: str) -> Picture | None:
    """The picture that the gallery keeps of this image."""
    return db.session.scalar(
        select(Picture)
        .join(Image, Image.id == Picture.image_id)
        .where(Image.public_id == public_id)
    )


def restore_artefacts(
    parts: Iterable[shown.Artefact], losses: Losses
) -> tuple[dict[str, Artefact], set[int]]:
    """The artefacts by their addresses, as the revision tells of them; and which were changed."""
    kept: dict[str, Artefact] = {}
    changed: set[int] = set()
    for part in parts:
        if part.slug in kept:
            continue
        artefact, is_news = _restore(part, losses)
        kept[part.slug] = artefact
        if is_news:
            changed.add(artefact.id)
    return kept, changed


def _restore(part: shown.Artefact, losses: Losses) -> tuple[Artefact, bool]:
    links = ArtefactLinks(
        _terms(part, losses),
        _named(Workshop, Workshop.slug, part.workshop, Lost.WORKSHOP, part, losses),
        _named(Product, Product.slug, part.product, Lost.PIECE, part, losses),
        _named(Model3D, Model3D.public_id, part.model, Lost.MODEL, part, losses),
    )
    artefact, changed = put_artefact(part.slug, record_of(part, ArtefactDetails), links)
    pictures = []
    for each in part.pictures:
        picture = picture_of(each, losses, part.slug)
        if picture is not None:
            pictures.append(PictureInRole(picture, each.role, each.caption_vi, each.caption_en))
    return artefact, set_pictures(artefact, pictures) or changed


def _terms(part: shown.Artefact, losses: Losses) -> list[Term]:
    found = []
    for each in part.terms:
        term = db.session.scalar(select(Term).where(Term.kind == each.kind, Term.slug == each.slug))
        if term is None:
            losses.tell(Lost.TERM, each.name_vi, part.slug)
        else:
            found.append(term)
    return found


def _named(
    kind: type[Any],
    column: Any,
    name: str | None,
    what: Lost,
    part: shown.Artefact,
    losses: Losses,
) -> Any:
    if name is None:
        return None
    row = db.session.scalar(select(kind).where(column == name))
    if row is None:
        losses.tell(what, name, part.slug)
    return row
