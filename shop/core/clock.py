"""The one clock: aware UTC everywhere, Hà Nội time only in forms and templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_stopped_at: datetime | None = None


def now() -> datetime:
    return _stopped_at or datetime.now(UTC)


def today_in_hanoi() -> date:
    return now().astimezone(HANOI).date()


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment, for tests and for loading dated demonstration data."""
    global _stopped_at
    if at.tzinfo is None:
        raise ValueError("the clock stops at an aware moment only")
    before, _stopped_at = _stopped_at, at
    try:
        yield
    finally:
        _stopped_at = before
