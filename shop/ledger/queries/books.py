"""What the books say: entries of a transaction, balances at a moment, and where they are wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, Side


def transaction_of_cause(cause: str) -> int | None:
    return db.session.scalar(select(LedgerTransaction.id).where(LedgerTransaction.cause == cause))


def entries_of(transaction_id: int) -> dict[Side, int]:
    """A transaction's amounts in đồng by side, debit positive."""
    rows = db.session.execute(
        select(LedgerEntry.account, LedgerEntry.workshop_id, LedgerEntry.amount)
        .where(LedgerEntry.transaction_id == transaction_id)
        .order_by(LedgerEntry.id)
    )
    return {Side(account, workshop_id): amount for account, workshop_id, amount in rows}


def balances(*, before: datetime | None = None) -> dict[Side, int]:
    """Every account that ever moved, in đồng, debit positive; of what happened before a moment."""
    query = select(LedgerEntry.account, LedgerEntry.workshop_id, func.sum(LedgerEntry.amount))
    if before is not None:
        query = query.join(
            LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id
        ).where(LedgerTransaction.at < before)
    rows = db.session.execute(query.group_by(LedgerEntry.account, LedgerEntry.workshop_id))
    return {Side(account, workshop_id): int(total) for account, workshop_id, total in rows}


def balance(account: Account, workshop_id: int | None = None) -> int:
    """What is there, in đồng, on the account's own side: what we hold, or what we owe.

    Of an account that every workshop has its own of, all together unless one is named.
    """
    query = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(
        LedgerEntry.account == account
    )
    if workshop_id is not None:
        query = query.where(LedgerEntry.workshop_id == workshop_id)
    total = int(db.session.scalar(query) or 0)
    return total if account.is_debit_side else -total


def account_balances() -> dict[Account, int]:
    """Every account in đồng on its own side, workshops taken together; 0 if it never moved."""
    rows = db.session.execute(
        select(LedgerEntry.account, func.sum(LedgerEntry.amount)).group_by(LedgerEntry.account)
    )
    found = {account: int(total) for account, total in rows}
    return {
        account: found.get(account, 0) if account.is_debit_side else -found.get(account, 0)
        for account in Account
    }


def unbalanced_transactions() -> list[int]:
    """Transactions whose entries do not add up, or are not as many as were written."""
    rows = db.session.execute(
        select(LedgerTransaction.id)
        .outerjoin(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .group_by(LedgerTransaction.id, LedgerTransaction.entry_count)
        .having(
            or_(
                func.coalesce(func.sum(LedgerEntry.amount), 0) != 0,
                func.count(LedgerEntry.id) != LedgerTransaction.entry_count,
            )
        )
        .order_by(LedgerTransaction.id)
    )
    return [row.id for row in rows]
