"""The gallery's pages as a visitor meets them."""

from __future__ import annotations

from flask import Flask

from shop.core import clock
from shop.exhibitions.queries import published
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition
from tests.factories import make_model


def test_the_small_exhibition_is_whole(context: Flask) -> None:
    make_exhibition(model=make_model())
    (found,) = published(clock.now())
    assert found.tree.slug == EXHIBITION
    assert tuple(room.slug for room in found.tree.rooms) == ROOMS
    assert len(found.tree.rooms[0].sections) == 7
    assert len(found.tree.rooms[0].exhibits[0].details) == 2
