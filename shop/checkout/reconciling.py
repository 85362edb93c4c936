"""Reading our account with the card provider: what was never told us is found here.

Every question is asked outside a transaction, and what it answers is kept in one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from shop.checkout.card_account import (
    note_payout_lines,
    take_payout,
    take_stray_answer,
    take_stray_refund,
)
from shop.checkout.card_queries import (
    charges_to_look_at,
    open_disputes,
    payouts_to_list,
    strays_to_send,
    under_way,
)
from shop.checkout.disputes import take_dashboard_refund, take_dispute, take_entry
from shop.checkout.provider_calls import card_gateway
from shop.checkout.refunds import take_refund_answer
from shop.core import clock
from shop.core.db import db
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.payments.gateway import ProviderRefused, RefundAnswer
from shop.payments.models import (
    Payment,
    ProviderBalance,
    ProviderEntry,
    RefundStatus,
)
from shop.payments.queries import payment_by_charge

OVERLAP = timedelta(days=2)
"""Lines are read again this far back: one may become visible after a later one."""
LONGEST_PAYOUT = timedelta(days=40)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def read_account() -> int:
    """Keep every line of our account not kept yet, book its fee, and look at what it is about.

    Returns how many lines were new. Raises ProviderUnavailable when nothing answered.
    """
    newest = db.session.scalar(select(func.max(ProviderEntry.at)))
    since = newest - OVERLAP if newest else BEGINNING
    known = set(
        db.session.scalars(select(ProviderEntry.reference).where(ProviderEntry.at >= since))
    )
    db.session.rollback()
    new = [e for e in card_gateway().entries_since(since) if e.reference not in known]
    for entry in new:
        with transaction():
            take_entry(entry, at=clock.now())
    charges = charges_to_look_at()
    db.session.rollback()
    for charge in charges:
        look_at_charge(charge)
    return len(new)


def _this_second() -> datetime:
    """As exact as the times of the provider's messages, which what was asked is compared with."""
    return clock.now().replace(microsecond=0)


def look_at_charge(charge: str) -> None:
    """Every refund and dispute of a payment as the provider has it now."""
    gateway = card_gateway()
    refunds, disputes = gateway.refunds_of(charge), gateway.disputes_of(charge, _this_second())
    for key, answer in refunds:
        with transaction():
            _take_refund(key, answer)
    for news in disputes:
        with transaction():
            payment = payment_by_charge(charge)
            if payment is not None:
                take_dispute(payment, news, at=clock.now())


def _take_refund(key: str | None, answer: RefundAnswer) -> None:
    now = clock.now()
    if key and (take_refund_answer(key, answer, at=now) or take_stray_answer(key, answer, at=now)):
        return
    payment = payment_by_charge(answer.charge or "")
    if payment is None:
        take_stray_refund(answer, at=now)
    elif answer.reference:
        take_dashboard_refund(payment, answer, at=now)


def look_at_payment(payment_id: int) -> None:
    charge = db.session.scalar(select(Payment.provider_charge).where(Payment.id == payment_id))
    db.session.rollback()
    if charge:
        look_at_charge(charge)


def look_at_open_disputes() -> int:
    """A dispute may be decided without a line of our account that would tell."""
    waiting = open_disputes()
    db.session.rollback()
    for payment_id, reference in waiting:
        news = card_gateway().dispute_standing(reference, _this_second())
        with transaction():
            take_dispute(db.session.get_one(Payment, payment_id), news, at=clock.now())
    return len(waiting)


def read_payouts() -> int:
    """Every payout of late as it stands, and once paid what it is made of; how many there were."""
    now = clock.now()
    payouts = card_gateway().payouts_since(now - LONGEST_PAYOUT, _this_second())
    for news in payouts:
        with transaction():
            take_payout(news, at=now)
    to_list = payouts_to_list()
    db.session.rollback()
    for payout_id, reference in to_list:
        entries = card_gateway().entries_of_payout(reference)
        with transaction():
            for entry in entries:
                take_entry(entry, at=now)
            note_payout_lines(payout_id, list(entries), at=now)
    return len(payouts)


def compare_balance() -> int | None:
    """Keep what the provider holds for us beside what the books say of it; the difference, or
    None when it names no balance in đồng. Belongs after everything else has been read."""
    amount = card_gateway().balance()
    if amount is None:
        return None
    with transaction():
        booked, expected = balance(Account.CLEARING_STRIPE), under_way()
        db.session.add(
            ProviderBalance(at=clock.now(), amount=amount, booked=booked, under_way=expected)
        )
    return amount - booked - expected


def send_strays() -> int:
    """Ask the provider to give back what an officer has sent back; safe to repeat."""
    waiting = strays_to_send()
    db.session.rollback()
    for key, charge, amount in waiting:
        answer = _return(key, charge, amount)
        with transaction():
            take_stray_answer(key, answer, at=clock.now())
    return len(waiting)


def _return(key: str, charge: str, amount: int) -> RefundAnswer:
    gateway = card_gateway()
    made = gateway.find_refund(key, charge)
    if made is not None:
        return made
    try:
        return gateway.refund(key, charge, amount)
    except ProviderRefused as error:
        log.error("return of stray money refused", stray=key, reason=str(error))
        return RefundAnswer(None, RefundStatus.FAILED, charge, amount)
