"""How migrations run: in one transaction, one starter at a time, on both databases."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, DateTime, Enum, String, func, select

import shop
import shop.core.outbox
from shop.core.db import UtcDateTime, db, writing

# Any number will do, so long as every starter of this site takes the same one.
ADVISORY_LOCK = 0x62617472616E67


def import_models() -> None:
    """See every table, also of a package that no view uses yet."""
    for package in pkgutil.iter_modules(shop.__path__, "shop."):
        name = f"{package.name}.models"
        if package.ispkg and importlib.util.find_spec(name):
            importlib.import_module(name)


def render_plain(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write columns as the database sees them, so that migrations outlive the code's own types."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Enum) and not item.native_enum:
        return f"sa.String(length={item.length})"
    return False


def compare_type(
    _context: Any, _found_column: Any, _column: Any, found: Any, declared: Any
) -> bool | None:
    """An enum is kept as text and a moment as the database's own; the rest Alembic compares."""
    if isinstance(declared, Enum) and not declared.native_enum:
        return not isinstance(found, String) or found.length != declared.length
    if isinstance(declared, UtcDateTime):
        return not isinstance(found, DateTime)
    return None


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by replacing it; with foreign keys on, that empties its children."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"rows point to rows that are gone: {broken[:10]!r}")


def migrate(connection: Connection) -> None:
    options = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        **{
            **options,
            "compare_type": compare_type,
            "render_item": render_plain,
            "transactional_ddl": True,
        },
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite(connection: Connection) -> None:
    # BEGIN IMMEDIATE: who comes second waits for the first and then finds nothing to do.
    mark = writing.set(True)
    try:
        with foreign_keys_off(connection), connection.begin():
            migrate(connection)
            refuse_broken_references(connection)
    finally:
        writing.reset(mark)


def migrate_postgresql(connection: Connection) -> None:
    with connection.begin():
        connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        migrate(connection)


def run_online() -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            migrate_sqlite(connection)
        else:
            migrate_postgresql(connection)


def run_offline() -> None:
    """Write the SQL instead of running it: flask db upgrade --sql."""
    context.configure(
        url=db.engine.url.render_as_string(hide_password=False),
        target_metadata=db.metadata,
        literal_binds=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


import_models()
if context.is_offline_mode():
    run_offline()
else:
    run_online()
