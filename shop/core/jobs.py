"""Work off the request: huey, on SQLite by default, on Redis when there are several machines."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import Flask
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey

from shop.core.logs import log
from shop.core.settings import Settings, load_settings

P = ParamSpec("P")
R = TypeVar("R")
_apps: list[Flask] = []


def make_queue(settings: Settings) -> Huey:
    if settings.is_test:
        return MemoryHuey("battrang", immediate=True)
    if settings.redis_url:
        return RedisHuey("battrang", url=settings.redis_url)
    settings.var.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("battrang", filename=str(settings.var / "queue.sqlite3"), fsync=True)


queue = make_queue(load_settings())


def init_jobs(app: Flask) -> None:
    _apps[:] = [app]


def in_app_context(work: Callable[P, R]) -> Callable[P, R]:
    """Run a task inside the application that was created last in this process."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with _apps[0].app_context():
            return work(*args, **kwargs)

    return run


def job(**options: Any) -> Callable[[Callable[..., object]], Any]:
    """A task for the worker; calling it puts it in the queue. `options` are huey's."""

    def declare(work: Callable[..., object]) -> Any:
        return queue.task(**options)(in_app_context(work))

    return declare


def periodic(schedule: Callable[..., bool]) -> Callable[[Callable[..., object]], Any]:
    """A task the worker runs by a huey.crontab schedule, unless the last run is still at it."""

    def declare(work: Callable[..., object]) -> Any:
        return queue.periodic_task(schedule)(in_app_context(_one_at_a_time(work)))

    return declare


def _one_at_a_time(work: Callable[P, object]) -> Callable[P, None]:
    """Skip the work while this worker is still at it: sweeps in a row would take every thread.

    The lock is the process's own. One kept by the queue (huey's lock_task) would outlive a worker
    that is killed, and SQLite's queue lets none expire: the sweep would never run again. Workers
    on several machines may sweep side by side, as sweeps must bear in any case.
    """
    lock = threading.Lock()

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        if not lock.acquire(blocking=False):
            log.info("still at it", task=work.__qualname__)
            return
        try:
            work(*args, **kwargs)
        finally:
            lock.release()

    return run
