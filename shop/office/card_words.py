"""How the office says where disputes, stray money and the card provider's payouts stand."""

from __future__ import annotations

from flask_babel import lazy_gettext

from shop.payments.models import DisputeStatus, EntryKind, PayoutStatus, StrayStatus

DISPUTE_WORDS = {
    DisputeStatus.WARNING_NEEDS_RESPONSE: lazy_gettext("inquiry, wants an answer"),
    DisputeStatus.WARNING_UNDER_REVIEW: lazy_gettext("inquiry, answered"),
    DisputeStatus.WARNING_CLOSED: lazy_gettext("inquiry, ended"),
    DisputeStatus.NEEDS_RESPONSE: lazy_gettext("wants an answer"),
    DisputeStatus.UNDER_REVIEW: lazy_gettext("answered, not decided"),
    DisputeStatus.APPEAL_NEEDS_RESPONSE: lazy_gettext("lost, an appeal is open"),
    DisputeStatus.APPEAL_UNDER_REVIEW: lazy_gettext("lost, appealed"),
    DisputeStatus.PREVENTED: lazy_gettext("settled before it began"),
    DisputeStatus.WON: lazy_gettext("won"),
    DisputeStatus.LOST: lazy_gettext("lost"),
    DisputeStatus.UNKNOWN: lazy_gettext("to be looked up at the card provider"),
}
STRAY_WORDS = {
    StrayStatus.KEPT: lazy_gettext("kept"),
    StrayStatus.SENDING: lazy_gettext("on its way back"),
    StrayStatus.RETURNED: lazy_gettext("sent back"),
    StrayStatus.FAILED: lazy_gettext("came back: call the buyer"),
}
PROVIDER_PAYOUT_WORDS = {
    PayoutStatus.PENDING: lazy_gettext("announced"),
    PayoutStatus.IN_TRANSIT: lazy_gettext("on its way to our bank"),
    PayoutStatus.PAID: lazy_gettext("at our bank"),
    PayoutStatus.FAILED: lazy_gettext("failed, back with the provider"),
    PayoutStatus.CANCELED: lazy_gettext("called off"),
}
ENTRY_WORDS = {
    EntryKind.CHARGE: lazy_gettext("payment"),
    EntryKind.REFUND: lazy_gettext("refund"),
    EntryKind.DISPUTE: lazy_gettext("dispute"),
    EntryKind.PAYOUT: lazy_gettext("payout"),
    EntryKind.FEE: lazy_gettext("fee"),
    EntryKind.OTHER: lazy_gettext("something else"),
}
