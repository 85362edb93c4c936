"""What visitors may see of the exhibitions, and the drafts for those who hold a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, undefer

from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions import shown
from shop.exhibitions.compose import compose
from shop.exhibitions.models.editions import Placard, Publication, Revision
from shop.exhibitions.models.rooms import Exhibition
from shop.media.models import Image, Model3D, Recording

TREES_KEPT = 32


@dataclass(frozen=True, slots=True)
class Published:
    """An exhibition as visitors see it, and since when; `closes_at` where an end is set.

    `digest` is its revision's, empty for a draft, and `key` the exhibition's own, 0 for a draft.
    """

    tree: shown.Exhibition
    opened_at: datetime
    closes_at: datetime | None
    digest: str = ""
    key: int = 0


@lru_cache(maxsize=TREES_KEPT)
def _tree(digest: str) -> shown.Exhibition:
    """A revision's tree: it never changes, so reading and building it once a process will do."""
    revision = db.session.scalars(
        select(Revision).where(Revision.digest == digest).options(undefer(Revision.content))
    ).first()
    if revision is None:
        raise Missing
    return shown.from_content(revision.content)


def published(at: datetime) -> list[Published]:
    """All that are open at this moment, in their order; one SQL statement, once all are known."""
    place = func.row_number().over(
        partition_by=Publication.exhibition_id,
        order_by=(Publication.goes_live_at.desc(), Publication.id.desc()),
    )
    begun = (
        select(Publication.id, place.label("place"))
        .where(Publication.goes_live_at <= at, Publication.cancelled_at.is_(None))
        .subquery()
    )
    rows = db.session.execute(
        select(Revision.digest, Publication.goes_live_at, Publication.closes_at, Exhibition.id)
        .join(begun, begun.c.id == Publication.id)
        .join(Revision, Revision.id == Publication.revision_id)
        .join(Exhibition, Exhibition.id == Publication.exhibition_id)
        .where(begun.c.place == 1)
        .where(Publication.closes_at.is_(None) | (Publication.closes_at > at))
        .order_by(Exhibition.position, Exhibition.id)
    ).all()
    return [
        Published(_tree(row.digest), row.goes_live_at, row.closes_at, row.digest, row.id)
        for row in rows
    ]


def published_exhibition(slug: str, at: datetime) -> Published:
    """Raises Missing for what is not open, be it unknown, a draft, withdrawn or over."""
    found = next((each for each in published(at) if each.tree.slug == slug), None)
    if found is None:
        raise Missing
    return found


def draft_by_preview_key(key: str) -> shown.Exhibition:
    """The draft as visitors would see it. Raises Missing for a link that is closed."""
    exhibition = db.session.scalar(select(Exhibition).where(Exhibition.preview_key == key))
    if exhibition is None:
        raise Missing
    return compose(exhibition)


@dataclass(frozen=True, slots=True)
class Standing:
    """An exhibit where it stands, in an exhibition that is open."""

    exhibition: shown.Exhibition
    room: shown.Room
    exhibit: shown.Exhibit


def standing(at: datetime) -> Iterator[Standing]:
    """Every exhibit that can be visited at this moment."""
    return standing_in(published(at))


def standing_in(exhibitions: Iterable[Published]) -> Iterator[Standing]:
    """Every exhibit of these, in the order of the walk; no SQL."""
    for each in exhibitions:
        for room, exhibit in each.tree.exhibits():
            yield Standing(each.tree, room, exhibit)


def standing_exhibit(key: str, at: datetime) -> Standing:
    """Raises Missing for an exhibit that is nowhere to be seen."""
    found = next((each for each in standing(at) if each.exhibit.key == key), None)
    if found is None:
        raise Missing
    return found


def once_shown(key: str, at: datetime) -> Standing | None:
    """Where visitors saw the exhibit last, be it there still or not; None if they never did."""
    digests = db.session.scalars(
        select(Revision.digest)
        .join(Publication, Publication.revision_id == Revision.id)
        .where(Publication.goes_live_at <= at, Publication.cancelled_at.is_(None))
        .order_by(Publication.goes_live_at.desc(), Publication.id.desc())
    )
    for tree in map(_tree, dict.fromkeys(digests)):
        placed = tree.placed(key)
        if placed:
            return Standing(tree, *placed)
    return None


def placard_by_code(code: str) -> Placard:
    """Raises Missing."""
    return _placard(Placard.code == code.lower())


def placard_by_number(number: int) -> Placard:
    """Raises Missing."""
    return _placard(Placard.number == number)


def _placard(condition: ColumnElement[bool]) -> Placard:
    placard = db.session.scalar(select(Placard).where(condition))
    if placard is None:
        raise Missing
    return placard


def images_of(public_ids: set[str]) -> dict[str, Image]:
    """The pictures themselves, by public id; one SQL statement."""
    rows = db.session.scalars(select(Image).where(Image.public_id.in_(public_ids)))
    return {row.public_id: row for row in rows}


def model_of(public_id: str | None) -> Model3D | None:
    """A 3D model and its poster; none for none."""
    if public_id is None:
        return None
    return db.session.scalar(
        select(Model3D).where(Model3D.public_id == public_id).options(joinedload(Model3D.poster))
    )


def recordings_of(public_ids: set[str]) -> dict[str, Recording]:
    """The recordings themselves, by public id; one SQL statement."""
    rows = db.session.scalars(select(Recording).where(Recording.public_id.in_(public_ids)))
    return {row.public_id: row for row in rows}
