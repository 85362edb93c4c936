"""What becomes of a purchase, step by step: who acts when, in working hours, late now and then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from random import Random

from shop.core.clock import HANOI
from shop.core.settings import Settings
from shop.demonstration.history.purchases import Parcel, Purchase
from shop.payments.models import PaymentMethod, next_office_close

OPENS, CLOSES = time(8, 0), time(17, 30)
OFFICE_OPENS, OFFICE_CLOSES = time(8, 30), time(16, 45)
SATURDAY, SUNDAY = 5, 6
SLOW = 0.06
# Of late more often, so that the office sees some that are overdue.
SLOW_OF_LATE = 0.3
SWEEP = timedelta(seconds=40)
"""The worker looks every minute for what is overdue."""


class Outcome(StrEnum):
    """How a purchase ends, when it does not simply arrive."""

    ARRIVES = "arrives"
    NEVER_PAID = "never_paid"
    CANCELLED = "cancelled"
    PAID_LATE = "paid_late"
    PAID_AFTER_CANCELLATION = "paid_after_cancellation"


class Act(StrEnum):
    """One thing done, by the shop's action of nearly the same name."""

    RECEIVE = "receive"
    PLACE = "place"
    PAY = "pay"
    LAPSE = "lapse"
    CANCEL = "cancel"
    PAY_BACK = "pay_back"
    CONFIRM = "confirm"
    PACK = "pack"
    SHIP = "ship"
    DELIVER = "deliver"
    TAKE_CASH = "take_cash"
    PAY_OUT = "pay_out"


@dataclass(frozen=True, slots=True)
class Step:
    """`workshop_id` for what one workshop does with its own part."""

    at: datetime
    act: Act
    workshop_id: int = 0


def course_of(purchase: Purchase, outcome: Outcome, settings: Settings, rng: Random) -> list[Step]:
    """Every step from placing on, in order, those yet to come too."""
    if outcome is Outcome.ARRIVES:
        return _arriving(purchase, settings, rng)
    if outcome is Outcome.NEVER_PAID:
        return [_placed(purchase), Step(_lapse_time(purchase, settings), Act.LAPSE)]
    if outcome is Outcome.PAID_LATE:
        return _paid_late(purchase, settings, rng)
    return _cancelled(purchase, outcome, settings, rng)


def _placed(purchase: Purchase) -> Step:
    return Step(purchase.at, Act.PLACE)


def _arriving(purchase: Purchase, settings: Settings, rng: Random) -> list[Step]:
    if purchase.method is PaymentMethod.CASH:
        return [_placed(purchase), *_work(purchase, purchase.at, rng)]
    paid = _payment_time(purchase, settings, rng)
    return [_placed(purchase), Step(paid, Act.PAY), *_work(purchase, paid, rng)]


def _paid_late(purchase: Purchase, settings: Settings, rng: Random) -> list[Step]:
    lapsed = _lapse_time(purchase, settings)
    paid = office_time(lapsed + _hours(rng, 10, 30), rng)
    steps = [_placed(purchase), Step(lapsed, Act.LAPSE), Step(paid, Act.PAY)]
    return [*steps, *_work(purchase, paid, rng)]


def _cancelled(purchase: Purchase, outcome: Outcome, settings: Settings, rng: Random) -> list[Step]:
    end = _lapse_time(purchase, settings) if purchase.method is not PaymentMethod.CASH else None
    cancelled = purchase.at + _minutes(rng, 4, 55)
    cancelled = min(cancelled, end - SWEEP) if end else cancelled
    steps = [_placed(purchase), Step(cancelled, Act.CANCEL)]
    if outcome is Outcome.CANCELLED:
        return steps
    paid = office_time(cancelled + _hours(rng, 2, 9), rng)
    by_card = purchase.method is PaymentMethod.STRIPE
    back = paid + _hours(rng, 1, 30) if by_card else office_time(paid + _hours(rng, 72, 140), rng)
    return [*steps, Step(paid, Act.PAY), Step(back, Act.PAY_BACK)]


