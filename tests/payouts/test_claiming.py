"""What is due, claimed once and for all; and that money that failed to arrive is due again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Invalid, Missing
from shop.core.transaction import transaction
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import balance
from shop.ledger.queries.terms import TermMissing
from shop.orders.models import Order
from shop.payments.models import Dispute, DisputeStatus, PaymentMethod
from shop.payouts.actions import claiming
from shop.payouts.actions.claiming import NothingDue, prepare_payouts
from shop.payouts.actions.moving import (
    WrongPayoutMove,
    fail_payout,
    move_run,
    pay_payout,
    send_payout,
)
from shop.payouts.models import Payout, PayoutEntry, PayoutEvent, PayoutStatus
from shop.returns.models import ReturnReason, ReturnRequest, ReturnStatus
from shop.workshops.cash import hand_in_cash
from tests.checkout.bookkeeping import faults, refund_elsewhere, take_cash
from tests.checkout.test_races import at_once
from tests.factories import NOW
from tests.payouts.paying import (
    EARNED,
    WINDOW_OVER,
    Village,
    give_account,
    open_paying_village,
    prepare,
    sell,
)


@pytest.fixture
def village(app: Flask) -> Village:
    return open_paying_village(app)


def payable(workshop_id: int) -> int:
    return balance(Account.WORKSHOP_PAYABLE, workshop_id)


def test_money_is_due_when_the_days_to_return_are_over(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        for too_early in (NOW, WINDOW_OVER - timedelta(days=1)):
            with pytest.raises(NothingDue):
                prepare(village.officer, at=too_early)
        (payout,) = prepare(village.officer)
        assert (payout.amount, payout.earned_before) == (EARNED, EARNED)
        assert payable(village.desk.net_lam) == 0
        assert balance(Account.PAYOUTS_DUE) == EARNED
        assert faults() == []


def test_a_payout_is_sent_and_paid_from_the_bank(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        at_bank = balance(Account.CLEARING_BANK)
        (payout,) = prepare(village.officer)
        key, run = payout.public_id, payout.run_id
        with transaction():
            send_payout(key, by_id=village.officer, at=WINDOW_OVER)
        with transaction():
            pay_payout(key, by_id=village.officer, at=WINDOW_OVER, note="FT26332")
        assert balance(Account.PAYOUTS_DUE) == 0
        assert balance(Account.CLEARING_BANK) == at_bank - EARNED
        assert faults() == []
        moves = db.session.scalars(select(PayoutEvent.to_status).order_by(PayoutEvent.id)).all()
        assert moves == [PayoutStatus.PREPARED, PayoutStatus.SENT, PayoutStatus.PAID]
        for step in (send_payout, pay_payout, fail_payout):
            with pytest.raises(WrongPayoutMove), transaction():
                step(key, by_id=village.officer, at=WINDOW_OVER, note="again")
        assert run


def test_what_failed_is_due_again_and_paid_by_the_next(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (payout,) = prepare(village.officer)
        first = payout.public_id
        with pytest.raises(Invalid), transaction():
            fail_payout(first, by_id=village.officer, at=WINDOW_OVER, note=" ")
        with transaction():
            fail_payout(first, by_id=village.officer, at=WINDOW_OVER, note="Sai số tài khoản")
        assert payable(village.desk.net_lam) == EARNED
        assert balance(Account.PAYOUTS_DUE) == 0
        assert faults() == []
        (again,) = prepare(village.officer, key="two")
        assert (again.amount, again.public_id == first) == (EARNED, False)
        assert faults() == []


def test_a_refund_after_the_payout_is_taken_from_the_next(app: Flask, village: Village) -> None:
    (sold,) = sell(app, village.desk, "binh")
    with app.app_context():
        prepare(village.officer)
        order = db.session.scalars(select(Order).where(Order.public_id == sold)).one()
        share = db.session.execute(text("select payment_id from payment_share")).scalar_one()
        assert order.total == 1_890_000
        refund_elsewhere(share, 945_000, at=WINDOW_OVER)
        taken = -payable(village.desk.net_lam)
        assert taken == 820_125
        with pytest.raises(NothingDue):
            prepare(village.officer, key="two")
        assert faults() == []
    sell(app, village.desk, "binh", at=WINDOW_OVER)
    with app.app_context():
        later = WINDOW_OVER + timedelta(days=8)
        (payout,) = prepare(village.officer, at=later, key="three")
        assert payout.amount == EARNED - taken
        assert faults() == []


def ask_back(order: Order) -> ReturnRequest:
    return ReturnRequest(
        order_id=order.id,
        reason=ReturnReason.CHANGED_MIND,
        text="",
        answer_by=WINDOW_OVER,
    )


def dispute(order: Order) -> Dispute:
    return Dispute(
        reference="dp_1",
        payment_id=order.share.payment_id,
        amount=order.total,
        currency="vnd",
        status=DisputeStatus.NEEDS_RESPONSE,
        reason="fraudulent",
        as_of=NOW,
    )


@pytest.mark.parametrize(
    ("opened", "ended"),
    [(ask_back, ReturnStatus.WITHDRAWN), (dispute, DisputeStatus.WON)],
    ids=["return", "dispute"],
)
def test_nothing_is_paid_of_an_order_while_something_is_open_about_it(
    app: Flask,
    village: Village,
    opened: Callable[[Order], ReturnRequest | Dispute],
    ended: ReturnStatus | DisputeStatus,
) -> None:
    (held,) = sell(app, village.desk, "binh")
    with app.app_context():
        query = select(Order).where(Order.public_id == held).options(joinedload(Order.share))
        order = db.session.scalars(query).one()
        matter = opened(order)
        workshop_id = order.workshop_id
        db.session.add(matter)
        db.session.commit()
        kind, key = type(matter), matter.id
        with pytest.raises(NothingDue):
            prepare(village.officer)
        with transaction():
            stored: Any = db.session.get_one(kind, key)
            stored.status = ended
        (payout,) = prepare(village.officer, key="two")
        assert payout.workshop_id == workshop_id
        assert faults() == []


def test_cash_that_a_workshop_keeps_is_netted(app: Flask, village: Village) -> None:
    """It keeps 1.890.000 in cash for which it has earned 1.640.250, so it owes commission, fund
    share and tax of 249.750; which its next sale pays."""
    (by_cash,) = sell(app, village.desk, "binh", method=PaymentMethod.CASH)
    with app.app_context():
        order = db.session.scalars(select(Order).where(Order.public_id == by_cash)).one()
        take_cash(order, village.desk.lan)
        with pytest.raises(NothingDue):
            prepare(village.officer)
        assert balance(Account.CASH_WITH_WORKSHOP) == 1_890_000
    sell(app, village.desk, "binh", "chum")
    with app.app_context():
        first, second = prepare(village.officer)
        owed = 154_167 + 12_333 + 55_500 + 18_500 + 9_250
        assert first.amount == EARNED - owed
        # The parcel of two workshops' pieces has its own postage; nothing is netted of the other.
        assert second.workshop_id == village.desk.lo_bau
        assert balance(Account.CASH_WITH_WORKSHOP) == 0
        assert payable(village.desk.net_lam) == 0
        assert faults() == []


def test_nothing_is_paid_of_a_parcel_whose_cash_the_carrier_still_has(
    app: Flask, village: Village
) -> None:
    """Else the workshop had its money twice: from the village, and from the carrier."""
    (by_cash,) = sell(app, village.desk, "binh", method=PaymentMethod.CASH)
    with app.app_context():
        with pytest.raises(NothingDue):
            prepare(village.officer)
        assert payable(village.desk.net_lam) == EARNED
        order = db.session.scalars(select(Order).where(Order.public_id == by_cash)).one()
        take_cash(order, village.desk.lan)
        with pytest.raises(NothingDue):
            prepare(village.officer, key="two")
        with transaction():
            hand_in_cash(
                village.desk.net_lam, 1_890_000, key="k", by_id=village.officer, at=WINDOW_OVER
            )
        (payout,) = prepare(village.officer, key="three")
        assert payout.amount == EARNED
        assert faults() == []


def test_cash_taken_while_a_payout_is_prepared_is_left_for_the_next(
    app: Flask, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sale's cash is written down between the reckoning and the netting."""
    sell(app, village.desk, "binh")
    sell(app, village.desk, "binh")
    with app.app_context():
        with transaction():
            bring_cash(village, 100_000)
        claim = claiming._claim

        def claim_later(*args: Any) -> None:
            bring_cash(village, 50_000)
            claim(*args)

        monkeypatch.setattr(claiming, "_claim", claim_later)
        (payout,) = prepare(village.officer)
        assert payout.amount == 2 * EARNED - 100_000
        assert balance(Account.CASH_WITH_WORKSHOP) == 50_000
        assert payable(village.desk.net_lam) == 0
        assert [fault for fault in faults() if fault.startswith(("claims", "payable"))] == []


