"""Placards: what they stand before, and what they led to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.visits.models import PlacardCount, Stage


@dataclass(frozen=True, slots=True)
class PlacardFigures:
    """How many visits reached each stage; the names are None when the exhibit is gone."""

    number: int
    code: str
    name_vi: str | None
    name_en: str | None
    exhibition_vi: str | None
    exhibition_en: str | None
    scan: int
    view: int
    maker: int
    basket: int


def placard_figures(first: date | None, last: date) -> list[PlacardFigures]:
    """Every placard by its number, with its counts of these days; one SQL statement."""
    counts = PlacardCount
    days = [counts.day <= last] + ([counts.day >= first] if first else [])
    sums = [
        func.coalesce(func.sum(case((counts.stage == stage, counts.count), else_=0)), 0)
        for stage in Stage
    ]
    names = (Artefact.name_vi, Artefact.name_en, Exhibition.title_vi, Exhibition.title_en)
    rows = db.session.execute(
        select(Placard.number, Placard.code, *names, *sums)
        .outerjoin(counts, and_(counts.placard_id == Placard.id, *days))
        .outerjoin(Exhibit, Exhibit.key == Placard.exhibit_key)
        .outerjoin(Artefact, Artefact.id == Exhibit.artefact_id)
        .outerjoin(Room, Room.id == Exhibit.room_id)
        .outerjoin(Exhibition, Exhibition.id == Room.exhibition_id)
        .group_by(Placard.id, Placard.number, Placard.code, *names)
        .order_by(Placard.number)
    )
    return [PlacardFigures(*row) for row in rows]


def exhibition_by_slug(slug: str) -> Exhibition:
    """A draft. Raises Missing."""
    exhibition = db.session.scalar(select(Exhibition).where(Exhibition.slug == slug))
    if exhibition is None:
        raise Missing
    return exhibition


def exhibits_without_placard(exhibition_id: int) -> Sequence[Exhibit]:
    """In the order of the walk."""
    return db.session.scalars(
        select(Exhibit)
        .join(Room, Room.id == Exhibit.room_id)
        .outerjoin(Placard, Placard.exhibit_key == Exhibit.key)
        .where(Room.exhibition_id == exhibition_id, Placard.id.is_(None))
        .order_by(Room.position, Exhibit.position, Exhibit.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Printable:
    """An exhibit of a draft, with its placard's number where it has one."""

    exhibition: str
    exhibition_vi: str
    exhibition_en: str
    room: str
    room_vi: str
    room_en: str
    key: str
    name_vi: str
    name_en: str
    number: int | None


def printable_placards() -> list[Printable]:
    """Every exhibit of every draft in the order of the walk; one SQL statement."""
    rows: Iterable[Any] = db.session.execute(
        select(
            Exhibition.slug,
            Exhibition.title_vi,
            Exhibition.title_en,
            Room.slug,
            Room.name_vi,
            Room.name_en,
            Exhibit.key,
            Artefact.name_vi,
            Artefact.name_en,
            Placard.number,
        )
        .select_from(Exhibit)
        .join(Artefact, Artefact.id == Exhibit.artefact_id)
        .join(Room, Room.id == Exhibit.room_id)
        .join(Exhibition, Exhibition.id == Room.exhibition_id)
        .outerjoin(Placard, Placard.exhibit_key == Exhibit.key)
        .order_by(
            Exhibition.position,
            Exhibition.id,
            Room.position,
            Room.id,
            Exhibit.position,
            Exhibit.id,
        )
    )
    return [Printable(*row) for row in rows]
