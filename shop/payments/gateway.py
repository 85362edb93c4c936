"""The port to a payment provider: what we ask of one, and what it may tell us.

Cash and bank transfers need no calls, so only card payments have an adapter behind it.
Calls go over the network and therefore never happen inside a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from shop.core.errors import Unavailable
from shop.payments.models import (
    BOOKED_CURRENCY,
    DisputeStatus,
    EntryKind,
    PayoutStatus,
    RefundStatus,
)


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
    currency: str = BOOKED_CURRENCY


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of our account with the provider; see models.ProviderEntry. `charge` is the payment
    it is taken from or goes to, where there is one."""

    reference: str
    kind: EntryKind
    name: str
    subject: str | None
    amount: int
    fee: int
    currency: str
    at: datetime
    charge: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeNews:
    """Where a dispute stood at the moment `as_of`, and every line of our account it caused."""

    reference: str
    charge: str | None
    amount: int
    currency: str
    status: DisputeStatus
    reason: str
    due_by: datetime | None
    as_of: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PayoutNews:
    reference: str
    amount: int
    currency: str
    status: PayoutStatus
    is_automatic: bool
    arrives_on: date
    as_of: datetime


class MessageKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    DISPUTE = "dispute"
    PAYOUT = "payout"
    CHARGE = "charge"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Message:
    """A provider's verified message. `reference` names the session or refund it speaks of,
    `charge` the payment there that has to be looked at anew."""

    event_id: str
    name: str
    kind: MessageKind
    reference: str | None
    key: str | None
    standing: Standing | None = None
    refund: RefundAnswer | None = None
    dispute: DisputeNews | None = None
    payout: PayoutNews | None = None
    charge: str | None = None


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

    def refunds_of(self, charge: str) -> Sequence[tuple[str | None, RefundAnswer]]:
        """Every refund of a payment, each with our key if it is ours."""
        ...

    def disputes_of(self, charge: str, as_of: datetime) -> Sequence[DisputeNews]: ...

    def dispute_standing(self, reference: str, as_of: datetime) -> DisputeNews: ...

    def entries_since(self, since: datetime) -> Sequence[Entry]:
        """The lines of our account from a moment on, the oldest first."""
        ...

    def payouts_since(self, since: datetime, as_of: datetime) -> Sequence[PayoutNews]: ...

    def entries_of_payout(self, reference: str) -> Sequence[Entry]: ...

    def balance(self) -> int | None:
        """All that the provider holds for us in đồng, pending or not; None if it names none."""
        ...

    def read_message(self, body: bytes, signature: str | None, at: datetime) -> Message: ...
