"""The one way round the database's guards of the books: for emptying them between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

TABLES = ("ledger_transaction", "ledger_entry")


@contextmanager
def books_unguarded(connection: Connection) -> Iterator[None]:
    """Take the triggers off for the block, if anything is in the books, and put them back."""
    if not connection.scalar(text("select exists (select 1 from ledger_transaction)")):
        yield
    elif connection.dialect.name == "sqlite":
        yield from _without_triggers(connection)
    else:
        for table in TABLES:
            connection.execute(text(f"alter table {table} disable trigger user"))
        yield
        connection.execute(text("set constraints all immediate"))
        for table in TABLES:
            connection.execute(text(f"alter table {table} enable trigger user"))


def _without_triggers(connection: Connection) -> Iterator[None]:
    triggers = connection.execute(
        text("select name, sql from sqlite_master where type = 'trigger' and name like 'ledger_%'")
    ).all()
    for name, _ in triggers:
        connection.execute(text(f"drop trigger {name}"))
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
