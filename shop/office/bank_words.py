"""How the office says what a line of the bank is and what becomes of it."""

from __future__ import annotations

from flask_babel import lazy_gettext

from shop.ledger.models import TransactionKind
from shop.payments.models import LineOutcome, PartReason
from shop.payments.transfers import Ruling

WHY_WORDS = {
    "unknown": lazy_gettext("No reference of ours stands in the text."),
    "several": lazy_gettext("Several references stand in the text."),
    "perhaps_same": lazy_gettext("Perhaps a transfer that was written down by hand already."),
}
RULING_WORDS = {
    Ruling.EXACT: lazy_gettext("Exact: settles the payment."),
    Ruling.PART: lazy_gettext("Less than is due: kept, and the buyer is asked for the rest."),
    Ruling.OVER: lazy_gettext("More than is due: settles the payment, the surplus goes back."),
    Ruling.DUPLICATE: lazy_gettext("Paid already: all of it goes back."),
    Ruling.INCOMPLETE: lazy_gettext("Too late and too little: all of it goes back."),
}
REASON_WORDS = {
    PartReason.SURPLUS: lazy_gettext("more than was due"),
    PartReason.DUPLICATE: lazy_gettext("paid twice"),
    PartReason.LAPSED: lazy_gettext("the order lapsed before all had come"),
    PartReason.CANCELLED: lazy_gettext("the buyer cancelled before all had come"),
    PartReason.INCOMPLETE: lazy_gettext("too late and too little"),
    PartReason.UNKNOWN: lazy_gettext("for no order of ours"),
}
OUTCOME_WORDS = {
    LineOutcome.WAITING: lazy_gettext("to be looked at"),
    LineOutcome.CLAIMED: lazy_gettext("for an order"),
    LineOutcome.RETURNING: lazy_gettext("goes back"),
    LineOutcome.FOREIGN: lazy_gettext("not the shop's"),
    LineOutcome.MATCHED: lazy_gettext("in the books already"),
    LineOutcome.BANKED: lazy_gettext("cash of the office, paid in"),
}
KIND_WORDS = {
    TransactionKind.REFUND_PAID: lazy_gettext("Refund paid by transfer"),
    TransactionKind.TRANSFER_RETURNED: lazy_gettext("Transfer sent back"),
    TransactionKind.PAYOUT_PAID: lazy_gettext("Payout to a workshop"),
    TransactionKind.GRANT_PAID: lazy_gettext("Grant of the craft fund"),
    TransactionKind.TAX_PAID: lazy_gettext("Tax paid"),
    TransactionKind.PROVIDER_PAYOUT: lazy_gettext("Payout of the card provider"),
    TransactionKind.TRANSFER_UNCLAIMED: lazy_gettext("Transfer written down by hand"),
    TransactionKind.CAPTURE: lazy_gettext("Transfer written down by hand"),
}
