"""What waits for a commit cannot undo it, and is asked for once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from shop.core import postman
from shop.core.db import db
from shop.core.outbox import Letter, Mail, put_in_outbox
from shop.core.transaction import after_commit, transaction

LETTER = Letter("lan@example.vn", "vi", "Chào", "Chào bạn", "<p>Chào bạn</p>")


@pytest.fixture
def wake_ups(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The postman listens as outside tests, but its queue is gone; yields each attempt."""
    tried: list[str] = []

    def refuse() -> None:
        tried.append("woken")
        raise ConnectionError("the queue does not answer")

    monkeypatch.setattr(postman, "send_mail_now", refuse)
    event.listen(db.session, "after_flush", postman._wake_for_new_mail)
    yield tried
    event.remove(db.session, "after_flush", postman._wake_for_new_mail)


def test_a_queue_that_is_gone_leaves_the_committed_work_alone(wake_ups: list[str]) -> None:
    done: list[str] = []
    with transaction():
        put_in_outbox(LETTER, "one")
        db.session.flush()
        after_commit(lambda: done.append("the next call"))
    assert wake_ups == ["woken"]
    assert done == ["the next call"]
    assert db.session.scalar(select(func.count(Mail.id))) == 1


def test_several_letters_wake_the_postman_once(wake_ups: list[str]) -> None:
    with transaction():
        for cause in ("one", "two", "three"):
            put_in_outbox(LETTER, cause)
            db.session.flush()
    assert wake_ups == ["woken"]
