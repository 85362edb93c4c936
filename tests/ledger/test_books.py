"""Double entry that cannot be got round: balanced, once per cause, and never changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from shop.core.db import db
from shop.core.transaction import transaction
from shop.ledger.actions.posting import CauseTaken, Posting, Unbalanced, post, reverse
from shop.ledger.models import (
    MONEY_HELD,
    Account,
    LedgerEntry,
    LedgerTransaction,
    Side,
    TransactionKind,
)
from shop.ledger.queries.books import balance, balances, entries_of, unbalanced_transactions
from tests.factories import NOW, make_workshop

BANK, FUND = Side(Account.CLEARING_BANK), Side(Account.CRAFT_FUND)
ADVANCES = Side(Account.BUYERS_ADVANCES)


def posting(cause: str = "test:1", amount: int = 500, to: Side = FUND) -> Posting:
    return Posting(
        cause=cause,
        kind=TransactionKind.CAPTURE,
        sides={BANK: amount, to: -amount},
        about="order-1",
    )


def book(*postings: Posting) -> list[int | None]:
    with transaction():
        return [post(each, at=NOW) for each in postings]


def counted() -> tuple[int, int]:
    return (
        db.session.scalar(select(func.count(LedgerTransaction.id))) or 0,
        db.session.scalar(select(func.count(LedgerEntry.id))) or 0,
    )


def test_a_posting_moves_both_accounts_and_says_why(context: Flask) -> None:
    (number,) = book(posting())
    assert number is not None
    written = db.session.get_one(LedgerTransaction, number)
    assert (written.cause, written.about, written.at) == ("test:1", "order-1", NOW)
    assert entries_of(number) == {BANK: 500, FUND: -500}
    assert balances() == {BANK: 500, FUND: -500}
    assert (balance(Account.CLEARING_BANK), balance(Account.CRAFT_FUND)) == (500, 500)


def test_the_same_cause_is_booked_once(context: Flask) -> None:
    first = book(posting())
    assert book(posting(), posting()) == first * 2
    assert counted() == (1, 2)


def test_the_same_cause_with_another_amount_is_a_mistake(context: Flask) -> None:
    book(posting())
    with pytest.raises(CauseTaken):
        book(posting(amount=501))
    assert balances() == {BANK: 500, FUND: -500}


def test_nothing_is_booked_where_nothing_moved(context: Flask) -> None:
    assert book(posting(amount=0)) == [None]
    assert counted() == (0, 0)


def test_entries_that_do_not_add_up_are_refused(context: Flask) -> None:
    with pytest.raises(Unbalanced):
        Posting(cause="x", kind=TransactionKind.SALE, sides={BANK: 5, FUND: -4})


@pytest.mark.parametrize(
    ("account", "workshop_id"), [(Account.WORKSHOP_PAYABLE, None), (Account.CRAFT_FUND, 1)]
)
def test_an_account_names_a_workshop_where_each_has_its_own(
    account: Account, workshop_id: int | None
) -> None:
    with pytest.raises(ValueError, match=account.value):
        Side(account, workshop_id)


def test_each_workshop_has_an_account_of_its_own(context: Flask) -> None:
    one, two = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
    db.session.commit()
    sides = [Side(Account.WORKSHOP_PAYABLE, workshop.id) for workshop in (one, two)]
    book(posting("a", 700, sides[0]), posting("b", 40, sides[1]))
    assert balance(Account.WORKSHOP_PAYABLE, one.id) == 700
    assert balance(Account.WORKSHOP_PAYABLE, two.id) == 40
    assert balance(Account.WORKSHOP_PAYABLE) == 740


def test_a_reversal_is_a_new_transaction_that_points_at_the_old(context: Flask) -> None:
    (number,) = book(posting())
    assert number is not None
    with transaction():
        taken_back = reverse(number, at=NOW, note="typed twice")
        assert reverse(number, at=NOW) == taken_back
    assert taken_back is not None
    again = db.session.get_one(LedgerTransaction, taken_back)
    assert (again.reverses_id, again.about, again.note) == (number, "order-1", "typed twice")
    assert entries_of(number) == {BANK: 500, FUND: -500}
    assert balances() == {BANK: 0, FUND: 0}


def test_a_balance_is_that_of_a_moment(context: Flask) -> None:
    with transaction():
        post(posting("a", 500), at=NOW)
        post(posting("b", 30), at=NOW + timedelta(days=1))
    assert balances(before=NOW + timedelta(hours=1)) == {BANK: 500, FUND: -500}
    assert balances(before=NOW) == {}
    assert balances()[BANK] == 530


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database refuses, at the statement or when it is to be kept."""
    with pytest.raises(IntegrityError, match=words):
        yield
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set amount = amount",
        "update ledger_transaction set note = 'other'",
        "delete from ledger_entry",
        "delete from ledger_transaction",
    ],
)
def test_the_database_changes_and_deletes_nothing(context: Flask, statement: str) -> None:
    book(posting())
    with refused("never changed"):
        db.session.execute(text(statement))
    assert counted() == (1, 2)


WAYS_ROUND = {
    "postgresql": ["truncate ledger_entry, ledger_transaction cascade"],
    "sqlite": [
        "replace into ledger_entry (id, transaction_id, account, amount) "
        "select id, 99, account, amount from ledger_entry",
        "replace into ledger_transaction select * from ledger_transaction",
    ],
}


def test_the_database_knows_the_other_ways_to_lose_a_row(context: Flask) -> None:
    book(posting())
    for statement in WAYS_ROUND[db.engine.dialect.name]:
        with refused("never changed"):
            db.session.execute(text(statement))
    assert counted() == (1, 2)


