"""The checkout page: what it asks, what it refuses, and what stands when it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from shop.cart.cookie import BASKET_COOKIE
from shop.cart.models import Cart, CartStatus
from shop.catalogue.actions.stock import claim_stock
from shop.catalogue.models import Supply, Variant
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.orders.models import Order, OrderGroup, OrderStatus
from shop.payments.models import Payment, PaymentStatus
from tests.conftest import count_sql, new_client
from tests.factories import (
    HOAN_KIEM,
    NOW,
    make_cart,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    sign_in,
    variant_of,
)
from tests.pages import Page, get, read, send
from tests.stripe_server import SECRET_KEY, WEBHOOK_SECRET, StripeServer

CHECKOUT = "/vi/checkout"
HTMX = {"HX-Request": "true"}
HANOI = {
    "name": "Trần Mai Lan",
    "phone": "0912 345 678",
    "email": "lan@example.vn",
    "province": "01",
    "ward": "00070",
    "street": "12 Hàng Trống",
}
PARIS = {
    **HANOI,
    "country": "FR",
    "phone": "+33 6 12 34 56 78",
    "street": "3 rue des Martyrs",
    "city": "Paris",
    "postcode": "75009",
}


@dataclass(frozen=True)
class Basket:
    """A vase of 1.850.000 ₫ and a jar of 1.250.000 ₫ from two workshops, 40.000 ₫ each to send."""

    vase: str
    jar: str


@pytest.fixture
def basket(app: Flask, client: FlaskClient) -> Basket:
    with app.app_context():
        lam, bau = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
        vase = variant_of(make_product(lam))
        jar = variant_of(
            make_product(
                bau,
                "chum",
                name_vi="Chum men nâu",
                name_en="Brown jar",
                supply=Supply.ONE_OF_A_KIND,
                price=1_250_000,
            )
        )
        make_rates()
        _cart, token = make_cart((vase, 1), (jar, 1))
        ids = Basket(vase.public_id, jar.public_id)
        db.session.commit()
    client.set_cookie(BASKET_COOKIE, token, domain="localhost")
    return ids


@contextmanager
def changed_settings(app: Flask, **values: object) -> Iterator[None]:
    before = app.config["SHOP"]
    app.config["SHOP"] = app.jinja_env.globals["settings"] = replace(before, **values)
    try:
        yield
    finally:
        app.config["SHOP"] = app.jinja_env.globals["settings"] = before


def priced(client: FlaskClient, **typed: str) -> Page:
    """The page after its fields are filled and delivery has been asked for."""
    page = get(client, CHECKOUT)
    return read(send(client, page, "/checkout", **{**HANOI, **typed}, refresh="1"))


def order(client: FlaskClient, method: str = "cash", **typed: str) -> str:
    """Place the order; returns the address of its page."""
    answer = send(client, priced(client, **typed), "/checkout", method=method)
    assert answer.status_code == 303, read(answer).text
    assert answer.location
    return answer.location


def groups(app: Flask) -> list[OrderGroup]:
    with app.app_context():
        return list(db.session.scalars(select(OrderGroup)))


def mails(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [
            (mail.cause.split(":")[0], mail.recipient)
            for mail in db.session.scalars(select(Mail).order_by(Mail.id))
        ]


def set_price(app: Flask, variant: str, price: int) -> None:
    with app.app_context():
        db.session.execute(update(Variant).where(Variant.public_id == variant).values(price=price))
        db.session.commit()


def sell(app: Flask, variant: str, quantity: int = 1) -> None:
    with app.app_context():
        key = db.session.scalars(select(Variant.id).where(Variant.public_id == variant)).one()
        claim_stock(key, quantity, cause="elsewhere", at=NOW)
        db.session.commit()


class TestThePage:
    def test_without_a_basket_leads_to_it(self, client: FlaskClient) -> None:
        assert client.get(CHECKOUT).location == "/vi/basket"

    def test_an_empty_basket_leads_to_it(self, app: Flask, client: FlaskClient) -> None:
        with app.app_context():
            _cart, token = make_cart()
            db.session.commit()
        client.set_cookie(BASKET_COOKIE, token, domain="localhost")
        assert client.get(CHECKOUT).location == "/vi/basket"

    def test_shows_sellers_pieces_and_what_is_not_priced_yet(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        page = get(client, CHECKOUT)
        assert page.links["Xưởng Nét Lam"] == "/vi/workshops/net-lam"
        assert page.links["Lò Bầu Đỏ"] == "/vi/workshops/lo-bau-do"
        assert "3.100.000 ₫" in page.text
        assert "phí giao cộng thêm khi chọn tỉnh" in page.text
        assert "/vi/delivery" in page.links.values()
        assert page.form("/checkout").values["total_seen"] == "3100000"
        assert "Thẻ quốc tế" not in page.text

    def test_prices_delivery_once_the_province_is_chosen(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        assert page.status == 200
        assert "Giao Hàng Nhanh, 1–3 ngày" in page.text
        assert "40.000 ₫" in page.text
        values = page.form("/checkout").values
        assert values["total_seen"] == "3180000"
        assert values["delivery-net-lam"] == "carrier:ghn"
        assert "Phường Hoàn Kiếm" in page.text
        assert {key: values[key] for key in HANOI} == HANOI

    def test_htmx_gets_the_form_alone(self, client: FlaskClient, basket: Basket) -> None:
        form = get(client, CHECKOUT).form("/checkout")
        data = {**form.values, **HANOI, "refresh": "1"}
        page = read(client.post(CHECKOUT, data=data, headers=HTMX))
        assert "<html" not in page.html
        for part in ("ward-field", "place", "delivery", "paying", "summary"):
            assert f'id="{part}"' in page.html
        assert 'class="err"' not in page.html

    def test_abroad_asks_for_city_and_postcode(self, client: FlaskClient, basket: Basket) -> None:
        page = priced(client, **PARIS)
        form = page.form("/checkout")
        assert "province" not in form.names
        assert {"city", "region", "postcode"} <= form.names
        assert form.values["total_seen"] == str(3_100_000 + 2 * 710_000)
        assert "Trả khi nhận chỉ dành cho địa chỉ ở Việt Nam." in page.text
        assert form.values["method"] == "vietqr"

    def test_collection_is_free(self, client: FlaskClient, basket: Basket) -> None:
        page = priced(client, **{"delivery-net-lam": "collection"})
        assert page.form("/checkout").values["total_seen"] == "3140000"

    def test_only_parcels_that_are_sent_count_as_delivery(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        one = priced(client, **{"delivery-net-lam": "collection"})
        assert "Phí giao 1 kiện" in one.text
        both = {"delivery-net-lam": "collection", "delivery-lo-bau-do": "collection"}
        none = priced(client, **both)
        assert "Phí giao" not in none.text
        assert "Nhận tại xưởng Miễn phí" in none.text

    def test_a_sum_without_delivery_is_not_called_the_total(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        assert "Tạm tính, chưa gồm phí giao 3.100.000 ₫" in get(client, CHECKOUT).text
        assert "Tổng cộng" not in get(client, CHECKOUT).text
        assert "Tổng cộng 3.180.000 ₫" in priced(client).text

    def test_says_abroad_that_customs_are_not_in_the_total(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        assert "Thuế nhập khẩu" in priced(client, **PARIS).text
        assert "Thuế nhập khẩu" not in priced(client).text

    @pytest.mark.parametrize(("here", "there"), [("vi", "en"), ("en", "vi")])
    def test_the_other_language_shows_everything_typed(
        self, client: FlaskClient, basket: Basket, here: str, there: str
    ) -> None:
        start = get(client, f"/{here}/checkout")
        typed = {**HANOI, "phone": "12", "hint": "Ngõ 5"}
        refused = read(send(client, start, "/checkout", **typed))
        assert refused.status == 422
        for page in (start, refused):
            assert f'form="checkout" formaction="/{there}/checkout" name="refresh"' in page.html
            values = {**page.form("/checkout").values, **typed, "refresh": "1"}
            other = read(client.post(f"/{there}/checkout", data=values))
            assert other.status == 200
            assert f'<html lang="{there}"' in other.html
            shown = other.form("/checkout").values
            assert {key: shown[key] for key in typed} == typed

    def test_enter_does_not_change_the_language(self, client: FlaskClient, basket: Basket) -> None:
        """A browser presses the first button that belongs to the form."""
        html = get(client, CHECKOUT).html
        first = html[html.index('form="checkout"') :].split(">")[0]
        assert "formaction" not in first

    def test_a_parcel_no_carrier_takes_is_collected(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        with app.app_context():
            db.session.execute(
                update(Variant)
                .where(Variant.public_id == basket.vase)
                .values(packed_height_mm=2_500)
            )
            db.session.commit()
        page = priced(client)
        assert "chỉ có thể đến xưởng lấy" in page.text
        assert page.form("/checkout").values["delivery-net-lam"] == "collection"

    def test_starts_from_what_is_known_of_a_signed_in_person(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        with app.app_context():
            person = make_person("Mai Lan", email="mai.lan@example.vn")
            cart = db.session.scalars(select(Cart)).one()
            cart.person_id = person.id
            sign_in(client, person)
        values = get(client, CHECKOUT).form("/checkout").values
        assert (values["name"], values["email"]) == ("Mai Lan", "mai.lan@example.vn")
        order(client, name="Mai Lan Trần", email="mai.lan@example.vn")
        with app.app_context():
            vase = db.session.scalars(select(Variant).where(Variant.public_id == basket.vase)).one()
            make_cart((vase, 1), person=db.session.merge(person))
            db.session.commit()
        values = get(client, CHECKOUT).form("/checkout").values
        assert values["street"] == "12 Hàng Trống"
        assert values["ward"] == "00070"
        assert values["phone"] == "0912 345 678"
        assert values["name"] == "Mai Lan Trần"

    def test_another_browser_cannot_use_the_basket(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        values = priced(client).form("/checkout").values
        stranger = new_client(app)
        token = get(stranger, "/vi/orders/find").form("/find").values["csrf_token"]
        data = {**values, "csrf_token": token, "method": "cash"}
        assert stranger.post(CHECKOUT, data=data).status_code == 409
        assert groups(app) == []


class TestPlacing:
    def test_by_cash_writes_one_group_with_an_order_a_workshop(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        place = order(client)
        [group] = groups(app)
        assert place == f"/vi/orders/{group.tracking_token}?placed=1"
        assert (group.items_total, group.shipping_total, group.total) == (
            3_100_000,
            80_000,
            3_180_000,
        )
        assert (group.name, group.phone, group.email) == (
            "Trần Mai Lan",
            "+84912345678",
            "lan@example.vn",
        )
        assert group.address == HOAN_KIEM
        assert group.language == "vi"
        with app.app_context():
            statuses = db.session.scalars(select(Order.status)).all()
        assert statuses == [OrderStatus.PLACED, OrderStatus.PLACED]
        assert mails(app) == [
            ("placed", "lan@example.vn"),
            ("workshop-order", "net-lam@example.vn"),
            ("workshop-order", "lo-bau-do@example.vn"),
        ]

    def test_a_name_whose_folded_form_is_longer_is_kept(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        order(client, name="ﬃ" * 120)
        [group] = groups(app)
        assert group.name == "ﬃ" * 120
        assert group.name_fold == "ffi" * 120

    def test_by_transfer_the_workshops_wait_for_the_money(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        order(client, "vietqr")
        with app.app_context():
            statuses = set(db.session.scalars(select(Order.status)))
        assert statuses == {OrderStatus.AWAITING_PAYMENT}
        assert mails(app) == [("placed", "lan@example.vn")]

    def test_abroad_keeps_the_foreign_address(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        order(client, "vietqr", **PARIS)
        [group] = groups(app)
        assert group.phone == "+33612345678"
        assert (group.country, group.city, group.postcode, group.province_code) == (
            "FR",
            "Paris",
            "75009",
            None,
        )

    def test_in_english_the_order_is_english(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = get(client, "/en/checkout")
        page = read(send(client, page, "/checkout", **HANOI, refresh="1"))
        answer = send(client, page, "/checkout", method="cash")
        assert answer.location
        assert answer.location.startswith("/en/orders/")
        [group] = groups(app)
        assert group.language == "en"

    def test_sent_twice_is_placed_once(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        first = send(client, page, "/checkout", method="cash")
        second = send(client, page, "/checkout", method="vietqr")
        assert first.location == f"{second.location}?placed=1"
        assert len(groups(app)) == 1
        assert len(mails(app)) == 3
        assert client.get(CHECKOUT).location == "/vi/basket"

    def test_works_without_javascript_in_one_detour(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        """Sent before delivery was shown: the page prices it, keeps all, and asks again."""
        page = read(send(client, get(client, CHECKOUT), "/checkout", **HANOI, method="cash"))
        assert page.status == 422
        assert "Phí giao vừa được tính." in page.text
        assert groups(app) == []
        assert send(client, page, "/checkout").status_code == 303
        [group] = groups(app)
        assert group.total == 3_180_000

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("name", "", "Điền tên người nhận"),
            ("name", "   ", "Điền tên người nhận"),
            ("phone", "0912 34", "0912 345 678"),
            ("phone", "", "Điền số điện thoại"),
            ("phone", "  ", "Điền số điện thoại"),
            ("email", "lan@", "lan@example.vn"),
            ("email", "", "Điền email"),
            ("email", "  ", "Điền email"),
            ("province", "", "Chọn tỉnh, thành phố."),
            ("province", "99", "Chọn tỉnh, thành phố."),
            ("ward", "", "Chọn phường, xã."),
            ("ward", "26734", "Chọn phường, xã"),
            ("street", "  ", "Điền số nhà và tên đường."),
            ("street", "x" * 201, "Dài quá"),
            ("country", "ZZ", "Chọn quốc gia."),
            ("note", "x" * 1001, "1.000"),
            ("method", None, "Chọn cách trả tiền."),
            ("method", "barter", "Chọn cách trả tiền."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self,
        app: Flask,
        client: FlaskClient,
        basket: Basket,
        field: str,
        typed: str | None,
        words: str,
    ) -> None:
        page = priced(client)
        sent: dict[str, str | None] = {"method": "cash", **HANOI, field: typed}
        refused = read(send(client, page, "/checkout", **sent))
        assert refused.status == 422
        assert 'class="err"' in refused.html
        assert words in refused.text
        assert 'id="form-errors"' in refused.html
        values = refused.form("/checkout").values
        for name in ("name", "phone", "email", "street", "note"):
            if name in sent and name in refused.form("/checkout").names:
                assert values[name].strip() == (sent[name] or "").strip()
        assert groups(app) == []

    @pytest.mark.parametrize("field", ["city", "street"])
    def test_abroad_city_and_street_are_needed(
        self, app: Flask, client: FlaskClient, basket: Basket, field: str
    ) -> None:
        page = priced(client, **PARIS)
        refused = read(send(client, page, "/checkout", method="vietqr", **{field: ""}))
        assert refused.status == 422
        assert f'id="{field}-error"' in refused.html

    def test_cash_abroad_is_refused_whatever_the_page_offered(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client, **PARIS)
        refused = read(send(client, page, "/checkout", method="cash"))
        assert refused.status == 422
        assert "Đơn này không dùng được cách trả tiền đó." in refused.text
        assert groups(app) == []

    def test_an_invented_delivery_is_refused(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        sent = {"method": "cash", "delivery-net-lam": "carrier:free"}
        refused = read(send(client, page, "/checkout", **sent))
        assert refused.status == 422
        assert 'id="undecided"' in refused.html
        assert groups(app) == []


class TestWhatChangedMeanwhile:
    def test_another_total_is_shown_and_asked_about(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        set_price(app, basket.vase, 2_000_000)
        asked = read(send(client, page, "/checkout", method="cash"))
        assert asked.status == 409
        assert "Tổng cộng nay là 3.330.000 ₫, lúc nãy bạn thấy 3.180.000 ₫." in asked.text
        assert groups(app) == []
        assert asked.form("/checkout").values["street"] == "12 Hàng Trống"
        assert send(client, asked, "/checkout").status_code == 303
        [group] = groups(app)
        assert group.total == 3_330_000

    def test_a_total_no_page_showed_is_asked_about(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        for invented in ("", "many", "9" * 5000):
            page = priced(client)
            asked = send(client, page, "/checkout", method="cash", total_seen=invented)
            assert asked.status_code == 409
        assert groups(app) == []

    def test_what_is_gone_can_be_left_out_without_typing_again(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        sell(app, basket.jar)
        asked = read(send(client, page, "/checkout", method="vietqr"))
        assert asked.status == 409
        assert "“Chum men nâu” không còn nữa." in asked.text
        assert 'id="place-order" disabled' in asked.html
        rest = read(send(client, asked, "/checkout", remove=basket.jar))
        assert rest.status == 200
        assert "Chum men nâu" not in rest.text
        values = rest.form("/checkout").values
        assert (values["street"], values["method"]) == ("12 Hàng Trống", "vietqr")
        assert send(client, rest, "/checkout").status_code == 303
        [group] = groups(app)
        assert group.total == 1_890_000

    def test_fewer_left_can_be_taken(self, app: Flask, client: FlaskClient, basket: Basket) -> None:
        data = {"csrf_token": get(client, CHECKOUT).form("/checkout").values["csrf_token"]}
        client.post(f"/vi/basket/lines/{basket.vase}", data={**data, "quantity": "4"})
        page = priced(client)
        sell(app, basket.vase, 3)
        asked = read(send(client, page, "/checkout", method="cash"))
        assert asked.status == 409
        assert "“Bình hoa lam vẽ sen dây” chỉ còn 2 món." in asked.text
        rest = read(send(client, asked, "/checkout", reduce=basket.vase))
        assert "2 × Bình hoa lam vẽ sen dây" in rest.text

    def test_leaving_out_the_last_piece_leads_to_the_basket(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = priced(client)
        for piece in (basket.vase, basket.jar):
            answer = send(client, page, "/checkout", remove=piece)
        assert answer.location == "/vi/basket"

    def test_only_pieces_of_the_basket_can_be_left_out(
        self, client: FlaskClient, basket: Basket
    ) -> None:
        page = get(client, CHECKOUT)
        assert send(client, page, "/checkout", remove="nosuchpiece0").status_code == 404
        assert send(client, page, "/checkout", reduce="nosuchpiece0").status_code == 404


class TestByCard:
    @pytest.fixture
    def stripe(self, app: Flask) -> Iterator[StripeServer]:
        server = StripeServer()
        with changed_settings(
            app,
            stripe_secret_key=SECRET_KEY,
            stripe_webhook_secret=WEBHOOK_SECRET,
            stripe_api_base=server.url,
            stripe_checkout_origin=server.url,
        ):
            yield server
        server.stop()

    def payment(self, app: Flask) -> Payment:
        with app.app_context():
            return db.session.scalars(select(Payment)).one()

    def test_leads_to_the_card_page(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        assert "Thẻ quốc tế" in get(client, CHECKOUT).text
        place = order(client, "stripe")
        assert place == self.payment(app).provider_url
        assert mails(app) == [("placed", "lan@example.vn")]

    def test_when_the_card_page_is_silent_the_order_waits_and_says_so(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        with changed_settings(app, stripe_api_base="http://127.0.0.1:9"):
            place = order(client, "stripe")
        [group] = groups(app)
        assert place == f"/vi/orders/{group.tracking_token}?placed=1"
        page = get(client, place)
        assert "Trang thẻ chưa trả lời." in page.text
        answer = send(client, page, "/payment")
        assert answer.location == self.payment(app).provider_url

    def test_when_the_card_company_says_no_another_way_is_pointed_out(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        with changed_settings(app, stripe_api_base="http://127.0.0.1:9"):
            page = get(client, order(client, "stripe"))
        until = self.payment(app).expires_at
        assert until
        with clock.stopped(until - timedelta(minutes=1)):
            answer = send(client, page, "/payment")
            shown = get(client, str(answer.location))
        assert "Đơn này không trả bằng thẻ được nữa." in shown.text
        assert "Trang thẻ chưa trả lời." not in shown.text

    def test_above_the_providers_limit_the_page_says_why_not(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        set_price(app, basket.vase, 99_000_000)
        page = priced(client)
        assert "Mỗi lần trả bằng thẻ nhiều nhất 99.999.999 ₫." in page.text
        refused = read(send(client, page, "/checkout", method="stripe"))
        assert refused.status == 422
        assert groups(app) == []

    def test_cancelling_closes_the_card_page_first(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        order(client, "stripe")
        [group] = groups(app)
        page = get(client, f"/vi/orders/{group.tracking_token}")
        send(client, page, "/cancellation")
        assert self.payment(app).status is PaymentStatus.CANCELLED
        assert mails(app)[-1] == ("cancelled", "lan@example.vn")

    def test_while_the_provider_is_silent_nothing_is_cancelled(
        self, app: Flask, client: FlaskClient, basket: Basket, stripe: StripeServer
    ) -> None:
        order(client, "stripe")
        [group] = groups(app)
        page = get(client, f"/vi/orders/{group.tracking_token}")
        with changed_settings(app, stripe_api_base="http://127.0.0.1:9"):
            answer = send(client, page, "/cancellation")
        assert "đơn vẫn giữ nguyên" in get(client, str(answer.location)).text
        assert self.payment(app).is_open


class TestCancelling:
    def test_before_the_workshops_begin_gives_everything_back(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = get(client, order(client))
        answer = send(client, page, "/cancellation")
        shown = get(client, str(answer.location))
        assert "Đơn này đã huỷ" in shown.text
        assert not shown.has_form("/cancellation")
        with app.app_context():
            left = db.session.scalars(select(Variant.allocated)).all()
            assert list(left) == [0, 0]
        assert [cause for cause, _ in mails(app)[3:]] == [
            "cancelled",
            "workshop-cancelled",
            "workshop-cancelled",
        ]

    def test_once_a_workshop_has_begun_it_is_too_late(
        self, app: Flask, client: FlaskClient, basket: Basket
    ) -> None:
        page = get(client, order(client))
        with app.app_context():
            first = db.session.scalars(select(Order).order_by(Order.id)).first()
            assert first
            first.status = OrderStatus.CONFIRMED
            db.session.commit()
        answer = send(client, page, "/cancellation")
        shown = get(client, str(answer.location))
        assert "Đã có xưởng bắt tay làm đơn này." in shown.text
        assert not shown.has_form("/cancellation")

    @pytest.mark.parametrize("ending", ["payment", "cancellation"])
    def test_a_wrong_link_is_not_found(
        self, client: FlaskClient, basket: Basket, ending: str
    ) -> None:
        token = get(client, CHECKOUT).form("/checkout").values["csrf_token"]
        answer = client.post(f"{CHECKOUT}/{'x' * 32}/{ending}", data={"csrf_token": token})
        assert answer.status_code == 404


@pytest.mark.parametrize("method", ["cash", "vietqr"])
def test_a_guest_buys_within_sixty_statements(
    app: Flask, client: FlaskClient, basket: Basket, method: str
) -> None:
    """From the piece's page to the order's, as a browser with JavaScript asks for it."""
    client.delete_cookie(BASKET_COOKIE, domain="localhost")
    with count_sql(app) as sent:
        page = get(client, "/vi/ceramics/binh-sen-day")
        for variant in (basket.vase, basket.jar):
            values = {**page.form("/lines").values, "variant": variant}
            client.post("/vi/basket/lines", data=values, headers=HTMX)
        get(client, "/vi/basket")
        page = get(client, CHECKOUT)
        data = {**page.form("/checkout").values, **HANOI, "refresh": "1"}
        page = read(client.post(CHECKOUT, data=data, headers=HTMX))
        answer = send(client, page, "/checkout", method=method)
        get(client, str(answer.location))
    assert len(sent) <= 60, sent.texts
    with app.app_context():
        assert db.session.scalar(select(func.count(OrderGroup.id))) == 1
        assert db.session.scalar(select(Cart.status).order_by(Cart.id.desc())) is CartStatus.PLACED
