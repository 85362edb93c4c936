"""A way round the village: from one workshop to the next that is nearest, over the drawn map.

The map is schematic (templates/workshops/map.html), 800 by 1000 units with north above, and so
are distances and bearings here: good for an order to walk in, not for metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

ACROSS, DOWN = 8, 10
"""Units of the drawing for one of a workshop's map_x and map_y, which are hundredths."""


class Start(StrEnum):
    """Where the walk may begin: landmarks of the map that buses, cars and boats come to."""

    MARKET = "market"
    MUSEUM = "museum"
    LANDING = "landing"


STARTS: dict[Start, tuple[float, float]] = {
    Start.MARKET: (456.0, 412.0),
    Start.MUSEUM: (500.0, 606.0),
    Start.LANDING: (62.0, 560.0),
}


class Bearing(StrEnum):
    """In steps of 45 degrees, clockwise from the north."""

    NORTH = "n"
    NORTH_EAST = "ne"
    EAST = "e"
    SOUTH_EAST = "se"
    SOUTH = "s"
    SOUTH_WEST = "sw"
    WEST = "w"
    NORTH_WEST = "nw"


@dataclass(frozen=True, slots=True)
class Leg:
    """On to the stop of this slug, at x and y of the drawing, in the direction of `bearing`."""

    slug: str
    x: float
    y: float
    bearing: Bearing


def in_drawing(map_x: int, map_y: int) -> tuple[float, float]:
    return float(map_x * ACROSS), float(map_y * DOWN)


def bearing(start: tuple[float, float], end: tuple[float, float]) -> Bearing:
    east, north = end[0] - start[0], start[1] - end[1]
    steps = round(math.degrees(math.atan2(east, north)) / 45)
    return list(Bearing)[steps % 8]


def way_round(start: tuple[float, float], stops: Iterable[tuple[str, float, float]]) -> list[Leg]:
    """Always on to the nearest left (slug, x, y); of two equally near, to the first by its slug."""
    left, here, legs = list(stops), start, []
    while left:
        nearest = min(left, key=lambda stop: (math.dist(here, stop[1:]), stop[0]))
        left.remove(nearest)
        slug, x, y = nearest
        legs.append(Leg(slug, x, y, bearing(here, (x, y))))
        here = (x, y)
    return legs
