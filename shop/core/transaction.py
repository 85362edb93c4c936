"""The only place that commits. Edges (views, webhooks, jobs, cli) open it; nothing below does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import g
from sqlalchemy.orm import Session

from shop.core.db import db, writing
from shop.core.logs import log

_after_commit: ContextVar[list[Callable[[], object]] | None] = ContextVar(
    "after_commit", default=None
)


class UnsavedWork(RuntimeError):
    """Rows were changed outside a transaction and would be lost."""


def refuse_unsaved_work() -> None:
    session: Session = db.session()
    unsaved = [*session.new, *session.dirty, *session.deleted]
    if unsaved:
        session.rollback()
        raise UnsavedWork(f"changed outside a transaction: {unsaved!r}")


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or nothing.

    Begins a new database transaction, so that rows read before it are read again;
    on SQLite it takes the write lock at once. Does not nest. No network call belongs
    inside: hand it to `after_commit`.
    """
    if writing.get():
        raise RuntimeError("transactions do not nest")
    refuse_unsaved_work()
    session: Session = db.session()
    session.rollback()
    calls: list[Callable[[], object]] = []
    marks = (writing.set(True), _after_commit.set(calls))
    try:
        yield
        session.commit()
        g.has_committed = True
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(marks[0])
        _after_commit.reset(marks[1])
    for call in calls:
        _call_guarded(call)


def _call_guarded(call: Callable[[], object]) -> None:
    # The work stands: to answer that nothing was carried out would be untrue. What such calls
    # ask for is made good by the periodic sweeps.
    try:
        call()
    except Exception as error:
        db.session.rollback()
        log.error("after-commit call failed", exc_info=error)


def after_commit(call: Callable[[], object]) -> None:
    """Run `call` once the transaction under way has been committed; never if it is not.

    The same `call` asked for twice runs once. What it raises is logged and goes no further, so
    it may only be what something else makes good later, such as a wake-up.
    """
    calls = _after_commit.get()
    if calls is None:
        raise RuntimeError("after_commit belongs inside a transaction")
    if call not in calls:
        calls.append(call)
