"""What a visitor asks of the catalogue: words, facets, order and page, and how a URL says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Facet(StrEnum):
    """The name of each facet is its name in the URL."""

    GLAZE = "glaze"
    FORM = "form"
    PRICE = "price"
    AVAILABILITY = "availability"
    WORKSHOP = "workshop"
    TECHNIQUE = "technique"
    DECORATION = "decoration"
    BODY = "body"
    KILN = "kiln"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE_UP = "price-up"
    PRICE_DOWN = "price-down"
    NAME = "name"


class Availability(StrEnum):
    NOW = "now"
    ONE_OF_A_KIND = "one-of-a-kind"
    TO_ORDER = "to-order"


@dataclass(frozen=True, slots=True)
class PriceBand:
    """From `low` up to but not including `high`, in đồng; no `high` means without limit."""

    slug: str
    low: int
    high: int | None


PRICE_BANDS = (
    PriceBand("under-200k", 0, 200_000),
    PriceBand("200k-500k", 200_000, 500_000),
    PriceBand("500k-1m", 500_000, 1_000_000),
    PriceBand("1m-3m", 1_000_000, 3_000_000),
    PriceBand("3m-10m", 3_000_000, 10_000_000),
    PriceBand("from-10m", 10_000_000, None),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Values within a facet widen the choice, facets together narrow it."""

    words: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def own_sort(self) -> Sort:
        """The order when none is asked for: what fits best for words, the newest otherwise."""
        return Sort.RELEVANCE if self.words else Sort.NEWEST

    def values(self, facet: Facet) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def has(self, facet: Facet, value: str) -> bool:
        return value in self.values(facet)

    def keeping(self, known: Mapping[Facet, frozenset[str]]) -> Selection:
        """The same, without the values that nothing in the shop is known by."""
        chosen = {
            facet: tuple(value for value in values if value in known.get(facet, ()))
            for facet, values in self.chosen.items()
        }
        return replace(self, chosen={facet: values for facet, values in chosen.items() if values})

    def without(self, facet: Facet, value: str | None = None) -> Selection:
        """The same from its first page without one value of a facet, or without all of it."""
        left = () if value is None else tuple(v for v in self.values(facet) if v != value)
        chosen = {**self.chosen, facet: left}
        return replace(self, chosen={f: v for f, v in chosen.items() if v}, page=1)

    def without_words(self) -> Selection:
        sort = Sort.NEWEST if self.sort is Sort.RELEVANCE else self.sort
        return replace(self, words="", sort=sort, page=1)

    def on_page(self, page: int) -> Selection:
        return replace(self, page=page)

    def as_query(self) -> dict[str, Any]:
        """The query of its one URL: only what differs from the plain catalogue, in fixed order."""
        query: dict[str, Any] = {"q": self.words} if self.words else {}
        query |= {facet: sorted(self.values(facet)) for facet in Facet if self.values(facet)}
        if self.sort is not self.own_sort:
            query["sort"] = self.sort
        if self.page > 1:
            query["page"] = self.page
        return query
