"""What happens without a request: unpaid orders lapse, the provider is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from flask import current_app
from huey import crontab

from shop.checkout import reconciling
from shop.checkout.provider_calls import end_card, lapse, look_up_card, send_refund
from shop.core import clock
from shop.core.db import db
from shop.core.jobs import job, periodic
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.payments.bank_details import erase_old_bank_details
from shop.payments.gateway import ProviderUnavailable
from shop.payments.models import PaymentMethod
from shop.payments.queries import open_card_payments, overdue_payments, refunds_to_send

Key = TypeVar("Key")
GRACE = timedelta(minutes=5)
"""How long a webhook may take before we ask the provider ourselves."""


def takes_cards() -> bool:
    return bool(current_app.config["SHOP"].takes_cards)


def each_until_silence(keys: Iterable[Key], ask: Callable[[Key], object]) -> int:
    """Ask about each; one that fails is logged and passed over, a silent provider ends the round.

    Returns how many were answered.
    """
    answered = 0
    for key in keys:
        try:
            ask(key)
        except ProviderUnavailable:
            log.warning("card provider does not answer")
            break
        except Exception:
            log.exception("passed over", what=ask.__name__, key=key)
            db.session.rollback()
        else:
            answered += 1
    return answered


def lapse_overdue() -> int:
    """Let unpaid orders go whose time is over; returns how many were ended or settled."""
    due = overdue_payments(clock.now())
    db.session.rollback()
    by_card = [key for key, method in due if method is PaymentMethod.STRIPE]
    others = [key for key, method in due if method is not PaymentMethod.STRIPE]
    ended = each_until_silence(others, lapse)
    # Without keys nobody can be asked; the sessions end at the provider by themselves.
    return ended + each_until_silence(by_card, end_card if takes_cards() else lapse)


def ask_about_card_payments() -> tuple[int, int]:
    """Ask about every card payment whose webhook may be lost: (waiting, answered)."""
    waiting = open_card_payments(clock.now() - GRACE) if takes_cards() else []
    db.session.rollback()
    return len(waiting), each_until_silence(waiting, look_up_card)


def send_due_refunds() -> int:
    """Ask for every card refund not yet confirmed; returns how many were answered."""
    due = refunds_to_send() if takes_cards() else []
    db.session.rollback()
    return each_until_silence(due, send_refund)


@dataclass(frozen=True, slots=True)
class AccountRead:
    """New lines, disputes and payouts looked at, and by how many đồng the provider's balance is
    not what the books make it; None where that is not known."""

    lines: int
    disputes: int
    payouts: int
    difference: int | None


def read_card_account() -> AccountRead | None:
    """All that our account with the card provider has to tell; None without an answer."""
    if not takes_cards():
        return None
    try:
        reconciling.send_strays()
        lines = reconciling.read_account()
        disputes = reconciling.look_at_open_disputes()
        payouts = reconciling.read_payouts()
        return AccountRead(lines, disputes, payouts, reconciling.compare_balance())
    except ProviderUnavailable:
        log.warning("card provider does not answer")
        return None


@job()
def send_refunds() -> None:
    send_due_refunds()


@periodic(crontab(hour="20", minute="30"))
def erase_bank_details_every_night() -> None:
    with transaction():
        erase_old_bank_details(clock.now())


@job()
def look_at_payment(payment_id: int) -> None:
    """The provider has spoken of a payment's charge: ask it for refunds and disputes."""
    reconciling.look_at_payment(payment_id)


@job()
def return_strays() -> None:
    reconciling.send_strays()


@periodic(crontab(minute="7,37"))
def read_card_account_twice_an_hour() -> None:
    read_card_account()


@periodic(crontab(minute="*"))
def lapse_every_minute() -> None:
    lapse_overdue()


@periodic(crontab(minute="*/5"))
def ask_every_five_minutes() -> None:
    ask_about_card_payments()


@periodic(crontab(minute="*/5"))
def refund_every_five_minutes() -> None:
    send_due_refunds()
