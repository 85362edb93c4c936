"""The exhibitions with their rooms and exhibits, published once they are complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.core.settings import LANGUAGES
from shop.core.tables import BadTable, Table, build, build_part, tables
from shop.demonstration.gallery.artefacts import Artefacts
from shop.demonstration.gallery.sections import Around, put_sections_of
from shop.demonstration.gallery.sounds import put_sounds
from shop.demonstration.gallery_files import GalleryFiles, Places
from shop.demonstration.shelf import Shelf
from shop.demonstration.village import Photo
from shop.exhibitions.actions.artefacts import keep_picture
from shop.exhibitions.actions.placards import give_placard
from shop.exhibitions.actions.publishing import latest_revision, publish, record_revision
from shop.exhibitions.actions.rooms import (
    DetailDetails,
    DoorDetails,
    ExhibitDetails,
    ExhibitionDetails,
    RoomDetails,
    put_exhibit,
    put_exhibition,
    put_room,
    set_details,
    set_doors,
)
from shop.exhibitions.compose import compose
from shop.exhibitions.gaps import gaps_of
from shop.exhibitions.models.artefacts import Picture, Rights
from shop.exhibitions.models.editions import Publication
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room

CREDIT_VI = "Bản dựng bằng máy tính, làng gốm Bát Tràng, 2026"
CREDIT_EN = "Computer rendering, Bát Tràng pottery village, 2026"
PARTS = ("room", "section")


@dataclass(frozen=True, slots=True)
class _ExhibitionHead:
    slug: str
    cover: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class _RoomHead:
    slug: str
    view_alt_vi: str
    view_alt_en: str
    audio_vi: str = ""
    audio_en: str = ""


@dataclass(frozen=True, slots=True)
class _ExhibitHead:
    artefact: str
    stop: int
    audio_vi: str = ""
    audio_en: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Either a region of a picture, or a point on the model with the orbit to see it from."""

    picture: str = ""
    region: list[Any] = field(default_factory=list)
    point: list[Any] = field(default_factory=list)
    orbit: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Names:
    name_vi: str
    name_en: str
    text_vi: str = ""
    text_en: str = ""


@dataclass(slots=True)
class Exhibitions:
    total: int = 0
    published: int = 0
    exhibits: int = 0
    changed: int = 0


def put_exhibitions(
    files: GalleryFiles, artefacts: Artefacts, shelf: Shelf, at: datetime
) -> Exhibitions:
    """Every exhibition; what is complete is opened, the rest waits as a draft. Raises BadTable."""
    counted = Exhibitions()
    for table in files.exhibitions:
        counted.total += 1
        if _is_in_curators_hands(table.get("slug")):
            continue
        exhibition, changed = _put_exhibition(files, artefacts, shelf, table, counted)
        published = _publish_when_complete(exhibition, at)
        counted.published += published
        counted.changed += changed or published
    return counted


def _put_exhibition(
    files: GalleryFiles, artefacts: Artefacts, shelf: Shelf, table: Table, counted: Exhibitions
) -> tuple[Exhibition, bool]:
    where = f"{table.get('slug')}.toml"
    head, rest = build_part(_ExhibitionHead, table, where)
    details = build(ExhibitionDetails, _without(rest, PARTS), where)
    cover = artefacts.picture(head.cover, where) if head.cover else None
    exhibition, changed = put_exhibition(head.slug, details, cover=cover, position=head.position)
    around = Around(exhibition, artefacts)
    rooms: dict[str, Room] = {}
    for position, row in enumerate(tables(table, "room", where)):
        room, is_changed = _put_room(files, around, shelf, row, position, counted)
        rooms[room.slug] = room
        changed |= is_changed
    for room in rooms.values():
        places = files.places.get(f"{head.slug}/{room.slug}", Places())
        changed |= set_doors(room, _doors(places, rooms, where))
    changed |= put_sections_of(around, None, {}, tables(table, "section", where), where)
    return exhibition, changed


