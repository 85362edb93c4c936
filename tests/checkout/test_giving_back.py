"""Refunds in part, cancelled pieces, parcels brought back: to the đồng, and never too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import Person
from shop.catalogue.models import Product, Supply, Variant
from shop.checkout.actions import cancel_unpaid, settle_payment
from shop.checkout.part_refunds import AboveDue, Why, give_back_freely
from shop.checkout.refunds import pay_back_by_hand, take_refund_answer
from shop.checkout.undelivered import Refusal, cancel_part, cancel_whole, refuse_parcel
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.ledger.actions.posting import Posting, post
from shop.ledger.actions.rates import RateDetails, put_rate
from shop.ledger.models import Account, RateKind, Sellers, Side, TaxedAs, TransactionKind
from shop.ledger.queries.books import balance
from shop.ledger.queries.terms import term_book
from shop.orders.actions import WrongMove, cash_due, order_for_update, record_cash
from shop.orders.models import Actor, ActorKind, Order, OrderLine, OrderStatus, PaymentShare
from shop.payments.gateway import RefundAnswer
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund, RefundStatus
from shop.payouts.queries.money import money_of
from shop.payouts.queries.runs import late_cash
from shop.returns.models import RefundKind, RefundReason, RefusedParcel
from shop.workshops.models import Workshop
from tests.checkout.bookkeeping import (
    accounts_of,
    deliver,
    faults,
    refund_elsewhere,
    step,
    take_cash,
)
from tests.checkout.buying import orders_of, place, stock_adds_up
from tests.checkout.test_races import at_once
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

PRICE, POSTAGE = 1_850_000, 40_000
VASE_TOTAL = PRICE + POSTAGE
OFFICE, WORKSHOP = Actor(ActorKind.OFFICE), Actor(ActorKind.WORKSHOP)


class Village:
    """A household with 20 vases for 1.850.000 ₫ and a company with jars for 1.080.000 ₫."""

    def __init__(self, settings: Settings) -> None:
        make_rates()
        self.settings = replace(
            settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x"
        )
        household, company = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
        self.vase = variant_of(make_product(household, "binh", stock=20)).id
        self.jar = variant_of(make_product(company, "chum", stock=20, price=1_080_000)).id
        self.workshop = household.id
        self.member = make_member(household).id
        self.officer = make_person("Văn phòng", is_officer=True).id
        db.session.commit()

    def buy(
        self, *variants: int, count: int = 1, method: PaymentMethod = PaymentMethod.VIETQR
    ) -> list[Order]:
        """The orders, paid where the method is to be paid in advance."""
        wanted = [(db.session.get_one(Variant, key), count) for key in variants or (self.vase,)]
        group = place(self.settings, make_cart(*wanted)[0], method=method)
        payment_id, total, orders = group.payment_id, group.total, orders_of(group)
        if method is not PaymentMethod.CASH:
            with transaction():
                settle_payment(payment_id, total, at=NOW, charge=f"ch_{payment_id}")
        return orders

    def stock(self, key: int | None = None) -> tuple[int, int]:
        found = db.session.get_one(Variant, key or self.vase, populate_existing=True)
        return found.on_hand, found.allocated


@pytest.fixture
def village(context: Flask, settings: Settings) -> Village:
    return Village(settings)


def act(order: Order, verb: Callable[[Order], object]) -> None:
    """Within a transaction of its own, on the locked order."""
    public_id, workshop_id = order.public_id, order.workshop_id
    with transaction():
        verb(order_for_update(public_id, [workshop_id]))


def give(order: Order, amount: int, why: Why | None = None, key: str = "k") -> None:
    reason = why or Why(RefundKind.GOODWILL)
    act(
        order,
        lambda found: give_back_freely(found, amount, reason, key=key, actor=OFFICE, at=NOW),
    )


def cancel(order: Order, quantities: dict[int, int] | None = None) -> None:
    def verb(found: Order) -> None:
        if quantities is None:
            cancel_whole(found, reason="Nứt khi nung", actor=WORKSHOP, at=NOW)
        else:
            cancel_part(found, quantities, reason="Nứt khi nung", actor=WORKSHOP, at=NOW)

    act(order, verb)


def refuse(order: Order, *, freight: int = 30_000, broken: dict[int, int] | None = None) -> None:
    refusal = Refusal(date(2026, 11, 24), freight, broken or {}, "Khách không nghe máy")
    act(order, lambda found: refuse_parcel(found, refusal, actor=WORKSHOP, at=NOW))


def share_of(order: Order) -> PaymentShare:
    db.session.expire_all()
    return db.session.scalars(select(PaymentShare).where(PaymentShare.order_id == order.id)).one()


def line_of(order: Order) -> int:
    found = db.session.get_one(Order, order.id, populate_existing=True)
    db.session.refresh(found, ["lines"])
    return found.lines[0].id


def until(order: Order, status: OrderStatus, village: Village) -> None:
    while step(order, village.member) is not status:
        pass


def test_any_sum_up_to_what_is_left_goes_back_before_and_after_delivery(village: Village) -> None:
    [order] = village.buy()
    give(order, 100_000, key="a")
    deliver(order, village.member)
    give(order, 200_000, key="b")
    with pytest.raises(AboveDue) as refused:
        give(order, VASE_TOTAL - 300_000 + 1, key="c")
    assert refused.value.most == VASE_TOTAL - 300_000
    give(order, VASE_TOTAL - 300_000, key="c")
    assert share_of(order).refunded == VASE_TOTAL
    assert accounts_of(order) == {
        Account.CLEARING_BANK: VASE_TOTAL,
        Account.REFUNDS_OWED: -VASE_TOTAL,
    }
    assert faults() == []


def test_the_same_form_sent_twice_gives_back_once(village: Village) -> None:
    [order] = village.buy()
    give(order, VASE_TOTAL, key="same")
    give(order, VASE_TOTAL, key="same")
    assert db.session.scalar(select(func.count(Refund.id))) == 1
    assert db.session.scalars(select(RefundReason.kind)).one() is RefundKind.GOODWILL
    assert faults() == []


def test_the_postage_goes_back_once_and_a_line_up_to_its_price(village: Village) -> None:
    [order] = village.buy(count=2)
    postage = order.shipping_total
    give(order, postage, Why(RefundKind.SHIPPING), key="a")
    line = Why(RefundKind.PIECES, line_id=line_of(order))
    give(order, PRICE, line, key="b")
    with pytest.raises(AboveDue) as refused:
        give(order, 1, Why(RefundKind.SHIPPING), key="c")
    assert refused.value.most == 0
    with pytest.raises(AboveDue) as refused:
        give(order, PRICE + 1, line, key="d")
    assert refused.value.most == PRICE
    assert share_of(order).refunded == postage + PRICE
    assert faults() == []


def test_a_line_of_another_order_gives_nothing_back(village: Village) -> None:
    vase, jar = village.buy(village.vase, village.jar)
    foreign = Why(RefundKind.PIECES, line_id=line_of(jar))
    with pytest.raises(AboveDue) as refused:
        give(vase, 1, foreign)
    assert refused.value.most == 0


def test_one_order_never_gives_back_what_another_of_the_purchase_brought_in(
    village: Village,
) -> None:
    vase, jar = village.buy(village.vase, village.jar)
    with pytest.raises(AboveDue):
        give(vase, vase.total + 1)
    give(vase, vase.total)
    assert (share_of(vase).refunded, share_of(jar).refunded) == (vase.total, 0)


def test_cash_of_one_parcel_goes_back_while_the_other_is_still_to_be_paid(
    village: Village,
) -> None:
    vase, jar = village.buy(village.vase, village.jar, method=PaymentMethod.CASH)
    with pytest.raises(AboveDue):
        give(jar, 1)
    deliver(vase, village.member)
    take_cash(vase, village.member)
    give(vase, 50_000)
    [refund] = db.session.scalars(select(Refund))
    pay_back(refund, village)
    assert accounts_of(vase)[Account.CLEARING_BANK] == -50_000
    assert faults() == []


def pay_back(refund: Refund, village: Village) -> None:
    key = refund.public_id
    with transaction():
        pay_back_by_hand(key, by_id=village.officer, at=NOW)


def test_after_its_payout_a_workshop_owes_its_part_of_a_refund(village: Village) -> None:
    [order] = village.buy()
    deliver(order, village.member)
    earned = balance(Account.WORKSHOP_PAYABLE, village.workshop)
    with transaction():
        post(
            Posting(
                cause="payout:test",
                kind=TransactionKind.PAYOUT_CLAIMED,
                sides={
                    Side(Account.WORKSHOP_PAYABLE, village.workshop): earned,
                    Side(Account.PAYOUTS_DUE): -earned,
                },
            ),
            at=NOW,
        )
    give(order, VASE_TOTAL)
    assert balance(Account.WORKSHOP_PAYABLE, village.workshop) == -earned
    assert balance(Account.CRAFT_FUND) == 0
    assert balance(Account.COMMISSION) == 0
    assert balance(Account.WITHHELD_VAT) == 0


def test_workshop_and_office_giving_back_at_once_never_give_more_than_came_in(
    context: Flask, village: Village
) -> None:
    [order] = village.buy()
    deliver(order, village.member)
    order_id, public_id, workshop_id = order.id, order.public_id, order.workshop_id
    db.session.rollback()

    def giving(number: int) -> Callable[[], str]:
        def work() -> str:
            with transaction():
                found = order_for_update(public_id, [workshop_id])
                actor = OFFICE if number % 2 else WORKSHOP
                why, key = Why(RefundKind.GOODWILL), f"k{number}"
                give_back_freely(found, 500_000, why, key=key, actor=actor, at=NOW)
            return "given"

        return work

    outcomes = at_once(context, [giving(number) for number in range(8)])
    assert outcomes == {"given": 3, AboveDue.__name__: 5}
    found = db.session.scalars(select(PaymentShare).where(PaymentShare.order_id == order_id)).one()
    assert found.refunded == 1_500_000
    assert faults() == []


@pytest.mark.parametrize("before", [OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED])
def test_a_cancelled_order_gives_all_back_and_its_pieces_to_the_shelf(
    village: Village, before: OrderStatus
) -> None:
    [order] = village.buy(count=2)
    if before is not OrderStatus.PLACED:
        until(order, before, village)
    give(order, 100_000)
    cancel(order)
    assert share_of(order).refunded == order.total
    assert village.stock() == (20, 0)
    assert db.session.get_one(Order, order.id).status is OrderStatus.CANCELLED
    with pytest.raises(WrongMove):
        cancel(order)
    assert faults() == []
    assert stock_adds_up()


def test_what_has_gone_or_is_not_paid_cannot_be_cancelled(village: Village) -> None:
    [order] = village.buy()
    until(order, OrderStatus.SHIPPED, village)
    with pytest.raises(WrongMove):
        cancel(order)
    with pytest.raises(WrongMove):
        cancel(order, {line_of(order): 1})
    wanted = (db.session.get_one(Variant, village.vase), 1)
    group = place(village.settings, make_cart(wanted)[0], method=PaymentMethod.VIETQR)
    [unpaid] = orders_of(group)
    with pytest.raises(WrongMove):
        cancel(unpaid)


def test_some_pieces_are_cancelled_and_the_others_go_on(village: Village) -> None:
    [order] = village.buy(count=3)
    line = line_of(order)
    cancel(order, {line: 1})
    assert share_of(order).refunded == PRICE
    assert village.stock() == (20, 2)
    cancel(order, {line: 1})
    deliver(order, village.member)
    assert village.stock() == (19, 0)
    assert share_of(order).refunded == 2 * PRICE
    assert faults() == []
    assert stock_adds_up()


def test_a_piece_partly_given_back_before_is_cancelled_for_the_rest_of_its_price(
    village: Village,
) -> None:
    [order] = village.buy(count=2)
    give(order, PRICE + 50_000, Why(RefundKind.PIECES, line_id=line_of(order)))
    cancel(order, {line_of(order): 1})
    assert share_of(order).refunded == 2 * PRICE
    deliver(order, village.member)
    assert faults() == []


def test_a_workshop_awaits_less_for_what_was_cancelled(village: Village) -> None:
    [order] = village.buy(count=2)
    workshop_id, awaited = order.workshop_id, 2 * 1_600_250 + order.shipping_total
    kept, total = order.total - PRICE, order.total
    assert money_of(workshop_id, NOW.date()).not_delivered == awaited
    cancel(order, {line_of(order): 1})
    found = money_of(workshop_id, NOW.date()).not_delivered
    assert found == awaited * kept // total
    deliver(order, village.member)
    assert 0 <= balance(Account.WORKSHOP_PAYABLE, workshop_id) - found <= 1


def test_cancelling_every_piece_is_cancelling_the_order(village: Village) -> None:
    [order] = village.buy(count=2)
    cancel(order, {line_of(order): 1})
    cancel(order, {line_of(order): 1})
    assert db.session.get_one(Order, order.id).status is OrderStatus.CANCELLED
    assert share_of(order).refunded == order.total
    assert village.stock() == (20, 0)
    assert faults() == []


def test_more_pieces_than_stand_or_none_are_refused(village: Village) -> None:
    [order] = village.buy(count=2)
    for quantities in ({line_of(order): 3}, {line_of(order): -1}):
        with pytest.raises(WrongMove):
            cancel(order, quantities)
    with pytest.raises(Invalid):
        cancel(order, {line_of(order): 0})
    assert village.stock() == (20, 2)


def test_of_cancelled_pieces_no_cash_is_due(village: Village) -> None:
    [order] = village.buy(count=2, method=PaymentMethod.CASH)
    cancel(order, {line_of(order): 1})
    deliver(order, village.member)
    assert faults() == []
    due = order.total - PRICE
    found = order_for_update(order.public_id, [order.workshop_id])
    assert cash_due(found, db.session.get_one(Payment, found.share.payment_id)) == due
    db.session.rollback()
    member, much_later = village.member, NOW + timedelta(days=60)
    assert [row.amount for row in late_cash(much_later, term_book())] == [due]

    def pay(found: Order) -> None:
        record_cash(found, due, by=db.session.get_one(Person, member), at=NOW)

    act(order, pay)
    assert late_cash(much_later, term_book()) == []
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.status, share_of(order).captured) == (PaymentStatus.PAID, due)
    give(order, due)
    assert accounts_of(order) == {
        Account.CASH_WITH_WORKSHOP: due,
        Account.REFUNDS_OWED: -due,
    }
    assert faults() == []


def test_the_last_parcel_given_up_closes_a_cash_purchase(village: Village) -> None:
    vase, jar = village.buy(village.vase, village.jar, method=PaymentMethod.CASH)
    deliver(vase, village.member)
    take_cash(vase, village.member)
    cancel(jar)
    assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.PAID
    [alone] = village.buy(method=PaymentMethod.CASH)
    cancel(alone)
    statuses = set(db.session.scalars(select(Payment.status)))
    assert statuses == {PaymentStatus.PAID, PaymentStatus.CANCELLED}
    assert faults() == []


def test_the_buyer_cancels_what_a_workshop_has_left_of_a_cash_purchase(village: Village) -> None:
    vase, _jar = village.buy(village.vase, village.jar, method=PaymentMethod.CASH)
    cancel(vase)
    payment_id = share_of(vase).payment_id
    with transaction():
        cancel_unpaid(payment_id, by=ActorKind.BUYER, at=NOW)
    assert set(db.session.scalars(select(Order.status))) == {OrderStatus.CANCELLED}
    assert (village.stock(), village.stock(village.jar)) == ((20, 0), (20, 0))
    assert faults() == []


def test_a_refused_cash_parcel_leaves_no_trace_in_the_books(village: Village) -> None:
    [order] = village.buy(method=PaymentMethod.CASH)
    until(order, OrderStatus.SHIPPED, village)
    refuse(order)
    assert accounts_of(order) == {}
    assert village.stock() == (20, 0)
    assert db.session.scalars(select(Payment.status)).one() is PaymentStatus.CANCELLED
    parcel = db.session.scalars(select(RefusedParcel)).one()
    assert (parcel.freight, parcel.covered, parcel.came_back_on.day) == (30_000, 0, 24)
    assert faults() == []
    assert stock_adds_up()


def mixed_order(village: Village) -> tuple[Order, int, int]:
    """A vase, which is goods (1 % and 0.5 %), and a service tied to goods for 300.000 ₫ (3 % and
    1.5 %) of the same workshop; and the two lines."""
    product_id = db.session.get_one(Variant, village.vase).product_id
    workshop_id = db.session.get_one(Product, product_id).workshop_id
    workshop = db.session.get_one(Workshop, workshop_id)
    values = {"supply": Supply.MADE_TO_ORDER, "price": 300_000, "taxed_as": TaxedAs.MIXED}
    packing = variant_of(make_product(workshop, "goi-qua", **values)).id  # type: ignore[arg-type]
    db.session.commit()
    with transaction():
        for kind, points in ((RateKind.WITHHELD_VAT, 300), (RateKind.WITHHELD_PIT, 150)):
            day, mixed = date(2026, 1, 1), TaxedAs.MIXED
            rate = RateDetails(kind, Sellers.HOUSEHOLD, points, day, "test", mixed)
            put_rate(rate, by_id=None, at=NOW)
    [order] = village.buy(village.vase, packing)
    lines = select(OrderLine.taxed_as, OrderLine.id).where(OrderLine.order_id == order.id)
    by_kind = dict(db.session.execute(lines).all())
    return order, by_kind[TaxedAs.GOODS], by_kind[TaxedAs.MIXED]


@pytest.mark.parametrize("is_delivered", [True, False])
def test_a_line_given_back_returns_the_tax_that_its_kind_bears(
    village: Village, is_delivered: bool
) -> None:
    order, vase, packing = mixed_order(village)
    if is_delivered:
        deliver(order, village.member)
    give(order, 150_000, Why(RefundKind.PIECES, line_id=packing), key="1")
    if not is_delivered:
        deliver(order, village.member)
    left = accounts_of(order)
    assert left[Account.WITHHELD_VAT] == -(18_500 + 9_000 - 4_500)
    assert left[Account.WITHHELD_PIT] == -(9_250 + 4_500 - 2_250)
    assert faults() == []
    give(order, 10_000, key="2")
    assert faults() == []
    give(order, PRICE, Why(RefundKind.PIECES, line_id=vase), key="3")
    assert accounts_of(order)[Account.WITHHELD_VAT] > -4_500
    assert faults() == []
    give(order, order.total - PRICE - 160_000, key="4")
    assert set(accounts_of(order)) == {Account.CLEARING_BANK, Account.REFUNDS_OWED}
    assert faults() == []


@pytest.mark.parametrize(("freight", "covered"), [(30_000, 15_000), (9_000_000, POSTAGE // 2)])
def test_the_cover_bears_its_share_of_a_refused_parcel_s_freight(
    village: Village, freight: int, covered: int
) -> None:
    kind, day = RateKind.REFUSED_FREIGHT_COVER, date(2026, 1, 1)
    with transaction():
        put_rate(RateDetails(kind, Sellers.ALL, 5000, day, "test"), by_id=None, at=NOW)
    [order] = village.buy(method=PaymentMethod.CASH)
    workshop_id = order.workshop_id
    until(order, OrderStatus.SHIPPED, village)
    refuse(order, freight=freight)
    parcel = db.session.scalars(select(RefusedParcel)).one()
    assert (parcel.freight, parcel.covered) == (freight, covered)
    assert balance(Account.BREAKAGE_COVER) == -covered
    assert balance(Account.WORKSHOP_PAYABLE, workshop_id) == covered
    assert faults() == []


def test_a_compensation_nobody_decided_is_found(village: Village) -> None:
    with transaction():
        post(
            Posting(
                cause="compensation:x",
                kind=TransactionKind.COMPENSATION,
                sides={
                    Side(Account.BREAKAGE_COVER): 1,
                    Side(Account.WORKSHOP_PAYABLE, village.workshop): -1,
                },
                about="nobody",
            ),
            at=NOW,
        )
    assert faults() == ["compensations: breakage_cover"]


def test_of_a_refused_prepaid_parcel_the_goods_go_back_and_the_postage_stays(
    village: Village,
) -> None:
    [order] = village.buy(count=2)
    until(order, OrderStatus.SHIPPED, village)
    refuse(order, broken={line_of(order): 1})
    postage = order.shipping_total
    assert accounts_of(order) == {
        Account.CLEARING_BANK: order.total,
        Account.REFUNDS_OWED: -2 * PRICE,
        Account.WORKSHOP_PAYABLE: -postage,
    }
    assert village.stock() == (19, 0)
    assert db.session.scalars(select(RefusedParcel.broken)).one() == 1
    give(order, 10_000)
    assert accounts_of(order)[Account.WORKSHOP_PAYABLE] == 10_000 - postage
    assert faults() == []
    with pytest.raises(WrongMove):
        refuse(order)


def test_a_refund_that_fails_after_the_parcel_came_back_is_the_buyers_again(
    village: Village,
) -> None:
    """One begun in the provider's dashboard; what was taken for it comes back the same way."""
    [order] = village.buy(method=PaymentMethod.STRIPE)
    until(order, OrderStatus.SHIPPED, village)
    payment_id = share_of(order).payment_id
    refund_elsewhere(payment_id, 100_000, "re_a")
    refuse(order)
    own = db.session.scalars(select(Refund).where(Refund.cause.startswith("refused:"))).one()
    assert own.amount == PRICE - 100_000
    refund_elsewhere(payment_id, 15_000, "re_b")
    assert accounts_of(order)[Account.WORKSHOP_PAYABLE] == 15_000 - POSTAGE
    assert faults() == []
    for reference, amount in (("re_a", 100_000), ("re_b", 15_000)):
        refund_elsewhere(payment_id, amount, reference, RefundStatus.FAILED)
        assert faults() == []
    assert accounts_of(order)[Account.WORKSHOP_PAYABLE] == -POSTAGE
    key = own.public_id
    with transaction():
        answer = RefundAnswer("re_own", RefundStatus.DONE, None, PRICE - 100_000)
        take_refund_answer(key, answer, at=NOW)
    assert faults() == []


def test_more_broken_pieces_than_were_sent_are_refused(village: Village) -> None:
    [order] = village.buy()
    until(order, OrderStatus.SHIPPED, village)
    with pytest.raises(Invalid):
        refuse(order, broken={line_of(order): 2})
    assert village.stock() == (19, 0)


def test_a_one_of_a_kind_piece_comes_back_to_the_shelf_once(village: Village) -> None:
    workshop = db.session.get_one(Order, village.buy()[0].id).workshop_id
    product = make_product(
        db.session.get_one(Workshop, workshop), "doc-ban", supply=Supply.ONE_OF_A_KIND
    )
    key = variant_of(product).id
    db.session.commit()
    [order] = village.buy(key)
    until(order, OrderStatus.SHIPPED, village)
    assert village.stock(key) == (0, 0)
    refuse(order)
    assert village.stock(key) == (1, 0)
    [again] = village.buy(key)
    assert again.id != order.id
    assert stock_adds_up()


def test_a_conflict_is_told_when_it_is_paid_back_twice(village: Village) -> None:
    [order] = village.buy()
    cancel(order)
    [refund] = db.session.scalars(select(Refund))
    pay_back(refund, village)
    with pytest.raises(Conflict):
        pay_back(refund, village)
