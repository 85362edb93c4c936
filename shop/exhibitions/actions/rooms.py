"""Exhibitions, their rooms, what stands in them, and the sections to read between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.exhibitions.models.artefacts import Artefact, Picture
from shop.exhibitions.models.rooms import Detail, Door, Exhibit, Exhibition, Room
from shop.exhibitions.naming import unnamed
from shop.heritage.models import Certainty

SLUG_TAKEN: Message = lazy_gettext("This address is taken in this room. Choose another.")


@dataclass(frozen=True, slots=True)
class ExhibitionDetails:
    title_vi: str
    title_en: str
    subtitle_vi: str = ""
    subtitle_en: str = ""
    intro_vi: str = ""
    intro_en: str = ""
    curator_vi: str = ""
    curator_en: str = ""
    certainty: Certainty | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoomDetails:
    """Where one looks on entering in degrees, as in models.rooms.Room."""

    name_vi: str
    name_en: str
    intro_vi: str = ""
    intro_en: str = ""
    simple_vi: str = ""
    simple_en: str = ""
    certainty: Certainty | None = None
    source: str = ""
    start_yaw: float = 0.0
    start_pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class ExhibitDetails:
    """Its place in the room's panorama in degrees, or None where it has none."""

    text_vi: str = ""
    text_en: str = ""
    simple_vi: str = ""
    simple_en: str = ""
    certainty: Certainty | None = None
    source: str = ""
    yaw: float | None = None
    pitch: float | None = None


@dataclass(frozen=True, slots=True)
class DetailDetails:
    """A note's words and its place: a picture with a region, or a point with an orbit.

    Shapes and units as in models.rooms.Detail.
    """

    name_vi: str
    name_en: str
    text_vi: str = ""
    text_en: str = ""
    picture: Picture | None = None
    region: tuple[float, float, float, float] | None = None
    point: tuple[float, float, float] | None = None
    orbit: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class DoorDetails:
    to: Room
    yaw: float
    pitch: float


def put_exhibition(
    slug: str, details: ExhibitionDetails, *, cover: Picture | None, position: int
) -> tuple[Exhibition, bool]:
    """New or changed to this, and whether anything was. Raises Invalid for a missing title."""
    refuse_blank(title_vi=details.title_vi, title_en=details.title_en)
    values = {
        **asdict(details),
        "cover_id": cover.id if cover else None,
        "position": position,
    }
    found = db.session.scalar(select(Exhibition).where(Exhibition.slug == slug))
    return _put(found, Exhibition(slug=slug), values)


def put_room(
    exhibition: Exhibition,
    slug: str,
    details: RoomDetails,
    *,
    position: int,
    panorama: Picture | None,
    view: Picture | None,
) -> tuple[Room, bool]:
    """As `put_exhibition`, by the slug within the exhibition."""
    refuse_blank(name_vi=details.name_vi, name_en=details.name_en)
    values = {
        **asdict(details),
        "position": position,
        "panorama_id": panorama.id if panorama else None,
        "view_id": view.id if view else None,
    }
    found = db.session.scalar(
        select(Room).where(Room.exhibition_id == exhibition.id, Room.slug == slug)
    )
    return _put(found, Room(exhibition_id=exhibition.id, slug=slug), values)


def put_exhibit(
    room: Room, artefact: Artefact, details: ExhibitDetails, *, slug: str, position: int
) -> tuple[Exhibit, bool]:
    """As `put_exhibition`, by the slug within the room."""
    values = {**asdict(details), "artefact_id": artefact.id, "position": position}
    found = db.session.scalar(
        select(Exhibit).where(Exhibit.room_id == room.id, Exhibit.slug == slug)
    )
    return _put(found, Exhibit(room_id=room.id, slug=slug), values)


def set_details(exhibit: Exhibit, details: Sequence[DetailDetails]) -> bool:
    """These notes and no others, numbered in this order; whether that was news."""
    rows = list(
        db.session.scalars(
            select(Detail).where(Detail.exhibit_id == exhibit.id).order_by(Detail.position)
        )
    )
    changed = len(rows) != len(details)
    for row in rows[len(details) :]:
        db.session.delete(row)
    for position, each in enumerate(details):
        row = rows[position] if position < len(rows) else Detail(exhibit_id=exhibit.id)
        changed |= take_over(row, {"position": position, **columns_of_detail(each)})
        db.session.add(row)
    db.session.flush()
    db.session.expire(exhibit, ["details"])
    return changed


def columns_of_detail(detail: DetailDetails) -> dict[str, Any]:
    """What the row of a note holds, but for its exhibit and its number."""
    region = detail.region or (None, None, None, None)
    point, orbit = detail.point or (None, None, None), detail.orbit or (None, None, None)
    return {
        "name_vi": detail.name_vi,
        "name_en": detail.name_en,
        "text_vi": detail.text_vi,
        "text_en": detail.text_en,
        "picture_id": detail.picture.id if detail.picture else None,
        **dict(zip(("x", "y", "width", "height"), region, strict=True)),
        **dict(zip(("point_x", "point_y", "point_z"), point, strict=True)),
        **dict(zip(("azimuth", "polar", "distance"), orbit, strict=True)),
    }


def set_doors(room: Room, doors: Sequence[DoorDetails]) -> bool:
    """These ways out of the room and no others; whether that was news."""
    rows = {
        row.to_room_id: row
        for row in db.session.scalars(select(Door).where(Door.room_id == room.id))
    }
    wanted = {door.to.id: {"yaw": door.yaw, "pitch": door.pitch} for door in doors}
    gone = rows.keys() - wanted.keys()
    if gone:
        db.session.execute(delete(Door).where(Door.room_id == room.id, Door.to_room_id.in_(gone)))
    changed = bool(gone)
    for key, values in wanted.items():
        row = rows.get(key)
        if row is None:
            db.session.add(Door(room_id=room.id, to_room_id=key, **values))
            changed = True
        else:
            changed |= take_over(row, values)
    db.session.flush()
    return changed


def next_position(column: Any, *conditions: Any) -> int:
    """Behind the last of its kind, e.g. next_position(Room.position, Room.exhibition_id == 1)."""
    last = db.session.scalar(select(func.max(column)).where(*conditions))
    return 0 if last is None else last + 1


def refuse_blank(**texts: str) -> None:
    """Raises Invalid, naming each text that is blank."""
    missing = unnamed(**texts)
    if missing:
        raise Invalid(fields=missing)


def _put(found: Any, new: Any, values: dict[str, Any]) -> tuple[Any, bool]:
    if found is not None:
        return found, take_over(found, values)
    take_over(new, values)
    db.session.add(new)
    db.session.flush()
    return new, True