def _put_room(
    files: GalleryFiles,
    around: Around,
    shelf: Shelf,
    table: Table,
    position: int,
    counted: Exhibitions,
) -> tuple[Room, bool]:
    slug = around.exhibition.slug
    where = f"{slug}.toml, {table.get('slug')}"
    head, rest = build_part(_RoomHead, table, where)
    places = files.places.get(f"{slug}/{head.slug}", Places())
    start = {"start_yaw": places.start[0], "start_pitch": places.start[1]}
    details = build(RoomDetails, _without(rest, ("exhibit", "section")), where, **start)
    view = Photo(str(files.view(slug, head.slug)), head.view_alt_vi, head.view_alt_en)
    around_view = Photo(str(files.panorama(slug, head.slug)), head.view_alt_vi, head.view_alt_en)
    room, changed = put_room(
        around.exhibition,
        head.slug,
        details,
        position=position,
        panorama=_own_picture(shelf, files, around_view, is_panorama=True),
        view=_own_picture(shelf, files, view),
    )
    exhibits = {}
    for number, row in enumerate(tables(table, "exhibit", where)):
        exhibit, is_changed = _put_exhibit(around, room, places, row, number)
        spoken = {code: row.get(f"audio_{code}", "") for code in LANGUAGES}
        changed |= put_sounds(files, slug, exhibit, spoken, shelf.storage)
        exhibits[exhibit.slug] = exhibit
        changed |= is_changed
    counted.exhibits += len(exhibits)
    spoken = {"vi": head.audio_vi, "en": head.audio_en}
    changed |= put_sounds(files, slug, room, spoken, shelf.storage)
    sections = tables(table, "section", where)
    return room, put_sections_of(around, room, exhibits, sections, where) or changed


def _own_picture(
    shelf: Shelf, files: GalleryFiles, photo: Photo, *, is_panorama: bool = False
) -> Picture | None:
    path = files.picture(photo.file)
    image = shelf.image(path, photo, is_rendering=True, is_panorama=is_panorama)
    return keep_picture(image, Rights.CC_BY, CREDIT_VI, CREDIT_EN) if image else None


def _put_exhibit(
    around: Around, room: Room, places: Places, table: Table, position: int
) -> tuple[Exhibit, bool]:
    where = f"{around.exhibition.slug}.toml, {room.slug}, {table.get('artefact')}"
    head, rest = build_part(_ExhibitHead, table, where)
    yaw, pitch = places.exhibits.get(head.artefact, (None, None))
    details = build(ExhibitDetails, _without(rest, ("detail",)), where, yaw=yaw, pitch=pitch)
    artefact = around.artefacts.find(head.artefact, where)
    exhibit, changed = put_exhibit(room, artefact, details, slug=head.artefact, position=position)
    notes = [
        _note(around.artefacts, head.artefact, row, f"{where}, detail {number}")
        for number, row in enumerate(tables(table, "detail", where), start=1)
    ]
    changed |= set_details(exhibit, [note for note in notes if note is not None])
    return exhibit, give_placard(exhibit, head.stop)[1] or changed


def _note(artefacts: Artefacts, slug: str, table: Table, where: str) -> DetailDetails | None:
    """None for a note on a picture that is not drawn yet, or on a model not made yet."""
    place, rest = build_part(_Place, table, where)
    names = build(_Names, rest, where)
    words = (names.name_vi, names.name_en, names.text_vi, names.text_en)
    if place.picture:
        picture = artefacts.picture(f"{slug}/{place.picture}", where)
        if picture is None:
            return None
        region = _numbers(place.region, 4, where)
        return DetailDetails(*words, picture=picture, region=(region[0], *region[1:]))  # type: ignore[arg-type]
    if artefacts.find(slug, where).model_id is None:
        return None
    return DetailDetails(
        *words,
        point=_numbers(place.point, 3, where),  # type: ignore[arg-type]
        orbit=_numbers(place.orbit, 3, where),  # type: ignore[arg-type]
    )


def _numbers(values: Sequence[Any], count: int, where: str) -> tuple[float, ...]:
    if len(values) != count or not all(type(value) in (int, float) for value in values):
        raise BadTable(f"{where}: {values!r} are not {count} numbers")
    return tuple(float(value) for value in values)


def _doors(places: Places, rooms: Mapping[str, Room], where: str) -> list[DoorDetails]:
    unknown = places.doors.keys() - rooms.keys()
    if unknown:
        raise BadTable(f"{where}: doors lead to unknown rooms: {', '.join(sorted(unknown))}")
    return [DoorDetails(rooms[slug], *angles) for slug, angles in places.doors.items()]


def _publish_when_complete(exhibition: Exhibition, at: datetime) -> bool:
    """Open what is new in its files and lacks nothing."""
    before = latest_revision(exhibition.id)
    revision = record_revision(exhibition, by=None, at=at, summary="")
    is_new = before is None or revision.id != before.id
    if gaps_of(compose(exhibition)) or not (is_new or not _was_ever_published(exhibition)):
        return False
    publish(exhibition, by=None, at=at)
    return True


def _is_in_curators_hands(slug: object) -> bool:
    """Whether a person saved it last: what they wrote is not taken back at the next start."""
    exhibition = db.session.scalar(select(Exhibition).where(Exhibition.slug == slug))
    last = latest_revision(exhibition.id) if exhibition else None
    return last is not None and last.by_person_id is not None


def _was_ever_published(exhibition: Exhibition) -> bool:
    found = db.session.scalar(
        select(Publication.id).where(Publication.exhibition_id == exhibition.id).limit(1)
    )
    return found is not None


def _without(table: Table, names: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in names}
