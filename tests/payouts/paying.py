"""Sales that have been delivered, accounts that are confirmed, and payouts of them, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from shop.checkout.actions import settle_payment
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.transaction import transaction
from shop.orders.models import Order
from shop.payments.bank_details import GivenAccount
from shop.payments.models import Payment, PaymentMethod
from shop.payouts.actions.accounts import confirm_account, enter_account
from shop.payouts.actions.claiming import prepare_payouts
from shop.payouts.models import Payout, PayoutRun
from tests.checkout.bookkeeping import deliver
from tests.factories import NOW, make_person
from tests.studio.orders import Desk, open_village, order

WINDOW_OVER = NOW + timedelta(days=8)
EARNED = 1_640_250
"""What the vase of 1.850.000 ₫ with 40.000 ₫ postage brings its workshop (docs/decisions/010)."""


@dataclass(frozen=True)
class Village:
    """Two workshops with confirmed accounts, and two officers, by key."""

    desk: Desk
    officer: int
    other: int


def open_paying_village(app: Flask, *, accounts: bool = True) -> Village:
    desk = open_village(app)
    with app.app_context():
        officer = make_person("Ngô Bảo Ấn", is_officer=True).id
        other = make_person("Đỗ Thu Hà", is_officer=True).id
        db.session.commit()
        if accounts:
            for workshop_id, owner in ((desk.net_lam, desk.lan), (desk.lo_bau, desk.duc)):
                give_account(workshop_id, owner, officer)
    return Village(desk, officer, other)


def give_account(workshop_id: int, owner: int, officer: int, number: str = "0000000001") -> None:
    with transaction():
        details = GivenAccount("970436", number, "XUONG MINH HOA")
        entered = enter_account(workshop_id, details, by_id=owner, at=NOW)
        assert entered is not None
        confirm_account(entered.public_id, by_id=officer, at=NOW)


def sell(
    app: Flask,
    desk: Desk,
    *slugs: str,
    method: PaymentMethod = PaymentMethod.VIETQR,
    at: datetime = NOW,
) -> list[str]:
    """Bought and delivered at this moment, paid unless it is by cash; the orders' public ids."""
    placed = order(app, *slugs, method=method)
    members = {desk.net_lam: desk.lan, desk.lo_bau: desk.duc}
    with app.app_context():
        payment = db.session.scalars(
            select(Payment).where(Payment.transfer_reference == placed.reference)
        ).one_or_none()
        if payment is not None:
            key, amount = payment.id, payment.amount
            with transaction():
                settle_payment(key, amount, at=NOW)
        for public_id in placed.order_ids:
            found = db.session.scalars(select(Order).where(Order.public_id == public_id)).one()
            deliver(found, members[found.workshop_id], at)
    return placed.order_ids


def prepare(by_id: int, at: datetime = WINDOW_OVER, key: str = "one") -> list[Payout]:
    """A run up to the day itself; its payouts by workshop."""
    with transaction():
        run_id = prepare_payouts(at.astimezone(HANOI).date(), key=key, by_id=by_id, at=at).id
    return payouts_of(run_id)


def payouts_of(run_id: int) -> list[Payout]:
    return list(
        db.session.scalars(
            select(Payout)
            .join(PayoutRun, PayoutRun.id == Payout.run_id)
            .where(PayoutRun.id == run_id)
            .order_by(Payout.workshop_id)
        )
    )
