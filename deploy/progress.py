"""One line for each thing that takes time: what it is, and how long it took."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[1]


class StepFailed(Exception):
    """A command ended badly; its output has been shown."""


def show(text: str = "", end: str = "\n") -> None:
    """Print for a person, on any terminal: letters it cannot draw become question marks."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + end)
    sys.stdout.flush()


def _wait_counting(title: str, process: subprocess.Popen[bytes], started: float) -> int:
    """Wait for the end; on a terminal the seconds are seen to pass."""
    while True:
        try:
            return process.wait(timeout=1 if sys.stdout.isatty() else None)
        except subprocess.TimeoutExpired:
            show(f"\r{title} … {time.monotonic() - started:.0f} s", end="")


def _run(
    title: str, command: Sequence[str], output: IO[bytes], environment: Mapping[str, str] | None
) -> int:
    started = time.monotonic()
    show(f"{title} …", end="")
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    ) as process:
        status = _wait_counting(title, process, started)
    mark = "\r" + title + " …" if sys.stdout.isatty() else ""
    show(f"{mark} {'failed after ' if status else ''}{time.monotonic() - started:.1f} s")
    return status


def run_step(
    title: str, command: Sequence[str], environment: Mapping[str, str] | None = None
) -> None:
    """Run a command from the project's folder, quietly unless it fails.

    Raises StepFailed after showing everything the command printed.
    """
    with tempfile.TemporaryFile() as output:
        status = _run(title, command, output, environment)
        if status:
            output.seek(0)
            show(output.read().decode(errors="replace"))
            raise StepFailed(f"{title}: ended with status {status}")
