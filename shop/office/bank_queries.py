"""What the office's pages of the bank show: lines to be looked at, what they could be, and parts
of transfers that are to go back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from shop.core.db import db
from shop.core.errors import Missing
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.orders.models import OrderGroup
from shop.payments.bank_details import bank_details_of
from shop.payments.models import (
    BankDetails,
    BankLine,
    BankStatement,
    LineOutcome,
    PartReason,
    PartStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    TransferPart,
)
from shop.payments.transfers import held_for

MOST_LINES = 200
MOST_CANDIDATES = 12
NEAR = timedelta(days=60)
OF_LINES = frozenset({TransactionKind.TRANSFER_CLAIMED, TransactionKind.TRANSFER_UNCLAIMED})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open payment that a line could be for; `missing` in đồng."""

    reference: str
    name: str
    missing: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class BookedMovement:
    """A movement on the account that the books have and no statement line stands for."""

    key: str
    kind: TransactionKind
    at: datetime
    amount: int


@dataclass(frozen=True, slots=True)
class PartToReturn:
    public_id: str
    amount: int
    reason: PartReason | None
    status: PartStatus
    settled_at: datetime | None
    line: BankLine
    group: OrderGroup | None
    details: BankDetails | None


def lines_to_look_at() -> list[BankLine]:
    """Lines that wait for an officer, the oldest first."""
    return list(
        db.session.scalars(
            select(BankLine)
            .where(BankLine.outcome == LineOutcome.WAITING)
            .order_by(BankLine.at, BankLine.id)
            .limit(MOST_LINES)
        )
    )


def statements() -> list[BankStatement]:
    """Drafts and imported ones, the newest first."""
    return list(
        db.session.scalars(select(BankStatement).order_by(BankStatement.id.desc()).limit(20))
    )


def statement_by_public_id(public_id: str) -> BankStatement:
    found = db.session.scalar(select(BankStatement).where(BankStatement.public_id == public_id))
    if found is None:
        raise Missing
    return found


def line_by_public_id(public_id: str) -> BankLine:
    found = db.session.scalar(select(BankLine).where(BankLine.public_id == public_id))
    if found is None:
        raise Missing
    return found


def parts_of(line: BankLine) -> list[tuple[TransferPart, str | None]]:
    """A line's parts with the reference of the order each belongs to."""
    rows = db.session.execute(
        select(TransferPart, OrderGroup.reference)
        .outerjoin(OrderGroup, OrderGroup.payment_id == TransferPart.payment_id)
        .where(TransferPart.line_id == line.id)
        .order_by(TransferPart.id)
    )
    return [(part, reference) for part, reference in rows]


def candidates_for(line: BankLine) -> list[Candidate]:
    """Open transfers, those of exactly this sum first; for a person to choose from."""
    rows = db.session.execute(
        select(Payment, OrderGroup.reference, OrderGroup.name)
        .join(OrderGroup, OrderGroup.payment_id == Payment.id)
        .where(
            Payment.method == PaymentMethod.VIETQR,
            Payment.status.in_((PaymentStatus.CREATED, PaymentStatus.AWAITING)),
        )
        .order_by(func.abs(Payment.amount - line.amount), Payment.id)
        .limit(MOST_CANDIDATES)
    )
    return [
        Candidate(reference, name, payment.amount - held_for(payment.id), payment.expires_at)
        for payment, reference, name in rows
    ]


def booked_movements(line: BankLine) -> list[BookedMovement]:
    """What the books have of exactly this sum near this day and no line is matched to."""
    rows = db.session.execute(
        select(LedgerTransaction, LedgerEntry.amount)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(
            LedgerEntry.account == Account.CLEARING_BANK,
            LedgerTransaction.at.between(line.at - NEAR, line.at + NEAR),
            LedgerTransaction.cause != f"bank-line:{line.public_id}:arrived",
            LedgerTransaction.reverses_id.is_(None),
        )
        .order_by(LedgerTransaction.at, LedgerTransaction.id)
    ).all()
    grouped = _grouped((transaction, int(amount)) for transaction, amount in rows)
    taken = _taken()
    return [
        movement
        for movement in grouped
        if movement.amount == line.amount and movement.key not in taken
    ]


def _taken() -> set[str]:
    """Names of movements that some line of a statement stands for already."""
    matched = db.session.scalars(
        select(BankLine.matched_to).where(BankLine.matched_to.is_not(None))
    )
    own = db.session.scalars(
        select(BankLine.public_id).where(BankLine.statement_id.is_not(None), BankLine.amount > 0)
    )
    return {str(key) for key in matched} | {f"bank-line:{key}:arrived" for key in own}


def _grouped(rows: Iterable[tuple[LedgerTransaction, int]]) -> list[BookedMovement]:
    """A refund of several orders, or a payment for several, is one movement at the bank."""
    found: dict[str, BookedMovement] = {}
    for transaction, amount in rows:
        key = movement_key(transaction.cause)
        before = found[key].amount if key in found else 0
        found[key] = BookedMovement(key, transaction.kind, transaction.at, before + amount)
    return list(found.values())


def movement_key(cause: str) -> str:
    """What the bank sees as one: a refund's parts are booked one by one for each order."""
    if cause.startswith("refund:"):
        return ":".join(cause.split(":")[:2])
    return cause


def parts_to_return() -> list[PartToReturn]:
    """Money to be sent back that came beyond what was due, the longest owed first."""
    keys = db.session.scalars(
        select(TransferPart.public_id)
        .where(TransferPart.status == PartStatus.OWED)
        .order_by(TransferPart.created_at, TransferPart.id)
        .limit(MOST_LINES)
    )
    return [part_to_return(key) for key in keys]


def part_to_return(public_id: str) -> PartToReturn:
    """Raises Missing for one that was never owed back."""
    row = db.session.execute(
        select(TransferPart, BankLine, OrderGroup)
        .join(BankLine, BankLine.id == TransferPart.line_id)
        .outerjoin(OrderGroup, OrderGroup.payment_id == TransferPart.payment_id)
        .where(
            TransferPart.public_id == public_id,
            TransferPart.status.in_((PartStatus.OWED, PartStatus.RETURNED)),
        )
    ).one_or_none()
    if row is None:
        raise Missing
    part, line, group = row
    return PartToReturn(
        public_id=part.public_id,
        amount=part.amount,
        reason=part.reason,
        status=part.status,
        settled_at=part.settled_at,
        line=line,
        group=group,
        details=bank_details_of(part.payment_id) if part.payment_id else None,
    )
