"""The page of the books: officers alone, whether all holds, and what every account has."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from shop.accounts.models import Person
from shop.checkout.actions import settle_payment
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.orders.models import Order
from shop.payments.models import Payment, PaymentMethod
from shop.workshops.cash import hand_in_cash
from tests.checkout.bookkeeping import deliver, take_cash
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.ledger.guards import books_unguarded
from tests.pages import get, read, send
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
    assert counts[0] <= 44, sent.texts


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


def keep_cash(app: Flask) -> Desk:
    """Net Lam has sold a vase for cash and keeps all 1.890.000 ₫ of it."""
    desk = open_village(app)
    placed = order(app, "binh")
    with app.app_context():
        found = db.session.scalars(
            select(Order).where(Order.public_id == placed.order_ids[0])
        ).one()
        deliver(found, desk.lan)
        take_cash(found, desk.lan)
    return desk


def cash_and_earned(app: Flask, desk: Desk) -> tuple[int, int]:
    with app.app_context():
        return (
            balance(Account.CASH_WITH_WORKSHOP, desk.net_lam),
            balance(Account.WORKSHOP_PAYABLE, desk.net_lam),
        )


def test_cash_is_handed_in_once_and_the_rest_is_netted(app: Flask) -> None:
    desk = keep_cash(app)
    officer = browser(app, is_officer=True)
    page = get(officer, PATH)
    for _ in range(2):
        assert send(officer, page, "/cash", **{"net-lam-amount": "890.000"}).status_code == 303
        assert cash_and_earned(app, desk) == (1_000_000, 1_640_250)
    for _ in range(2):
        assert send(officer, page, "/netting").status_code == 303
        assert cash_and_earned(app, desk) == (0, 640_250)
    after = get(officer, PATH)
    assert "Mọi mục đối chiếu đều khớp" in after.text
    assert not after.has_form("/netting")
    assert send(officer, page, "/netting", key="another").status_code == 409


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.890.001", "đang giữ"),
        ("0", "đang giữ"),
        ("-5", "Ghi số tiền"),
        ("1.89", "Ghi số tiền"),
        ("một triệu", "Ghi số tiền"),
        ("", "Ghi số tiền đã đếm"),
    ],
)
def test_no_more_is_handed_in_than_the_workshop_keeps(app: Flask, typed: str, words: str) -> None:
    desk = keep_cash(app)
    officer = browser(app, is_officer=True)
    answer = send(officer, get(officer, PATH), "/cash", **{"net-lam-amount": typed})
    assert answer.status_code == 422
    page = read(answer)
    assert words in page.text
    assert page.form("/cash").values["net-lam-amount"] == typed
    assert cash_and_earned(app, desk) == (1_890_000, 1_640_250)


def test_others_move_no_cash(app: Flask) -> None:
    desk = keep_cash(app)
    other = browser(app, is_officer=False)
    token = get(other, "/vi/account").form("/sign-out").values["csrf_token"]
    for path in ("cash", "netting"):
        answer = other.post(
            f"/vi/office/workshops/net-lam/{path}",
            data={"csrf_token": token, "key": "x", "net-lam-key": "x", "net-lam-amount": "1"},
            headers={"Referer": "https://localhost/vi/account"},
        )
        assert answer.status_code == 404
    assert cash_and_earned(app, desk) == (1_890_000, 1_640_250)


def test_an_unknown_workshop_hands_nothing_in(app: Flask) -> None:
    keep_cash(app)
    officer = browser(app, is_officer=True)
    token = get(officer, PATH).form("/netting").values["csrf_token"]
    for path in ("cash", "netting"):
        answer = officer.post(
            f"/vi/office/workshops/nobody/{path}",
            data={"csrf_token": token},
            headers={"Referer": "https://localhost/vi/office/books"},
        )
        assert answer.status_code == 404


def test_two_officers_at_one_workshops_cash_take_turns(app: Flask) -> None:
    desk = keep_cash(app)
    with app.app_context():
        person_id = make_person().id
        db.session.commit()
    gate = threading.Barrier(6)

    def hand_in(number: int) -> str:
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    hand_in_cash(desk.net_lam, 500_000, key=str(number), by_id=person_id, at=NOW)
            except Invalid:
                return "refused"
            finally:
                db.session.remove()
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        outcomes = Counter(pool.map(hand_in, range(6)))
    assert outcomes == {"taken": 3, "refused": 3}
    assert cash_and_earned(app, desk)[0] == 390_000
