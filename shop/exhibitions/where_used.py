"""Where an artefact stands: in drafts, and in what visitors see or are going to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from shop.core.db import db
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.editions import Revision
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.exhibitions.progress import progress
from shop.exhibitions.shown import from_content


@dataclass(frozen=True, slots=True)
class Place:
    """An exhibit in a draft; `exhibit` is its slug in the room."""

    exhibition: Exhibition
    room: Room
    exhibit: str


@dataclass(frozen=True, slots=True)
class Uses:
    """`shown` are exhibitions whose open or planned revision has it, whatever the draft says."""

    places: list[Place]
    shown: list[Exhibition]

    def __bool__(self) -> bool:
        return bool(self.places or self.shown)


def where_used(artefact: Artefact, at: datetime) -> Uses:
    """Everywhere it would be missed if it were deleted now."""
    return Uses(_places(artefact), _shown(artefact, at))


def _places(artefact: Artefact) -> list[Place]:
    rows = db.session.execute(
        select(Exhibition, Room, Exhibit.slug)
        .join(Room, Room.exhibition_id == Exhibition.id)
        .join(Exhibit, Exhibit.room_id == Room.id)
        .where(Exhibit.artefact_id == artefact.id)
        .order_by(Exhibition.position, Exhibition.id, Room.position, Room.id)
    )
    return [Place(exhibition, room, slug) for exhibition, room, slug in rows]


def _shown(artefact: Artefact, at: datetime) -> list[Exhibition]:
    found: dict[int | None, Exhibition] = {}
    for each in progress(at):
        editions = [each.now if each.is_open else None, each.planned]
        found |= {e.publication.revision_id: each.exhibition for e in editions if e}
    revisions = db.session.scalars(
        select(Revision).where(Revision.id.in_(found)).options(undefer(Revision.content))
    )
    holding = [found[each.id] for each in revisions if _holds(each, artefact.slug)]
    return list(dict.fromkeys(holding))


def _holds(revision: Revision, slug: str) -> bool:
    tree = from_content(revision.content)
    return any(exhibit.artefact.slug == slug for _room, exhibit in tree.exhibits())


def exhibitions_placing(*artefacts: str) -> list[str]:
    """The slugs of the exhibitions whose drafts have one of these, in one order, for locking."""
    return list(
        db.session.scalars(
            select(Exhibition.slug)
            .join(Room, Room.exhibition_id == Exhibition.id)
            .join(Exhibit, Exhibit.room_id == Room.id)
            .join(Artefact, Artefact.id == Exhibit.artefact_id)
            .where(Artefact.slug.in_(artefacts))
            .group_by(Exhibition.id, Exhibition.slug)
            .order_by(Exhibition.id)
        )
    )
