"""Where every order stands in money, read from orders, shares and refunds alone, and what its
accounts have to hold by that. No posting is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, case, exists, func, select

from shop.core.db import db
from shop.ledger.charges import Withheld
from shop.ledger.models import Account, TaxedAs
from shop.orders.models import (
    Order,
    OrderCharges,
    OrderStatus,
    OrderWithholding,
    PaymentShare,
    RefundShare,
)
from shop.payments.models import (
    FOREIGN,
    PartStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    Refund,
    RefundStatus,
    TransferPart,
)
from shop.shipping.models import DeliveryKind

FAILED_ELSEWHERE = (Refund.status == RefundStatus.FAILED) & Refund.cause.startswith(FOREIGN)


@dataclass(frozen=True, slots=True)
class Returned:
    """Of one order's refunds: all that count, and what has gone back by card, by hand and by a
    dispute."""

    shared: int = 0
    by_card: int = 0
    by_hand: int = 0
    by_dispute: int = 0

    @property
    def gone(self) -> int:
        return self.by_card + self.by_hand + self.by_dispute


@dataclass(frozen=True, slots=True)
class OrderState:
    """Sums in đồng; `payment` is the public id of the group's payment.

    Where an order has pieces of several `kinds` of supply, `named` is what went back for pieces
    of each.
    """

    public_id: str
    payment: str
    method: PaymentMethod
    payment_status: PaymentStatus
    payment_amount: int
    is_cancelled: bool
    is_delivered: bool
    is_refused: bool
    is_collected: bool
    amount: int
    captured: int
    refunded: int
    waived: int
    kept: int
    shipping: int
    charges: OrderCharges | None
    returned: Returned
    by_line: bool
    kinds: Mapping[TaxedAs, Withheld] = field(default_factory=dict)
    named: Mapping[TaxedAs, int] = field(default_factory=dict)

    @property
    def due(self) -> int:
        """What was to be paid, less what was for pieces that could not be delivered."""
        return self.amount - self.waived

    @property
    def postage_kept(self) -> int:
        """What a workshop has of a refused parcel."""
        return min(self.kept, self.captured - self.refunded) if self.is_refused else 0


def order_states() -> list[OrderState]:
    """Every order, in four SQL statements at most."""
    rows = db.session.execute(
        select(
            Order.id,
            Order.public_id,
            Payment.public_id.label("payment"),
            Payment.method,
            Payment.status.label("payment_status"),
            Payment.amount.label("payment_amount"),
            (Order.status == OrderStatus.CANCELLED).label("is_cancelled"),
            (Order.status == OrderStatus.DELIVERED).label("is_delivered"),
            (Order.status == OrderStatus.REFUSED).label("is_refused"),
            (Order.delivery_kind == DeliveryKind.COLLECTION).label("is_collected"),
            PaymentShare.amount,
            PaymentShare.captured,
            PaymentShare.refunded,
            PaymentShare.waived,
            PaymentShare.kept,
            Order.shipping_total.label("shipping"),
            came_by_line().label("by_line"),
            OrderCharges,
        )
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(Payment, Payment.id == PaymentShare.payment_id)
        .outerjoin(OrderCharges, OrderCharges.order_id == Order.id)
        .order_by(Order.id)
    ).all()
    returned = _returned()
    kinds = _kinds()
    named = _named(list(kinds)) if kinds else {}
    states = []
    for row in rows:
        values = row._asdict()
        charges = values.pop("OrderCharges")
        order_id = values.pop("id")
        state = OrderState(
            charges=charges,
            returned=returned.get(order_id, Returned()),
            kinds=kinds.get(order_id, {}),
            named=named.get(order_id, {}),
            **values,
        )
        states.append(state)
    return states


def came_by_line() -> ColumnElement[bool]:
    """Whether a payment's money was claimed from lines of the bank, where it stood as nobody's."""
    return exists().where(
        TransferPart.payment_id == Payment.id, TransferPart.status == PartStatus.CLAIMED
    )


def _kinds() -> dict[int, dict[TaxedAs, Withheld]]:
    """Orders with pieces of several kinds of supply, and what each kind in them bears."""
    several = (
        select(OrderWithholding.order_id)
        .group_by(OrderWithholding.order_id)
        .having(func.count() > 1)
    )
    rows = db.session.scalars(
        select(OrderWithholding).where(OrderWithholding.order_id.in_(several))
    )
    found: dict[int, dict[TaxedAs, Withheld]] = {}
    for row in rows:
        found.setdefault(row.order_id, {})[row.taxed_as] = row.withheld
    return found


def _named(order_ids: list[int]) -> dict[int, dict[TaxedAs, int]]:
    rows = db.session.execute(
        select(RefundShare.order_id, RefundShare.taxed_as, func.sum(RefundShare.amount))
        .where(RefundShare.order_id.in_(order_ids), RefundShare.taxed_as.is_not(None))
        .group_by(RefundShare.order_id, RefundShare.taxed_as)
    )
    found: dict[int, dict[TaxedAs, int]] = {}
    for order_id, kind, total in rows:
        if kind is not None:
            found.setdefault(order_id, {})[kind] = int(total)
    return found


def _returned() -> dict[int, Returned]:
    is_done = Refund.status == RefundStatus.DONE
    by_hand = Refund.settled_by_id.is_not(None)
    by_dispute = ~by_hand & Refund.dispute_id.is_not(None)
    by_card = ~by_hand & Refund.dispute_id.is_(None)
    rows = db.session.execute(
        select(
            RefundShare.order_id,
            func.sum(case((FAILED_ELSEWHERE, 0), else_=RefundShare.amount)),
            func.sum(case((is_done & by_card, RefundShare.amount), else_=0)),
            func.sum(case((is_done & by_hand, RefundShare.amount), else_=0)),
            func.sum(case((is_done & by_dispute, RefundShare.amount), else_=0)),
        )
        .join(Refund, Refund.id == RefundShare.refund_id)
        .group_by(RefundShare.order_id)
    )
    return {order_id: Returned(*(int(total) for total in totals)) for order_id, *totals in rows}


def expected_money(state: OrderState) -> dict[Account, int]:
    """Debit positive: where the buyer's money lies, and what is theirs still."""
    money, back = _money(state), state.returned
    money[Account.CLEARING_STRIPE] = money.get(Account.CLEARING_STRIPE, 0) - back.by_card
    money[Account.CLEARING_BANK] = money.get(Account.CLEARING_BANK, 0) - back.by_hand
    money[Account.DISPUTED] = -back.by_dispute
    owed = state.refunded - back.gone
    advance = 0 if state.is_delivered else state.captured - state.refunded - state.postage_kept
    return {**money, Account.BUYERS_ADVANCES: -advance, Account.REFUNDS_OWED: -owed}


