"""Every statement of the demonstration, in its files and once loaded, is written and founded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core.db import db
from shop.core.tables import BadTable
from shop.demonstration.story import put_story
from shop.demonstration.village import DEMO, FILE, Craft, read_craft
from shop.demonstration.vocabulary import put_terms
from shop.heritage.models import Certainty, MakingStep, Saying, Term, TermKind, TimelineEntry

CRAFT = read_craft(DEMO / "village" / "heritage")
TEXTS_OF = {
    "term": ("name", "description"),
    "step": ("name", "text"),
    "entry": ("name", "text"),
    "saying": ("text", "note"),
}
OWN_TEXTS: list[tuple[type[Any], tuple[str, ...]]] = [
    (Term, ("name", "description")),
    (MakingStep, ("name", "text")),
    (TimelineEntry, ("name", "text")),
    (Saying, ("text", "note")),
]


def statements() -> Iterator[Any]:
    for what, tables in (
        ("term", CRAFT.terms),
        ("step", CRAFT.steps),
        ("entry", CRAFT.timeline),
        ("saying", CRAFT.sayings),
    ):
        for table in tables:
            yield pytest.param(what, table, id=f"{what}-{table.get('kind', '')}-{table['slug']}")


@pytest.mark.parametrize(("what", "table"), list(statements()))
def test_a_statement_has_both_languages_source_and_certainty(
    what: str, table: dict[str, Any]
) -> None:
    assert table["certainty"] in set(Certainty)
    assert len(table["source"].strip()) > 3
    for name in TEXTS_OF[what]:
        vietnamese, english = (table[f"{name}_{code}"].strip() for code in ("vi", "en"))
        assert vietnamese
        assert english
        assert "!" not in vietnamese + english
    # An English text that is only a Vietnamese one left standing has its letters.
    longest = max((table[f"{name}_en"] for name in TEXTS_OF[what]), key=len)
    assert len(re.findall(r"\b(the|a|of|and|in|is|it|by)\b", longest)) >= 1


def test_nothing_the_village_must_not_claim_is_claimed() -> None:
    english = " ".join(
        table[f"{name}_en"]
        for what, tables in (("term", CRAFT.terms), ("entry", CRAFT.timeline))
        for table in tables
        for name in TEXTS_OF[what]
    )
    assert not re.search(r"founded in 1\d{3}|over 1,000 years|thousand-year", english)
    by_slug = {table["slug"]: table for table in CRAFT.timeline}
    first = min((e for e in CRAFT.timeline if not e.get("is_about")), key=lambda e: e["year_from"])
    assert (first["year_from"], first["certainty"]) == (1352, "documented")
    assert by_slug["theo-vua-ra-thang-long"]["certainty"] == "tradition"
    assert (
        by_slug["di-san-phi-vat-the"]["year_from"],
        by_slug["le-don-nhan-2022"]["year_from"],
    ) == (2019, 2022)
    legend = next(term for term in CRAFT.terms if term["slug"] == "ba-vi-su-than")
    assert (legend["certainty"], "legend" in legend["description_en"]) == ("tradition", True)


def test_the_making_has_ten_steps_in_order() -> None:
    assert [step["position"] for step in CRAFT.steps] == list(range(1, 11))


@pytest.mark.parametrize("kind", TermKind)
def test_terms_of_a_kind_stand_in_one_order(kind: TermKind) -> None:
    of_kind = [term for term in CRAFT.terms if term["kind"] == kind]
    assert sorted(term["position"] for term in of_kind) == list(range(1, len(of_kind) + 1))
    assert len({term["slug"] for term in of_kind}) == len(of_kind)
    assert len({term["name_vi"] for term in of_kind}) == len(of_kind)


def test_each_glaze_has_a_colour_of_its_own() -> None:
    colours = [term["colour"] for term in CRAFT.terms if term["kind"] == "glaze"]
    assert len(set(colours)) == len(colours) == 10
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours)


def test_loaded_they_are_as_written_and_a_second_time_nothing_changes(context: Flask) -> None:
    terms, changed = put_terms(CRAFT.terms)
    story = put_story(CRAFT, terms)
    assert changed == len(CRAFT.terms) == len(terms)
    assert story.changed == story.total
    db.session.commit()
    for model, names in OWN_TEXTS:
        for row in db.session.scalars(select(model)):
            assert row.source.strip()
            assert row.certainty in set(Certainty)
            for name in names:
                assert getattr(row, f"{name}_vi").strip()
                assert getattr(row, f"{name}_en").strip()
    again, changed = put_terms(CRAFT.terms)
    assert (changed, put_story(CRAFT, again).changed) == (0, 0)


@pytest.mark.parametrize("named", ["glaze/men-khong-co", "tea/hoa-lam", "hoa-lam"])
def test_a_wrong_name_of_a_term_is_told_with_its_place(context: Flask, named: str) -> None:
    term = {**CRAFT.terms[0], "related": [named]}
    with pytest.raises(BadTable, match=term["slug"]):
        put_terms([term])
    terms, _ = put_terms([{**CRAFT.terms[0], "related": []}])
    step = {**CRAFT.steps[0], "terms": [named], FILE: "steps.toml"}
    with pytest.raises(BadTable, match=r"steps\.toml, chon-dat"):
        put_story(Craft([], [step], [], []), terms)
