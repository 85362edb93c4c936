"""Payments, what happened to them, what providers told us, and refunds. Rows are never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.clock import HANOI
from shop.core.db import Base, Dong, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id

OFFICE_CLOSES = time(17, 0)
SATURDAY = 5


def next_office_close(moment: datetime) -> datetime:
    """The first end of a working day, Monday to Friday in Hà Nội, at or after the moment."""
    day = moment.astimezone(HANOI).date()
    while True:
        close = datetime.combine(day, OFFICE_CLOSES, HANOI)
        if close >= moment and day.weekday() < SATURDAY:
            return close.astimezone(UTC)
        day += timedelta(days=1)


class PaymentMethod(StrEnum):
    CASH = "cash"
    VIETQR = "vietqr"
    STRIPE = "stripe"


class PaymentStatus(StrEnum):
    """CREATED: our row stands, the provider was not asked yet. AWAITING: money is expected."""

    CREATED = "created"
    AWAITING = "awaiting"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


PAYMENT_MOVES: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.CREATED: frozenset(
        {
            PaymentStatus.AWAITING,
            PaymentStatus.PAID,
            PaymentStatus.EXPIRED,
            PaymentStatus.CANCELLED,
        }
    ),
    PaymentStatus.AWAITING: frozenset(
        {PaymentStatus.PAID, PaymentStatus.EXPIRED, PaymentStatus.CANCELLED}
    ),
    # Money that comes late is money all the same.
    PaymentStatus.EXPIRED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.CANCELLED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.PAID: frozenset(),
}


class Payment(Keyed, Timestamped, Base):
    """One payment for one order group; its public id is the provider's idempotency key."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("method", "provider_reference"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    method: Mapped[PaymentMethod]
    amount: Mapped[Dong]
    status: Mapped[PaymentStatus] = mapped_column(default=PaymentStatus.CREATED)
    transfer_reference: Mapped[str | None] = mapped_column(String(20), unique=True)
    provider_reference: Mapped[str | None] = mapped_column(String(255))
    provider_charge: Mapped[str | None] = mapped_column(String(255))
    provider_url: Mapped[LongText | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    paid_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.status in (PaymentStatus.CREATED, PaymentStatus.AWAITING)

    @property
    def lapses_at(self) -> datetime | None:
        """When the pieces go back on the shelf: for a transfer only after the office has had a
        working afternoon to find on the statement what was paid in time."""
        if self.expires_at is None or self.method is not PaymentMethod.VIETQR:
            return self.expires_at
        return next_office_close(self.expires_at)


class PaymentEvent(Keyed, Base):
    """Append-only history of a payment's status: who, when, why."""

    __tablename__ = "payment_event"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    from_status: Mapped[PaymentStatus | None]
    to_status: Mapped[PaymentStatus]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")


class ProviderEvent(Keyed, Base):
    """A message a provider sent us, kept once: the unique id makes a repeat harmless."""

    __tablename__ = "provider_event"
    __table_args__ = (UniqueConstraint("method", "event_id"),)

    method: Mapped[PaymentMethod]
    event_id: Mapped[str] = mapped_column(String(255))
    kind: Mapped[Text120]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    charge: Mapped[str | None] = mapped_column(String(255), index=True)
    received_at: Mapped[datetime]
    outcome: Mapped[Text120]


class TransferReceipt(Keyed, Base):
    """A bank transfer an officer found on the statement and matched: who, when, what it said."""

    __tablename__ = "transfer_receipt"
    __table_args__ = (UniqueConstraint("bank_entry"),)

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    reference: Mapped[Text40]
    amount: Mapped[Dong]
    bank_entry: Mapped[str | None] = mapped_column(String(80))
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class RefundStatus(StrEnum):
    """DUE: owed. SENT: asked of the provider, or transferred by hand. DONE / FAILED: its answer."""

    DUE = "due"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


FOREIGN = "provider:"
"""What the cause of a refund begins with that was begun at the provider, not here."""


class Refund(Keyed, Timestamped, Base):
    """Money owed back. Its public id is the provider's idempotency key; `cause` makes it once."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("payment_id", "cause"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    amount: Mapped[Dong]
    cause: Mapped[Text120]
    status: Mapped[RefundStatus] = mapped_column(default=RefundStatus.DUE)
    provider_reference: Mapped[str | None] = mapped_column(String(255))
    sent_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    """The dispute through which the buyer's bank took it."""

    @property
    def is_foreign(self) -> bool:
        """Begun at the provider, in its dashboard or by a dispute, not here."""
        return self.cause.startswith(FOREIGN)

    @property
    def is_owed(self) -> bool:
        """Ours, not gone, nor under way."""
        waits = self.status in (RefundStatus.DUE, RefundStatus.FAILED)
        return waits and not self.is_foreign and self.settled_by_id is None

    @property
    def counts(self) -> bool:
        """Whether it is owed or paid. One of ours that failed is owed still, and paid by hand;
        one begun elsewhere that failed moved nothing."""
        return not (self.is_foreign and self.status is RefundStatus.FAILED)
