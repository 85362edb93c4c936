"""The whole village into the database, by the same actions people use; twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from shop.core.db import db
from shop.demonstration.gallery.artefacts import put_artefacts
from shop.demonstration.gallery.exhibitions import put_exhibitions
from shop.demonstration.people import put_accounts
from shop.demonstration.pieces import put_pieces
from shop.demonstration.shelf import Shelf
from shop.demonstration.story import put_story
from shop.demonstration.village import Village
from shop.demonstration.vocabulary import put_terms
from shop.demonstration.workshops import put_workshops
from shop.ledger.rate_lists import load_rate_list
from shop.shipping.price_lists import load_price_list

# Any number will do, so long as every loader takes the same one.
ADVISORY_LOCK = 0x76696C6C616765


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many there are of a kind, and how many of them were new or changed."""

    what: str
    total: int
    changed: int


def load_village(village: Village, shelf: Shelf, at: datetime) -> list[Loaded]:
    """Bring the database to what the village's files say.

    Belongs inside a transaction. Raises BadTable, or Invalid for what the shop itself refuses.
    """
    _one_at_a_time()
    rates = load_rate_list(village.rate_list, at)
    terms, changed_terms = put_terms(village.craft.terms)
    story = put_story(village.craft, terms)
    people, changed_people = put_accounts(village.accounts, at)
    workshops = put_workshops(village, people, shelf, at)
    pieces = put_pieces(
        village, terms, workshops, shelf, at, index_all=bool(changed_terms or workshops.changed)
    )
    prices = load_price_list(village.price_list)
    artefacts = put_artefacts(village.gallery, terms, shelf)
    exhibitions = put_exhibitions(village.gallery, artefacts, shelf, at)
    return [
        Loaded("terms of the craft", len(terms), changed_terms),
        Loaded("steps, years and sayings", story.total, story.changed),
        Loaded("accounts to try", len(people), changed_people),
        Loaded("workshops", len(workshops.by_slug), workshops.changed),
        Loaded("pieces", pieces.total, pieces.changed),
        Loaded("pieces on sale", pieces.on_sale, pieces.published),
        Loaded("pictures", len(shelf.found), shelf.changed),
        Loaded("carriers", prices.total_carriers, prices.carriers),
        Loaded("rates of charges", rates.total, rates.new),
        Loaded("3D models", len(shelf.models), shelf.changed_models),
        Loaded("artefacts", len(artefacts.by_slug), artefacts.changed),
        Loaded("exhibitions", exhibitions.total, exhibitions.changed),
        Loaded("exhibitions open", exhibitions.total, exhibitions.published),
    ]


def _one_at_a_time() -> None:
    """SQLite has one writer anyway; on PostgreSQL a second loader waits for the first."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
