"""The card page is silent or given up: the same order is paid by bank transfer, placed once."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.checkout.actions import settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.orders.models import OrderGroup
from shop.payments.models import PaymentMethod, PaymentStatus, StrayCharge
from tests.checkout.bookkeeping import faults
from tests.checkout.paying import open_session, paid_event, payment_of, send
from tests.pages import get
from tests.pages import send as send_form
from tests.stripe_server import StripeServer, event_of


def switch(client: FlaskClient, group: OrderGroup) -> str:
    """Asks for it on the order's page; what the page says then."""
    path = f"/vi/orders/{group.tracking_token}"
    page = get(client, path)
    assert send_form(client, page, "/transfer").status_code == 303
    return get(client, path).text


def test_a_silent_provider_leaves_a_transfer_to_choose(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    stripe.mode = "down"
    db.session.commit()
    reference = group.reference
    page = switch(client, group)
    assert reference in page
    payment = payment_of(group)
    assert (payment.method, payment.status) == (PaymentMethod.VIETQR, PaymentStatus.AWAITING)
    assert db.session.scalar(select(func.count(OrderGroup.id))) == 1
    assert (
        db.session.scalar(select(func.count(Mail.id)).where(Mail.cause.like("by-transfer%"))) == 1
    )
    with transaction():
        settle_payment(payment.id, payment.amount, at=clock.now())
    assert payment_of(group).status is PaymentStatus.PAID
    assert faults() == []


def test_a_page_that_was_shown_is_closed_first(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    stripe.mode = "down"
    switch(client, group)
    assert payment_of(group).method is PaymentMethod.STRIPE
    stripe.mode = "well"
    switch(client, group)
    assert payment_of(group).method is PaymentMethod.VIETQR
    assert stripe.sessions[name]["status"] == "expired"
    expired = event_of("checkout.session.expired", stripe.sessions[name], 90)
    assert send(client, expired) == (200, "noted")
    assert payment_of(group).status is PaymentStatus.AWAITING


def test_money_that_came_meanwhile_is_the_payment(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    stripe.pay(open_session(group, stripe))
    switch(client, group)
    payment = payment_of(group)
    assert (payment.method, payment.status) == (PaymentMethod.STRIPE, PaymentStatus.PAID)


def test_card_money_after_the_change_lies_apart(
    group: OrderGroup, stripe: StripeServer, client: FlaskClient
) -> None:
    name = open_session(group, stripe)
    switch(client, group)
    assert send(client, paid_event(stripe, name)) == (200, "amount_differs")
    assert payment_of(group).status is PaymentStatus.AWAITING
    assert db.session.scalars(select(StrayCharge.amount)).one() == group.total
    assert faults() == []
