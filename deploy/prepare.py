"""Make files and database fit for the first request: the site's own commands, in one process."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

from flask.cli import FlaskGroup

from progress import PROJECT, show

sys.path.insert(0, str(PROJECT))
os.environ.setdefault("BATTRANG_LOG_LEVEL", "WARNING")

from shop.core.settings import BadSettings, load_settings


def run_quietly(title: str, flask: FlaskGroup, *command: str) -> None:
    """Run one of the site's commands; what it prints is shown only when it fails."""
    started = time.monotonic()
    show(f"{title} …", end="")
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            flask.main(list(command), standalone_mode=False)
    except BaseException:
        show(f" failed\n{printed.getvalue()}")
        raise
    show(f" {time.monotonic() - started:.1f} s")


def refuse_bad_settings() -> None:
    try:
        load_settings()
    except BadSettings as faults:
        lines = "\n".join(f"  {fault}" for fault in str(faults).split("; "))
        raise SystemExit(f"The settings do not allow a start:\n{lines}") from None


def main() -> None:
    refuse_bad_settings()
    # Only now, for parts of the site read the settings as they are imported.
    from shop.app import create_app

    app = create_app()
    flask = FlaskGroup(create_app=lambda: app)
    run_quietly("Preparing style sheets, scripts and fonts", flask, "assets", "build")
    run_quietly("Bringing the database up to date", flask, "db", "upgrade")
    if app.config["SHOP"].is_demonstration:
        show("Loading the demonstration village")
        flask.main(["demo", "load"], standalone_mode=False)
        run_quietly("Playing two years of buying", flask, "demo", "history")


if __name__ == "__main__":
    main()
