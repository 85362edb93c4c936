"""A statement needs both languages, its source and its certainty: in the rules, in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from shop.core.db import db
from shop.core.errors import Invalid
from shop.heritage.actions import (
    SayingDetails,
    StepDetails,
    TermDetails,
    TimelineDetails,
    put_saying,
    put_step,
    put_term,
    put_timeline_entry,
    relate,
)
from shop.heritage.models import Certainty, MakingStep, Saying, Term, TermKind, TimelineEntry
from shop.heritage.queries import MentionKind, mentions_of, related_terms, timeline
from tests.factories import make_term

SURE: dict[str, Any] = {"certainty": Certainty.DOCUMENTED, "source": "Sách cũ"}
TEXTS: dict[str, Any] = {"name_vi": "Tên", "name_en": "Name", "text_vi": "Lời", "text_en": "Text"}
TERM = TermDetails(
    name_vi="Men", name_en="Glaze", description_vi="Lời", description_en="Text", **SURE
)
STEP = StepDetails(position=1, **TEXTS, **SURE)
ENTRY = TimelineDetails(year_from=1352, **TEXTS, **SURE)
SAYING = SayingDetails(text_vi="Câu", text_en="Line", note_vi="Ý", note_en="Sense", **SURE)


@pytest.mark.parametrize(
    "field", ["name_vi", "name_en", "description_vi", "description_en", "source"]
)
@pytest.mark.parametrize("empty", ["", "  "])
def test_a_term_is_refused_without(context: Flask, field: str, empty: str) -> None:
    with pytest.raises(Invalid) as refused:
        put_term(TermKind.GLAZE, "men", replace(TERM, **{field: empty}))  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("field", ["text_vi", "text_en", "source"])
def test_so_are_steps_years_and_sayings(context: Flask, field: str) -> None:
    blank: dict[str, Any] = {field: " "}
    puts: list[Callable[[], object]] = [
        lambda: put_step("a", replace(STEP, **blank), []),
        lambda: put_timeline_entry("a", replace(ENTRY, **blank), []),
        lambda: put_saying("a", replace(SAYING, **blank), []),
    ]
    for put in puts:
        with pytest.raises(Invalid) as refused:
            put()
        assert set(refused.value.fields) == {field}


def test_years_are_in_order(context: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        put_timeline_entry("a", replace(ENTRY, year_to=1300), [])
    assert set(refused.value.fields) == {"year_to"}
    entry, _ = put_timeline_entry("a", replace(ENTRY, year_to=1352), [])
    assert (entry.year_from, entry.year_to, entry.is_about) == (1352, 1352, False)


ROWS: list[tuple[type[Term | MakingStep | TimelineEntry | Saying], dict[str, Any]]] = [
    (
        Term,
        {
            "kind": "glaze",
            "name_vi": "a",
            "name_en": "a",
            "synonyms_vi": "",
            "synonyms_en": "",
            "description_vi": "a",
            "description_en": "a",
            "position": 0,
        },
    ),
    (MakingStep, {**TEXTS, "position": 1}),
    (TimelineEntry, {**TEXTS, "year_from": 1, "is_about": False, "when_vi": "", "when_en": ""}),
    (
        Saying,
        {"text_vi": "a", "text_en": "a", "note_vi": "a", "note_en": "a", "position": 0},
    ),
]


@pytest.mark.parametrize(("model", "row"), ROWS, ids=[model.__name__ for model, _ in ROWS])
def test_the_database_itself_refuses_the_unfounded(
    context: Flask, model: type[Any], row: dict[str, Any]
) -> None:
    whole = {"slug": "x", "certainty": "documented", "source": "Sách", **row}
    texts = [name for name in whole if name.endswith(("_vi", "_en")) and whole[name]]
    wrong = [{name: value} for name in [*texts, "source"] for value in ("", " ", None)]
    wrong += [{"certainty": value} for value in ("sure", "", None)]
    table = model.__table__.name
    for change in wrong:
        values = {**whole, **change}
        columns = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(text(f"insert into {table} ({columns}) values ({marks})"), values)  # noqa: S608 (our own names)
    db.session.execute(insert(model).values(**{**whole, "certainty": Certainty.DOCUMENTED}))


def test_putting_twice_changes_nothing_and_links_follow(context: Flask) -> None:
    blue, jade = (make_term(TermKind.GLAZE, slug, slug, slug) for slug in ("lam", "ngoc"))
    puts: list[Callable[[], tuple[object, bool]]] = [
        lambda: put_step("a", STEP, [blue]),
        lambda: put_timeline_entry("a", ENTRY, [blue]),
        lambda: put_saying("a", SAYING, [blue]),
    ]
    for put in puts:
        assert put()[1]
        assert not put()[1]
    assert [mention.kind for mention in mentions_of(blue.id)] == list(MentionKind)
    assert put_step("a", STEP, [jade])[1]
    assert MentionKind.STEP not in {mention.kind for mention in mentions_of(blue.id)}
    assert [mention.place for mention in mentions_of(jade.id)] == [1]


def test_terms_are_related_both_ways_and_never_to_themselves(context: Flask) -> None:
    one, two, three = (make_term(TermKind.GLAZE, slug, slug, slug) for slug in "abc")
    assert relate(two, [one, three, two])
    assert not relate(two, [three, one])
    assert [term.slug for term in related_terms(one.id)] == ["b"]
    assert [term.slug for term in related_terms(two.id)] == ["a", "c"]
    assert relate(one, [])
    assert [term.slug for term in related_terms(two.id)] == ["c"]


def test_of_one_year_what_is_exact_comes_first(context: Flask) -> None:
    for slug, year_to in (("span", 1360), ("year", None)):
        put_timeline_entry(slug, replace(ENTRY, year_to=year_to), [])
    assert [entry.slug for entry in timeline()] == ["year", "span"]
