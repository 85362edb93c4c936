"""Artefacts and the gallery's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from shop.catalogue.models import Product
from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.exhibitions.models.artefacts import (
    Artefact,
    ArtefactPicture,
    Picture,
    Rights,
    artefact_term,
)
from shop.exhibitions.naming import unnamed
from shop.heritage.models import Certainty, Term
from shop.media.actions import ask_for_tiles
from shop.media.models import Image, Model3D
from shop.workshops.models import Workshop

NO_CREDIT: Message = lazy_gettext("Say whom to name for this picture.")
YEARS_OUT_OF_ORDER: Message = lazy_gettext("The last year cannot come before the first.")
ROLE_TWICE: Message = lazy_gettext("Two pictures of an artefact cannot have the same role.")


@dataclass(frozen=True, slots=True)
class ArtefactDetails:
    """Lengths in mm, weight in g. Only the names cannot be left for later."""

    name_vi: str
    name_en: str
    summary_vi: str = ""
    summary_en: str = ""
    description_vi: str = ""
    description_en: str = ""
    when_vi: str = ""
    when_en: str = ""
    year_from: int | None = None
    year_to: int | None = None
    place_vi: str = ""
    place_en: str = ""
    height_mm: int | None = None
    width_mm: int | None = None
    depth_mm: int | None = None
    weight_g: int | None = None
    rights: Rights = Rights.IN_COPYRIGHT
    credit_vi: str = ""
    credit_en: str = ""
    may_download: bool = False
    certainty: Certainty | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ArtefactLinks:
    """What an artefact is of, by whom, and the piece and the 3D model that show it."""

    terms: Sequence[Term] = ()
    workshop: Workshop | None = None
    product: Product | None = None
    model: Model3D | None = None


@dataclass(frozen=True, slots=True)
class PictureInRole:
    picture: Picture
    role: str
    caption_vi: str = ""
    caption_en: str = ""


def keep_picture(image: Image, rights: Rights, credit_vi: str, credit_en: str) -> Picture:
    """Take a picture into the gallery under these rights, or change the rights it has there.

    Raises Invalid when nobody is credited.
    """
    credits_ = {"credit_vi": credit_vi, "credit_en": credit_en}
    missing = {name: NO_CREDIT for name, text in credits_.items() if not text.strip()}
    if missing:
        raise Invalid(fields=missing)
    picture = db.session.scalar(select(Picture).where(Picture.image_id == image.id))
    if picture is None:
        picture = Picture(image_id=image.id, rights=rights, **credits_)
        db.session.add(picture)
        db.session.flush()
    take_over(picture, {"rights": rights, **credits_})
    return picture


def put_artefact(
    slug: str, details: ArtefactDetails, links: ArtefactLinks
) -> tuple[Artefact, bool]:
    """The artefact of this slug, new or changed to this, and whether anything was changed.

    Raises Invalid, naming the fields, for a missing name or years out of order.
    """
    _refuse_unnamed(details)
    values = {**asdict(details), **_keys(links)}
    artefact = db.session.scalar(select(Artefact).where(Artefact.slug == slug))
    changed = artefact is None
    if artefact is None:
        artefact = Artefact(slug=slug, **values)
        db.session.add(artefact)
        db.session.flush()
    changed |= take_over(artefact, values)
    return artefact, _set_terms(artefact, links.terms) or changed


def _keys(links: ArtefactLinks) -> dict[str, int | None]:
    return {
        "workshop_id": links.workshop.id if links.workshop else None,
        "product_id": links.product.id if links.product else None,
        "model_id": links.model.id if links.model else None,
    }


def _refuse_unnamed(details: ArtefactDetails) -> None:
    faults = unnamed(name_vi=details.name_vi, name_en=details.name_en)
    if details.year_to is not None and details.year_to < (details.year_from or details.year_to + 1):
        faults["year_to"] = YEARS_OUT_OF_ORDER
    if faults:
        raise Invalid(fields=faults)


def _set_terms(artefact: Artefact, terms: Sequence[Term]) -> bool:
    links = artefact_term.c
    wanted = {term.id for term in terms}
    found = set(db.session.scalars(select(links.term_id).where(links.artefact_id == artefact.id)))
    if found - wanted:
        db.session.execute(
            delete(artefact_term).where(
                links.artefact_id == artefact.id, links.term_id.in_(found - wanted)
            )
        )
    if wanted - found:
        rows = [{"artefact_id": artefact.id, "term_id": key} for key in sorted(wanted - found)]
        db.session.execute(artefact_term.insert(), rows)
    db.session.expire(artefact, ["terms"])
    return found != wanted


def set_pictures(artefact: Artefact, pictures: Sequence[PictureInRole]) -> bool:
    """These and no others, in this order; whether that was news. Tiles are asked for.

    The caller has them made (media.jobs) once that has been committed. Raises Invalid for a role
    used twice.
    """
    roles = [each.role for each in pictures]
    if len(set(roles)) < len(roles):
        raise Invalid(fields={"role": ROLE_TWICE})
    rows = db.session.scalars(
        select(ArtefactPicture).where(ArtefactPicture.artefact_id == artefact.id)
    )
    by_role = {row.role: row for row in rows}
    changed = False
    for role in by_role.keys() - set(roles):
        db.session.delete(by_role[role])
        changed = True
    for position, each in enumerate(pictures):
        changed |= ask_for_tiles(db.session.get_one(Image, each.picture.image_id))
        values = {
            "picture_id": each.picture.id,
            "position": position,
            "caption_vi": each.caption_vi,
            "caption_en": each.caption_en,
        }
        row = by_role.get(each.role)
        if row is None:
            db.session.add(ArtefactPicture(artefact_id=artefact.id, role=each.role, **values))
            changed = True
        else:
            changed |= take_over(row, values)
    db.session.flush()
    db.session.expire(artefact, ["pictures"])
    return changed
