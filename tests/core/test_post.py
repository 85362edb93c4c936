"""Mail that is due goes once, survives a dead server, and is given up only after many tries."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.outbox import (
    MAXIMUM_ATTEMPTS,
    Letter,
    Mail,
    MailStatus,
    lease_due_mail,
    put_in_outbox,
)
from shop.core.postman import deliver_mail
from shop.core.transaction import transaction
from tests.factories import NOW

LETTER = Letter("lan@example.vn", "vi", "Đơn hàng", "Chào Lan", "<p>Chào Lan</p>")


class _Smtp(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to take a message and keep it."""

    received: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 local\r\n")
        body = False
        lines: list[str] = []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if body:
                if line == ".":
                    self.received.append("\n".join(lines))
                    body = False
                    self.wfile.write(b"250 kept\r\n")
                else:
                    lines.append(line)
            elif line.upper().startswith("DATA"):
                body = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith("QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")


@pytest.fixture
def smtp(context: Flask) -> Iterator[list[str]]:
    """A local SMTP server that the application is set to; yields what it received."""
    received: list[str] = []
    handler = type("Handler", (_Smtp,), {"received": received})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    before = context.config["SHOP"]
    address = f"smtp://127.0.0.1:{server.server_address[1]}"
    context.config["SHOP"] = replace(before, smtp_url=address)
    yield received
    context.config["SHOP"] = before
    server.shutdown()
    server.server_close()


def write(cause: str = "placed:1") -> None:
    with transaction():
        put_in_outbox(LETTER, cause)


def mail() -> Mail:
    return db.session.scalars(select(Mail).execution_options(populate_existing=True)).one()


def test_a_letter_goes_once_in_both_forms(smtp: list[str]) -> None:
    write()
    assert (deliver_mail(), deliver_mail()) == (1, 0)
    (message,) = smtp
    assert "To: lan@example.vn" in message
    assert "text/plain" in message
    assert "text/html" in message
    assert mail().status is MailStatus.SENT


def test_one_cause_writes_one_letter(context: Flask) -> None:
    with transaction():
        assert put_in_outbox(LETTER, "placed:1")
        assert not put_in_outbox(LETTER, "placed:1")


def test_a_dead_server_delays_the_letter_and_loses_nothing(smtp: list[str], context: Flask) -> None:
    working = context.config["SHOP"]
    context.config["SHOP"] = replace(working, smtp_url="smtp://127.0.0.1:9")
    write()
    assert deliver_mail() == 0
    assert (mail().status, mail().attempts) == (MailStatus.DUE, 1)
    context.config["SHOP"] = working
    assert deliver_mail() == 0
    with clock.stopped(clock.now() + timedelta(minutes=5)):
        assert deliver_mail() == 1
    assert len(smtp) == 1


def test_after_many_tries_a_letter_is_given_up_and_shown_so(
    smtp: list[str], context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_url: str) -> None:
        raise smtplib.SMTPConnectError(421, "closed")

    monkeypatch.setattr("shop.core.mail._connect", refuse)
    write()
    at = clock.now()
    for attempt in range(MAXIMUM_ATTEMPTS):
        with clock.stopped(at + timedelta(days=attempt)):
            deliver_mail()
    assert mail().status is MailStatus.GIVEN_UP
    assert "421" in mail().last_error


def test_two_workers_never_lease_the_same_letter_and_a_dead_one_lets_go(context: Flask) -> None:
    with clock.stopped(NOW):
        write()
    with transaction():
        first = lease_due_mail(NOW)
    with transaction():
        second = lease_due_mail(NOW)
    with transaction():
        later = lease_due_mail(NOW + timedelta(minutes=6))
    assert (len(first), second, later) == (1, [], first)
