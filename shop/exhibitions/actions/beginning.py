"""New exhibitions, rooms, exhibits and artefacts. Asked for twice, each is made once."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.exhibitions.actions.artefacts import ArtefactDetails, ArtefactLinks, put_artefact
from shop.exhibitions.actions.editing import SLUG_TAKEN, refuse_own_address
from shop.exhibitions.actions.rooms import (
    ExhibitDetails,
    ExhibitionDetails,
    RoomDetails,
    next_position,
    put_exhibit,
    put_exhibition,
    put_room,
)
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room

STANDS_HERE: Message = lazy_gettext("This artefact stands in this room already.")


def begin_exhibition(slug: str, title_vi: str, title_en: str) -> Exhibition:
    """Behind the others. Raises Invalid when another page of the gallery has the address."""
    refuse_own_address(slug)
    found = db.session.scalar(select(Exhibition).where(Exhibition.slug == slug))
    if found is not None:
        if (found.title_vi, found.title_en) == (title_vi, title_en):
            return found
        raise Invalid(fields={"slug": SLUG_TAKEN})
    details = ExhibitionDetails(title_vi, title_en)
    position = next_position(Exhibition.position)
    return put_exhibition(slug, details, cover=None, position=position)[0]


def begin_room(exhibition: Exhibition, slug: str, name_vi: str, name_en: str) -> Room:
    """As `begin_exhibition`, within the exhibition."""
    ours = Room.exhibition_id == exhibition.id
    found = db.session.scalar(select(Room).where(ours, Room.slug == slug))
    if found is not None:
        if (found.name_vi, found.name_en) == (name_vi, name_en):
            return found
        raise Invalid(fields={"slug": SLUG_TAKEN})
    position = next_position(Room.position, ours)
    details = RoomDetails(name_vi, name_en)
    return put_room(exhibition, slug, details, position=position, panorama=None, view=None)[0]


def place(room: Room, artefact: Artefact) -> Exhibit:
    """The artefact as an exhibit of the room, behind the others; the one there if it stands there.

    Its address is the artefact's.
    """
    found = db.session.scalar(
        select(Exhibit).where(Exhibit.room_id == room.id, Exhibit.artefact_id == artefact.id)
    )
    if found is not None:
        return found
    taken = db.session.scalar(
        select(Exhibit.id).where(Exhibit.room_id == room.id, Exhibit.slug == artefact.slug)
    )
    if taken is not None:
        raise Invalid(STANDS_HERE)
    position = next_position(Exhibit.position, Exhibit.room_id == room.id)
    slug = artefact.slug
    return put_exhibit(room, artefact, ExhibitDetails(), slug=slug, position=position)[0]


def begin_artefact(slug: str, name_vi: str, name_en: str) -> Artefact:
    """Raises Invalid when another artefact has the address."""
    found = db.session.scalar(select(Artefact).where(Artefact.slug == slug))
    if found is not None:
        if (found.name_vi, found.name_en) == (name_vi, name_en):
            return found
        raise Invalid(fields={"slug": SLUG_TAKEN})
    return put_artefact(slug, ArtefactDetails(name_vi, name_en), ArtefactLinks())[0]