def _lapse_time(purchase: Purchase, settings: Settings) -> datetime:
    """As Payment.lapses_at reckons; the sweep comes a little later."""
    if purchase.method is PaymentMethod.STRIPE:
        return purchase.at + timedelta(minutes=settings.card_window_minutes) + SWEEP
    return next_office_close(purchase.at + timedelta(hours=settings.payment_window_hours)) + SWEEP


def _payment_time(purchase: Purchase, settings: Settings, rng: Random) -> datetime:
    """A card within minutes; a transfer when the office next reads the bank's statement."""
    if purchase.method is PaymentMethod.STRIPE:
        return purchase.at + _minutes(rng, 2, 12)
    found = office_time(purchase.at + _hours(rng, 2, 9), rng)
    return max(purchase.at + SWEEP, min(found, _lapse_time(purchase, settings) - 2 * SWEEP))


def _work(purchase: Purchase, since: datetime, rng: Random) -> list[Step]:
    steps = [
        step for parcel in purchase.parcels for step in _parcel_work(purchase, parcel, since, rng)
    ]
    return sorted(steps, key=lambda step: step.at)


def _parcel_work(purchase: Purchase, parcel: Parcel, since: datetime, rng: Random) -> list[Step]:
    confirmed = working_time(since + _hours(rng, 0.3, 8), rng)
    made = confirmed + timedelta(days=max(0, parcel.lead_days - rng.randint(0, 6)))
    share = SLOW_OF_LATE if purchase.is_recent else SLOW
    slow = _hours(rng, 48, 150) if rng.random() < share else timedelta()
    packed = working_time(made + slow + _hours(rng, 2, 30), rng)
    steps = [(confirmed, Act.CONFIRM), (packed, Act.PACK)]
    if parcel.is_collected:
        delivered = working_time(packed + _hours(rng, 5, 90), rng)
    else:
        shipped = working_time(packed + _hours(rng, 0.5, 5), rng)
        steps.append((shipped, Act.SHIP))
        days = rng.randint(parcel.option.days_from or 1, parcel.option.days_to or 3)
        delivered = daytime(shipped + timedelta(days=days), rng)
    steps.append((delivered, Act.DELIVER))
    if purchase.method is PaymentMethod.CASH:
        # Fetched pieces are paid for on the spot; a carrier hands cash over days later.
        wait = timedelta(minutes=5) if parcel.is_collected else _hours(rng, 15, 80)
        steps.append((delivered + wait, Act.TAKE_CASH))
    return [Step(at, act, parcel.workshop_id) for at, act in steps]


def _hours(rng: Random, least: float, most: float) -> timedelta:
    return timedelta(hours=rng.uniform(least, most))


def _minutes(rng: Random, least: float, most: float) -> timedelta:
    return timedelta(minutes=rng.uniform(least, most))


def working_time(moment: datetime, rng: Random) -> datetime:
    """The moment itself when a workshop is at work, else a while after it begins again."""
    return _within(moment, OPENS, CLOSES, {SUNDAY}, rng)


def office_time(moment: datetime, rng: Random) -> datetime:
    """The same for the village office, which keeps Saturday and Sunday free."""
    return _within(moment, OFFICE_OPENS, OFFICE_CLOSES, {SATURDAY, SUNDAY}, rng)


def daytime(moment: datetime, rng: Random) -> datetime:
    """When somebody opens the door."""
    return _within(moment, time(9), time(19, 30), set(), rng)


def _within(moment: datetime, opens: time, closes: time, closed: set[int], rng: Random) -> datetime:
    local = moment.astimezone(HANOI)
    if local.weekday() not in closed and opens <= local.time() < closes:
        return moment
    day = local.date()
    if local.time() >= closes or local.weekday() in closed:
        day += timedelta(days=1)
    while day.weekday() in closed:
        day += timedelta(days=1)
    return (datetime.combine(day, opens, HANOI) + _minutes(rng, 5, 100)).astimezone(UTC)
