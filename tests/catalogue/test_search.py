"""Searching: tones or none, composed or not, either language, the best names first."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask
from sqlalchemy import update

from shop.catalogue.actions.search_index import index_product
from shop.catalogue.models import Product
from shop.catalogue.queries.browsing import listing
from shop.catalogue.queries.search import search_words
from shop.catalogue.selection import Selection, Sort
from shop.core.db import db
from shop.heritage.models import TermKind
from shop.workshops.models import Workshop
from tests.factories import make_product, make_term, make_workshop, variant_of


@pytest.fixture
def pieces(context: Flask) -> dict[str, Product]:
    """Six pieces whose names differ by tone, order and language."""
    workshop = make_workshop("lo-bau", "Lò Bầu")
    make_term(
        TermKind.GLAZE, "hoa-lam", "Hoa lam", "Blue-and-white", synonyms_en="cobalt, blue white"
    )
    names = {
        "binh": ("Bình hoa lam vẽ sen dây", "Blue-and-white vase, lotus scroll"),
        "lo": ("Lọ", "Bottle"),
        "lo-co-cao": ("Lọ cổ cao", "Tall-necked bottle"),
        "den": ("Đèn trổ thủng", "Pierced lamp"),
        "bo-lo": ("Bộ hai lọ nhỏ", "Two small bottles"),
        "percent": ("Chén 100% tay_làm", "Cup, 100% hand_made"),
    }
    other_form = make_term(TermKind.FORM, "khac", "Đồ khác", "Other ware")
    other_glaze = make_term(TermKind.GLAZE, "moc", "Đất mộc", "Bare clay")
    made = {
        slug: make_product(workshop, slug, name_vi=vi, name_en=en)
        for slug, (vi, en) in names.items()
    }
    for slug, product in made.items():
        if slug != "binh":
            product.form_id, variant_of(product).glaze_id = other_form.id, other_glaze.id
        index_product(product)
    db.session.commit()
    return made


def found(words: str) -> list[str]:
    return [
        card.slug for card in listing(Selection(words, sort=Sort.RELEVANCE), language="vi").cards
    ]


@pytest.mark.parametrize(
    "words",
    [
        "binh hoa lam",
        "Bình hoa lam",
        "BÌNH HOA LAM",
        unicodedata.normalize("NFD", "Bình hoa lam"),
        "blue white vase",
        "vase, blue and white",
        "blue-and-white vase",
        "bình với hoa lam",
        "sen binh",
        "lotu",
    ],
)
def test_one_piece_however_it_is_written(pieces: dict[str, Product], words: str) -> None:
    assert found(words) == ["binh"]


def test_the_letter_with_a_stroke_is_found_without_it(pieces: dict[str, Product]) -> None:
    assert found("den tro thung") == found("Đèn trổ thủng") == ["den"]


def test_every_word_has_to_begin_one(pieces: dict[str, Product]) -> None:
    assert found("binh den") == []
    assert found("inh") == []
    assert found("bin") == ["binh"]


def test_the_exact_name_comes_first_and_tone_marks_count(pieces: dict[str, Product]) -> None:
    """The workshop is called Lò Bầu, so that "lo" finds everything; "lọ" puts vases first."""
    assert found("Lọ")[:3] == ["lo", "lo-co-cao", "bo-lo"]
    assert found("lọ")[:3] == ["lo", "lo-co-cao", "bo-lo"]
    assert len(found("lọ")) == len(pieces)
    assert set(found("lo")[:3]) == {"lo", "lo-co-cao", "bo-lo"}


def test_a_bowl_is_not_found_in_the_name_of_the_village(
    context: Flask, pieces: dict[str, Product]
) -> None:
    workshop = pieces["binh"].workshop_id
    db.session.execute(
        update(Workshop)
        .where(Workshop.id == workshop)
        .values(place_vi="Xóm 3, Bát Tràng", place_en="Hamlet 3, Bát Tràng")
    )
    for product in pieces.values():
        index_product(product)
    db.session.commit()
    assert found("bát") == found("Bát Tràng") == []


def test_signs_that_databases_read_as_wildcards_are_letters_here(
    pieces: dict[str, Product],
) -> None:
    assert found("100%") == ["percent"]
    assert found("%") == found("_") == found("")
    assert found("%inh") == found("_inh") == []
    assert found("'; drop table product; --") == []


def test_filler_is_dropped_unless_there_is_nothing_else() -> None:
    assert search_words("bình và chén của làng") == ["binh", "chen", "lang"]
    assert search_words("a vase with the lotus") == ["vase", "lotus"]
    assert search_words("với") == ["voi"]
    assert search_words("voi sứ") == ["voi", "su"], "an elephant is not the word for with"
    assert search_words("...") == []


def test_endless_input_is_cut(pieces: dict[str, Product]) -> None:
    assert len(search_words("bình " * 50)) == 12
    assert found("bình " * 20) == ["binh"]
