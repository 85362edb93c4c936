"""The catalogue as a visitor narrows it: three SQL statements however many pieces there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from shop.catalogue.models import Product, Supply, Variant, product_decoration, product_technique
from shop.catalogue.queries.cards import (
    IS_ON_SALE,
    NEWEST_FIRST,
    PRICE_FROM,
    Card,
    read_cards,
)
from shop.catalogue.queries.search import matches, relevance, search_words
from shop.catalogue.selection import PRICE_BANDS, Availability, Facet, Selection, Sort
from shop.core.db import db
from shop.heritage.models import Term, TermKind
from shop.workshops.models import Workshop

PAGE_SIZE = 24
TERM_FACETS = {
    TermKind.GLAZE: Facet.GLAZE,
    TermKind.FORM: Facet.FORM,
    TermKind.TECHNIQUE: Facet.TECHNIQUE,
    TermKind.DECORATION: Facet.DECORATION,
    TermKind.BODY: Facet.BODY,
    TermKind.KILN: Facet.KILN,
}
LINKS = {Facet.TECHNIQUE: product_technique, Facet.DECORATION: product_decoration}
"""Facets of which a product has several values, and the tables that say so."""
AVAILABILITIES = tuple(Availability)
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a facet that has its name in the database: a term or a workshop."""

    key: int
    slug: str
    name_vi: str
    name_en: str
    colour: str | None


Vocabulary = Mapping[Facet, tuple[Named, ...]]
Counts = Mapping[tuple[Facet, int], int]


@dataclass(frozen=True, slots=True)
class Listing:
    """`counts` are by facet and value key; each facet's ignore what is chosen within it."""

    selection: Selection
    vocabulary: Vocabulary
    counts: Counts
    total: int
    cards: tuple[Card, ...]

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def listing(asked: Selection, language: str) -> Listing:
    """What `asked` finds, names sorted for readers of `language`.

    A page beyond the last has no cards; unknown values are left out.
    """
    vocabulary = read_vocabulary()
    selection = asked.keeping(_known(vocabulary))
    found = _found(selection)
    narrowing = _narrowing(selection, found, vocabulary)
    total, counts = _count(found, narrowing)
    cards = _page_of_cards(selection, found, narrowing, language) if total else []
    return Listing(selection, vocabulary, counts, total, tuple(cards))


def read_vocabulary() -> Vocabulary:
    """Everything that can be chosen by name, in its own order."""
    terms = select(
        Term.kind.label("kind"),
        Term.id,
        Term.slug,
        Term.name_vi,
        Term.name_en,
        Term.colour,
        Term.position.label("position"),
        literal("").label("name_sort"),
    ).where(Term.kind.in_(TERM_FACETS))
    workshops = select(
        null().label("kind"),
        Workshop.id,
        Workshop.slug,
        Workshop.name_vi,
        Workshop.name_en,
        null(),
        literal(0),
        Workshop.name_sort,
    ).where(Workshop.is_open)
    rows: Sequence[Any] = db.session.execute(union_all(terms, workshops)).all()
    vocabulary: dict[Facet, list[Named]] = {facet: [] for facet in Facet}
    for row in sorted(rows, key=lambda row: (row.position, row.name_sort)):
        facet = TERM_FACETS[row.kind] if row.kind else Facet.WORKSHOP
        vocabulary[facet].append(Named(row.id, row.slug, row.name_vi, row.name_en, row.colour))
    return {facet: tuple(named) for facet, named in vocabulary.items()}


def _known(vocabulary: Vocabulary) -> dict[Facet, frozenset[str]]:
    known = {facet: frozenset(n.slug for n in named) for facet, named in vocabulary.items()}
    return {
        **known,
        Facet.PRICE: frozenset(band.slug for band in PRICE_BANDS),
        Facet.AVAILABILITY: frozenset(AVAILABILITIES),
    }


def _found(selection: Selection) -> CTE:
    """Variants on sale of the products that the words find, before any facet narrows them."""
    band = case(
        *((Variant.price < band.high, place) for place, band in enumerate(PRICE_BANDS[:-1])),
        else_=len(PRICE_BANDS) - 1,
    )
    return (
        select(
            Product.id.label("product_id"),
            Product.workshop_id,
            Product.form_id,
            Product.kiln_id,
            Product.body_id,
            Product.supply,
            Variant.glaze_id,
            band.label("band"),
            (Variant.on_hand - Variant.allocated).label("available"),
        )
        .join(Workshop, Workshop.id == Product.workshop_id)
        .join(Variant, and_(Variant.product_id == Product.id, Variant.active))
        .where(IS_ON_SALE, *matches(search_words(selection.words)))
        .cte("found")
    )


Narrowing = Mapping[Facet, ColumnElement[bool]]


