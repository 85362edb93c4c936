"""What follows from the terms of trade for an order: until when it may be returned, and from
which day the workshop's money for it may be paid out. Days are those of Hà Nội.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shop.core.clock import HANOI
from shop.ledger.models import TermOfTrade
from shop.ledger.queries.terms import TermBook


def last_return_day(delivered_at: datetime, terms: TermBook) -> date:
    """The last day on which the buyer may return it without a reason, by the term of the day of
    delivery. Faults may be claimed longer (shop.returns.terms).

    Raises TermMissing.
    """
    day = delivered_at.astimezone(HANOI).date()
    return day + timedelta(days=terms.value(TermOfTrade.RETURN_DAYS, day))


def payable_from(delivered_at: datetime, terms: TermBook) -> date:
    """The first day on which nobody can change their mind any more. Raises TermMissing."""
    return last_return_day(delivered_at, terms) + timedelta(days=1)


def payout_day_from(day: date, terms: TermBook) -> date:
    """The first day on which workshops are paid, not before `day`. Raises TermMissing."""
    weekday = terms.value(TermOfTrade.PAYOUT_WEEKDAY, day)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
