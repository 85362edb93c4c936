"""The port to a payment provider: what we ask of one, and what it may tell us.

Cash and bank transfers need no calls, so only card payments have an adapter behind it.
Calls go over the network and therefore never happen inside a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shop.core.errors import Unavailable
from shop.payments.models import RefundStatus


class ProviderUnavailable(Unavailable):
    """Down, slow or refusing us; whether it acted is unknown, and asking again is safe."""


class ProviderRefused(Exception):
    """The provider understood and said no; asking again changes nothing."""


class ForgedMessage(Exception):
    """A message whose signature, age or mode shows that it is not the provider's to us."""


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """`key` is our payment's public id and the provider's idempotency key. Amount in đồng."""

    key: str
    amount: int
    description: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    reference: str
    url: str | None


class ProviderState(StrEnum):
    """UNDER_WAY: the buyer is done and the money may still come. EXPIRED: it no longer can."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a payment stands at the provider; `amount` is what it says it took, in đồng."""

    state: ProviderState
    amount: int
    currency: str
    charge: str | None


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What the provider says of a refund; `charge` is the payment it is taken from."""

    reference: str | None
    status: RefundStatus
    charge: str | None
    amount: int


class MessageKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Message:
    """A provider's verified message. `reference` names the session or refund it speaks of."""

    event_id: str
    name: str
    kind: MessageKind
    reference: str | None
    key: str | None
    standing: Standing | None = None
    refund: RefundAnswer | None = None


class Gateway(Protocol):
    def begin(self, request: PaymentRequest) -> Begun: ...

    def standing(self, reference: str) -> Standing: ...

    def close(self, reference: str) -> Standing:
        """End an open payment so that it can no longer be paid; says where it ended."""
        ...

    def refund(self, key: str, charge: str, amount: int) -> RefundAnswer:
        """Give back once per key."""
        ...

    def refund_standing(self, reference: str) -> RefundAnswer: ...

    def find_refund(self, key: str, charge: str) -> RefundAnswer | None:
        """The refund that was made under this key, if its answer was lost."""
        ...

    def read_message(self, body: bytes, signature: str | None, at: datetime) -> Message: ...
