"""What is done with the vocabulary and with the story of the craft.

Each `put_…` gives the row, new or brought up to date, and whether anything changed. It raises
Invalid, naming the fields, for a statement that lacks a language or its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TypeVar

from flask_babel import lazy_gettext
from sqlalchemy import Table, delete, or_, select

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.heritage.models import (
    Certainty,
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

NOT_IN_LIST = lazy_gettext("Choose one from the list.")
NEEDED = lazy_gettext("This has to be written.")
NO_SOURCE = lazy_gettext("Say where this is known from.")
YEARS_OUT_OF_ORDER = lazy_gettext("The last year cannot come before the first.")


@dataclass(frozen=True, slots=True)
class TermDetails:
    """Synonyms are what people also search by, with commas between; colour is #rrggbb."""

    name_vi: str
    name_en: str
    description_vi: str
    description_en: str
    certainty: Certainty
    source: str
    synonyms_vi: str = ""
    synonyms_en: str = ""
    colour: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class StepDetails:
    position: int
    name_vi: str
    name_en: str
    text_vi: str
    text_en: str
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class TimelineDetails:
    """`year_to` is counted in; `when` is written in place of the years where they do not do."""

    year_from: int
    name_vi: str
    name_en: str
    text_vi: str
    text_en: str
    certainty: Certainty
    source: str
    year_to: int | None = None
    is_about: bool = False
    when_vi: str = ""
    when_en: str = ""


@dataclass(frozen=True, slots=True)
class SayingDetails:
    text_vi: str
    text_en: str
    note_vi: str
    note_en: str
    certainty: Certainty
    source: str
    position: int = 0


Details = TermDetails | StepDetails | TimelineDetails | SayingDetails
Row = TypeVar("Row", Term, MakingStep, TimelineEntry, Saying)
MAY_BE_EMPTY = frozenset({"synonyms_vi", "synonyms_en", "when_vi", "when_en"})


def put_term(kind: TermKind, slug: str, details: TermDetails) -> tuple[Term, bool]:
    _refuse_unfounded(details)
    term = db.session.scalar(select(Term).where(Term.kind == kind, Term.slug == slug))
    return _put(term, Term(kind=kind, slug=slug), details)


def put_step(slug: str, details: StepDetails, terms: Sequence[Term]) -> tuple[MakingStep, bool]:
    _refuse_unfounded(details)
    found = db.session.scalar(select(MakingStep).where(MakingStep.slug == slug))
    step, changed = _put(found, MakingStep(slug=slug), details)
    return step, _link(step_term, step.id, terms) or changed


def put_timeline_entry(
    slug: str, details: TimelineDetails, terms: Sequence[Term]
) -> tuple[TimelineEntry, bool]:
    _refuse_unfounded(details)
    if details.year_to is not None and details.year_to < details.year_from:
        raise Invalid(fields={"year_to": YEARS_OUT_OF_ORDER})
    found = db.session.scalar(select(TimelineEntry).where(TimelineEntry.slug == slug))
    entry, changed = _put(found, TimelineEntry(slug=slug), details)
    return entry, _link(timeline_term, entry.id, terms) or changed


def put_saying(slug: str, details: SayingDetails, terms: Sequence[Term]) -> tuple[Saying, bool]:
    _refuse_unfounded(details)
    found = db.session.scalar(select(Saying).where(Saying.slug == slug))
    saying, changed = _put(found, Saying(slug=slug), details)
    return saying, _link(saying_term, saying.id, terms) or changed


def relate(term: Term, others: Sequence[Term]) -> bool:
    """Make these, and no others, the terms to read beside this one; whether that was news."""
    pairs = related_term.c
    wanted = {tuple(sorted((term.id, other.id))) for other in others if other.id != term.id}
    its_own = or_(pairs.term_id == term.id, pairs.other_id == term.id)
    found = {
        (row.term_id, row.other_id)
        for row in db.session.execute(select(pairs.term_id, pairs.other_id).where(its_own))
    }
    for one, other in sorted(found - wanted):
        db.session.execute(
            delete(related_term).where(pairs.term_id == one, pairs.other_id == other)
        )
    new = [{"term_id": one, "other_id": other} for one, other in sorted(wanted - found)]
    if new:
        db.session.execute(related_term.insert(), new)
    return found != wanted


def _refuse_unfounded(details: Details) -> None:
    faults: dict[str, Message] = {
        field.name: NO_SOURCE if field.name == "source" else NEEDED
        for field in fields(details)
        if field.name not in MAY_BE_EMPTY and _is_blank(getattr(details, field.name))
    }
    if faults:
        raise Invalid(fields=faults)


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _put(found: Row | None, new: Row, details: Details) -> tuple[Row, bool]:
    if found is not None:
        return found, take_over(found, asdict(details))
    take_over(new, asdict(details))
    db.session.add(new)
    db.session.flush()
    return new, True


def _link(table: Table, owner_id: int, terms: Sequence[Term]) -> bool:
    links = table.c
    wanted = {term.id for term in terms}
    found = set(db.session.scalars(select(links.term_id).where(links.owner_id == owner_id)))
    gone, new = found - wanted, wanted - found
    if gone:
        db.session.execute(delete(table).where(links.owner_id == owner_id, links.term_id.in_(gone)))
    if new:
        db.session.execute(
            table.insert(), [{"owner_id": owner_id, "term_id": key} for key in sorted(new)]
        )
    return bool(gone or new)
