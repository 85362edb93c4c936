"""The village office: officers alone, transfers matched twice over, and orders found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.checkout.actions import lapse_payment, settle_payment
from shop.core import clock
from shop.core.clock import today_in_hanoi
from shop.core.db import db
from shop.core.outbox import Mail, MailStatus
from shop.core.transaction import transaction
from shop.orders.actions import order_for_update, pack_order
from shop.orders.models import Order, OrderGroup, OrderStatus
from shop.payments.models import (
    Payment,
    PaymentMethod,
    PaymentStatus,
    Refund,
    RefundStatus,
    TransferReceipt,
)
from shop.workshops.models import Workshop
from tests.conftest import count_sql, new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Desk, Placed, open_village, order

OFFICE = "/vi/office"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_village(app)


def browser_of(app: Flask, person_id: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, person_id))
    return client


@pytest.fixture
def officer_id(app: Flask) -> int:
    with app.app_context():
        key = make_person("Ngô Bảo Ấn", is_officer=True).id
        db.session.commit()
    return key


@pytest.fixture
def officer(app: Flask, desk: Desk, officer_id: int) -> FlaskClient:
    return browser_of(app, officer_id)


@pytest.fixture
def transfer(app: Flask, desk: Desk) -> Placed:
    """An order of two workshops that waits for its bank transfer."""
    return order(app, "binh", "chum", method=PaymentMethod.VIETQR)


def match(client: FlaskClient, **typed: str) -> Page:
    values = {
        "bank_entry": "FT26324000001",
        "received_on": today_in_hanoi().isoformat(),
        **typed,
    }
    return read(send(client, get(client, OFFICE), "/transfers", **values))


def payment_of(app: Flask, placed: Placed) -> Payment:
    with app.app_context():
        return db.session.scalars(
            select(Payment).where(Payment.transfer_reference == placed.reference)
        ).one()


def mails(app: Flask) -> list[str]:
    with app.app_context():
        return [cause.split(":")[0] for cause in db.session.scalars(select(Mail.cause))]


class TestWhoGetsIn:
    def paths(self, placed: Placed) -> list[str]:
        return [OFFICE, f"{OFFICE}/orders", f"{OFFICE}/orders/{placed.reference}"]

    def test_a_visitor_is_asked_to_sign_in(self, client: FlaskClient, transfer: Placed) -> None:
        for path in self.paths(transfer):
            assert client.get(path).status_code == 303

    @pytest.mark.parametrize("who", ["lan", "stranger"])
    def test_others_find_nothing(self, app: Flask, desk: Desk, transfer: Placed, who: str) -> None:
        other = browser_of(app, getattr(desk, who))
        for path in self.paths(transfer):
            assert other.get(path).status_code == 404

    def test_others_can_do_nothing(self, app: Flask, desk: Desk, transfer: Placed) -> None:
        lan = browser_of(app, desk.lan)
        token = get(lan, "/vi/account").form("/sign-out").values["csrf_token"]
        for path in (
            "/transfers",
            "/refunds/x/settlement",
            "/workshops/net-lam/contact",
            "/mails/x/attempt",
        ):
            answer = lan.post(
                OFFICE + path,
                data={
                    "csrf_token": token,
                    "reference": transfer.reference,
                    "amount": str(transfer.total),
                    "bank_entry": "1",
                    "received_on": "2026-11-20",
                },
                headers={"Referer": "https://localhost/"},
            )
            assert answer.status_code == 404
        assert payment_of(app, transfer).status is PaymentStatus.AWAITING

    def test_the_account_page_leads_there(
        self, app: Flask, desk: Desk, officer: FlaskClient
    ) -> None:
        assert OFFICE in get(officer, "/vi/account").links.values()
        assert OFFICE not in get(browser_of(app, desk.lan), "/vi/account").links.values()

    def test_an_unknown_order_is_not_found(self, officer: FlaskClient) -> None:
        assert officer.get(f"{OFFICE}/orders/BTNOTHING").status_code == 404

    def test_posts_need_a_token(self, officer: FlaskClient) -> None:
        for path in ("/transfers", "/refunds/x/settlement", "/mails/x/attempt"):
            assert officer.post(OFFICE + path).status_code == 422


class TestTransfers:
    def test_what_is_expected_is_listed(self, officer: FlaskClient, transfer: Placed) -> None:
        page = get(officer, OFFICE)
        assert transfer.reference in page.text
        assert f"{transfer.total:,}".replace(",", ".") in page.text
        form = page.form("/transfers").values
        assert (form["reference"], form["amount"]) == ("", ""), "both come from the statement"

    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("{reference}", "{total}"),
            ("MBVCB.7766.{reference}.CT tu 0011 tran mai lan", "{dotted}"),
            ("{spaced}", "{dotted}đ"),
            ("{lower}", "₫{dotted}"),
        ],
    )
    def test_when_both_agree_it_is_received(
        self,
        app: Flask,
        officer: FlaskClient,
        officer_id: int,
        transfer: Placed,
        text: str,
        amount: str,
    ) -> None:
        words = {
            "reference": transfer.reference,
            "lower": transfer.reference.lower(),
            "spaced": " ".join(transfer.reference),
            "total": str(transfer.total),
            "dotted": f"{transfer.total:,}".replace(",", "."),
        }
        page = match(officer, reference=text.format(**words), amount=amount.format(**words))
        assert page.status == 303
        with app.app_context():
            receipt = db.session.scalars(select(TransferReceipt)).one()
            assert (receipt.amount, receipt.recorded_by_id) == (transfer.total, officer_id)
            assert receipt.bank_entry == "FT26324000001"
            assert receipt.reference == transfer.reference
            statuses = set(db.session.scalars(select(Order.status)))
        assert payment_of(app, transfer).status is PaymentStatus.PAID
        assert statuses == {OrderStatus.PLACED}
        assert sorted(set(mails(app))) == ["paid", "workshop-order"]
        assert transfer.reference not in get(officer, OFFICE).text
        page = get(officer, f"{OFFICE}/orders/{transfer.reference}")
        assert page.text.count("Ngô Bảo Ấn") >= 3, "beside the receipt, its event, each share"

    @pytest.mark.parametrize("change", [-1, 1, 100_000])
    def test_another_amount_is_refused_with_what_is_expected(
        self, app: Flask, officer: FlaskClient, transfer: Placed, change: int
    ) -> None:
        typed = str(transfer.total + change)
        page = match(officer, reference=transfer.reference, amount=typed)
        assert page.status == 422
        error = page.html.split('id="amount-error"')[1].split("</p>")[0]
        assert f"{transfer.total:,}".replace(",", ".") in error
        assert page.form("/transfers").values["amount"] == typed
        assert page.form("/transfers").values["bank_entry"] == "FT26324000001"
        assert payment_of(app, transfer).status is PaymentStatus.AWAITING
        assert mails(app) == []

    @pytest.mark.parametrize("text", ["BTAAAAAAA", "tien mua gom", "BT", "🙂"])
    def test_another_reference_is_refused(
        self, app: Flask, officer: FlaskClient, transfer: Placed, text: str
    ) -> None:
        page = match(officer, reference=text, amount=str(transfer.total))
        assert page.status == 422
        assert 'id="reference-error"' in page.html
        assert payment_of(app, transfer).status is PaymentStatus.AWAITING

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("reference", ""),
            ("reference", "  "),
            ("amount", ""),
            ("amount", " "),
            ("amount", "1.25"),
            ("amount", "nhiều"),
            ("bank_entry", ""),
            ("bank_entry", " "),
            ("bank_entry", "x" * 81),
            ("received_on", ""),
            ("received_on", "31/12"),
            ("received_on", "2999-01-01"),
        ],
    )
    def test_what_is_missing_or_wrong_is_marked(
        self, app: Flask, officer: FlaskClient, transfer: Placed, field: str, value: str
    ) -> None:
        typed = {"reference": transfer.reference, "amount": str(transfer.total), field: value}
        page = match(officer, **typed)
        assert page.status == 422
        assert f'id="{field}-error"' in page.html
        assert payment_of(app, transfer).status is PaymentStatus.AWAITING

    def test_the_same_transfer_is_not_matched_twice(
        self, app: Flask, officer: FlaskClient, transfer: Placed
    ) -> None:
        typed = {"reference": transfer.reference, "amount": str(transfer.total)}
        assert match(officer, **typed).status == 303
        again = match(officer, **typed, bank_entry="FT26324000002")
        assert again.status == 409
        with app.app_context():
            assert len(db.session.scalars(select(TransferReceipt)).all()) == 1

    def test_one_entry_of_the_bank_pays_one_order(
        self, app: Flask, officer: FlaskClient, transfer: Placed
    ) -> None:
        other = order(app, "binh", method=PaymentMethod.VIETQR)
        assert (
            match(officer, reference=transfer.reference, amount=str(transfer.total)).status == 303
        )
        page = match(officer, reference=other.reference, amount=str(other.total))
        assert page.status == 422
        assert 'id="bank_entry-error"' in page.html
        assert payment_of(app, other).status is PaymentStatus.AWAITING

    def test_late_money_revives_what_is_still_there(
        self, app: Flask, officer: FlaskClient, transfer: Placed
    ) -> None:
        key = payment_of(app, transfer).id
        with app.app_context(), transaction():
            lapse_payment(key, at=NOW + timedelta(days=4))
        assert (
            match(officer, reference=transfer.reference, amount=str(transfer.total)).status == 303
        )
        with app.app_context():
            assert set(db.session.scalars(select(Order.status))) == {OrderStatus.PLACED}
        assert "late" in mails(app)


@pytest.fixture
def refund(app: Flask, desk: Desk) -> str:
    """The public id of a refund owed for a transfer that came when the piece was sold."""
    placed = order(app, "binh", quantity=60, method=PaymentMethod.VIETQR)
    with app.app_context():
        key = db.session.scalars(select(Payment.id)).one()
        with transaction():
            lapse_payment(key, at=NOW + timedelta(days=4))
    order(app, "binh")
    with app.app_context():
        with transaction():
            settle_payment(key, placed.total, at=NOW + timedelta(days=3))
        return db.session.scalars(select(Refund.public_id)).one()


class TestRefunds:
    def test_one_is_marked_as_paid_back_by_whom_and_when(
        self, app: Flask, officer: FlaskClient, officer_id: int, refund: str
    ) -> None:
        assert "+84912345678" in str(get(officer, OFFICE).links)
        page = get(officer, f"{OFFICE}/refunds/{refund}")
        assert send(officer, page, f"/{refund}/settlement").status_code == 303
        with app.app_context():
            kept = db.session.scalars(select(Refund)).one()
            assert kept.status is RefundStatus.DONE
            assert kept.settled_by_id == officer_id
            assert kept.sent_at is not None
        assert not get(officer, f"{OFFICE}/refunds/{refund}").has_form("/settlement")
        assert f"/{refund}" not in get(officer, OFFICE).html
        again = read(send(officer, page, f"/{refund}/settlement"))
        assert again.status == 409

    def test_a_cards_refund_is_left_to_its_provider(
        self, app: Flask, officer: FlaskClient, refund: str
    ) -> None:
        page = get(officer, f"{OFFICE}/refunds/{refund}")
        with app.app_context():
            payment = db.session.get_one(
                Payment, db.session.scalars(select(Refund.payment_id)).one()
            )
            payment.method = PaymentMethod.STRIPE
            db.session.commit()
        assert f"/{refund}" not in get(officer, OFFICE).html
        assert send(officer, page, f"/{refund}/settlement").status_code == 404

    def test_a_refund_the_cards_bank_refused_comes_here(
        self, app: Flask, officer: FlaskClient, refund: str
    ) -> None:
        with app.app_context():
            owed = db.session.scalars(select(Refund)).one()
            owed.status = RefundStatus.FAILED
            db.session.get_one(Payment, owed.payment_id).method = PaymentMethod.STRIPE
            db.session.commit()
        assert f"/{refund}" in get(officer, OFFICE).html
        page = get(officer, f"{OFFICE}/refunds/{refund}")
        assert send(officer, page, f"/{refund}/settlement").status_code == 303

    def test_an_unknown_refund_is_not_found(self, officer: FlaskClient, refund: str) -> None:
        token = get(officer, OFFICE).form("/transfers").values["csrf_token"]
        answer = officer.post(
            f"{OFFICE}/refunds/nothing/settlement",
            data={"csrf_token": token},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 404


class TestLateOrders:
    def test_only_what_should_have_gone_is_listed(
        self, app: Flask, desk: Desk, officer: FlaskClient
    ) -> None:
        late = order(app, "binh", at=NOW - timedelta(days=5))
        on_time = order(app, "binh", at=NOW)
        with clock.stopped(NOW):
            page = get(officer, OFFICE)
        section = page.html.split('id="late"')[1].split("</section>")[0]
        assert late.reference in section
        assert on_time.reference not in section
        assert "tel:+84900000001" in section

    def test_packed_is_still_late_and_delivered_is_not(
        self, app: Flask, desk: Desk, officer: FlaskClient
    ) -> None:
        late = order(app, "binh", at=NOW - timedelta(days=5))
        with app.app_context():
            with transaction():
                found = order_for_update(late.order_ids[0], [desk.net_lam])
                found.status = OrderStatus.CONFIRMED
                pack_order(found, by=db.session.get_one(Person, desk.lan), at=NOW)
            assert late.reference in get(officer, OFFICE).text
            with transaction():
                db.session.scalars(select(Order)).one().status = OrderStatus.DELIVERED
        section = get(officer, OFFICE).html.split('id="late"')[1].split("</section>")[0]
        assert late.reference not in section


class TestWorkshops:
    @pytest.fixture
    def mute(self, app: Flask, desk: Desk) -> str:
        with app.app_context():
            workshop = db.session.get_one(Workshop, desk.lo_bau)
            workshop.phone, workshop.email, workshop.street = None, "", ""
            db.session.commit()
        return "lo-bau-do"

    def complete(self, client: FlaskClient, slug: str, **typed: str) -> Page:
        values = {
            "street": "Số 00 ngõ Gạch Đỏ",
            "ward_code": "00577",
            "phone": "0900 000 022",
            "email": "LoBauDo@example.vn",
            **typed,
        }
        named = {f"{slug}-{name}": value for name, value in values.items()}
        page = get(client, OFFICE)
        return read(send(client, page, f"/{slug}/contact", **named))

    def test_one_without_a_working_address_is_listed_and_completed(
        self, app: Flask, desk: Desk, officer: FlaskClient, mute: str
    ) -> None:
        page = get(officer, OFFICE)
        assert not page.has_form("/net-lam/contact")
        assert self.complete(officer, mute).status == 303
        with app.app_context():
            workshop = db.session.get_one(Workshop, desk.lo_bau)
            assert not workshop.lacks_working_address
            assert (workshop.phone, workshop.email) == ("+84900000022", "lobaudo@example.vn")
        assert not get(officer, OFFICE).has_form("/lo-bau-do/contact")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("street", ""),
            ("ward_code", "99999"),
            ("phone", "12"),
            ("phone", ""),
            ("phone", " "),
            ("email", "khong"),
            ("email", ""),
        ],
    )
    def test_what_is_wrong_is_marked_and_kept(
        self,
        app: Flask,
        desk: Desk,
        officer: FlaskClient,
        mute: str,
        field: str,
        value: str,
    ) -> None:
        page = self.complete(officer, mute, **{field: value})
        assert page.status == 422
        assert f'id="{mute}-{field}-error"' in page.html
        kept = page.form("/contact").values
        assert field == "street" or kept[f"{mute}-street"] == "Số 00 ngõ Gạch Đỏ"
        with app.app_context():
            assert db.session.get_one(Workshop, desk.lo_bau).lacks_working_address

    def test_an_unknown_workshop_is_not_found(self, officer: FlaskClient) -> None:
        token = get(officer, OFFICE).form("/transfers").values["csrf_token"]
        answer = officer.post(
            f"{OFFICE}/workshops/nothing/contact",
            data={"csrf_token": token},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 404


class TestMails:
    def test_one_given_up_is_listed_and_tried_again(self, app: Flask, officer: FlaskClient) -> None:
        with app.app_context(), transaction():
            db.session.add(
                Mail(
                    public_id="mail1",
                    cause="test:1",
                    recipient="khach@example.vn",
                    language="vi",
                    subject="Đơn của bạn",
                    text="x",
                    html="x",
                    status=MailStatus.GIVEN_UP,
                    attempts=12,
                    last_error="550 no such mailbox",
                )
            )
        page = get(officer, OFFICE)
        assert "550 no such mailbox" in page.text
        assert send(officer, page, "/mail1/attempt").status_code == 303
        with app.app_context():
            mail = db.session.scalars(select(Mail)).one()
            assert (mail.status, mail.attempts) == (MailStatus.DUE, 0)
        assert send(officer, page, "/mail1/attempt").status_code == 404


class TestSearch:
    @pytest.fixture
    def placed(self, app: Flask, desk: Desk) -> Placed:
        placed = order(app, "binh")
        other = order(app, "chum")
        with app.app_context():
            group = db.session.scalars(
                select(OrderGroup).where(OrderGroup.reference == other.reference)
            ).one()
            group.name, group.name_fold = "Đỗ Văn Khác", "do van khac"
            group.phone, group.email = "+84987654321", "khac_hon@example.vn"
            db.session.commit()
        return placed

    @pytest.mark.parametrize("page", ["9999999", "9" * 25, "9" * 5000, "0", "-3", "²", "nonsense"])
    def test_any_page_number_can_be_asked_for(
        self, officer: FlaskClient, placed: Placed, page: str
    ) -> None:
        answer = get(officer, f"{OFFICE}/orders?page={page}")
        assert answer.status == 200
        assert (placed.reference in answer.text) == (page != "9999999")

    @pytest.mark.parametrize(
        "text",
        [
            "{reference}",
            "{lower}",
            "{start}",
            "CK {reference} MBVCB",
            "mai lan",
            "MAI LAN",
            "Trần Mai",
            "tran mai lan",
            "0912345678",
            "0912 345 678",
            "+84 912 345 678",
            "84912345678",
            "345678",
            "lan@example.vn",
            "LAN@EXAMPLE.VN",
        ],
    )
    def test_finds_the_order_alone(self, officer: FlaskClient, placed: Placed, text: str) -> None:
        query = text.format(
            reference=placed.reference,
            lower=placed.reference.lower(),
            start=placed.reference[:6],
        )
        answer = officer.get(f"{OFFICE}/orders", query_string={"q": query})
        page = read(answer)
        assert placed.reference in page.links
        assert "Đỗ Văn Khác" not in page.text

    @pytest.mark.parametrize("text", ["không có ai", "%", "_", "0999999999", "BT%", "a@b.vn"])
    def test_says_when_nothing_fits(self, officer: FlaskClient, placed: Placed, text: str) -> None:
        page = read(officer.get(f"{OFFICE}/orders", query_string={"q": text}))
        assert page.status == 200
        assert placed.reference not in page.links
        assert "Đỗ Văn Khác" not in page.text

    def test_without_a_text_the_newest_come(self, officer: FlaskClient, placed: Placed) -> None:
        page = get(officer, f"{OFFICE}/orders")
        assert placed.reference in page.links
        assert "Đỗ Văn Khác" in page.text

    def test_pages(self, app: Flask, officer: FlaskClient, desk: Desk) -> None:
        for _ in range(31):
            order(app, "binh")
        first = get(officer, f"{OFFICE}/orders")
        second = get(officer, f"{OFFICE}/orders?page=2")
        assert first.html.count("<tr>") == 31
        assert second.html.count("<tr>") == 2
        assert get(officer, f"{OFFICE}/orders?page=x").status == 200


class TestCosts:
    def sent(self, app: Flask, client: FlaskClient, path: str) -> int:
        with count_sql(app) as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    @pytest.mark.parametrize(("path", "most"), [("", 11), ("/orders", 4)])
    def test_as_much_for_many_as_for_one(
        self, app: Flask, officer: FlaskClient, desk: Desk, path: str, most: int
    ) -> None:
        order(app, "binh", "chum", method=PaymentMethod.VIETQR)
        order(app, "binh", at=NOW - timedelta(days=9))
        for_few = self.sent(app, officer, OFFICE + path)
        for _ in range(6):
            order(app, "binh", "chum", method=PaymentMethod.VIETQR)
            order(app, "binh", "chum", at=NOW - timedelta(days=9))
        assert self.sent(app, officer, OFFICE + path) == for_few <= most

    def test_a_group_costs_as_much_for_many_parts(
        self, app: Flask, officer: FlaskClient, desk: Desk
    ) -> None:
        one, many = order(app, "binh"), order(app, "binh", "chum", "am-chen", quantity=2)
        for_one = self.sent(app, officer, f"{OFFICE}/orders/{one.reference}")
        assert self.sent(app, officer, f"{OFFICE}/orders/{many.reference}") == for_one <= 11


def test_only_what_is_paid_counts_as_paid(
    app: Flask, officer: FlaskClient, transfer: Placed
) -> None:
    order(app, "binh")

    def paid() -> str:
        return get(officer, "/en/office").text.split("Paid this month")[1].split("Workshops")[0]

    assert paid().strip() == "₫0"
    with app.app_context(), transaction():
        settle_payment(payment_of(app, transfer).id, transfer.total, at=clock.now())
    assert f"{transfer.total:,}" in paid()


def test_a_quiet_day_says_so(officer: FlaskClient) -> None:
    page = get(officer, "/en/office")
    assert page.headings == ["What waits"]
    assert "Nothing waits." in page.text
    assert "Every order is on time." in page.text
