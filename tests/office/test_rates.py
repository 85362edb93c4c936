"""The page of rates: officers alone, a new one from tomorrow, a wrong one withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import Person
from shop.core.clock import today_in_hanoi
from shop.core.db import db
from shop.ledger.models import RateKind
from shop.ledger.queries.rates import RateRow, rate_rows
from tests.conftest import count_sql, new_client
from tests.factories import make_charge_rates, make_person, sign_in
from tests.pages import Page, get, read, send

PATH = "/vi/office/rates"
HERE = {"Referer": "https://localhost/"}


def browser(app: Flask, *, is_officer: bool) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        person = make_person("Ngô Bảo Ấn", is_officer=is_officer)
        db.session.commit()
        sign_in(client, db.session.get_one(Person, person.id))
    return client


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context():
        make_charge_rates()
        db.session.commit()
    return browser(app, is_officer=True)


def fund_rows(app: Flask) -> list[RateRow]:
    with app.app_context():
        return [row for row in rate_rows() if row.kind is RateKind.FUND_SHARE]


def add(client: FlaskClient, **typed: str) -> Page:
    values = {
        "kind": "fund_share",
        "sellers": "all",
        "percent": "3,5",
        "valid_from": (today_in_hanoi() + timedelta(days=1)).isoformat(),
        "source": "Nghị quyết hội nghề",
        **typed,
    }
    return read(send(client, get(client, PATH), "/rates", **values))


def test_others_find_nothing_and_set_nothing(app: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 303
    other = browser(app, is_officer=False)
    assert other.get(PATH).status_code == 404
    token = get(other, "/vi/account").form("/sign-out").values["csrf_token"]
    for path in (PATH, f"{PATH}/1/withdrawal"):
        assert other.post(path, data={"csrf_token": token}, headers=HERE).status_code == 404
    assert fund_rows(app) == []


def test_every_rate_is_shown_with_its_source(app: Flask, officer: FlaskClient) -> None:
    with count_sql(app) as sent:
        page = get(officer, PATH)
    assert "0,5%" in page.text
    assert "Thuế TNCN khấu trừ thay người bán" in page.text
    assert "0.5%" in get(officer, "/en/office/rates").text
    assert len(sent) <= 4, sent.texts


def test_a_rate_is_set_from_tomorrow(app: Flask, officer: FlaskClient) -> None:
    assert add(officer).status == 303
    newest, oldest = fund_rows(app)
    assert (newest.basis_points, newest.source) == (350, "Nghị quyết hội nghề")
    assert newest.set_by == "Ngô Bảo Ấn"
    assert oldest.valid_to == today_in_hanoi()
    page = get(officer, PATH)
    assert "3,5%" in page.text
    assert "sắp áp dụng" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("percent", "ba phần trăm", "Ghi số phần trăm, ví dụ"),
        ("percent", "-3", "Ghi số phần trăm, ví dụ"),
        ("percent", "", "Ghi số phần trăm."),
        ("percent", "101", "từ 0 đến 100"),
        ("valid_from", "2026-01-01", "từ ngày mai trở đi"),
        ("valid_from", "31/02/2027", "không có trong lịch"),
        ("source", " ", "Ghi rõ mức này"),
        ("sellers", "company", "chung cho mọi người bán"),
        ("sellers", "nobody", "Chọn loại người bán"),
        ("kind", "toll", "Chọn khoản thu"),
    ],
)
def test_what_cannot_be_set_is_said_beside_its_field_and_nothing_typed_is_lost(
    app: Flask, officer: FlaskClient, field: str, typed: str, words: str
) -> None:
    page = add(officer, **{field: typed, "source": typed if field == "source" else "Nguồn này"})
    assert page.status == 422
    assert words in page.text
    assert len(fund_rows(app)) == 1
    if field != "source":
        assert page.form("/rates").values["source"] == "Nguồn này"


def test_two_rates_never_begin_on_one_day(app: Flask, officer: FlaskClient) -> None:
    add(officer)
    page = add(officer, percent="4")
    assert page.status == 422
    assert "Ngày này đã có một mức khác" in page.text
    assert len(fund_rows(app)) == 2


def test_a_rate_to_come_is_withdrawn(app: Flask, officer: FlaskClient) -> None:
    add(officer)
    page = get(officer, PATH)
    assert send(officer, page, "/withdrawal").status_code == 303
    withdrawn, standing = fund_rows(app)
    assert withdrawn.withdrawn_by == "Ngô Bảo Ấn"
    assert standing.valid_to is None
    answer = send(officer, page, "/withdrawal")
    assert answer.status_code == 409
    assert "đã được rút" in read(answer).text


@pytest.mark.parametrize("key", ["99999999", "9" * 25, "-1"])
def test_a_rate_nobody_knows_is_missing(officer: FlaskClient, key: str) -> None:
    token = get(officer, PATH).form("/rates").values["csrf_token"]
    answer = officer.post(f"{PATH}/{key}/withdrawal", data={"csrf_token": token}, headers=HERE)
    assert answer.status_code == 404
