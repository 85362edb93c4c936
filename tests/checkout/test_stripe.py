"""Card payments through the real SDK against the local server: lost, late, forged, repeated."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from shop.catalogue.models import Variant
from shop.checkout import jobs
from shop.checkout.actions import cancel_unpaid
from shop.checkout.provider_calls import begin_payment, close_or_settle_card
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.orders.models import ActorKind, OrderGroup, OrderStatus
from shop.payments.gateway import ProviderUnavailable
from shop.payments.models import (
    PaymentMethod,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundStatus,
)
from tests.checkout.buying import orders_of, place, stock_adds_up
from tests.checkout.paying import WEBHOOK, open_session, paid_event, payment_of, send
from tests.factories import make_cart, make_product, make_workshop, variant_of
from tests.stripe_server import StripeServer, event_of, signature_of


def test_the_session_asks_for_whole_dong_once(group: OrderGroup, stripe: StripeServer) -> None:
    public_id = payment_of(group).public_id
    first, second = begin_payment(public_id), begin_payment(public_id)
    assert first == second
    assert len(stripe.sessions) == 1
    _, _, sent = stripe.requests[0]
    assert sent["line_items[0][price_data][unit_amount]"] == str(group.total)
    assert sent["line_items[0][price_data][currency]"] == "vnd"


def test_an_answer_that_is_lost_opens_no_second_session(
    group: OrderGroup, stripe: StripeServer
) -> None:
    stripe.mode = "lose the answer"
    public_id = payment_of(group).public_id
    with pytest.raises(ProviderUnavailable):
        begin_payment(public_id)
    stripe.mode = "well"
    assert begin_payment(public_id)
    assert len(stripe.sessions) == 1


@pytest.mark.parametrize("mode", ["down", "hang"])
def test_a_provider_in_trouble_is_named_and_nothing_is_lost(
    group: OrderGroup, stripe: StripeServer, mode: str
) -> None:
    stripe.mode = mode
    began = time.monotonic()
    with pytest.raises(ProviderUnavailable):
        begin_payment(payment_of(group).public_id)
    assert time.monotonic() - began < 20
    assert payment_of(group).status is PaymentStatus.CREATED


def test_the_webhook_settles_once_however_often_it_comes(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    body = paid_event(stripe, open_session(group, stripe))
    assert send(client, body) == (200, "on_time")
    assert send(client, body) == (200, "repeat")
    again = paid_event(stripe, next(iter(stripe.sessions)), number=2)
    assert send(client, again) == (200, "already")
    assert {order.status for order in orders_of(group)} == {OrderStatus.PLACED}
    assert db.session.scalar(select(func.count()).select_from(ProviderEvent)) == 2


def test_an_event_that_outruns_our_note_of_the_session_is_understood(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    stripe.mode = "lose the answer"
    with pytest.raises(ProviderUnavailable):
        begin_payment(payment_of(group).public_id)
    stripe.mode = "well"
    assert payment_of(group).provider_reference is None
    assert send(client, paid_event(stripe, next(iter(stripe.sessions)))) == (200, "on_time")


def test_forged_stale_early_and_wrong_mode_events_change_nothing(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    body = paid_event(stripe, open_session(group, stripe))
    now = int(time.time())
    for signature in (
        "",
        "t=1,v1=é",
        "nonsense",
        signature_of(body, "whsec_of_somebody_else"),
        signature_of(body, at=now - 3600),
        signature_of(body, at=now + 3600),
    ):
        assert send(client, body, signature=signature)[0] == 400
    live = event_of(
        "checkout.session.completed", next(iter(stripe.sessions.values())), 9, live=True
    )
    assert send(client, live)[0] == 400
    assert payment_of(group).status is PaymentStatus.AWAITING


def test_another_amount_is_not_taken_for_payment(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    session = {**stripe.pay(name), "amount_total": group.total - 1}
    body = event_of("checkout.session.completed", session, 1)
    assert send(client, body) == (200, "amount_differs")
    assert payment_of(group).status is PaymentStatus.AWAITING


def test_events_of_strangers_are_noted_and_harmless(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    body = event_of("customer.created", {"id": "cus_1"}, 1)
    assert send(client, body) == (200, "ignored")


def test_reconcile_finds_the_payment_whose_webhook_was_lost(
    group: OrderGroup, stripe: StripeServer
) -> None:
    stripe.pay(open_session(group, stripe))
    with clock.stopped(datetime.now(UTC) + timedelta(minutes=10)):
        assert jobs.ask_about_card_payments() == (1, 1)
    assert payment_of(group).status is PaymentStatus.PAID


def test_an_unpaid_session_is_closed_there_before_the_stock_is_free_here(
    group: OrderGroup, stripe: StripeServer
) -> None:
    name = open_session(group, stripe)
    with clock.stopped(datetime.now(UTC) + timedelta(hours=3)):
        stripe.mode = "down"
        assert jobs.lapse_overdue() == 0
        assert payment_of(group).status is PaymentStatus.AWAITING
        stripe.mode = "well"
        assert jobs.lapse_overdue() == 1
    assert stripe.sessions[name]["status"] == "expired"
    assert payment_of(group).status is PaymentStatus.EXPIRED
    assert stock_adds_up()


def test_a_session_paid_at_the_last_moment_is_settled_instead_of_lapsing(
    group: OrderGroup, stripe: StripeServer
) -> None:
    stripe.pay(open_session(group, stripe))
    with clock.stopped(datetime.now(UTC) + timedelta(hours=3)):
        jobs.lapse_overdue()
    assert payment_of(group).status is PaymentStatus.PAID


def test_money_after_the_piece_is_gone_goes_back_once(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient, context: Flask
) -> None:
    name = open_session(group, stripe)
    with clock.stopped(datetime.now(UTC) + timedelta(hours=3)):
        jobs.lapse_overdue()
    vase = db.session.scalars(select(Variant)).one()
    cart, _ = make_cart((vase, 1))
    place(context.config["SHOP"], cart)
    assert send(client, paid_event(stripe, name)) == (200, "late")
    jobs.send_due_refunds()
    (refund,) = db.session.scalars(select(Refund)).all()
    assert (refund.amount, refund.status) == (group.total, RefundStatus.DONE)
    assert [r["amount"] for r in stripe.refunds.values()] == [group.total]


@pytest.fixture
def refund(group: OrderGroup, stripe: StripeServer, client: FlaskClient, context: Flask) -> Refund:
    """Money that came for a cancelled order, owed back and not yet sent."""
    name = open_session(group, stripe)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=clock.now())
    stripe.mode = "down"
    assert send(client, paid_event(stripe, name)) == (200, "after_cancellation")
    stripe.mode = "well"
    return db.session.scalars(select(Refund)).one()


def fresh(refund: Refund) -> Refund:
    return db.session.get_one(Refund, refund.id, populate_existing=True)


def refund_event(stripe: StripeServer, number: int, **changes: object) -> bytes:
    (made,) = stripe.refunds.values()
    made.update(changes)
    return event_of("refund.updated", made, number)


def test_a_refund_that_stays_pending_for_days_is_made_once(
    refund: Refund, stripe: StripeServer
) -> None:
    stripe.refund_status = "pending"
    jobs.send_due_refunds()
    assert fresh(refund).status is RefundStatus.SENT
    stripe.forget_keys()
    with clock.stopped(datetime.now(UTC) + timedelta(days=3)):
        jobs.send_due_refunds()
    assert len(stripe.refunds) == 1


def test_a_refund_whose_answer_was_lost_for_days_is_found_again(
    refund: Refund, stripe: StripeServer
) -> None:
    stripe.mode = "lose the answer"
    jobs.send_due_refunds()
    assert fresh(refund).status is RefundStatus.DUE
    stripe.mode = "well"
    stripe.forget_keys()
    with clock.stopped(datetime.now(UTC) + timedelta(days=3)):
        jobs.send_due_refunds()
    assert (fresh(refund).status, len(stripe.refunds)) == (RefundStatus.DONE, 1)


def test_a_refund_the_bank_sends_back_is_owed_again(
    refund: Refund, stripe: StripeServer, client: FlaskClient
) -> None:
    jobs.send_due_refunds()
    assert fresh(refund).status is RefundStatus.DONE
    assert send(client, refund_event(stripe, 50, status="failed")) == (200, "noted")
    assert fresh(refund).status is RefundStatus.FAILED


def test_a_refund_from_the_providers_dashboard_is_booked_once(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    send(client, paid_event(stripe, name))
    foreign = {
        "id": "re_dashboard",
        "object": "refund",
        "status": "succeeded",
        "amount": 100_000,
        "payment_intent": f"pi_{name}",
        "metadata": {},
    }
    for number in (60, 61):
        assert send(client, event_of("refund.created", foreign, number)) == (200, "booked")
    (booked,) = db.session.scalars(select(Refund)).all()
    assert (booked.amount, booked.status) == (100_000, RefundStatus.DONE)


def test_one_payment_the_provider_does_not_know_stops_nobody_else(
    group: OrderGroup, stripe: StripeServer, context: Flask
) -> None:
    open_session(group, stripe)
    stripe.sessions.clear()
    other, _ = make_cart((variant_of(make_product(make_workshop("hai", "Hai"), "hai")), 1))
    transfer = place(context.config["SHOP"], other, method=PaymentMethod.VIETQR)
    with clock.stopped(datetime.now(UTC) + timedelta(days=6)):
        assert jobs.ask_about_card_payments() == (1, 0)
        assert jobs.lapse_overdue() == 2
    assert payment_of(transfer).status is PaymentStatus.EXPIRED
    assert payment_of(group).status is PaymentStatus.EXPIRED


def test_money_under_way_is_neither_closed_nor_cancelled(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    stripe.sessions[name]["status"] = "complete"
    assert not close_or_settle_card(group.payment_id)
    assert payment_of(group).status is PaymentStatus.AWAITING
    failed = event_of("checkout.session.async_payment_failed", stripe.sessions[name], 70)
    assert send(client, failed) == (200, "lapsed")
    assert payment_of(group).status is PaymentStatus.EXPIRED


def test_a_failure_while_settling_leaves_the_event_to_come_again(
    group: OrderGroup,
    stripe: StripeServer,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = paid_event(stripe, open_session(group, stripe))

    def break_down(*_args: object) -> None:
        raise IntegrityError("mail", {}, Exception("broken"))

    with monkeypatch.context() as broken:
        broken.setattr("shop.checkout.webhooks.tell_of", break_down)
        assert send(client, body)[0] == 500
    assert payment_of(group).status is PaymentStatus.AWAITING
    assert send(client, body) == (200, "on_time")


def test_without_keys_there_is_no_webhook(client: FlaskClient) -> None:
    assert client.post(WEBHOOK, data=b"{}").status_code == 404