ENTRY = (
    "insert into ledger_entry (transaction_id, account, amount) values (:number, :account, :amount)"
)
TRANSACTION = (
    "insert into ledger_transaction (id, cause, kind, at, created_at, entry_count, note) "
    "values (:number, :cause, 'sale', :at, :at, :count, '')"
)


def write_entry(number: int, amount: int, account: str = "craft_fund") -> None:
    db.session.execute(text(ENTRY), {"number": number, "account": account, "amount": amount})


def write_transaction(number: int, count: int, cause: str = "raw") -> None:
    db.session.execute(
        text(TRANSACTION),
        {"number": number, "cause": cause, "count": count, "at": "2026-11-20 03:00:00+00"},
    )


def test_the_database_takes_no_transaction_that_does_not_balance(context: Flask) -> None:
    write_entry(1, 500)
    write_entry(1, -499)
    with refused("balance"):
        write_transaction(1, 2)


@pytest.mark.parametrize("count", [3, 4])
def test_the_database_takes_no_transaction_with_entries_missing(context: Flask, count: int) -> None:
    write_entry(1, 500)
    write_entry(1, -500)
    with refused("balance"):
        write_transaction(1, count)


def test_the_database_takes_no_transaction_without_entries(context: Flask) -> None:
    with refused("balance"):
        write_transaction(1, 2)


def test_the_database_adds_nothing_to_a_transaction_that_stands(context: Flask) -> None:
    (number,) = book(posting())
    assert number is not None
    with refused("no further entries"):
        write_entry(number, 5)


def test_the_database_keeps_no_entry_without_its_transaction(context: Flask) -> None:
    write_entry(77, 500)
    write_entry(77, -500)
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert counted() == (0, 0)


@pytest.mark.parametrize(("account", "amount"), [("craft_fund", 0), ("workshop_payable", 5)])
def test_the_database_refuses_an_entry_of_nothing_or_of_no_workshop(
    context: Flask, account: str, amount: int
) -> None:
    with pytest.raises(IntegrityError):
        write_entry(1, amount, account)
    db.session.rollback()


def test_two_at_once_cannot_share_a_transaction(context: Flask) -> None:
    """The second session does not see the first one's transaction: its commit still does.

    SQLite has one writer, so there the second cannot even begin.
    """
    with db.engine.connect() as first, db.engine.connect() as second:
        lines: list[dict[str, object]] = [
            {"number": 1, "account": "craft_fund", "amount": n} for n in (500, -500)
        ]
        head: dict[str, object] = {
            "number": 1,
            "cause": "raw",
            "count": 2,
            "at": "2026-11-20 03:00:00+00",
        }
        first.execute(text(ENTRY), lines)
        with pytest.raises((IntegrityError, OperationalError), match=r"balance|locked"):
            _write_meanwhile(second, lines, lambda: _close(first, head))
        second.rollback()
        second.invalidate()
        _close(first, head)
    assert counted() == (1, 2)


def _write_meanwhile(
    connection: Connection, lines: list[dict[str, object]], meanwhile: Callable[[], None]
) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("pragma busy_timeout = 0")
    connection.execute(text(ENTRY), lines)
    meanwhile()
    connection.commit()


def _close(connection: Connection, head: dict[str, object]) -> None:
    """Write the transaction its entries wait for, unless that has been done."""
    if connection.in_transaction():
        connection.execute(text(TRANSACTION), head)
        connection.commit()


def at_once(app: Flask, work: Callable[[], int | None], count: int) -> set[int | None]:
    gate = threading.Barrier(count)

    def run(_: int) -> int | None:
        with app.app_context():
            gate.wait()
            try:
                return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return set(pool.map(run, range(count)))


def test_one_cause_booked_by_many_at_once_is_booked_once(context: Flask) -> None:
    assert len(at_once(context, lambda: book(posting())[0], 12)) == 1
    assert counted() == (1, 2)
    assert balances() == {BANK: 500, FUND: -500}


SIDES = [Side(account) for account in Account if not account.is_per_workshop]


@st.composite
def balanced(draw: st.DrawFn) -> dict[Side, int]:
    """Any amounts on any accounts that together come to nothing."""
    chosen = draw(st.lists(st.sampled_from(SIDES), min_size=2, max_size=6, unique=True))
    amounts = draw(
        st.lists(st.integers(-(10**12), 10**12), min_size=len(chosen) - 1, max_size=len(chosen) - 1)
    )
    return dict(zip(chosen, [*amounts, -sum(amounts)], strict=True))


@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(balanced(), max_size=6), st.data())
def test_whatever_is_booked_and_taken_back_the_books_balance(
    context: Flask, sides: list[dict[Side, int]], data: st.DataObject
) -> None:
    start = balances()
    run = unused_name()
    numbers = book(
        *(
            Posting(cause=f"{run}:{place}", kind=TransactionKind.SALE, sides=each)
            for place, each in enumerate(sides)
        )
    )
    expected = dict(start)
    for each in sides:
        for side, amount in each.items():
            expected[side] = expected.get(side, 0) + amount
    for number, each in zip(numbers, sides, strict=True):
        if number is not None and data.draw(st.booleans()):
            with transaction():
                reverse(number, at=NOW)
            for side, amount in each.items():
                expected[side] -= amount
    found = balances()
    assert {side: amount for side, amount in expected.items() if amount} == {
        side: amount for side, amount in found.items() if amount
    }
    assert sum(found.values()) == 0
    assert unbalanced_transactions() == []


def unused_name() -> str:
    """A cause of its own for every example, since the books keep those of the last."""
    return f"run:{counted()[0]}"


def test_money_is_held_in_accounts_of_the_debit_side() -> None:
    assert all(account.is_debit_side for account in MONEY_HELD)
    assert not Account.WORKSHOP_PAYABLE.is_debit_side
