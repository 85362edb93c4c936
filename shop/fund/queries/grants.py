"""Grants as the office and the public read them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.core.errors import Missing
from shop.fund.models import GRANTED, ApprenticeCount, Grant, GrantEvent, GrantPaper, GrantStatus
from shop.ledger.models import Account
from shop.ledger.queries.books import balance


def public_grants() -> list[Grant]:
    """Approved and paid, the newest decision first, with officers and papers; two statements."""
    return list(
        db.session.scalars(
            select(Grant)
            .where(Grant.status.in_(GRANTED))
            .options(
                joinedload(Grant.workshop),
                joinedload(Grant.proposed_by),
                joinedload(Grant.decided_by),
                selectinload(Grant.papers),
            )
            .order_by(Grant.decided_at.desc(), Grant.id.desc())
        )
    )


def all_grants() -> list[Grant]:
    """As the office lists them: what waits for a decision or for its payment first."""
    rank = {GrantStatus.PROPOSED: 0, GrantStatus.APPROVED: 1}
    found = db.session.scalars(
        select(Grant)
        .options(
            joinedload(Grant.workshop), joinedload(Grant.proposed_by), joinedload(Grant.decided_by)
        )
        .order_by(Grant.proposed_at.desc(), Grant.id.desc())
    )
    return sorted(found, key=lambda grant: rank.get(grant.status, 2))


def whole_grant(public_id: str) -> Grant:
    """With its history and papers. Raises Missing."""
    grant = db.session.scalar(
        select(Grant)
        .where(Grant.public_id == public_id)
        .options(
            joinedload(Grant.workshop),
            joinedload(Grant.proposed_by),
            joinedload(Grant.decided_by),
            selectinload(Grant.events).joinedload(GrantEvent.by),
            selectinload(Grant.papers),
        )
        .execution_options(populate_existing=True)
    )
    if grant is None:
        raise Missing
    return grant


def paper_of(public_id: str) -> tuple[GrantPaper, bool]:
    """A paper, and whether the public may read it. Raises Missing."""
    row = db.session.execute(
        select(GrantPaper, Grant.status)
        .join(Grant, Grant.id == GrantPaper.grant_id)
        .where(GrantPaper.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise Missing
    paper, status = row
    return paper, paper.is_public and status in GRANTED


def fund_balance() -> int:
    """Đồng the fund can still give."""
    return balance(Account.CRAFT_FUND)


def promised() -> int:
    """Đồng of proposals nobody has decided on."""
    total = db.session.scalar(
        select(func.coalesce(func.sum(Grant.amount), 0)).where(Grant.status == GrantStatus.PROPOSED)
    )
    return int(total or 0)


def apprentice_counts() -> list[ApprenticeCount]:
    """Every count with its workshop, by year and name; one SQL statement."""
    found = db.session.scalars(
        select(ApprenticeCount)
        .options(joinedload(ApprenticeCount.workshop))
        .order_by(ApprenticeCount.year.desc())
    ).all()
    return sorted(found, key=lambda count: (-count.year, count.workshop.name_sort))
