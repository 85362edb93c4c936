"""An order as its buyer follows it: by the link, by asking for the link, from the account."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.cart.models import Cart
from shop.checkout.actions import lapse_payment, settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.actions import confirm_order, move_order, pack_order, ship_order
from shop.orders.models import ActorKind, Order, OrderGroup, OrderLine, OrderStatus
from shop.payments.models import Payment, PaymentMethod
from tests.checkout.buying import place
from tests.conftest import count_sql, new_client
from tests.factories import (
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    sign_in,
    variant_of,
)
from tests.pages import get, read, send

FIND = "/vi/orders/find"
MINE = "/vi/orders/mine"


@dataclass(frozen=True)
class Placed:
    token: str
    reference: str
    group_id: int
    payment_id: int

    @property
    def page(self) -> str:
        return f"/vi/orders/{self.token}"


def make_basket() -> Cart:
    lam, bau = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
    vase = variant_of(make_product(lam))
    jar = variant_of(make_product(bau, "chum", name_vi="Chum men nâu", name_en="Brown jar"))
    make_rates()
    return make_cart((vase, 1), (jar, 2))[0]


def buy(app: Flask, settings: Settings, method: PaymentMethod = PaymentMethod.CASH) -> Placed:
    """An order at two workshops, placed now by lan@example.vn, +84912345678."""
    with app.app_context():
        group = place(settings, make_basket(), method=method, at=clock.now())
        return Placed(group.tracking_token, group.reference, group.id, group.payment_id)


@pytest.fixture
def cash(app: Flask, settings: Settings) -> Placed:
    return buy(app, settings)


@pytest.fixture
def transfer(app: Flask, settings: Settings) -> Placed:
    return buy(app, settings, PaymentMethod.VIETQR)


def pay(app: Flask, placed: Placed) -> None:
    with app.app_context(), transaction():
        amount = db.session.get_one(Payment, placed.payment_id).amount
        settle_payment(placed.payment_id, amount, at=clock.now())


def mails(app: Flask) -> list[Mail]:
    with app.app_context():
        return list(db.session.scalars(select(Mail).order_by(Mail.id)))


class TestTheLink:
    def test_shows_everything_about_the_order(self, client: FlaskClient, cash: Placed) -> None:
        page = get(client, cash.page)
        for words in (
            cash.reference,
            "Bình hoa lam vẽ sen dây",
            "Chum men nâu",
            "Từ Lò Bầu Đỏ",
            "5.550.000 ₫",
            "12 Hàng Trống",
            "Phường Hoàn Kiếm, Thành phố Hà Nội",
            "0912 345 678",
            "Trần Mai Lan",
            "Tiền mặt cần chuẩn bị",
        ):
            assert words in page.text, words

    def test_reads_in_english_too(self, client: FlaskClient, cash: Placed) -> None:
        page = get(client, f"/en/orders/{cash.token}")
        assert "Blue and white lotus vase" in page.text
        assert "₫5,550,000" in page.text
        assert "+84 912 345 678" in page.text

    @pytest.mark.parametrize("ending", ["", "/progress?seen=awaiting-2"])
    def test_a_wrong_one_is_not_found(self, client: FlaskClient, cash: Placed, ending: str) -> None:
        for token in ("x" * 32, cash.reference, cash.token[:-1], cash.token.swapcase()):
            assert client.get(f"/vi/orders/{token}{ending}").status_code == 404

    def test_is_not_kept_indexed_or_passed_on(self, client: FlaskClient, cash: Placed) -> None:
        headers = client.get(cash.page).headers
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in headers["Cache-Control"]

    def test_its_forms_pass_the_strict_referrer_check_of_https(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        app.config["WTF_CSRF_SSL_STRICT"] = True
        try:
            answer = send(client, get(client, cash.page), "/cancellation")
        finally:
            app.config["WTF_CSRF_SSL_STRICT"] = False
        assert answer.status_code == 303

    def test_costs_four_statements(self, app: Flask, client: FlaskClient, cash: Placed) -> None:
        with count_sql(app) as sent:
            client.get(cash.page)
        assert len(sent) == 4, sent.texts
        with count_sql(app) as sent:
            client.get(f"{cash.page}/progress?seen=awaiting-2")
        assert len(sent) == 1, sent.texts


class TestPayingByTransfer:
    def test_shows_code_account_amount_and_reference(
        self, client: FlaskClient, transfer: Placed, settings: Settings
    ) -> None:
        page = get(client, transfer.page)
        assert settings.bank
        assert 'class="vietqr"' in page.html
        assert "Mã VietQR của khoản chuyển này" in page.html
        copied = re.findall(r'data-copy="([^"]+)"', page.html)
        assert copied == [
            settings.bank.bank_name,
            settings.bank.number,
            settings.bank.holder,
            "5660000",
            transfer.reference,
        ]
        assert "5.660.000 ₫" in page.text

    def test_the_page_asks_again_by_itself_until_it_is_paid(
        self, app: Flask, client: FlaskClient, transfer: Placed
    ) -> None:
        page = get(client, transfer.page)
        [ask] = re.findall(r'hx-get="([^"]+)" hx-trigger="every 8s"', page.html)
        ask = ask.replace("&amp;", "&")
        assert client.get(ask, headers={"HX-Request": "true"}).status_code == 204
        pay(app, transfer)
        fresh = read(client.get(ask, headers={"HX-Request": "true"}))
        assert fresh.status == 200
        assert "<html" not in fresh.html
        assert "hx-trigger" not in fresh.html
        assert "Đã nhận tiền" in fresh.text
        assert "vietqr" not in fresh.html
        assert client.get(ask).location == transfer.page

    def test_after_its_time_says_what_became_of_it(
        self, app: Flask, client: FlaskClient, transfer: Placed
    ) -> None:
        with app.app_context(), transaction():
            lapse_payment(transfer.payment_id, at=clock.now() + timedelta(days=5))
        page = get(client, transfer.page)
        assert page.headings == ["Đơn này quá hạn trả tiền"]
        assert "hx-trigger" not in page.html
        assert "vietqr" not in page.html
        assert not page.has_form("/cancellation")
        assert "Hàng đã bày bán trở lại." in page.text
        assert "Hàng Trống" not in page.text
        assert "Giao đến" not in page.text

    def test_puts_nothing_on_sale_again_that_was_made_to_order(
        self, app: Flask, client: FlaskClient, transfer: Placed
    ) -> None:
        with app.app_context(), transaction():
            lapse_payment(transfer.payment_id, at=clock.now() + timedelta(days=5))
            lines = db.session.scalars(select(OrderLine).order_by(OrderLine.id)).all()
            lines[0].holds_stock, lines[0].lead_days = False, 30
        mixed = get(client, transfer.page).text
        assert "Những món có sẵn đã được bày bán lại." in mixed
        assert "Làm theo đặt, 30 ngày" in mixed
        with app.app_context(), transaction():
            for line in db.session.scalars(select(OrderLine)):
                line.holds_stock = False
        assert "bày bán" not in get(client, transfer.page).text


@pytest.mark.parametrize(
    ("states", "headline"),
    [
        (("placed", "placed"), "Đơn của bạn"),
        (("shipped", "placed"), "Một phần đơn này đang trên đường giao"),
        (("shipped", "shipped"), "Đơn này đang trên đường giao"),
        (("delivered", "packed"), "Bạn đã nhận một phần đơn này"),
        (("delivered", "delivered"), "Đơn này đã hoàn tất"),
        (("cancelled", "placed"), "Một phần đơn này đã bị huỷ"),
        (("cancelled", "cancelled"), "Đơn này đã huỷ"),
    ],
)
def test_the_headline_is_true_of_every_parcel(
    app: Flask, client: FlaskClient, cash: Placed, states: tuple[str, str], headline: str
) -> None:
    with app.app_context(), transaction():
        orders = db.session.scalars(select(Order).order_by(Order.id)).all()
        for order, state in zip(orders, states, strict=True):
            order.status = OrderStatus(state)
    page = get(client, cash.page)
    assert page.headings == [headline]
    assert ("Đã giao đến" in page.text) == (set(states) == {"delivered"})


class TestPayingByCard:
    @pytest.fixture
    def card(self, app: Flask, settings: Settings) -> Placed:
        cards = replace(settings, stripe_secret_key="sk_test_1", stripe_webhook_secret="whsec_1")
        return buy(app, cards, PaymentMethod.STRIPE)

    def test_offers_to_pay_while_it_is_open(self, client: FlaskClient, card: Placed) -> None:
        page = get(client, card.page)
        assert page.headings == ["Đơn chưa trả tiền"]
        assert page.has_form("/payment")

    def test_coming_back_proves_nothing(
        self, app: Flask, client: FlaskClient, card: Placed
    ) -> None:
        """The address the provider returns to says that the buyer came, not that money did."""
        page = get(client, f"{card.page}?card=returned")
        assert page.headings == ["Đang chờ bên thẻ xác nhận"]
        assert "hx-trigger" in page.html
        assert "card=returned" in page.html
        with app.app_context():
            assert db.session.get_one(Payment, card.payment_id).is_open
        pay(app, card)
        assert "đang làm đơn" in get(client, f"{card.page}?card=returned").text

    def test_leaving_the_card_page_leaves_the_choice(
        self, client: FlaskClient, card: Placed
    ) -> None:
        page = get(client, f"{card.page}?card=left")
        assert "Bạn đã quay về mà chưa trả." in page.text
        assert page.has_form("/payment")
        assert page.has_form("/cancellation")


class TestTheTimeline:
    def step(self, app: Flask, placed: Placed, *verbs: str) -> None:
        with app.app_context():
            order = db.session.scalars(
                select(Order).where(Order.group_id == placed.group_id).order_by(Order.id)
            ).first()
            assert order
            db.session.refresh(order, ["lines", "workshop", "shipment"])
            by, now = make_member(order.workshop), clock.now()
            for verb in verbs:
                if verb == "confirm":
                    confirm_order(order, by=by, at=now)
                elif verb == "pack":
                    pack_order(order, by=by, at=now)
                elif verb == "ship":
                    ship_order(
                        order,
                        carrier_code="ghn",
                        carrier_name="Giao Hàng Nhanh",
                        tracking_number="GHN123456",
                        tracking_url="https://carrier.example/GHN123456",
                        by=by,
                        at=now,
                    )
                else:
                    move_order(
                        order,
                        OrderStatus.CANCELLED,
                        by=ActorKind.WORKSHOP,
                        by_id=by.id,
                        at=now,
                        note="Bình nứt khi ra lò",
                    )
            db.session.commit()

    def test_tells_each_step_in_hanoi_time_and_what_is_to_come(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        self.step(app, cash, "confirm", "pack", "ship")
        page = get(client, cash.page)
        first = page.text[page.text.index("Từ Xưởng Nét Lam") : page.text.index("Từ Lò Bầu Đỏ")]
        places = [
            first.index(words)
            for words in (
                "Đặt hàng",
                "Xưởng xác nhận đơn",
                "Đã đóng gói",
                "Đã giao cho hãng vận chuyển",
                "GHN123456",
                "Giao đến bạn 1–3 ngày",
            )
        ]
        assert places == sorted(places)
        assert page.html.count("<time") == 5
        assert 'href="https://carrier.example/GHN123456" rel="noreferrer"' in page.html
        assert not page.has_form("/cancellation")

    def test_a_workshops_refusal_carries_its_reason(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        self.step(app, cash, "cancel")
        assert "Xưởng huỷ: Bình nứt khi ra lò" in get(client, cash.page).text


class TestFinding:
    @pytest.mark.parametrize("contact", ["lan@example.vn", " LAN@example.vn ", "0912 345 678"])
    def test_mails_the_link_to_the_orders_own_address(
        self, app: Flask, client: FlaskClient, cash: Placed, contact: str
    ) -> None:
        page = get(client, FIND)
        typed = f" {cash.reference.lower()} "
        answer = read(send(client, page, "/find", reference=typed, contact=contact))
        assert answer.status == 200
        assert cash.token not in answer.html
        [mail] = mails(app)
        assert mail.recipient == "lan@example.vn"
        assert f"http://127.0.0.1:8000{cash.page}" in mail.text

    def test_says_the_same_whether_there_is_such_an_order(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        page = get(client, FIND)
        right = send(client, page, "/find", reference=cash.reference, contact="lan@example.vn")
        for contact in ("other@example.vn", "0987 654 321"):
            wrong = send(client, page, "/find", reference=cash.reference, contact=contact)
            assert read(wrong).text == read(right).text
        assert len(mails(app)) == 1

    def test_writes_at_most_one_mail_an_hour(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        page = get(client, FIND)
        with clock.stopped(clock.now().replace(minute=5)):
            for _ in range(3):
                send(client, page, "/find", reference=cash.reference, contact="lan@example.vn")
        assert len(mails(app)) == 1

    @pytest.mark.parametrize(
        ("reference", "contact", "field"),
        [
            ("", "lan@example.vn", "reference"),
            ("BT1234567", "lan@example.vn", "reference"),
            ("BT7KX9MP4", "", "contact"),
            ("BT7KX9MP4", "lan@", "contact"),
            ("BT7KX9MP4", "0912", "contact"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(
        self, client: FlaskClient, reference: str, contact: str, field: str
    ) -> None:
        page = get(client, FIND)
        answer = read(send(client, page, "/find", reference=reference, contact=contact))
        assert answer.status == 422
        assert f'id="{field}-error"' in answer.html
        values = answer.form("/find").values
        assert (values["reference"], values["contact"]) == (reference, contact)

    def test_is_limited(self, client: FlaskClient) -> None:
        page = get(client, FIND)
        statuses = [
            send(client, page, "/find", reference="BT7KX9MP4", contact="a@example.vn").status_code
            for _ in range(7)
        ]
        assert 429 in statuses


class TestMine:
    def own(self, app: Flask, placed: Placed, person: Person) -> None:
        with app.app_context():
            db.session.get_one(OrderGroup, placed.group_id).person_id = person.id
            db.session.commit()

    def person(self, app: Flask, client: FlaskClient, *, proven: bool = True) -> Person:
        with app.app_context():
            at = clock.now() if proven else None
            person = make_person(email="lan@example.vn", email_proven_at=at)
            sign_in(client, person)
            db.session.refresh(person)
            db.session.expunge(person)
            return person

    def test_is_for_those_signed_in(self, client: FlaskClient) -> None:
        assert "/vi/sign-in" in str(client.get(MINE).location)
        token = get(client, FIND).form("/find").values["csrf_token"]
        answer = client.post(f"{MINE}/claim", data={"csrf_token": token})
        assert "/vi/sign-in" in str(answer.location)

    def test_lists_ones_own_orders_only(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        person = self.person(app, client)
        self.own(app, cash, person)
        page = get(client, MINE)
        assert cash.reference in page.text
        assert cash.page in page.links.values()
        assert "5.660.000 ₫" in page.text
        with app.app_context():
            other = make_person()
            stranger = new_client(app)
            sign_in(stranger, other)
        assert cash.reference not in get(stranger, MINE).text

    @pytest.mark.parametrize("page", ["9999999", "9" * 25, "9" * 5000, "0", "-3", "²", "nonsense"])
    def test_any_page_number_can_be_asked_for(
        self, app: Flask, client: FlaskClient, cash: Placed, page: str
    ) -> None:
        self.own(app, cash, self.person(app, client))
        answer = get(client, f"{MINE}?page={page}")
        assert answer.status == 200
        assert (cash.reference in answer.text) == (page != "9999999")

    def test_costs_few_statements(self, app: Flask, client: FlaskClient, cash: Placed) -> None:
        self.own(app, cash, self.person(app, client))
        client.get(MINE)
        with count_sql(app) as sent:
            client.get(MINE)
        assert len(sent) <= 6, sent.texts

    def test_earlier_guest_orders_can_be_claimed(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        person = self.person(app, client)
        page = get(client, MINE)
        assert cash.reference not in page.text
        answer = send(client, page, "/claim")
        assert answer.location == MINE
        page = get(client, MINE)
        assert cash.reference in page.text
        assert "Đã đưa 1 đơn trước vào tài khoản của bạn." in page.text
        assert not page.has_form("/claim")
        with app.app_context():
            assert db.session.get_one(OrderGroup, cash.group_id).person_id == person.id

    def test_only_with_a_proven_address(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        self.person(app, client, proven=False)
        page = get(client, MINE)
        assert not page.has_form("/claim")
        token = get(client, FIND).form("/find").values["csrf_token"]
        assert client.post(f"{MINE}/claim", data={"csrf_token": token}).status_code == 403
        with app.app_context():
            assert db.session.get_one(OrderGroup, cash.group_id).person_id is None

    def test_another_persons_order_is_never_claimed(
        self, app: Flask, client: FlaskClient, cash: Placed
    ) -> None:
        with app.app_context():
            owner = make_person()
            db.session.get_one(OrderGroup, cash.group_id).person_id = owner.id
            db.session.commit()
            owner_id = owner.id
        self.person(app, client)
        token = get(client, FIND).form("/find").values["csrf_token"]
        client.post(f"{MINE}/claim", data={"csrf_token": token})
        with app.app_context():
            assert db.session.get_one(OrderGroup, cash.group_id).person_id == owner_id
