"""Transfers by rule: exact, less, more, late, twice, unknown; the books hold after every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.checkout.actions import Settled, cancel_unpaid, lapse_payment
from shop.checkout.bank import (
    PERHAPS_SAME,
    UNKNOWN,
    Outcome,
    assign_line,
    confirm_transfer,
    disown_line,
    import_statement,
    match_line,
    plan_import,
    return_part,
    rule_on,
    send_line_back,
    take_cash_banked,
)
from shop.checkout.line_books import arrival_cause, take_line
from shop.checkout.line_letters import tell_of_line
from shop.checkout.line_states import bank_balance
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import balance
from shop.orders import letters
from shop.orders.models import ActorKind, OrderGroup
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
from shop.payments.statement_files import table
from shop.payments.statement_reading import (
    Reading,
    columns_from,
    guessed_columns,
    head_of,
    read_movements,
)
from shop.payments.transfers import NewLine, Ruling, divide, held_for, owed_in_parts
from tests.checkout.bookkeeping import faults
from tests.checkout.test_races import at_once
from tests.factories import NOW, make_person
from tests.studio.orders import Placed, open_village, order

LATE = NOW + timedelta(days=5)


@pytest.fixture(autouse=True)
def _stopped(context: Flask) -> Iterator[None]:
    with clock.stopped(NOW):
        yield


@pytest.fixture
def officer(context: Flask) -> int:
    key = make_person("Ngô Bảo Ấn", is_officer=True).id
    db.session.commit()
    return key


@pytest.fixture
def placed(context: Flask) -> Placed:
    open_village(context)
    return order(context, "binh", "chum", method=PaymentMethod.VIETQR)


def payment_of(placed: Placed) -> Payment:
    return db.session.scalars(
        select(Payment)
        .join(OrderGroup, OrderGroup.payment_id == Payment.id)
        .where(OrderGroup.reference == placed.reference)
        .execution_options(populate_existing=True)
    ).one()


def come(amount: int, text: str, at: object = NOW, entry: str | None = None) -> Outcome:
    """A transfer the bank tells of, ruled on, with its mails."""
    with transaction():
        line = take_line(
            NewLine(LineSource.WEBHOOK, NOW.date(), NOW, amount, text, entry_number=entry)
        )
        outcome = rule_on(line, at=at)  # type: ignore[arg-type]
        tell_of_line(outcome)
    assert faults() == []
    return outcome


def line() -> BankLine:
    return db.session.scalars(
        select(BankLine).order_by(BankLine.id.desc()).execution_options(populate_existing=True)
    ).first() or pytest.fail("there is no line")


def mails() -> list[str]:
    return sorted(
        cause.split(":")[0]
        for cause in db.session.scalars(select(Mail.cause))
        if not cause.startswith("workshop-order")
    )


@pytest.mark.parametrize(
    ("amount", "held", "status", "ruling", "kept", "back"),
    [
        (100, 0, PaymentStatus.AWAITING, Ruling.EXACT, 100, 0),
        (40, 0, PaymentStatus.AWAITING, Ruling.PART, 40, 0),
        (60, 40, PaymentStatus.AWAITING, Ruling.EXACT, 60, 0),
        (70, 40, PaymentStatus.AWAITING, Ruling.OVER, 60, 10),
        (130, 0, PaymentStatus.AWAITING, Ruling.OVER, 100, 30),
        (100, 0, PaymentStatus.EXPIRED, Ruling.EXACT, 100, 0),
        (120, 0, PaymentStatus.CANCELLED, Ruling.OVER, 100, 20),
        (99, 0, PaymentStatus.EXPIRED, Ruling.INCOMPLETE, 0, 99),
        (100, 0, PaymentStatus.PAID, Ruling.DUPLICATE, 0, 100),
        (1, 0, PaymentStatus.PAID, Ruling.DUPLICATE, 0, 1),
    ],
)
def test_the_rule(
    amount: int, held: int, status: PaymentStatus, ruling: Ruling, kept: int, back: int
) -> None:
    found = divide(amount, due=100, held=held, status=status)
    assert (found.ruling, found.for_payment, found.back) == (ruling, kept, back)


def test_exact_settles_by_the_way_of_unclaimed_transfers(placed: Placed) -> None:
    outcome = come(placed.total, f"MBVCB.77.{placed.reference.lower()}.CT tu 0011")
    assert outcome.settlement is not None
    assert outcome.settlement.outcome is Settled.ON_TIME
    assert payment_of(placed).status is PaymentStatus.PAID
    assert balance(Account.UNCLAIMED_TRANSFERS) == 0
    assert balance(Account.CLEARING_BANK) == balance(Account.BUYERS_ADVANCES) == placed.total
    assert mails() == ["paid"]


def test_less_is_kept_and_the_rest_completes_it(placed: Placed) -> None:
    come(100_000, placed.reference)
    payment = payment_of(placed)
    assert payment.status is PaymentStatus.AWAITING
    assert held_for(payment.id) == balance(Account.UNCLAIMED_TRANSFERS) == 100_000
    assert mails() == ["transfer-part"]
    text = db.session.scalars(select(Mail.text)).one()
    assert f"{placed.total - 100_000:,}".replace(",", ".") in text
    come(placed.total - 100_000, placed.reference)
    assert payment_of(placed).status is PaymentStatus.PAID
    assert balance(Account.UNCLAIMED_TRANSFERS) == 0
    assert set(db.session.scalars(select(TransferPart.status))) == {PartStatus.CLAIMED}


@pytest.mark.parametrize("end", ["lapse", "cancel"])
def test_at_the_end_every_part_is_owed_back(placed: Placed, officer: int, end: str) -> None:
    come(100_000, placed.reference)
    come(50_000, placed.reference)
    payment_id = payment_of(placed).id
    with transaction():
        if end == "lapse":
            group_id = lapse_payment(payment_id, at=LATE)
            assert group_id
            letters.tell_group_lapsed(group_id)
        else:
            letters.tell_group_cancelled(cancel_unpaid(payment_id, by=ActorKind.BUYER, at=NOW))
    assert faults() == []
    assert (held_for(payment_id), owed_in_parts(payment_id)) == (0, 150_000)
    mail = db.session.scalars(select(Mail).where(Mail.cause.like(f"{end[:5]}%"))).one()
    assert "150.000" in mail.text
    assert "/bank-details" in mail.text
    for part in db.session.scalars(select(TransferPart.public_id)).all():
        with transaction():
            return_part(part, by_id=officer, at=LATE)
        assert faults() == []
        with pytest.raises(Conflict), transaction():
            return_part(part, by_id=officer, at=LATE)
    assert balance(Account.UNCLAIMED_TRANSFERS) == balance(Account.CLEARING_BANK) == 0


def test_more_settles_and_the_surplus_goes_back(placed: Placed) -> None:
    outcome = come(placed.total + 30_000, placed.reference)
    assert (outcome.ruling, outcome.back) == (Ruling.OVER, 30_000)
    assert payment_of(placed).status is PaymentStatus.PAID
    assert balance(Account.UNCLAIMED_TRANSFERS) == 30_000
    assert mails() == ["paid", "transfer-back"]


def test_the_second_transfer_goes_back_whole(placed: Placed) -> None:
    come(placed.total, placed.reference, entry="FT1")
    come(placed.total, placed.reference, entry="FT2")
    assert owed_in_parts(payment_of(placed).id) == placed.total
    assert line().outcome is LineOutcome.RETURNING
    assert mails() == ["paid", "transfer-back"]


def test_late_money_follows_the_rule_for_late_money(placed: Placed) -> None:
    with transaction():
        lapse_payment(payment_of(placed).id, at=LATE)
    come(1000, placed.reference, at=LATE)
    assert owed_in_parts(payment_of(placed).id) == 1000, "too little to stand again"
    outcome = come(placed.total, placed.reference, at=LATE)
    assert outcome.settlement is not None
    assert outcome.settlement.outcome is Settled.LATE
    assert len(outcome.settlement.honoured) == 2


def test_without_a_reference_it_waits_and_an_officer_decides(placed: Placed, officer: int) -> None:
    come(placed.total, "tran mai lan tra tien gom")
    assert (line().outcome, line().why) == (LineOutcome.WAITING, UNKNOWN)
    key = line().public_id
    with pytest.raises(Invalid), transaction():
        assign_line(key, "BT7KX9MPC", by_id=officer, at=NOW)
    with transaction():
        assign_line(key, placed.reference, by_id=officer, at=NOW)
    assert faults() == []
    assert payment_of(placed).status is PaymentStatus.PAID
    with pytest.raises(Conflict), transaction():
        disown_line(key, by_id=officer, at=NOW)


def test_it_can_go_back_be_disowned_or_be_the_offices_cash(context: Flask, officer: int) -> None:
    open_village(context)
    come(10_000, "nham")
    with transaction():
        send_line_back(line().public_id, by_id=officer, at=NOW)
    assert faults() == []
    part = db.session.scalars(select(TransferPart)).one()
    assert (part.reason, part.payment_id) == (PartReason.UNKNOWN, None)
    come(20_000, "lai tien gui")
    with transaction():
        disown_line(line().public_id, by_id=officer, at=NOW)
    assert faults() == []
    assert balance(Account.CLEARING_BANK) == 10_000
    come(30_000, "nop tien mat")
    with pytest.raises(Conflict), transaction():
        take_cash_banked(line().public_id, by_id=officer, at=NOW)


def reading_of(*lines: tuple[int, str, str], opening: int = 0) -> Reading:
    """A statement of these sums, texts and entry numbers."""
    rows, total = ["Date,Entry,Amount,Balance,Description"], opening
    for amount, text, entry in lines:
        total += amount
        rows.append(f"2026-11-20,{entry},{amount},{total},{text}")
    cells = table("\n".join(rows))
    columns = columns_from(guessed_columns(cells[head_of(cells)]))
    assert columns
    return read_movements(cells, columns)


def take(reading: Reading, officer: int, digest: str = "a") -> list[Outcome]:
    with transaction():
        statement = BankStatement(
            file_name="a.csv", digest=digest, shape="s", content="x", uploaded_by_id=officer
        )
        db.session.add(statement)
        db.session.flush()
        outcomes = import_statement(statement, reading, by_id=officer, at=NOW)
    assert faults() == []
    return outcomes


class TestStatements:
    def test_the_plan_says_what_the_import_does(self, placed: Placed, officer: int) -> None:
        half = placed.total // 2
        reading = reading_of(
            (half, placed.reference, "F1"),
            (placed.total - half + 7, placed.reference, "F2"),
            (5000, placed.reference, "F3"),
            (9000, "ai do", "F4"),
            (-3000, "phi", "F5"),
        )
        plan = [each.division and each.division.ruling for each in plan_import(reading.movements)]
        assert plan == [Ruling.PART, Ruling.OVER, Ruling.DUPLICATE, None, None]
        db.session.rollback()
        assert [outcome.ruling for outcome in take(reading, officer)] == plan

    def test_overlapping_statements_and_a_webhook_count_each_transfer_once(
        self, placed: Placed, officer: int
    ) -> None:
        come(placed.total, placed.reference, entry="F1")
        first = reading_of((placed.total, placed.reference, "F1"), (-500, "phi", "F2"))
        assert len(take(first, officer)) == 1
        both = reading_of(
            (placed.total, placed.reference, "F1"), (-500, "phi", "F2"), (700, "la", "F3")
        )
        assert len(take(both, officer, "b")) == 1
        assert owed_in_parts(payment_of(placed).id) == 0
        found = bank_balance()
        assert found is not None
        assert (found.bank, found.books) == (placed.total + 200, placed.total + 700)
        assert (found.unmatched, found.missing) == (-500, 0)

    def test_without_entry_numbers_the_balance_tells_twins_apart(
        self, context: Flask, officer: int
    ) -> None:
        reading = reading_of((5000, "hai lan", ""), (5000, "hai lan", ""))
        assert len(take(reading, officer)) == 2
        again = reading_of((5000, "hai lan", ""), (5000, "hai lan", ""), (1, "x", ""))
        assert [planned.is_known for planned in plan_import(again.movements)] == [True, True, False]

    def test_one_written_down_by_hand_is_recognised_or_asked_about(
        self, placed: Placed, officer: int
    ) -> None:
        with transaction():
            confirm_transfer(
                placed.reference,
                placed.total,
                bank_entry="F1",
                received_on=NOW.date(),
                by_id=officer,
                at=NOW,
            )
        assert faults() == []
        by_hand = line()
        take(reading_of((placed.total, placed.reference, "ANOTHER")), officer)
        assert (line().outcome, line().why) == (LineOutcome.WAITING, PERHAPS_SAME)
        with transaction():
            match_line(line().public_id, arrival_cause(by_hand), by_id=officer, at=NOW)
        assert faults() == []
        assert balance(Account.CLEARING_BANK) == placed.total
        found = bank_balance()
        assert found is not None
        assert (found.bank - found.books, found.not_on_statement) == (0, 0)

    def test_one_that_a_message_told_in_other_words_is_asked_about(
        self, placed: Placed, officer: int
    ) -> None:
        come(placed.total, placed.reference)
        take(reading_of((placed.total, f"MBVCB.1.{placed.reference}.CT", "F1")), officer)
        assert (line().outcome, line().why) == (LineOutcome.WAITING, PERHAPS_SAME)
        assert owed_in_parts(payment_of(placed).id) == 0

    def test_two_statements_of_the_same_day_at_once_count_each_line_once(
        self, context: Flask, officer: int
    ) -> None:
        with transaction():
            drafts = [
                BankStatement(
                    file_name=name, digest=name, shape="s", content="x", uploaded_by_id=officer
                )
                for name in ("a", "b")
            ]
            db.session.add_all(drafts)
        keys = [draft.id for draft in drafts]
        db.session.remove()

        def importing(key: int) -> Callable[[], str]:
            def work() -> str:
                with transaction():
                    statement = db.session.get_one(BankStatement, key)
                    reading = reading_of(*((number, "la", "") for number in range(1, 20)))
                    import_statement(statement, reading, by_id=officer, at=NOW)
                return "imported"

            return work

        assert at_once(context, [importing(key) for key in keys]) == {"imported": 2}
        assert db.session.scalar(select(func.count(BankLine.id))) == 19

    def test_it_is_all_or_nothing_and_once(
        self, placed: Placed, officer: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading = reading_of((placed.total, placed.reference, "F1"), (5000, "la", "F2"))

        def fail(*_args: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patched:
            patched.setattr("shop.checkout.bank._close", fail)
            with pytest.raises(RuntimeError):
                take(reading, officer)
        assert db.session.scalar(select(BankLine)) is None
        assert payment_of(placed).status is PaymentStatus.AWAITING
        assert faults() == []
        take(reading, officer)
        statement = db.session.scalars(select(BankStatement)).one()
        assert statement.content is None
        with pytest.raises(Conflict), transaction():
            import_statement(statement, reading, by_id=officer, at=NOW)

    def test_a_gap_between_statements_is_a_fault(self, context: Flask, officer: int) -> None:
        take(reading_of((5000, "a", "F1")), officer)
        with transaction():
            statement = BankStatement(
                file_name="b", digest="b", shape="s", content="x", uploaded_by_id=officer
            )
            db.session.add(statement)
            db.session.flush()
            later = reading_of((7000, "b", "F9"), opening=6000)
            import_statement(statement, later, by_id=officer, at=NOW)
        assert any(fault.startswith("bank_balance") for fault in faults())


def test_cash_of_the_office_is_paid_in(context: Flask, officer: int) -> None:
    with transaction():
        sides = {
            Side(Account.CASH_AT_OFFICE): 30_000,
            Side(Account.CASH_WITH_CARRIER): -30_000,
        }
        post(Posting(cause="t", kind=TransactionKind.CASH_HANDED_IN, sides=sides), at=NOW)
        take_line(NewLine(LineSource.WEBHOOK, NOW.date(), NOW, 30_000, "nop tien"))
    with transaction():
        take_cash_banked(line().public_id, by_id=officer, at=NOW)
    assert balance(Account.CASH_AT_OFFICE) == balance(Account.UNCLAIMED_TRANSFERS) == 0
    assert balance(Account.CLEARING_BANK) == 30_000
    assert faults() == []
