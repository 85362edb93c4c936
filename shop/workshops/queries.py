"""Reads of workshops: the list, one workshop's page, its makers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.errors import Missing
from shop.media.models import Image
from shop.workshops.models import Maker, Workshop


@dataclass(frozen=True, slots=True)
class Mark:
    public_id: str
    width: int
    height: int
    alt_vi: str
    alt_en: str
    renditions_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """`number` counts from 1 in the order of the list, and says on the map which is which."""

    number: int
    id: int
    slug: str
    name_vi: str
    name_en: str
    speciality_vi: str
    speciality_en: str
    place_vi: str
    place_en: str
    opening_vi: str
    opening_en: str
    founded_year: int | None
    map_x: int | None
    map_y: int | None
    is_open: bool
    mark: Mark | None


PICTURE = (
    Image.public_id,
    Image.width,
    Image.height,
    Image.alt_vi,
    Image.alt_en,
    Image.renditions_at,
)


def workshops_by_name() -> list[WorkshopRow]:
    """All workshops in Vietnamese alphabetical order; one SQL statement."""
    rows = db.session.execute(
        select(
            Workshop.id,
            Workshop.slug,
            Workshop.name_vi,
            Workshop.name_en,
            Workshop.speciality_vi,
            Workshop.speciality_en,
            Workshop.place_vi,
            Workshop.place_en,
            Workshop.opening_vi,
            Workshop.opening_en,
            Workshop.founded_year,
            Workshop.map_x,
            Workshop.map_y,
            Workshop.is_open,
            *PICTURE,
        )
        .outerjoin(Image, Image.id == Workshop.mark_id)
        .order_by(Workshop.name_sort, Workshop.id)
    )
    return [WorkshopRow(number, *_columns(row)) for number, row in enumerate(rows, start=1)]


def _columns(row: Any) -> tuple[Any, ...]:
    """The workshop's own columns, and the picture's put together as its mark."""
    return (*row[: -len(PICTURE)], _mark(row))


def _mark(row: Any) -> Mark | None:
    if row.public_id is None:
        return None
    return Mark(row.public_id, row.width, row.height, row.alt_vi, row.alt_en, row.renditions_at)


def workshop_by_slug(slug: str) -> Workshop:
    """The workshop with its mark; one SQL statement. Raises Missing."""
    workshop = db.session.scalar(
        select(Workshop).where(Workshop.slug == slug).options(joinedload(Workshop.mark))
    )
    if workshop is None:
        raise Missing
    return workshop


def makers_of(workshop_id: int) -> list[Maker]:
    return list(
        db.session.scalars(
            select(Maker).where(Maker.workshop_id == workshop_id).order_by(Maker.position, Maker.id)
        )
    )


def names_of_makers() -> dict[int, list[str]]:
    """Every workshop's makers in their order, by the workshop's key; one SQL statement."""
    names: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(Maker.workshop_id, Maker.name).order_by(Maker.position, Maker.id)
    )
    for workshop_id, name in rows:
        names.setdefault(workshop_id, []).append(name)
    return names


def workshop_slugs() -> list[str]:
    return list(db.session.scalars(select(Workshop.slug).order_by(Workshop.id)))


@dataclass(frozen=True, slots=True)
class WorkshopName:
    slug: str
    name_vi: str
    name_en: str


def workshop_names() -> list[WorkshopName]:
    """Every workshop, open or not, by name."""
    rows = db.session.execute(
        select(Workshop.slug, Workshop.name_vi, Workshop.name_en).order_by(
            Workshop.name_sort, Workshop.id
        )
    )
    return [WorkshopName(*row) for row in rows]
