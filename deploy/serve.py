"""Bring the site up: assets, migrations, the demonstration village, then web server and worker.

Runs under the private environment. PORT and HOST choose where it listens (127.0.0.1:8000),
BATTRANG_PROCESSES how many web processes serve, and Granian's own GRANIAN_ variables the rest.
Nothing is restarted silently: when the web server or the worker ends, so does the other.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType

from progress import PROJECT, StepFailed, show

FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
SECONDS_TO_START = 60
# Huey takes the first for: finish the task under way; a program that missed it, being about to
# start, does not miss the second; nothing misses the third.
WAYS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
SECONDS_TO_OBEY = 10
SECONDS_BETWEEN_LOOKS = 0.2
# Each thread may hold a database connection, and SQLAlchemy's pool gives out 15 at most.
MOST_THREADS = 15


class Stopped(Exception):
    """A person or the machine asked the site to stop."""


def address(environment: Mapping[str, str]) -> tuple[str, int]:
    port = environment.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StepFailed(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return environment.get("HOST") or "127.0.0.1", int(port)


def refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StepFailed(
                f"Port {port} of {host} cannot be used: {error.strerror}.\n"
                f"Stop what listens there, or choose another: PORT={port + 1} make run"
            ) from None


def prepare(environment: Mapping[str, str]) -> None:
    """Everything that has to be true of files and database before the first request."""
    command = [sys.executable, "deploy/prepare.py"]
    status = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
    if status:
        raise StepFailed(f"The site could not be prepared (status {status}).")


def web_server(host: str, port: int, environment: Mapping[str, str]) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port)]
    command += ["--workers", environment.get("BATTRANG_PROCESSES") or "1"]
    if "GRANIAN_BLOCKING_THREADS" not in environment:
        threads = min(2 * (os.cpu_count() or 1) + 1, MOST_THREADS)
        command += ["--blocking-threads", str(threads)]
    return [*command, "wsgi:app"]


class Supervisor:
    """Two programs that live and die together."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self.is_up = False

    def start(self, name: str, command: list[str]) -> None:
        # A session of its own, so that Ctrl-C reaches this program only, which then asks
        # each of them once.
        self.programs[name] = subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, start_new_session=True
        )

    def refuse_ended(self) -> None:
        for name, program in self.programs.items():
            if program.poll() is not None:
                raise StepFailed(f"The {name} ended by itself (status {program.returncode}).")

    def watch(self) -> None:
        while True:
            self.refuse_ended()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def wait_until_answering(self, host: str, port: int) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            self.refuse_ended()
            self.is_up = _answers(host, port)
            if self.is_up:
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)
        raise StepFailed(f"The web server did not answer within {SECONDS_TO_START} seconds.")

    def stop(self) -> None:
        """End both, the gentlest way that works; while they start there is nothing to finish."""
        patience = SECONDS_TO_OBEY if self.is_up else 1
        for way in WAYS_TO_STOP:
            for program in self._running():
                program.send_signal(way)
            self._wait_for_the_end(patience)
            if not self._running():
                break
            show(f"Not everything stopped within {patience} s; insisting.")
        for program in self.programs.values():
            # What they started is in their process group, and must not outlive them.
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)

    def _running(self) -> list[subprocess.Popen[bytes]]:
        return [program for program in self.programs.values() if program.poll() is None]

    def _wait_for_the_end(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._running() and time.monotonic() < deadline:
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _answers(host: str, port: int) -> bool:
    """Whether the site answers, be it to say that something is amiss."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def stop_when_told() -> None:
    """Turn the first of the usual signals into Stopped; more of them change nothing."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        if len(told) == 1:
            raise Stopped

    signal.signal(signal.SIGINT, note)
    signal.signal(signal.SIGTERM, note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, note)


def serve(environment: Mapping[str, str]) -> None:
    host, port = address(environment)
    refuse_taken(host, port)
    prepare(environment)
    supervisor = Supervisor(environment)
    try:
        supervisor.start("worker", [*FLASK, "worker"])
        supervisor.start("web server", web_server(host, port, environment))
        supervisor.wait_until_answering(host, port)
        show(f"\nThe site is on http://{host}:{port} (Ctrl-C stops it)\n")
        supervisor.watch()
    finally:
        supervisor.stop()


def with_public_url(environment: Mapping[str, str]) -> dict[str, str]:
    """Outside production the site's links lead to where it really listens."""
    host, port = address(environment)
    own = {"BATTRANG_PUBLIC_URL": f"http://{host}:{port}", "PYTHONUNBUFFERED": "1"}
    if environment.get("BATTRANG_MODE", "production") == "production":
        own.pop("BATTRANG_PUBLIC_URL")
    return {**own, **environment}


def main() -> None:
    stop_when_told()
    try:
        serve(with_public_url(os.environ))
    except Stopped:
        show("\nThe site is stopped.")
    except StepFailed as failure:
        raise SystemExit(f"{failure}\nThe site is not running.") from None


if __name__ == "__main__":
    main()
