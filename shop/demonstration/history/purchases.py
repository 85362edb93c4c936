"""One purchase as it is planned: what of which workshops, how it travels, how it is paid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from shop.checkout.forms import GIFTS
from shop.checkout.queries import zone_of
from shop.core.clock import HANOI
from shop.demonstration.history.buyers import HistoricBuyer
from shop.demonstration.history.facts import Facts
from shop.demonstration.history.goods import Article
from shop.demonstration.history.seasons import season_of
from shop.payments.models import PaymentMethod
from shop.payments.stripe_gateway import charge_limits
from shop.shipping.models import DeliveryKind, Zone
from shop.shipping.quotes import DeliveryOption, RateBook, delivery_options

WORKSHOPS_IN_A_BASKET = ((1, 2, 3), (70, 23, 7))
ARTICLES_OF_A_WORKSHOP = ((1, 2, 3), (66, 25, 9))
# Cheap things go in numbers; dearer than the last limit one at a time. In đồng.
QUANTITIES = ((60_000, (10, 20, 30, 40)), (100_000, (2, 4, 6, 10)), (500_000, (1, 1, 2, 2, 3)))
# Sales of a piece against its price: a tenfold price sells about a third as often.
USUAL_PRICE = 300_000
COLLECTS = 0.12
TAKES_THE_CHEAPEST = 0.75
GIVES_EVERY, LED_EVERY = 7, 6
# Above this a buyer at home transfers the money rather than have it ready at the door.
MOST_IN_CASH = 5_000_000
AT_HOME = ((PaymentMethod.CASH, PaymentMethod.VIETQR, PaymentMethod.STRIPE), (38, 44, 18))
FROM_ABROAD = ((PaymentMethod.STRIPE, PaymentMethod.VIETQR), (88, 12))


@dataclass(frozen=True, slots=True)
class Line:
    article: Article
    quantity: int


@dataclass(frozen=True, slots=True)
class Parcel:
    workshop_id: int
    lines: tuple[Line, ...]
    option: DeliveryOption

    @property
    def workshop_slug(self) -> str:
        return self.lines[0].article.workshop_slug

    @property
    def total(self) -> int:
        return self.option.price + sum(line.article.price * line.quantity for line in self.lines)

    @property
    def is_collected(self) -> bool:
        return self.option.kind is DeliveryKind.COLLECTION

    @property
    def lead_days(self) -> int:
        return max(line.article.lead_days for line in self.lines)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A basket that is about to be paid for; `number` is its place in the two years.

    `is_recent`: of the last days, so that it may still be waiting for somebody.
    """

    number: int
    is_recent: bool
    at: datetime
    buyer: HistoricBuyer
    note: str
    parcels: tuple[Parcel, ...]
    method: PaymentMethod

    @property
    def gift(self) -> int:
        """What some add for the craft fund, who do not pay in cash."""
        if self.method is PaymentMethod.CASH or self.number % GIVES_EVERY:
            return 0
        return GIFTS[self.number // GIVES_EVERY % len(GIFTS)]

    @property
    def total(self) -> int:
        return sum(parcel.total for parcel in self.parcels) + self.gift

    @property
    def comes_from_an_exhibition(self) -> bool:
        return self.number % LED_EVERY == 0


class Market:
    """The workshops' pieces and what draws buyers to each; `room` is what may still be open."""

    def __init__(self, articles: Sequence[Article], facts: Facts, rng: Random) -> None:
        self.facts = facts
        self.rng = rng
        self.by_workshop: dict[int, list[Article]] = {}
        for article in articles:
            self.by_workshop.setdefault(article.workshop_id, []).append(article)
        self.fame = {key: rng.uniform(0.7, 1.3) for key in self.by_workshop}
        self.liking = {article.variant_id: rng.lognormvariate(0, 0.5) for article in articles}
        self.room = {article.variant_id: article.shelf // 2 for article in articles}

    def workshops(self, turn: int | None) -> list[int]:
        """Which workshops a basket is filled at; with a `turn` they take turns at being first."""
        [count] = self.rng.choices(*WORKSHOPS_IN_A_BASKET)
        found = self.rng.choices(list(self.fame), list(self.fame.values()), k=count)
        if turn is not None:
            found[0] = list(self.fame)[turn % len(self.fame)]
        return list(dict.fromkeys(found))

    def lines(self, workshop_id: int, on: date, *, unique: bool) -> list[Line]:
        """Some of a workshop's pieces; `unique` lets those in of which there is one only."""
        articles = self.by_workshop[workshop_id]
        offered = [article for article in articles if unique or not article.is_unique]
        [count] = self.rng.choices(*ARTICLES_OF_A_WORKSHOP)
        weights = [self._appeal(article, on) for article in offered]
        chosen = self.rng.choices(offered, weights, k=count) if offered else []
        return [self._line(article) for article in dict.fromkeys(chosen)]

    def cut(self, line: Line) -> Line:
        """To what may be promised at the end without emptying the shelf."""
        if not line.article.holds_stock:
            return line
        return replace(line, quantity=min(line.quantity, self.room[line.article.variant_id]))

    def reserve(self, lines: Sequence[Line], *, may_be_open: bool) -> None:
        for line in lines if may_be_open else ():
            self.room[line.article.variant_id] -= line.quantity

    def _appeal(self, article: Article, on: date) -> float:
        price = math.sqrt(USUAL_PRICE / article.price)
        return price * self.liking[article.variant_id] * season_of(article.form, on, self.facts)

    def _line(self, article: Article) -> Line:
        choice = next((some for most, some in QUANTITIES if article.price <= most), (1,))
        return Line(article, self.rng.choice(choice) if article.holds_stock else 1)


def parcel_for(
    buyer: HistoricBuyer, workshop_id: int, lines: Sequence[Line], book: RateBook, rng: Random
) -> Parcel | None:
    """The workshop's part with a way it travels; None when nobody carries it that far."""
    zone = zone_of(buyer.address.country, buyer.address.province_code)
    if zone is None or not lines:
        return None
    pieces = [replace(line.article.parcel, quantity=line.quantity) for line in lines]
    option = _way(delivery_options(pieces, zone, book), zone, rng)
    return Parcel(workshop_id, tuple(lines), option) if option else None


def _way(options: Sequence[DeliveryOption], zone: Zone, rng: Random) -> DeliveryOption | None:
    carried = [option for option in options if option.kind is DeliveryKind.CARRIER]
    collected = [option for option in options if option.kind is DeliveryKind.COLLECTION]
    if zone is Zone.HA_NOI and (not carried or rng.random() < COLLECTS):
        return next(iter(collected), None)
    if not carried:
        return None
    return carried[0] if rng.random() < TAKES_THE_CHEAPEST else rng.choice(carried)


def method_for(buyer: HistoricBuyer, total: int, rng: Random) -> PaymentMethod:
    methods, weights = FROM_ABROAD if buyer.is_abroad else AT_HOME
    [method] = rng.choices(methods, weights)
    least, most = charge_limits()
    is_too_much = method is PaymentMethod.CASH and total > MOST_IN_CASH
    is_no_charge = method is PaymentMethod.STRIPE and not least <= total <= most
    return PaymentMethod.VIETQR if is_too_much or is_no_charge else method


def day_of(moment: datetime) -> date:
    return moment.astimezone(HANOI).date()
