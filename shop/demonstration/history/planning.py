"""The two years before they are played: pure reckoning, the same for the same seed and village."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from shop.core.settings import Settings
from shop.demonstration.history.buyers import Buyers, HistoricBuyer
from shop.demonstration.history.courses import Act, Outcome, Step, course_of
from shop.demonstration.history.facts import Facts
from shop.demonstration.history.firings import Batch, Claim, NotCovered, batches, firing_days
from shop.demonstration.history.goods import Article
from shop.demonstration.history.purchases import (
    Line,
    Market,
    Parcel,
    Purchase,
    day_of,
    method_for,
    parcel_for,
)
from shop.demonstration.history.seasons import JUST_NOW, moments, recent_moments
from shop.demonstration.village import Account
from shop.payments.models import PaymentMethod
from shop.shipping.quotes import RateBook

DAYS = 730
PURCHASES_OF_A_WORKSHOP = 44
# The last days are played more densely and each workshop has its share of them, so that every
# desk has something to do.
RECENT_DAYS = 21
RECENT_OF_A_WORKSHOP = 8
# So long an order may still be waiting, and hold what it was promised.
STILL_OPEN_DAYS = 25
OUTCOMES = {
    PaymentMethod.CASH: ((Outcome.ARRIVES, Outcome.CANCELLED), (96, 4)),
    PaymentMethod.VIETQR: (tuple(Outcome), (86, 7, 3, 2, 2)),
    PaymentMethod.STRIPE: (
        (Outcome.ARRIVES, Outcome.NEVER_PAID, Outcome.PAID_AFTER_CANCELLATION),
        (92, 6.5, 1.5),
    ),
}
UNSOLD = 0.11
ENDS_UNSOLD = (Outcome.NEVER_PAID, Outcome.CANCELLED, Outcome.PAID_AFTER_CANCELLATION)
OF_AN_ACCOUNT = 9
TRIES = 4

Fate = tuple[Outcome, PaymentMethod]
RatesOn = Callable[[date], RateBook]


@dataclass(frozen=True, slots=True)
class Planned:
    purchase: Purchase
    steps: tuple[Step, ...]

    def sells(self, parcel: Parcel) -> bool:
        """Whether the parcel has left the workshop by the end of the two years."""
        act = Act.DELIVER if parcel.is_collected else Act.SHIP
        return any(
            step.act is act and step.workshop_id == parcel.workshop_id for step in self.steps
        )

    def claims(self) -> list[Claim]:
        """When its pieces are promised, each standing for one; when they are given back."""
        placed, *later = self.steps
        found = [Claim(placed.at, 1)]
        for step in later:
            if step.act in (Act.LAPSE, Act.CANCEL):
                found.append(Claim(step.at, -1))
            elif step.act is Act.PAY and self._is_revived:
                found.append(Claim(step.at, 1))
        return found

    @property
    def _is_revived(self) -> bool:
        return any(step.act is Act.LAPSE for step in self.steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """`firings` are batches by the key of their article."""

    purchases: tuple[Planned, ...]
    firings: dict[int, list[Batch]]


@dataclass(slots=True)
class _Around:
    facts: Facts
    settings: Settings
    until: datetime
    rates_on: RatesOn
    market: Market
    buyers: Buyers
    rng: Random
    fates: dict[int, Fate] = field(default_factory=dict)
    first_recent: int = 0

    def turn(self, number: int) -> int | None:
        return number if number >= self.first_recent else None

    def may_be_open(self, moment: datetime, lead_days: int = 0) -> bool:
        return self.until - moment < timedelta(days=STILL_OPEN_DAYS + lead_days)


def plan(
    articles: Sequence[Article],
    accounts: Sequence[Account],
    facts: Facts,
    settings: Settings,
    rates_on: RatesOn,
    until: datetime,
) -> Plan:
    """Everything that happens in the two years up to `until`, nothing of it written yet."""
    if not articles:
        return Plan((), {})
    rng = Random(facts.seed)
    market = Market(articles, facts, rng)
    around = _Around(facts, settings, until, rates_on, market, Buyers(facts, rng), rng)
    since = until - timedelta(days=DAYS)
    planned = _purchases(around, since, accounts)
    calendars = {key: firing_days(since, until, rng) for key in market.by_workshop}
    return _covered(planned, articles, calendars)


def _purchases(around: _Around, since: datetime, accounts: Sequence[Account]) -> list[Planned]:
    size, rng, until = len(around.market.by_workshop), around.rng, around.until
    recent = timedelta(days=RECENT_DAYS)
    times = [
        *moments(size * PURCHASES_OF_A_WORKSHOP, since, until - recent, around.facts, rng),
        *recent_moments(size * RECENT_OF_A_WORKSHOP, RECENT_DAYS, until, rng),
    ]
    around.first_recent = size * PURCHASES_OF_A_WORKSHOP
    around.fates = _fates(len(times), size * RECENT_OF_A_WORKSHOP)
    own = _places_of_accounts(len(times), accounts, around.buyers)
    found = (
        _planned(around, number, moment, own.get(number)) for number, moment in enumerate(times)
    )
    return [planned for planned in found if planned is not None]


def _places_of_accounts(
    count: int, accounts: Sequence[Account], buyers: Buyers
) -> dict[int, HistoricBuyer]:
    """Which purchases are those of the accounts to try: some all along, some of late."""
    places: dict[int, HistoricBuyer] = {}
    for offset, account in enumerate(accounts):
        buyer = buyers.named(account.name, account.email, account.language)
        numbers = [count * (part + 1) // OF_AN_ACCOUNT - 1 for part in range(OF_AN_ACCOUNT)]
        for number in (*numbers, count - 4, count - 8, count - 13):
            places[number - offset] = buyer
    return places


def _fates(count: int, recent: int) -> dict[int, Fate]:
    """Of late: transfers not found yet, refunds that are owed, those a card's bank sent back."""
    return {
        **{count - 1 - last: (Outcome.ARRIVES, PaymentMethod.VIETQR) for last in range(JUST_NOW)},
        count - recent // 4: (Outcome.PAID_AFTER_CANCELLATION, PaymentMethod.VIETQR),
        count - recent // 3: (Outcome.PAID_AFTER_CANCELLATION, PaymentMethod.VIETQR),
        count - recent // 2: (Outcome.PAID_AFTER_CANCELLATION, PaymentMethod.STRIPE),
        count - 2 * recent // 3: (Outcome.PAID_AFTER_CANCELLATION, PaymentMethod.STRIPE),
    }


