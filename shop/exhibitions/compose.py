"""The draft of an exhibition put together into the tree that is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from shop.core.db import db
from shop.exhibitions import shown
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import (
    Detail,
    Door,
    Exhibit,
    Exhibition,
    Room,
    Section,
    SectionPicture,
)
from shop.exhibitions.models.sounds import Sound
from shop.media.models import Recording

Tree = TypeVar("Tree")


def compose(exhibition: Exhibition) -> shown.Exhibition:
    """The whole draft as it would be shown; some fourteen SQL statements, however large it is."""
    parts = _Parts.of(exhibition)
    return _copied(
        shown.Exhibition,
        exhibition,
        cover=_picture(parts.picture(exhibition.cover_id)),
        rooms=tuple(_room(room, parts) for room in parts.rooms),
        sections=tuple(_section(each, parts) for each in parts.sections[None]),
    )


def compose_exhibit(exhibit: Exhibit) -> shown.Exhibit:
    """One exhibit of the draft, as it would be shown in its room."""
    room = db.session.get_one(Room, exhibit.room_id)
    whole = compose(db.session.get_one(Exhibition, room.exhibition_id))
    placed = whole.placed(exhibit.key)
    if placed is None:
        raise LookupError(exhibit.key)
    return placed[1]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The rows of one exhibition, each kind read at once; sections and doors by room."""

    rooms: list[Room]
    sections: Mapping[int | None, list[Section]]
    doors: Mapping[int, list[Door]]
    placards: Mapping[str, Placard]
    pictures: Mapping[int, Picture]
    sounds: Mapping[tuple[int | None, int | None], list[shown.Sound]]

    @classmethod
    def of(cls, exhibition: Exhibition) -> _Parts:
        rooms = _rooms(exhibition)
        sections: dict[int | None, list[Section]] = defaultdict(list)
        for section in _sections(exhibition):
            sections[section.room_id].append(section)
        doors: dict[int, list[Door]] = defaultdict(list)
        for door in _doors(exhibition):
            doors[door.room_id].append(door)
        keys = [exhibit.key for room in rooms for exhibit in room.exhibits]
        placards = db.session.scalars(select(Placard).where(Placard.exhibit_key.in_(keys)))
        own = [exhibition.cover_id, *(i for r in rooms for i in (r.panorama_id, r.view_id))]
        by_key = {placard.exhibit_key: placard for placard in placards}
        return cls(rooms, sections, doors, by_key, _pictures(own), _sounds(rooms))

    def picture(self, key: int | None) -> Picture | None:
        return self.pictures[key] if key is not None else None

    def room_slug(self, room_id: int) -> str:
        return next(room.slug for room in self.rooms if room.id == room_id)

    def exhibit_key(self, exhibit_id: int | None) -> str | None:
        pairs = ((e.id, e.key) for room in self.rooms for e in room.exhibits)
        return next((key for id_, key in pairs if id_ == exhibit_id), None)


def _rooms(exhibition: Exhibition) -> list[Room]:
    artefact = selectinload(Room.exhibits).selectinload(Exhibit.artefact)
    with_image = selectinload(ArtefactPicture.picture).selectinload(Picture.image)
    return list(
        db.session.scalars(
            select(Room)
            .where(Room.exhibition_id == exhibition.id)
            .order_by(Room.position, Room.id)
            .options(
                selectinload(Room.exhibits)
                .selectinload(Exhibit.details)
                .selectinload(Detail.picture)
                .selectinload(Picture.image),
                artefact.selectinload(Artefact.terms),
                artefact.selectinload(Artefact.pictures).options(with_image),
                artefact.selectinload(Artefact.model),
                artefact.selectinload(Artefact.workshop),
                artefact.selectinload(Artefact.product),
            )
            .execution_options(populate_existing=True)
        )
    )


def _sections(exhibition: Exhibition) -> Iterable[Section]:
    return db.session.scalars(
        select(Section)
        .where(Section.exhibition_id == exhibition.id)
        .order_by(Section.position, Section.id)
        .options(
            selectinload(Section.pictures)
            .selectinload(SectionPicture.picture)
            .selectinload(Picture.image),
            selectinload(Section.entries),
            selectinload(Section.workshops),
        )
        .execution_options(populate_existing=True)
    )


