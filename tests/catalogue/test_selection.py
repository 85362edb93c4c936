"""What a catalogue URL asks for, read and written."""

from __future__ import annotations

import unicodedata

import pytest
from werkzeug.datastructures import MultiDict

from shop.catalogue.forms import LONGEST_SEARCH, read_selection
from shop.catalogue.selection import PRICE_BANDS, Facet, Selection, Sort
from shop.core.paging import LAST_CONCEIVABLE_PAGE

LAM_AND_JADE = Selection(chosen={Facet.GLAZE: ("men-ngoc", "hoa-lam"), Facet.FORM: ("binh",)})


def reading(*pairs: tuple[str, str]) -> Selection:
    return read_selection(MultiDict(pairs))


def test_every_part_of_the_address_is_read() -> None:
    selection = reading(
        ("q", "  bình  lam "),
        ("glaze", "hoa-lam"),
        ("glaze", "men-ngoc"),
        ("price", "500k-1m"),
        ("sort", "price-up"),
        ("page", "3"),
    )
    assert selection == Selection(
        "bình lam",
        {Facet.GLAZE: ("hoa-lam", "men-ngoc"), Facet.PRICE: ("500k-1m",)},
        Sort.PRICE_UP,
        3,
    )


def test_words_are_composed_and_cut_to_length() -> None:
    assert reading(("q", unicodedata.normalize("NFD", "bình"))).words == "bình"
    assert len(reading(("q", "a" * 1000)).words) == LONGEST_SEARCH
    assert "\x00" not in reading(("q", "bình\x00lam")).words


@pytest.mark.parametrize("page", ["0", "-1", "", "x", "1.5", "²", "٣", "9" * 5000])
def test_a_page_that_is_no_number_is_the_first(page: str) -> None:
    assert reading(("page", page)).page == 1


def test_a_page_far_beyond_stays_a_number_the_database_takes() -> None:
    assert reading(("page", "9999999")).page == LAST_CONCEIVABLE_PAGE


def test_words_are_sorted_by_fit_unless_asked_otherwise() -> None:
    assert reading(("q", "lọ")).sort is Sort.RELEVANCE
    assert reading(("q", "lọ"), ("sort", "name")).sort is Sort.NAME
    assert reading(("sort", "relevance")).sort is Sort.NEWEST
    assert reading(("sort", "drop table")).sort is Sort.NEWEST


def test_the_address_says_only_what_differs_from_the_plain_catalogue() -> None:
    assert Selection().as_query() == {}
    assert LAM_AND_JADE.on_page(2).as_query() == {
        "glaze": ["hoa-lam", "men-ngoc"],
        "form": ["binh"],
        "page": 2,
    }
    assert Selection("lọ", sort=Sort.RELEVANCE).as_query() == {"q": "lọ"}
    assert Selection("lọ", sort=Sort.NEWEST).as_query() == {"q": "lọ", "sort": "newest"}


def test_dropping_a_wish_starts_again_at_the_first_page() -> None:
    on_page = LAM_AND_JADE.on_page(4)
    assert on_page.without(Facet.GLAZE, "hoa-lam").chosen == {
        Facet.GLAZE: ("men-ngoc",),
        Facet.FORM: ("binh",),
    }
    assert on_page.without(Facet.GLAZE).chosen == {Facet.FORM: ("binh",)}
    assert on_page.without(Facet.GLAZE).page == 1
    assert Selection("lọ", sort=Sort.RELEVANCE, page=2).without_words() == Selection()


def test_values_nobody_knows_are_left_out() -> None:
    known = {Facet.GLAZE: frozenset({"hoa-lam"})}
    assert LAM_AND_JADE.keeping(known).chosen == {Facet.GLAZE: ("hoa-lam",)}


def test_price_bands_cover_every_price_once() -> None:
    assert PRICE_BANDS[0].low == 0
    assert PRICE_BANDS[-1].high is None
    assert [band.high for band in PRICE_BANDS[:-1]] == [band.low for band in PRICE_BANDS[1:]]
