"""A periodic task that is still running is not begun a second time."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from huey import MemoryHuey, crontab

from shop.core import jobs


@pytest.fixture
def sweeps(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks declared in the test go to a queue of its own, which runs them at once."""
    monkeypatch.setattr(jobs, "queue", MemoryHuey("sweeps", immediate=True))


def test_while_one_runs_the_next_is_skipped(sweeps: None) -> None:
    begun: list[str] = []
    inside, released = threading.Event(), threading.Event()

    @jobs.periodic(crontab(minute="*"))
    def sweep() -> None:
        begun.append(threading.current_thread().name)
        inside.set()
        assert released.wait(30)

    first = threading.Thread(target=sweep, name="first")
    first.start()
    assert inside.wait(30)
    second = threading.Thread(target=sweep, name="second")
    second.start()
    second.join(5)
    assert begun == ["first"]
    assert not second.is_alive()
    released.set()
    first.join(30)
    sweep()
    assert begun == ["first", threading.current_thread().name]


def test_one_that_failed_runs_again(sweeps: None) -> None:
    begun: list[int] = []

    @jobs.periodic(crontab(minute="*"))
    def sweep() -> None:
        begun.append(1)
        raise ZeroDivisionError

    sweep()
    sweep()
    assert len(begun) == 2


def test_different_sweeps_do_not_wait_for_each_other(sweeps: None) -> None:
    begun: list[str] = []

    @jobs.periodic(crontab(minute="*"))
    def inner() -> None:
        begun.append("inner")

    @jobs.periodic(crontab(minute="*"))
    def outer() -> None:
        begun.append("outer")
        inner()

    outer()
    assert begun == ["outer", "inner"]
