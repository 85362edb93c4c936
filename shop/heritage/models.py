"""The vocabulary that craft and shop share, each statement with its source and certainty."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, LongText, Text120, Text300


class TermKind(StrEnum):
    """`WORD` is what is only said: words of the trade, names of places and of things past."""

    GLAZE = "glaze"
    FORM = "form"
    TECHNIQUE = "technique"
    KILN = "kiln"
    DECORATION = "decoration"
    BODY = "body"
    WORD = "word"


class Certainty(StrEnum):
    """Documented: a named source says so. Tradition: it is told so. Contested: sources differ."""

    DOCUMENTED = "documented"
    TRADITION = "tradition"
    CONTESTED = "contested"


class Sourced:
    """What is stated, how certain it is, and from where it is known."""

    certainty: Mapped[Certainty]
    source: Mapped[Text300]


def promises(*texts: str) -> tuple[CheckConstraint, ...]:
    """What the database refuses a statement without: both languages, a source, a certainty."""
    known = ", ".join(f"'{certainty}'" for certainty in Certainty)
    written = " and ".join(f"trim({name}_{code}) <> ''" for name in texts for code in ("vi", "en"))
    return (
        CheckConstraint(written, name="both_languages"),
        CheckConstraint("trim(source) <> ''", name="has_source"),
        CheckConstraint(f"certainty in ({known})", name="known_certainty"),
    )


def _terms_of(owner: str) -> Table:
    return Table(
        f"{owner}_term",
        Base.metadata,
        Column("owner_id", ForeignKey(f"{owner}.id", ondelete="CASCADE"), primary_key=True),
        Column("term_id", ForeignKey("heritage_term.id"), primary_key=True, index=True),
    )


related_term = Table(
    "heritage_related_term",
    Base.metadata,
    Column("term_id", ForeignKey("heritage_term.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "other_id", ForeignKey("heritage_term.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    CheckConstraint("term_id < other_id", name="each_pair_once"),
)
step_term = _terms_of("heritage_step")
timeline_term = _terms_of("heritage_timeline_entry")
saying_term = _terms_of("heritage_saying")


class Term(Sourced, Keyed, Base):
    __tablename__ = "heritage_term"
    __table_args__ = (UniqueConstraint("kind", "slug"), *promises("name", "description"))

    kind: Mapped[TermKind]
    slug: Mapped[Text120]
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    description_vi: Mapped[LongText]
    description_en: Mapped[LongText]
    synonyms_vi: Mapped[Text300] = mapped_column(default="")
    synonyms_en: Mapped[Text300] = mapped_column(default="")
    colour: Mapped[str | None] = mapped_column(String(7))
    position: Mapped[int] = mapped_column(default=0)


class MakingStep(Sourced, Keyed, Base):
    """One step from clay to the finished piece, in the order of `position`."""

    __tablename__ = "heritage_step"
    __table_args__ = promises("name", "text")

    slug: Mapped[Text120] = mapped_column(unique=True)
    position: Mapped[int]
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    text_vi: Mapped[LongText]
    text_en: Mapped[LongText]
    terms: Mapped[list[Term]] = relationship(
        secondary=step_term, order_by=(Term.kind, Term.position), lazy="raise_on_sql"
    )


class TimelineEntry(Sourced, Keyed, Base):
    """What happened in a year or in a span of years, both ends counted.

    `is_about` where the years are not exact; `when` is how the time is written when the years
    alone would not say it well ("late 16th century", "20 December 2019").
    """

    __tablename__ = "heritage_timeline_entry"
    __table_args__ = (
        CheckConstraint("year_to is null or year_to >= year_from", name="years_in_order"),
        *promises("name", "text"),
    )

    slug: Mapped[Text120] = mapped_column(unique=True)
    year_from: Mapped[int] = mapped_column(index=True)
    year_to: Mapped[int | None]
    is_about: Mapped[bool] = mapped_column(default=False)
    when_vi: Mapped[Text120] = mapped_column(default="")
    when_en: Mapped[Text120] = mapped_column(default="")
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    text_vi: Mapped[LongText]
    text_en: Mapped[LongText]
    terms: Mapped[list[Term]] = relationship(
        secondary=timeline_term, order_by=(Term.kind, Term.position), lazy="raise_on_sql"
    )


class Saying(Sourced, Keyed, Base):
    """A verse or a saying of the trade; `note` tells what it means."""

    __tablename__ = "heritage_saying"
    __table_args__ = promises("text", "note")

    slug: Mapped[Text120] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    text_vi: Mapped[LongText]
    text_en: Mapped[LongText]
    note_vi: Mapped[LongText]
    note_en: Mapped[LongText]
    terms: Mapped[list[Term]] = relationship(
        secondary=saying_term, order_by=(Term.kind, Term.position), lazy="raise_on_sql"
    )
