"""Reads of the vocabulary and of the story of the craft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, false, literal, null, or_, select, union_all
from sqlalchemy.orm import selectinload

from shop.core.db import db
from shop.core.errors import Missing
from shop.heritage.models import (
    MakingStep,
    Saying,
    Term,
    TermKind,
    TimelineEntry,
    related_term,
    saying_term,
    step_term,
    timeline_term,
)


def all_terms() -> Sequence[Term]:
    """The whole vocabulary, each kind in its own order; one SQL statement."""
    return db.session.scalars(select(Term).order_by(Term.kind, Term.position, Term.id)).all()


def addresses_of_terms() -> list[tuple[TermKind, str]]:
    """Kind and slug of every term that has a page: words of the trade have none."""
    rows = db.session.execute(
        select(Term.kind, Term.slug).where(Term.kind != TermKind.WORD).order_by(Term.id)
    )
    return [(kind, slug) for kind, slug in rows]


def term_by_slug(kind: TermKind, slug: str) -> Term:
    """Raises Missing."""
    term = db.session.scalar(select(Term).where(Term.kind == kind, Term.slug == slug))
    if term is None:
        raise Missing
    return term


def related_terms(term_id: int) -> Sequence[Term]:
    """What to read beside a term, whichever of the two named the other; one SQL statement."""
    pairs = related_term.c
    return db.session.scalars(
        select(Term)
        .where(
            or_(
                Term.id.in_(select(pairs.other_id).where(pairs.term_id == term_id)),
                Term.id.in_(select(pairs.term_id).where(pairs.other_id == term_id)),
            )
        )
        .order_by(Term.kind, Term.position, Term.id)
    ).all()


class MentionKind(StrEnum):
    STEP = "step"
    ENTRY = "entry"
    SAYING = "saying"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where else the craft's story speaks of a term; `place` is a step's number or a year.

    Of an entry besides all that says how exact the year is, as in TimelineEntry.
    """

    kind: MentionKind
    slug: str
    name_vi: str
    name_en: str
    place: int | None
    year_to: int | None
    is_about: bool
    when_vi: str
    when_en: str
    note_vi: str | None
    note_en: str | None
    source: str

    @property
    def year_from(self) -> int | None:
        return self.place


def mentions_of(term_id: int) -> list[Mention]:
    """Steps by their order, entries by their year, then sayings; one SQL statement."""
    rows: Sequence[Any] = db.session.execute(
        union_all(_in_steps(term_id), _in_entries(term_id), _in_sayings(term_id))
    ).all()
    kinds = list(MentionKind)
    found = [Mention(MentionKind(row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda mention: (kinds.index(mention.kind), mention.place or 0))


NO_NOTE = (null().label("note_vi"), null().label("note_en"))
NO_YEARS = (
    null().label("year_to"),
    false().label("is_about"),
    literal("").label("when_vi"),
    literal("").label("when_en"),
)


def _in_steps(term_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(MentionKind.STEP.value).label("kind"),
            MakingStep.slug,
            MakingStep.name_vi,
            MakingStep.name_en,
            MakingStep.position.label("place"),
            *NO_YEARS,
            *NO_NOTE,
            MakingStep.source,
        )
        .join(step_term, step_term.c.owner_id == MakingStep.id)
        .where(step_term.c.term_id == term_id)
    )


def _in_entries(term_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(MentionKind.ENTRY.value),
            TimelineEntry.slug,
            TimelineEntry.name_vi,
            TimelineEntry.name_en,
            TimelineEntry.year_from,
            TimelineEntry.year_to,
            TimelineEntry.is_about,
            TimelineEntry.when_vi,
            TimelineEntry.when_en,
            *NO_NOTE,
            TimelineEntry.source,
        )
        .join(timeline_term, timeline_term.c.owner_id == TimelineEntry.id)
        .where(timeline_term.c.term_id == term_id)
    )


def _in_sayings(term_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(MentionKind.SAYING.value),
            Saying.slug,
            Saying.text_vi,
            Saying.text_en,
            Saying.position,
            *NO_YEARS,
            Saying.note_vi,
            Saying.note_en,
            Saying.source,
        )
        .join(saying_term, saying_term.c.owner_id == Saying.id)
        .where(saying_term.c.term_id == term_id)
    )


def making_steps() -> Sequence[MakingStep]:
    """In order, with their terms; two SQL statements."""
    return db.session.scalars(
        select(MakingStep)
        .order_by(MakingStep.position, MakingStep.id)
        .options(selectinload(MakingStep.terms))
    ).all()


def timeline() -> Sequence[TimelineEntry]:
    """By year, with their terms; two SQL statements."""
    return db.session.scalars(
        select(TimelineEntry)
        .order_by(TimelineEntry.year_from, TimelineEntry.year_to.nulls_first(), TimelineEntry.id)
        .options(selectinload(TimelineEntry.terms))
    ).all()


def entries_named(slugs: Collection[str]) -> dict[str, TimelineEntry]:
    """Entries of the timeline by their slugs, without their terms; one SQL statement."""
    rows = db.session.scalars(select(TimelineEntry).where(TimelineEntry.slug.in_(slugs)))
    return {row.slug: row for row in rows}


def sayings() -> Sequence[Saying]:
    """In order; one SQL statement."""
    return db.session.scalars(select(Saying).order_by(Saying.position, Saying.id)).all()
