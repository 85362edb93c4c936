"""Mail that is due goes once, survives a dead server, and is given up only after many tries."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.outbox import (
    LEASE,
    MAXIMUM_ATTEMPTS,
    Letter,
    Mail,
    MailStatus,
    lease_due_mail,
    mark_failed,
    mark_sent,
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
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
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


def lease(at: datetime) -> Mail | None:
    with transaction():
        return lease_due_mail(at)


def test_two_workers_never_lease_the_same_letter_and_a_dead_one_lets_go(context: Flask) -> None:
    with clock.stopped(NOW):
        write()
    first, second = lease(NOW), lease(NOW)
    assert first
    assert (first.attempts, second) == (1, None)
    assert lease(NOW + LEASE - timedelta(seconds=1)) is None
    later = lease(NOW + LEASE)
    assert later
    assert (later.id, later.attempts) == (first.id, 2)


def test_a_slow_server_makes_no_letter_go_twice(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker is held at its first letter until the lease of anything else has run out."""
    sent: list[str] = []
    reached, released = threading.Event(), threading.Event()

    def hold_first(mail: Mail) -> None:
        if not reached.is_set():
            reached.set()
            assert released.wait(30)
        sent.append(mail.subject)

    def work() -> None:
        with context.app_context():
            deliver_mail()

    monkeypatch.setattr("shop.core.postman.send", hold_first)
    with clock.stopped(NOW):
        with transaction():
            for number in range(3):
                put_in_outbox(replace(LETTER, subject=f"letter {number}"), f"placed:{number}")
        slow = threading.Thread(target=work)
        slow.start()
        assert reached.wait(30)
    with clock.stopped(NOW + LEASE - timedelta(seconds=1)):
        assert deliver_mail() == 2
        released.set()
        slow.join(30)
    assert sorted(sent) == ["letter 0", "letter 1", "letter 2"]


@pytest.mark.parametrize("outcome", [None, TimeoutError("too late")])
def test_a_late_answer_does_not_undo_what_another_worker_did(
    context: Flask, monkeypatch: pytest.MonkeyPatch, outcome: Exception | None
) -> None:
    """The first worker hears from the server only after its lease went to a second one."""
    calls: list[int] = []

    def first_is_late(mail: Mail) -> None:
        calls.append(mail.attempts)
        if len(calls) == 1:
            with clock.stopped(NOW + LEASE):
                assert deliver_mail() == 1
            if outcome:
                raise outcome

    monkeypatch.setattr("shop.core.postman.send", first_is_late)
    with clock.stopped(NOW):
        write()
        deliver_mail()
    assert calls == [1, 2]
    assert (mail().status, mail().sent_at) == (MailStatus.SENT, NOW + LEASE)
    assert mail().last_error == ""


def test_a_late_failure_does_not_take_a_letter_from_who_is_sending_it(context: Flask) -> None:
    with clock.stopped(NOW):
        write()
    late = lease(NOW)
    current = lease(NOW + LEASE)
    assert late
    assert current
    with transaction():
        assert not mark_failed(late, "timed out", NOW + LEASE)
    assert (mail().status, mail().next_attempt_at) == (MailStatus.SENDING, NOW + 2 * LEASE)
    with transaction():
        assert mark_sent(current, NOW + LEASE)


def test_one_letter_that_cannot_be_sent_holds_up_no_other(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(mail: Mail) -> None:
        if mail.cause == "placed:1":
            raise ValueError("a header that is none")

    monkeypatch.setattr("shop.core.postman.send", stumble)
    write("placed:1")
    write("placed:2")
    assert deliver_mail() == 1
    rows = db.session.execute(select(Mail.status, Mail.last_error).order_by(Mail.id)).all()
    assert [tuple(row) for row in rows] == [
        (MailStatus.DUE, "ValueError: a header that is none"),
        (MailStatus.SENT, ""),
    ]
