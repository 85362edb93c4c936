"""Any sequence of what can happen to orders and money: after every step all checks hold.

The suite takes a few short walks; a long march is
`BOOKS_WALKS=200 make test ARGS="tests/checkout/test_books_machine.py"`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from shop.catalogue.models import Supply, Variant
from shop.checkout.actions import CANCELLABLE, cancel_unpaid, lapse_payment, settle_payment
from shop.checkout.part_refunds import AboveDue, Why, give_back_freely
from shop.checkout.refunds import pay_back_by_hand, take_refund_answer
from shop.checkout.undelivered import Refusal, cancel_part, refuse_parcel
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.ledger.actions.posting import Posting, post, reverse
from shop.ledger.actions.rates import RateDetails, put_rate
from shop.ledger.models import Account, RateKind, Sellers, Side, TransactionKind
from shop.ledger.queries.books import balance
from shop.orders.actions import BEFORE_SENDING, CASH_CAN_COME, order_for_update
from shop.orders.models import (
    Actor,
    ActorKind,
    Order,
    OrderCharges,
    OrderStatus,
    OrderWithholding,
    PaymentShare,
)
from shop.payments.gateway import RefundAnswer
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund, RefundStatus
from shop.returns.models import RefundKind
from shop.workshops.cash import hand_in_cash, net_cash
from shop.workshops.models import SellerKind
from tests.checkout.bookkeeping import faults, refund_elsewhere, step, take_cash
from tests.checkout.buying import place
from tests.conftest import empty_tables
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

WORKING = (OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED, OrderStatus.SHIPPED)
PRICES = (1_850_000, 333_333)
WALKS = int(os.environ.get("BOOKS_WALKS", "3"))
STEPS = 20 if WALKS < 10 else 50
LONGEST_WAIT = timedelta(days=5)


class Books(RuleBasedStateMachine):
    """The shop's own actions in any order; `pick` chooses among what can be done now."""

    app: Flask
    shop_settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        empty_tables()
        self.now = NOW
        self.references = 0

    def teardown(self) -> None:
        db.session.rollback()
        db.session.remove()
        self.context.pop()

    @initialize()
    def open_shop(self) -> None:
        make_rates()
        household = make_workshop()
        company = make_workshop("lo-bau-do", "Lò Bầu Đỏ", seller_kind=SellerKind.COMPANY)
        self.variants = [
            variant_of(make_product(workshop, slug, price=price, supply=Supply.MADE_TO_ORDER)).id
            for workshop, slug, price in zip(
                (household, company), ("binh", "chum"), PRICES, strict=True
            )
        ]
        self.workshops = [household.id, company.id]
        self.member = make_member(household).id
        self.officer = make_person("Văn phòng", is_officer=True).id
        db.session.commit()

    def later(self, hours: int = 1) -> datetime:
        self.now += timedelta(hours=hours)
        return self.now

    def payments(self, *statuses: PaymentStatus) -> list[Payment]:
        query = select(Payment).where(Payment.status.in_(statuses)).order_by(Payment.id)
        return list(db.session.scalars(query.execution_options(populate_existing=True)))

    def orders(self, *statuses: OrderStatus) -> list[Order]:
        query = select(Order).where(Order.status.in_(statuses)).order_by(Order.id)
        return list(db.session.scalars(query.execution_options(populate_existing=True)))

    @rule(
        method=st.sampled_from(PaymentMethod),
        both=st.booleans(),
        count=st.integers(1, 3),
        first=st.integers(0, 1),
        gift=st.sampled_from([0, 0, 20_000]),
    )
    def place_order(
        self, method: PaymentMethod, both: bool, count: int, first: int, gift: int
    ) -> None:
        gift = 0 if method is PaymentMethod.CASH else gift
        keys = self.variants if both else [self.variants[first]]
        wanted = [(db.session.get_one(Variant, key), count) for key in keys]
        cart, _ = make_cart(*wanted)
        place(self.shop_settings, cart, method=method, gift=gift, at=self.later())

    @rule(pick=st.integers(0, 9), wait=st.sampled_from([1, 200]))
    def pay(self, pick: int, wait: int) -> None:
        """In time, late, or after the buyer has cancelled."""
        open_ones = [
            payment
            for payment in self.payments(
                PaymentStatus.CREATED,
                PaymentStatus.AWAITING,
                PaymentStatus.EXPIRED,
                PaymentStatus.CANCELLED,
            )
            if payment.method is not PaymentMethod.CASH
        ]
        for payment in open_ones[pick : pick + 1]:
            key, amount = payment.id, payment.amount
            with transaction():
                settle_payment(key, amount, at=self.later(wait), charge=f"ch_{key}")

    @rule(pick=st.integers(0, 9), lapses=st.booleans())
    def end_unpaid(self, pick: int, lapses: bool) -> None:
        waiting = self.payments(PaymentStatus.CREATED, PaymentStatus.AWAITING)
        for payment in waiting[pick : pick + 1]:
            key = payment.id
            if lapses:
                with transaction():
                    lapse_payment(key, at=self.now + LONGEST_WAIT)
            elif all(order.status in CANCELLABLE for order in self.orders_of(key)):
                with transaction():
                    cancel_unpaid(key, by=ActorKind.BUYER, at=self.later())

    def orders_of(self, payment_id: int) -> list[Order]:
        query = (
            select(Order)
            .join(PaymentShare, PaymentShare.order_id == Order.id)
            .where(PaymentShare.payment_id == payment_id)
        )
        return list(db.session.scalars(query))

    @rule(pick=st.integers(0, 9), steps=st.integers(1, 4))
    def work(self, pick: int, steps: int) -> None:
        for order in self.orders(*WORKING)[pick : pick + 1]:
            for _ in range(steps):
                if step(order, self.member, self.later()) is OrderStatus.DELIVERED:
                    break

    @rule(pick=st.integers(0, 9))
    def receive_cash(self, pick: int) -> None:
        due = [
            order
            for order in self.orders(*CASH_CAN_COME)
            if self.payment_of(order).method is PaymentMethod.CASH
            and self.share_of(order).captured == 0
        ]
        for order in due[pick : pick + 1]:
            take_cash(order, self.member, self.later())

    def share_of(self, order: Order) -> PaymentShare:
        query = select(PaymentShare).where(PaymentShare.order_id == order.id)
        return db.session.scalars(query).one()

    def payment_of(self, order: Order) -> Payment:
        return db.session.get_one(Payment, self.share_of(order).payment_id)

    @rule(
        pick=st.integers(0, 9),
        part=st.integers(1, 100),
        status=st.sampled_from([RefundStatus.SENT, RefundStatus.DONE]),
    )
    def refund_in_dashboard(self, pick: int, part: int, status: RefundStatus) -> None:
        """As the provider would: never more than is left of the charge."""
        paid = [p for p in self.payments(PaymentStatus.PAID) if p.method is PaymentMethod.STRIPE]
        for payment in paid[pick : pick + 1]:
            left = payment.amount - sum(
                refund.amount for refund in self.refunds() if refund.payment_id == payment.id
            )
            if left > 0:
                self.references += 1
                amount = max(1, left * part // 100)
                refund_elsewhere(
                    payment.id, amount, f"re_{self.references}", status, at=self.later()
                )

    @rule(pick=st.integers(0, 9), part=st.integers(1, 100), postage=st.booleans())
    def give_back(self, pick: int, part: int, postage: bool) -> None:
        """Workshop or office gives back a part of what one order brought in."""
        paid = [order for order in self.orders(*OrderStatus) if self.share_of(order).left]
        for order in paid[pick : pick + 1]:
            self.references += 1
            kind = RefundKind.SHIPPING if postage else RefundKind.GOODWILL
            amount = max(1, self.share_of(order).left * part // 100)
            key, place_ = str(self.references), (order.public_id, [order.workshop_id])
            with suppress(AboveDue), transaction():
                found = order_for_update(*place_)
                actor = Actor(ActorKind.OFFICE, self.officer)
                give_back_freely(found, amount, Why(kind), key=key, actor=actor, at=self.later())

    @rule(pick=st.integers(0, 9), count=st.integers(1, 3))
    def cancel_pieces(self, pick: int, count: int) -> None:
        """The workshop cannot deliver some of an order's pieces, or any."""
        for order in self.orders(*BEFORE_SENDING)[pick : pick + 1]:
            place_ = order.public_id, [order.workshop_id]
            with transaction():
                found = order_for_update(*place_)
                line = found.lines[0]
                actor = Actor(ActorKind.WORKSHOP, self.member)
                counts = {line.id: min(count, line.standing)}
                cancel_part(found, counts, reason="test", actor=actor, at=self.later())

    @rule(pick=st.integers(0, 9), freight=st.integers(0, 90_000))
    def bring_back(self, pick: int, freight: int) -> None:
        """The carrier could not hand the parcel over."""
        for order in self.orders(OrderStatus.SHIPPED)[pick : pick + 1]:
            place_ = order.public_id, [order.workshop_id]
            refusal = Refusal(self.later().date(), freight, {})
            with transaction():
                actor = Actor(ActorKind.WORKSHOP, self.member)
                refuse_parcel(order_for_update(*place_), refusal, actor=actor, at=self.now)

    def refunds(self) -> list[Refund]:
        found = db.session.scalars(select(Refund).order_by(Refund.id)).all()
        return [refund for refund in found if refund.counts]

    @rule(
        pick=st.integers(0, 9),
        status=st.sampled_from([RefundStatus.SENT, RefundStatus.DONE, RefundStatus.FAILED]),
    )
    def hear_of_refund(self, pick: int, status: RefundStatus) -> None:
        """The provider speaks of one again: further, sent back, or what it said before."""
        by_card = [
            refund
            for refund in self.refunds()
            if db.session.get_one(Payment, refund.payment_id).method is PaymentMethod.STRIPE
        ]
        for refund in by_card[pick : pick + 1]:
            if refund.is_foreign:
                reference = refund.provider_reference or ""
                refund_elsewhere(
                    refund.payment_id, refund.amount, reference, status, at=self.later()
                )
            else:
                key, amount = refund.public_id, refund.amount
                answer = RefundAnswer(f"re_own_{refund.id}", status, None, amount)
                with transaction():
                    take_refund_answer(key, answer, at=self.later())

    @rule(pick=st.integers(0, 9))
    def pay_back(self, pick: int) -> None:
        by_hand = [
            refund.public_id
            for refund in self.refunds()
            if refund.status is RefundStatus.FAILED
            or (
                refund.status is RefundStatus.DUE
                and db.session.get_one(Payment, refund.payment_id).method
                is not PaymentMethod.STRIPE
            )
        ]
        for key in by_hand[pick : pick + 1]:
            with transaction():
                pay_back_by_hand(key, by_id=self.officer, at=self.later())

    @rule(kind=st.sampled_from(RateKind), points=st.integers(0, 2000))
    def change_rate(self, kind: RateKind, points: int) -> None:
        """From the next day on; what past orders are charged stays what it was."""
        before = self.frozen()
        day = self.later(24).astimezone(HANOI).date()
        sellers = Sellers.HOUSEHOLD if kind.is_per_seller else Sellers.ALL
        with transaction():
            put_rate(
                RateDetails(kind, sellers, points, day, "test"), by_id=self.officer, at=self.now
            )
        assert self.frozen() == before

    def frozen(self) -> list[tuple[object, ...]]:
        return [
            tuple(row)
            for table in (OrderCharges.__table__, OrderWithholding.__table__)
            for row in db.session.execute(select(table).order_by(table.c.id))
        ]

    @rule(pick=st.integers(0, 1), amount=st.integers(1, 3_000_000), nets=st.booleans())
    def settle_cash(self, pick: int, amount: int, nets: bool) -> None:
        """A workshop hands cash in, or keeps it as part of what it has earned."""
        workshop_id = self.workshops[pick]
        held = balance(Account.CASH_WITH_WORKSHOP, workshop_id)
        if held <= 0:
            return
        self.references += 1
        key = str(self.references)
        with transaction():
            if nets:
                net_cash(workshop_id, key=key, by_id=self.officer, at=self.later())
            else:
                amount = min(amount, held)
                hand_in_cash(workshop_id, amount, key=key, by_id=self.officer, at=self.later())
        assert balance(Account.CASH_WITH_WORKSHOP, workshop_id) == (0 if nets else held - amount)

    @rule(amount=st.integers(1, 10**9))
    def book_and_reverse(self, amount: int) -> None:
        """A provider's fee typed by mistake is taken back by its opposite."""
        self.references += 1
        with transaction():
            fee, provider = Side(Account.PROVIDER_FEES), Side(Account.CLEARING_STRIPE)
            number = post(
                Posting(
                    cause=f"fee:{self.references}",
                    kind=TransactionKind.CAPTURE,
                    sides={fee: amount, provider: -amount},
                ),
                at=self.later(),
            )
            assert number is not None
            reverse(number, at=self.now)

    @precondition(lambda self: hasattr(self, "officer"))
    @invariant()
    def everything_agrees(self) -> None:
        assert faults() == []


def walk(app: Flask, shop_settings: Settings, *, examples: int, steps: int) -> Callable[[], None]:
    machine = type("Walk", (Books,), {"app": app, "shop_settings": shop_settings})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    return lambda: run_state_machine_as_test(machine, settings=chosen)


@pytest.fixture
def card_settings(settings: Settings) -> Settings:
    return replace(settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x")


def test_after_any_steps_the_books_agree(app: Flask, card_settings: Settings) -> None:
    walk(app, card_settings, examples=WALKS, steps=STEPS)()
