"""Which payment a transfer is for, and what follows: by its reference and sum alone, else nobody's.

Exact settles; too little is kept and asked for; too much settles and the surplus goes back; money
for a payment that is paid goes back whole; money without a reference we gave waits for an officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.checkout.actions import Settlement, settle_payment
from shop.checkout.line_books import (
    book_cash_banked,
    book_return,
    take_back_arrival,
    take_line,
)
from shop.core.clock import HANOI
from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.i18n import money
from shop.core.vietnamese import fold
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.orders.actions import group_of_payment
from shop.payments.actions import lock_payment, record_receipt
from shop.payments.bank_webhook import BankNews
from shop.payments.models import (
    BankLine,
    BankStatement,
    LineOutcome,
    LineSource,
    PartReason,
    PartStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    TransferPart,
)
from shop.payments.queries import payment_by_transfer_reference
from shop.payments.references import find_references, normalise_reference
from shop.payments.statement_reading import Movement, Reading
from shop.payments.transfers import (
    Division,
    NewLine,
    Ruling,
    add_part,
    by_entry,
    claim_parts,
    decide_line,
    divide,
    held_for,
    lock_line,
    lock_part,
    note_part_returned,
    same_movement,
)

SAME_TRANSFER_WITHIN = timedelta(days=3)
PERHAPS_SAME, UNKNOWN, SEVERAL = "perhaps_same", "unknown", "several"
REASONS = {
    Ruling.OVER: PartReason.SURPLUS,
    Ruling.DUPLICATE: PartReason.DUPLICATE,
    Ruling.INCOMPLETE: PartReason.INCOMPLETE,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line; no ruling when it waits for an officer. For the mails."""

    line_id: int
    ruling: Ruling | None = None
    settlement: Settlement | None = None
    group_id: int | None = None
    back: int = 0


def payments_named(text: str) -> list[Payment]:
    """The payments whose references stand in a transfer's text."""
    found = find_references(text)
    if not found:
        return []
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.transfer_reference.in_(found))
            .order_by(Payment.id)
            .execution_options(populate_existing=True)
        )
    )


def rule_on(line: BankLine, *, at: datetime) -> Outcome:
    """Do with an incoming line what its text and its sum say, or leave it to an officer."""
    named = payments_named(line.text)
    if len(named) != 1:
        line.why = SEVERAL if named else UNKNOWN
        return Outcome(line.id)
    if perhaps_told_before(named[0], line.amount, line.day, line.source):
        line.why = PERHAPS_SAME
        return Outcome(line.id)
    return claim_line(line, named[0].id, at=at)


def perhaps_told_before(payment: Payment, amount: int, day: date, source: LineSource) -> bool:
    """Whether this transfer is known from elsewhere, written down by an officer or told in other
    words: the same sum, near the same day, not on a statement yet or by a message that comes after
    it. A person has to say: taken for a second transfer, it would be sent back."""
    if payment.status is not PaymentStatus.PAID or amount != payment.amount:
        return False
    lines = db.session.scalars(
        select(BankLine)
        .join(TransferPart, TransferPart.line_id == BankLine.id)
        .where(TransferPart.payment_id == payment.id, TransferPart.status == PartStatus.CLAIMED)
    ).all()
    # A payment from before lines were kept has none.
    return not lines or any(
        known.source is not source
        and (known.statement_id is None or source is LineSource.WEBHOOK)
        and abs(known.day - day) <= SAME_TRANSFER_WITHIN
        for known in lines
    )


