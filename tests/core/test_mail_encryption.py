"""Letters and the mail server's password leave this machine encrypted, to who can prove itself."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from shop.core.mail import NotEncrypted, _connect

REMOTE = "mail.example.vn"


@dataclass
class MailServer:
    """`offers` are the extensions it names; `heard` the commands it was sent."""

    port: int = 0
    offers: tuple[str, ...] = ("AUTH PLAIN",)
    heard: list[str] = field(default_factory=list)


class _Smtp(socketserver.StreamRequestHandler):
    state: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 local\r\n")
        for raw in self.rfile:
            command = raw.decode().split()[0].upper()
            self.state.heard.append(command)
            self.wfile.write(self._answer(command).encode() + b"\r\n")
            if command == "QUIT":
                return

    def _answer(self, command: str) -> str:
        if command == "EHLO":
            return "\r\n".join(
                ["250-local", *(f"250-{name}" for name in self.state.offers), "250 ."]
            )
        return {"AUTH": "235 come in", "STARTTLS": "220 go on", "QUIT": "221 bye"}[command]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server of this machine that is reached under any name."""
    state = MailServer()
    tcp = socketserver.ThreadingTCPServer(
        ("127.0.0.1", 0), type("Handler", (_Smtp,), {"state": state})
    )
    state.port = tcp.server_address[1]
    threading.Thread(target=tcp.serve_forever, args=(0.02,), daemon=True).start()
    real = socket.create_connection

    def reach_here(address: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        return real(("127.0.0.1", address[1]), *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", reach_here)
    yield state
    tcp.shutdown()
    tcp.server_close()


@pytest.fixture
def handshakes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[ssl.VerifyMode, bool, str]]:
    """Each handshake's rules (certificate, name, whose); the line itself stays readable."""
    seen: list[tuple[ssl.VerifyMode, bool, str]] = []

    def note(
        context: ssl.SSLContext, sock: socket.socket, *, server_hostname: str, **_more: object
    ) -> socket.socket:
        seen.append((context.verify_mode, context.check_hostname, server_hostname))
        return sock

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", note)
    return seen


def connect(url: str) -> None:
    with _connect(url):
        pass


CHECKED = [(ssl.CERT_REQUIRED, True, REMOTE)]


def test_starttls_checks_whose_certificate_it_is(
    server: MailServer, handshakes: list[tuple[ssl.VerifyMode, bool, str]]
) -> None:
    server.offers = ("STARTTLS", "AUTH PLAIN")
    connect(f"smtp://shop:secret@{REMOTE}:{server.port}")
    assert handshakes == CHECKED
    assert server.heard.index("STARTTLS") < server.heard.index("AUTH")


def test_smtps_checks_whose_certificate_it_is(
    server: MailServer, handshakes: list[tuple[ssl.VerifyMode, bool, str]]
) -> None:
    connect(f"smtps://shop:secret@{REMOTE}:{server.port}")
    assert handshakes == CHECKED


@pytest.mark.parametrize("login", ["", "shop:secret@"])
def test_a_server_elsewhere_that_offers_no_encryption_gets_nothing(
    server: MailServer, login: str
) -> None:
    with pytest.raises(NotEncrypted):
        connect(f"smtp://{login}{REMOTE}:{server.port}")
    assert "AUTH" not in server.heard


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_may_be_spoken_to_in_the_clear(server: MailServer, host: str) -> None:
    connect(f"smtp://shop:secret@{host}:{server.port}")
    assert "AUTH" in server.heard
