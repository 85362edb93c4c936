"""Writing down what the tax office was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import lazy_gettext

from shop.core.clock import HANOI
from shop.core.errors import Conflict, Invalid
from shop.ledger.actions.posting import CauseTaken, Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.taxes.months import has_ended, month_after
from shop.taxes.queries.payments import MonthDue, month_due, payment_cause

NOON = time(12)


@dataclass(frozen=True, slots=True)
class PaidTax:
    """As the bank's statement has it. `number` counts the payments of the month: the first is 1,
    and a correction the next, so that one form sent twice pays once."""

    month: date
    number: int
    vat: int
    pit: int
    paid_on: date
    note: str


def pay_tax(paid: PaidTax, *, by_id: int, at: datetime) -> None:
    """The tax withheld in a month has gone from the bank to the tax office.

    Raises Conflict for a month that has not ended, and for a payment that is not the month's
    next; Invalid for no sum, for more than is left, and for a day out of the question.
    """
    if not has_ended(paid.month, at):
        raise Conflict(lazy_gettext("The month has not ended yet; its figures may still change."))
    due = month_due(paid.month)
    if paid.number != len(due.payments) + 1:
        raise _written_down()
    _refuse_wrong(paid, due, at)
    noon = datetime.combine(paid.paid_on, NOON, HANOI)
    posting = Posting(
        cause=payment_cause(paid.month, paid.number),
        kind=TransactionKind.TAX_PAID,
        sides={
            Side(Account.WITHHELD_VAT): paid.vat,
            Side(Account.WITHHELD_PIT): paid.pit,
            Side(Account.CLEARING_BANK): -(paid.vat + paid.pit),
        },
        by_id=by_id,
        note=paid.note,
    )
    try:
        post(posting, at=min(noon, at))
    except CauseTaken:
        raise _written_down() from None


def _written_down() -> Conflict:
    return Conflict(lazy_gettext("A payment of this month has been written down meanwhile."))


def _refuse_wrong(paid: PaidTax, due: MonthDue, at: datetime) -> None:
    fields = {}
    if paid.vat == paid.pit == 0:
        fields["vat"] = lazy_gettext("Write down at least one sum.")
    for name, amount, left in (("vat", paid.vat, due.vat_left), ("pit", paid.pit, due.pit_left)):
        if amount > max(left, 0):
            fields[name] = lazy_gettext("This is more than is left to pay of the month.")
    if not month_after(paid.month) <= paid.paid_on <= at.astimezone(HANOI).date():
        fields["paid_on"] = lazy_gettext("A day after the month, and not one to come.")
    if fields:
        raise Invalid(fields=fields)
