"""The workshop's money page and the office's payouts: who sees them, and what adds up."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.orders.models import Order
from shop.payments import vietqr
from shop.payments.models import Payment, PaymentMethod
from shop.payouts.batch import batch_file, transfer_code
from shop.payouts.models import AccountStatus, Payout, PayoutStatus, WorkshopAccount
from shop.payouts.queries.lines import lines_of_payout, sum_up
from shop.payouts.queries.money import money_of, payout_of
from shop.payouts.statements import statement_of, statement_rows
from shop.workshops.models import MemberRole, WorkshopMember
from tests.checkout.bookkeeping import faults, refund_elsewhere, take_cash
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import get, read, send
from tests.payouts.paying import (
    EARNED,
    WINDOW_OVER,
    Village,
    open_paying_village,
    prepare,
    sell,
)

MONEY, OFFICE = "/vi/studio/money", "/vi/office/payouts"


@pytest.fixture
def village(app: Flask) -> Village:
    return open_paying_village(app)


def browser(app: Flask, person_id: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, person_id))
    return client


def sums(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_lines_of_a_statement_add_up_to_the_books(app: Flask, village: Village) -> None:
    """A sale, one half given back, and cash that was kept."""
    desk = village.desk
    sell(app, desk, "binh")
    (kept,) = sell(app, desk, "binh", method=PaymentMethod.CASH)
    with app.app_context():
        order = db.session.scalars(select(Order).where(Order.public_id == kept)).one()
        take_cash(order, desk.lan)
        first = db.session.scalars(select(Payment.id).order_by(Payment.id)).first()
        assert first is not None
        refund_elsewhere(first, 945_000)
        sell(app, desk, "binh")
        (payout,) = prepare(village.officer)
        lines = lines_of_payout(payout.id)
        in_all = sum_up(lines)
        assert [line.total for line in lines] == [820_125, EARNED, EARNED, -1_890_000]
        half = lines[0].sums
        assert (half.goods, half.refunds, half.postage) == (1_850_000, -945_000, 40_000)
        assert half.commission + half.commission_vat == -166_500 + 83_250
        assert (half.fund, half.withheld_vat, half.withheld_pit) == (-27_750, -9_250, -4_625)
        assert in_all.cash == -1_890_000
        assert in_all.total == payout.amount
        with app.test_request_context("/vi/"):
            whole = payout_of(payout.public_id)
            rows = statement_rows(whole, lines)
            assert sum(int(row[-1]) for row in rows[1:5]) == rows[5][-1] == payout.amount
            assert [row[-1] for row in rows[6:]] == [payout.earned_before, -payout.amount, 0]
            assert len(statement_of(whole, lines)["lines"]) == 4
        assert faults() == []


def test_the_page_says_what_comes_and_when(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    lan = browser(app, village.desk.lan)
    with clock.stopped(NOW):
        page = get(lan, MONEY)
    assert "Tiền của tôi" in page.text
    assert "Kỳ trả tới: Thứ Sáu 20/11" in page.text
    # Delivered on the 20th, to be sent back until the 27th, so paid on the Friday after.
    assert "Thứ Sáu 4/12" in page.text
    for amount in ("1.640.250 ₫", "1.850.000 ₫", "-55.500 ₫"):
        assert amount in sums(page.text), amount
    with clock.stopped(WINDOW_OVER + timedelta(days=6)):
        assert "Kỳ trả tới: Thứ Sáu 4/12" in get(lan, MONEY).text
        english = get(lan, "/en/studio/money")
    assert "Next payout: Friday 4 December" in english.text


def test_the_page_costs_as_much_for_many_orders_as_for_one(app: Flask, village: Village) -> None:
    counts = []
    for _ in range(2):
        sell(app, village.desk, "binh")
        with app.app_context(), count_sql(app) as sent:
            money_of(village.desk.net_lam, NOW.date())
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 8


def test_a_paid_payout_has_statements_for_its_own_workshop_alone(
    app: Flask, village: Village
) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (payout,) = prepare(village.officer)
        key = payout.public_id
    path = f"/vi/studio/money/payouts/{key}"
    lan, duc = browser(app, village.desk.lan), browser(app, village.desk.duc)
    assert lan.get(f"{path}.pdf").data.startswith(b"%PDF")
    answer = lan.get(f"{path}.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[1][-1] == str(EARNED)
    officer = browser(app, village.officer)
    for ending in ("pdf", "csv"):
        assert duc.get(f"{path}.{ending}").status_code == 404
        assert officer.get(f"{OFFICE}/{key}.{ending}").status_code == 200
    page = get(lan, MONEY)
    assert "Đang chuyển" in page.text
    assert f"{key}.pdf" in page.html


def test_who_packs_does_not_see_the_money(app: Flask, village: Village) -> None:
    with app.app_context():
        packer, seller = make_person("Packer").id, make_person("Seller").id
        for person_id, role in ((packer, MemberRole.PACKER), (seller, MemberRole.SELLER)):
            db.session.add(
                WorkshopMember(workshop_id=village.desk.net_lam, person_id=person_id, role=role)
            )
        db.session.commit()
    assert browser(app, packer).get(MONEY).status_code == 404
    page = get(browser(app, seller), MONEY)
    assert not page.has_form("/money/account")
    assert browser(app, village.desk.stranger).get(MONEY).status_code == 404


def account_of(app: Flask, workshop_id: int, status: AccountStatus) -> str | None:
    with app.app_context():
        return db.session.scalar(
            select(WorkshopAccount.number).where(
                WorkshopAccount.workshop_id == workshop_id, WorkshopAccount.status == status
            )
        )


def test_a_changed_account_is_held_until_an_officer_confirms_it(
    app: Flask, village: Village
) -> None:
    lan, officer = browser(app, village.desk.lan), browser(app, village.officer)
    net_lam = village.desk.net_lam
    page = get(lan, MONEY)
    wrong = send(lan, page, "/account", bank="970422", account="12", holder="Tô Thị Lan")
    assert wrong.status_code == 422
    assert read(wrong).form("/account").values["account"] == "12"
    values = {"bank": "970422", "account": "0000 0000 0002", "holder": "Tô Thị Lan"}
    for _ in range(2):
        assert send(lan, page, "/account", **values).status_code == 303
    held, used = AccountStatus.HELD, AccountStatus.CONFIRMED
    assert account_of(app, net_lam, held) == "000000000002"
    assert account_of(app, net_lam, used) == "0000000001"
    masked = get(lan, MONEY)
    assert "•••• 0002" in masked.text
    assert "000000000002" not in masked.html
    with app.app_context():
        mail = db.session.scalars(select(Mail)).one()
        assert "•••• 0002" in mail.text
        assert "000000000002" not in mail.text
    desk = get(officer, OFFICE)
    assert "000000000002" in desk.text
    assert send(officer, desk, "/refusal").status_code == 422
    assert send(officer, desk, "/confirmation").status_code == 303
    assert account_of(app, net_lam, used) == "000000000002"
    assert account_of(app, net_lam, held) is None
    assert send(officer, desk, "/confirmation").status_code == 409


def test_nobody_confirms_their_own_account(app: Flask, village: Village) -> None:
    with app.app_context():
        db.session.get_one(Person, village.desk.lan).is_officer = True
        db.session.commit()
    lan = browser(app, village.desk.lan)
    values = {"bank": "970422", "account": "000000000003", "holder": "TO THI LAN"}
    assert send(lan, get(lan, MONEY), "/account", **values).status_code == 303
    assert send(lan, get(lan, OFFICE), "/confirmation").status_code == 409
    assert account_of(app, village.desk.net_lam, AccountStatus.CONFIRMED) == "0000000001"


def test_the_office_prepares_sends_and_pays(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh", "chum")
    officer = browser(app, village.officer)
    with clock.stopped(WINDOW_OVER):
        page = get(officer, OFFICE)
        assert "được trả" in page.text
        late = send(officer, page, "/payouts", up_to="2027-01-01")
        assert late.status_code == 422
        answer = send(officer, page, "/payouts", up_to="2026-11-28")
        assert answer.status_code == 303
        run = answer.headers["Location"]
        whole = f"runs/{run.rsplit('/', 1)[-1]}"
        assert send(officer, page, "/payouts", up_to="2026-11-28").headers["Location"] == run
        found = get(officer, run)
        assert "Xưởng Nét Lam" in found.text
        assert send(officer, found, "/files").status_code == 303
        found = get(officer, run)
        (file,) = set(re.findall(r"files/([0-9a-f]{64})\.csv", found.html))
        content = officer.get(f"{run}/files/{file}.csv").data
        assert content.decode("ascii").splitlines()[0].startswith("STT,SO TAI KHOAN")
        assert f",{EARNED}," in content.decode("ascii")
        assert send(officer, found, f"{whole}/sending").status_code == 303
        with app.app_context():
            states = set(db.session.scalars(select(Payout.status)))
        assert states == {PayoutStatus.SENT}
        found = get(officer, run)
        first = re.findall(r'name="(\w+)-note"', found.html)[0]
        assert send(officer, found, f"{first}/failure").status_code == 422
        one = {f"{first}-note": "Sai tên"}
        assert send(officer, found, f"{first}/failure", **one).status_code == 303
        assert send(officer, found, f"{whole}/payment").status_code == 303
        assert send(officer, found, f"{first}/failure", **one).status_code == 409
    with app.app_context():
        states = set(db.session.scalars(select(Payout.status)))
        assert states == {PayoutStatus.FAILED, PayoutStatus.PAID}
        assert faults() == []


@pytest.mark.parametrize("path", ["", "/runs/x", "/x.pdf", "/runs/x/files/y.csv"])
def test_others_find_no_payouts(app: Flask, village: Village, path: str) -> None:
    assert browser(app, village.desk.lan).get(f"{OFFICE}{path}").status_code == 404


def test_what_the_bank_is_given(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh")
    with app.app_context():
        (payout,) = prepare(village.officer)
        whole = payout_of(payout.public_id)
        heading, row = batch_file([whole]).splitlines()
        assert len(heading.split(",")) == 7
        content = f"Tra tien hang {whole.reference}"
        assert row == f"1,0000000001,XUONG MINH HOA,Vietcombank,970436,{EARNED},{content}"
        assert len(content) <= 25
        transfer = vietqr.parse(transfer_code(whole))
        assert (transfer.account, transfer.amount and transfer.amount.dong) == (
            "0000000001",
            EARNED,
        )


def test_cash_that_a_carrier_keeps_too_long_is_listed(app: Flask, village: Village) -> None:
    sell(app, village.desk, "binh", method=PaymentMethod.CASH)
    officer = browser(app, village.officer)
    with clock.stopped(NOW + timedelta(days=6)):
        assert "hãng vận chuyển còn giữ" not in get(officer, OFFICE).text
    with clock.stopped(NOW + timedelta(days=8)):
        assert "hãng vận chuyển còn giữ" in get(officer, OFFICE).text


def test_a_term_begins_tomorrow_or_later(app: Flask, village: Village) -> None:
    officer = browser(app, village.officer)
    with clock.stopped(NOW):
        page = get(officer, OFFICE)
        values = {"kind": "return_days", "value": "14", "source": "Họp làng"}
        for day, number, status in (
            ("2026-11-20", "14", 422),
            ("2026-11-21", "9999", 422),
            ("2026-11-21", "-1", 422),
            ("2026-11-21", "14", 303),
        ):
            wanted = {**values, "valid_from": day, "value": number}
            assert send(officer, page, "/terms", **wanted).status_code == status
