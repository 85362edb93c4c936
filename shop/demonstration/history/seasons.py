"""When people buy: growth, the week's rhythm, days of giving, and the weeks before Tết."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from shop.core.clock import HANOI
from shop.demonstration.history.facts import Facts, Season

# From Monday to Sunday: people look around at the weekend.
WEEK = (0.95, 0.9, 0.95, 1.0, 1.05, 1.3, 1.25)
# The first day sells this share of what the last one does.
FIRST_DAY = 0.35
# Sales before and after the first day of Tết (negative: after), as day limits and factors.
TET = ((-13, 0.6), (-4, 0.1), (3, 0.15), (7, 1.1), (21, 2.6), (35, 2.0), (49, 1.4))
AFTER_TET = -20
BEFORE_TET = 49
DAYS_OF_GIVING = 14
GIVING = 1.35
JUST_NOW = 2
# Orders an hour of the day in Hà Nội: a lunch break's and, most of all, an evening's occupation.
HOURS = (1, 0, 0, 0, 0, 1, 3, 5, 8, 10, 10, 11, 13, 9, 8, 8, 8, 8, 9, 13, 18, 19, 13, 5)


def days_to_tet(day: date, tet: Sequence[date]) -> int | None:
    """Days until the Tết at hand, negative after it; None when none is near."""
    near = [(new_year - day).days for new_year in tet]
    return next((days for days in near if AFTER_TET <= days <= BEFORE_TET), None)


def weight_of(day: date, first: date, last: date, facts: Facts) -> float:
    """How much is bought on a day, the last one's plain rhythm being about 1."""
    growth = FIRST_DAY + (1 - FIRST_DAY) * (day - first).days / max(1, (last - first).days)
    return growth * WEEK[day.weekday()] * _tet_factor(day, facts.tet) * _giving(day, facts)


def _tet_factor(day: date, tet: Sequence[date]) -> float:
    days = days_to_tet(day, tet)
    if days is None:
        return 1.0
    return next((factor for limit, factor in TET if days <= limit), 1.0)


def _giving(day: date, facts: Facts) -> float:
    for gift in facts.gift_days:
        ahead = (date(day.year, gift.month, gift.day) - day).days
        if 0 <= ahead <= DAYS_OF_GIVING:
            return GIVING
    return 1.0


def season_of(form: str, day: date, facts: Facts) -> float:
    """How a form's sales stand on a day against its own average."""
    days = days_to_tet(day, facts.tet)
    is_before_tet = days is not None and days > 0
    factor = 1.0
    for season in facts.seasons:
        if form in season.forms:
            factor *= _factor_of(season, day, is_before_tet)
    return factor


def _factor_of(season: Season, day: date, is_before_tet: bool) -> float:
    factor = season.before_tet if is_before_tet else 1.0
    return factor * season.factor if day.month in season.months else factor


def moments(
    count: int, since: datetime, until: datetime, facts: Facts, rng: Random
) -> list[datetime]:
    """When `count` orders are placed, in order, by everything said above."""
    first, last = since.astimezone(HANOI).date(), until.astimezone(HANOI).date()
    days = [first + timedelta(days=number) for number in range((last - first).days)]
    weights = [weight_of(day, first, last, facts) for day in days]
    return sorted(_moment_on(day, rng) for day in rng.choices(days, weights, k=count))


def _moment_on(day: date, rng: Random) -> datetime:
    [hour] = rng.choices(range(24), HOURS)
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), HANOI)


def recent_moments(count: int, days: int, until: datetime, rng: Random) -> list[datetime]:
    """`count` moments in the last days, denser towards the end, the last JUST_NOW hardly past."""
    latest = until - timedelta(minutes=3)
    size = count - JUST_NOW
    reach = [timedelta(days=days) * ((part + rng.random()) / size) ** 2 for part in range(size)]
    reach += [timedelta(minutes=rng.uniform(0, 90)) for _ in range(JUST_NOW)]
    return sorted(latest - before for before in reach)
