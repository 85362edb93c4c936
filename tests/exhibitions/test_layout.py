"""Signs on a picture: each where its note points, and none over another."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from shop.exhibitions.layout import HEIGHT_TO_WIDTH, WIDTH_OF_A_SIGN, apart

Places = list[tuple[float, float]]


def on_screen(places: Places) -> Places:
    """In parts of the width, as far apart as they are seen."""
    return [(x, y * HEIGHT_TO_WIDTH) for x, y in places]


def test_signs_with_room_between_them_stay_where_they_point() -> None:
    places = [(0.2, 0.3), (0.5, 0.3), (0.5, 0.6)]
    for moved, place in zip(apart(places), places, strict=True):
        assert moved == pytest.approx(place)
    assert apart([]) == []


@pytest.mark.parametrize(
    "places",
    [
        [(0.5, 0.5), (0.5, 0.5)],
        [(0.5, 0.5), (0.52, 0.5), (0.51, 0.52)],
        [(0.99, 0.99), (0.98, 0.99)],
        [(0.5, 0.4), (0.5, 0.41), (0.5, 0.42), (0.5, 0.43)],
    ],
)
def test_signs_that_would_cover_each_other_give_way(places: Places) -> None:
    moved = on_screen(apart(places))
    assert min(dist(a, b) for a, b in combinations(moved, 2)) >= WIDTH_OF_A_SIGN
    edge = WIDTH_OF_A_SIGN / 2
    assert all(edge <= x <= 1 - edge and edge <= y <= HEIGHT_TO_WIDTH - edge for x, y in moved)
    far = max(dist(a, b) for a, b in zip(on_screen(places), moved, strict=True))
    assert far < 2.5 * WIDTH_OF_A_SIGN, "still close to what they point at"
