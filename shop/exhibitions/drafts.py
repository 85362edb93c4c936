"""What curators have under their hands: drafts and their parts, by the addresses of their pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture
from shop.exhibitions.models.rooms import Detail, Door, Exhibit, Exhibition, Room, Section

Row = TypeVar("Row")


def _one(statement: Select[Row]) -> Row:
    # Read afresh, for composing the draft leaves out what a page of the desk shows beside it.
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise Missing
    return found


def draft(slug: str) -> Exhibition:
    """With its cover. Raises Missing."""
    return _one(
        select(Exhibition)
        .where(Exhibition.slug == slug)
        .options(joinedload(Exhibition.cover).joinedload(Picture.image))
    )


def room_of(exhibition: Exhibition, slug: str) -> Room:
    """With its panorama and view. Raises Missing."""
    return _one(
        select(Room)
        .where(Room.exhibition_id == exhibition.id, Room.slug == slug)
        .options(
            joinedload(Room.panorama).joinedload(Picture.image),
            joinedload(Room.view).joinedload(Picture.image),
        )
    )


def exhibit_of(room: Room, slug: str) -> Exhibit:
    """With its artefact. Raises Missing."""
    return _one(
        select(Exhibit)
        .where(Exhibit.room_id == room.id, Exhibit.slug == slug)
        .options(joinedload(Exhibit.artefact))
    )


def detail_of(exhibit: Exhibit, key: int) -> Detail:
    """Raises Missing for another exhibit's."""
    return _one(
        select(Detail)
        .where(Detail.exhibit_id == exhibit.id, Detail.id == key)
        .options(joinedload(Detail.picture).joinedload(Picture.image))
    )


def section_of(exhibition: Exhibition, key: int) -> Section:
    """With all it holds. Raises Missing for another exhibition's."""
    return _one(
        select(Section)
        .where(Section.exhibition_id == exhibition.id, Section.id == key)
        .options(
            selectinload(Section.pictures),
            selectinload(Section.entries),
            selectinload(Section.workshops),
        )
    )


def rooms_in_order(exhibition: Exhibition) -> Sequence[Room]:
    return db.session.scalars(
        select(Room).where(Room.exhibition_id == exhibition.id).order_by(Room.position, Room.id)
    ).all()


def exhibits_in_order(room: Room) -> Sequence[Exhibit]:
    """With their artefacts."""
    return db.session.scalars(
        select(Exhibit)
        .where(Exhibit.room_id == room.id)
        .order_by(Exhibit.position, Exhibit.id)
        .options(joinedload(Exhibit.artefact))
    ).all()


def details_in_order(exhibit: Exhibit) -> Sequence[Detail]:
    """With their pictures."""
    return db.session.scalars(
        select(Detail)
        .where(Detail.exhibit_id == exhibit.id)
        .order_by(Detail.position, Detail.id)
        .options(joinedload(Detail.picture).joinedload(Picture.image))
    ).all()


def sections_in_order(exhibition: Exhibition, room: Room | None) -> Sequence[Section]:
    of_room = Section.room_id == room.id if room else Section.room_id.is_(None)
    return db.session.scalars(
        select(Section)
        .where(Section.exhibition_id == exhibition.id, of_room)
        .order_by(Section.position, Section.id)
    ).all()


def doors_of(room: Room) -> dict[int, Door]:
    """By the key of the room they lead to."""
    rows = db.session.scalars(select(Door).where(Door.room_id == room.id))
    return {row.to_room_id: row for row in rows}


def pictures_of(artefact: Artefact) -> Sequence[ArtefactPicture]:
    """In their order, with picture and image."""
    return db.session.scalars(
        select(ArtefactPicture)
        .where(ArtefactPicture.artefact_id == artefact.id)
        .order_by(ArtefactPicture.position, ArtefactPicture.id)
        .options(joinedload(ArtefactPicture.picture).joinedload(Picture.image))
    ).all()


def front_pictures(artefact_ids: Iterable[int]) -> dict[int, ArtefactPicture]:
    """The first picture of each of these artefacts; one SQL statement."""
    rows = db.session.scalars(
        select(ArtefactPicture)
        .where(ArtefactPicture.artefact_id.in_(set(artefact_ids)))
        .order_by(ArtefactPicture.position.desc(), ArtefactPicture.id.desc())
        .options(joinedload(ArtefactPicture.picture).joinedload(Picture.image))
    )
    return {row.artefact_id: row for row in rows}


def detail_keys(exhibition: Exhibition) -> dict[tuple[str, str, int], int]:
    """The key of each note by room, exhibit and its number there from 1."""
    rows = db.session.execute(
        select(Room.slug, Exhibit.slug.label("exhibit"), Detail.id)
        .join(Exhibit, Exhibit.room_id == Room.id)
        .join(Detail, Detail.exhibit_id == Exhibit.id)
        .where(Room.exhibition_id == exhibition.id)
        .order_by(Exhibit.id, Detail.position, Detail.id)
    )
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    found = {}
    for room, exhibit, key in rows:
        numbers[room, exhibit] += 1
        found[room, exhibit, numbers[room, exhibit]] = key
    return found


def section_keys(exhibition: Exhibition) -> dict[tuple[str, int], int]:
    """The key of each section by room (none: the exhibition's page) and its number from 1."""
    rows = db.session.execute(
        select(Room.slug, Section.id)
        .select_from(Section)
        .outerjoin(Room, Room.id == Section.room_id)
        .where(Section.exhibition_id == exhibition.id)
        .order_by(Section.position, Section.id)
    )
    numbers: dict[str, int] = defaultdict(int)
    found = {}
    for room, key in rows:
        numbers[room or ""] += 1
        found[room or "", numbers[room or ""]] = key
    return found
