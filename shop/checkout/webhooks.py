"""Where providers report: verified, kept once, settled, and harmless when repeated."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from shop.checkout.actions import Settled, lapse_payment, settle_standing
from shop.checkout.bank import take_from_webhook
from shop.checkout.card_account import take_payout, take_stray_answer
from shop.checkout.disputes import take_dashboard_refund, take_dispute
from shop.checkout.jobs import look_at_payment, send_refunds
from shop.checkout.line_letters import tell_of_line
from shop.checkout.provider_calls import card_gateway, tell_of
from shop.checkout.refunds import take_refund_answer
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.logs import log
from shop.core.security import csrf
from shop.core.transaction import after_commit, transaction
from shop.orders import letters
from shop.payments.actions import (
    knows_provider_event,
    note_provider_event,
)
from shop.payments.bank_webhook import BankNews, UnreadableNews, bank_signature, read_news
from shop.payments.gateway import (
    DisputeNews,
    ForgedMessage,
    Message,
    MessageKind,
    ProviderState,
    RefundAnswer,
)
from shop.payments.models import Payment, PaymentMethod
from shop.payments.queries import (
    payment_by_charge,
    payment_by_provider_reference,
    payment_by_public_id,
    was_spoken_of_before,
)

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
    return jsonify(outcome=_handle(message))


@blueprint.post("/bank")
@csrf.exempt  # type: ignore[untyped-decorator]
@audience(Audience.PUBLIC)
def bank() -> ResponseReturnValue:
    """The same as for cards, with the movements of our account as an aggregator sees them."""
    secret = current_app.config["SHOP"].bank_webhook_secret
    if not secret:
        raise Missing
    if (request.content_length or 0) > MAXIMUM_BYTES:
        return jsonify(error="too large"), 413
    try:
        news = read_news(
            request.get_data(), bank_signature(request.headers.get), secret, clock.now()
        )
    except ForgedMessage as error:
        log.warning("bank webhook refused", reason=str(error))
        return jsonify(error="refused"), 400
    except UnreadableNews as error:
        log.error("bank webhook not understood", reason=str(error))
        return jsonify(error="not understood"), 422
    with transaction():
        return jsonify(success=True, outcome=_take_news(news))


def _take_news(news: BankNews) -> str:
    """The unique row goes in first, as with cards; then the line, unless it is known already."""
    if knows_provider_event(PaymentMethod.VIETQR, news.id):
        return "repeat"
    try:
        with db.session.begin_nested():
            note_provider_event(
                PaymentMethod.VIETQR,
                news.id,
                "bank line",
                payment_id=None,
                outcome="taken",
                at=clock.now(),
            )
    except IntegrityError:
        return "repeat"
    outcome = take_from_webhook(news, at=clock.now())
    if outcome is None:
        return "known"
    tell_of_line(outcome)
    return outcome.ruling.value if outcome.ruling else "waiting"


def _handle(message: Message) -> str:
    """Keep the event, then act on it, in one transaction: a failure leaves it to come again."""
    with transaction():
        if not _is_new(message):
            return "repeat"
        if message.refund is not None:
            return _take_refund(message, message.refund)
        if message.dispute is not None:
            return _take_dispute(message.dispute)
        if message.payout is not None:
            take_payout(message.payout, at=clock.now())
            return "booked"
        if message.kind is MessageKind.CHARGE:
            return _look_again(message)
        return _take_standing(message)


def _is_new(message: Message) -> bool:
    """The unique row goes in before the work, so that two copies at once cannot both do it."""
    if knows_provider_event(PaymentMethod.STRIPE, message.event_id):
        return False
    payment = _payment_of(message)
    try:
        with db.session.begin_nested():
            note_provider_event(
                PaymentMethod.STRIPE,
                message.event_id,
                message.name,
                payment_id=payment.id if payment else None,
                outcome="taken" if payment else "not ours",
                at=clock.now(),
                charge=message.charge,
            )
    except IntegrityError:
        return False
    return True


def _take_standing(message: Message) -> str:
    payment = _payment_of(message)
    if payment is None or message.standing is None:
        return "ignored"
    if message.standing.state is ProviderState.EXPIRED:
        return _let_go(payment.id)
    settlement = settle_standing(payment.id, message.standing, at=clock.now())
    if settlement is None:
        return "noted"
    tell_of(settlement)
    if settlement.refunded:
        after_commit(send_refunds)
    if settlement.outcome is Settled.AMOUNT_DIFFERS:
        log.error("card payment of another amount", payment_id=payment.id)
    charge = message.standing.charge
    if charge and was_spoken_of_before(charge):
        after_commit(partial(look_at_payment, payment.id))
    return settlement.outcome.value


def _let_go(payment_id: int) -> str:
    """The provider ended it: nothing can be paid any more, so the pieces are free again."""
    group_id = lapse_payment(payment_id, at=clock.now(), has_failed=True)
    if group_id is None:
        return "noted"
    letters.tell_group_lapsed(group_id)
    return "lapsed"


def _take_refund(message: Message, answer: RefundAnswer) -> str:
    """Ours by its key; else one begun in the provider's dashboard, which the books need too."""
    if message.key and take_refund_answer(message.key, answer, at=clock.now()):
        return "noted"
    if message.key and take_stray_answer(message.key, answer, at=clock.now()):
        return "noted"
    payment = payment_by_charge(answer.charge) if answer.charge else None
    if payment is None or not answer.reference:
        return "ignored"
    beyond = take_dashboard_refund(payment, answer, at=clock.now())
    if beyond:
        log.error("refund beyond what was left", payment_id=payment.id, beyond=beyond)
    return "booked"


def _take_dispute(news: DisputeNews) -> str:
    """Of a payment we have not heard of yet it is looked up once we have."""
    payment = payment_by_charge(news.charge) if news.charge else None
    if payment is None:
        return "ignored"
    dispute = take_dispute(payment, news, at=clock.now())
    if dispute.status.is_open:
        log.error("payment disputed", payment_id=payment.id, dispute=dispute.reference)
    return "booked"


def _look_again(message: Message) -> str:
    payment = payment_by_charge(message.charge) if message.charge else None
    if payment is None:
        return "ignored"
    after_commit(partial(look_at_payment, payment.id))
    return "noted"


def _payment_of(message: Message) -> Payment | None:
    if message.kind is not MessageKind.PAYMENT:
        return payment_by_charge(message.charge) if message.charge else None
    found = (
        payment_by_provider_reference(PaymentMethod.STRIPE, message.reference)
        if message.reference
        else None
    )
    # The event can outrun our own note of the session's name; the key inside it is ours.
    if found is None and message.key:
        found = payment_by_public_id(message.key)
    return found
