"""The pages of tax withheld: the office's, and each workshop's own."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from shop.accounts.models import Person
from shop.checkout.actions import settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.ledger.actions.rates import put_threshold
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.orders.models import Order
from shop.payments.models import Payment, PaymentMethod
from shop.taxes.certificate_paper import words_of
from shop.taxes.lists import month_csv
from shop.taxes.queries.certificates import certificate
from shop.taxes.queries.months import workshop_months
from shop.workshops.models import MemberRole, Workshop, WorkshopMember
from tests.checkout.bookkeeping import deliver, refund_elsewhere
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Desk, open_village, order

OFFICE, STUDIO = "/vi/office/taxes", "/vi/studio/taxes"
NOVEMBER = f"{OFFICE}?month=2026-11"
IN_DECEMBER = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
HERE = {"Referer": "https://localhost/"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_village(app)


@pytest.fixture(autouse=True)
def _in_december(app: Flask) -> object:
    with clock.stopped(IN_DECEMBER):
        yield


def sell(app: Flask, desk: Desk, *, gives_back: int = 0) -> None:
    """A vase for 1.850.000 ₫ and 40.000 ₫ postage, paid and delivered in November."""
    placed = order(app, "binh", method=PaymentMethod.VIETQR)
    with app.app_context():
        payment = db.session.scalars(
            select(Payment).where(Payment.transfer_reference == placed.reference)
        ).one()
        key, amount = payment.id, payment.amount
        with transaction():
            settle_payment(key, amount, at=NOW)
        found = db.session.scalars(select(Order).where(Order.group.has(payment_id=key))).one()
        deliver(found, desk.lan)
        if gives_back:
            refund_elsewhere(key, gives_back)


def browser(app: Flask, key: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, key))
    return client


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    with app.app_context():
        key = make_person("Ngô Bảo Ấn", is_officer=True).id
        db.session.commit()
    return browser(app, key)


def issue(officer: FlaskClient) -> Page:
    return read(send(officer, get(officer, NOVEMBER), "/net-lam/certificates"))


def pay(officer: FlaskClient, **typed: str) -> Page:
    values = {"vat": "18.500đ", "pit": "9 250", "paid_on": "2026-12-01", "note": "GNT 7", **typed}
    return read(send(officer, get(officer, NOVEMBER), "/payments", **values))


def test_others_find_nothing(app: Flask, desk: Desk, client: FlaskClient) -> None:
    assert client.get(OFFICE).status_code == 303
    lan = browser(app, desk.lan)
    token = get(lan, "/vi/account").form("/sign-out").values["csrf_token"]
    for path in ("", "/2026-11.csv", "/2026-11/net-lam.csv", "/certificates/2026/1.pdf"):
        assert lan.get(OFFICE + path).status_code == 404
    for path in ("/2026-11/payments", "/2026-11/net-lam/certificates"):
        answer = lan.post(OFFICE + path, data={"csrf_token": token}, headers=HERE)
        assert answer.status_code == 404
    stranger = browser(app, desk.stranger)
    for path in ("", "/2026-11.csv", "/certificates/2026/1.pdf"):
        assert stranger.get(STUDIO + path).status_code == 404


def test_the_month_is_shown_with_every_line_and_its_sums(
    app: Flask, desk: Desk, officer: FlaskClient
) -> None:
    assert "Tháng này không có bán hàng" in get(officer, OFFICE).text
    sell(app, desk, gives_back=945_000)
    with count_sql(app) as sent:
        page = get(officer, OFFICE)
    assert len(sent) <= 16, sent.texts
    for words in ("tháng 11/2026", "khớp với sổ", "Hoàn tiền", "18.500", "-9.250", "4.625"):
        assert words in page.text.replace("\N{MINUS SIGN}", "-"), words
    assert "November 2026" in get(officer, "/en/office/taxes").text
    for missing in ("2027-01", "2026-1", "x"):
        assert officer.get(f"{OFFICE}?month={missing}").status_code == 404
        assert officer.get(f"{OFFICE}/{missing}.csv").status_code == 404


def test_the_file_holds_every_line_and_no_formula(
    app: Flask, desk: Desk, officer: FlaskClient
) -> None:
    sell(app, desk, gives_back=945_000)
    with app.app_context(), transaction():
        db.session.execute(update(Workshop).values(tax_id="=1+1"))
    for path in ("/2026-11.csv", "/2026-11/net-lam.csv"):
        answer = officer.get(OFFICE + path)
        assert answer.data.startswith("\N{BYTE ORDER MARK}".encode())
        head, sold, back, total = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
        assert head[-1] == "Thuế TNCN đã khấu trừ"
        assert (sold[1], sold[4], sold[5:]) == ("'=1+1", "Đã bán", ["1850000", "18500", "9250"])
        assert back[4:] == ["Hoàn tiền", "-925000", "-9250", "-4625"]
        assert total[5:] == ["925000", "9250", "4625"]
    assert len(officer.get(f"{OFFICE}/2026-11/lo-bau-do.csv").data.splitlines()) == 2
    assert officer.get(f"{OFFICE}/2026-11/nobody.csv").status_code == 404


def test_a_certificate_is_issued_and_read_by_its_workshop_alone(
    app: Flask, desk: Desk, officer: FlaskClient
) -> None:
    sell(app, desk)
    stale = get(officer, NOVEMBER)
    assert issue(officer).status == 303
    again = send(officer, stale, "/net-lam/certificates")
    assert again.status_code == 409
    assert "vừa được lập" in read(again).text
    assert issue(officer).status == 303
    assert "đã thay bằng 2026/00002" in get(officer, NOVEMBER).text
    lan, duc = browser(app, desk.lan), browser(app, desk.duc)
    paper = f"{STUDIO}/certificates/2026/2.pdf"
    assert lan.get(paper).data.startswith(b"%PDF")
    assert officer.get(f"{OFFICE}/certificates/2026/1.pdf").data.startswith(b"%PDF")
    assert duc.get(paper).status_code == 404
    assert officer.get(f"{OFFICE}/certificates/2026/3.pdf").status_code == 404
    with app.app_context():
        words = words_of(certificate(2026, 2), is_demonstration=True)
    assert words["replaces"] == "2026/00001"
    assert words["month_vi"] == "11/2026"
    assert (words["vat"], words["total"]) == (
        "18.500\N{NO-BREAK SPACE}₫",
        "27.750\N{NO-BREAK SPACE}₫",
    )


def test_a_workshop_sees_its_own_months(app: Flask, desk: Desk, officer: FlaskClient) -> None:
    sell(app, desk)
    issue(officer)
    with app.app_context(), transaction():
        day = date(2026, 1, 1)
        put_threshold(500_000_000, day, source="Luật 2025", is_verified=False, at=NOW)
    lan = browser(app, desk.lan)
    page = get(lan, STUDIO)
    for words in (
        "500.000.000",
        "chưa kiểm chứng",
        "Luật 2025",
        "Tháng 11/2026",
        "1.850.000",
        "18.500",
        "2026/00001",
    ):
        assert words in page.text, words
    assert lan.get(f"{STUDIO}/2026-11.csv").status_code == 200
    for missing in ("2026-10", "2026-13"):
        assert lan.get(f"{STUDIO}/{missing}.csv").status_code == 404
    assert "Chưa bán được hàng" in get(browser(app, desk.duc), STUDIO).text
    assert STUDIO in get(lan, "/vi/studio").html
    with app.app_context(), transaction():
        db.session.execute(update(WorkshopMember).values(role=MemberRole.PACKER))
    assert lan.get(STUDIO).status_code == 404
    assert STUDIO not in get(lan, "/vi/studio").html


def test_what_the_tax_office_was_paid_is_written_down_once(
    app: Flask, desk: Desk, officer: FlaskClient
) -> None:
    sell(app, desk)
    stale = get(officer, NOVEMBER)
    assert pay(officer).status == 303
    page = get(officer, NOVEMBER)
    assert "Tháng này đã nộp đủ" in page.text
    assert "GNT 7" in page.text
    values = {"vat": "1", "pit": "0", "paid_on": "2026-12-01", "note": "GNT 8"}
    assert send(officer, stale, "/payments", **values).status_code == 409
    with app.app_context():
        assert balance(Account.WITHHELD_VAT) == balance(Account.WITHHELD_PIT) == 0
        assert balance(Account.CLEARING_BANK) == 1_890_000 - 27_750


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("vat", "mười nghìn", "Ghi số tiền bằng đồng"),
        ("vat", "-1", "Ghi số tiền bằng đồng"),
        ("pit", "9.251", "Nhiều hơn số còn phải nộp"),
        ("paid_on", "2026-11-30", "sau khi hết tháng"),
        ("note", " ", "Chép số trên giấy nộp tiền"),
        ("number", "x", ""),
    ],
)
def test_what_cannot_have_been_paid_is_said_beside_its_field(
    app: Flask, desk: Desk, officer: FlaskClient, field: str, typed: str, words: str
) -> None:
    sell(app, desk)
    page = pay(officer, **{field: typed})
    assert page.status == 422
    assert words in page.text
    if field != "vat":
        assert page.form("/payments").values["vat"] == "18.500đ"
    with app.app_context():
        assert balance(Account.WITHHELD_VAT) == 18_500


def test_an_officer_sets_what_a_piece_is_taxed_as(
    app: Flask, desk: Desk, officer: FlaskClient
) -> None:
    path = "/vi/office/taxed-as?workshop=net-lam"
    values = {"slug": "binh", "taxed_as": "mixed", "note": "Kế toán Hoa, 12/2026"}
    assert send(officer, get(officer, path), "/net-lam", **values).status_code == 303
    assert "Kế toán Hoa" in get(officer, path).text
    again = read(send(officer, get(officer, path), "/net-lam", **values))
    assert again.status == 422
    assert again.form("/net-lam").values["note"] == "Kế toán Hoa, 12/2026"
    for wrong in ({"slug": "chum"}, {"taxed_as": "all"}, {"note": " "}):
        page = read(send(officer, get(officer, path), "/net-lam", **{**values, **wrong}))
        assert page.status == 422
    lan = browser(app, desk.lan)
    assert "Kế toán Hoa" in get(lan, STUDIO).text
    assert lan.get(path).status_code == 404
    assert officer.get("/vi/office/taxed-as?workshop=nobody").status_code == 404
    assert officer.get("/vi/office/taxed-as").status_code == 200


def test_an_empty_month_has_a_file_of_its_own(app: Flask) -> None:
    with app.test_request_context("/vi"):
        rows = workshop_months(month=date(2026, 11, 1))
        assert month_csv(rows).decode("utf-8-sig").count("\n") == 2
