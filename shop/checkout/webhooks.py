"""Where providers report: verified, kept once, settled, and harmless when repeated."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from shop.checkout.actions import settle_standing
from shop.checkout.jobs import send_refunds
from shop.checkout.provider_calls import card_gateway, tell_of, write_refund_answer
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.logs import log
from shop.core.security import csrf
from shop.core.transaction import after_commit, transaction
from shop.payments.actions import knows_provider_event, note_provider_event
from shop.payments.gateway import ForgedMessage, Message, MessageKind
from shop.payments.models import Payment, PaymentMethod
from shop.payments.queries import payment_by_provider_reference, payment_by_public_id

blueprint = Blueprint("provider_webhooks", __name__, url_prefix="/webhooks")
MAXIMUM_BYTES = 512 * 1024


@blueprint.post("/stripe")
@csrf.exempt  # type: ignore[untyped-decorator]
@audience(Audience.PUBLIC)
def stripe() -> ResponseReturnValue:
    """400 for what is not Stripe's to us; 200 for all else, known or not, so that it ends."""
    if not current_app.config["SHOP"].takes_cards:
        raise Missing
    if (request.content_length or 0) > MAXIMUM_BYTES:
        return jsonify(error="too large"), 413
    try:
        message = card_gateway().read_message(
            request.get_data(), request.headers.get("Stripe-Signature"), clock.now()
        )
    except ForgedMessage as error:
        log.warning("webhook refused", reason=str(error))
        return jsonify(error="refused"), 400
    try:
        outcome = _handle(message)
    except IntegrityError:
        # The same event is being handled next door at this very moment.
        outcome = "repeat"
    return jsonify(outcome=outcome)


def _handle(message: Message) -> str:
    if message.kind is MessageKind.REFUND:
        return _handle_refund(message)
    with transaction():
        if knows_provider_event(PaymentMethod.STRIPE, message.event_id):
            return "repeat"
        payment = _payment_of(message)
        # First the unique row, then the work: two copies arriving at once cannot both do it.
        note_provider_event(
            PaymentMethod.STRIPE,
            message.event_id,
            message.name,
            payment_id=payment.id if payment else None,
            outcome="taken" if payment else "not ours",
            at=clock.now(),
        )
        if payment is None or message.standing is None:
            return "ignored"
        settlement = settle_standing(payment.id, message.standing, at=clock.now())
        if settlement is None:
            return "noted"
        tell_of(settlement)
        if settlement.refunded:
            after_commit(send_refunds)
        return settlement.outcome.value


def _payment_of(message: Message) -> Payment | None:
    if message.kind is not MessageKind.PAYMENT:
        return None
    found = (
        payment_by_provider_reference(PaymentMethod.STRIPE, message.reference)
        if message.reference
        else None
    )
    # The event can outrun our own note of the session's name; the key inside it is ours.
    if found is None and message.key:
        found = payment_by_public_id(message.key)
    return found


def _handle_refund(message: Message) -> str:
    with transaction():
        if knows_provider_event(PaymentMethod.STRIPE, message.event_id):
            return "repeat"
        note_provider_event(
            PaymentMethod.STRIPE,
            message.event_id,
            message.name,
            payment_id=None,
            outcome="taken",
            at=clock.now(),
        )
    if message.key and message.refund_state:
        write_refund_answer(message.key, message.reference, message.refund_state)
    return "noted"
