"""Payments as others need to find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from shop.core.db import db
from shop.payments.models import (
    Dispute,
    DisputeStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundStatus,
)


def payment_by_public_id(public_id: str) -> Payment | None:
    return db.session.scalar(select(Payment).where(Payment.public_id == public_id))


def payment_by_provider_reference(method: PaymentMethod, reference: str) -> Payment | None:
    return db.session.scalar(
        select(Payment).where(Payment.method == method, Payment.provider_reference == reference)
    )


def payment_by_transfer_reference(reference: str) -> Payment | None:
    return db.session.scalar(select(Payment).where(Payment.transfer_reference == reference))


OPEN = (PaymentStatus.CREATED, PaymentStatus.AWAITING)


def overdue_payments(at: datetime) -> list[tuple[int, PaymentMethod]]:
    """Keys and methods of payments whose pieces are due back on the shelf.

    Card payments come last: they need their provider's answer, the others nobody's.
    """
    payments = db.session.scalars(
        select(Payment)
        .where(Payment.status.in_(OPEN), Payment.expires_at <= at)
        .order_by(Payment.expires_at)
    ).all()
    due = [payment for payment in payments if payment.lapses_at and payment.lapses_at <= at]
    due.sort(key=lambda payment: payment.method is PaymentMethod.STRIPE)
    return [(payment.id, payment.method) for payment in due]


def payment_by_charge(charge: str) -> Payment | None:
    """The card payment that the provider took under this name."""
    return db.session.scalar(
        select(Payment).where(
            Payment.method == PaymentMethod.STRIPE, Payment.provider_charge == charge
        )
    )


def was_spoken_of_before(charge: str) -> bool:
    """Whether the provider told of a charge while it belonged to no payment here yet."""
    early = select(ProviderEvent.id).where(
        ProviderEvent.charge == charge, ProviderEvent.payment_id.is_(None)
    )
    return db.session.scalar(early.limit(1)) is not None


def open_card_payments(before: datetime) -> list[str]:
    """Public ids of card payments begun before a moment and still without an end."""
    return list(
        db.session.scalars(
            select(Payment.public_id)
            .where(
                Payment.method == PaymentMethod.STRIPE,
                Payment.status.in_(OPEN),
                Payment.created_at <= before,
            )
            .order_by(Payment.id)
        )
    )


def _disputed() -> ColumnElement[bool]:
    """Whether the money of a Refund's payment is held back over a dispute not decided yet."""
    return exists().where(
        Dispute.payment_id == Refund.payment_id,
        Dispute.status.in_((DisputeStatus.NEEDS_RESPONSE, DisputeStatus.UNDER_REVIEW)),
    )


def is_disputed(payment_id: int) -> bool:
    return bool(db.session.scalar(select(_disputed()).where(Refund.payment_id == payment_id)))


def refunds_to_send() -> list[str]:
    """Public ids of card refunds that the provider has not confirmed and may be asked for."""
    return list(
        db.session.scalars(
            select(Refund.public_id)
            .join(Payment, Payment.id == Refund.payment_id)
            .where(
                Payment.method == PaymentMethod.STRIPE,
                Refund.status.in_((RefundStatus.DUE, RefundStatus.SENT)),
                ~_disputed(),
            )
            .order_by(Refund.id)
        )
    )
