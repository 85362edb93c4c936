"""The walk to the workshops that make what was kept: whom to find today, in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, lazy_gettext

from shop.exhibitions.shown import Artefact
from shop.visits.opening import Opening, opening_on
from shop.visits.queries.visits import Kept, workshops_of_products
from shop.visits.route import STARTS, Bearing, Start, in_drawing, way_round
from shop.workshops.queries import WorkshopRow, workshops_by_name

START_NAMES: dict[Start, LazyString] = {
    Start.MARKET: lazy_gettext("the pottery market"),
    Start.MUSEUM: lazy_gettext("the craft village museum"),
    Start.LANDING: lazy_gettext("the river landing"),
}
BEARING_NAMES: dict[Bearing, LazyString] = {
    Bearing.NORTH: lazy_gettext("north"),
    Bearing.NORTH_EAST: lazy_gettext("north-east"),
    Bearing.EAST: lazy_gettext("east"),
    Bearing.SOUTH_EAST: lazy_gettext("south-east"),
    Bearing.SOUTH: lazy_gettext("south"),
    Bearing.SOUTH_WEST: lazy_gettext("south-west"),
    Bearing.WEST: lazy_gettext("west"),
    Bearing.NORTH_WEST: lazy_gettext("north-west"),
}


@dataclass(frozen=True, slots=True)
class Visited:
    """A workshop, what was kept of its making, and whether it is open on the day."""

    workshop: WorkshopRow
    artefacts: tuple[Artefact, ...]
    opening: Opening


@dataclass(frozen=True, slots=True)
class Stop:
    """A call on the way: x and y in units of the drawing."""

    visited: Visited
    x: float
    y: float
    bearing: Bearing


@dataclass(frozen=True, slots=True)
class Walk:
    """`stops` in their order; `closed` are not called on that day, `unplaced` not on the map."""

    day: date
    start: Start
    stops: tuple[Stop, ...]
    closed: tuple[Visited, ...]
    unplaced: tuple[Visited, ...]
    without_workshop: tuple[Artefact, ...]

    @property
    def line(self) -> str:
        """The way as the points of an SVG polyline."""
        points = [STARTS[self.start], *((stop.x, stop.y) for stop in self.stops)]
        return " ".join(f"{x:g},{y:g}" for x, y in points)


def walk_to(objects: Iterable[Kept], start: str, day: date) -> Walk:
    """To the workshops of these objects that are open on the day, or may be."""
    begin = Start(start) if start in list(Start) else Start.MARKET
    artefacts = [each.place.exhibit.artefact for each in objects if each.place]
    by_workshop = _by_workshop(artefacts)
    known = [
        Visited(row, tuple(by_workshop[row.slug]), _opening(row, day))
        for row in (workshops_by_name() if by_workshop else [])
        if row.slug in by_workshop
    ]
    going = [each for each in known if each.opening is not Opening.CLOSED]
    placed = {each.workshop.slug: each for each in going if _place(each) is not None}
    return Walk(
        day,
        begin,
        tuple(_stops(begin, placed)),
        tuple(each for each in known if each.opening is Opening.CLOSED),
        tuple(each for each in going if each.workshop.slug not in placed),
        tuple(by_workshop.get("", ())),
    )


def _by_workshop(artefacts: list[Artefact]) -> dict[str, list[Artefact]]:
    """The artefacts by the slug of who makes them; under "" those nobody in the village does."""
    pieces = frozenset(a.product for a in artefacts if a.product and not a.workshop)
    makers = workshops_of_products(pieces)
    found: dict[str, list[Artefact]] = defaultdict(list)
    for artefact in artefacts:
        found[artefact.workshop or makers.get(artefact.product or "", "")].append(artefact)
    return found


def _opening(row: WorkshopRow, day: date) -> Opening:
    return opening_on(row.opening_vi, day.weekday())


def _place(visited: Visited) -> tuple[float, float] | None:
    x, y = visited.workshop.map_x, visited.workshop.map_y
    return None if x is None or y is None else in_drawing(x, y)


def _stops(start: Start, placed: dict[str, Visited]) -> Iterable[Stop]:
    points = [(slug, *place) for slug, each in placed.items() if (place := _place(each))]
    for leg in way_round(STARTS[start], points):
        yield Stop(placed[leg.slug], leg.x, leg.y, leg.bearing)
