"""Where money is to go back to: what is taken for an account, who sees it, when it is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.checkout.actions import cancel_unpaid, settle_payment
from shop.checkout.refunds import pay_back_by_hand
from shop.core import clock
from shop.core.db import db
from shop.core.money import Money
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.orders.models import ActorKind, OrderGroup
from shop.payments import vietqr
from shop.payments.bank_details import (
    KEPT,
    CardNumber,
    erase_old_bank_details,
    parse_account,
    parse_holder,
)
from shop.payments.banks import BANKS
from shop.payments.models import BankDetails, PaymentMethod, Refund
from tests.conftest import new_client
from tests.factories import make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Placed, open_village, order

GIVEN = {"bank": "970436", "account": "0011 0022 3344", "holder": "Trần Mai Lan"}


def test_banks_have_six_digits_and_stand_in_order() -> None:
    assert all(len(number) == 6 and number.isdecimal() for number in BANKS)
    assert list(BANKS.values()) == sorted(BANKS.values(), key=str.casefold)


@pytest.mark.parametrize(
    ("text", "account"),
    [("0011 0022 3344", "001100223344"), ("19-03.4567", "19034567"), ("sac123", "SAC123")],
)
def test_an_account_is_kept_without_what_people_write_between(text: str, account: str) -> None:
    assert parse_account(text) == account


@pytest.mark.parametrize("text", ["", "123", "1" * 20, "12_34", "tài khoản", "0011/22"])
def test_what_is_no_account(text: str) -> None:
    with pytest.raises(ValueError, match="4 to 19"):
        parse_account(text)


def test_a_card_is_not_an_account() -> None:
    with pytest.raises(CardNumber):
        parse_account("9704 3612 3456 7890")


def test_a_holder_is_written_as_banks_do() -> None:
    assert parse_holder(" Trần  Đỗ Mai Lan ") == "TRAN DO MAI LAN"
    assert parse_holder("Cty TNHH Gốm (HN)") == "CTY TNHH GOM (HN)"
    for text in ("", "<b>", "A", "李"):
        with pytest.raises(ValueError, match="not a name"):
            parse_holder(text)


@pytest.fixture
def owed(app: Flask) -> Placed:
    """A transfer that came after the buyer had cancelled: all of it is owed back."""
    open_village(app)
    placed = order(app, "binh", "chum", method=PaymentMethod.VIETQR)
    with app.app_context(), transaction():
        group = group_of(placed)
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=clock.now())
        settle_payment(group.payment_id, placed.total, at=clock.now())
    return placed


def group_of(placed: Placed) -> OrderGroup:
    return db.session.query(OrderGroup).filter_by(reference=placed.reference).one()


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, make_person("Ngô Bảo Ấn", is_officer=True))
    return client


def give(client: FlaskClient, placed: Placed, **typed: str) -> Page:
    path = f"/vi/orders/{placed.token}/bank-details"
    return read(send(client, get(client, path), "/bank-details", **{**GIVEN, **typed}))


def refund_page(app: Flask) -> str:
    with app.app_context():
        key = db.session.scalars(select(Refund.public_id).order_by(Refund.id)).first()
    return f"/vi/office/refunds/{key}"


def causes(app: Flask) -> list[str]:
    with app.app_context():
        return [
            cause.split(":")[0]
            for cause in db.session.scalars(select(Mail.cause).order_by(Mail.id))
        ]


class TestTheBuyer:
    def test_is_asked_gives_it_and_sees_its_end_only(
        self, app: Flask, client: FlaskClient, owed: Placed
    ) -> None:
        page = get(client, f"/vi/orders/{owed.token}")
        assert f"/vi/orders/{owed.token}/bank-details" in page.links.values()
        assert give(client, owed).status == 303
        for path in (f"/vi/orders/{owed.token}", f"/vi/orders/{owed.token}/bank-details"):
            page = get(client, path)
            assert "344" in page.text
            assert "001100223344" not in page.html
        assert causes(app) == ["account-given"]
        with app.app_context():
            mail = db.session.scalars(select(Mail)).one()
            assert "344" in mail.text
            assert "001100223344" not in mail.text + mail.html

    def test_the_same_again_changes_nothing(
        self, app: Flask, client: FlaskClient, owed: Placed
    ) -> None:
        give(client, owed)
        give(client, owed)
        assert causes(app) == ["account-given"]
        give(client, owed, account="99887766")
        with app.app_context():
            details = db.session.scalars(select(BankDetails)).one()
            assert (details.account, details.times_given) == ("99887766", 2)
        assert causes(app) == ["account-given"] * 2

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("bank", ""),
            ("bank", "123456"),
            ("account", ""),
            ("account", "12"),
            ("account", "9704361234567890"),
            ("holder", ""),
            ("holder", "<script>"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_the_rest_is_kept(
        self, app: Flask, client: FlaskClient, owed: Placed, field: str, text: str
    ) -> None:
        page = give(client, owed, **{field: text})
        assert page.status == 422
        assert f'id="{field}-error"' in page.html
        values = page.form("/bank-details").values
        other = "account" if field != "account" else "holder"
        assert values[other].replace(" ", "") in ("001100223344", "TRANMAILAN")
        with app.app_context():
            assert db.session.scalar(select(BankDetails)) is None

    def test_there_is_nothing_to_give_where_nothing_can_go_back(
        self, app: Flask, client: FlaskClient
    ) -> None:
        open_village(app)
        placed = order(app, "binh", method=PaymentMethod.VIETQR)
        assert client.get(f"/vi/orders/{placed.token}/bank-details").status_code == 404
        assert client.get("/vi/orders/nobody/bank-details").status_code == 404
        assert "bank-details" not in get(client, f"/vi/orders/{placed.token}").html


class TestTheOffice:
    def test_sees_it_with_a_code_for_exactly_this(
        self, app: Flask, client: FlaskClient, officer: FlaskClient, owed: Placed
    ) -> None:
        give(client, owed)
        path = refund_page(app)
        assert f'href="{path}"' in get(officer, "/vi/office").html
        page = get(officer, path)
        assert "001100223344" in page.text
        assert "TRAN MAI LAN" in page.text
        with app.app_context():
            amount = db.session.scalars(select(Refund.amount).order_by(Refund.id)).first() or 0
            purpose = f"Hoan tien {owed.reference}"
            text = vietqr.payload("970436", "001100223344", Money(amount), purpose=purpose)
            drawn = vietqr.svg(text, "").split("<path")[1:]
        assert drawn
        assert all(path.split(' d="')[1].split('"')[0] in page.html for path in drawn)

    def test_is_warned_when_it_was_changed(
        self, app: Flask, client: FlaskClient, officer: FlaskClient, owed: Placed
    ) -> None:
        give(client, owed)
        before = get(officer, refund_page(app)).html.count('class="notice"')
        give(client, owed, account="99887766")
        assert get(officer, refund_page(app)).html.count('class="notice"') == before + 1

    def test_asks_by_mail_once_a_day_or_writes_it_down(
        self, app: Flask, officer: FlaskClient, owed: Placed
    ) -> None:
        path = refund_page(app)
        for _ in range(2):
            assert send(officer, get(officer, path), "/question").status_code == 303
        assert causes(app) == ["account-wanted"]
        assert read(send(officer, get(officer, path), "/bank-details")).status == 422
        assert send(officer, get(officer, path), "/bank-details", **GIVEN).status_code == 303
        assert causes(app) == ["account-wanted", "account-given"]
        assert "001100223344" in get(officer, path).text

    def test_nobody_else_sees_it(
        self, app: Flask, client: FlaskClient, officer: FlaskClient, owed: Placed
    ) -> None:
        give(client, owed)
        assert client.get(refund_page(app)).status_code == 303
        with app.app_context():
            sign_in(client, make_person("Khách"))
        assert client.get(refund_page(app)).status_code == 404
        assert officer.get("/vi/office/refunds/nothing").status_code == 404


def test_it_is_erased_ninety_days_after_the_money_has_gone(
    app: Flask, client: FlaskClient, owed: Placed
) -> None:
    give(client, owed)
    with app.app_context():
        now = clock.now()
        with transaction():
            assert erase_old_bank_details(now + KEPT * 2) == 0, "money is owed still"
        paid = now + timedelta(days=30)
        officer_id = db.session.scalars(select(Person.id)).first()
        refunds = db.session.scalars(select(Refund.public_id)).all()
        with transaction():
            for refund in refunds:
                pay_back_by_hand(refund, by_id=officer_id or 0, at=paid)
        with transaction():
            assert erase_old_bank_details(paid + KEPT - timedelta(hours=1)) == 0
        with transaction():
            assert erase_old_bank_details(paid + KEPT + timedelta(hours=1)) == 1
        details = db.session.scalars(select(BankDetails)).one()
        assert (details.bank_bin, details.account, details.holder) == (None, None, None)
        with transaction():
            assert erase_old_bank_details(paid + KEPT * 2) == 0
    assert "344" not in get(client, f"/vi/orders/{owed.token}").text
