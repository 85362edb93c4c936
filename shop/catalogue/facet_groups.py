"""The facets of a listing in the words of the page: titles, names, counts, and ways back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import LazyString, gettext, lazy_gettext

from shop.catalogue.queries.browsing import AVAILABILITIES, Listing
from shop.catalogue.selection import (
    PRICE_BANDS,
    Availability,
    Facet,
    PriceBand,
    Selection,
    Sort,
)
from shop.core.i18n import language, localized, money, number

TITLES: dict[Facet, LazyString] = {
    Facet.GLAZE: lazy_gettext("Glaze"),
    Facet.FORM: lazy_gettext("Form"),
    Facet.PRICE: lazy_gettext("Price"),
    Facet.AVAILABILITY: lazy_gettext("Availability"),
    Facet.WORKSHOP: lazy_gettext("Workshop"),
    Facet.TECHNIQUE: lazy_gettext("Technique"),
    Facet.DECORATION: lazy_gettext("Motif"),
    Facet.BODY: lazy_gettext("Body"),
    Facet.KILN: lazy_gettext("Kiln"),
}
AVAILABILITY_NAMES: dict[Availability, LazyString] = {
    Availability.NOW: lazy_gettext("In stock now"),
    Availability.ONE_OF_A_KIND: lazy_gettext("One of a kind"),
    Availability.TO_ORDER: lazy_gettext("Made to order"),
}
SORT_NAMES: dict[Sort, LazyString] = {
    Sort.RELEVANCE: lazy_gettext("Best match"),
    Sort.NEWEST: lazy_gettext("Newest"),
    Sort.PRICE_UP: lazy_gettext("Price, lowest first"),
    Sort.PRICE_DOWN: lazy_gettext("Price, highest first"),
    Sort.NAME: lazy_gettext("Name, alphabetical"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; `count` is what choosing it would leave."""

    facet: Facet
    value: str
    name: str
    colour: str | None
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    facet: Facet
    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True, slots=True)
class WayBack:
    """A wish that can be dropped, and what is still asked without it."""

    name: str
    selection: Selection


def facet_groups(listing: Listing) -> list[FacetGroup]:
    """Every facet with the values that lead somewhere or are chosen already."""
    return [
        FacetGroup(
            facet,
            str(TITLES[facet]),
            tuple(c for c in _choices(listing, facet) if c.count or c.is_chosen),
        )
        for facet in Facet
    ]


def _choices(listing: Listing, facet: Facet) -> Iterator[Choice]:
    for key, value, name, colour in _values(listing, facet):
        count = listing.counts.get((facet, key), 0)
        yield Choice(facet, value, name, colour, count, listing.selection.has(facet, value))


def _values(listing: Listing, facet: Facet) -> Iterator[tuple[int, str, str, str | None]]:
    if facet is Facet.PRICE:
        for key, band in enumerate(PRICE_BANDS):
            yield key, band.slug, price_band_name(band), None
    elif facet is Facet.AVAILABILITY:
        for key, availability in enumerate(AVAILABILITIES):
            yield key, availability, str(AVAILABILITY_NAMES[availability]), None
    else:
        for named in listing.vocabulary[facet]:
            yield named.key, named.slug, localized(named, "name"), named.colour


def price_band_name(band: PriceBand) -> str:
    if band.high is None:
        return gettext("%(price)s and more", price=money(band.low))
    if band.low == 0:
        return gettext("Under %(price)s", price=money(band.high))
    return money_range(band.low, band.high)


def money_range(low: int, high: int) -> str:
    """Both ends with the currency once, on the side the language writes it."""
    if language() == "vi":
        return f"{number(low)}–{money(high)}"
    return f"{money(low)}–{number(high)}"


def removable(selection: Selection, groups: list[FacetGroup]) -> list[WayBack]:
    """Each chosen value and the words, one by one: what the chips take away."""
    chips = [WayBack(f"“{selection.words}”", selection.without_words())] if selection.words else []
    return chips + [
        WayBack(choice.name, selection.without(group.facet, choice.value))
        for group in groups
        for choice in group.chosen
    ]


def ways_back(selection: Selection, groups: list[FacetGroup]) -> list[WayBack]:
    """Whole wishes to drop when nothing is left: within a facet one value less finds no more."""
    ways = [WayBack(f"“{selection.words}”", selection.without_words())] if selection.words else []
    ways += [
        WayBack(
            f"{group.title}: {', '.join(choice.name for choice in group.chosen)}",
            selection.without(group.facet),
        )
        for group in groups
        if group.chosen
    ]
    return ways if len(ways) > 1 else []


def sort_choices(selection: Selection) -> list[tuple[Sort, str]]:
    return [
        (sort, str(name))
        for sort, name in SORT_NAMES.items()
        if sort is not Sort.RELEVANCE or selection.words
    ]


def heading(selection: Selection, groups: list[FacetGroup]) -> str:
    """The page's name: the words, or the one value chosen, or all ceramics."""
    chosen = [choice for group in groups for choice in group.chosen]
    if selection.words:
        return f"“{selection.words}”"
    return chosen[0].name if len(chosen) == 1 else gettext("Ceramics")