def _doors(exhibition: Exhibition) -> Iterable[Door]:
    return db.session.scalars(
        select(Door)
        .join(Room, Room.id == Door.room_id)
        .where(Room.exhibition_id == exhibition.id)
        .order_by(Door.yaw, Door.to_room_id)
    )


def _pictures(keys: Iterable[int | None]) -> dict[int, Picture]:
    wanted = [key for key in keys if key is not None]
    rows = db.session.scalars(
        select(Picture).where(Picture.id.in_(wanted)).options(selectinload(Picture.image))
    )
    return {row.id: row for row in rows}


def _sounds(rooms: list[Room]) -> dict[tuple[int | None, int | None], list[shown.Sound]]:
    """By room or by exhibit, those in Vietnamese first."""
    exhibits = [exhibit.id for room in rooms for exhibit in room.exhibits]
    found: dict[tuple[int | None, int | None], list[shown.Sound]] = defaultdict(list)
    rows = db.session.scalars(
        select(Sound)
        .join(Recording, Recording.id == Sound.recording_id)
        .where(Sound.room_id.in_([room.id for room in rooms]) | Sound.exhibit_id.in_(exhibits))
        .order_by(Recording.kind, Recording.language.desc(), Sound.id)
        .options(contains_eager(Sound.recording))
    )
    for row in rows:
        recording = row.recording
        found[row.room_id, row.exhibit_id].append(
            _copied(
                shown.Sound,
                row,
                recording=recording.public_id,
                kind=recording.kind.value,
                language=recording.language,
            )
        )
    return found


def _copied(kind: type[Tree], row: object, /, **given: Any) -> Tree:
    """A part of the tree from the row's attributes of the same names, but for what is given."""
    names = (f.name for f in fields(kind) if f.name not in given)  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names}, **given)


def _picture(picture: Picture | None) -> shown.Picture | None:
    return _whole(picture) if picture else None


def _whole(picture: Picture, link: ArtefactPicture | None = None) -> shown.Picture:
    return shown.Picture(
        image=picture.image.public_id,
        rights=picture.rights,
        credit_vi=picture.credit_vi,
        credit_en=picture.credit_en,
        role=link.role if link else "",
        caption_vi=link.caption_vi if link else "",
        caption_en=link.caption_en if link else "",
    )


def _artefact(artefact: Artefact) -> shown.Artefact:
    return _copied(
        shown.Artefact,
        artefact,
        terms=tuple(_copied(shown.TermName, term) for term in artefact.terms),
        pictures=tuple(_whole(link.picture, link) for link in artefact.pictures),
        model=artefact.model.public_id if artefact.model else None,
        workshop=artefact.workshop.slug if artefact.workshop else None,
        product=artefact.product.slug if artefact.product else None,
    )


def _detail(detail: Detail) -> shown.Detail:
    picture = detail.picture.image.public_id if detail.picture else None
    return _copied(shown.Detail, detail, picture=picture)


def _exhibit(exhibit: Exhibit, parts: _Parts) -> shown.Exhibit:
    placard = parts.placards.get(exhibit.key)
    return _copied(
        shown.Exhibit,
        exhibit,
        stop=placard.number if placard else None,
        code=placard.code if placard else None,
        artefact=_artefact(exhibit.artefact),
        details=tuple(_detail(each) for each in exhibit.details),
        sounds=tuple(parts.sounds.get((None, exhibit.id), ())),
    )


def _section(section: Section, parts: _Parts) -> shown.Section:
    return _copied(
        shown.Section,
        section,
        before=parts.exhibit_key(section.before_id),
        pictures=tuple(
            _copied(shown.SectionPicture, each, picture=_whole(each.picture))
            for each in section.pictures
        ),
        entries=tuple(entry.slug for entry in section.entries),
        workshops=tuple(workshop.slug for workshop in section.workshops),
    )


def _room(room: Room, parts: _Parts) -> shown.Room:
    return _copied(
        shown.Room,
        room,
        panorama=_picture(parts.picture(room.panorama_id)),
        view=_picture(parts.picture(room.view_id)),
        exhibits=tuple(_exhibit(each, parts) for each in room.exhibits),
        sections=tuple(_section(each, parts) for each in parts.sections[room.id]),
        doors=tuple(
            shown.Door(parts.room_slug(door.to_room_id), door.yaw, door.pitch)
            for door in parts.doors[room.id]
        ),
        sounds=tuple(parts.sounds.get((room.id, None), ())),
    )
