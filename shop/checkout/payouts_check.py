"""Whether payouts and the books agree: each earning claimed once, each payout posted as it stands,
and what is left of workshops' earnings is what nobody has claimed.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import case, func, select

from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction
from shop.payouts.models import Payout, PayoutEntry, PayoutStatus
from shop.payouts.queries.due import is_claimed, is_to_be_claimed

Standing = tuple[str, PayoutStatus, int]
"""A payout's public id, status and amount in đồng."""


def standing_payouts() -> list[Standing]:
    rows = db.session.execute(
        select(Payout.public_id, Payout.status, Payout.amount).order_by(Payout.id)
    )
    return [(public_id, status, amount) for public_id, status, amount in rows]


def paid_from_bank(payouts: list[Standing]) -> int:
    return sum(amount for _, status, amount in payouts if status is PayoutStatus.PAID)


def claim_faults(payouts: list[Standing]) -> list[str]:
    """No entry is claimed twice, each of the workshop's own earnings, and what a payout claims
    adds up to it; a failed one claims nothing. Two SQL statements."""
    standing = PayoutEntry.released_at.is_(None)
    twice = db.session.scalars(
        select(PayoutEntry.entry_id)
        .where(standing)
        .group_by(PayoutEntry.entry_id)
        .having(func.count() > 1)
    )
    own = (LedgerEntry.workshop_id == Payout.workshop_id) & is_to_be_claimed()
    rows = db.session.execute(
        select(Payout.public_id, func.sum(case((own, -LedgerEntry.amount), else_=0)))
        .join(PayoutEntry, PayoutEntry.payout_id == Payout.id)
        .join(LedgerEntry, LedgerEntry.id == PayoutEntry.entry_id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(standing)
        .group_by(Payout.public_id)
    )
    claimed = {public_id: int(total) for public_id, total in rows}
    wrong = [
        public_id
        for public_id, status, amount in payouts
        if claimed.get(public_id, 0) != (0 if status is PayoutStatus.FAILED else amount)
    ]
    return [*(f"entry {key}" for key in twice), *wrong]


def posting_faults(
    payouts: list[Standing], found: Mapping[str, Mapping[Account, int]], due: int
) -> list[str]:
    """Each payout's accounts are what its state makes them; `due` is what the books say is under
    way in all. `found` is by public id, debit positive."""
    wrong = [
        public_id
        for public_id, status, amount in payouts
        if {account: sum_ for account, sum_ in found.get(public_id, {}).items() if sum_}
        != _expected(status, amount)
    ]
    under_way = sum(
        amount
        for _, status, amount in payouts
        if status in (PayoutStatus.PREPARED, PayoutStatus.SENT)
    )
    return wrong if due == under_way else [*wrong, Account.PAYOUTS_DUE.value]


def _expected(status: PayoutStatus, amount: int) -> dict[Account, int]:
    match status:
        case PayoutStatus.PREPARED | PayoutStatus.SENT:
            return {Account.WORKSHOP_PAYABLE: amount, Account.PAYOUTS_DUE: -amount}
        case PayoutStatus.PAID:
            return {Account.WORKSHOP_PAYABLE: amount, Account.CLEARING_BANK: -amount}
        case PayoutStatus.FAILED:
            return {}


def payable_faults() -> tuple[int, list[str]]:
    """How many workshops have earned anything; and those whose balance is not the sum of what no
    payout has claimed. One SQL statement."""
    open_part = is_to_be_claimed() & ~is_claimed(LedgerEntry.id)
    rows = db.session.execute(
        select(
            LedgerEntry.workshop_id,
            func.sum(LedgerEntry.amount),
            func.sum(case((open_part, LedgerEntry.amount), else_=0)),
        )
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account == Account.WORKSHOP_PAYABLE)
        .group_by(LedgerEntry.workshop_id)
        .order_by(LedgerEntry.workshop_id)
    ).all()
    wrong = [f"workshop {key}" for key, balance, unclaimed in rows if balance != unclaimed]
    return len(rows), wrong
