"""What Stripe says, in our words: sessions, refunds, disputes, payouts and balance transactions.

Field names and values: docs.stripe.com/api, 2026-10-28.endive; the categories of balance
transactions: docs.stripe.com/reports/reporting-categories.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from shop.payments.gateway import (
    DisputeNews,
    Entry,
    Message,
    MessageKind,
    PayoutNews,
    ProviderState,
    RefundAnswer,
    Standing,
)
from shop.payments.models import DisputeStatus, EntryKind, PayoutStatus, RefundStatus

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
CHARGE_REFUNDED = "charge.refunded"
"""Says only how much of a charge has been refunded in all: a hint to look at it, no refund."""
REFUND_EVENTS = frozenset({"refund.created", "refund.updated", "refund.failed"})
DISPUTE_EVENTS = "charge.dispute."
PAYOUT_EVENTS = "payout."
ENTRY_KINDS = {
    "charge": EntryKind.CHARGE,
    "refund": EntryKind.REFUND,
    "refund_failure": EntryKind.REFUND,
    "dispute": EntryKind.DISPUTE,
    "dispute_reversal": EntryKind.DISPUTE,
    "payout": EntryKind.PAYOUT,
    "payout_reversal": EntryKind.PAYOUT,
    "fee": EntryKind.FEE,
    "tax": EntryKind.FEE,
}


Word = TypeVar("Word", DisputeStatus, PayoutStatus)


def moment(stamp: Any) -> datetime:
    """Stripe's times are seconds since 1970."""
    return datetime.fromtimestamp(int(stamp or 0), UTC)


def message_of(event: dict[str, Any]) -> Message:
    """A verified event. Raises KeyError, TypeError or ValueError for what is none."""
    name, subject, number = str(event["type"]), event["data"]["object"], event["id"]
    at = moment(event.get("created"))
    if name in PAYMENT_EVENTS:
        standing = standing_of(subject, has_failed=name == FAILED_LATER)
        key = subject.get("client_reference_id")
        return Message(
            number, name, MessageKind.PAYMENT, subject["id"], key, standing, charge=standing.charge
        )
    if name in REFUND_EVENTS:
        answer = refund_answer(subject)
        key = refund_key(subject)
        return Message(
            number,
            name,
            MessageKind.REFUND,
            subject["id"],
            key,
            refund=answer,
            charge=answer.charge,
        )
    if name.startswith(DISPUTE_EVENTS):
        news = dispute_news(subject, at)
        return Message(
            number,
            name,
            MessageKind.DISPUTE,
            news.reference,
            None,
            dispute=news,
            charge=news.charge,
        )
    if name.startswith(PAYOUT_EVENTS) and subject.get("object") == "payout":
        payout = payout_news(subject, at)
        return Message(number, name, MessageKind.PAYOUT, payout.reference, None, payout=payout)
    if name == CHARGE_REFUNDED:
        charge = name_of(subject.get("payment_intent"))
        return Message(number, name, MessageKind.CHARGE, None, None, charge=charge)
    return Message(number, name, MessageKind.OTHER, None, None)


def dispute_news(dispute: dict[str, Any], as_of: datetime) -> DisputeNews:
    due = (dispute.get("evidence_details") or {}).get("due_by")
    charge = name_of(dispute.get("payment_intent"))
    return DisputeNews(
        reference=dispute["id"],
        charge=charge,
        amount=int(dispute["amount"]),
        currency=str(dispute["currency"]),
        status=_known(DisputeStatus, dispute.get("status"), DisputeStatus.UNKNOWN),
        reason=str(dispute.get("reason") or "")[:120],
        due_by=moment(due) if due else None,
        as_of=as_of,
        entries=tuple(entry_of(line) for line in dispute.get("balance_transactions") or ()),
    )


def payout_news(payout: dict[str, Any], as_of: datetime) -> PayoutNews:
    return PayoutNews(
        reference=payout["id"],
        amount=int(payout["amount"]),
        currency=str(payout["currency"]),
        status=_known(PayoutStatus, payout.get("status"), PayoutStatus.PENDING),
        is_automatic=bool(payout.get("automatic")),
        arrives_on=moment(payout.get("arrival_date")).date(),
        as_of=as_of,
    )


def entry_of(line: dict[str, Any]) -> Entry:
    """A balance transaction; `source` may be a name or the object itself."""
    source = line.get("source")
    kind = ENTRY_KINDS.get(str(line.get("reporting_category")), EntryKind.OTHER)
    charge = name_of(source.get("payment_intent")) if isinstance(source, dict) else None
    return Entry(
        reference=line["id"],
        kind=kind,
        name=str(line.get("type") or ""),
        subject=charge if kind is EntryKind.CHARGE and charge else name_of(source),
        amount=int(line["amount"]),
        fee=int(line.get("fee") or 0),
        currency=str(line["currency"]),
        at=moment(line.get("created")),
        charge=charge,
    )


def _known(kind: type[Word], word: Any, other: Word) -> Word:
    """A word that a later version of the API may have added is not ours to guess at."""
    try:
        return kind(str(word))
    except ValueError:
        return other


def refund_key(refund: dict[str, Any]) -> str | None:
    key = (refund.get("metadata") or {}).get("refund")
    return str(key) if key else None


def name_of(subject: Any) -> str | None:
    """Stripe gives an object's name, or the object itself when it was expanded."""
    return subject.get("id") if isinstance(subject, dict) else subject


def refund_answer(refund: dict[str, Any]) -> RefundAnswer:
    return RefundAnswer(
        reference=refund["id"],
        status=REFUND_STATES.get(str(refund.get("status")), RefundStatus.SENT),
        charge=name_of(refund.get("payment_intent")),
        amount=int(refund.get("amount") or 0),
        currency=str(refund.get("currency") or "vnd"),
    )


def standing_of(session: dict[str, Any], *, has_failed: bool = False) -> Standing:
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
        name_of(session.get("payment_intent")),
    )
