"""The page of the books: officers alone, whether all holds, and what every account has."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from shop.accounts.models import Person
from shop.checkout.actions import settle_payment
from shop.core.db import db
from shop.core.transaction import transaction
from shop.orders.models import Order
from shop.payments.models import Payment, PaymentMethod
from tests.checkout.bookkeeping import deliver
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.ledger.guards import books_unguarded
from tests.pages import get
from tests.studio.orders import Desk, open_village, order

PATH = "/vi/office/books"


def browser(app: Flask, *, is_officer: bool) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        key = make_person("Ngô Bảo Ấn", is_officer=is_officer).id
        db.session.commit()
        sign_in(client, db.session.get_one(Person, key))
    return client


def sell(app: Flask, desk: Desk, *slugs: str) -> None:
    """Paid by transfer and delivered."""
    placed = order(app, *slugs, method=PaymentMethod.VIETQR)
    with app.app_context():
        payment = db.session.scalars(
            select(Payment).where(Payment.transfer_reference == placed.reference)
        ).one()
        key, amount = payment.id, payment.amount
        with transaction():
            settle_payment(key, amount, at=NOW)
        for public_id in placed.order_ids:
            found = db.session.scalars(select(Order).where(Order.public_id == public_id)).one()
            deliver(found, desk.lan)


def test_others_find_nothing(app: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 303
    assert browser(app, is_officer=False).get(PATH).status_code == 404


def test_a_new_shop_has_empty_books_that_hold(app: Flask) -> None:
    page = get(browser(app, is_officer=True), PATH)
    assert "Mọi mục đối chiếu đều khớp" in page.text
    assert "Chưa có tiền hàng nào." in page.text


def test_accounts_and_workshops_are_shown_with_what_they_have(app: Flask) -> None:
    desk = open_village(app)
    sell(app, desk, "binh")
    officer = browser(app, is_officer=True)
    page = get(officer, PATH)
    assert "Mọi mục đối chiếu đều khớp" in page.text
    for words in ("Quỹ giữ nghề", "55.500 ₫", "Xưởng Nét Lam", "1.640.250 ₫", "1.890.000 ₫"):
        assert words.replace(" ₫", "\N{NO-BREAK SPACE}₫") in page.html or words in page.text, words
    english = get(officer, "/en/office/books")
    assert "All checks hold, as of" in english.text


def test_the_page_costs_as_much_for_many_orders_as_for_one(app: Flask) -> None:
    desk = open_village(app)
    officer = browser(app, is_officer=True)
    counts = []
    for _ in range(2):
        sell(app, desk, "binh", "chum")
        with count_sql(app) as sent:
            get(officer, PATH)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] <= 14, sent.texts


def test_what_does_not_hold_is_named(app: Flask) -> None:
    desk = open_village(app)
    sell(app, desk, "binh")
    with app.app_context():
        public_id = db.session.scalars(select(Order.public_id)).one()
        db.session.rollback()
        with db.engine.begin() as connection, books_unguarded(connection):
            connection.execute(text("update shop_order set status = 'shipped'"))
    page = get(browser(app, is_officer=True), PATH)
    assert "mục đối chiếu không khớp" in page.text
    assert f"{public_id} craft_fund" in page.text
    assert "Mọi mục đối chiếu đều khớp" not in page.text
