"""Servers for the tests: those that run already, else private ones that end with the run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg
import redis
from psycopg import sql
from sqlalchemy import URL, make_url

SECONDS_TO_START = 30
LOCAL_REDIS = "redis://127.0.0.1:6379"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_chromium() -> str | None:
    """A Chromium that starts at all: CHROMIUM's, else the usual ones."""
    places = [os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUM_NAMES), CHROMIUM_ON_MACOS]
    return next((place for place in places if place and _prints_version(place)), None)


def _prints_version(program: str) -> bool:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _private_folder(stack: ExitStack, owner: str | None) -> Path:
    """A folder the server's user can reach, whatever TMPDIR's own permissions are."""
    place = tempfile.gettempdir()
    if owner and not _open_to_all(Path(place)):
        place = "/tmp"
    folder = Path(
        stack.enter_context(tempfile.TemporaryDirectory(prefix="battrang-server-", dir=place))
    )
    if owner:
        shutil.chown(folder, owner)
    return folder


def _open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def _start(command: list[str], stack: ExitStack, owner: str | None, folder: Path) -> None:
    """Start a server that ends when the stack does."""
    server = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=owner,
        group=_group(owner),
        extra_groups=[] if owner else None,
    )
    stack.callback(server.wait)
    # PostgreSQL takes this for: disconnect everybody, then end in good order.
    stack.callback(server.send_signal, signal.SIGINT)


def _group(owner: str | None) -> int | None:
    return pwd.getpwnam(owner).pw_gid if owner else None


def _wait_for(answers: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if answers():
            return True
        time.sleep(0.1)
    return False


# PostgreSQL


def postgresql_url(stack: ExitStack) -> str | None:
    """A database of this run's own; it, and all whose names begin like its, go at the end."""
    server = _given_server() or _local_server() or _private_postgresql(stack)
    return _make_database(server, stack) if server else None


def _answers(url: URL) -> bool:
    try:
        psycopg.connect(_conninfo(url), connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def _conninfo(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _given_server() -> URL | None:
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given.startswith("postgresql"):
        return None
    url = make_url(given)
    if not _answers(url):
        raise SystemExit(f"TEST_DATABASE_URL does not answer: {url}")
    return url


def _local_server() -> URL | None:
    users = dict.fromkeys([pwd.getpwuid(os.getuid()).pw_name, "postgres"])
    urls = (
        URL.create("postgresql", username=user, host="127.0.0.1", port=5432, database="postgres")
        for user in users
    )
    return next((url for url in urls if _answers(url) and _may_create(url)), None)


def _may_create(url: URL) -> bool:
    asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    with psycopg.connect(_conninfo(url)) as connection:
        row = connection.execute(asked).fetchone()
    return bool(row and row[0])


def _postgresql_binaries() -> Path | None:
    """The folder of the newest initdb on this machine."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    found = [*installed, *([Path(on_path)] if on_path else [])]
    return found[0].parent if found else None


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: then the user that it, or nobody, owns."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _private_postgresql(stack: ExitStack) -> URL | None:
    binaries = _postgresql_binaries()
    if not binaries:
        return None
    owner, port = _server_user(), free_port()
    folder = _private_folder(stack, owner)
    data = str(folder / "data")
    initdb = [str(binaries / "initdb"), "--pgdata", data, "--username", "postgres"]
    initdb += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(
        initdb,
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        user=owner,
        group=_group(owner),
        extra_groups=[] if owner else None,
    )
    settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
    settings += ["synchronous_commit=off", "full_page_writes=off"]
    command = [str(binaries / "postgres"), "-D", data, "-p", str(port)]
    command += [part for setting in settings for part in ("-c", setting)]
    _start(command, stack, owner, folder)
    url = URL.create("postgresql", "postgres", host="127.0.0.1", port=port, database="postgres")
    return url if _wait_for(lambda: _answers(url)) else None


def _make_database(server: URL, stack: ExitStack) -> str:
    base = f"battrang_test_{os.getpid()}"
    stack.callback(_drop_databases, server, base)
    create = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
    with psycopg.connect(_conninfo(server), autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(base)))
    url = server.set(drivername="postgresql+psycopg", database=base)
    return url.render_as_string(hide_password=False)


def _drop_databases(server: URL, base: str) -> None:
    with psycopg.connect(_conninfo(server), autocommit=True) as connection:
        ours = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [base]
        ).fetchall()
        for (name,) in ours:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


# Redis


def redis_url(stack: ExitStack) -> str | None:
    """A Redis the tests may empty: the one named for them, a private one, or a free corner."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        if not _redis_answers(given):
            raise SystemExit(f"TEST_REDIS_URL does not answer: {given}")
        return given
    return _private_redis(stack) or _empty_corner(os.environ.get("REDIS_URL") or LOCAL_REDIS)


def _redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=3) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _private_redis(stack: ExitStack) -> str | None:
    program = shutil.which("redis-server")
    if not program:
        return None
    port = free_port()
    folder = _private_folder(stack, None)
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    _start([*command, "--save", "", "--appendonly", "no"], stack, None, folder)
    url = f"redis://127.0.0.1:{port}/0"
    return url if _wait_for(lambda: _redis_answers(url)) else None


def _empty_corner(server: str) -> str | None:
    """A database of a running server that holds nothing, so that nothing of anyone's is lost."""
    if not _redis_answers(server):
        return None
    for number in range(15, 0, -1):
        url = f"{server.rstrip('/')}/{number}"
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0:
                return url
    return None
