"""Bring the site up: assets, migrations, the demonstration village, then web server and worker.

Runs under the private environment. PORT and HOST choose where it listens (127.0.0.1:8000),
BATTRANG_PROCESSES how many web processes serve, and Granian's own GRANIAN_ variables the rest.
Nothing is restarted silently: when the web server or the worker ends, so does the other.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

from progress import PROJECT, StepFailed, show

FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
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
        reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            self.refuse_ended()
            try:
                with socket.create_connection((reachable, port), timeout=1):
                    return
            except OSError:
                time.sleep(SECONDS_BETWEEN_LOOKS)
        raise StepFailed(f"The web server did not answer within {SECONDS_TO_START} seconds.")

    def stop(self) -> None:
        """Ask both to finish what they are at; end what has not after SECONDS_TO_STOP."""
        for program in self.programs.values():
            # Huey takes this one for: finish the task under way first.
            program.send_signal(signal.SIGINT)
        deadline = time.monotonic() + SECONDS_TO_STOP
        for name, program in self.programs.items():
            try:
                program.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                show(f"The {name} did not stop within {SECONDS_TO_STOP} s and is ended.")
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()


def stop_when_told() -> None:
    """Turn the first of the usual signals into Stopped; more of them change nothing."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        if len(told) == 1:
            raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, note)


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
