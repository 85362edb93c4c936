"""Changing what is there already, without undoing what another curator did meanwhile.

A form carries a mark of every value it was opened with. When it comes back, a value that has
become another one since, and is not what was typed either, was changed by somebody else: the
form is not saved, and says which it was and what it reads now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core.changes import take_over
from shop.core.db import Base, db, for_update
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.exhibitions.actions.artefacts import ArtefactDetails, ArtefactLinks, put_artefact
from shop.exhibitions.actions.rooms import (
    ExhibitDetails,
    ExhibitionDetails,
    RoomDetails,
    refuse_blank,
)
from shop.exhibitions.models.artefacts import Artefact, Picture, artefact_term
from shop.exhibitions.models.editions import FormerAddress
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.exhibitions.naming import OWN_ADDRESSES
from shop.heritage.models import Term
from shop.media.models import Model3D
from shop.workshops.models import Workshop

MARK_LENGTH = 10
SLUG_TAKEN: Message = lazy_gettext("This address is taken. Choose another.")


class ChangedMeanwhile(Conflict):
    """`now` holds what another curator made of the fields, by their names."""

    message = lazy_gettext(
        "Another curator changed this while it was open here. Nothing of yours is saved yet: look "
        "at the marked fields, then save again to put yours in place."
    )

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__()
        self.now = dict(now)


def marks(values: Mapping[str, Any]) -> str:
    """One short mark a value, for the form to carry: `name_vi:2c26b46b68 …`."""
    return " ".join(f"{name}:{_mark(value)}" for name, value in sorted(values.items()))


def marks_of(row: Any, names: Mapping[str, Any] | list[str]) -> str:
    return marks({name: getattr(row, name) for name in names})


def _mark(value: Any) -> str:
    plain = "" if value is None else repr(float(value)) if isinstance(value, float) else str(value)
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_LENGTH]


def refuse_changed(seen: str, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Raises ChangedMeanwhile for values that neither the form was opened with nor asks for."""
    opened_with = dict(each.partition(":")[::2] for each in seen.split())
    changed = {
        name: value
        for name, value in now.items()
        if opened_with.get(name) != _mark(value) and _mark(value) != _mark(wanted[name])
    }
    if changed:
        raise ChangedMeanwhile(changed)


def change(row: Base, values: Mapping[str, Any], *, seen: str) -> bool:
    """Make the row read so; whether that was news. `seen` is what `marks` gave the form.

    The caller has locked the exhibition or the artefact. Raises ChangedMeanwhile.
    """
    refuse_changed(seen, {name: getattr(row, name) for name in values}, values)
    changed = take_over(row, values)
    db.session.flush()
    return changed


def locked_exhibition(slug: str) -> Exhibition:
    """The draft, kept from other curators until the transaction ends. Raises Missing."""
    found = db.session.scalar(for_update(select(Exhibition).where(Exhibition.slug == slug)))
    if found is None:
        raise Missing
    return found


def locked_artefact(slug: str) -> Artefact:
    """As `locked_exhibition`."""
    found = db.session.scalar(for_update(select(Artefact).where(Artefact.slug == slug)))
    if found is None:
        raise Missing
    return found


def edit_exhibition(
    exhibition: Exhibition, details: ExhibitionDetails, *, slug: str, seen: str
) -> bool:
    """Its address of before keeps leading to it.

    Raises Invalid for a missing title or an address that is taken, and ChangedMeanwhile.
    """
    refuse_blank(title_vi=details.title_vi, title_en=details.title_en)
    refuse_own_address(slug)
    _refuse_taken(Exhibition.slug == slug, Exhibition.id != exhibition.id)
    before = FormerAddress(exhibition_id=exhibition.id, slug=exhibition.slug)
    if slug != before.slug:
        db.session.add(before)
    return change(exhibition, {**asdict(details), "slug": slug}, seen=seen)


def set_cover(exhibition: Exhibition, picture: Picture | None) -> bool:
    return take_over(exhibition, {"cover_id": picture.id if picture else None})


def edit_room(room: Room, details: RoomDetails, *, slug: str, seen: str) -> bool:
    """As `edit_exhibition`; where one looks on entering is set with the room's places."""
    refuse_blank(name_vi=details.name_vi, name_en=details.name_en)
    _refuse_taken(Room.slug == slug, Room.exhibition_id == room.exhibition_id, Room.id != room.id)
    values = {**asdict(details), "slug": slug}
    del values["start_yaw"], values["start_pitch"]
    before = FormerAddress(exhibition_id=room.exhibition_id, room_id=room.id, slug=room.slug)
    if slug != before.slug:
        db.session.add(before)
    return change(room, values, seen=seen)


def edit_exhibit(exhibit: Exhibit, details: ExhibitDetails, *, seen: str) -> bool:
    """As `edit_exhibition`; where it stands in the panorama is set with the room's places."""
    values = asdict(details)
    del values["yaw"], values["pitch"]
    return change(exhibit, values, seen=seen)


def refuse_own_address(slug: str) -> None:
    """Raises Invalid for what the gallery itself answers to, so that no page hides another."""
    if slug in OWN_ADDRESSES:
        raise Invalid(fields={"slug": SLUG_TAKEN})


def _refuse_taken(*conditions: Any) -> None:
    if db.session.scalar(select(1).where(*conditions).limit(1)) is not None:
        raise Invalid(fields={"slug": SLUG_TAKEN})


@dataclass(frozen=True, slots=True)
class ArtefactEdit:
    details: ArtefactDetails
    terms: Sequence[Term]
    workshop: Workshop | None
    product: Product | None


def artefact_values(artefact: Artefact) -> dict[str, Any]:
    """What is edited of an artefact, by the names its form has for it."""
    values = {f.name: getattr(artefact, f.name) for f in fields(ArtefactDetails)}
    found = db.session.scalars(
        select(artefact_term.c.term_id).where(artefact_term.c.artefact_id == artefact.id)
    )
    return {
        **values,
        "workshop": artefact.workshop_id,
        "product": artefact.product_id,
        "terms": sorted(found),
    }


def edit_artefact(artefact: Artefact, edit: ArtefactEdit, *, seen: str) -> bool:
    """The caller has locked it. Raises Invalid as put_artefact does, and ChangedMeanwhile."""
    wanted = {
        **asdict(edit.details),
        "workshop": edit.workshop.id if edit.workshop else None,
        "product": edit.product.id if edit.product else None,
        "terms": sorted(term.id for term in edit.terms),
    }
    refuse_changed(seen, artefact_values(artefact), wanted)
    model = db.session.get(Model3D, artefact.model_id) if artefact.model_id else None
    links = ArtefactLinks(edit.terms, edit.workshop, edit.product, model)
    return put_artefact(artefact.slug, edit.details, links)[1]
