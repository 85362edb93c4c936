"""Paying an order that stands another way than was chosen when it was placed."""

from __future__ import annotations

from datetime import datetime, timedelta

from shop.core.settings import Settings
from shop.orders.actions import group_of_payment
from shop.payments.actions import change_to_transfer, lock_payment
from shop.payments.models import PaymentMethod


def pay_by_transfer_instead(payment_id: int, settings: Settings, *, at: datetime) -> int:
    """The same orders and the same payment, now awaited at the bank; returns the group's id.

    Nothing is placed anew. Raises Conflict once it has been paid or has ended.
    """
    payment = lock_payment(payment_id)
    group = group_of_payment(payment.id)
    window = timedelta(hours=settings.payment_window_hours)
    change_to_transfer(
        payment, reference=group.reference, window=window, at=at, note="by transfer instead of card"
    )
    group.payment_method = PaymentMethod.VIETQR
    return group.id
