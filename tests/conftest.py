"""Fixtures: one migrated database a worker, emptied after each test; an application on it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

VAR = Path(tempfile.mkdtemp(prefix="battrang-test-"))
os.environ["BATTRANG_MODE"] = "test"
os.environ["BATTRANG_VAR"] = str(VAR)

import flask_migrate  # noqa: E402
import psycopg  # noqa: E402
import pytest  # noqa: E402
import stripe  # noqa: E402
from babel.messages.frontend import CommandLineInterface  # noqa: E402
from flask import Flask  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import (  # noqa: E402
    CompoundSelect,
    Engine,
    event,
    exists,
    literal,
    make_url,
    select,
    union_all,
)

from shop.app import create_app  # noqa: E402
from shop.core.assets import SOURCE, build_assets, built_folder  # noqa: E402
from shop.core.db import Base, db  # noqa: E402
from shop.core.limits import limiter  # noqa: E402
from shop.core.settings import PROJECT, Settings, load_settings  # noqa: E402
from tests.ledger.guards import books_unguarded  # noqa: E402

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
MIGRATIONS = str(PROJECT / "migrations")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations once, before any worker reads them."""
    if not hasattr(config, "workerinput"):
        CommandLineInterface().run(  # type: ignore[no-untyped-call]
            ["pybabel", "-q", "compile", "-d", str(PROJECT / "shop" / "translations")]
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with a browser first: of two workers one then loads the village and the other never."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session", autouse=True)
def never_wait() -> Iterator[None]:
    """No file outlives its test, and what asks the card provider again need not hold back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        patch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
        yield


@contextmanager
def worker_database(purpose: str) -> Iterator[str]:
    """A database of this worker's own beside the one TEST_DATABASE_URL names."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    if not named.startswith("postgresql"):
        yield f"sqlite:///{VAR / purpose}.sqlite3"
        return
    url = make_url(named)
    name = f"{url.database}_{purpose}_{WORKER}_{os.getpid()}"
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    with worker_database("rules") as url:
        yield replace(load_settings(), database_url=url)


@pytest.fixture(scope="session")
def application(settings: Settings) -> Iterator[Flask]:
    """The application on a migrated database, once a worker."""
    build_assets(SOURCE, built_folder(settings))
    app = create_app(settings)
    never_wait_for_the_disk(app)
    with app.app_context():
        flask_migrate.upgrade(MIGRATIONS)
    yield app
    with app.app_context():
        db.engine.dispose()


def never_wait_for_the_disk(app: Flask) -> None:
    """A commit returns before it is written down: no test outlives its machine."""

    def hurry(connection: sqlite3.Connection | psycopg.Connection, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = OFF")
        else:
            connection.execute("SET synchronous_commit = off")
            connection.commit()

    with app.app_context():
        event.listen(db.engine, "connect", hurry)


@cache
def tables_with_rows() -> CompoundSelect[str]:
    return union_all(
        *(
            select(literal(table.name)).where(exists().select_from(table))
            for table in Base.metadata.sorted_tables
        )
    )


def empty_tables() -> None:
    """Every table without rows, the books too."""
    db.session.rollback()
    with db.engine.begin() as connection:
        filled = set(connection.scalars(tables_with_rows()))
        with books_unguarded(connection):
            for table in reversed(Base.metadata.sorted_tables):
                if table.name in filled:
                    connection.execute(table.delete())


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with empty tables; they are emptied again after the test."""
    limiter.reset()
    yield application
    with application.app_context():
        empty_tables()
        db.session.remove()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """An application context, for tests of actions and queries without a request."""
    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of its own: https, so that cookies marked Secure come back."""
    return new_client(app)


def new_client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    return client


@dataclass
class Statements:
    """The SQL statements sent, transaction control left out."""

    texts: list[str]

    def __len__(self) -> int:
        return len(self.texts)


@contextmanager
def count_sql(app: Flask) -> Iterator[Statements]:
    """Collect the SQL statements of the block: `with count_sql(app) as sent: …; len(sent)`."""
    sent = Statements([])

    def note(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        if text.split(" ", 1)[0].upper() not in {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT"}:
            sent.texts.append(text)

    with app.app_context():
        engine: Engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