def _narrowing(selection: Selection, found: CTE, vocabulary: Vocabulary) -> Narrowing:
    """One condition a chosen facet, over `found`; one variant has to meet all of them."""
    by_name = {
        Facet.GLAZE: found.c.glaze_id,
        Facet.FORM: found.c.form_id,
        Facet.WORKSHOP: found.c.workshop_id,
        Facet.KILN: found.c.kiln_id,
        Facet.BODY: found.c.body_id,
    }
    narrowing: dict[Facet, ColumnElement[bool]] = {}
    for facet, values in selection.chosen.items():
        keys = [named.key for named in vocabulary[facet] if named.slug in values]
        if facet in by_name:
            narrowing[facet] = by_name[facet].in_(keys)
        elif facet in LINKS:
            links = LINKS[facet].c
            narrowing[facet] = found.c.product_id.in_(
                select(links.product_id).where(links.term_id.in_(keys))
            )
        elif facet is Facet.PRICE:
            narrowing[facet] = found.c.band.in_(
                [place for place, band in enumerate(PRICE_BANDS) if band.slug in values]
            )
        else:
            narrowing[facet] = or_(*(_is(Availability(value), found) for value in values))
    return narrowing


def _is(availability: Availability, found: CTE) -> ColumnElement[bool]:
    if availability is Availability.TO_ORDER:
        return found.c.supply == Supply.MADE_TO_ORDER
    in_stock = and_(found.c.supply != Supply.MADE_TO_ORDER, found.c.available > 0)
    if availability is Availability.NOW:
        return in_stock
    return and_(in_stock, found.c.supply == Supply.ONE_OF_A_KIND)


def _count(found: CTE, narrowing: Narrowing) -> tuple[int, Counts]:
    """How many products each value would leave, and how many are left in all; one statement."""
    total, counts = 0, {}
    for facet, value, count in db.session.execute(_counting(found, narrowing)):
        if facet == TOTAL:
            total = count
        else:
            counts[Facet(facet), value] = count
    return total, counts


def _counting(found: CTE, narrowing: Narrowing) -> CompoundSelect[str, int, int]:
    grouped = {
        Facet.GLAZE: found.c.glaze_id,
        Facet.FORM: found.c.form_id,
        Facet.WORKSHOP: found.c.workshop_id,
        Facet.PRICE: found.c.band,
        Facet.KILN: found.c.kiln_id,
        Facet.BODY: found.c.body_id,
        **{facet: links.c.term_id for facet, links in LINKS.items()},
    }
    branches = []
    for facet, value in grouped.items():
        conditions = [*_others(narrowing, facet), value.is_not(None)]
        branch = _counted(facet, value, conditions, found).group_by(value)
        if facet in LINKS:
            links = LINKS[facet]
            branch = branch.join(links, links.c.product_id == found.c.product_id)
        branches.append(branch)
    others = _others(narrowing, Facet.AVAILABILITY)
    for place, availability in enumerate(AVAILABILITIES):
        conditions = [*others, _is(availability, found)]
        branches.append(_counted(Facet.AVAILABILITY, literal(place), conditions, found))
    branches.append(_counted(TOTAL, literal(0), narrowing.values(), found))
    return union_all(*branches)


def _counted(
    facet: str,
    value: ColumnElement[int],
    conditions: Iterable[ColumnElement[bool]],
    found: CTE,
) -> Select[str, int, int]:
    return (
        select(
            literal(str(facet)).label("facet"),
            value.label("value"),
            func.count(found.c.product_id.distinct()).label("products"),
        )
        .select_from(found)
        .where(*conditions)
    )


def _others(narrowing: Narrowing, own: Facet) -> list[ColumnElement[bool]]:
    return [condition for facet, condition in narrowing.items() if facet is not own]


def _page_of_cards(
    selection: Selection, found: CTE, narrowing: Narrowing, language: str
) -> list[Card]:
    left = select(found.c.product_id).where(*narrowing.values())
    return read_cards(
        Product.id.in_(left),
        order=_order(selection, language),
        limit=PAGE_SIZE,
        offset=(selection.page - 1) * PAGE_SIZE,
    )


def _order(selection: Selection, language: str) -> list[ColumnElement[Any]]:
    name = Product.name_sort if language == "vi" else func.lower(Product.name_en)
    first: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.PRICE_UP: [PRICE_FROM.asc()],
        Sort.PRICE_DOWN: [PRICE_FROM.desc()],
        Sort.NAME: [name.asc()],
        Sort.NEWEST: [],
    }
    if selection.sort is Sort.RELEVANCE:
        return [relevance(selection.words), *NEWEST_FIRST]
    return [*first[selection.sort], *NEWEST_FIRST]
