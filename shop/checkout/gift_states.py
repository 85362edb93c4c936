"""Where every gift to the craft fund stands, read from groups, payments and refunds alone, and what
its accounts have to hold by that. No posting is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from shop.checkout.order_states import FAILED_ELSEWHERE, came_by_line
from shop.core.db import db
from shop.ledger.models import Account
from shop.orders.books import CLEARING
from shop.orders.models import GiftRefund, OrderGroup
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund, RefundStatus


@dataclass(frozen=True, slots=True)
class GiftState:
    """Sums in đồng; `payment` is the public id of the group's payment.

    `shared` is what refunds make of `refunded`; `by_…` have gone.
    """

    public_id: str
    payment: str
    method: PaymentMethod
    is_paid: bool
    gift: int
    refunded: int
    shared: int
    by_card: int
    by_hand: int
    by_dispute: int
    by_line: bool

    @property
    def captured(self) -> int:
        return self.gift if self.is_paid else 0


def gift_states() -> list[GiftState]:
    """Every gift, in one SQL statement."""
    is_done = Refund.status == RefundStatus.DONE
    by_hand, by_dispute = Refund.settled_by_id.is_not(None), Refund.dispute_id.is_not(None)
    parts = (
        case((FAILED_ELSEWHERE, 0), else_=GiftRefund.amount),
        case((is_done & ~by_hand & ~by_dispute, GiftRefund.amount), else_=0),
        case((is_done & by_hand, GiftRefund.amount), else_=0),
        case((is_done & ~by_hand & by_dispute, GiftRefund.amount), else_=0),
    )
    whose = (
        OrderGroup.public_id,
        Payment.public_id,
        Payment.method,
        Payment.status,
        OrderGroup.gift,
        OrderGroup.gift_refunded,
        came_by_line().label("by_line"),
    )
    rows = db.session.execute(
        select(*whose, *(func.coalesce(func.sum(part), 0) for part in parts))
        .join(Payment, Payment.id == OrderGroup.payment_id)
        .outerjoin(GiftRefund, GiftRefund.group_id == OrderGroup.id)
        .outerjoin(Refund, Refund.id == GiftRefund.refund_id)
        .where(OrderGroup.gift > 0)
        .group_by(OrderGroup.id, Payment.id, *whose[:-1])
        .order_by(OrderGroup.id)
    )
    return [
        GiftState(
            public_id=public_id,
            payment=payment,
            method=method,
            is_paid=status is PaymentStatus.PAID,
            gift=gift,
            refunded=refunded,
            shared=int(shared),
            by_card=int(card),
            by_hand=int(hand),
            by_dispute=int(dispute),
            by_line=by_line,
        )
        for (
            public_id,
            payment,
            method,
            status,
            gift,
            refunded,
            by_line,
            shared,
            card,
            hand,
            dispute,
        ) in rows
    ]


def expected_gift(state: GiftState) -> dict[Account, int]:
    """Debit positive: where the money lies, what the fund has of it, and what is owed back."""
    lies = {Account.CLEARING_STRIPE: -state.by_card, Account.CLEARING_BANK: -state.by_hand}
    gone = state.by_card + state.by_hand + state.by_dispute
    account = Account.UNCLAIMED_TRANSFERS if state.by_line else CLEARING[state.method]
    lies[account] = lies.get(account, 0) + state.captured
    return {
        **lies,
        Account.DISPUTED: -state.by_dispute,
        Account.CRAFT_FUND: -(state.captured - state.refunded),
        Account.REFUNDS_OWED: -(state.refunded - gone),
    }