def _planned(
    around: _Around, number: int, moment: datetime, buyer: HistoricBuyer | None
) -> Planned | None:
    who, fate = buyer or around.buyers.next(), around.fates.get(number)
    unsold = fate[0] in ENDS_UNSOLD if fate else around.rng.random() < UNSOLD
    parcels = _parcels(around, who, moment, around.turn(number), unique=unsold)
    if not parcels:
        return None
    drawn = method_for(who, sum(parcel.total for parcel in parcels), around.rng)
    purchase = Purchase(
        number=number,
        is_recent=around.may_be_open(moment),
        at=moment,
        buyer=who,
        note=around.buyers.note(who.language),
        parcels=tuple(parcels),
        method=fate[1] if fate else drawn,
    )
    outcome = fate[0] if fate else _outcome(around, purchase, unsold)
    steps = course_of(purchase, outcome, around.settings, around.rng)
    return Planned(purchase, tuple(step for step in steps if step.at <= around.until))


def _outcome(around: _Around, purchase: Purchase, unsold: bool) -> Outcome:
    outcomes, weights = OUTCOMES[purchase.method]
    pairs = [
        (outcome, weight)
        for outcome, weight in zip(outcomes, weights, strict=True)
        if (outcome in ENDS_UNSOLD) is unsold
    ]
    [outcome] = around.rng.choices([o for o, _ in pairs], [w for _, w in pairs])
    return outcome


def _parcels(
    around: _Around, buyer: HistoricBuyer, moment: datetime, turn: int | None, *, unique: bool
) -> list[Parcel]:
    """One parcel a workshop; other pieces are tried where nobody carries the first."""
    day, found = day_of(moment), []
    for workshop_id in around.market.workshops(turn):
        for _ in range(TRIES):
            lines = _lines(around, workshop_id, moment, unique=unique)
            parcel = parcel_for(buyer, workshop_id, lines, around.rates_on(day), around.rng)
            if parcel is not None:
                around.market.reserve(lines, may_be_open=_may_be_open(around, lines, moment))
                found.append(parcel)
                break
    return found


def _lines(around: _Around, workshop_id: int, moment: datetime, *, unique: bool) -> list[Line]:
    """What can be had at that moment and, should it still be open at the end, left over then."""
    chosen = around.market.lines(workshop_id, day_of(moment), unique=unique)
    may_be_open = _may_be_open(around, chosen, moment)
    lines = [line for line in chosen if _is_there(line, moment, may_be_open=may_be_open)]
    if may_be_open:
        lines = [around.market.cut(line) for line in lines]
    return [line for line in lines if line.quantity]


def _may_be_open(around: _Around, lines: Sequence[Line], moment: datetime) -> bool:
    lead_days = max((line.article.lead_days for line in lines), default=0)
    return around.may_be_open(moment, lead_days)


def _is_there(line: Line, moment: datetime, *, may_be_open: bool) -> bool:
    """What there is one of, or what may be held to the end, must have been fired by then."""
    article = line.article
    if not article.holds_stock or not (article.is_unique or may_be_open):
        return True
    return article.shelf_since is not None and article.shelf_since <= moment


def _covered(
    planned: Sequence[Planned],
    articles: Sequence[Article],
    calendars: dict[int, list[datetime]],
) -> Plan:
    """The firings that bring what is sold; purchases of what none can bring are left out."""
    kept = list(planned)
    counted = [article for article in articles if article.holds_stock]
    while True:
        firings = {
            article: _batches_of(article, kept, calendars[article.workshop_id])
            for article in counted
        }
        missing = [article for article, found in firings.items() if found is None]
        if not missing:
            found = {article.variant_id: some or [] for article, some in firings.items()}
            return Plan(tuple(kept), found)
        for article in missing:
            kept = _without_last_unsold(article, kept)


def _batches_of(
    article: Article, planned: Sequence[Planned], calendar: Sequence[datetime]
) -> list[Batch] | None:
    claims, sold = [], 0
    for one, parcel, quantity in _takers(article, planned):
        claims += [Claim(claim.at, claim.pieces * quantity) for claim in one.claims()]
        sold += quantity if one.sells(parcel) else 0
    try:
        return batches(
            calendar, claims, sold=sold, shelf=article.shelf, shelf_since=article.shelf_since
        )
    except NotCovered:
        return None


def _takers(article: Article, planned: Sequence[Planned]) -> list[tuple[Planned, Parcel, int]]:
    return [
        (one, parcel, line.quantity)
        for one in planned
        for parcel in one.purchase.parcels
        if parcel.workshop_id == article.workshop_id
        for line in parcel.lines
        if line.article.variant_id == article.variant_id
    ]


def _without_last_unsold(article: Article, planned: Sequence[Planned]) -> list[Planned]:
    """Without the latest purchase that holds pieces of the article and takes none away."""
    unsold = [one for one, parcel, _ in _takers(article, planned) if not one.sells(parcel)]
    return [one for one in planned if not unsold or one is not unsold[-1]]
