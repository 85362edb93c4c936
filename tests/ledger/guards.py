"""The one way round the database's guards of what is never changed: for emptying tables between
tests, and for tests of what is found when somebody got round them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, text

GUARDED = (
    "ledger_transaction",
    "ledger_entry",
    "order_charges",
    "order_withholding",
    "charge_rate",
    "tax_certificate",
)


@contextmanager
def books_unguarded(connection: Connection) -> Iterator[None]:
    """Take the triggers off the guarded tables with rows for the block, and put them back."""
    tables = [table for table in GUARDED if _has_rows(connection, table)]
    if connection.dialect.name == "sqlite":
        yield from _without_triggers(connection, tables)
        return
    for table in tables:
        connection.execute(text(f"alter table {table} disable trigger user"))
    yield
    connection.execute(text("set constraints all immediate"))
    for table in tables:
        connection.execute(text(f"alter table {table} enable trigger user"))


def _has_rows(connection: Connection, table: str) -> bool:
    return bool(connection.scalar(text(f"select exists (select 1 from {table})")))  # noqa: S608


def _without_triggers(connection: Connection, tables: list[str]) -> Iterator[None]:
    of_tables = text(
        "select name, sql from sqlite_master where type = 'trigger' and tbl_name in :tables"
    ).bindparams(bindparam("tables", expanding=True))
    triggers = connection.execute(of_tables, {"tables": tables}).all()
    for name, _ in triggers:
        connection.execute(text(f"drop trigger {name}"))
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
