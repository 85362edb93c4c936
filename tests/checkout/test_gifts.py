"""A gift to the craft fund: asked for, paid with the order, booked, and given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from shop.cart.cookie import BASKET_COOKIE
from shop.catalogue.models import Variant
from shop.checkout.actions import cancel_unpaid, lapse_payment, place_order, settle_payment
from shop.checkout.part_refunds import Why, give_back_freely
from shop.checkout.purchase import MethodUnavailable
from shop.checkout.refunds import pay_back_by_hand
from shop.checkout.undelivered import cancel_whole
from shop.core.db import db
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.orders.actions import order_for_update
from shop.orders.models import Actor, ActorKind, OrderGroup, OrderStatus
from shop.payments.models import Payment, PaymentMethod, Refund, RefundStatus
from shop.returns.models import RefundKind
from tests.checkout.bookkeeping import accounts_of, deliver, faults, refund_elsewhere
from tests.checkout.buying import orders_of, place, purchase_of
from tests.factories import (
    NOW,
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)
from tests.pages import Page, get, read, send

GIFT = 20_000
LATE = NOW + timedelta(days=4)
CHECKOUT = "/vi/checkout"
WHO = {
    "name": "Trần Mai Lan",
    "phone": "0912 345 678",
    "email": "lan@example.vn",
    "province": "01",
    "ward": "00070",
    "street": "12 Hàng Trống",
}


@dataclass(frozen=True)
class Shop:
    settings: Settings
    vase: int
    jar: int
    member: int
    officer: int


@pytest.fixture
def shop(context: Flask, settings: Settings) -> Shop:
    make_rates()
    household = make_workshop()
    vase = variant_of(make_product(household, "binh", stock=1))
    jar = variant_of(make_product(make_workshop("lo-bau-do", "Lò Bầu Đỏ"), "chum", stock=9))
    found = Shop(
        replace(settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x"),
        vase.id,
        jar.id,
        make_member(household).id,
        make_person("Văn phòng", is_officer=True).id,
    )
    db.session.commit()
    return found


def give(
    shop: Shop, *keys: int, method: PaymentMethod = PaymentMethod.VIETQR, gift: int = GIFT
) -> OrderGroup:
    wanted = [(db.session.get_one(Variant, key), 1) for key in keys or (shop.vase,)]
    return place(shop.settings, make_cart(*wanted)[0], method=method, gift=gift)


def settle(group: OrderGroup) -> None:
    payment_id, total = group.payment_id, group.total
    with transaction():
        settle_payment(payment_id, total, at=LATE, charge=f"ch_{payment_id}")


def fresh(group: OrderGroup) -> OrderGroup:
    return db.session.get_one(OrderGroup, group.id, populate_existing=True)


def test_the_fund_has_a_gift_at_once_and_no_order_has_a_share_of_it(shop: Shop) -> None:
    group = give(shop)
    assert group.total == group.items_total + group.shipping_total + GIFT
    assert db.session.get_one(Payment, group.payment_id).amount == group.total
    settle(group)
    settle(group)
    (order,) = orders_of(group)
    gift = {Account.CLEARING_BANK: GIFT, Account.CRAFT_FUND: -GIFT}
    assert accounts_of(group) == gift
    assert accounts_of(order)[Account.BUYERS_ADVANCES] == -order.total
    assert faults() == []
    deliver(order, shop.member)
    assert accounts_of(group) == gift
    assert balance(Account.CRAFT_FUND) == 55_500 + GIFT
    assert faults() == []


def test_it_goes_back_whole_with_an_order_that_was_cancelled(shop: Shop) -> None:
    group = give(shop, shop.vase, shop.jar)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    settle(group)
    assert fresh(group).gift_refunded == GIFT
    assert accounts_of(group) == {Account.CLEARING_BANK: GIFT, Account.REFUNDS_OWED: -GIFT}
    assert faults() == []
    refunds = db.session.scalars(select(Refund.public_id).order_by(Refund.id)).all()
    assert len(refunds) == 3
    for public_id in refunds:
        with transaction():
            pay_back_by_hand(public_id, by_id=shop.officer, at=LATE)
    assert accounts_of(group) == {}
    assert faults() == []


def test_it_goes_back_too_when_the_price_had_gone_back_before(shop: Shop) -> None:
    group = give(shop)
    settle(group)
    [order] = orders_of(group)
    public_id, workshops, total = order.public_id, [order.workshop_id], order.total
    office, why = Actor(ActorKind.OFFICE), Why(RefundKind.GOODWILL)
    with transaction():
        found = order_for_update(public_id, workshops)
        give_back_freely(found, total, why, key="k", actor=office, at=LATE)
    assert fresh(group).gift_refunded == 0
    with transaction():
        found = order_for_update(public_id, workshops)
        cancel_whole(found, reason="Nứt", actor=office, at=LATE)
    assert fresh(group).gift_refunded == GIFT
    assert faults() == []


@pytest.mark.parametrize("keys", [("vase",), ("vase", "jar")])
def test_late_money_gives_it_back_only_when_nothing_of_the_order_stands(
    shop: Shop, keys: tuple[str, ...]
) -> None:
    """The only vase is sold to another meanwhile; the jar can still be had."""
    group = give(shop, *(getattr(shop, key) for key in keys))
    with transaction():
        lapse_payment(group.payment_id, at=LATE)
    give(shop, shop.vase, gift=0)
    settle(group)
    stands = any(order.status is OrderStatus.PLACED for order in orders_of(group))
    assert stands == ("jar" in keys)
    assert fresh(group).gift_refunded == (0 if stands else GIFT)
    assert faults() == []


def test_a_refund_in_the_dashboard_takes_the_gift_last_and_gives_it_again(shop: Shop) -> None:
    group = give(shop, method=PaymentMethod.STRIPE)
    settle(group)
    payment_id, orders = group.payment_id, group.total - GIFT
    assert refund_elsewhere(payment_id, orders) == 0
    assert fresh(group).gift_refunded == 0
    assert refund_elsewhere(payment_id, GIFT + 1, "re_2") == 1
    assert fresh(group).gift_refunded == GIFT
    assert accounts_of(group) == {}
    refund_elsewhere(payment_id, GIFT + 1, "re_2", RefundStatus.FAILED)
    assert fresh(group).gift_refunded == 0
    assert accounts_of(group) == {Account.CLEARING_STRIPE: GIFT, Account.CRAFT_FUND: -GIFT}
    assert faults() == []


def test_cash_carries_no_gift(shop: Shop) -> None:
    cart, _ = make_cart((db.session.get_one(Variant, shop.vase), 1))
    db.session.commit()
    purchase = purchase_of(cart, method=PaymentMethod.CASH, gift=GIFT)
    with pytest.raises(MethodUnavailable), transaction():
        place_order(purchase, shop.settings, NOW)


@pytest.mark.parametrize(
    ("change", "found"),
    [("gift_refunded = 1", "gifts"), ("gift = gift - 1, total = total - 1", "captured")],
)
def test_the_checks_find_a_gift_that_is_not_what_was_booked(
    shop: Shop, change: str, found: str
) -> None:
    settle(give(shop))
    with transaction():
        db.session.execute(text(f"update order_group set {change}"))  # noqa: S608
    assert any(fault.startswith(found) for fault in faults())


@pytest.fixture
def page(app: Flask, client: FlaskClient) -> Page:
    with app.app_context():
        vase = variant_of(make_product(make_workshop()))
        make_rates()
        _, token = make_cart((vase, 1))
        db.session.commit()
    client.set_cookie(BASKET_COOKIE, token, domain="localhost")
    return read(send(client, get(client, CHECKOUT), "/checkout", **WHO, refresh="1"))


def total(page: Page) -> str:
    return page.form("/checkout").values["total_seen"]


class TestThePage:
    def test_offers_it_without_choosing(self, page: Page) -> None:
        assert "gift" in page.form("/checkout").names
        assert "gift" not in page.form("/checkout").values
        assert total(page) == "1890000"

    def test_adds_it_and_has_the_new_total_agreed_to(
        self, app: Flask, client: FlaskClient, page: Page
    ) -> None:
        """Without a script the total shown was another, so it is shown before it is taken."""
        answer = send(client, page, "/checkout", method="vietqr", gift="20000")
        assert answer.status_code == 409
        shown = read(answer)
        assert total(shown) == "1910000"
        placed = send(client, shown, "/checkout")
        assert placed.status_code == 303
        tracked = get(client, str(placed.location))
        assert "Bạn góp Quỹ giữ nghề 20.000 ₫" in tracked.text.replace("\xa0", " ")
        with app.app_context():
            assert db.session.scalars(select(OrderGroup.gift)).all() == [20_000]

    def test_takes_a_sum_of_the_buyers_own(
        self, app: Flask, client: FlaskClient, page: Page
    ) -> None:
        own = {"method": "vietqr", "gift": "other", "own_gift": "75.000đ"}
        shown = read(send(client, page, "/checkout", **own, refresh="1"))
        assert total(shown) == "1965000"
        assert send(client, shown, "/checkout").status_code == 303
        with app.app_context():
            assert db.session.scalars(select(OrderGroup.gift)).all() == [75_000]

    @pytest.mark.parametrize("typed", ["", "-5000", "mười nghìn", "999", "12.34", "60.000.000"])
    def test_says_beside_the_field_what_is_no_gift(
        self, client: FlaskClient, page: Page, typed: str
    ) -> None:
        own = {"method": "vietqr", "gift": "other", "own_gift": typed}
        answer = send(client, page, "/checkout", **own)
        assert answer.status_code == 422
        shown = read(answer)
        assert shown.form("/checkout").values["own_gift"] == typed
        assert shown.form("/checkout").values["street"] == WHO["street"]
        assert 'id="own_gift-error"' in shown.html

    def test_says_why_not_with_cash_and_adds_nothing(
        self, app: Flask, client: FlaskClient, page: Page
    ) -> None:
        told = {"method": "cash", "gift": "other", "own_gift": "nhiều"}
        shown = read(send(client, page, "/checkout", **told, refresh="1"))
        assert "Không góp được khi trả tiền mặt" in shown.text
        assert total(shown) == "1890000"
        assert send(client, page, "/checkout", **told).status_code == 303
        with app.app_context():
            assert db.session.scalars(select(OrderGroup.gift)).all() == [0]

    def test_refuses_an_amount_it_did_not_offer(self, client: FlaskClient, page: Page) -> None:
        answer = send(client, page, "/checkout", method="vietqr", gift="7")
        assert (answer.status_code, "gift-error" in answer.get_data(as_text=True)) == (422, True)
