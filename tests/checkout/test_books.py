"""An order's money from capture to refund, to the đồng, and checks that find what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from shop.catalogue.models import Variant
from shop.checkout.actions import cancel_unpaid, lapse_payment, settle_payment
from shop.checkout.books_check import CheckName
from shop.checkout.refunds import pay_back_by_hand, take_refund_answer
from shop.core.db import db
from shop.core.errors import Conflict, Missing
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.ledger.actions.rates import RateDetails, put_rate
from shop.ledger.models import Account, RateKind, Sellers
from shop.ledger.queries.books import balance, balances
from shop.orders.models import ActorKind, Order, OrderGroup, PaymentShare
from shop.payments.gateway import RefundAnswer
from shop.payments.models import PaymentMethod, Refund, RefundStatus
from shop.shipping.models import DeliveryKind
from shop.workshops.models import SellerKind
from tests.checkout.bookkeeping import (
    accounts_of,
    deliver,
    faults,
    refund_elsewhere,
    step,
    take_cash,
)
from tests.checkout.buying import orders_of, place
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
from tests.ledger.guards import books_unguarded

LATE = NOW + timedelta(days=4)
# 1.850.000 ₫ of goods: 9 % commission with 8 % VAT in it, 3 % fund, 1 % VAT and 0.5 % PIT
# withheld of a household, and 40.000 ₫ postage.
SOLD = {
    Account.WORKSHOP_PAYABLE: -1_640_250,
    Account.COMMISSION: -154_167,
    Account.COMMISSION_VAT: -12_333,
    Account.CRAFT_FUND: -55_500,
    Account.WITHHELD_VAT: -18_500,
    Account.WITHHELD_PIT: -9_250,
}
TOTAL = 1_890_000


@dataclass(frozen=True)
class Shop:
    settings: Settings
    vase: int
    jar: int
    member: int
    officer: int


@pytest.fixture
def shop(context: Flask, settings: Settings) -> Shop:
    """A household with a vase for 1.850.000 ₫ and a company with a jar for 1.080.000 ₫."""
    make_rates()
    household = make_workshop()
    company = make_workshop("lo-bau-do", "Lò Bầu Đỏ", seller_kind=SellerKind.COMPANY)
    vase = variant_of(make_product(household, "binh", stock=20))
    jar = variant_of(make_product(company, "chum", stock=20, price=1_080_000))
    found = Shop(
        replace(settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x"),
        vase.id,
        jar.id,
        make_member(household).id,
        make_person("Văn phòng", is_officer=True).id,
    )
    db.session.commit()
    return found


def buy(shop: Shop, *variants: int, method: PaymentMethod = PaymentMethod.VIETQR) -> OrderGroup:
    wanted = [(db.session.get_one(Variant, key), 1) for key in variants or (shop.vase,)]
    return place(shop.settings, make_cart(*wanted)[0], method=method)


def settle(group: OrderGroup, at: datetime = NOW) -> None:
    payment_id, total = group.payment_id, group.total
    with transaction():
        settle_payment(payment_id, total, at=at, charge=f"ch_{payment_id}")


def paid(shop: Shop, *variants: int, method: PaymentMethod = PaymentMethod.STRIPE) -> OrderGroup:
    group = buy(shop, *variants, method=method)
    settle(group)
    return group


def test_nothing_is_booked_before_money_moves(shop: Shop) -> None:
    buy(shop)
    assert balances() == {}
    assert faults() == []


def test_money_paid_in_advance_is_the_buyers_until_delivery(shop: Shop) -> None:
    group = paid(shop, shop.vase, shop.jar, method=PaymentMethod.VIETQR)
    vase, jar = orders_of(group)
    assert accounts_of(vase) == {Account.CLEARING_BANK: TOTAL, Account.BUYERS_ADVANCES: -TOTAL}
    deliver(vase, shop.member)
    assert accounts_of(vase) == {Account.CLEARING_BANK: TOTAL, **SOLD}
    assert accounts_of(jar)[Account.BUYERS_ADVANCES] == -1_120_000
    assert balance(Account.WORKSHOP_PAYABLE, vase.workshop_id) == 1_640_250
    assert balance(Account.CRAFT_FUND) == 55_500
    assert faults() == []


def test_the_cover_for_breakage_is_set_aside_and_goes_back_in_proportion(shop: Shop) -> None:
    with transaction():
        put_rate(
            RateDetails(RateKind.COVER_SHARE, Sellers.ALL, 100, date(2026, 1, 1), "test"),
            by_id=None,
            at=NOW,
        )
    group = paid(shop)
    (vase,) = orders_of(group)
    deliver(vase, shop.member)
    sold = {**SOLD, Account.COMMISSION: -135_667, Account.BREAKAGE_COVER: -18_500}
    assert accounts_of(vase) == {Account.CLEARING_STRIPE: TOTAL, **sold}
    refund_elsewhere(group.payment_id, TOTAL // 2)
    assert accounts_of(vase)[Account.BREAKAGE_COVER] == -9_250
    assert faults() == []
    refund_elsewhere(group.payment_id, TOTAL // 2, "re_2")
    assert accounts_of(vase) == {}
    assert faults() == []


def test_of_a_company_nothing_is_withheld(shop: Shop) -> None:
    (jar,) = orders_of(paid(shop, shop.jar))
    deliver(jar, shop.member)
    assert accounts_of(jar) == {
        Account.CLEARING_STRIPE: 1_120_000,
        Account.WORKSHOP_PAYABLE: -(1_080_000 - 97_200 - 32_400 + 40_000),
        Account.COMMISSION: -90_000,
        Account.COMMISSION_VAT: -7_200,
        Account.CRAFT_FUND: -32_400,
    }
    assert faults() == []


def test_a_carrier_owes_the_cash_until_the_workshop_has_it(shop: Shop) -> None:
    (order,) = orders_of(buy(shop, method=PaymentMethod.CASH))
    deliver(order, shop.member)
    assert accounts_of(order) == {Account.CASH_WITH_CARRIER: TOTAL, **SOLD}
    assert faults() == []
    take_cash(order, shop.member)
    assert accounts_of(order) == {Account.CASH_WITH_WORKSHOP: TOTAL, **SOLD}
    assert faults() == []


def test_cash_taken_before_the_sale_is_made_is_an_advance(shop: Shop) -> None:
    (order,) = orders_of(buy(shop, method=PaymentMethod.CASH))
    for _ in range(3):
        step(order, shop.member)
    take_cash(order, shop.member)
    assert accounts_of(order) == {
        Account.CASH_WITH_WORKSHOP: TOTAL,
        Account.BUYERS_ADVANCES: -TOTAL,
    }
    assert faults() == []
    deliver(order, shop.member)
    assert accounts_of(order) == {Account.CASH_WITH_WORKSHOP: TOTAL, **SOLD}
    assert faults() == []


def test_a_workshop_owes_the_cash_for_what_was_fetched_there(shop: Shop) -> None:
    (order,) = orders_of(buy(shop, method=PaymentMethod.CASH))
    order.delivery_kind = DeliveryKind.COLLECTION
    db.session.commit()
    deliver(order, shop.member)
    assert accounts_of(order)[Account.CASH_WITH_WORKSHOP] == TOTAL
    assert faults() == []
    take_cash(order, shop.member)
    assert accounts_of(order) == {Account.CASH_WITH_WORKSHOP: TOTAL, **SOLD}
    assert faults() == []


def test_late_money_that_cannot_be_used_is_owed_and_paid_back(shop: Shop) -> None:
    group = buy(shop)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    settle(group, LATE)
    (order,) = orders_of(group)
    assert accounts_of(order) == {Account.CLEARING_BANK: TOTAL, Account.REFUNDS_OWED: -TOTAL}
    assert faults() == []
    refund = db.session.scalars(select(Refund)).one()
    public_id = refund.public_id
    with transaction():
        pay_back_by_hand(public_id, by_id=shop.officer, at=LATE)
    assert accounts_of(order) == {}
    with transaction(), pytest.raises(Conflict):
        pay_back_by_hand(public_id, by_id=shop.officer, at=LATE)
    with transaction(), pytest.raises(Missing):
        pay_back_by_hand("none", by_id=shop.officer, at=LATE)
    assert faults() == []


def test_late_money_for_what_is_still_there_is_an_advance(shop: Shop) -> None:
    group = buy(shop)
    with transaction():
        lapse_payment(group.payment_id, at=LATE)
    assert balances() == {}
    settle(group, LATE)
    (order,) = orders_of(group)
    assert accounts_of(order)[Account.BUYERS_ADVANCES] == -TOTAL
    deliver(order, shop.member)
    assert faults() == []


def test_a_card_refund_the_bank_sends_back_is_paid_by_hand(shop: Shop) -> None:
    group = buy(shop, method=PaymentMethod.STRIPE)
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
    settle(group)
    (order,) = orders_of(group)
    refund_id = db.session.scalars(select(Refund.public_id)).one()

    def answer(status: RefundStatus) -> None:
        with transaction():
            taken = take_refund_answer(refund_id, RefundAnswer("re_9", status, None, TOTAL), at=NOW)
            assert taken

    answer(RefundStatus.SENT)
    assert accounts_of(order)[Account.REFUNDS_OWED] == -TOTAL
    for _ in range(2):
        answer(RefundStatus.DONE)
        assert accounts_of(order) == {}
        assert faults() == []
    # The bank sends it back; what was said before comes once more, late.
    for status in (RefundStatus.FAILED, RefundStatus.DONE):
        answer(status)
        assert accounts_of(order) == {
            Account.CLEARING_STRIPE: TOTAL,
            Account.REFUNDS_OWED: -TOTAL,
        }
        assert faults() == []
    with transaction():
        pay_back_by_hand(refund_id, by_id=shop.officer, at=NOW)
    assert accounts_of(order) == {Account.CLEARING_STRIPE: TOTAL, Account.CLEARING_BANK: -TOTAL}
    assert faults() == []


def test_a_refund_from_the_dashboard_is_shared_over_the_orders(shop: Shop) -> None:
    """By largest remainder over what each order has left: 1.890.000 and 1.120.000 of 3.010.000."""
    group = paid(shop, shop.vase, shop.jar)
    vase, jar = orders_of(group)
    for _ in range(2):
        assert refund_elsewhere(group.payment_id, 100_000) == 0
    refunded = db.session.scalars(select(PaymentShare.refunded).order_by(PaymentShare.order_id))
    assert list(refunded) == [62_791, 37_209]
    assert accounts_of(vase) == {
        Account.CLEARING_STRIPE: TOTAL - 62_791,
        Account.BUYERS_ADVANCES: -(TOTAL - 62_791),
    }
    assert faults() == []
    deliver(vase, shop.member)
    kept = accounts_of(vase)
    assert sum(amount for account, amount in kept.items() if account in SOLD) == -(TOTAL - 62_791)
    assert kept[Account.CRAFT_FUND] == -53_656
    assert accounts_of(jar)[Account.CLEARING_STRIPE] == 1_120_000 - 37_209
    assert faults() == []


def test_refunds_after_the_sale_take_every_share_back_in_proportion(shop: Shop) -> None:
    group = paid(shop)
    (order,) = orders_of(group)
    deliver(order, shop.member)
    refund_elsewhere(group.payment_id, TOTAL // 2, "re_1")
    half = accounts_of(order)
    assert {account: half[account] for account in SOLD} == {
        Account.WORKSHOP_PAYABLE: -820_125,
        Account.COMMISSION: -77_083,
        Account.COMMISSION_VAT: -6_167,
        Account.CRAFT_FUND: -27_750,
        Account.WITHHELD_VAT: -9_250,
        Account.WITHHELD_PIT: -4_625,
    }
    assert faults() == []
    refund_elsewhere(group.payment_id, 1, "re_2")
    assert faults() == []
    refund_elsewhere(group.payment_id, TOTAL // 2 - 1, "re_3")
    assert accounts_of(order) == {}
    assert faults() == []


def test_a_dashboard_refund_that_failed_moved_nothing(shop: Shop) -> None:
    group = paid(shop)
    (order,) = orders_of(group)
    refund_elsewhere(group.payment_id, 500_000, status=RefundStatus.SENT)
    assert accounts_of(order)[Account.REFUNDS_OWED] == -500_000
    deliver(order, shop.member)
    refund_elsewhere(group.payment_id, 500_000, status=RefundStatus.DONE)
    assert accounts_of(order)[Account.CLEARING_STRIPE] == TOTAL - 500_000
    for status in (RefundStatus.FAILED, RefundStatus.DONE):
        refund_elsewhere(group.payment_id, 500_000, status=status)
        assert accounts_of(order) == {Account.CLEARING_STRIPE: TOTAL, **SOLD}
        assert faults() == []
    refund_elsewhere(group.payment_id, TOTAL, "re_2")
    assert accounts_of(order) == {}
    assert faults() == []


def test_what_goes_beyond_the_capture_is_told_and_found(shop: Shop) -> None:
    group = paid(shop)
    assert refund_elsewhere(group.payment_id, TOTAL, "re_1") == 0
    assert refund_elsewhere(group.payment_id, 7, "re_2") == 7
    assert any(fault.startswith("refunds:") for fault in faults())


def test_a_parcel_delivered_while_its_refund_is_told_twice(app: Flask, shop: Shop) -> None:
    group = paid(shop)
    (order,) = orders_of(group)
    for _ in range(3):
        step(order, shop.member)
    order_id, payment_id = order.id, group.payment_id
    db.session.rollback()
    gate = threading.Barrier(5)

    def deliver_now() -> None:
        step(db.session.get_one(Order, order_id), shop.member)

    def refund_now() -> None:
        refund_elsewhere(payment_id, 300_000)

    def run(work: Callable[[], None]) -> None:
        with app.app_context():
            gate.wait()
            try:
                work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(run, [deliver_now, *[refund_now] * 4]))
    books = accounts_of(db.session.get_one(Order, order_id))
    assert books[Account.CLEARING_STRIPE] == TOTAL - 300_000
    assert Account.BUYERS_ADVANCES not in books
    assert faults() == []


def test_the_books_are_opened_from_where_everything_stands(app: Flask, shop: Shop) -> None:
    """Emptied and opened again, they say what they said; a second time changes nothing."""
    before_sale, after_sale = paid(shop, shop.vase, shop.jar), paid(shop)
    refund_elsewhere(before_sale.payment_id, 100_000, "re_1")
    deliver(orders_of(before_sale)[0], shop.member)
    deliver(orders_of(after_sale)[0], shop.member)
    cash = orders_of(buy(shop, method=PaymentMethod.CASH))[0]
    deliver(cash, shop.member)
    take_cash(cash, shop.member)
    expected = {side: amount for side, amount in balances().items() if amount}
    db.session.rollback()
    with db.engine.begin() as connection, books_unguarded(connection):
        connection.execute(text("delete from ledger_entry"))
        connection.execute(text("delete from ledger_transaction"))
        connection.execute(text("delete from order_withholding"))
        connection.execute(text("delete from order_charges"))
    assert faults() != []
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["books", "open"])
        assert result.exit_code == 0, result.output
        assert {side: amount for side, amount in balances().items() if amount} == expected
        assert faults() == []


WRONG = {
    "captured": "update payment_share set captured = captured - 1",
    "refunds": "update payment_share set refunded = refunded + 1",
    "orders": "update shop_order set status = 'shipped'",
    "clearing": "delete from ledger_entry where account = 'clearing_stripe'",
    "fund": "delete from ledger_entry where account = 'craft_fund'",
    "balanced": "update ledger_entry set amount = amount + 1 where account = 'commission'",
}


@pytest.mark.parametrize("check", WRONG)
def test_each_check_finds_what_it_is_there_for(app: Flask, shop: Shop, check: str) -> None:
    (order,) = orders_of(paid(shop))
    deliver(order, shop.member)
    held = app.test_cli_runner().invoke(args=["books", "check"])
    assert (held.exit_code, held.output.count("holds")) == (0, len(CheckName))
    db.session.rollback()
    with db.engine.begin() as connection, books_unguarded(connection):
        connection.execute(text(WRONG[check]))
    found = app.test_cli_runner().invoke(args=["books", "check"])
    assert found.exit_code == 1
    assert f"FAILS  {check} " in found.output
