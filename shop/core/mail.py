"""Letters: rendered from three templates in the reader's language, sent over SMTP."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from shop.core.i18n import in_language
from shop.core.outbox import Letter, Mail
from shop.core.settings import Settings

TIMEOUT_SECONDS = 20


def write_letter(name: str, recipient: str, language: str, **context: Any) -> Letter:
    """Render templates/mails/<name>.subject.txt, .txt and .html in `language`."""
    with in_language(language):
        subject, text, html = (
            render_template(f"mails/{name}{ending}", **context)
            for ending in (".subject.txt", ".txt", ".html")
        )
    return Letter(recipient, language, " ".join(subject.split()), text, html)


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    # The same id on every attempt, so that a repeat is recognised as one by the receiver.
    message["Message-ID"] = f"<{mail.public_id}@{sender.rsplit('@', 1)[-1].strip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _connect(url: str) -> smtplib.SMTP:
    """smtp://user:password@host:587 (STARTTLS when offered) or smtps://…:465."""
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(parts.hostname or "localhost", parts.port or 0, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def send(mail: Mail) -> None:
    """Hand the mail to the SMTP server; raises OSError or smtplib.SMTPException.

    Without SMTP (demonstration and tests only; production refuses to start so) the outbox
    is the mailbox, and the site shows it at a local page.
    """
    settings: Settings = current_app.config["SHOP"]
    if settings.smtp_url is None:
        return
    with _connect(settings.smtp_url) as server:
        server.send_message(_message(mail, settings.mail_from))
