"""Disputes, refunds begun elsewhere, fees, payouts, stray money, in any order of their events."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from shop.checkout import jobs
from shop.checkout.books_check import check_books
from shop.checkout.card_account import return_stray
from shop.checkout.refunds import give_back_order, pay_back_by_hand
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import account_balances
from shop.orders.actions import group_of_payment, orders_of_group_for_update
from shop.orders.models import OrderGroup
from shop.payments.actions import lock_payment
from shop.payments.models import (
    Dispute,
    DisputeEvent,
    DisputeStatus,
    PaymentMethod,
    PaymentStatus,
    ProviderEntry,
    Refund,
    RefundStatus,
    StrayCharge,
    StrayStatus,
)
from shop.workshops.models import Workshop
from tests.checkout.bookkeeping import accounts_of, deliver, faults
from tests.checkout.buying import orders_of, place
from tests.checkout.paying import open_session, paid_event, payment_of, send
from tests.conftest import empty_tables
from tests.factories import (
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)
from tests.stripe_server import StripeServer, event_of

Subject = dict[str, Any]
Event = tuple[str, Subject, int]
Numbered = tuple[int, Event]
FEE = 12_000


@pytest.fixture
def charge(group: OrderGroup, stripe: StripeServer, client: FlaskClient) -> str:
    """The group's payment, taken; its name at the provider."""
    name = open_session(group, stripe)
    stripe.pay(name, fee=FEE)
    assert send(client, paid_event(stripe, name)) == (200, "on_time")
    return f"pi_{name}"


def tell(client: FlaskClient, stripe: StripeServer, name: str, subject: Subject) -> str:
    status, outcome = send(client, event_of(name, subject, stripe.next_number()))
    assert status == 200
    return str(outcome)


def books() -> dict[Account, int]:
    db.session.rollback()
    return {account: amount for account, amount in account_balances().items() if amount}


def settled_faults() -> list[str]:
    """What the checks say once every message has had its time."""
    with clock.stopped(datetime.now(UTC) + timedelta(hours=2)):
        return faults()


