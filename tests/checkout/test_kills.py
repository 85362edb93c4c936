"""kill -9 between any two steps of the checkout: nothing is lost and nothing is doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from shop.cart.cookie import BASKET_COOKIE
from shop.checkout import jobs
from shop.checkout.refunds import give_back_order
from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.core.jobs import queue
from shop.core.outbox import Mail, MailStatus
from shop.core.postman import deliver_mail
from shop.core.transaction import transaction
from shop.orders.actions import orders_of_group_for_update
from shop.orders.models import OrderGroup
from shop.payments.actions import lock_payment
from shop.payments.models import Payment, PaymentStatus, Refund, RefundStatus
from tests.checkout.bookkeeping import faults
from tests.checkout.buying import stock_adds_up
from tests.checkout.killing import (
    LetterBox,
    kill,
    running,
    someone_waits_for_a_lock,
    strike,
    wait_until,
    was_killed,
)
from tests.checkout.paying import WEBHOOK, paid_event, send
from tests.checkout.test_views import order
from tests.conftest import new_client
from tests.factories import make_cart, make_product, make_rates, make_workshop, variant_of
from tests.pages import get
from tests.pages import send as send_form
from tests.stripe_server import StripeServer, signature_of

MOMENTS = ["before_acting", "before_answering"]
LATER = timedelta(minutes=12)
"""After a webhook's grace and a letter's lease."""


@pytest.fixture
def box(stripe: StripeServer, context: Flask) -> Iterator[LetterBox]:
    """Where letters go; the shop's settings name it."""
    box, before = LetterBox(), context.config["SHOP"]
    context.config["SHOP"] = replace(before, smtp_url=box.url)
    yield box
    context.config["SHOP"] = before
    box.stop()


@pytest.fixture
def basket(box: LetterBox, context: Flask) -> str:
    """One piece, the last of its kind; what the buyer's cookie holds."""
    make_rates()
    vase = variant_of(make_product(make_workshop(), stock=1))
    _cart, token = make_cart((vase, 1))
    db.session.commit()
    return token


def buyer(app: Flask, token: str) -> FlaskClient:
    client = new_client(app)
    client.set_cookie(BASKET_COOKIE, token, domain="localhost")
    return client


def strike_all(victims: Sequence[Callable[[], None]]) -> None:
    for hit in victims:
        hit()


@contextmanager
def killed_by_a_call(
    app: Flask, stripe: StripeServer, moment: str, work: Callable[[], object]
) -> Iterator[None]:
    """The work, killed when its call comes to the card provider or has been acted on."""
    victims: list[Callable[[], None]] = []
    setattr(stripe, moment, lambda *_call: strike_all(victims))
    with running(app, work) as process:
        victims.append(lambda: strike(process))
        assert was_killed(process)
        setattr(stripe, moment, None)
        yield


def payment() -> Payment:
    return db.session.scalars(select(Payment).execution_options(populate_existing=True)).one()


def all_is_well(box: LetterBox) -> None:
    """Books and stock agree, and each letter has gone, none more than twice."""
    with clock.stopped(datetime.now(UTC) + LATER):
        deliver_mail()
    db.session.rollback()
    assert faults() == []
    assert stock_adds_up()
    mails = db.session.execute(select(Mail.status, Mail.recipient)).all()
    assert {status for status, _ in mails} == {MailStatus.SENT}
    due, gone = Counter(to for _, to in mails), Counter(box.letters)
    for recipient, count in due.items():
        arrived = sum(n for to, n in gone.items() if recipient in to)
        assert count <= arrived <= 2 * count


