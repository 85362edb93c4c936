"""Delivery, paying and privacy: true to the rates and settings in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core.db import db
from shop.core.settings import Mode
from shop.shipping.models import ShippingRate
from tests.factories import make_rates
from tests.pages import get


@contextmanager
def set_to(app: Flask, **values: object) -> Iterator[None]:
    """The site under other settings while the block runs."""
    before = app.config["SHOP"]
    changed = replace(before, **values)
    try:
        app.config["SHOP"] = app.jinja_env.globals["settings"] = changed
        yield
    finally:
        app.config["SHOP"] = app.jinja_env.globals["settings"] = before


def test_delivery_reads_the_rates_of_today(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_rates()
        old = db.session.query(ShippingRate).first()
        assert old
        db.session.add(
            ShippingRate(
                carrier_id=old.carrier_id,
                zone=old.zone,
                first_weight_g=2000,
                first_price=99_000_000,
                step_weight_g=500,
                step_price=1,
                days_from=1,
                days_to=1,
                valid_from=date(2025, 1, 1),
                valid_to=date(2025, 12, 31),
                source="test",
            )
        )
        db.session.commit()
    page = get(client, "/en/delivery")
    assert "Hà Nội 2 kg: ₫30,000 500 g: ₫5,000 1–3" in page.text
    assert "At most 50 kg and 200 cm" in page.text
    assert "₫99,000,000" not in page.text
    assert "Wrap twice" in page.text
    assert "Bắc Ninh" in page.text
    assert "within 2 days of the order" in page.text


def test_without_rates_delivery_says_so(client: FlaskClient) -> None:
    assert "No rates are in force today" in get(client, "/en/delivery").text


def test_only_ways_to_pay_that_work_are_named(app: Flask, client: FlaskClient) -> None:
    page = get(client, "/en/paying")
    assert "Bank transfer with VietQR" in page.text
    assert "kept for you for 24 hours" in page.text
    assert "Stripe" not in page.text
    with set_to(
        app,
        bank=None,
        stripe_secret_key="sk_test_x",
        stripe_webhook_secret="whsec_x",
    ):
        page = get(client, "/en/paying")
    assert "VietQR" not in page.text
    assert "Stripe takes up to ₫99,999,999" in page.text
    assert "Cash on delivery" in page.text


def test_privacy_names_the_cookies_that_are_set(client: FlaskClient) -> None:
    page = get(client, "/en/privacy")
    client.get("/en/sign-in")
    for name in ("__Host-session", "__Host-basket", "language"):
        assert name in page.text
    assert "60 days" in page.text


def test_a_demonstration_warns_of_itself(app: Flask, client: FlaskClient) -> None:
    with set_to(app, mode=Mode.DEMONSTRATION):
        assert "Give no real name" in get(client, "/en/privacy").text
        assert "transfer nothing" in get(client, "/en/paying").text
    assert "Give no real name" not in get(client, "/en/privacy").text


@pytest.mark.parametrize("path", ["/delivery", "/paying", "/privacy"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_information_stand_in_both_languages(
    client: FlaskClient, language: str, path: str
) -> None:
    page = get(client, f"/{language}{path}")
    assert page.status == 200
    assert f'<html lang="{language}"' in page.html
    assert f'href="http://127.0.0.1:8000/{language}{path}"' in page.html
