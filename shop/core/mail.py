"""Letters: rendered from three templates in the reader's language, sent over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from shop.core.i18n import in_language
from shop.core.outbox import Letter, Mail
from shop.core.settings import Settings

TIMEOUT_SECONDS = 20
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotEncrypted(smtplib.SMTPException):
    """A mail server elsewhere would have our letters in the clear."""


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


@contextmanager
def _connect(url: str) -> Iterator[smtplib.SMTP]:
    """smtp://user:password@host:587 (by STARTTLS) or smtps://…:465.

    Encrypted, and the host's certificate checked, unless the host is this very machine. Raises
    NotEncrypted, ssl.SSLCertVerificationError, another OSError or smtplib.SMTPException.
    """
    parts = urlsplit(url)
    host, port, context = (
        parts.hostname or "localhost",
        parts.port or 0,
        ssl.create_default_context(),
    )
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    ) as server:
        server.ehlo()
        if parts.scheme != "smtps":
            _encrypt(server, host, context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _encrypt(server: smtplib.SMTP, host: str, context: ssl.SSLContext) -> None:
    # Who stands between us and the server can take the offer out of its answer: to go on in the
    # clear would hand over the password, and the links that letters carry.
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif host not in THIS_MACHINE:
        raise NotEncrypted("the mail server offers no STARTTLS")


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