def reconcile(app: Flask) -> None:
    db.session.rollback()
    with clock.stopped(datetime.now(UTC) + LATER):
        result = app.test_cli_runner().invoke(args=["reconcile"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("moment", MOMENTS)
def test_while_the_card_page_is_opened(
    context: Flask, stripe: StripeServer, box: LetterBox, basket: str, moment: str
) -> None:
    """After the order stands: before the provider has acted, or before we know of it. Then the
    buyer comes again, pays, and no message ever comes."""
    with killed_by_a_call(
        context, stripe, moment, lambda: order(buyer(context, basket), method="stripe")
    ):
        group = db.session.scalars(select(OrderGroup)).one()
        assert payment().status is PaymentStatus.CREATED
    client = buyer(context, basket)
    page = get(client, f"/vi/orders/{group.tracking_token}")
    assert send_form(client, page, "/payment").status_code == 303
    (name,) = stripe.sessions
    stripe.pay(name)
    reconcile(context)
    assert payment().status is PaymentStatus.PAID
    all_is_well(box)


@pytest.fixture
def locks(context: Flask) -> None:
    if is_sqlite(db.engine):
        pytest.skip("SQLite does not tell who waits")


@contextmanager
def killed_at_a_lock(app: Flask, lock: str, work: Callable[[], object]) -> Iterator[None]:
    """The work, killed inside its transaction while it waits for rows that we hold."""
    with db.engine.connect() as holder:
        holder.execute(text(lock))
        with running(app, work) as process:
            wait_until(someone_waits_for_a_lock)
            kill(process)
            assert was_killed(process)
        holder.rollback()
    yield


@pytest.mark.usefixtures("locks")
def test_while_the_order_is_written(
    context: Flask, stripe: StripeServer, box: LetterBox, basket: str
) -> None:
    def buy() -> None:
        order(buyer(context, basket), method="stripe")

    with killed_at_a_lock(context, "select id from variant for update", buy):
        assert db.session.scalars(select(OrderGroup)).all() == []
        assert stripe.sessions == {}
    buy()
    stripe.pay(next(iter(stripe.sessions)))
    reconcile(context)
    assert len(db.session.scalars(select(OrderGroup)).all()) == 1
    assert payment().status is PaymentStatus.PAID
    all_is_well(box)


@pytest.mark.usefixtures("locks")
def test_while_the_webhook_settles(
    context: Flask, stripe: StripeServer, box: LetterBox, basket: str
) -> None:
    order(buyer(context, basket), method="stripe")
    body = paid_event(stripe, next(iter(stripe.sessions)))
    headers = {"Stripe-Signature": signature_of(body)}

    def hear() -> None:
        new_client(context).post(WEBHOOK, data=body, headers=headers)

    with killed_at_a_lock(context, "select id from shop_order for update", hear):
        assert payment().status is PaymentStatus.AWAITING
    client = new_client(context)
    assert send(client, body) == (200, "on_time")
    assert send(client, body) == (200, "repeat")
    reconcile(context)
    all_is_well(box)


def test_while_a_letter_is_sent(
    context: Flask, stripe: StripeServer, box: LetterBox, basket: str
) -> None:
    """The letter box has it and has not said thanks: it goes a second time, the others once."""
    queue.immediate = False
    try:
        order(buyer(context, basket), method="vietqr")
    finally:
        queue.immediate = True
        queue.flush()
    victims: list[Callable[[], None]] = []
    box.on_letter = lambda: strike_all(victims)
    with running(context, deliver_mail) as worker:
        victims.append(lambda: strike(worker))
        assert was_killed(worker)
    box.on_letter = None
    assert len(box.letters) == 1
    assert deliver_mail() == len(db.session.scalars(select(Mail)).all()) - 1
    all_is_well(box)


@pytest.mark.parametrize("moment", MOMENTS)
def test_while_money_is_given_back(
    context: Flask, stripe: StripeServer, box: LetterBox, basket: str, moment: str
) -> None:
    order(buyer(context, basket), method="stripe")
    assert send(new_client(context), paid_event(stripe, next(iter(stripe.sessions))))[0] == 200
    key = payment().id
    with transaction():
        owed = lock_payment(key)
        for one in orders_of_group_for_update(db.session.scalars(select(OrderGroup.id)).one()):
            give_back_order(one, owed, at=clock.now())
    with killed_by_a_call(context, stripe, moment, jobs.send_due_refunds):
        assert db.session.scalars(select(Refund.status)).one() is RefundStatus.DUE
    reconcile(context)
    assert db.session.scalars(select(Refund.status)).one() is RefundStatus.DONE
    assert len(stripe.refunds) == 1
    all_is_well(box)
