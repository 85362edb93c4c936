"""The workshop's desk: each step of an order, and that nobody but its members sees any."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.catalogue.models import Product, Variant
from shop.checkout.actions import settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.orders.models import Order, OrderEvent, OrderStatus, PaymentShare, Shipment
from shop.payments.models import Payment, PaymentMethod, PaymentStatus
from shop.shipping.models import Carrier
from shop.shipping.queries import packing_in_force
from shop.studio.packing_slip import packing_slip, slip_of
from shop.studio.queries import order_of
from shop.workshops.models import MemberRole, WorkshopMember
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Desk, Placed, open_village, order

DESK = "/vi/studio"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_village(app)


def browser_of(app: Flask, person_id: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, person_id))
    return client


@pytest.fixture
def lan(app: Flask, desk: Desk) -> FlaskClient:
    return browser_of(app, desk.lan)


def path_of(placed: Placed, number: int = 0) -> str:
    return f"{DESK}/orders/{placed.order_ids[number]}"


def step(client: FlaskClient, path: str, ending: str, **values: str) -> int:
    return send(client, get(client, path), ending, **values).status_code


def stored(app: Flask, placed: Placed, number: int = 0) -> Order:
    with app.app_context():
        return db.session.scalars(
            select(Order).where(Order.public_id == placed.order_ids[number])
        ).one()


def share(app: Flask, placed: Placed) -> PaymentShare:
    with app.app_context():
        return db.session.scalars(
            select(PaymentShare).join(Order).where(Order.public_id == placed.order_ids[0])
        ).one()


def packed(client: FlaskClient, placed: Placed) -> str:
    path = path_of(placed)
    assert step(client, path, "/confirmation") == 303
    assert step(client, path, "/packing") == 303
    return path


SHIPPED = {"carrier": "ghn", "tracking_number": "GHN 12345"}


def shipped(client: FlaskClient, placed: Placed) -> str:
    path = packed(client, placed)
    assert step(client, path, "/shipment", **SHIPPED) == 303
    return path


class TestWhoGetsIn:
    PATHS = ("", "/orders", "/orders/{}", "/orders/{}/packing-slip.pdf")
    STEPS = ("confirmation", "packing", "shipment", "delivery", "cash")

    def paths(self, placed: Placed) -> list[str]:
        return [DESK + path.format(placed.order_ids[0]) for path in self.PATHS]

    def test_a_visitor_is_asked_to_sign_in(
        self, app: Flask, client: FlaskClient, desk: Desk
    ) -> None:
        for path in self.paths(order(app, "binh")):
            answer = client.get(path)
            assert answer.status_code == 303
            assert answer.location.startswith("/vi/sign-in?next=")

    def test_who_belongs_to_no_workshop_finds_nothing(self, app: Flask, desk: Desk) -> None:
        stranger = browser_of(app, desk.stranger)
        for path in self.paths(order(app, "binh")):
            assert stranger.get(path).status_code == 404

    def test_another_workshops_member_finds_nothing(self, app: Flask, desk: Desk) -> None:
        duc = browser_of(app, desk.duc)
        placed = order(app, "binh")
        for path in self.paths(placed)[2:]:
            assert duc.get(path).status_code == 404
        assert placed.reference not in get(duc, DESK).text
        assert duc.get(f"{DESK}?workshop=net-lam").status_code == 404
        assert duc.get(f"{DESK}/orders?workshop=net-lam").status_code == 404

    def test_another_workshops_member_can_do_nothing(self, app: Flask, desk: Desk) -> None:
        duc = browser_of(app, desk.duc)
        placed = order(app, "binh")
        own = get(duc, path_of(order(app, "chum")))
        token = own.form("/confirmation").values["csrf_token"]
        for ending in self.STEPS:
            answer = duc.post(
                f"{path_of(placed)}/{ending}",
                data={"csrf_token": token, "amount": str(placed.total), **SHIPPED},
                headers={"Referer": "https://localhost/"},
            )
            assert answer.status_code == 404, ending
        assert stored(app, placed).status is OrderStatus.PLACED

    def test_of_a_group_each_sees_the_own_part(self, app: Flask, desk: Desk) -> None:
        placed = order(app, "binh", "chum")
        lan, duc = browser_of(app, desk.lan), browser_of(app, desk.duc)
        mine, other = (0, 1) if stored(app, placed).workshop_id == desk.net_lam else (1, 0)
        page = get(lan, path_of(placed, mine))
        assert "Bình hoa lam" in page.text
        assert "Chum men nâu" not in page.text
        assert lan.get(path_of(placed, other)).status_code == 404
        assert duc.get(path_of(placed, other)).status_code == 200

    def test_an_unknown_order_is_not_found(self, lan: FlaskClient) -> None:
        assert lan.get(f"{DESK}/orders/nothing").status_code == 404
        assert lan.get(f"{DESK}/orders?state=nonsense").status_code == 404

    def test_steps_need_a_token(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        for ending in self.STEPS:
            assert lan.post(f"{path_of(placed)}/{ending}").status_code == 422
        assert stored(app, placed).status is OrderStatus.PLACED


class TestDesk:
    def test_the_account_page_leads_there(self, app: Flask, desk: Desk, lan: FlaskClient) -> None:
        assert DESK in get(lan, "/vi/account").links.values()
        assert DESK not in get(browser_of(app, desk.stranger), "/vi/account").links.values()

    def test_an_empty_desk_says_so(self, lan: FlaskClient) -> None:
        page = get(lan, DESK)
        assert page.status == 200
        assert 'class="do"' not in page.html
        assert "đã gửi" not in page.text, "there never was an order"

    def test_the_most_pressing_comes_first_and_lateness_is_said(
        self, app: Flask, lan: FlaskClient
    ) -> None:
        newer = order(app, "binh", at=NOW)
        older = order(app, "binh", at=NOW - timedelta(days=3))
        with clock.stopped(NOW):
            page = get(lan, DESK)
        assert page.html.index(older.reference) < page.html.index(newer.reference)
        assert page.html.count('class="late"') == 1

    def test_orders_awaiting_payment_ask_for_nothing(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh", method=PaymentMethod.VIETQR)
        assert placed.reference not in get(lan, DESK).text
        page = get(lan, path_of(placed))
        assert not page.has_form("/confirmation")
        assert placed.reference in get(lan, f"{DESK}/orders?state=awaiting_payment").text

    def test_cash_not_written_down_stays_on_the_desk(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        path = packed(lan, placed)
        step(lan, path, "/shipment", **SHIPPED)
        step(lan, path, "/delivery")
        assert placed.reference in get(lan, DESK).text
        step(lan, path, "/cash", amount=str(placed.total))
        assert placed.reference not in get(lan, DESK).text

    def test_the_sums_are_the_workshops_own(self, app: Flask, lan: FlaskClient) -> None:
        mine = order(app, "binh")
        order(app, "chum")
        order(app, "binh", method=PaymentMethod.VIETQR)
        sold = f"{mine.total:,}".replace(",", ".")
        with clock.stopped(NOW):
            text = get(lan, DESK).text
        assert text.count(sold) == 2, "sold, and in cash to come"

    def test_who_is_in_two_workshops_can_switch(
        self, app: Flask, desk: Desk, lan: FlaskClient
    ) -> None:
        with app.app_context():
            db.session.add(
                WorkshopMember(workshop_id=desk.lo_bau, person_id=desk.lan, role=MemberRole.PACKER)
            )
            db.session.commit()
        placed = order(app, "chum")
        assert placed.reference in get(lan, f"{DESK}?workshop=lo-bau-do").text
        assert placed.reference not in get(lan, f"{DESK}?workshop=net-lam").text
        assert lan.get(path_of(placed)).status_code == 200

    def test_the_list_counts_pages_and_filters(self, app: Flask, lan: FlaskClient) -> None:
        placed = [order(app, "binh") for _ in range(31)]
        step(lan, path_of(placed[0]), "/confirmation")
        first = get(lan, f"{DESK}/orders?state=placed")
        assert sum(p.reference in first.text for p in placed) == 30
        confirmed = get(lan, f"{DESK}/orders?state=confirmed")
        assert [p.reference in confirmed.text for p in placed].count(True) == 1
        step(lan, path_of(order(app, "binh")), "/confirmation")
        order(app, "binh")
        assert (
            sum(p.reference in get(lan, f"{DESK}/orders?state=placed&page=2").text for p in placed)
            <= 1
        )
        assert lan.get(f"{DESK}/orders?state=placed&page=99").status_code == 200

    @pytest.mark.parametrize("page", ["9999999", "9" * 25, "9" * 5000, "0", "-3", "²", "nonsense"])
    def test_any_page_number_can_be_asked_for(
        self, app: Flask, lan: FlaskClient, page: str
    ) -> None:
        placed = order(app, "binh")
        answer = get(lan, f"{DESK}/orders?state=placed&page={page}")
        assert answer.status == 200
        assert (placed.reference in answer.text) == (page != "9999999")

    @pytest.mark.parametrize("path", [DESK, f"{DESK}/orders"])
    def test_costs_as_much_for_many_orders_as_for_one(
        self, app: Flask, lan: FlaskClient, path: str
    ) -> None:
        order(app, "binh")
        get(lan, path)
        with count_sql(app) as for_one:
            get(lan, path)
        for _ in range(12):
            order(app, "binh", quantity=2)
        with count_sql(app) as for_many:
            get(lan, path)
        assert len(for_many) == len(for_one) <= 6

    def test_an_order_costs_few_statements(self, app: Flask, lan: FlaskClient) -> None:
        path = packed(lan, order(app, "binh", "am-chen"))
        with count_sql(app) as sent:
            get(lan, path)
        assert len(sent) <= 8

    def test_speaks_english(self, app: Flask, lan: FlaskClient) -> None:
        order(app, "binh")
        page = get(lan, "/en/studio")
        assert page.headings == ["Work for today"]
        assert "New order from Trần Mai Lan" in page.text


class TestSteps:
    def test_from_new_to_delivered(self, app: Flask, desk: Desk, lan: FlaskClient) -> None:
        placed = order(app, "binh", quantity=2)
        path = path_of(placed)
        for ending, status in (
            ("/confirmation", OrderStatus.CONFIRMED),
            ("/packing", OrderStatus.PACKED),
        ):
            assert step(lan, path, ending) == 303
            assert stored(app, placed).status is status
        assert step(lan, path, "/shipment", **SHIPPED) == 303
        assert step(lan, path, "/delivery") == 303
        assert stored(app, placed).status is OrderStatus.DELIVERED
        with app.app_context():
            shipment = db.session.scalars(select(Shipment)).one()
            assert (shipment.carrier_code, shipment.tracking_number) == ("ghn", "GHN12345")
            events = db.session.scalars(select(OrderEvent).order_by(OrderEvent.id)).all()
            assert [event.by_person_id for event in events][1:] == [desk.lan] * 4
            sold = db.session.scalars(
                select(Variant).where(Variant.on_hand == 58, Variant.allocated == 0)
            ).all()
            assert len(sold) == 1
            causes = db.session.scalars(
                select(Mail.cause).where(Mail.recipient == "lan@example.vn").order_by(Mail.id)
            )
            told = [cause.rsplit(":", 1)[-1] for cause in causes if cause.startswith("moved:")]
            assert told == ["confirmed", "shipped", "delivered"]
        assert "Tô Thị Lan" in get(lan, path).text

    def test_the_page_offers_the_next_step_only(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        path = path_of(placed)
        endings = ("/confirmation", "/packing", "/shipment", "/delivery")

        def offered() -> list[str]:
            page = get(lan, path)
            return [ending for ending in endings if page.has_form(ending)]

        for ending in endings:
            assert offered() == [ending]
            step(lan, path, ending, **(SHIPPED if ending == "/shipment" else {}))
        assert offered() == []

    def test_a_step_taken_twice_is_shown_where_it_stands(
        self, app: Flask, lan: FlaskClient
    ) -> None:
        placed = order(app, "binh")
        page = get(lan, path_of(placed))
        send(lan, page, "/confirmation")
        again = read(send(lan, page, "/confirmation"))
        assert again.status == 409
        assert again.has_form("/packing")
        with app.app_context():
            assert len(db.session.scalars(select(OrderEvent)).all()) == 2

    def test_a_parcel_cannot_be_delivered_before_it_is_sent(
        self, app: Flask, lan: FlaskClient
    ) -> None:
        placed = order(app, "binh")
        path = packed(lan, placed)
        token = get(lan, path).form("/shipment").values["csrf_token"]
        answer = lan.post(
            f"{path}/delivery",
            data={"csrf_token": token},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 409
        assert stored(app, placed).status is OrderStatus.PACKED

    def test_the_last_step_is_asked_for_twice(self, app: Flask, lan: FlaskClient) -> None:
        path = shipped(lan, order(app, "binh")).replace("/vi/", "/en/")
        html = get(lan, path).html
        asked = html.split('<details class="sure">')[1].split("</details>")[0]
        assert "The buyer gets a mail" in asked
        assert "/delivery" in asked
        assert html.count('/delivery"') == 1

    def test_what_is_collected_is_handed_over(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh", delivery="collection")
        path = packed(lan, placed)
        page = get(lan, path)
        assert not page.has_form("/shipment")
        assert "Hàng Trống" not in page.text
        assert send(lan, page, "/delivery").status_code == 303
        assert stored(app, placed).status is OrderStatus.DELIVERED

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"carrier": "ghn", "tracking_number": ""}, "tracking_number"),
            ({"carrier": "ghn", "tracking_number": "12"}, "tracking_number"),
            ({"carrier": "ghn", "tracking_number": "số <b>"}, "tracking_number"),
            ({"carrier": "ghn", "tracking_number": "A" * 41}, "tracking_number"),
            ({"carrier": "other", "other_name": "", "tracking_number": ""}, "other_name"),
            ({"carrier": "other", "other_name": "x" * 121}, "other_name"),
            ({"carrier": "unknown", "tracking_number": "GHN12345"}, "carrier"),
        ],
    )
    def test_a_shipment_that_is_not_whole_is_refused_and_kept(
        self, app: Flask, lan: FlaskClient, typed: dict[str, str], field: str
    ) -> None:
        placed = order(app, "binh")
        path = packed(lan, placed)
        page = read(send(lan, get(lan, path), "/shipment", **typed))
        assert page.status == 422
        assert f'id="{field}-error"' in page.html
        kept = page.form("/shipment").values
        assert kept["tracking_number"] == typed.get("tracking_number", "")
        assert stored(app, placed).status is OrderStatus.PACKED

    def test_another_carrier_needs_a_name_and_no_number(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        path = packed(lan, placed)
        typed = {"carrier": "other", "other_name": "Nhà xe Hải Âu", "tracking_number": ""}
        assert step(lan, path, "/shipment", **typed) == 303
        assert "Nhà xe Hải Âu" in get(lan, path).text

    def test_the_parcels_link_is_the_carriers(self, app: Flask, lan: FlaskClient) -> None:

        with app.app_context():
            db.session.scalars(
                select(Carrier)
            ).one().tracking_url = "https://ghn.example/?c={number}"
            db.session.commit()
        path = packed(lan, order(app, "binh"))
        step(lan, path, "/shipment", **SHIPPED)
        assert "https://ghn.example/?c=GHN12345" in get(lan, path).links.values()


class TestCash:
    def test_the_whole_sum_is_written_down_once(
        self, app: Flask, desk: Desk, lan: FlaskClient
    ) -> None:
        placed = order(app, "binh")
        path = shipped(lan, placed)
        page = get(lan, path)
        typed = f"{placed.total:,}đ".replace(",", ".")
        assert send(lan, page, "/cash", amount=typed).status_code == 303
        kept = share(app, placed)
        assert (kept.captured, kept.captured_by_id) == (placed.total, desk.lan)
        with app.app_context():
            assert db.session.scalars(select(Payment)).one().status is PaymentStatus.PAID
        assert send(lan, page, "/cash", amount=typed).status_code == 409
        assert not get(lan, path).has_form("/cash")

    @pytest.mark.parametrize("delivery", [None, "collection"])
    def test_it_comes_before_the_order_is_closed(
        self, app: Flask, lan: FlaskClient, delivery: str | None
    ) -> None:
        placed = order(app, "binh", delivery=delivery)
        path = packed(lan, placed) if delivery else shipped(lan, placed)
        html = get(lan, path).html
        assert html.index("/cash") < html.index("/delivery")

    def test_the_order_is_not_called_done_while_money_is_due(
        self, app: Flask, lan: FlaskClient
    ) -> None:
        placed = order(app, "binh")
        path = shipped(lan, placed).replace("/vi/", "/en/")
        step(lan, path, "/delivery")
        owing = get(lan, path).text
        assert "is still due" in owing
        assert "Done." not in owing
        step(lan, path, "/cash", amount=str(placed.total))
        assert "Done. The buyer has the pieces." in get(lan, path).text

    @pytest.mark.parametrize("change", [-1, 1, -1000])
    def test_another_sum_is_refused_with_the_sum_due(
        self, app: Flask, lan: FlaskClient, change: int
    ) -> None:
        placed = order(app, "binh")
        path = shipped(lan, placed)
        page = read(send(lan, get(lan, path), "/cash", amount=str(placed.total + change)))
        assert page.status == 422
        due = f"{placed.total:,}".replace(",", ".")
        error = page.html.split('id="amount-error"')[1].split("</p>")[0]
        assert due in error
        assert page.form("/cash").values["amount"] == str(placed.total + change)
        assert share(app, placed).captured == 0

    @pytest.mark.parametrize("typed", ["", " ", "1.25", "nhiều", "-5000", "1.250,5"])
    def test_what_is_no_sum_is_refused(self, app: Flask, lan: FlaskClient, typed: str) -> None:
        placed = order(app, "binh")
        path = shipped(lan, placed)
        page = read(send(lan, get(lan, path), "/cash", amount=typed))
        assert page.status == 422
        assert 'id="amount-error"' in page.html
        assert share(app, placed).captured == 0

    def test_it_is_asked_for_at_the_door_and_not_before(self, app: Flask, lan: FlaskClient) -> None:
        assert not get(lan, packed(lan, order(app, "binh"))).has_form("/cash")
        assert get(lan, packed(lan, order(app, "binh", delivery="collection"))).has_form("/cash")

    def test_no_cash_comes_for_a_parcel_that_still_waits_for_its_carrier(
        self, app: Flask, lan: FlaskClient
    ) -> None:
        placed = order(app, "binh")
        path = packed(lan, placed)
        answer = lan.post(
            f"{path}/cash",
            data={
                "csrf_token": get(lan, path).form("/shipment").values["csrf_token"],
                "amount": str(placed.total),
            },
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 409
        assert share(app, placed).captured == 0

    def test_a_seller_writes_it_down_too(self, app: Flask, desk: Desk, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        path = shipped(lan, placed)
        seller = self.member(app, desk, MemberRole.SELLER)
        assert step(seller, path, "/cash", amount=str(placed.total)) == 303
        assert share(app, placed).captured == placed.total

    def test_a_packer_does_everything_but_that(self, app: Flask, desk: Desk) -> None:
        packer = self.member(app, desk, MemberRole.PACKER)
        placed = order(app, "binh")
        path = shipped(packer, placed)
        page = get(packer, path)
        assert not page.has_form("/cash")
        answer = packer.post(
            f"{path}/cash",
            data={
                "csrf_token": page.form("/delivery").values["csrf_token"],
                "amount": str(placed.total),
            },
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 404
        assert share(app, placed).captured == 0
        assert step(packer, path, "/delivery") == 303
        assert placed.reference not in get(packer, DESK).text
        assert placed.reference in get(browser_of(app, desk.lan), DESK).text

    def member(self, app: Flask, desk: Desk, role: MemberRole) -> FlaskClient:
        with app.app_context():
            person = make_person("Người mới")
            db.session.add(WorkshopMember(workshop_id=desk.net_lam, person_id=person.id, role=role))
            db.session.commit()
            return browser_of(app, person.id)

    def test_before_packing_no_cash_is_taken(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh")
        page = get(lan, path_of(placed))
        assert not page.has_form("/cash")
        answer = lan.post(
            f"{path_of(placed)}/cash",
            data={
                "csrf_token": page.form("/confirmation").values["csrf_token"],
                "amount": str(placed.total),
            },
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 409

    def test_what_was_paid_otherwise_asks_for_no_cash(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh", method=PaymentMethod.VIETQR)
        with app.app_context():
            payment_id = db.session.scalars(select(Payment.id)).one()
            with transaction():
                settle_payment(payment_id, placed.total, at=NOW)
        path = packed(lan, placed)
        step(lan, path, "/shipment", **SHIPPED)
        assert not get(lan, path).has_form("/cash")
        token = get(lan, path).form("/delivery").values["csrf_token"]
        answer = lan.post(
            f"{path}/cash",
            data={"csrf_token": token, "amount": str(placed.total)},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 409


class TestOrderPage:
    def page(self, app: Flask, lan: FlaskClient, language: str = "vi") -> Page:
        placed = order(app, "binh", "am-chen")
        return get(lan, path_of(placed).replace("/vi/", f"/{language}/"))

    def test_says_what_to_pack_how_and_for_whom(self, app: Flask, lan: FlaskClient) -> None:
        page = self.page(app, lan)
        for words in ("Bọc hai lớp", "Trần Mai Lan", "12 Hàng Trống", "0912 345 678"):
            assert words in page.text
        assert "tel:+84912345678" in page.links.values()
        assert any("openstreetmap.org/search?query=12+H" in url for url in page.links.values())

    def test_speaks_english_too(self, app: Flask, lan: FlaskClient) -> None:
        page = self.page(app, lan, "en")
        assert "Wrap twice" in page.text
        assert "+84 912 345 678" in page.text


def sell_in_sets(app: Flask, sku_of: str, count: int, label: str) -> None:
    with app.app_context():
        variant = db.session.scalars(
            select(Variant).join(Product).where(Product.slug == sku_of)
        ).one()
        variant.set_count, variant.label_vi, variant.label_en = count, label, label
        db.session.commit()


class TestWhatToTakeFromTheShelf:
    def test_the_variant_stands_with_the_name_and_sets_are_counted_out(
        self, app: Flask, desk: Desk, lan: FlaskClient
    ) -> None:
        sell_in_sets(app, "binh", 2, "một đôi")
        placed = order(app, "binh", "am-chen", quantity=5)
        assert (
            "<b>5 × Bình hoa lam vẽ sen dây, một đôi (5 bộ, 10 chiếc)</b>"
            in get(lan, path_of(placed)).html
        )
        with app.test_request_context("/vi/studio"):
            found = order_of(placed.order_ids[0], [desk.net_lam])
            slip = slip_of(found, {})
        names = [line["name"] for line in slip["lines"]]
        assert "Bình hoa lam vẽ sen dây, một đôi (5 bộ, 10 chiếc)" in names
        assert not any("(" in name for name in names if name.startswith("Bộ ấm chén"))
        assert slip["total"] == "Tổng cộng 15 chiếc"

    def test_the_slips_day_is_never_broken_over_lines(self, app: Flask, desk: Desk) -> None:
        placed = order(app, "binh")
        with app.test_request_context("/en/studio"):
            found = order_of(placed.order_ids[0], [desk.net_lam])
            by = slip_of(found, {})["delivery_lines"][0]
        assert by.startswith("hand over by ")
        assert " " not in by.removeprefix("hand over by ")


class TestPackingSlip:
    def test_is_a_pdf_whose_words_can_be_read(self, app: Flask, lan: FlaskClient) -> None:
        placed = order(app, "binh", "am-chen", quantity=2)
        answer = lan.get(f"{path_of(placed)}/packing-slip.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
        assert len(answer.data) < 300_000

    def test_carries_what_is_needed_and_no_price(self, app: Flask, desk: Desk) -> None:
        placed = order(app, "binh", "am-chen", quantity=2)
        with app.test_request_context("/vi/studio"):
            found = order_of(placed.order_ids[0], [desk.net_lam])
            slip = slip_of(found, packing_in_force(NOW.date()))
        words = str(slip)
        for needed in ("Xưởng Nét Lam", placed.reference, "Trần Mai Lan", "Bọc hai lớp"):
            assert needed in words
        assert [line["quantity"] for line in slip["lines"]] == [2, 2]
        assert "₫" not in words
        assert "1.850.000" not in words

    def test_words_from_outside_are_never_markup(self, app: Flask, desk: Desk) -> None:
        placed = order(app, "binh")
        with app.test_request_context("/vi/studio"):
            found = order_of(placed.order_ids[0], [desk.net_lam])
            db.session.expunge_all()
            found.group.note = '#panic("x") $ #read("/etc/passwd") \\ *b* <a> @ref'
            found.group.name = "= Tiêu đề #{"
            pdf = packing_slip(found, {})
        assert io.BytesIO(pdf).read(5) == b"%PDF-"