def claim_line(
    line: BankLine, payment_id: int, *, at: datetime, by_id: int | None = None
) -> Outcome:
    """Give the line's money to this payment as far as it is due. Raises Conflict when the line was
    dealt with before."""
    payment = db.session.scalars(for_update(select(Payment).where(Payment.id == payment_id))).one()
    held = held_for(payment.id)
    division = divide(line.amount, due=payment.amount, held=held, status=payment.status)
    everything_back = not division.for_payment
    decide_line(
        line,
        LineOutcome.RETURNING if everything_back else LineOutcome.CLAIMED,
        by_id=by_id,
        at=at,
    )
    _divide(line, payment, division, at)
    settlement = None
    if division.ruling in (Ruling.EXACT, Ruling.OVER):
        claim_parts(payment.id)
        settlement = settle_payment(
            payment.id,
            payment.amount,
            at=at,
            by_id=by_id,
            note="bank transfer",
            held_as=Account.UNCLAIMED_TRANSFERS,
        )
    group_id = group_of_payment(payment.id).id
    return Outcome(line.id, division.ruling, settlement, group_id, division.back)


def _divide(line: BankLine, payment: Payment, division: Division, at: datetime) -> None:
    add_part(line, division.for_payment, PartStatus.HELD, payment_id=payment.id, at=at)
    add_part(
        line,
        division.back,
        PartStatus.OWED,
        payment_id=payment.id,
        reason=REASONS.get(division.ruling),
        at=at,
    )


def known_line(movement: Movement | NewLine, taken: set[int]) -> BankLine | None:
    """The line that this movement is, if somebody has told of it before; each stands for one."""
    entry = movement.entry if isinstance(movement, Movement) else movement.entry_number
    if entry:
        found = by_entry(entry, movement.amount)
        if found is not None:
            return found if found.id not in taken else None
    same = db.session.scalars(
        select(BankLine).where(same_movement(movement.day, movement.amount)).order_by(BankLine.id)
    )
    return next((line for line in same if _is_same(line, movement, entry, taken)), None)


def _is_same(
    line: BankLine, movement: Movement | NewLine, entry: str | None, taken: set[int]
) -> bool:
    if line.id in taken or (line.entry_number and entry):
        return False
    if line.balance is not None and movement.balance is not None:
        return line.balance == movement.balance
    return fold(line.text) == fold(movement.text)


@dataclass(frozen=True, slots=True)
class Planned:
    """What importing a movement will do. `division` is empty where an officer has to look."""

    movement: Movement
    is_known: bool
    payment: Payment | None
    division: Division | None
    why: str = ""


def plan_import(movements: Iterable[Movement]) -> list[Planned]:
    """What each line of the statement will do, one after the other; nothing is changed."""
    taken: set[int] = set()
    held: dict[int, int] = {}
    paid: set[int] = set()
    return [_plan(movement, taken, held, paid) for movement in movements]


def _plan(movement: Movement, taken: set[int], held: dict[int, int], paid: set[int]) -> Planned:
    known = known_line(movement, taken)
    if known is not None:
        taken.add(known.id)
        return Planned(movement, True, None, None)
    named = payments_named(movement.text) if movement.amount > 0 else []
    if len(named) != 1:
        why = "" if movement.amount < 0 else (SEVERAL if named else UNKNOWN)
        return Planned(movement, False, None, None, why)
    payment = named[0]
    if payment.id not in paid and perhaps_told_before(
        payment, movement.amount, movement.day, LineSource.STATEMENT
    ):
        return Planned(movement, False, payment, None, PERHAPS_SAME)
    status = PaymentStatus.PAID if payment.id in paid else payment.status
    before = held.setdefault(payment.id, held_for(payment.id))
    division = divide(movement.amount, due=payment.amount, held=before, status=status)
    held[payment.id] = before + division.for_payment
    if division.ruling in (Ruling.EXACT, Ruling.OVER):
        paid.add(payment.id)
    return Planned(movement, False, payment, division)


