"""What happens to a line of the bank, in double entry; `about` is the line's public id.

Money that came stands in `unclaimed_transfers` until a payment claims it (shop.orders.books), it
goes back, or it turns out not to be the shop's. Every function may be repeated.
"""

from __future__ import annotations

from datetime import datetime

from shop.ledger.actions.posting import Posting, post, reverse
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import transaction_of_cause
from shop.payments.models import BankLine, TransferPart
from shop.payments.transfers import NewLine, write_line

AT_THE_BANK, UNCLAIMED = Side(Account.CLEARING_BANK), Side(Account.UNCLAIMED_TRANSFERS)


def take_line(new: NewLine) -> BankLine:
    """Write a line down; money that came is booked as nobody's yet."""
    line = write_line(new)
    if line.amount > 0:
        sides = {AT_THE_BANK: line.amount, UNCLAIMED: -line.amount}
        _book(line, arrival_cause(line), TransactionKind.TRANSFER_UNCLAIMED, sides, at=line.at)
    return line


def arrival_cause(line: BankLine) -> str:
    return f"bank-line:{line.public_id}:arrived"


def book_return(line: BankLine, part: TransferPart, *, by_id: int, at: datetime) -> None:
    sides = {UNCLAIMED: part.amount, AT_THE_BANK: -part.amount}
    cause = f"bank-part:{part.public_id}:returned"
    _book(line, cause, TransactionKind.TRANSFER_RETURNED, sides, at=at, by_id=by_id)


def book_cash_banked(line: BankLine, *, by_id: int, at: datetime) -> None:
    """Cash of the office that was paid in at the bank."""
    sides = {UNCLAIMED: line.amount, Side(Account.CASH_AT_OFFICE): -line.amount}
    cause = f"bank-line:{line.public_id}:banked"
    _book(line, cause, TransactionKind.CASH_BANKED, sides, at=at, by_id=by_id)


def take_back_arrival(line: BankLine, *, by_id: int | None) -> None:
    """The money is not the shop's to count, or is in the books already."""
    arrival = transaction_of_cause(arrival_cause(line))
    if arrival is not None:
        # On the day of its arrival: no balance between the two may count it.
        reverse(arrival, at=line.at, by_id=by_id)


def _book(
    line: BankLine,
    cause: str,
    kind: TransactionKind,
    sides: dict[Side, int],
    *,
    at: datetime,
    by_id: int | None = None,
) -> None:
    posting = Posting(cause=cause, kind=kind, sides=sides, about=line.public_id, by_id=by_id)
    post(posting, at=at)
