"""Takes due mail from the outbox to the server; woken whenever a commit wrote a letter."""

from __future__ import annotations

import smtplib
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
    """Send what is due; returns how many went out. A failure is tried again later."""
    with transaction():
        leased = lease_due_mail(clock.now())
    return sum(_deliver(key) for key in leased)


def _deliver(key: int) -> bool:
    mail = db.session.get_one(Mail, key, populate_existing=True)
    db.session.expunge(mail)
    db.session.rollback()
    try:
        send(mail)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail not sent", mail=mail.public_id, kind=type(error).__name__)
        with transaction():
            mark_failed(
                db.session.get_one(Mail, key), f"{type(error).__name__}: {error}", clock.now()
            )
        return False
    with transaction():
        mark_sent(db.session.get_one(Mail, key), clock.now())
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
