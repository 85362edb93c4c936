"""Payments and refunds, where money that goes back by transfer is to go, and what the card provider
says of its own accord."""

from shop.payments.models.bank_details import BankDetails
from shop.payments.models.card_provider import (
    BOOKED_CURRENCY,
    Dispute,
    DisputeEvent,
    DisputeStatus,
    EntryKind,
    PayoutStatus,
    ProviderBalance,
    ProviderEntry,
    ProviderPayout,
    StrayCharge,
    StrayStatus,
)
from shop.payments.models.payments import (
    FOREIGN,
    OFFICE_CLOSES,
    PAYMENT_MOVES,
    Payment,
    PaymentEvent,
    PaymentMethod,
    PaymentStatus,
    ProviderEvent,
    Refund,
    RefundStatus,
    TransferReceipt,
    next_office_close,
)

__all__ = [
    "BOOKED_CURRENCY",
    "FOREIGN",
    "OFFICE_CLOSES",
    "PAYMENT_MOVES",
    "BankDetails",
    "Dispute",
    "DisputeEvent",
    "DisputeStatus",
    "EntryKind",
    "Payment",
    "PaymentEvent",
    "PaymentMethod",
    "PaymentStatus",
    "PayoutStatus",
    "ProviderBalance",
    "ProviderEntry",
    "ProviderEvent",
    "ProviderPayout",
    "Refund",
    "RefundStatus",
    "StrayCharge",
    "StrayStatus",
    "TransferReceipt",
    "next_office_close",
]
