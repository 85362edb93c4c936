"""The office's page of card payments: disputes with the day they are due, stray money, payouts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.checkout.actions import settle_standing
from shop.checkout.card_account import take_payout
from shop.checkout.disputes import take_dispute
from shop.core.db import db
from shop.core.transaction import transaction
from shop.payments.gateway import DisputeNews, Entry, PayoutNews, ProviderState, Standing
from shop.payments.models import (
    DisputeStatus,
    EntryKind,
    Payment,
    PaymentMethod,
    PayoutStatus,
    StrayCharge,
    StrayStatus,
)
from tests.office.test_books import browser
from tests.pages import get, send
from tests.studio.orders import open_village, order

PATH = "/en/office/cards"
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    """A card payment with a second one beside it, a dispute over the first, and a payout."""
    open_village(app)
    placed = order(app, "binh", method=PaymentMethod.VIETQR)
    with app.app_context():
        payment = db.session.scalars(
            select(Payment).where(Payment.transfer_reference == placed.reference)
        ).one()
        key = payment.id
        with transaction():
            payment = db.session.get_one(Payment, key)
            payment.method, payment.transfer_reference = PaymentMethod.STRIPE, None
        for charge in ("pi_1", "pi_2"):
            with transaction():
                paid = Standing(ProviderState.PAID, placed.total, "vnd", charge)
                settle_standing(key, paid, at=AT)
        with transaction():
            take_dispute(db.session.get_one(Payment, key), disputed(placed.total), at=AT)
            take_payout(
                PayoutNews("po_1", 5_000, "vnd", PayoutStatus.PAID, True, date(2026, 11, 25), AT),
                at=AT,
            )
    return browser(app, is_officer=True)


def disputed(amount: int) -> DisputeNews:
    line = Entry("txn_1", EntryKind.DISPUTE, "adjustment", "dp_1", -amount, 300_000, "vnd", AT)
    due = AT + timedelta(days=7)
    status = DisputeStatus.NEEDS_RESPONSE
    return DisputeNews("dp_1", "pi_1", amount, "vnd", status, "fraudulent", due, AT, (line,))


def test_others_find_nothing(app: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 303
    assert browser(app, is_officer=False).get(PATH).status_code == 404


def test_without_card_payments_the_page_says_so(app: Flask) -> None:
    page = get(browser(app, is_officer=True), PATH)
    for words in ("No payment is disputed.", "The provider has paid nothing out yet."):
        assert words in page.text


def test_a_dispute_is_shown_with_its_day_and_where_to_answer(officer: FlaskClient) -> None:
    page = get(officer, PATH)
    assert "wants an answer" in page.text
    assert "https://dashboard.stripe.com/disputes/dp_1" in page.html
    assert "at our bank" in page.text
    desk = get(officer, "/en/office")
    assert "Answer the dispute by" in desk.text
    assert "Not what was asked for" in desk.text


def test_stray_money_is_sent_back_once(app: Flask, officer: FlaskClient) -> None:
    page = get(officer, PATH)
    assert send(officer, page, "/return").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(StrayCharge.status)).one() is StrayStatus.SENDING
    again = send(officer, page, "/return")
    assert again.status_code == 409
    assert "sent back already" in again.text
