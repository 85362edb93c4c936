"""The history into the database, once: planned, then played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select

from shop.accounts.models import Person
from shop.catalogue.models import MovementKind, StockMovement
from shop.core.db import db
from shop.core.settings import Settings
from shop.core.tables import BadTable
from shop.demonstration.fund import show_fund
from shop.demonstration.history.facts import read_facts
from shop.demonstration.history.goods import Article, articles_on_sale
from shop.demonstration.history.planning import plan
from shop.demonstration.history.playing import FIRING, Player, hands_of_workshops
from shop.demonstration.village import AccountRole, Village
from shop.shipping.queries import rate_book


@dataclass(frozen=True, slots=True)
class Played:
    """How many purchases were made and firings unpacked; none when that had been done before."""

    purchases: int
    batches: int


def play_history(village: Village, settings: Settings, at: datetime) -> Played:
    """Two years of buying up to `at` in a loaded village; nothing when it has had them.

    Belongs inside a transaction. Raises BadTable when the village's files do not allow it.
    """
    if _is_played():
        return Played(0, 0)
    whole = plan(
        _articles(),
        [account for account in village.accounts if account.role is AccountRole.BUYER],
        read_facts(village.history),
        settings,
        cache(rate_book),
        at,
    )
    Player(whole, settings, _officer()).play()
    show_fund(village.fund, at)
    return Played(len(whole.purchases), sum(map(len, whole.firings.values())))


def _is_played() -> bool:
    fired = StockMovement.cause.startswith(f"{FIRING}:")
    statement = select(StockMovement.id).where(StockMovement.kind == MovementKind.RECEIVED, fired)
    return db.session.scalar(statement.limit(1)) is not None


def _articles() -> Sequence[Article]:
    """A workshop without members has nobody to pack."""
    staffed = hands_of_workshops()
    return [article for article in articles_on_sale() if article.workshop_id in staffed]


def _officer() -> Person:
    officer = db.session.scalar(select(Person).where(Person.is_officer).order_by(Person.id))
    if officer is None:
        raise BadTable("people.toml: without an officer nobody matches transfers")
    return officer
