"""Stripe Checkout behind the payment port; the only module that imports stripe.

VND has no minor unit at Stripe (docs.stripe.com/currencies, zero-decimal), so amounts are đồng.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import stripe

from shop.core.settings import Settings
from shop.payments.gateway import (
    Begun,
    ForgedMessage,
    Message,
    MessageKind,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    ProviderUnavailable,
    RefundAnswer,
    Standing,
)
from shop.payments.models import RefundStatus

MAXIMUM_CHARGE = 99_999_999
"""Đồng: Stripe takes at most eight digits a charge (docs.stripe.com/currencies)."""
MINIMUM_CHARGE = 20_000
"""Đồng: above Stripe's minimum, which is US$0.50's worth and has no fixed figure in VND."""
SHORTEST_LIFE = timedelta(minutes=31)
"""A Checkout Session must expire at least 30 minutes after its creation."""
TOLERANCE = timedelta(minutes=5)
PAYMENT_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)
FAILED_LATER = "checkout.session.async_payment_failed"
REFUND_STATES = {
    "succeeded": RefundStatus.DONE,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
REFUND_EVENTS = frozenset({"refund.created", "refund.updated", "refund.failed"})


class StripeGateway:
    """Card payments on Stripe's hosted page."""

    def __init__(self, settings: Settings) -> None:
        if not (settings.stripe_secret_key and settings.stripe_webhook_secret):
            raise ValueError("Stripe needs its secret key and its webhook secret")
        self._webhook_secret = settings.stripe_webhook_secret
        self._livemode = settings.stripe_livemode
        self._client = stripe.StripeClient(
            settings.stripe_secret_key,
            base_addresses=({"api": settings.stripe_api_base} if settings.stripe_api_base else {}),
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=settings.stripe_timeout_seconds),
        )

    def begin(self, request: PaymentRequest) -> Begun:
        """Open a Checkout Session; the same key answers with the same session.

        Raises ProviderUnavailable when no answer came, ProviderRefused when it was a no.
        """
        session = _ask(
            lambda: self._client.v1.checkout.sessions.create(
                _session_parameters(request),  # type: ignore[arg-type]
                {"idempotency_key": f"payment-{request.key}"},
            )
        )
        return Begun(session.id, session.url)

    def standing(self, reference: str) -> Standing:
        return _standing(_ask(lambda: self._client.v1.checkout.sessions.retrieve(reference)))

    def close(self, reference: str) -> Standing:
        """Expire an open session; one that was paid or has expired stays what it is."""
        try:
            return _standing(_ask(lambda: self._client.v1.checkout.sessions.expire(reference)))
        except ProviderRefused:
            return self.standing(reference)

    def refund(self, key: str, charge: str, amount: int) -> RefundAnswer:
        """Refund `amount` đồng of a payment intent.

        The same key never refunds twice within 24 hours, after which Stripe forgets keys
        (docs.stripe.com/api/idempotent_requests); older ones are for `find_refund`.
        """
        refund = _ask(
            lambda: self._client.v1.refunds.create(
                {"payment_intent": charge, "amount": amount, "metadata": {"refund": key}},
                {"idempotency_key": f"refund-{key}"},
            )
        )
        return _refund_answer(refund.to_dict())

    def refund_standing(self, reference: str) -> RefundAnswer:
        return _refund_answer(_ask(lambda: self._client.v1.refunds.retrieve(reference)).to_dict())

    def find_refund(self, key: str, charge: str) -> RefundAnswer | None:
        """Look through the payment intent's refunds for the one that carries our key."""
        found = _ask(lambda: self._client.v1.refunds.list({"payment_intent": charge, "limit": 100}))
        answers = (refund.to_dict() for refund in found.data)
        return next((_refund_answer(a) for a in answers if _refund_key(a) == key), None)

    def read_message(self, body: bytes, signature: str | None, at: datetime) -> Message:
        """Verify and read a webhook. Raises ForgedMessage for a bad signature, one older or
        newer than TOLERANCE, or an event of the other mode (live against test)."""
        self._verify(body, signature, at)
        try:
            event = json.loads(body)
            return self._message(event)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ForgedMessage("not an event") from error

    def _verify(self, body: bytes, signature: str | None, at: datetime) -> None:
        if not signature or not signature.isascii():
            raise ForgedMessage("no readable signature")
        try:
            stripe.WebhookSignature.verify_header(
                body.decode(), signature, self._webhook_secret, tolerance=None
            )
            sent = _signed_at(signature)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise ForgedMessage("bad signature") from error
        # The SDK refuses old signatures only; one from the future is as suspect.
        if abs(at.timestamp() - sent) > TOLERANCE.total_seconds():
            raise ForgedMessage("stale or early signature")

    def _message(self, event: dict[str, Any]) -> Message:
        if bool(event["livemode"]) is not self._livemode:
            raise ForgedMessage("event of the other mode")
        name, subject = str(event["type"]), event["data"]["object"]
        if name in PAYMENT_EVENTS:
            return Message(
                event["id"],
                name,
                MessageKind.PAYMENT,
                subject["id"],
                subject.get("client_reference_id"),
                standing=_standing_of(subject, has_failed=name == FAILED_LATER),
            )
        if name in REFUND_EVENTS:
            return Message(
                event["id"],
                name,
                MessageKind.REFUND,
                subject["id"],
                _refund_key(subject),
                refund=_refund_answer(subject),
            )
        return Message(event["id"], name, MessageKind.OTHER, None, None)


