"""Money given back, pieces cancelled and parcels brought back, on workshop's and office's pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.accounts.models import Person
from shop.checkout.actions import settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.orders.actions import confirm_order, order_for_update, pack_order, ship_order
from shop.orders.models import Order, OrderGroup, OrderLine, OrderStatus, PaymentShare
from shop.payments.models import PaymentMethod
from shop.returns.models import RefundReason, RefusedParcel
from shop.workshops.models import MemberRole, WorkshopMember
from tests.checkout.bookkeeping import faults
from tests.conftest import new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import Page, get, read, send
from tests.studio.orders import Desk, Placed, open_village, order

STEPS = ("refund", "cancellation", "refusal")


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


@pytest.fixture
def officer(app: Flask, desk: Desk) -> FlaskClient:
    with app.app_context():
        person_id = make_person("Văn phòng", is_officer=True).id
        db.session.commit()
    return browser_of(app, person_id)


@pytest.fixture
def paid(app: Flask, desk: Desk) -> Placed:
    """Two vases for 3.700.000 ₫ and their postage, paid by transfer."""
    placed = order(app, "binh", quantity=2, method=PaymentMethod.VIETQR)
    with app.app_context(), transaction():
        group = db.session.scalars(select(OrderGroup)).one()
        settle_payment(group.payment_id, group.total, at=NOW)
    return placed


def send_off(app: Flask, desk: Desk, placed: Placed) -> None:
    with app.app_context(), transaction():
        found = order_for_update(placed.order_ids[0], [desk.net_lam])
        by = db.session.get_one(Person, desk.lan)
        confirm_order(found, by=by, at=NOW)
        pack_order(found, by=by, at=NOW)
        ship_order(
            found, carrier_code="ghn", carrier_name="GHN", tracking_number="1", by=by, at=NOW
        )


def studio(placed: Placed, step: str, language: str = "vi") -> str:
    return f"/{language}/studio/orders/{placed.order_ids[0]}/{step}"


def office(placed: Placed, step: str, language: str = "vi") -> str:
    return f"/{language}/office/orders/{placed.reference}/parcels/{placed.order_ids[0]}/{step}"


def stored(app: Flask) -> tuple[OrderStatus, int]:
    with app.app_context():
        found, share = db.session.execute(
            select(Order, PaymentShare).join(PaymentShare, PaymentShare.order_id == Order.id)
        ).one()
        return found.status, share.refunded


def subjects(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [
            (row[0], row[1]) for row in db.session.execute(select(Mail.recipient, Mail.subject))
        ]


def post(client: FlaskClient, path: str, **values: str) -> Page:
    return read(send(client, get(client, path), path.rsplit("/", 1)[-1], **values))


def push(client: FlaskClient, path: str, **values: str) -> TestResponse:
    """What a page of another day, or an outsider, would send."""
    token = get(client, "/vi/account").form("/sign-out").values["csrf_token"]
    data = {"csrf_token": token, **values}
    return client.post(path, data=data, headers={"Referer": "https://localhost/"})


def test_the_workshop_gives_back_with_a_word_to_the_buyer(
    app: Flask, lan: FlaskClient, paid: Placed
) -> None:
    response = send(
        lan,
        get(lan, studio(paid, "refund")),
        "/refund",
        what_for="goodwill",
        amount="1.250.000đ",
        note="Men hơi lệch màu",
    )
    assert response.status_code == 303
    assert stored(app) == (OrderStatus.PLACED, 1_250_000)
    with app.app_context():
        reason = db.session.scalars(select(RefundReason)).one()
        assert (reason.by.value, reason.note) == ("workshop", "Men hơi lệch màu")
        assert faults() == []
    [(recipient, subject)] = subjects(app)
    assert recipient == "lan@example.vn"
    assert "1.250.000" in subject


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "nhập số tiền"),
        ("một triệu", "Ghi số tiền bằng đồng"),
        ("-5000", "Ghi số tiền bằng đồng"),
        ("9.000.000", "nhiều nhất"),
        ("0", "nhiều nhất"),
    ],
)
def test_what_cannot_be_given_back_is_said_beside_the_amount(
    app: Flask, lan: FlaskClient, paid: Placed, amount: str, says: str
) -> None:
    page = post(lan, studio(paid, "refund"), what_for="goodwill", amount=amount, note="Vì thế này")
    assert page.status == 422
    assert says in page.text
    assert "Vì thế này" in page.html
    assert stored(app)[1] == 0


def test_pieces_are_cancelled_one_by_one_or_all(app: Flask, lan: FlaskClient, paid: Placed) -> None:
    with app.app_context():
        field = f"line_{db.session.scalars(select(OrderLine.id)).one()}"
    response = send(
        lan,
        get(lan, studio(paid, "cancellation")),
        "/cancellation",
        **{field: "1", "reason": "Nứt khi nung"},
    )
    assert response.status_code == 303
    assert stored(app) == (OrderStatus.PLACED, 1_850_000)
    tracking = get(new_client(app), f"/vi/orders/{paid.token}")
    assert "1 chiếc không giao được" in tracking.text
    assert (
        send(
            lan, get(lan, studio(paid, "cancellation")), "/cancellation", reason="Vỡ nốt"
        ).status_code
        == 303
    )
    assert stored(app) == (OrderStatus.CANCELLED, paid.total)
    assert [recipient for recipient, _ in subjects(app)] == ["lan@example.vn"] * 2


def test_no_piece_named_or_no_reason_is_refused(app: Flask, lan: FlaskClient, paid: Placed) -> None:
    with app.app_context():
        field = f"line_{db.session.scalars(select(OrderLine.id)).one()}"
    page = post(lan, studio(paid, "cancellation"), **{field: "0", "reason": "Nứt"})
    assert (page.status, "món nào" in page.text) == (422, True)
    assert post(lan, studio(paid, "cancellation"), reason=" ").status == 422
    assert stored(app) == (OrderStatus.PLACED, 0)


def test_a_parcel_brought_back_is_written_down(
    app: Flask, desk: Desk, lan: FlaskClient, paid: Placed
) -> None:
    send_off(app, desk, paid)
    path = studio(paid, "refusal")
    with clock.stopped(NOW):
        early = post(lan, path, came_back_on="2026-11-01", freight="30.000", reason="")
        later = post(lan, path, came_back_on="2026-11-21", freight="30.000", reason="")
        assert (early.status, later.status) == (422, 422)
        response = send(
            lan, get(lan, path), "/refusal", came_back_on="2026-11-20", freight="30.000"
        )
    assert response.status_code == 303
    assert stored(app) == (OrderStatus.REFUSED, 3_700_000)
    with app.app_context():
        assert db.session.scalars(select(RefusedParcel.freight)).one() == 30_000
        assert faults() == []
    [(_, subject)] = subjects(app)
    assert "bị trả về" in subject
    page = get(lan, f"/vi/studio/orders/{paid.order_ids[0]}")
    assert "Bị trả về" in page.text
    tracking = get(new_client(app), f"/en/orders/{paid.token}")
    assert "The carrier brought the parcel back" in tracking.text


def test_the_office_does_the_same_and_the_workshop_is_told(
    app: Flask, officer: FlaskClient, paid: Placed
) -> None:
    response = send(
        officer,
        get(officer, office(paid, "refund")),
        "/refund",
        what_for="shipping",
        amount="20000",
        note="Giao chậm",
    )
    assert response.status_code == 303
    assert stored(app)[1] == 20_000
    assert {recipient for recipient, _ in subjects(app)} == {
        "lan@example.vn",
        "net-lam@example.vn",
    }
    assert "Hoàn tiền" in get(officer, f"/vi/office/orders/{paid.reference}").text


@pytest.mark.parametrize("step", STEPS)
def test_another_workshop_and_strangers_find_nothing(
    app: Flask, desk: Desk, paid: Placed, step: str
) -> None:
    for person_id in (desk.duc, desk.stranger):
        client = browser_of(app, person_id)
        for path in (studio(paid, step), office(paid, step)):
            assert client.get(path).status_code == 404
            assert push(client, path).status_code == 404


def test_who_packs_does_not_give_money_back(app: Flask, desk: Desk, paid: Placed) -> None:
    with app.app_context():
        person = make_person("Người gói")
        db.session.add(
            WorkshopMember(workshop_id=desk.net_lam, person_id=person.id, role=MemberRole.PACKER)
        )
        db.session.commit()
        person_id = person.id
    packer = browser_of(app, person_id)
    for step in STEPS:
        assert packer.get(studio(paid, step)).status_code == 404
    assert "Hoàn tiền" not in get(packer, f"/vi/studio/orders/{paid.order_ids[0]}").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_step_that_came_too_late_says_where_the_order_stands(
    lan: FlaskClient, paid: Placed, language: str
) -> None:
    page = get(lan, studio(paid, "refusal", language))
    assert not page.has_form("/refusal")
    path = studio(paid, "refusal", language)
    with clock.stopped(NOW):
        response = push(lan, path, came_back_on="2026-11-20", freight="0")
    assert response.status_code == 409
