"""Payments and refunds: each verb moves a status once, keeps its history and asks no provider."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext
from sqlalchemy import func, not_, select

from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.payments.models import (
    FOREIGN,
    PAYMENT_MOVES,
    Payment,
    PaymentEvent,
    PaymentMethod,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundStatus,
    TransferReceipt,
)


class WrongPaymentMove(Conflict):
    message = lazy_gettext("This payment has been settled in the meantime.")


def open_payment(
    method: PaymentMethod,
    amount: int,
    *,
    reference: str,
    window: timedelta | None,
    at: datetime,
) -> Payment:
    """Our row stands before any provider is asked; cash and transfers await money at once.

    `window` is how long the goods are held for the money; None (cash) for as long as it takes.
    """
    payment = Payment(
        method=method,
        amount=amount,
        status=PaymentStatus.CREATED,
        transfer_reference=reference if method is PaymentMethod.VIETQR else None,
        expires_at=at + window if window else None,
        created_at=at,
    )
    db.session.add(payment)
    db.session.flush()
    _note_event(payment, None, at)
    if method is not PaymentMethod.STRIPE:
        move_payment(payment, PaymentStatus.AWAITING, at=at)
    return payment


def _note_event(
    payment: Payment,
    before: PaymentStatus | None,
    at: datetime,
    by_id: int | None = None,
    note: str = "",
) -> None:
    db.session.add(
        PaymentEvent(
            payment_id=payment.id,
            from_status=before,
            to_status=payment.status,
            at=at,
            by_person_id=by_id,
            note=note,
        )
    )


def lock_payment(payment_id: int) -> Payment:
    """The payment, read afresh and held until the transaction ends."""
    return db.session.scalars(for_update(select(Payment).where(Payment.id == payment_id))).one()


def move_payment(
    payment: Payment,
    to: PaymentStatus,
    *,
    at: datetime,
    by_id: int | None = None,
    note: str = "",
) -> None:
    """Raises WrongPaymentMove for a move that PAYMENT_MOVES does not allow."""
    if to not in PAYMENT_MOVES[payment.status]:
        raise WrongPaymentMove
    before, payment.status = payment.status, to
    if to is PaymentStatus.PAID:
        payment.paid_at = at
    _note_event(payment, before, at, by_id, note)


def change_to_transfer(
    payment: Payment, *, reference: str, window: timedelta, at: datetime, note: str
) -> None:
    """The buyer pays by bank transfer what was to be paid by card. The payment must be locked.

    Raises WrongPaymentMove once it is no open card payment. The card page must be closed, or never
    have been shown, before.
    """
    if payment.method is not PaymentMethod.STRIPE or not payment.is_open:
        raise WrongPaymentMove
    before = payment.status
    payment.method, payment.status = PaymentMethod.VIETQR, PaymentStatus.AWAITING
    payment.transfer_reference, payment.provider_url = reference, None
    payment.expires_at = at + window
    _note_event(payment, before, at, note=note)


def await_provider(payment: Payment, *, reference: str, url: str | None, at: datetime) -> None:
    """Keep what the provider calls this payment and where the buyer pays; a repeat is harmless."""
    payment.provider_reference, payment.provider_url = reference, url
    if payment.status is PaymentStatus.CREATED:
        move_payment(payment, PaymentStatus.AWAITING, at=at)


def note_provider_event(
    method: PaymentMethod,
    event_id: str,
    kind: str,
    *,
    payment_id: int | None,
    outcome: str,
    at: datetime,
    charge: str | None = None,
) -> None:
    """Keep a provider's message; the database refuses the same event a second time."""
    db.session.add(
        ProviderEvent(
            method=method,
            event_id=event_id,
            kind=kind,
            payment_id=payment_id,
            charge=charge,
            received_at=at,
            outcome=outcome,
        )
    )
    db.session.flush()


def knows_provider_event(method: PaymentMethod, event_id: str) -> bool:
    return (
        db.session.scalar(
            select(ProviderEvent.id).where(
                ProviderEvent.method == method, ProviderEvent.event_id == event_id
            )
        )
        is not None
    )


