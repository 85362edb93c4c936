"""Steps of an order that move money, for tests of the books."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shop.accounts.models import Person
from shop.checkout.books_check import check_books
from shop.checkout.refunds import take_foreign_refund
from shop.core.db import db
from shop.core.transaction import transaction
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction
from shop.orders.actions import (
    confirm_order,
    deliver_order,
    order_for_update,
    pack_order,
    record_cash,
    ship_order,
)
from shop.orders.models import Order, OrderGroup, OrderStatus
from shop.payments.gateway import RefundAnswer
from shop.payments.models import Payment, RefundStatus
from tests.factories import NOW


def step(order: Order, member_id: int, at: datetime = NOW) -> OrderStatus:
    """The workshop's next step on the way to the buyer."""
    public_id, workshop_id = order.public_id, order.workshop_id
    with transaction():
        found = order_for_update(public_id, [workshop_id])
        by = db.session.get_one(Person, member_id)
        match found.status:
            case OrderStatus.PLACED:
                confirm_order(found, by=by, at=at)
            case OrderStatus.CONFIRMED:
                pack_order(found, by=by, at=at)
            case OrderStatus.PACKED if not found.is_collected:
                ship_order(
                    found,
                    carrier_code="ghn",
                    carrier_name="GHN",
                    tracking_number="1",
                    by=by,
                    at=at,
                )
            case _:
                deliver_order(found, by=by, at=at)
        return found.status


def deliver(order: Order, member_id: int, at: datetime = NOW) -> None:
    while step(order, member_id, at) is not OrderStatus.DELIVERED:
        pass


def take_cash(order: Order, member_id: int, at: datetime = NOW) -> None:
    public_id, workshop_id = order.public_id, order.workshop_id
    with transaction():
        found = order_for_update(public_id, [workshop_id])
        record_cash(found, found.share.due, by=db.session.get_one(Person, member_id), at=at)


def refund_elsewhere(
    payment_id: int,
    amount: int,
    reference: str = "re_1",
    status: RefundStatus = RefundStatus.DONE,
    at: datetime = NOW,
) -> int:
    """A refund begun in the provider's dashboard; what of it goes beyond what was left."""
    with transaction():
        payment = db.session.get_one(Payment, payment_id)
        answer = RefundAnswer(reference, status, payment.provider_charge, amount)
        return take_foreign_refund(payment, answer, at=at)


def accounts_of(order: Order | OrderGroup) -> dict[Account, int]:
    """What the books hold about an order or a gift, debit positive, without what is 0."""
    found: dict[Account, int] = {}
    rows = db.session.execute(
        select(LedgerEntry.account, LedgerEntry.amount)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerTransaction.about == order.public_id)
    )
    for account, amount in rows:
        found[account] = found.get(account, 0) + amount
    return {account: amount for account, amount in found.items() if amount}


def faults() -> list[str]:
    """What the checks have to say against the books; nothing when all hold."""
    db.session.expire_all()
    return [f"{check.name}: {fault}" for check in check_books() for fault in check.faults]
