"""What of the craft is on sale: the pieces of one term, who makes them, and some of every term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union,
)

from shop.catalogue.models import (
    Product,
    Supply,
    Variant,
    product_decoration,
    product_technique,
)
from shop.catalogue.queries.cards import (
    AVAILABLE,
    HAS_OFFER,
    IS_ON_SALE,
    NEWEST_FIRST,
    Card,
    card_of,
    read_cards,
    select_cards,
)
from shop.core.db import db
from shop.heritage.models import Term, TermKind
from shop.workshops.models import Workshop

COLUMNS = {
    TermKind.FORM: Product.form_id,
    TermKind.KILN: Product.kiln_id,
    TermKind.BODY: Product.body_id,
}
LINKS = {TermKind.TECHNIQUE: product_technique, TermKind.DECORATION: product_decoration}
CAN_BE_HAD = (Product.supply == Supply.MADE_TO_ORDER) | (AVAILABLE > 0)
TO_BE_HAD_FIRST = case((CAN_BE_HAD, 0), else_=1)
ALIKE = (TermKind.GLAZE, TermKind.FORM, TermKind.TECHNIQUE, TermKind.DECORATION)


def cards_made_so(term: Term, limit: int) -> list[Card]:
    """Pieces on sale that are of this term; one SQL statement.

    What can be had first, and of a glaze the pieces that come in no other.
    """
    order = (TO_BE_HAD_FIRST, *_in_no_other_first(term), *NEWEST_FIRST)
    return read_cards(_is_so(term), order=order, limit=limit)


@dataclass(frozen=True, slots=True)
class WorkshopOfTerm:
    """`products` counts what it has on sale of the term."""

    slug: str
    name_vi: str
    name_en: str
    speciality_vi: str
    speciality_en: str
    products: int


def workshops_of(term: Term) -> list[WorkshopOfTerm]:
    """Who has such pieces on sale, those with most first; one SQL statement."""
    products = func.count(Product.id)
    names = (
        Workshop.slug,
        Workshop.name_vi,
        Workshop.name_en,
        Workshop.speciality_vi,
        Workshop.speciality_en,
    )
    rows = db.session.execute(
        select(*names, products)
        .join(Product, Product.workshop_id == Workshop.id)
        .where(IS_ON_SALE, HAS_OFFER, _is_so(term))
        .group_by(Workshop.id, *names, Workshop.name_sort)
        .order_by(products.desc(), Workshop.name_sort)
    )
    return [WorkshopOfTerm(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class OnSale:
    """How many products of a term are on sale, and the newest few of them."""

    products: int
    cards: tuple[Card, ...]


def on_sale_by_term(limit: int) -> dict[int, OnSale]:
    """By the key of each term of which something is on sale; one SQL statement."""
    links = _terms_of_products()
    of_term = links.c.term_id
    ranked = (
        select(
            Product.id,
            links.c.term_id,
            func.count().over(partition_by=of_term).label("products"),
            func.row_number().over(partition_by=of_term, order_by=NEWEST_FIRST).label("place"),
        )
        .join(links, links.c.product_id == Product.id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(IS_ON_SALE, HAS_OFFER)
        .subquery()
    )
    rows = db.session.execute(
        select_cards(ranked)
        .add_columns(ranked.c.term_id, ranked.c.products)
        .where(ranked.c.place <= limit)
        .order_by(ranked.c.term_id, ranked.c.place)
    )
    counts: dict[int, int] = {}
    cards: dict[int, list[Card]] = defaultdict(list)
    for row in rows:
        counts[row.term_id] = row.products
        cards[row.term_id].append(card_of(row))
    return {key: OnSale(count, tuple(cards[key])) for key, count in counts.items()}


def cards_made_alike(
    terms: Sequence[tuple[TermKind, str]], own: str | None, limit: int
) -> list[Card]:
    """Pieces that can be had and share the glaze and another of the terms; one SQL statement.

    Terms are named by kind and slug; kilns and bodies count where there is nothing else. Without a
    glaze among them, one shared term will do, as it will when there is but one. The piece of the
    slug `own` stands first, sold or not; then those that share most.
    """
    of_pieces = [pair for pair in terms if pair[0] is not TermKind.WORD]
    telling = [pair for pair in of_pieces if pair[0] in ALIKE] or of_pieces
    of_glaze = [_has_term(*pair) for pair in telling if pair[0] is TermKind.GLAZE]
    others = [_has_term(*pair) for pair in telling if pair[0] is not TermKind.GLAZE]
    needed = [or_(*each) for each in (of_glaze, others) if each]
    is_own = Product.slug == own if own else false()
    shared = sum((case((each, 1), else_=0) for each in (*of_glaze, *others)), start=literal(0))
    return read_cards(
        or_(is_own, and_(CAN_BE_HAD, *needed)) if needed else is_own,
        order=(case((is_own, 0), else_=1), shared.desc(), *NEWEST_FIRST),
        limit=limit,
    )


def _has_term(kind: TermKind, slug: str) -> ColumnElement[bool]:
    key = select(Term.id).where(Term.kind == kind, Term.slug == slug).scalar_subquery()
    return _is_of(kind, key)


def _is_so(term: Term) -> ColumnElement[bool]:
    return _is_of(term.kind, term.id)


def _is_of(kind: TermKind, key: int | ScalarSelect[int]) -> ColumnElement[bool]:
    if kind in COLUMNS:
        return COLUMNS[kind] == key
    if kind in LINKS:
        links = LINKS[kind].c
        return Product.id.in_(select(links.product_id).where(links.term_id == key))
    return exists().where(
        and_(Variant.product_id == Product.id, Variant.active, Variant.glaze_id == key)
    )


def _in_no_other_first(term: Term) -> tuple[ColumnElement[int], ...]:
    if term.kind is not TermKind.GLAZE:
        return ()
    otherwise = exists().where(
        Variant.product_id == Product.id, Variant.active, Variant.glaze_id != term.id
    )
    return (case((otherwise, 1), else_=0),)


def _terms_of_products() -> Subquery:
    """(term_id, product_id), each pair once."""
    glazes = select(Variant.glaze_id.label("term_id"), Variant.product_id).where(Variant.active)
    columns = [select(column, Product.id).where(column.is_not(None)) for column in COLUMNS.values()]
    linked = [select(table.c.term_id, table.c.product_id) for table in LINKS.values()]
    return union(glazes, *columns, *linked).subquery()
