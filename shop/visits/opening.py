"""Whether a workshop's opening hours, which are written for people, name a day of the week.

Only how they begin is read: a span of days, single days, or every day. What else they say makes
the answer unsure rather than wrong, and is shown as it is written.
"""

from __future__ import annotations

import re
from enum import StrEnum

DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
EVERY_DAY = ("hằng ngày", "hàng ngày", "mỗi ngày", "cả tuần")
_DAY = rf"({'|'.join(DAYS)})"
_SPAN = re.compile(rf"{_DAY}\s*(?:đến|tới|[-–])\s*{_DAY}")
_LIST = re.compile(rf"{_DAY}(?:\s*(?:,|và)\s*{_DAY})*(?=\s*[,;:]?\s*\d)")


class Opening(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNSURE = "unsure"


def opening_on(text: str, weekday: int) -> Opening:
    """What the Vietnamese words say of a day, 0 for Monday to 6 for Sunday (date.weekday)."""
    words = " ".join(text.lower().split())
    if words.startswith(EVERY_DAY):
        return Opening.OPEN
    days, end = _first_days(words)
    if not days:
        return Opening.UNSURE
    if weekday in days:
        return Opening.OPEN
    return Opening.UNSURE if DAYS[weekday] in words[end:] else Opening.CLOSED


def _first_days(words: str) -> tuple[frozenset[int], int]:
    """The days the text begins with, and where their naming ends."""
    span = _SPAN.match(words)
    if span:
        first, last = DAYS.index(span[1]), DAYS.index(span[2])
        length = (last - first) % 7 + 1
        return frozenset((first + step) % 7 for step in range(length)), span.end()
    named = _LIST.match(words)
    if named:
        return frozenset(DAYS.index(day) for day in re.findall(_DAY, named[0])), named.end()
    return frozenset(), 0
