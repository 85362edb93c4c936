"""The database: one declarative base, typed columns, and engine settings both databases need."""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVarTuple

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    Select,
    String,
    Text,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from shop.core import clock

if TYPE_CHECKING:
    import psycopg

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone must not reach the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Dong = Annotated[int, mapped_column(BigInteger)]
"""A sum of money in whole đồng: VND has no minor unit (ISO 4217)."""
Text40 = Annotated[str, mapped_column(String(40))]
Text120 = Annotated[str, mapped_column(String(120))]
Text300 = Annotated[str, mapped_column(String(300))]
LongText = Annotated[str, mapped_column(Text)]
Row = TypeVarTuple("Row")
BigKey = BigInteger().with_variant(Integer, "sqlite")
LARGEST_KEY = 2**63 - 1


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime(),
            StrEnum: Enum(
                StrEnum,
                native_enum=False,
                length=30,
                values_callable=lambda kind: [member.value for member in kind],
            ),
        },
    )


class Keyed:
    """Integer key inside; what the outside sees is a public id, slug or reference."""

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)


class Timestamped:
    """When the row came to be, by our one clock."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate(render_as_batch=True, compare_type=True)


writing: ContextVar[bool] = ContextVar("writing", default=False)
"""Set by core.transaction while a write is under way."""


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _on_sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy's own recipe: the driver must not open transactions by itself, or
    # two readers that turn writers would deadlock on the upgrade of their lock.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 15000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def _on_postgresql_connect(connection: psycopg.Connection[object], _record: object) -> None:
    # Where a table's statistics are old its joins look dear enough to be compiled, which takes
    # seconds for a page of a piece that is read in milliseconds.
    connection.execute("SET jit = off")
    connection.commit()


def init_db(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        engine = db.engine
        if is_sqlite(engine):
            event.listen(engine, "connect", _on_sqlite_connect)
            event.listen(engine, "begin", _on_sqlite_begin)
        else:
            event.listen(engine, "connect", _on_postgresql_connect)


def for_update(statement: Select[*Row]) -> Select[*Row]:
    """Lock the rows and read them afresh; SQLite has one writer, so the lock is its own."""
    return statement.with_for_update().execution_options(populate_existing=True)
