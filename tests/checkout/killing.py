"""Steps of the checkout in a process of their own, and its death in the middle of one of them.

The process is a fork of the test's: the same program on the same database, with connections of its
own. Nothing in the program helps: the local card server or the letter box kills it when its call
comes in, or the test does when the database says that it waits for a lock.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess

from flask import Flask
from sqlalchemy import text

from shop.core.db import db

FORKED = multiprocessing.get_context("fork")
LONGEST = 60.0


@contextmanager
def running(app: Flask, work: Callable[[], object]) -> Iterator[BaseProcess]:
    """The work in a process of its own, ended at the latest with the block."""

    def run() -> None:
        with app.app_context():
            db.engine.dispose(close=False)
            work()
        os._exit(0)

    with app.app_context():
        db.session.rollback()
        db.session.remove()
    process = FORKED.Process(target=run, daemon=True)
    process.start()
    try:
        yield process
    finally:
        kill(process)


def strike(process: BaseProcess) -> None:
    """kill -9, and no more: from a thread that does not wait for it to end."""
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def kill(process: BaseProcess) -> None:
    if process.is_alive():
        strike(process)
    process.join(LONGEST)


def was_killed(process: BaseProcess) -> bool:
    process.join(LONGEST)
    return process.exitcode == -signal.SIGKILL


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


def someone_waits_for_a_lock() -> bool:
    """On PostgreSQL: whether a statement of this database hangs on another's lock."""
    waiting = text(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    with db.engine.connect() as connection:
        return bool(connection.scalar(waiting))


class LetterBox:
    """An SMTP server that counts what it is given; `on_letter` is called before it says thanks."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.on_letter: Callable[[], None] | None = None
        box = self

        class Handler(_Handler):
            letter_box = box

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(socketserver.StreamRequestHandler):
    letter_box: LetterBox

    def handle(self) -> None:
        # Who was killed hangs up in the middle of a word.
        with suppress(OSError):
            self._talk()

    def _talk(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode(errors="replace").strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self._take_letter()
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _take_letter(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode(errors="replace").rstrip()) != ".":
            lines.append(line)
        to = next((line for line in lines if line.lower().startswith("to:")), "")
        self.letter_box.letters.append(to)
        if self.letter_box.on_letter:
            self.letter_box.on_letter()
        self._say("250 thanks")

    def _say(self, line: str) -> None:
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:
            return
