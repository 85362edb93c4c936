"""Stripe Checkout behind the payment port; the only module that imports stripe.

VND has no minor unit at Stripe (docs.stripe.com/currencies, zero-decimal), so amounts are đồng.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import stripe

from shop.core.settings import Settings
from shop.payments.gateway import (
    Begun,
    DisputeNews,
    Entry,
    ForgedMessage,
    Message,
    PaymentRequest,
    PayoutNews,
    ProviderRefused,
    ProviderUnavailable,
    RefundAnswer,
    Standing,
)
from shop.payments.models import BOOKED_CURRENCY
from shop.payments.stripe_words import (
    dispute_news,
    entry_of,
    message_of,
    payout_news,
    refund_answer,
    refund_key,
    standing_of,
)

MAXIMUM_CHARGE = 99_999_999
"""Đồng: Stripe takes at most eight digits a charge (docs.stripe.com/currencies)."""
MINIMUM_CHARGE = 20_000
"""Đồng: above Stripe's minimum, which is US$0.50's worth and has no fixed figure in VND."""
SHORTEST_LIFE = timedelta(minutes=31)
"""A Checkout Session must expire at least 30 minutes after its creation."""
TOLERANCE = timedelta(minutes=5)
PAGE = 100
"""The most rows that Stripe gives at once."""


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
        return refund_answer(refund.to_dict())

    def refund_standing(self, reference: str) -> RefundAnswer:
        return refund_answer(_ask(lambda: self._client.v1.refunds.retrieve(reference)).to_dict())

    def find_refund(self, key: str, charge: str) -> RefundAnswer | None:
        """Look through the payment intent's refunds for the one that carries our key."""
        return next((answer for ours, answer in self.refunds_of(charge) if ours == key), None)

    def refunds_of(self, charge: str) -> Sequence[tuple[str | None, RefundAnswer]]:
        refunds = self._all(
            lambda: self._client.v1.refunds.list({"payment_intent": charge, "limit": PAGE})
        )
        return [(refund_key(refund), refund_answer(refund)) for refund in refunds]

    def disputes_of(self, charge: str, as_of: datetime) -> Sequence[DisputeNews]:
        disputes = self._all(
            lambda: self._client.v1.disputes.list({"payment_intent": charge, "limit": PAGE})
        )
        return [dispute_news(dispute, as_of) for dispute in disputes]

    def dispute_standing(self, reference: str, as_of: datetime) -> DisputeNews:
        found = _ask(lambda: self._client.v1.disputes.retrieve(reference))
        return dispute_news(found.to_dict(), as_of)

    def entries_since(self, since: datetime) -> Sequence[Entry]:
        return self._entries({"created": {"gte": int(since.timestamp())}})

    def entries_of_payout(self, reference: str) -> Sequence[Entry]:
        """Of an automatic payout; Stripe cannot say what a payout asked for by hand is made of."""
        return self._entries({"payout": reference})

    def _entries(self, which: dict[str, Any]) -> list[Entry]:
        parameters = {**which, "limit": PAGE, "expand": ["data.source"]}
        lines = self._all(
            lambda: self._client.v1.balance_transactions.list(parameters)  # type: ignore[arg-type]
        )
        return [entry_of(line) for line in reversed(lines)]

    def payouts_since(self, since: datetime, as_of: datetime) -> Sequence[PayoutNews]:
        after = int(since.timestamp())
        payouts = self._all(
            lambda: self._client.v1.payouts.list({"created": {"gte": after}, "limit": PAGE})
        )
        return [payout_news(payout, as_of) for payout in payouts]

    def balance(self) -> int | None:
        """Available and pending together, in đồng; None for an account that keeps none."""
        found = _ask(self._client.v1.balance.retrieve).to_dict()
        parts = [*found.get("available", ()), *found.get("pending", ())]
        dong = [int(part["amount"]) for part in parts if part["currency"] == BOOKED_CURRENCY]
        return sum(dong) if dong else None

    def _all(self, call: Callable[[], Any]) -> list[dict[str, Any]]:
        """Every page of a list."""
        rows: list[dict[str, Any]] = _ask(
            lambda: [row.to_dict() for row in call().auto_paging_iter()]
        )
        return rows

    def read_message(self, body: bytes, signature: str | None, at: datetime) -> Message:
        """Verify and read a webhook. Raises ForgedMessage for a bad signature, one older or
        newer than TOLERANCE, or an event of the other mode (live against test)."""
        self._verify(body, signature, at)
        try:
            event = json.loads(body)
            livemode = bool(event["livemode"])
            message = message_of(event)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ForgedMessage("not an event") from error
        if livemode is not self._livemode:
            raise ForgedMessage("event of the other mode")
        return message

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
    return standing_of(session.to_dict())


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
