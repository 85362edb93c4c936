"""Where every line of the bank stands, read from lines and their parts alone, what the books have
to hold by that, and how the bank's balance and the books' compare. No posting is looked at, but
for the balance of the account itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func, select

from shop.core.clock import HANOI
from shop.core.db import db
from shop.ledger.models import Account, Side
from shop.ledger.queries.books import balances
from shop.payments.models import (
    BankLine,
    BankStatement,
    LineOutcome,
    PartStatus,
    TransferPart,
)

NOT_BOOKED = frozenset({LineOutcome.FOREIGN, LineOutcome.MATCHED})


@dataclass(frozen=True, slots=True)
class LineState:
    """Sums in đồng, of one incoming line; `open` is what is nobody's or owed back still."""

    public_id: str
    amount: int
    outcome: LineOutcome
    claimed: int
    returned: int
    open: int

    @property
    def adds_up(self) -> bool:
        """A line is whole: waiting or settled as one, or divided to the last đồng."""
        divided = self.claimed + self.returned + self.open
        is_divided = self.outcome in (LineOutcome.CLAIMED, LineOutcome.RETURNING)
        return divided == (self.amount if is_divided else 0)


def line_states() -> list[LineState]:
    """Every incoming line, in one SQL statement."""
    sums = (
        func.coalesce(func.sum(case((TransferPart.status.in_(which), TransferPart.amount))), 0)
        for which in (
            (PartStatus.CLAIMED,),
            (PartStatus.RETURNED,),
            (PartStatus.HELD, PartStatus.OWED),
        )
    )
    rows = db.session.execute(
        select(BankLine.public_id, BankLine.amount, BankLine.outcome, *sums)
        .outerjoin(TransferPart, TransferPart.line_id == BankLine.id)
        .where(BankLine.amount > 0)
        .group_by(BankLine.id, BankLine.public_id, BankLine.amount, BankLine.outcome)
        .order_by(BankLine.id)
    )
    return [
        LineState(public_id, amount, outcome, int(claimed), int(returned), int(still_open))
        for public_id, amount, outcome, claimed, returned, still_open in rows
    ]


def expected_line(state: LineState) -> dict[Account, int]:
    """Debit positive, of the postings about the line; what a payment claims is about its orders."""
    if state.outcome in NOT_BOOKED:
        return {}
    banked = state.amount if state.outcome is LineOutcome.BANKED else 0
    return {
        Account.CLEARING_BANK: state.amount - state.returned,
        Account.UNCLAIMED_TRANSFERS: -state.amount + state.returned + banked,
        Account.CASH_AT_OFFICE: -banked,
    }


@dataclass(frozen=True, slots=True)
class BankBalance:
    """The bank's balance at the end of the last statement, the books' at that moment, and why they
    differ, all in đồng: `bank - books` is the sum of the five reasons.

    `before`: there before the first statement. `foreign`: not the shop's. `unmatched`: went out and
    nobody has said what for. `not_on_statement`: booked, but on no statement yet (taken away).
    `missing`: the statements do not follow from one another.
    """

    last_day: date
    bank: int
    books: int
    before: int
    foreign: int
    unmatched: int
    not_on_statement: int
    missing: int


def bank_balance() -> BankBalance | None:
    """As of the end of the last statement that names balances; None while there is none."""
    ends = _ends()
    if ends is None:
        return None
    opening, closing, last_day = ends
    moment = datetime.combine(last_day + timedelta(days=1), time(), HANOI)
    books = balances(before=moment).get(Side(Account.CLEARING_BANK), 0)
    sums = _sums_on_statements(last_day)
    total = sum(sums.values())
    incoming = {outcome: amount for (outcome, comes), amount in sums.items() if comes}
    booked = sum(amount for outcome, amount in incoming.items() if outcome not in NOT_BOOKED)
    matched = sum(a for (outcome, _), a in sums.items() if outcome is LineOutcome.MATCHED)
    return BankBalance(
        last_day=last_day,
        bank=closing,
        books=books,
        before=opening,
        foreign=sum(a for (outcome, _), a in sums.items() if outcome is LineOutcome.FOREIGN),
        unmatched=sums.get((LineOutcome.WAITING, False), 0),
        not_on_statement=-(books - booked - matched),
        missing=closing - opening - total,
    )


def _ends() -> tuple[int, int, date] | None:
    known = BankStatement.imported_at.is_not(None) & BankStatement.closing.is_not(None)
    first = db.session.scalar(
        select(BankStatement.opening)
        .where(known)
        .order_by(BankStatement.first_day, BankStatement.id)
        .limit(1)
    )
    last = db.session.execute(
        select(BankStatement.closing, BankStatement.last_day)
        .where(known)
        .order_by(BankStatement.last_day.desc(), BankStatement.id.desc())
        .limit(1)
    ).one_or_none()
    if first is None or last is None or last.closing is None or last.last_day is None:
        return None
    return first, last.closing, last.last_day


def _sums_on_statements(last_day: date) -> dict[tuple[LineOutcome, bool], int]:
    comes = (BankLine.amount > 0).label("comes")
    rows = db.session.execute(
        select(BankLine.outcome, comes, func.sum(BankLine.amount))
        .where(BankLine.statement_id.is_not(None), BankLine.day <= last_day)
        .group_by(BankLine.outcome, comes)
    )
    return {(outcome, bool(comes)): int(total) for outcome, comes, total in rows}
