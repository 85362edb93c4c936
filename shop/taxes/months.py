"""Months as the tax office counts them: by the calendar of Hà Nội, named by their first day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from shop.core.clock import HANOI

_NAMED = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def named_month(text: str) -> date:
    """The first day of the month that 2026-10 names. Raises ValueError for all else."""
    match = _NAMED.fullmatch(text)
    if match is None:
        raise ValueError(f"not a month: {text!r}")
    return date(int(match[1]), int(match[2]), 1)


def month_of(at: datetime) -> date:
    return at.astimezone(HANOI).date().replace(day=1)


def month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def began(month: date) -> datetime:
    return datetime.combine(month, time.min, HANOI)


def has_ended(month: date, at: datetime) -> bool:
    return began(month_after(month)) <= at


def months_down_to(first: date, at: datetime) -> list[date]:
    """From the month of the moment back to `first`, the newest first."""
    found, month = [], month_of(at)
    while month >= first:
        found.append(month)
        month = month_before(month)
    return found
