"""The craft: its vocabulary term by term, the making in ten steps, the years, the glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.catalogue.queries.cards import Card
from shop.catalogue.queries.craft import OnSale, cards_made_so, on_sale_by_term, workshops_of
from shop.core.access import Audience, audience
from shop.core.i18n import absolute_url, localized
from shop.core.structured_data import breadcrumb_list
from shop.core.vietnamese import nfc
from shop.core.web import is_fragment_request
from shop.heritage import words as heritage_words
from shop.heritage.models import Certainty, Term, TermKind
from shop.heritage.queries import (
    MentionKind,
    all_terms,
    making_steps,
    mentions_of,
    related_terms,
    sayings,
    term_by_slug,
)
from shop.heritage.queries import timeline as timeline_entries
from shop.pages import craft_words
from shop.pages.glaze_tiles import GROUND_WITHOUT_COLOUR, ink_on
from shop.pages.glossary import LONGEST_SEARCH, letters, matching
from shop.pages.structured_data import defined_term, defined_term_set
from shop.pages.views.base import craft_blueprint

PIECES_SHOWN = 8
CANDIDATES = 4
NOTHING = OnSale(0, ())
WITH_PAGE = tuple(kind for kind in TermKind if kind is not TermKind.WORD)
"""Words of the trade stand in the glossary; every other term has a page of its own."""


@craft_blueprint.context_processor
def words() -> dict[str, object]:
    return {
        "KIND_TITLES": craft_words.KIND_TITLES,
        "KIND_NAMES": heritage_words.KIND_NAMES,
        "CERTAINTY_NAMES": heritage_words.CERTAINTY_NAMES,
        "CERTAINTY_MEANINGS": heritage_words.CERTAINTY_MEANINGS,
        "Certainty": Certainty,
        "synonyms": craft_words.synonyms,
        "first_sentence": craft_words.first_sentence,
        "when": heritage_words.when,
        "ink_on": ink_on,
        "plain_ground": GROUND_WITHOUT_COLOUR,
    }


@craft_blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    terms = all_terms()
    on_sale = on_sale_by_term(CANDIDATES)
    return render_template(
        "craft/index.html",
        kinds=dict(craft_words.by_kind(terms)),
        on_sale=on_sale,
        faces=_faces(terms, on_sale),
        sayings=sayings(),
        structured=(defined_term_set(), breadcrumb_list([_craft()])),
    )


@craft_blueprint.get(f"/<any({','.join(WITH_PAGE)}):kind>/<slug>")
@audience(Audience.PUBLIC)
def term(kind: str, slug: str) -> str:
    found = term_by_slug(TermKind(kind), slug)
    workshops = workshops_of(found)
    mentions = mentions_of(found.id)
    return render_template(
        "craft/term.html",
        term=found,
        cards=cards_made_so(found, PIECES_SHOWN),
        workshops=workshops,
        total=sum(workshop.products for workshop in workshops),
        related=related_terms(found.id),
        mentions={
            kind: [mention for mention in mentions if mention.kind is kind] for kind in MentionKind
        },
        structured=(defined_term(found), breadcrumb_list(_trail(found))),
    )


@craft_blueprint.get("/making")
@audience(Audience.PUBLIC)
def making() -> str:
    steps = making_steps()
    verses = sayings()
    on_sale = on_sale_by_term(CANDIDATES)
    return render_template(
        "craft/making.html",
        steps=steps,
        saying=verses[0] if verses else None,
        pictures=_pictures([(step.id, step.terms) for step in steps], on_sale),
        structured=(_page_trail(gettext("The making in ten steps"), "craft.making"),),
    )


@craft_blueprint.get("/timeline")
@audience(Audience.PUBLIC)
def timeline() -> str:
    entries = timeline_entries()
    return render_template(
        "craft/timeline.html",
        chapters=craft_words.chapters(entries),
        pictures=_pictures(
            [(entry.id, entry.terms) for entry in entries], on_sale_by_term(CANDIDATES)
        ),
        structured=(_page_trail(gettext("Through the years"), "craft.timeline"),),
    )


@craft_blueprint.get("/glossary")
@audience(Audience.PUBLIC)
def glossary() -> ResponseReturnValue:
    typed = " ".join(nfc(request.args.get("word", ""))[:LONGEST_SEARCH].split())
    terms = all_terms()
    found = matching(terms, typed)
    is_part = is_fragment_request()
    page = render_template(
        "craft/glossary_entries.html" if is_part else "craft/glossary.html",
        typed=typed,
        letters=letters(found),
        found=len(found),
        total=len(terms),
        structured=(
            defined_term_set(),
            _page_trail(gettext("Glossary of the craft"), "craft.glossary"),
        ),
    )
    response = make_response(page)
    response.vary.update(("HX-Request", "HX-History-Restore-Request"))
    return response


@dataclass(frozen=True, slots=True)
class Face:
    """The card whose photograph stands for a term, and how many pieces there are of it."""

    card: Card | None
    products: int


def _faces(terms: Iterable[Term], on_sale: Mapping[int, OnSale]) -> dict[int, Face]:
    """A photograph for each term, of a piece that is of no other term of its kind if there is one.

    Another piece's for each term as far as the pieces go round.
    """
    faces = {}
    for _, of_kind in craft_words.by_kind(list(terms)):
        found = [on_sale.get(each.id, NOTHING) for each in of_kind]
        times = Counter(card.slug for of_term in found for card in of_term.cards)
        taken: set[str] = set()
        for each, of_term in zip(of_kind, found, strict=True):
            cards = sorted((c for c in of_term.cards if c.image), key=lambda c: times[c.slug])
            card = next((c for c in cards if c.slug not in taken), cards[0] if cards else None)
            if card:
                taken.add(card.slug)
            faces[each.id] = Face(card, of_term.products)
    return faces


def _pictures(
    told: Iterable[tuple[int, Iterable[Term]]], on_sale: Mapping[int, OnSale]
) -> dict[int, Card]:
    """For a step or a year a piece made with its rarest term, no piece twice."""
    taken: set[str] = set()
    pictures = {}
    for key, terms in told:
        of_terms = [on_sale[term.id] for term in terms if term.id in on_sale]
        rarest_first = sorted(of_terms, key=lambda of_term: of_term.products)
        cards = (card for of_term in rarest_first for card in of_term.cards)
        card = next((card for card in cards if card.image and card.slug not in taken), None)
        if card:
            taken.add(card.slug)
            pictures[key] = card
    return pictures


def _craft() -> tuple[str, str]:
    return gettext("The craft"), absolute_url("craft.index")


def _page_trail(name: str, endpoint: str) -> dict[str, object]:
    return breadcrumb_list([_craft(), (name, absolute_url(endpoint))])


def _trail(found: Term) -> list[tuple[str, str]]:
    return [
        _craft(),
        (
            str(craft_words.KIND_TITLES[found.kind]),
            f"{absolute_url('craft.index')}#{found.kind.value}",
        ),
        (
            localized(found, "name"),
            absolute_url("craft.term", kind=found.kind.value, slug=found.slug),
        ),
    ]
