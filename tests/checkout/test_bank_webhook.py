"""The bank's webhook: signed, fresh, once; and the statement that comes later adds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from shop.core import clock
from shop.core.clock import HANOI
from shop.core.db import db
from shop.payments.bank_webhook import TOLERANCE, sign
from shop.payments.models import BankLine, Payment, PaymentMethod, PaymentStatus, TransferPart
from tests.checkout.bookkeeping import faults
from tests.checkout.test_races import at_once
from tests.conftest import new_client
from tests.studio.orders import Placed, open_village, order

SECRET = "a-secret-of-the-aggregator-and-of-ours"


@pytest.fixture
def hooked(app: Flask) -> Iterator[Flask]:
    before = app.config["SHOP"]
    app.config["SHOP"] = replace(before, bank_webhook_secret=SECRET)
    yield app
    app.config["SHOP"] = before


@pytest.fixture
def placed(hooked: Flask) -> Placed:
    open_village(hooked)
    return order(hooked, "binh", "chum", method=PaymentMethod.VIETQR, at=clock.now())


def news(placed: Placed, **changes: object) -> bytes:
    told = {
        "id": 92704,
        "transactionDate": f"{clock.now().astimezone(HANOI):%Y-%m-%d %H:%M:%S}",
        "content": f"MBVCB.1.{placed.reference}.CT tu",
        "transferType": "in",
        "transferAmount": placed.total,
        "accumulated": 19_077_000,
        "referenceCode": "FT26324000001",
    }
    return json.dumps({**told, **changes}).encode()


def tell(
    client: FlaskClient,
    body: bytes,
    *,
    secret: str = SECRET,
    at: datetime | None = None,
    signature: str | None = None,
) -> TestResponse:
    signed = signature if signature is not None else sign(body, secret, at or clock.now())
    return client.post("/webhooks/bank", data=body, headers={"X-Signature": signed})


def test_it_settles_once_however_often_it_comes(
    hooked: Flask, client: FlaskClient, placed: Placed
) -> None:
    body = news(placed)
    assert tell(client, body).get_json()["outcome"] == "exact"
    assert tell(client, body).get_json()["outcome"] == "repeat"
    assert tell(client, news(placed, id=5)).get_json()["outcome"] == "known", "the same entry"
    with hooked.app_context():
        assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.PAID
        assert db.session.scalar(select(func.count(BankLine.id))) == 1
        assert faults() == []
    second = news(placed, id=6, referenceCode="FT2", accumulated=None)
    assert tell(client, second).get_json()["outcome"] == "duplicate"


def test_as_sepay_sends_it(hooked: Flask, client: FlaskClient, placed: Placed) -> None:
    body = news(placed)
    stamp, digest = sign(body, SECRET, clock.now()).split(",")
    headers = {
        "X-SePay-Timestamp": stamp.removeprefix("t="),
        "X-SePay-Signature": f"sha256={digest.removeprefix('v1=')}",
    }
    answer = client.post("/webhooks/bank", data=body, headers=headers)
    assert answer.get_json() == {"success": True, "outcome": "exact"}
    del headers["X-SePay-Timestamp"]
    assert client.post("/webhooks/bank", data=body, headers=headers).status_code == 400


def test_what_is_unknown_or_goes_out_waits(
    hooked: Flask, client: FlaskClient, placed: Placed
) -> None:
    assert tell(client, news(placed, content="nham")).get_json()["outcome"] == "waiting"
    out = news(placed, id=7, transferType="out", referenceCode="FT9")
    assert tell(client, out).get_json()["outcome"] == "waiting"
    with hooked.app_context():
        assert faults() == []


def test_forged_stale_and_early_are_refused(
    hooked: Flask, client: FlaskClient, placed: Placed
) -> None:
    body, now = news(placed), clock.now()
    slack = TOLERANCE + timedelta(seconds=2)
    for answer in (
        tell(client, body, secret="another"),
        tell(client, body, at=now - slack),
        tell(client, body, at=now + slack),
        tell(client, body, signature=""),
        tell(client, body, signature="t=1,v1=é"),
        tell(client, body + b" ", signature=sign(body, SECRET, now)),
    ):
        assert answer.status_code == 400
    with hooked.app_context():
        assert db.session.scalar(select(BankLine)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"transferAmount": 1.5},
        {"transferAmount": "5000"},
        {"transferAmount": True},
        {"transferAmount": -5},
        {"transferAmount": 10**18},
        {"transferType": "both"},
        {"id": ""},
        {"transactionDate": "yesterday"},
    ],
)
def test_signed_nonsense_changes_nothing(
    hooked: Flask, client: FlaskClient, placed: Placed, change: dict[str, object]
) -> None:
    assert tell(client, news(placed, **change)).status_code == 422
    with hooked.app_context():
        assert db.session.scalar(select(BankLine)) is None


def test_without_a_secret_there_is_no_webhook(app: Flask, client: FlaskClient) -> None:
    assert client.post("/webhooks/bank", data=b"{}").status_code == 404


def test_many_at_once_settle_one_payment_once(hooked: Flask, placed: Placed) -> None:
    bodies = [news(placed, id=1)] * 3 + [
        news(placed, id=10 + n, referenceCode=f"FT{n}", accumulated=n) for n in range(3)
    ]

    def work(body: bytes) -> str:
        return str(tell(new_client(hooked), body).get_json()["outcome"])

    outcomes = at_once(hooked, [lambda body=body: work(body) for body in bodies])  # type: ignore[misc]
    assert outcomes["exact"] == 1
    assert outcomes["duplicate"] == 3
    assert outcomes["repeat"] == 2
    with hooked.app_context():
        paid = db.session.scalars(select(Payment)).one()
        assert paid.status is PaymentStatus.PAID
        sums = db.session.scalars(select(TransferPart.amount)).all()
        assert sum(sums) == 4 * placed.total
        assert faults() == []
