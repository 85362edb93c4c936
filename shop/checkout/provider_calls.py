"""Calls to the card provider: out of one transaction, over the network, into the next."""

from __future__ import annotations

from datetime import timedelta
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
from shop.checkout.refunds import take_refund_answer
from shop.core import clock
from shop.core.db import db
from shop.core.i18n import absolute_url, in_language
from shop.core.logs import log
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders import letters
from shop.orders.actions import group_of_payment
from shop.orders.models import OrderGroup
from shop.payments.actions import await_provider, lock_payment
from shop.payments.gateway import (
    Begun,
    Gateway,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    ProviderUnavailable,
    RefundAnswer,
    Standing,
)
from shop.payments.models import Payment, PaymentMethod, Refund, RefundStatus
from shop.payments.queries import payment_by_public_id
from shop.payments.stripe_gateway import SHORTEST_LIFE, StripeGateway


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
        if locked.method is not PaymentMethod.STRIPE or not locked.is_open:
            # Paid or given up meanwhile in another window: nobody is sent to this page.
            return None
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
    elif settlement.outcome is Settled.AFTER_CANCELLATION:
        letters.tell_cancelled_payment(settlement.group_id)


def settle_by_standing(payment_id: int, standing: Standing) -> Settlement | None:
    """Write what the provider's word means for our payment, mails and all."""
    with transaction():
        settlement = settle_standing(payment_id, standing, at=clock.now())
        if settlement is not None:
            tell_of(settlement)
    if settlement and settlement.outcome is Settled.AMOUNT_DIFFERS:
        log.error("card payment of another amount", payment_id=payment_id)
    return settlement


def lapse(payment_id: int, *, has_failed: bool = False) -> bool:
    """Let an unpaid group go and tell the buyer; False when it was not due any more."""
    with transaction():
        group_id = lapse_payment(payment_id, at=clock.now(), has_failed=has_failed)
        if group_id is not None:
            letters.tell_group_lapsed(group_id)
    return group_id is not None


def end_card(payment_id: int) -> bool:
    """End a card payment whose time is over: paid after all, or closed there and then here.

    False while money may still be under way. Raises ProviderUnavailable when nothing answered.
    """
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    reference = payment.provider_reference or _reference_of_lost_answer(payment)
    db.session.rollback()
    standing = _close(reference) if reference else None
    if standing is None or standing.state is ProviderState.EXPIRED:
        lapse(payment_id)
        return True
    settlement = settle_by_standing(payment_id, standing)
    if settlement and settlement.outcome is Settled.AMOUNT_DIFFERS:
        # That page is used up, and its money lies apart: nothing is to be waited for.
        lapse(payment_id)
    return standing.state is ProviderState.PAID


def _close(reference: str) -> Standing | None:
    try:
        return card_gateway().close(reference)
    except ProviderRefused as error:
        # Not known there, so nothing can be paid under it.
        log.error("card session unknown to the provider", reason=str(error))
        return None


def close_or_settle_card(payment_id: int) -> bool:
    """Whether no money can come any more, or has come; False when that is not certain yet."""
    try:
        return end_card(payment_id)
    except ProviderUnavailable:
        return False


def _reference_of_lost_answer(payment: Payment) -> str | None:
    """Ask again with the same key: if a session was opened and its answer lost, this finds it."""
    key = payment.id
    request = _request(payment, group_of_payment(key))
    db.session.rollback()
    try:
        begun = card_gateway().begin(request)
    except ProviderRefused:
        return None
    with transaction():
        await_provider(lock_payment(key), reference=begun.reference, url=begun.url, at=clock.now())
    return begun.reference


def look_up_card(public_id: str) -> None:
    """Ask the provider about an open card payment. Raises ProviderUnavailable or -Refused."""
    payment = payment_by_public_id(public_id)
    if payment is None or not payment.is_open or not payment.provider_reference:
        return
    key, reference = payment.id, payment.provider_reference
    db.session.rollback()
    settle_by_standing(key, card_gateway().standing(reference))


KEY_IS_REMEMBERED = timedelta(hours=20)
"""Within this time a repeat under the same key is the same refund; Stripe forgets after 24 h."""


def send_refund(public_id: str) -> None:
    """Ask the provider to give money back, or how far it is; safe to repeat.

    Raises ProviderUnavailable when nothing answered; it is asked again later.
    """
    refund, charge = _refund_and_charge(public_id)
    if charge is None or refund.status not in (RefundStatus.DUE, RefundStatus.SENT):
        return
    gateway, answer = card_gateway(), None
    if refund.provider_reference:
        answer = gateway.refund_standing(refund.provider_reference)
    elif clock.now() - refund.created_at > KEY_IS_REMEMBERED:
        answer = gateway.find_refund(public_id, charge)
    if answer is None:
        answer = _refund(gateway, public_id, charge, refund.amount)
    write_refund_answer(public_id, answer)


def _refund_and_charge(public_id: str) -> tuple[Refund, str | None]:
    refund, charge = db.session.execute(
        select(Refund, Payment.provider_charge)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.public_id == public_id)
    ).one()
    db.session.expunge(refund)
    db.session.rollback()
    return refund, charge


def _refund(gateway: Gateway, public_id: str, charge: str, amount: int) -> RefundAnswer:
    try:
        return gateway.refund(public_id, charge, amount)
    except ProviderRefused as error:
        # Perhaps it was made before and only its answer was lost; else an officer has to pay.
        log.error("refund refused", refund=public_id, reason=str(error))
        made = gateway.find_refund(public_id, charge)
        return made or RefundAnswer(None, RefundStatus.FAILED, charge, amount)


def write_refund_answer(public_id: str, answer: RefundAnswer) -> None:
    with transaction():
        take_refund_answer(public_id, answer, at=clock.now())
