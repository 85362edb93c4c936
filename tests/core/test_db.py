"""What every connection is told before anyone uses it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from shop.core.db import db

TOLD: dict[str, dict[str, str | int]] = {
    "sqlite": {"PRAGMA foreign_keys": 1, "PRAGMA journal_mode": "wal"},
    "postgresql": {"SHOW jit": "off"},
}


def test_a_connection_is_set_up_and_stays_so(context: Flask) -> None:
    for _ in range(2):
        for question, answer in TOLD[db.engine.dialect.name].items():
            assert db.session.scalar(text(question)) == answer
        db.session.rollback()
