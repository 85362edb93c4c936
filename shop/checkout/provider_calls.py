"""Calls to the card provider: out of one transaction, over the network, into the next."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select

from shop.checkout.actions import (
    Settled,
    Settlement,
    lapse_payment,
    settle_standing,
)
from shop.core import clock
from shop.core.db import db
from shop.core.i18n import absolute_url, in_language
from shop.core.logs import log
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders import letters
from shop.orders.actions import group_of_payment
from shop.orders.models import OrderGroup
from shop.payments.actions import await_provider, lock_payment, lock_refund, note_refund_answer
from shop.payments.gateway import (
    Begun,
    Gateway,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    ProviderUnavailable,
    Standing,
)
from shop.payments.models import Payment, PaymentMethod, Refund, RefundStatus
from shop.payments.queries import payment_by_public_id
from shop.payments.stripe_gateway import SHORTEST_LIFE, StripeGateway

REFUND_STATES = {"succeeded": RefundStatus.DONE, "failed": RefundStatus.FAILED}


@lru_cache(maxsize=4)
def _gateway(settings: Settings) -> Gateway:
    return StripeGateway(settings)


def card_gateway() -> Gateway:
    return _gateway(current_app.config["SHOP"])


def begin_payment(public_id: str) -> str | None:
    """Where the buyer goes to pay, asking the provider once; None when nothing is to be opened.

    Safe to repeat: the payment's public id is the idempotency key. Raises
    ProviderUnavailable when no answer came and ProviderRefused when it was a no.
    """
    payment = payment_by_public_id(public_id)
    if payment is None or payment.method is not PaymentMethod.STRIPE or not payment.is_open:
        return None
    if payment.provider_url:
        return payment.provider_url
    begun = _begin(payment)
    with transaction():
        locked = lock_payment(payment.id)
        await_provider(locked, reference=begun.reference, url=begun.url, at=clock.now())
    return begun.url


def _begin(payment: Payment) -> Begun:
    if payment.expires_at is None or payment.expires_at - clock.now() < SHORTEST_LIFE:
        raise ProviderRefused("too late to open a card payment")
    request = _request(payment, group_of_payment(payment.id))
    db.session.rollback()
    return card_gateway().begin(request)


def _request(payment: Payment, group: OrderGroup) -> PaymentRequest:
    # Everything here must come out the same on a repeat, or the provider refuses the key.
    with in_language(group.language):
        page = absolute_url("orders.track", token=group.tracking_token, lang_code=group.language)
        return PaymentRequest(
            key=payment.public_id,
            amount=payment.amount,
            description=gettext("Bát Tràng order %(reference)s", reference=group.reference),
            email=group.email,
            language=group.language,
            success_url=f"{page}?card=returned",
            cancel_url=f"{page}?card=left",
            expires_at=payment.expires_at or clock.now(),
        )


def tell_of(settlement: Settlement) -> None:
    """Write the mails that a settlement calls for, inside its transaction."""
    if settlement.outcome is Settled.ON_TIME:
        letters.tell_payment_received(settlement.group_id)
        letters.tell_workshops_new_order(settlement.group_id)
    elif settlement.outcome is Settled.LATE:
        letters.tell_late_payment(settlement.group_id, settlement.honoured, settlement.refunded)
        letters.tell_workshops_new_order(settlement.group_id)


def settle_by_standing(payment_id: int, standing: Standing) -> Settlement | None:
    """Write what the provider's word means for our payment, mails and all."""
    with transaction():
        settlement = settle_standing(payment_id, standing, at=clock.now())
        if settlement is not None:
            tell_of(settlement)
    if settlement and settlement.outcome is Settled.AMOUNT_DIFFERS:
        log.error("card payment of another amount", payment_id=payment_id)
    return settlement


def lapse(payment_id: int) -> bool:
    """Let an unpaid group go and tell the buyer; False when it was not due any more."""
    with transaction():
        group_id = lapse_payment(payment_id, at=clock.now())
        if group_id is not None:
            letters.tell_group_lapsed(group_id)
    return group_id is not None


def close_or_settle_card(payment_id: int) -> bool:
    """End a card payment whose time is over: paid after all, or closed there and then here.

    Returns False when the provider did not answer, so that it is asked again later.
    """
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    try:
        reference = payment.provider_reference or _reference_of_lost_answer(payment)
        standing = card_gateway().close(reference) if reference else None
    except ProviderUnavailable:
        return False
    if standing and standing.state is ProviderState.PAID:
        settle_by_standing(payment_id, standing)
    elif standing is None or standing.state is ProviderState.EXPIRED:
        lapse(payment_id)
    return True


def _reference_of_lost_answer(payment: Payment) -> str | None:
    """Ask again with the same key: if a session was opened and its answer lost, this finds it."""
    request = _request(payment, group_of_payment(payment.id))
    db.session.rollback()
    try:
        begun = card_gateway().begin(request)
    except ProviderRefused:
        return None
    with transaction():
        await_provider(
            lock_payment(payment.id), reference=begun.reference, url=begun.url, at=clock.now()
        )
    return begun.reference


def look_up_card(public_id: str) -> bool:
    """Ask the provider about an open card payment; False when it did not answer."""
    payment = payment_by_public_id(public_id)
    if payment is None or not payment.is_open or not payment.provider_reference:
        return True
    key, reference = payment.id, payment.provider_reference
    db.session.rollback()
    try:
        standing = card_gateway().standing(reference)
    except ProviderUnavailable:
        return False
    settle_by_standing(key, standing)
    return True


def send_refund(public_id: str) -> bool:
    """Ask the provider to give money back; safe to repeat. False when it did not answer."""
    row = db.session.execute(
        select(Refund, Payment)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.public_id == public_id)
    ).one()
    refund, payment = row
    charge, amount, status = payment.provider_charge, refund.amount, refund.status
    db.session.rollback()
    if charge is None or status in (RefundStatus.DONE, RefundStatus.FAILED):
        return True
    try:
        reference, state = card_gateway().refund(public_id, charge, amount)
    except ProviderUnavailable:
        return False
    except ProviderRefused as error:
        log.error("refund refused", refund=public_id, reason=str(error))
        reference, state = None, "failed"
    write_refund_answer(public_id, reference, state)
    return True


def write_refund_answer(public_id: str, reference: str | None, state: str) -> None:
    with transaction():
        locked = lock_refund(public_id)
        if locked is not None:
            note_refund_answer(
                locked,
                REFUND_STATES.get(state, RefundStatus.SENT),
                reference=reference,
                at=clock.now(),
            )
