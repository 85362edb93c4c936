"""The migrations lead to what the models say, and back to nothing, and there again.

On SQLite always; on PostgreSQL where a server runs or can be started.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import create_engine, inspect

from tests import servers

PROJECT = Path(__file__).resolve().parents[1]
WAY = (["upgrade"], ["check"], ["downgrade", "base"], ["upgrade"], ["check"])


def migrate(arguments: list[str], url: str) -> bool:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", *arguments]
    environment = {**os.environ, "BATTRANG_MODE": "test", "BATTRANG_DATABASE_URL": url}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"flask db {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def left_tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    finally:
        engine.dispose()


def there_and_back(url: str) -> bool:
    for arguments in WAY:
        if not migrate(arguments, url):
            return False
        if arguments[0] == "downgrade" and (left := left_tables(url)):
            print(f"downgrade base left {', '.join(left)}")
            return False
    return True


def main() -> int:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="battrang-test-"))
        urls = {"SQLite": f"sqlite:///{folder}/migrations.sqlite3"}
        postgresql = servers.postgresql_url(stack)
        if postgresql:
            urls["PostgreSQL"] = postgresql
        held = {name: there_and_back(url) for name, url in urls.items()}
    for name, holds in held.items():
        print(f"{name}: {'the migrations hold' if holds else 'THE MIGRATIONS DO NOT HOLD'}")
    if not postgresql:
        print("PostgreSQL: NOT CHECKED, for there is no server and no initdb to start one")
    return 0 if all(held.values()) and (postgresql or os.environ.get("CI") != "true") else 1


if __name__ == "__main__":
    raise SystemExit(main())
