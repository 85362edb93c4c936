"""How long buyers may ask and workshops may take to answer, by the village's dated terms."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from shop.core.clock import HANOI
from shop.ledger.models import TermOfTrade
from shop.ledger.queries.terms import TermBook
from shop.payments.models.payments import OFFICE_CLOSES, SATURDAY
from shop.returns.models import ReturnReason


def term_to_ask(reason: ReturnReason) -> TermOfTrade:
    return TermOfTrade.FAULT_RETURN_DAYS if reason.is_ours else TermOfTrade.RETURN_DAYS


def asks_until(reason: ReturnReason, delivered_at: datetime, terms: TermBook) -> datetime:
    """The end of the last day, in Hà Nội, on which a buyer may ask for this reason, by the term
    of the day of delivery. Raises TermMissing."""
    day = delivered_at.astimezone(HANOI).date()
    days = terms.value(term_to_ask(reason), day)
    return datetime.combine(day + timedelta(days=days + 1), time(0), HANOI).astimezone(UTC)


def answer_due(at: datetime, terms: TermBook) -> datetime:
    """The office's closing time on the last working day (Monday to Friday) that the workshop has
    to answer what is asked now. Raises TermMissing."""
    day = at.astimezone(HANOI).date()
    working_days = terms.value(TermOfTrade.ANSWER_DAYS, day)
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < SATURDAY
    return datetime.combine(day, OFFICE_CLOSES, HANOI).astimezone(UTC)