def test_a_dispute_holds_money_back_and_gives_it_again_when_won(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    total = group.total
    dispute = stripe.dispute(charge, total, fee=350_000)
    for name in ("charge.dispute.created", "charge.dispute.funds_withdrawn"):
        assert tell(client, stripe, name, dispute) == "booked"
    assert books()[Account.DISPUTED] == total
    assert books()[Account.PROVIDER_FEES] == 350_000
    assert faults() == []
    stripe.decide(dispute["id"], "won", reinstates=True)
    for name in ("charge.dispute.funds_reinstated", "charge.dispute.closed"):
        tell(client, stripe, name, dispute)
    assert books()[Account.CLEARING_STRIPE] == total - 350_000
    assert Account.DISPUTED not in books()
    kept = db.session.scalars(select(Dispute)).one()
    assert (kept.status, kept.due_by is not None) == (DisputeStatus.WON, True)
    history = db.session.scalars(select(DisputeEvent.status).order_by(DisputeEvent.id)).all()
    assert history == [DisputeStatus.NEEDS_RESPONSE, DisputeStatus.WON]
    assert faults() == []


@pytest.mark.parametrize("part", [1, 3])
@pytest.mark.parametrize("is_delivered", [False, True])
def test_a_dispute_lost_takes_back_from_everybody_in_proportion(
    group: OrderGroup,
    charge: str,
    stripe: StripeServer,
    client: FlaskClient,
    part: int,
    is_delivered: bool,
) -> None:
    (order,) = orders_of(group)
    if is_delivered:
        member = make_member(db.session.get_one(Workshop, order.workshop_id)).id
        db.session.commit()
        deliver(order, member, datetime.now(UTC))
    before = accounts_of(order)
    amount = group.total // part
    dispute = stripe.dispute(charge, amount)
    stripe.decide(dispute["id"], "lost")
    tell(client, stripe, "charge.dispute.closed", dispute)
    (refund,) = db.session.scalars(select(Refund)).all()
    assert (refund.amount, refund.status) == (amount, RefundStatus.DONE)
    assert Account.DISPUTED not in books()
    assert books().get(Account.CLEARING_STRIPE, 0) == group.total - amount
    fund = accounts_of(order).get(Account.CRAFT_FUND, 0)
    assert abs(fund - before.get(Account.CRAFT_FUND, 0) * (part - 1) / part) < 1
    assert faults() == []


def test_an_inquiry_moves_nothing(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    before = books()
    dispute = stripe.dispute(charge, group.total, status="warning_needs_response")
    tell(client, stripe, "charge.dispute.created", dispute)
    stripe.decide(dispute["id"], "warning_closed")
    tell(client, stripe, "charge.dispute.closed", dispute)
    assert books() == before
    assert db.session.scalars(select(Dispute.status)).one() is DisputeStatus.WARNING_CLOSED
    assert faults() == []


def test_what_was_given_back_before_is_lost_to_a_dispute_a_second_time(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    refund = stripe.refund_in_dashboard(charge, group.total)
    dispute = stripe.dispute(charge, group.total)
    stripe.decide(dispute["id"], "lost")
    tell(client, stripe, "charge.dispute.closed", dispute)
    tell(client, stripe, "refund.created", refund)
    assert books()[Account.PROVIDER_FEES] == group.total
    assert books()[Account.CLEARING_STRIPE] == -group.total
    assert faults() == []


def test_a_dispute_that_is_lost_pays_what_was_owed_back_anyway(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    payment = payment_of(group)
    with transaction():
        owe_whole(payment.id)
    dispute = stripe.dispute(charge, group.total)
    stripe.decide(dispute["id"], "lost")
    tell(client, stripe, "charge.dispute.closed", dispute)
    (refund,) = db.session.scalars(select(Refund)).all()
    assert (refund.is_foreign, refund.status) == (False, RefundStatus.DONE)
    assert Account.REFUNDS_OWED not in books()
    assert faults() == []
    stripe.decide(dispute["id"], "won", reinstates=True)
    later = event_of(
        "charge.dispute.closed", dispute, stripe.next_number(), created=int(time.time()) + 60
    )
    assert send(client, later) == (200, "booked")
    assert books()[Account.REFUNDS_OWED] == group.total
    assert faults() == []


def test_nothing_is_paid_back_while_a_dispute_is_open(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    with transaction():
        owe_whole(group.payment_id)
    dispute = stripe.dispute(charge, group.total)
    tell(client, stripe, "charge.dispute.created", dispute)
    jobs.send_due_refunds()
    assert stripe.refunds == {}
    (refund,) = db.session.scalars(select(Refund)).all()
    key, officer = refund.public_id, make_person("Văn phòng", is_officer=True)
    db.session.commit()
    with pytest.raises(Conflict) as refused, transaction():
        pay_back_by_hand(key, by_id=officer.id, at=clock.now())
    assert "khiếu nại" in str(refused.value.message) or "disputes" in str(refused.value.message)
    stripe.decide(dispute["id"], "won", reinstates=True)
    tell(client, stripe, "charge.dispute.closed", dispute)
    jobs.send_due_refunds()
    assert len(stripe.refunds) == 1
    assert faults() == []


def owe_whole(payment_id: int) -> None:
    payment = lock_payment(payment_id)
    for order in orders_of_group_for_update(group_of_payment(payment_id).id):
        give_back_order(order, payment, at=clock.now())


def test_a_refund_heard_of_before_its_payment_is_picked_up(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    session = stripe.pay(name)
    refund = stripe.refund_in_dashboard(f"pi_{name}", 100_000)
    assert tell(client, stripe, "refund.created", refund) == "ignored"
    assert tell(client, stripe, "checkout.session.completed", session) == "on_time"
    (kept,) = db.session.scalars(select(Refund)).all()
    assert (kept.amount, kept.status) == (100_000, RefundStatus.DONE)
    assert faults() == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_a_failed_dashboard_refund_makes_room_for_its_successor(
    group: OrderGroup,
    charge: str,
    stripe: StripeServer,
    client: FlaskClient,
    order: tuple[int, ...],
) -> None:
    first = stripe.refund_in_dashboard(charge, group.total)
    words = [("refund.created", dict(first))]
    words.append(("refund.failed", dict(stripe.fail_refund(first["id"]))))
    words.append(("refund.created", stripe.refund_in_dashboard(charge, group.total)))
    for number in order:
        tell(client, stripe, *words[number])
    assert Account.CLEARING_STRIPE not in books()
    assert faults() == []


def test_the_dashboard_can_carry_out_what_was_owed(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    with transaction():
        owe_whole(group.payment_id)
    refund = stripe.refund_in_dashboard(charge, group.total)
    assert tell(client, stripe, "refund.created", refund) == "booked"
    (kept,) = db.session.scalars(select(Refund)).all()
    assert (kept.status, kept.provider_reference) == (RefundStatus.DONE, refund["id"])
    assert faults() == []


def test_the_total_of_a_charges_refunds_is_a_hint_only(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    for _ in range(2):
        stripe.refund_in_dashboard(charge, 50_000)
        hint = {"id": "ch_1", "object": "charge", "payment_intent": charge}
        assert tell(client, stripe, "charge.refunded", hint) == "noted"
    amounts = db.session.scalars(select(Refund.amount)).all()
    assert amounts == [50_000, 50_000]
    assert faults() == []


@pytest.mark.parametrize(("change", "booked"), [({"amount_total": 7}, 7), ({"currency": "usd"}, 0)])
def test_money_of_another_sum_or_currency_lies_apart_and_can_go_back(
    group: OrderGroup,
    stripe: StripeServer,
    client: FlaskClient,
    change: Subject,
    booked: int,
) -> None:
    name = open_session(group, stripe)
    stripe.sessions[name].update(change)
    session = stripe.pay(name)
    for _ in range(2):
        assert tell(client, stripe, "checkout.session.completed", session) == "amount_differs"
    assert books().get(Account.UNCLAIMED_TRANSFERS, 0) == booked
    (stray,) = db.session.scalars(select(StrayCharge)).all()
    key, officer = stray.public_id, make_person("Văn phòng", is_officer=True)
    db.session.commit()
    with transaction():
        return_stray(key, by_id=officer.id, at=clock.now())
    stripe.mode = "down"
    assert jobs.read_card_account() is None
    stripe.mode = "well"
    assert jobs.read_card_account() is not None
    assert db.session.scalars(select(StrayCharge.status)).one() is StrayStatus.RETURNED
    assert len(stripe.refunds) == 1
    assert books() == {}
    with pytest.raises(Conflict), transaction():
        return_stray(key, by_id=officer.id, at=clock.now())
    assert settled_faults() == []


def test_a_page_that_took_another_sum_frees_the_pieces_when_its_time_is_over(
    group: OrderGroup, stripe: StripeServer
) -> None:
    name = open_session(group, stripe)
    stripe.sessions[name]["amount_total"] = 7
    stripe.pay(name)
    with clock.stopped(datetime.now(UTC) + timedelta(hours=3)):
        jobs.lapse_overdue()
    assert payment_of(group).status is PaymentStatus.EXPIRED
    assert books()[Account.UNCLAIMED_TRANSFERS] == 7


def test_the_account_is_read_line_by_line_and_fees_are_booked_once(
    group: OrderGroup, charge: str, stripe: StripeServer
) -> None:
    stripe.add_line("fee", -5_000, {"id": "fee_1"})
    refund = stripe.refund_in_dashboard(charge, 100_000)
    dispute = stripe.dispute(charge, 200_000, fee=300_000)
    for _ in range(2):
        read = jobs.read_card_account()
        assert read is not None
        assert read.difference == 0
    assert len(db.session.scalars(select(ProviderEntry)).all()) == 4
    assert books()[Account.PROVIDER_FEES] == FEE + 5_000 + 300_000
    assert db.session.scalars(select(Refund.provider_reference)).one() == refund["id"]
    stripe.decide(dispute["id"], "lost")
    jobs.read_card_account()
    assert db.session.scalars(select(Dispute.status)).one() is DisputeStatus.LOST
    assert settled_faults() == []


def test_a_payout_is_booked_when_paid_and_taken_back_when_it_fails(
    group: OrderGroup, charge: str, stripe: StripeServer, client: FlaskClient
) -> None:
    total = group.total
    payout = stripe.pay_out(total - FEE)
    tell(client, stripe, "payout.created", dict(payout))
    assert Account.CLEARING_BANK not in books()
    read = jobs.read_card_account()
    assert read is not None
    assert read.difference == 0
    payout["status"] = "paid"
    for _ in range(2):
        tell(client, stripe, "payout.paid", dict(payout))
    assert books()[Account.CLEARING_BANK] == total - FEE
    jobs.read_card_account()
    carried = db.session.scalars(select(ProviderEntry.payout)).all()
    assert sorted(filter(None, carried)) == [payout["id"]]
    assert settled_faults() == []
    payout["status"] = "failed"
    stripe.add_line("payout_reversal", total - FEE, payout)
    tell(client, stripe, "payout.failed", dict(payout))
    payout["status"] = "paid"
    stale = event_of("payout.paid", payout, stripe.next_number(), created=int(time.time()) - 60)
    assert send(client, stale)[0] == 200
    assert Account.CLEARING_BANK not in books()
    payout["status"] = "failed"
    read = jobs.read_card_account()
    assert read is not None
    assert read.difference == 0
    assert settled_faults() == []


def test_a_line_nobody_knows_and_a_balance_that_differs_are_shown(
    charge: str, stripe: StripeServer
) -> None:
    stripe.add_line("other_adjustment", -77, {"id": "x_1"})
    read = jobs.read_card_account()
    assert read is not None
    assert read.difference == -77
    found = settled_faults()
    assert [fault.split(":")[0] for fault in found] == ["balance", "balance"]
    assert "balance -77" in found[1]


def test_the_check_of_the_provider_finds_what_it_is_there_for(
    charge: str, stripe: StripeServer
) -> None:
    jobs.read_card_account()
    with db.engine.begin() as connection:
        connection.execute(text("update provider_entry set fee = fee + 1"))
    wrong = [check.name.value for check in check_books() if not check.holds]
    assert wrong == ["provider"]


def a_full_life(stripe: StripeServer, name: str, total: int) -> list[Event]:
    """Everything that is told of one payment, as it happens, a second apart."""
    events: list[Event] = []
    now = int(time.time()) - 100

    def note(kind: str, subject: Subject) -> None:
        copy = {**subject, "balance_transactions": list(subject.get("balance_transactions", ()))}
        events.append((kind, copy, now + len(events)))

    charge = f"pi_{name}"
    note("checkout.session.completed", stripe.pay(name, fee=FEE))
    first = stripe.refund_in_dashboard(charge, 100_000)
    note("refund.created", first)
    note("charge.refunded", {"id": "ch_1", "payment_intent": charge})
    note("refund.failed", stripe.fail_refund(first["id"]))
    note("refund.created", stripe.refund_in_dashboard(charge, 60_000))
    won = stripe.dispute(charge, 200_000, status="warning_needs_response")
    note("charge.dispute.created", won)
    won["status"] = "needs_response"
    note("charge.dispute.funds_withdrawn", stripe.withdraw(won["id"], fee=9_000))
    note("charge.dispute.funds_reinstated", stripe.decide(won["id"], "won", reinstates=True))
    note("charge.dispute.closed", won)
    lost = stripe.dispute(charge, total - 60_000, fee=9_000)
    note("charge.dispute.created", lost)
    note("charge.dispute.closed", stripe.decide(lost["id"], "lost"))
    payout = stripe.pay_out(1_000)
    for status in ("in_transit", "paid", "failed"):
        payout["status"] = status
        note(f"payout.{status}", payout)
    return events


def test_events_in_any_order_and_number_leave_the_same_books(
    app: Flask, context: Flask, stripe: StripeServer, client: FlaskClient
) -> None:
    expected: list[dict[Account, int]] = []

    def deliver_all(order: Callable[[list[Numbered]], list[Numbered]]) -> None:
        empty_tables()
        stripe.forget()
        make_rates()
        cart, _ = make_cart((variant_of(make_product(make_workshop(), stock=1)), 1))
        at = datetime.now(UTC).replace(microsecond=0)
        group = place(context.config["SHOP"], cart, method=PaymentMethod.STRIPE, at=at)
        total = group.total
        name = open_session(group, stripe)
        events = list(enumerate(a_full_life(stripe, name, total)))
        for number, (kind, subject, created) in order(events):
            body = event_of(kind, subject, number, created=created)
            assert send(client, body)[0] == 200
        assert faults() == []
        expected.append(books())

    deliver_all(lambda events: events)

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False))
    def in_any_order(chance: Random) -> None:
        def shuffled(events: list[Numbered]) -> list[Numbered]:
            doubled = [*events, *chance.sample(events, 5)]
            chance.shuffle(doubled)
            return doubled

        deliver_all(shuffled)
        assert expected.pop() == expected[0]

    in_any_order()