def _signed_at(signature: str) -> int:
    stamps = [part[2:] for part in signature.split(",") if part.startswith("t=")]
    return int(stamps[0]) if stamps else 0


def _session_parameters(request: PaymentRequest) -> dict[str, Any]:
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": request.key,
        # Cards only: what settles days later would hold a piece nobody has paid for.
        "allowed_payment_method_types": ["card"],
        "customer_email": request.email,
        "locale": request.language,
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "vnd",
                    "unit_amount": request.amount,
                    "product_data": {"name": request.description},
                },
            }
        ],
        "payment_intent_data": {"metadata": {"payment": request.key}},
        "metadata": {"payment": request.key},
    }


def _standing(session: Any) -> Standing:
    return _standing_of(session.to_dict())


def _refund_key(refund: dict[str, Any]) -> str | None:
    key = (refund.get("metadata") or {}).get("refund")
    return str(key) if key else None


def _name_of(subject: Any) -> str | None:
    """Stripe gives an object's name, or the object itself when it was expanded."""
    return subject.get("id") if isinstance(subject, dict) else subject


def _refund_answer(refund: dict[str, Any]) -> RefundAnswer:
    return RefundAnswer(
        reference=refund["id"],
        status=REFUND_STATES.get(str(refund.get("status")), RefundStatus.SENT),
        charge=_name_of(refund.get("payment_intent")),
        amount=int(refund.get("amount") or 0),
    )


def _standing_of(session: dict[str, Any], *, has_failed: bool = False) -> Standing:
    if session.get("payment_status") == "paid":
        state = ProviderState.PAID
    elif has_failed or session.get("status") == "expired":
        state = ProviderState.EXPIRED
    elif session.get("status") == "complete":
        state = ProviderState.UNDER_WAY
    else:
        state = ProviderState.OPEN
    return Standing(
        state,
        int(session.get("amount_total") or 0),
        str(session.get("currency") or ""),
        _name_of(session.get("payment_intent")),
    )


# A key that is refused is our fault to mend: what it asked for is still to be asked.
NO_ANSWER = (
    stripe.APIConnectionError,
    stripe.RateLimitError,
    stripe.AuthenticationError,
    stripe.PermissionError,
)


def _ask(call: Callable[[], Any]) -> Any:
    """Run one call; tell "no answer" (try again) from "the answer is no"."""
    try:
        return call()
    except NO_ANSWER as error:
        raise ProviderUnavailable from error
    except stripe.IdempotencyError as error:
        raise ProviderRefused(str(error)) from error
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status >= 500 or error.http_status == 409:
            raise ProviderUnavailable from error
        raise ProviderRefused(str(error)) from error


def charge_limits() -> tuple[int, int]:
    """The least and the most đồng that one card payment may be."""
    return MINIMUM_CHARGE, MAXIMUM_CHARGE