def _money(state: OrderState) -> dict[Account, int]:
    match state.method:
        case PaymentMethod.STRIPE:
            return {Account.CLEARING_STRIPE: state.captured}
        case PaymentMethod.VIETQR:
            held = Account.UNCLAIMED_TRANSFERS if state.by_line else Account.CLEARING_BANK
            return {held: state.captured}
        case PaymentMethod.CASH:
            if state.captured or (state.is_delivered and state.is_collected):
                return {Account.CASH_WITH_WORKSHOP: state.captured or state.due}
            return {Account.CASH_WITH_CARRIER: state.due if state.is_delivered else 0}


def frozen_shares(state: OrderState) -> dict[Account, int] | None:
    """How a sale is shared out by what was frozen, credit positive; None when nothing was."""
    if state.charges is None:
        return None
    charged = state.charges.charged
    return {
        Account.WORKSHOP_PAYABLE: charged.for_workshop + state.shipping,
        Account.SHIPPING: 0,
        Account.COMMISSION: charged.for_village,
        Account.COMMISSION_VAT: charged.commission_vat,
        Account.CRAFT_FUND: charged.fund_share,
        Account.WITHHELD_VAT: charged.withheld_vat,
        Account.WITHHELD_PIT: charged.withheld_pit,
        Account.BREAKAGE_COVER: charged.cover_share,
    }
