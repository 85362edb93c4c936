"""Reads the catalogue's URL. What cannot be read counts as not asked."""

from __future__ import annotations

from contextlib import suppress

from werkzeug.datastructures import MultiDict

from shop.catalogue.selection import Facet, Selection, Sort
from shop.core.paging import page_number
from shop.core.vietnamese import nfc

LONGEST_SEARCH = 100
MOST_VALUES_OF_A_FACET = 40


def read_selection(query: MultiDict[str, str]) -> Selection:
    """What the query of a catalogue URL asks for; unreadable parts are as if left out."""
    words = " ".join(nfc(query.get("q", ""))[:LONGEST_SEARCH].replace("\x00", " ").split())
    chosen = {facet: _values(query, facet) for facet in Facet}
    selection = Selection(words, {facet: values for facet, values in chosen.items() if values})
    return Selection(
        selection.words, selection.chosen, _sort(query, selection), page_number(query.get("page"))
    )


def _values(query: MultiDict[str, str], facet: Facet) -> tuple[str, ...]:
    asked = [value for value in query.getlist(facet) if value]
    return tuple(dict.fromkeys(asked))[:MOST_VALUES_OF_A_FACET]


def _sort(query: MultiDict[str, str], selection: Selection) -> Sort:
    with suppress(ValueError):
        sort = Sort(query.get("sort", ""))
        if sort is not Sort.RELEVANCE or selection.words:
            return sort
    return selection.own_sort
