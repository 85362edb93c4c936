"""Our account with the card provider: its payouts to the bank, and money that is nobody's yet."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import or_, select

from shop.checkout.card_books import bring_payout, bring_stray
from shop.core.db import db, for_update
from shop.core.errors import Conflict, Missing
from shop.payments.actions import lock_payment
from shop.payments.card_records import keep_payout, note_stray_answer
from shop.payments.gateway import Entry, PayoutNews, RefundAnswer
from shop.payments.models import (
    EntryKind,
    ProviderEntry,
    ProviderPayout,
    RefundStatus,
    StrayCharge,
    StrayStatus,
)


def take_payout(news: PayoutNews, *, at: datetime) -> ProviderPayout:
    """Keep what the provider says of a payout and bring the books to it, in any order."""
    payout = keep_payout(news, at)
    db.session.flush()
    bring_payout(payout, at=at)
    return payout


def note_payout_lines(payout_id: int, entries: list[Entry], *, at: datetime) -> None:
    """Which lines of our account a payout carried to the bank; they have been kept before."""
    payout = db.session.get_one(ProviderPayout, payout_id)
    carried = {entry.reference for entry in entries if entry.kind is not EntryKind.PAYOUT}
    rows = db.session.scalars(
        select(ProviderEntry).where(
            or_(ProviderEntry.reference.in_(carried), ProviderEntry.payout == payout.reference)
        )
    ).all()
    for row in rows:
        row.payout = payout.reference if row.reference in carried else None
    payout.listed_at = at


def return_stray(public_id: str, *, by_id: int, at: datetime) -> None:
    """An officer sends money back that is nobody's payment. Raises Missing, or Conflict when it
    has gone or is under way."""
    stray = _locked_stray(public_id)
    if stray is None:
        raise Missing
    if stray.status is not StrayStatus.KEPT:
        raise Conflict(lazy_gettext("This money has been sent back already."))
    stray.status, stray.asked_at, stray.asked_by_id = StrayStatus.SENDING, at, by_id


def take_stray_answer(public_id: str, answer: RefundAnswer, *, at: datetime) -> bool:
    """What the provider says of a return; False when it is none of ours."""
    stray = _locked_stray(public_id)
    if stray is None:
        return False
    note_stray_answer(stray, answer.status, answer.reference)
    bring_stray(stray, at=at)
    return True


def take_stray_refund(answer: RefundAnswer, *, at: datetime) -> bool:
    """Sent back in the dashboard; False when that charge is none of the stray ones, or part of it
    only went back, which a person has to look at."""
    public_id = db.session.scalar(
        select(StrayCharge.public_id).where(
            StrayCharge.charge == answer.charge, StrayCharge.amount == answer.amount
        )
    )
    if public_id is None or (answer.status is RefundStatus.FAILED and not answer.reference):
        return False
    return take_stray_answer(public_id, answer, at=at)


def _locked_stray(public_id: str) -> StrayCharge | None:
    payment_id = db.session.scalar(
        select(StrayCharge.payment_id).where(StrayCharge.public_id == public_id)
    )
    if payment_id is None:
        return None
    lock_payment(payment_id)
    return db.session.scalar(
        for_update(select(StrayCharge).where(StrayCharge.public_id == public_id))
    )
