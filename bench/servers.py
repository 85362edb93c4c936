"""granian against gunicorn on our own pages, in turn, on this machine: requests a second.

    pip install --require-hashes -r requirements-bench.txt
    python bench/servers.py [rounds]

Both serve the same built demonstration (run `make run` once before). A, B, A, B …; what counts is
the ratio pair by pair, since a shared machine's speed drifts.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PATHS = ("/vi/", "/vi/ceramics", "/en/ceramics?q=blue+white+vase", "/vi/workshops")
SECONDS, CLIENTS, THREADS = 6.0, 8, 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(server: str, port: int) -> list[str]:
    if server == "granian":
        return [
            str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS),
            "--log-level", "error", "wsgi:app",
        ]  # fmt: skip
    return [
        str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", str(THREADS), "--log-level", "error", "wsgi:app",
    ]  # fmt: skip


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def visit(port: int, until: float, counts: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    served = 0
    while time.monotonic() < until:
        connection.request("GET", PATHS[served % len(PATHS)])
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{answer.status} for {PATHS[served % len(PATHS)]}")
        served += 1
    counts.append(served)


def load(port: int, seconds: float) -> float:
    counts: list[int] = []
    until = time.monotonic() + seconds
    visitors = [threading.Thread(target=visit, args=(port, until, counts)) for _ in range(CLIENTS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return sum(counts) / seconds


def measure(server: str) -> float:
    port = free_port()
    environment = {**os.environ, "BATTRANG_MODE": "demonstration", "BATTRANG_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        command(server, port), cwd=PROJECT, env=environment, start_new_session=True
    )
    try:
        wait_for(port)
        load(port, 1.0)
        return load(port, SECONDS)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    ratios = []
    for number in range(rounds):
        granian, gunicorn = measure("granian"), measure("gunicorn")
        ratios.append(granian / gunicorn)
        print(
            f"round {number + 1}: granian {granian:6.1f}/s  gunicorn {gunicorn:6.1f}/s  "
            f"ratio {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"granian / gunicorn, median of {rounds}: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