def bring_cash(village: Village, amount: int) -> None:
    sides = {
        Side(Account.CASH_WITH_WORKSHOP, village.desk.net_lam): amount,
        Side(Account.CASH_WITH_CARRIER): -amount,
    }
    post(Posting(cause=f"test:{amount}", kind=TransactionKind.CASH_TAKEN, sides=sides), at=NOW)


def test_without_a_confirmed_account_nothing_is_touched(app: Flask) -> None:
    village = open_paying_village(app, accounts=False)
    sell(app, village.desk, "binh", "chum")
    with app.app_context():
        give_account(village.desk.lo_bau, village.desk.duc, village.officer)
        (payout,) = prepare(village.officer)
        assert payout.workshop_id == village.desk.lo_bau
        assert payable(village.desk.net_lam) == EARNED
        assert faults() == []


def test_no_day_to_come_and_no_day_without_terms(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        day = (NOW + timedelta(days=1)).astimezone(HANOI).date()
        with pytest.raises(Invalid), transaction():
            prepare_payouts(day, key="x", by_id=village.officer, at=NOW)
        with db.engine.begin() as connection:
            connection.execute(text("delete from dated_term"))
        with pytest.raises(TermMissing):
            prepare(village.officer)


def test_the_same_key_prepares_once(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (first,) = prepare(village.officer)
        key = first.public_id
        assert [payout.public_id for payout in prepare(village.officer)] == [key]
        with pytest.raises(Missing), transaction():
            move_run("nobody", PayoutStatus.SENT, by_id=village.officer, at=NOW)


def test_many_officers_at_once_prepare_one_payout(app: Flask, village: Village) -> None:
    for _ in range(3):
        sell(app, village.desk, "binh", "chum")

    def work(number: int, by_id: int) -> str:
        payouts = prepare(by_id, key=str(number))
        return f"{len(payouts)} payouts"

    officers = (village.officer, village.other)
    works: list[Callable[[], str]] = [partial(work, n, officers[n % 2]) for n in range(6)]
    assert at_once(app, works) == {"2 payouts": 1, NothingDue.__name__: 5}
    with app.app_context():
        assert faults() == []
        assert balance(Account.WORKSHOP_PAYABLE) == 0


def test_refunds_while_payouts_are_prepared_never_deadlock(app: Flask, village: Village) -> None:
    """A refund books both workshops' entries in the order of its orders, a payout by workshop."""
    for _ in range(3):
        sell(app, village.desk, "chum", "binh")
    with app.app_context():
        payments = db.session.scalars(text("select id from payment order by id")).all()
        db.session.rollback()

    def refund(payment_id: int) -> str:
        refund_elsewhere(payment_id, 100_000, reference=f"re_{payment_id}", at=WINDOW_OVER)
        return "refunded"

    def pay() -> str:
        return f"{len(prepare(village.officer))} payouts"

    works: list[Callable[[], str]] = [pay, *(partial(refund, key) for key in payments)]
    assert at_once(app, works) == {"2 payouts": 1, "refunded": 3}
    with app.app_context():
        assert faults() == []


def test_paying_and_failing_at_once_do_one_of_the_two(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (payout,) = prepare(village.officer)
        key = payout.public_id
        with transaction():
            send_payout(key, by_id=village.officer, at=WINDOW_OVER)

    def pay() -> str:
        with transaction():
            pay_payout(key, by_id=village.officer, at=WINDOW_OVER)
        return "moved"

    def fail() -> str:
        with transaction():
            fail_payout(key, by_id=village.other, at=WINDOW_OVER, note="x")
        return "moved"

    assert at_once(app, [pay, fail] * 3) == {"moved": 1, WrongPayoutMove.__name__: 5}
    with app.app_context():
        assert faults() == []


def test_the_database_lets_no_entry_be_claimed_twice(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        prepare(village.officer)
        entry = db.session.scalars(select(PayoutEntry)).first()
        assert entry is not None
        other = Payout(
            reference="CTX",
            run_id=db.session.scalars(select(Payout.run_id)).one(),
            workshop_id=village.desk.lo_bau,
            account_id=db.session.scalars(select(Payout.account_id)).one(),
            amount=1,
            earned_before=1,
            status=PayoutStatus.PREPARED,
        )
        db.session.add(other)
        db.session.flush()
        db.session.add(PayoutEntry(payout_id=other.id, entry_id=entry.entry_id))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_the_checks_find_a_payout_that_is_not_what_it_claims(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (payout,) = prepare(village.officer)
        key = payout.public_id
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(text("update payout set amount = amount + 1"))
        found = faults()
        assert f"claims: {key}" in found
        assert f"payouts: {key}" in found
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(text("update payout set amount = amount - 1"))
            connection.execute(text("delete from payout_entry"))
        assert f"payable: workshop {village.desk.net_lam}" in faults()
