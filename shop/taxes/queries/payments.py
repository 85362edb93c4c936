"""What the tax office was paid for a month, as booked, and what is left to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select

from shop.accounts.models import Person
from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.taxes.queries.months import withheld_in


@dataclass(frozen=True, slots=True)
class TaxPayment:
    at: datetime
    vat: int
    pit: int
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class MonthDue:
    """Of one month, in đồng; less than nothing is left where more went back than was sold."""

    payments: tuple[TaxPayment, ...]
    vat_left: int
    pit_left: int

    @property
    def left(self) -> int:
        return self.vat_left + self.pit_left

    @property
    def is_settled(self) -> bool:
        return self.vat_left <= 0 and self.pit_left <= 0


def payment_cause(month: date, number: int) -> str:
    """The number counts the payments of one month from 1 on."""
    return f"tax-paid:{month:%Y-%m}:{number}"


def month_due(month: date) -> MonthDue:
    """Two SQL statements."""
    paid = tax_payments(month)
    withheld = withheld_in(month)
    return MonthDue(
        paid,
        withheld[Account.WITHHELD_VAT] - sum(each.vat for each in paid),
        withheld[Account.WITHHELD_PIT] - sum(each.pit for each in paid),
    )


def tax_payments(month: date) -> tuple[TaxPayment, ...]:
    """In the order in which they were written down."""

    def paid(account: Account) -> ColumnElement[int]:
        return func.sum(case((LedgerEntry.account == account, LedgerEntry.amount), else_=0))

    rows = db.session.execute(
        select(
            LedgerTransaction.at,
            paid(Account.WITHHELD_VAT),
            paid(Account.WITHHELD_PIT),
            LedgerTransaction.note,
            Person.name,
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .outerjoin(Person, Person.id == LedgerTransaction.by_person_id)
        .where(
            LedgerTransaction.kind == TransactionKind.TAX_PAID,
            LedgerTransaction.cause.startswith(f"tax-paid:{month:%Y-%m}:"),
        )
        .group_by(LedgerTransaction.id, Person.id)
        .order_by(LedgerTransaction.id)
    )
    return tuple(TaxPayment(at, int(vat), int(pit), note, by) for at, vat, pit, note, by in rows)
