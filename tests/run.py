"""Run every test on SQLite, then on PostgreSQL, with the servers and the browser they need.

PostgreSQL: the server TEST_DATABASE_URL names, else one on localhost:5432, else a private one
from this machine's binaries. Redis: the server TEST_REDIS_URL names, else a private one, else one
on 127.0.0.1:6379. Chromium: CHROMIUM, else where it usually is. What is not to be had is said
loudly, and is a failure where CI is set.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import servers

PROJECT = Path(__file__).resolve().parents[1]
KINDS = ("failures", "errors", "skipped")


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    missing: list[str] = field(default_factory=list)

    def add(self, report: Path) -> None:
        """Count what a run's JUnit report says; a run that wrote none counts as one failure."""
        try:
            suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314
        except (OSError, ET.ParseError):
            self.failed += 1
            return
        for suite in suites:
            failures, errors, skipped = (int(suite.get(kind, 0)) for kind in KINDS)
            self.failed += failures + errors
            self.skipped += skipped
            self.passed += int(suite.get("tests", 0)) - failures - errors - skipped

    @property
    def line(self) -> str:
        return f"Overall: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def say(text: str) -> None:
    print(text, flush=True)


def banner(lines: list[str]) -> None:
    edge = "!" * 78
    say("\n".join(["", edge, *[f"!!  {line}" for line in lines], edge, ""]))


def pytest_command(report: Path, arguments: list[str], has_browser: bool) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "worksteal",
        f"--junitxml={report}",
    ]
    if not has_browser:
        command += ["-m", "not browser"]
    return [*command, *arguments]


def shared_environment(stack: ExitStack, outcome: Outcome) -> dict[str, str]:
    """What both runs get: test mode, a browser and a Redis, as far as they are to be had."""
    environment = {**os.environ, "BATTRANG_MODE": "test"}
    chromium = servers.find_chromium()
    if chromium:
        environment["CHROMIUM"] = chromium
    else:
        outcome.missing.append("Browser tests: no Chromium found (apt-get install chromium)")
    redis = servers.redis_url(stack)
    if redis:
        environment["TEST_REDIS_URL"] = redis
    else:
        outcome.missing.append("Redis tests: no server and no redis-server binary found")
    return environment


def database_urls(wanted: str, stack: ExitStack, outcome: Outcome) -> dict[str, str]:
    urls = {}
    if wanted in ("", "sqlite"):
        urls["SQLite"] = "sqlite://"
    if wanted in ("", "postgresql"):
        url = servers.postgresql_url(stack)
        if url:
            urls["PostgreSQL"] = url
        else:
            outcome.missing.append(
                "Everything on PostgreSQL: no server at TEST_DATABASE_URL or localhost:5432, "
                "and no initdb to start one (apt-get install postgresql)"
            )
    return urls


def run_on(name: str, environment: dict[str, str], arguments: list[str], outcome: Outcome) -> int:
    say(f"\n=== Tests on {name} ===")
    with tempfile.TemporaryDirectory(prefix="battrang-test-") as folder:
        report = Path(folder) / "report.xml"
        command = pytest_command(report, arguments, "CHROMIUM" in environment)
        # What the tests leave in their temporary folder goes with this one.
        own = {**environment, "TMPDIR": folder}
        status = subprocess.run(command, cwd=PROJECT, env=own, check=False).returncode
        outcome.add(report)
    return status


def run_everything(wanted: str, arguments: list[str], outcome: Outcome) -> list[int]:
    with ExitStack() as stack:
        environment = shared_environment(stack, outcome)
        urls = database_urls(wanted, stack, outcome)
        if outcome.missing:
            banner(["NOT EVERYTHING CAN RUN HERE", *outcome.missing])
        return [
            run_on(name, {**environment, "TEST_DATABASE_URL": url}, arguments, outcome)
            for name, url in urls.items()
        ]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["", "sqlite", "postgresql"], default="")
    parser.add_argument("arguments", nargs="*", help="for pytest, after --")
    return parser.parse_args()


def main() -> int:
    # So that the private servers end and the databases go when this run is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    options = parse_arguments()
    outcome = Outcome()
    statuses = run_everything(options.database, options.arguments, outcome)
    if outcome.missing:
        banner(["WHAT DID NOT RUN", *outcome.missing])
    say(outcome.line)
    if not statuses or (outcome.missing and os.environ.get("CI") == "true"):
        return 1
    return max(statuses)


if __name__ == "__main__":
    raise SystemExit(main())
