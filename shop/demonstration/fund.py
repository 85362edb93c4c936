"""Invented grants and apprentices, by the fund's own actions, each marked as illustrative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.tables import BadTable, build, read_toml, tables
from shop.fund.actions import (
    Proposal,
    approve_grant,
    count_apprentices,
    pay_grant,
    propose_grant,
)
from shop.fund.models import GrantStatus
from shop.ledger.models import Account, Side
from shop.ledger.queries.books import balances

DECIDED_AFTER, PAID_AFTER = timedelta(days=3), timedelta(days=8)
ROUND = 100_000
SOURCE = "Số minh hoạ cho làng trình diễn / Illustrative, invented for the demonstration"


@dataclass(frozen=True, slots=True)
class InventedGrant:
    """`share` in hundredths of what was in the fund `days_ago`."""

    purpose_vi: str
    purpose_en: str
    days_ago: int
    share: int
    status: str
    workshop: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class InventedApprentices:
    workshop: str
    years: dict[str, int]


def show_fund(path: Path, at: datetime) -> int:
    """Once, after the history has been played; returns how many grants. Raises BadTable."""
    whole = read_toml(path)
    one, other = _officers()
    for table in tables(whole, "apprentices", path.name):
        counted = build(InventedApprentices, table, f"{path.name}, apprentices")
        for year, count in counted.years.items():
            count_apprentices(
                counted.workshop,
                int(year),
                count,
                SOURCE,
                by=one,
                at=at,
                is_illustrative=True,
            )
    grants = [
        build(InventedGrant, table, f"{path.name}, grant")
        for table in tables(whole, "grant", path.name)
    ]
    return sum(_give(grant, one, other, at) for grant in grants)


def _officers() -> tuple[Person, Person]:
    found = db.session.scalars(select(Person).where(Person.is_officer).order_by(Person.id)).all()
    if len(found) < 2:
        raise BadTable("people.toml: grants need two officers")
    return found[0], found[1]


def _give(invented: InventedGrant, one: Person, other: Person, at: datetime) -> bool:
    proposed = at - timedelta(days=invented.days_ago)
    left = -balances(before=proposed).get(Side(Account.CRAFT_FUND), 0)
    amount = left * invented.share // 100 // ROUND * ROUND
    if amount <= 0:
        return False
    proposal = Proposal(
        recipient=invented.recipient,
        workshop_slug=invented.workshop or None,
        purpose_vi=invented.purpose_vi,
        purpose_en=invented.purpose_en,
        amount=amount,
        is_illustrative=True,
    )
    status = GrantStatus(invented.status)
    grant = propose_grant(proposal, by=one, at=proposed)
    if status is not GrantStatus.PROPOSED:
        approve_grant(grant.public_id, by=other, at=proposed + DECIDED_AFTER)
    if status is GrantStatus.PAID:
        paid = proposed + PAID_AFTER
        reference = f"MH-QUY-{paid:%y%m%d}"
        pay_grant(grant.public_id, bank_reference=reference, paid_on=paid.date(), by=one, at=paid)
    return True
