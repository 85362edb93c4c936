"""Takes due mail from the outbox to the server; woken whenever a commit wrote a letter."""

from __future__ import annotations

from typing import Any

from flask import Flask
from huey import crontab
from sqlalchemy import event

from shop.core import clock
from shop.core.db import db
from shop.core.jobs import job, periodic, queue
from shop.core.logs import log
from shop.core.mail import send
from shop.core.outbox import Mail, lease_due_mail, mark_failed, mark_sent
from shop.core.transaction import after_commit, transaction


def deliver_mail() -> int:
    """Send what is due, one after the other; returns how many went out.

    Each is leased just before it is sent, so that a slow server cannot hold one so long that
    another worker sends it too. A failure is tried again later.
    """
    sent = 0
    while (leased := _lease()) is not None:
        sent += _deliver(leased)
    return sent


def _lease() -> Mail | None:
    with transaction():
        return lease_due_mail(clock.now())


def _deliver(mail: Mail) -> bool:
    try:
        send(mail)
    except Exception as error:  # What ails one letter, whatever it is, must not hold up the rest.
        log.warning(
            "mail not sent", mail=mail.public_id, attempt=mail.attempts, kind=type(error).__name__
        )
        with transaction():
            mark_failed(mail, f"{type(error).__name__}: {error}", clock.now())
        return False
    with transaction():
        if not mark_sent(mail, clock.now()):
            log.warning("mail sent after its lease", mail=mail.public_id, attempt=mail.attempts)
    return True


@job()
def send_mail_now() -> None:
    deliver_mail()


@periodic(crontab(minute="*"))
def send_mail_every_minute() -> None:
    deliver_mail()


def _wake_for_new_mail(session: Any, _flush: object) -> None:
    if any(isinstance(row, Mail) for row in session.new):
        after_commit(send_mail_now)


def init_postman(app: Flask) -> None:
    """In tests the queue runs tasks at once, so there the postman is called by hand."""
    if queue.immediate:
        return
    with app.app_context():
        session = db.session
        if not event.contains(session, "after_flush", _wake_for_new_mail):
            event.listen(session, "after_flush", _wake_for_new_mail)
