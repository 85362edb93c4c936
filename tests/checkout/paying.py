"""Steps of a card payment: the page is opened, paid, and the provider tells of it."""

from __future__ import annotations

from flask.testing import FlaskClient

from shop.checkout.provider_calls import begin_payment
from shop.core.db import db
from shop.orders.models import OrderGroup
from shop.payments.models import Payment
from tests.stripe_server import StripeServer, event_of, signature_of

WEBHOOK = "/webhooks/stripe"


def payment_of(group: OrderGroup) -> Payment:
    return db.session.get_one(Payment, group.payment_id, populate_existing=True)


def open_session(group: OrderGroup, stripe: StripeServer) -> str:
    assert begin_payment(payment_of(group).public_id)
    return next(iter(stripe.sessions))


def send(client: FlaskClient, body: bytes, **headers: str) -> tuple[int, str | None]:
    signature = headers.pop("signature", signature_of(body))
    response = client.post(WEBHOOK, data=body, headers={"Stripe-Signature": signature})
    return response.status_code, (response.json or {}).get("outcome")


def paid_event(stripe: StripeServer, name: str, number: int = 1) -> bytes:
    return event_of("checkout.session.completed", stripe.pay(name), number)