def record_receipt(
    payment: Payment,
    *,
    reference: str,
    bank_entry: str | None,
    received_on: date,
    by_id: int,
    at: datetime,
) -> TransferReceipt:
    """The transfer an officer matched on the bank's statement: who, when, and what it said."""
    receipt = TransferReceipt(
        payment_id=payment.id,
        reference=reference,
        amount=payment.amount,
        bank_entry=bank_entry or None,
        received_on=received_on,
        recorded_at=at,
        recorded_by_id=by_id,
    )
    db.session.add(receipt)
    return receipt


def refunded_total(payment: Payment) -> int:
    """Đồng given back or owed back of this payment; see Refund.counts."""
    failed_elsewhere = (Refund.status == RefundStatus.FAILED) & Refund.cause.startswith(FOREIGN)
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(Refund.amount), 0)).where(
                Refund.payment_id == payment.id, not_(failed_elsewhere)
            )
        )
        or 0
    )


def owe_refund(payment: Payment, amount: int, *, cause: str, at: datetime) -> Refund:
    """Write down that money goes back; once per cause, never more than came in.

    The payment must be locked by the caller. Raises Conflict beyond the paid amount; how much of
    cash has come so far, parcel by parcel, the caller knows.
    """
    standing = db.session.scalar(
        select(Refund).where(Refund.payment_id == payment.id, Refund.cause == cause)
    )
    if standing is not None:
        return standing
    came = payment.status is PaymentStatus.PAID or payment.method is PaymentMethod.CASH
    if not came or refunded_total(payment) + amount > payment.amount:
        raise Conflict(lazy_gettext("No more can be given back than was paid."))
    refund = Refund(payment_id=payment.id, amount=amount, cause=cause, created_at=at)
    db.session.add(refund)
    db.session.flush()
    return refund


def lock_refund(public_id: str) -> Refund | None:
    return db.session.scalar(for_update(select(Refund).where(Refund.public_id == public_id)))


def note_foreign_refund(
    payment: Payment, amount: int, status: RefundStatus, *, reference: str, at: datetime
) -> Refund:
    """Write down a refund that was begun in the provider's own dashboard; a repeat updates it."""
    cause = f"{FOREIGN}{reference}"
    refund = db.session.scalar(
        select(Refund).where(Refund.payment_id == payment.id, Refund.cause == cause)
    )
    if refund is None:
        refund = Refund(
            payment_id=payment.id,
            amount=amount,
            cause=cause,
            status=status,
            provider_reference=reference,
            created_at=at,
            sent_at=at,
        )
        db.session.add(refund)
        db.session.flush()
    else:
        note_refund_answer(refund, status, reference=reference, at=at)
    return refund


def settle_refund_by_hand(refund: Refund, *, by_id: int, at: datetime) -> None:
    """An officer transferred the money back.

    Raises Conflict when it was settled already, or while the card provider may still do it.
    """
    by_card = db.session.get_one(Payment, refund.payment_id).method is PaymentMethod.STRIPE
    open_to_hands = {RefundStatus.FAILED} if by_card else {RefundStatus.DUE, RefundStatus.FAILED}
    if refund.status not in open_to_hands:
        raise Conflict(lazy_gettext("This refund has been settled already."))
    refund.status, refund.sent_at, refund.settled_by_id = RefundStatus.DONE, at, by_id


def note_refund_answer(
    refund: Refund, status: RefundStatus, *, reference: str | None, at: datetime
) -> None:
    """Keep the provider's answer to a refund.

    A card's bank can send a refund back days after it was done; then it is owed again, and what
    the provider said before, coming late, changes nothing. What an officer has paid back by hand
    stays done whatever the provider says.
    """
    if refund.settled_by_id is not None or refund.dispute_id is not None:
        return
    if refund.status is RefundStatus.FAILED and refund.provider_reference == reference:
        return
    if refund.status is RefundStatus.DONE and status is not RefundStatus.FAILED:
        return
    refund.status = status
    refund.provider_reference = reference or refund.provider_reference
    refund.sent_at = refund.sent_at or at
