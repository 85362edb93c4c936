"""A log tells what broke and where, and nothing about who was concerned."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy.exc import IntegrityError

from shop.core.logs import TALKATIVE, handler_for_libraries
from shop.core.transaction import transaction
from tests.factories import make_person


def logged(error: BaseException) -> str:
    """The line of a crash, as the application has set its logs up."""
    processors = structlog.get_config()["processors"]
    logger: Any = structlog.wrap_logger(structlog.testing.ReturnLogger(), processors=processors)
    return str(logger.error("crash", exc_info=error))


def crash_while_holding(typed: str) -> ValueError:
    try:
        raise ValueError(f"nobody of this name: {len(typed)} letters")
    except ValueError as error:
        return error


def test_what_people_typed_is_not_in_the_frames(context: Flask) -> None:
    line = logged(crash_while_holding("Trần Thị Lan, 12 Hàng Bạc"))
    (stack,) = json.loads(line)["exception"]
    assert stack["frames"][-1]["name"] == "crash_while_holding"
    assert "locals" not in stack["frames"][-1]
    assert "nobody of this name" in line
    assert "Lan" not in line


@pytest.mark.parametrize(
    "personal",
    [
        "lan@example.vn",
        "0912 345 678",
        "+84912345678",
        "0011004567890",
        "sk_live_51Habc",
        "whsec_abc123",
        "redis://:secret@cache",
    ],
)
def test_what_an_exception_quotes_is_hidden(context: Flask, personal: str) -> None:
    line = logged(ValueError(f"cannot use ({personal}) here"))
    assert personal not in line
    assert "cannot use (" in line
    assert ") here" in line


@pytest.mark.parametrize(
    "plain", ["PID 7178 at 2026-11-23 16:19:40.318568", "f8c88ceb-d58e-4b9f-8e9a-006f25a1a37e"]
)
def test_what_names_nobody_stays(context: Flask, plain: str) -> None:
    assert plain in logged(ValueError(plain))


def test_a_database_error_names_no_value(context: Flask) -> None:
    """Neither SQLAlchemy's parameters nor PostgreSQL's detail, which quotes the row."""
    with transaction():
        first = make_person()
    with pytest.raises(IntegrityError) as caught, transaction():
        make_person(email=first.email, name="Nguyễn Quý Danh")
    line = logged(caught.value)
    assert "IntegrityError" in line
    assert "INSERT INTO person" in line
    assert first.email not in line
    assert json.dumps("Quý")[1:-1] not in line
    assert "already exists" not in line


def test_libraries_log_in_the_same_form_and_as_little() -> None:
    try:
        raise ValueError("no mail for lan@example.vn")
    except ValueError:
        caught = sys.exc_info()
    record = logging.LogRecord(
        "huey", logging.ERROR, "x.py", 1, "task for %s failed", ("lan@example.vn",), caught
    )
    line = handler_for_libraries().format(record)
    said = json.loads(line)
    assert (said["logger"], said["level"]) == ("huey", "error")
    assert said["event"] == "task for [hidden] failed"
    assert said["exception"][0]["exc_type"] == "ValueError"
    assert "lan@" not in line


@pytest.mark.parametrize("name", TALKATIVE)
def test_libraries_that_name_visitors_say_only_what_is_amiss(
    app: Flask, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert logging.getLogger(name).isEnabledFor(logging.WARNING)
