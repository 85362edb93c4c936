"""Charts as numbers for drawing: bars in a box a hundred high, to be stretched to any width.

Only shapes are drawn; every word and figure stands beside them as text, so that nothing shrinks
on a telephone. Each chart has its table behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.fund.queries.figures import Month, Part, Year

HEIGHT = 100.0
STEP, BAR = 10, 7
"""Width of a month and of its bar, in the drawing's own units."""
TICKS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Rect:
    """`kind` says what it stands for; the style sheet colours by it."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in above the line at `zero`, what was granted below it; `top` and `bottom` in đồng.

    `labels` are the months named under the drawing, with their place in percent.
    """

    width: int
    rects: tuple[Rect, ...]
    zero: float
    top: int
    bottom: int
    labels: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The balance at each month's end as steps; `area` is an SVG path closed at the bottom."""

    width: int
    area: str
    line: str
    top: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A part with its length in hundredths of the largest."""

    part: Part
    length: float


def round_up(amount: int) -> int:
    """The next 1, 2 or 5 with noughts at or above it; 1 for nothing."""
    power = 1
    while True:
        for tick in TICKS:
            if tick * power >= amount:
                return tick * power
        power *= 10


def flow(months: Sequence[Month]) -> Flow:
    """Bars of shares with gifts upon them, and of grants hanging from the line."""
    top = round_up(max((month.came_in for month in months), default=0))
    most_out = max((month.grants for month in months), default=0)
    bottom = round_up(most_out) if most_out else 0
    unit = HEIGHT / (top + bottom)
    zero = top * unit
    rects = []
    for place, month in enumerate(months):
        x = place * STEP + (STEP - BAR) / 2
        shares, gifts = max(month.shares, 0) * unit, max(month.gifts, 0) * unit
        for y, height, kind in (
            (zero - shares, shares, "shares"),
            (zero - shares - gifts, gifts, "gifts"),
            (zero, month.grants * unit, "grants"),
        ):
            if height > 0:
                rects.append(Rect(x, round(y, 2), BAR, round(height, 2), kind))
    width = max(len(months), 1) * STEP
    return Flow(width, tuple(rects), round(zero, 2), top, bottom, _labels(months))


def _labels(months: Sequence[Month]) -> tuple[tuple[str, float], ...]:
    """The first month and every January, where there is room for both."""
    named = [place for place, month in enumerate(months) if month.month.endswith("-01")]
    if months and (not named or named[0] > len(months) / 6):
        named.insert(0, 0)
    return tuple((months[place].month, round(100 * place / len(months), 2)) for place in named)


def balance_line(months: Sequence[Month]) -> Line:
    top = round_up(max((month.balance for month in months), default=0))
    points = []
    for place, month in enumerate(months):
        y = round(HEIGHT - max(month.balance, 0) * HEIGHT / top, 2)
        points.append(f"{place * STEP} {y} {(place + 1) * STEP} {y}")
    width = max(len(months), 1) * STEP
    line = f"M{' L'.join(points)}" if points else ""
    area = f"{line} L{width} {HEIGHT:.0f} L0 {HEIGHT:.0f} Z" if points else ""
    return Line(width, area, line, top)


def bars(parts: Sequence[Part]) -> list[Bar]:
    largest = max((part.amount for part in parts), default=0) or 1
    return [Bar(part, round(100 * max(part.amount, 0) / largest, 2)) for part in parts]


@dataclass(frozen=True, slots=True)
class Column:
    year: Year
    workshops: float
    apprentices: float


def columns(years: Sequence[Year]) -> list[Column]:
    """Heights in hundredths of each kind's largest."""
    most_shops = max((year.workshops for year in years), default=0) or 1
    most_learning = max((year.apprentices for year in years), default=0) or 1
    return [
        Column(
            year,
            round(HEIGHT * year.workshops / most_shops, 1),
            round(HEIGHT * year.apprentices / most_learning, 1),
        )
        for year in years
    ]
