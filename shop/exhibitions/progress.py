"""How far each exhibition is: what visitors see of it, what is planned, and what has been saved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import undefer

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions.models.editions import Publication, Revision
from shop.exhibitions.models.rooms import Exhibition


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication with the number of the revision it shows; none when it withdraws."""

    publication: Publication
    number: int | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exhibition is: what began last, what is planned, how many saves are unpublished.

    `unpublished` is 0 when the draft reads as what visitors see, or will.
    """

    exhibition: Exhibition
    at: datetime
    now: Edition | None
    planned: Edition | None
    revisions: int
    unpublished: int

    @property
    def is_open(self) -> bool:
        return self.now is not None and self.now.number is not None and not self.is_over

    @property
    def is_over(self) -> bool:
        closes = self.now.publication.closes_at if self.now and self.now.number else None
        return closes is not None and closes <= self.at

    @property
    def is_withdrawn(self) -> bool:
        return self.now is not None and self.now.number is None


def progress(at: datetime, only: Exhibition | None = None) -> list[Progress]:
    """Of all exhibitions in their order, or of one; three SQL statements however many they are."""
    chosen = select(Exhibition).order_by(Exhibition.position, Exhibition.id)
    if only is not None:
        chosen = chosen.where(Exhibition.id == only.id)
    exhibitions = db.session.scalars(chosen).all()
    ids = [each.id for each in exhibitions]
    editions, latest = _editions(ids), _latest(ids)
    return [_progress(each, at, editions[each.id], latest.get(each.id)) for each in exhibitions]


def _editions(ids: list[int]) -> dict[int, list[Edition]]:
    found: dict[int, list[Edition]] = defaultdict(list)
    rows = db.session.execute(
        select(Publication, Revision.number, Revision.digest)
        .outerjoin(Revision, Revision.id == Publication.revision_id)
        .where(Publication.exhibition_id.in_(ids), Publication.cancelled_at.is_(None))
        .order_by(Publication.goes_live_at, Publication.id)
    )
    for publication, number, digest in rows:
        found[publication.exhibition_id].append(Edition(publication, number, digest))
    return found


def _latest(ids: list[int]) -> dict[int, tuple[int, str]]:
    last = (
        select(Revision.exhibition_id, func.max(Revision.number).label("number"))
        .where(Revision.exhibition_id.in_(ids))
        .group_by(Revision.exhibition_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Revision.exhibition_id, Revision.number, Revision.digest).join(
            last,
            (last.c.exhibition_id == Revision.exhibition_id) & (last.c.number == Revision.number),
        )
    )
    return {row.exhibition_id: (row.number, row.digest) for row in rows}


def _progress(
    exhibition: Exhibition, at: datetime, editions: list[Edition], latest: tuple[int, str] | None
) -> Progress:
    begun = [each for each in editions if each.publication.goes_live_at <= at]
    to_come = [each for each in editions if each.publication.goes_live_at > at]
    now = begun[-1] if begun else None
    planned = to_come[0] if to_come else None
    newest, digest = latest or (0, "")
    shown = planned if planned is not None and planned.number is not None else now
    number = shown.number if shown and shown.number is not None else 0
    is_same = shown is not None and shown.digest == digest
    return Progress(exhibition, at, now, planned, newest, 0 if is_same else newest - number)


@dataclass(frozen=True, slots=True)
class Saved:
    """A revision in the list: who, when, what, and whether visitors see or saw it."""

    number: int
    at: datetime
    summary: str
    by: str | None
    published_at: datetime | None


def saved(exhibition: Exhibition, limit: int, before: int | None = None) -> list[Saved]:
    """The newest first; `before` a number for those older than it."""
    shown_since = (
        select(Publication.revision_id, func.min(Publication.goes_live_at).label("since"))
        .where(Publication.exhibition_id == exhibition.id, Publication.cancelled_at.is_(None))
        .group_by(Publication.revision_id)
        .subquery()
    )
    chosen: Select[Any] = (
        select(Revision.number, Revision.at, Revision.summary, Person.name, shown_since.c.since)
        .outerjoin(Person, Person.id == Revision.by_person_id)
        .outerjoin(shown_since, shown_since.c.revision_id == Revision.id)
        .where(Revision.exhibition_id == exhibition.id)
        .order_by(Revision.number.desc())
        .limit(limit)
    )
    if before is not None:
        chosen = chosen.where(Revision.number < before)
    return [Saved(*row) for row in db.session.execute(chosen)]


def revision(exhibition: Exhibition, number: int) -> Revision:
    """With its content. Raises Missing."""
    found = db.session.scalar(
        select(Revision)
        .where(Revision.exhibition_id == exhibition.id, Revision.number == number)
        .options(undefer(Revision.content))
    )
    if found is None:
        raise Missing
    return found


def last_saved_by(exhibition: Exhibition) -> str | None:
    """Who saved last."""
    return db.session.scalar(
        select(Person.name)
        .join(Revision, Revision.by_person_id == Person.id)
        .where(Revision.exhibition_id == exhibition.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