def import_statement(
    statement: BankStatement, reading: Reading, *, by_id: int, at: datetime
) -> list[Outcome]:
    """Every line of the statement at once: new ones are ruled on, known ones only confirmed.

    Raises Conflict when it was imported before.
    """
    _take_turns()
    locked = db.session.scalars(
        for_update(select(BankStatement).where(BankStatement.id == statement.id))
    ).one()
    if locked.imported_at is not None:
        raise Conflict(lazy_gettext("This statement has been imported already."))
    _lock_payments_of(reading.movements)
    taken: set[int] = set()
    outcomes = []
    for movement in reading.movements:
        line = known_line(movement, taken)
        if line is None:
            line = take_line(_new_line(movement, locked.id))
            outcomes.append(rule_on(line, at=at) if line.amount > 0 else Outcome(line.id))
        else:
            _confirm(line, movement, locked.id)
        taken.add(line.id)
    _close(locked, reading, by_id, at)
    return outcomes


def take_from_webhook(news: BankNews, *, at: datetime) -> Outcome | None:
    """A movement an aggregator tells of; None when a statement told of it before."""
    new = NewLine(
        source=LineSource.WEBHOOK,
        day=news.day,
        at=min(news.at, at),
        amount=news.amount,
        text=news.text,
        entry_number=news.entry,
        balance=news.balance,
    )
    if known_line(new, set()) is not None:
        return None
    line = take_line(new)
    return rule_on(line, at=at) if line.amount > 0 else Outcome(line.id)


def _lock_payments_of(movements: Sequence[Movement]) -> None:
    """All at once and in key order, so that two imports never wait for each other."""
    references = {ref for movement in movements for ref in find_references(movement.text)}
    db.session.scalars(
        for_update(
            select(Payment).where(Payment.transfer_reference.in_(references)).order_by(Payment.id)
        )
    ).all()


def _take_turns() -> None:
    """Two statements of the same days, imported at once, must not both find a line unknown."""
    drafts = select(BankStatement.id).where(BankStatement.imported_at.is_(None))
    db.session.scalars(for_update(drafts.order_by(BankStatement.id))).all()


def _new_line(movement: Movement, statement_id: int) -> NewLine:
    return NewLine(
        source=LineSource.STATEMENT,
        statement_id=statement_id,
        day=movement.day,
        at=movement.at,
        amount=movement.amount,
        text=movement.text,
        entry_number=movement.entry,
        balance=movement.balance,
    )


def _confirm(line: BankLine, movement: Movement, statement_id: int) -> None:
    line.statement_id = line.statement_id or statement_id
    line.entry_number = line.entry_number or movement.entry
    if line.balance is None:
        line.balance = movement.balance
    db.session.flush()


def _close(statement: BankStatement, reading: Reading, by_id: int, at: datetime) -> None:
    statement.imported_at, statement.imported_by_id = at, by_id
    statement.first_day = reading.movements[0].day
    statement.last_day = reading.movements[-1].day
    statement.opening, statement.closing = reading.opening, reading.closing
    statement.line_count, statement.content = len(reading.movements), None
    db.session.flush()


def _waiting(public_id: str) -> BankLine:
    line = lock_line(public_id)
    if line is None:
        raise Missing
    return line


def assign_line(public_id: str, reference: str, *, by_id: int, at: datetime) -> Outcome:
    """An officer says which open payment a line is for. Raises Invalid for one that is not.

    The payment is locked before the line, as an import does.
    """
    payment = db.session.scalar(
        for_update(
            select(Payment).where(
                Payment.transfer_reference == reference, Payment.method == PaymentMethod.VIETQR
            )
        )
    )
    line = _waiting(public_id)
    if payment is None or not payment.is_open or line.amount < 0:
        raise Invalid(
            fields={"reference": lazy_gettext("No transfer is expected under this reference.")}
        )
    return claim_line(line, payment.id, by_id=by_id, at=at)


def send_line_back(public_id: str, *, by_id: int, at: datetime) -> None:
    """Nobody's money that came goes back to whoever sent it; named, the payment's buyer is told."""
    line = _waiting(public_id)
    named = payments_named(line.text)
    payment = named[0] if len(named) == 1 else None
    decide_line(line, LineOutcome.RETURNING, by_id=by_id, at=at)
    add_part(
        line,
        line.amount,
        PartStatus.OWED,
        payment_id=payment.id if payment else None,
        reason=PartReason.DUPLICATE if payment else PartReason.UNKNOWN,
        at=at,
    )


