"""What happens without a request: unpaid orders lapse, the provider is asked again."""

from __future__ import annotations

from datetime import timedelta

from huey import crontab

from shop.checkout.provider_calls import close_or_settle_card, lapse, look_up_card, send_refund
from shop.core import clock
from shop.core.db import db
from shop.core.jobs import job, periodic
from shop.payments.models import PaymentMethod
from shop.payments.queries import open_card_payments, overdue_payments, refunds_to_send

GRACE = timedelta(minutes=5)
"""How long a webhook may take before we ask the provider ourselves."""


def lapse_overdue() -> int:
    """Let unpaid orders go whose time is over; returns how many were ended or settled."""
    due = overdue_payments(clock.now())
    db.session.rollback()
    ended = 0
    for key, method in due:
        ended += close_or_settle_card(key) if method is PaymentMethod.STRIPE else lapse(key)
    return ended


def ask_about_card_payments() -> tuple[int, int]:
    """Ask about every card payment whose webhook may be lost: (asked, answered)."""
    waiting = open_card_payments(clock.now() - GRACE)
    db.session.rollback()
    answered = sum(look_up_card(public_id) for public_id in waiting)
    return len(waiting), answered


def send_due_refunds() -> int:
    """Ask for every card refund not yet confirmed; returns how many were answered."""
    due = refunds_to_send()
    db.session.rollback()
    return sum(send_refund(public_id) for public_id in due)


@job()
def send_refunds() -> None:
    send_due_refunds()


@periodic(crontab(minute="*"))
def every_minute() -> None:
    lapse_overdue()


@periodic(crontab(minute="*/5"))
def every_five_minutes() -> None:
    ask_about_card_payments()
    send_due_refunds()
