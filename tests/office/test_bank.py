"""The office's pages of the bank: a file is shown before it is taken, and each line is decided."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.core import clock
from shop.core.clock import HANOI
from shop.core.db import db
from shop.payments.models import (
    BankLine,
    BankStatement,
    LineOutcome,
    PartStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    StatementColumns,
    TransferPart,
)
from tests.checkout.bookkeeping import faults
from tests.conftest import new_client
from tests.factories import make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Placed, open_village, order

BANK = "/vi/office/bank"


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, make_person("Ngô Bảo Ấn", is_officer=True))
    return client


@pytest.fixture
def placed(app: Flask) -> Placed:
    open_village(app)
    return order(app, "binh", method=PaymentMethod.VIETQR, at=clock.now())


def statement_of(*lines: tuple[int, str], head: str = "Ngày,Số tiền,Số dư,Diễn giải") -> bytes:
    total, rows = 0, [head]
    day = clock.now().astimezone(HANOI) - timedelta(hours=1)
    for amount, text in lines:
        total += amount
        rows.append(f"{day:%d/%m/%Y %H:%M:%S},{amount},{total},{text}")
    return "\n".join(rows).encode()


def upload(client: FlaskClient, raw: bytes, name: str = "sao-ke.csv") -> Page:
    form = get(client, BANK).form("/bank/statements")
    answer = client.post(
        form.action,
        data={"csrf_token": form.values["csrf_token"], "file": (io.BytesIO(raw), name)},
        headers={"Referer": "https://localhost/"},
        content_type="multipart/form-data",
    )
    if answer.status_code == 303:
        return get(client, answer.headers["Location"])
    return read(answer)


def test_a_file_is_shown_then_taken_at_once(
    app: Flask, officer: FlaskClient, placed: Placed
) -> None:
    raw = statement_of((placed.total, f"CT {placed.reference}"), (70_000, "la"), (-11_000, "phi"))
    page = upload(officer, raw)
    assert placed.reference in page.text
    with app.app_context():
        assert db.session.scalar(select(BankLine)) is None, "nothing is imported by looking"
    assert send(officer, page, "/import").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.PAID
        assert faults() == []
    assert send(officer, page, "/import").status_code == 409
    again = upload(officer, raw)
    assert not again.has_form("/import")
    bank = get(officer, BANK)
    assert len(re.findall(r"/bank/lines/\w+", bank.html)) == 2


def test_columns_are_asked_for_and_remembered(
    app: Flask, officer: FlaskClient, placed: Placed
) -> None:
    head = "Một,Hai,Ba,Bốn"
    page = upload(officer, statement_of((placed.total, placed.reference), head=head))
    assert not page.has_form("/import")
    assert read(send(officer, page, "/columns", date="0")).status == 422
    chosen = {"date": "0", "amount": "1", "balance": "2", "text": "3"}
    assert send(officer, page, "/columns", **chosen).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(StatementColumns.columns)).one().startswith("date=0")
    assert upload(officer, statement_of((1, "khac"), head=head)).has_form("/import")


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"mot dong", b'a,b,c\n1/1/2026,"5000,x', b"\xff\xfe\x00"]
)
def test_what_cannot_be_read_says_why_and_leaves_nothing(
    app: Flask, officer: FlaskClient, raw: bytes
) -> None:
    page = upload(officer, raw)
    assert page.status == 422
    assert 'id="file-error"' in page.html
    with app.app_context():
        assert db.session.scalar(select(BankStatement)) is None


def line_page(app: Flask, officer: FlaskClient, amount: int) -> Page:
    with app.app_context():
        key = db.session.scalars(select(BankLine.public_id).where(BankLine.amount == amount)).one()
    return get(officer, f"{BANK}/lines/{key}")


def test_an_officer_decides_what_waits(app: Flask, officer: FlaskClient, placed: Placed) -> None:
    raw = statement_of((placed.total + 5000, "mai lan"), (70_000, "la"), (-11_000, "phi"))
    send(officer, upload(officer, raw), "/import")
    page = line_page(app, officer, placed.total + 5000)
    assert placed.reference in page.text, "open payments are shown to choose from"
    assert read(send(officer, page, "/payment", reference="BT7KX9MPC")).status == 422
    assert send(officer, page, "/payment", reference=placed.reference).status_code == 303
    assert read(send(officer, page, "/payment", reference=placed.reference)).status in (409, 422)
    path = re.search(r"/vi/office/bank/returns/\w+", get(officer, BANK).html)
    assert path
    part = get(officer, path[0])
    given = {"bank": "970436", "account": "00112233", "holder": "Mai Lan"}
    assert send(officer, part, "/bank-details", **given).status_code == 303
    assert "00112233" in get(officer, path[0]).text
    assert send(officer, part, "/settlement").status_code == 303
    assert send(officer, part, "/settlement").status_code == 409
    token = get(officer, BANK).form("/bank/statements").values["csrf_token"]
    for amount, verb, outcome in (
        (70_000, "return", LineOutcome.RETURNING),
        (-11_000, "foreign", LineOutcome.FOREIGN),
    ):
        path_of = line_page(app, officer, amount).path
        answer = officer.post(
            f"{path_of}/decision",
            data={"csrf_token": token, "verb": verb},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 303
        with app.app_context():
            found = db.session.scalars(select(BankLine).where(BankLine.amount == amount)).one()
            assert found.outcome is outcome
    with app.app_context():
        assert faults() == []
        assert PartStatus.RETURNED in set(db.session.scalars(select(TransferPart.status)))


def test_the_example_can_be_taken(app: Flask, officer: FlaskClient, placed: Placed) -> None:
    raw = officer.get(f"{BANK}/example.csv").data
    page = upload(officer, raw)
    assert send(officer, page, "/import").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.PAID
        assert faults() == []


def test_others_find_nothing(app: Flask, client: FlaskClient) -> None:
    paths = ["", "/example.csv", "/statements/x", "/lines/x", "/returns/x"]
    for path in paths:
        assert client.get(BANK + path).status_code == 303
    with app.app_context():
        sign_in(client, make_person("Khách"))
    for path in paths:
        assert client.get(BANK + path).status_code == 404