def disown_line(public_id: str, *, by_id: int, at: datetime) -> None:
    """It belongs to another business of the account's owner, in or out."""
    line = _waiting(public_id)
    decide_line(line, LineOutcome.FOREIGN, by_id=by_id, at=at)
    take_back_arrival(line, by_id=by_id)


def match_line(public_id: str, movement: str, *, by_id: int, at: datetime) -> None:
    """The books have this movement already, under this name. Raises Conflict when it is taken."""
    line = _waiting(public_id)
    taken = db.session.scalar(select(BankLine.id).where(BankLine.matched_to == movement))
    if taken is not None:
        raise Conflict(lazy_gettext("Another line of the bank is matched to this already."))
    decide_line(line, LineOutcome.MATCHED, by_id=by_id, at=at)
    line.matched_to = movement
    take_back_arrival(line, by_id=by_id)


def take_cash_banked(public_id: str, *, by_id: int, at: datetime) -> None:
    """The office's cash, paid in. Raises Conflict when the office has not so much."""
    line = _waiting(public_id)
    if not 0 < line.amount <= balance(Account.CASH_AT_OFFICE):
        raise Conflict(lazy_gettext("The office has not so much cash in the books."))
    decide_line(line, LineOutcome.BANKED, by_id=by_id, at=at)
    book_cash_banked(line, by_id=by_id, at=at)


def return_part(public_id: str, *, by_id: int, at: datetime) -> TransferPart:
    """An officer has transferred it back. Raises Missing, or Conflict when it was done before."""
    part = lock_part(public_id)
    if part is None:
        raise Missing
    note_part_returned(part, by_id=by_id, at=at)
    book_return(db.session.get_one(BankLine, part.line_id), part, by_id=by_id, at=at)
    return part


def confirm_transfer(
    reference_text: str,
    amount: int,
    *,
    bank_entry: str | None,
    received_on: date,
    by_id: int,
    at: datetime,
) -> Settlement:
    """An officer found a transfer on the statement. Reference and amount must both agree.

    Writes a line of the bank as a statement would, which later recognises it by its entry number.
    Raises Invalid naming the field that does not agree, and Conflict when it was matched already.
    """
    reference = normalise_reference(reference_text)
    payment = payment_by_transfer_reference(reference) if reference else None
    if payment is None or reference is None:
        _refuse("reference", lazy_gettext("No transfer is expected under this reference."))
    payment = lock_payment(payment.id)
    if payment.status is PaymentStatus.PAID:
        raise Conflict(lazy_gettext("This transfer has been matched already."))
    missing = payment.amount - held_for(payment.id)
    if amount != missing:
        _refuse(
            "amount",
            lazy_gettext(
                "%(expected)s is expected under this reference, not %(given)s.",
                expected=money(missing),
                given=money(amount),
            ),
        )
    if bank_entry and by_entry(bank_entry, amount):
        _refuse("bank_entry", lazy_gettext("This entry has been matched before."))
    line = take_line(_by_hand(reference_text, amount, bank_entry, received_on, by_id, at))
    outcome = claim_line(line, payment.id, at=at, by_id=by_id)
    record_receipt(
        payment,
        reference=reference,
        bank_entry=bank_entry,
        received_on=received_on,
        by_id=by_id,
        at=at,
    )
    if outcome.settlement is None:
        raise Conflict(lazy_gettext("This transfer has been matched already."))
    return outcome.settlement


def _by_hand(
    text: str, amount: int, entry: str | None, day: date, by_id: int, at: datetime
) -> NewLine:
    noon = datetime.combine(day, time(12), HANOI)
    return NewLine(
        source=LineSource.HAND,
        day=day,
        at=min(noon, at),
        amount=amount,
        text=text,
        entry_number=entry,
        entered_by_id=by_id,
    )


def _refuse(field: str, message: Message) -> NoReturn:
    raise Invalid(fields={field: message})
