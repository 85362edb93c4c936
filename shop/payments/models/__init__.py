"""Payments and refunds, and where money that goes back by transfer is to go."""

from shop.payments.models.bank_details import BankDetails
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
    "FOREIGN",
    "OFFICE_CLOSES",
    "PAYMENT_MOVES",
    "BankDetails",
    "Payment",
    "PaymentEvent",
    "PaymentMethod",
    "PaymentStatus",
    "ProviderEvent",
    "Refund",
    "RefundStatus",
    "TransferReceipt",
    "next_office_close",
]
