"""Card payments against the local server that speaks Stripe's form encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from shop.core.settings import Settings
from shop.orders.models import OrderGroup
from shop.payments.models import PaymentMethod
from tests.checkout.buying import place
from tests.factories import make_cart, make_product, make_rates, make_workshop, variant_of
from tests.stripe_server import SECRET_KEY, WEBHOOK_SECRET, StripeServer


@pytest.fixture(scope="module")
def server() -> Iterator[StripeServer]:
    server = StripeServer()
    yield server
    server.stop()


@pytest.fixture
def stripe(context: Flask, server: StripeServer, settings: Settings) -> Iterator[StripeServer]:
    """The local server, with the application set to it for one test."""
    server.forget()
    with_cards = replace(
        settings,
        stripe_secret_key=SECRET_KEY,
        stripe_webhook_secret=WEBHOOK_SECRET,
        stripe_api_base=server.url,
        stripe_timeout_seconds=1,
    )
    before = context.config["SHOP"]
    context.config["SHOP"] = with_cards
    yield server
    context.config["SHOP"] = before


@pytest.fixture
def group(context: Flask, stripe: StripeServer) -> OrderGroup:
    make_rates()
    vase = variant_of(make_product(make_workshop(), stock=1))
    cart, _ = make_cart((vase, 1))
    at = datetime.now(UTC).replace(microsecond=0)
    return place(context.config["SHOP"], cart, method=PaymentMethod.STRIPE, at=at)
