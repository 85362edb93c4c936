"""What the card provider says of its own accord: disputes, its balance, payouts, stray money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Dong, Keyed, Text40, Text120, Timestamped
from shop.core.ids import public_id

BOOKED_CURRENCY = "vnd"
"""The books are in đồng; what the provider reckons in other money is shown, never converted."""


class DisputeStatus(StrEnum):
    """As the provider names them; WARNING_… are inquiries, in which no money has moved."""

    WARNING_NEEDS_RESPONSE = "warning_needs_response"
    WARNING_UNDER_REVIEW = "warning_under_review"
    WARNING_CLOSED = "warning_closed"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    APPEAL_NEEDS_RESPONSE = "appeal_needs_response"
    APPEAL_UNDER_REVIEW = "appeal_under_review"
    PREVENTED = "prevented"
    WON = "won"
    LOST = "lost"
    UNKNOWN = "unknown"

    @property
    def is_open(self) -> bool:
        return self not in ENDED

    @property
    def wants_answer(self) -> bool:
        return self in WANTS_ANSWER

    @property
    def is_lost(self) -> bool:
        """Decided for the buyer, whether or not an appeal still runs."""
        return self in LOST

    @property
    def order(self) -> int:
        """Which of two words of the same second is the later one."""
        return list(DisputeStatus).index(self)


ENDED = frozenset(
    {
        DisputeStatus.WARNING_CLOSED,
        DisputeStatus.PREVENTED,
        DisputeStatus.WON,
        DisputeStatus.LOST,
    }
)
WANTS_ANSWER = frozenset(
    {
        DisputeStatus.WARNING_NEEDS_RESPONSE,
        DisputeStatus.NEEDS_RESPONSE,
        DisputeStatus.APPEAL_NEEDS_RESPONSE,
    }
)
LOST = frozenset(
    {
        DisputeStatus.LOST,
        DisputeStatus.APPEAL_NEEDS_RESPONSE,
        DisputeStatus.APPEAL_UNDER_REVIEW,
    }
)


class Dispute(Keyed, Timestamped, Base):
    """A buyer's bank disputes a payment. `as_of` is when the provider said what stands here;
    what it has withdrawn and given again are its ProviderEntry rows."""

    __tablename__ = "dispute"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    reference: Mapped[str] = mapped_column(String(255), unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    amount: Mapped[Dong]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[DisputeStatus]
    reason: Mapped[Text120]
    due_by: Mapped[datetime | None]
    as_of: Mapped[datetime]


class DisputeEvent(Keyed, Base):
    """Append-only: every standing a dispute has had."""

    __tablename__ = "dispute_event"

    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    status: Mapped[DisputeStatus]
    at: Mapped[datetime]


class EntryKind(StrEnum):
    """What a line of the provider's account is about."""

    CHARGE = "charge"
    REFUND = "refund"
    DISPUTE = "dispute"
    PAYOUT = "payout"
    FEE = "fee"
    OTHER = "other"


class ProviderEntry(Keyed, Timestamped, Base):
    """One line of our account with the card provider, kept once by its name there.

    `amount` before `fee`, plus for us, in the currency's smallest unit; `subject` names the
    charge, refund, dispute or payout it is about, `charge` the payment behind that; `payout` the
    payout that carried it to the bank.
    """

    __tablename__ = "provider_entry"
    __table_args__ = (Index(None, "kind", "subject"),)

    reference: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[EntryKind]
    name: Mapped[Text120]
    subject: Mapped[str | None] = mapped_column(String(255))
    amount: Mapped[Dong]
    fee: Mapped[Dong]
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(index=True)
    charge: Mapped[str | None] = mapped_column(String(255), index=True)
    payout: Mapped[str | None] = mapped_column(String(255), index=True)

    @property
    def net(self) -> int:
        return self.amount - self.fee

    @property
    def is_booked(self) -> bool:
        return self.currency == BOOKED_CURRENCY


class PayoutStatus(StrEnum):
    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def order(self) -> int:
        return list(PayoutStatus).index(self)


class ProviderPayout(Keyed, Timestamped, Base):
    """What the card provider pays out to our bank account."""

    __tablename__ = "provider_payout"

    reference: Mapped[str] = mapped_column(String(255), unique=True)
    amount: Mapped[Dong]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[PayoutStatus]
    is_automatic: Mapped[bool]
    arrives_on: Mapped[date]
    as_of: Mapped[datetime]
    listed_at: Mapped[datetime | None]


class StrayStatus(StrEnum):
    """KEPT: nobody's money yet. SENDING: to go back, not confirmed. RETURNED, or FAILED to."""

    KEPT = "kept"
    SENDING = "sending"
    RETURNED = "returned"
    FAILED = "failed"


class StrayCharge(Keyed, Timestamped, Base):
    """Card money that is not the payment asked for: another sum or currency, or a second one."""

    __tablename__ = "stray_charge"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("charge"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    charge: Mapped[str] = mapped_column(String(255))
    amount: Mapped[Dong]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[StrayStatus] = mapped_column(default=StrayStatus.KEPT)
    refund_reference: Mapped[str | None] = mapped_column(String(255))
    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ProviderBalance(Keyed, Base):
    """What the provider said it holds for us at a moment, in đồng, and what our books then said."""

    __tablename__ = "provider_balance"

    at: Mapped[datetime] = mapped_column(index=True)
    amount: Mapped[Dong]
    booked: Mapped[Dong]
    under_way: Mapped[Dong]
