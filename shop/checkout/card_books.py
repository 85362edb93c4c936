"""What the card provider does of its own accord, in double entry: disputes, fees, payouts, strays.

docs/decisions/010 explains the scheme. Each function brings the books to where a thing stands, so
that it may be repeated and words may come in any order. Debit is positive.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from shop.core.db import db
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, Side, TransactionKind
from shop.payments.models import (
    BOOKED_CURRENCY,
    EntryKind,
    PayoutStatus,
    ProviderEntry,
    ProviderPayout,
    StrayCharge,
    StrayStatus,
)


def bring_held(reference: str, held: int, *, at: datetime) -> None:
    """What the provider has withdrawn over a dispute and not given again, in đồng."""
    _bring(
        f"dispute:{reference}:held:",
        held,
        (Account.DISPUTED, Account.CLEARING_STRIPE),
        (TransactionKind.DISPUTE_OPENED, TransactionKind.DISPUTE_WON),
        at,
    )


def bring_loss(reference: str, loss: int, *, at: datetime) -> None:
    """What of a lost dispute no order had left: the buyer has it twice, the village bears it."""
    _bring(
        f"dispute:{reference}:loss:",
        loss,
        (Account.PROVIDER_FEES, Account.DISPUTED),
        (TransactionKind.DISPUTE_LOST, TransactionKind.DISPUTE_WON),
        at,
    )


def fee_of(entry: ProviderEntry) -> int:
    """What the provider kept by this line, in đồng; a line of its own may be nothing but a fee."""
    if not entry.is_booked:
        return 0
    return entry.fee - (entry.amount if entry.kind is EntryKind.FEE else 0)


def book_fee(entry: ProviderEntry) -> None:
    fee = fee_of(entry)
    sides = {Side(Account.PROVIDER_FEES): fee, Side(Account.CLEARING_STRIPE): -fee}
    post(
        Posting(
            cause=f"provider-fee:{entry.reference}", kind=TransactionKind.PROVIDER_FEE, sides=sides
        ),
        at=entry.at,
    )


def paid_out(payout: ProviderPayout) -> int:
    """Đồng that have gone to the bank; one that fails after all comes back."""
    is_paid = payout.status is PayoutStatus.PAID and payout.currency == BOOKED_CURRENCY
    return payout.amount if is_paid else 0


def bring_payout(payout: ProviderPayout, *, at: datetime) -> None:
    _bring(
        f"provider-payout:{payout.reference}:",
        paid_out(payout),
        (Account.CLEARING_BANK, Account.CLEARING_STRIPE),
        (TransactionKind.PROVIDER_PAYOUT, TransactionKind.REVERSAL),
        at,
    )


def kept_astray(stray: StrayCharge) -> int:
    """Đồng with the provider that are nobody's payment; money in another currency is not booked."""
    is_there = stray.status is not StrayStatus.RETURNED and stray.currency == BOOKED_CURRENCY
    return stray.amount if is_there else 0


def bring_stray(stray: StrayCharge, *, at: datetime, by_id: int | None = None) -> None:
    _bring(
        f"card-stray:{stray.public_id}:",
        kept_astray(stray),
        (Account.CLEARING_STRIPE, Account.UNCLAIMED_TRANSFERS),
        (TransactionKind.TRANSFER_UNCLAIMED, TransactionKind.TRANSFER_RETURNED),
        at,
        by_id,
    )


def _bring(
    prefix: str,
    wanted: int,
    accounts: tuple[Account, Account],
    kinds: tuple[TransactionKind, TransactionKind],
    at: datetime,
    by_id: int | None = None,
) -> None:
    """Post what is missing, or too much, on the first account against the second."""
    first, against = accounts
    count, standing = _moved(prefix, first)
    change = wanted - standing
    post(
        Posting(
            cause=f"{prefix}{count + 1}",
            kind=kinds[0] if change > 0 else kinds[1],
            sides={Side(first): change, Side(against): -change},
            by_id=by_id,
        ),
        at=at,
    )


def _moved(prefix: str, account: Account) -> tuple[int, int]:
    count, total = db.session.execute(
        select(func.count(LedgerEntry.id), func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerTransaction.cause.startswith(prefix, autoescape=True),
            LedgerEntry.account == account,
        )
    ).one()
    return int(count), int(total)
