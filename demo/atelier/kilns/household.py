"""The coal-fired box kiln and the gas shuttle kiln of the village's own yards.

The box kiln's size after vi.wikipedia “Gốm Bát Tràng”: about 5 m high, 0.9 m wide inside.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from ..forms import Masonry, Part, Slab, Sweep
from ..masonry import Bond, laid, plane
from ..studio import Place
from . import ware

THICK = Bond(1.2, 0.5, 0.55)
LINING = Bond(1.2, 0.5, 0.55, inset=0.56)
WIDE, DEEP, HIGH = 11.0, 11.0, 30.0
ROOF = plane((-WIDE / 2, -DEEP / 2, HIGH + 0.45), (WIDE, 0, 0), (0, DEEP, 0))
STACKS = [(x, y) for y in (-2.7, 0.05, 2.8) for x in (-2.6, 0.05, 2.7)]


def _open_front(spots: np.ndarray) -> np.ndarray:
    """All but a tall breach in the front and right walls, wider above."""
    x, y, z = spots.T
    front = (y < -DEEP / 2 + 1.3) & (x > -3.2) & (z > 5.4) & (z < 27.2)
    side = (x > WIDE / 2 - 1.3) & (y < 1.2) & (z > 5.4) & (z < 27.2)
    mouth = (y < 0) & (np.abs(x) < 1.7) & (z < 3.2)
    return ~(front | side | mouth)


def _walls() -> tuple[Part, ...]:
    a, b = WIDE / 2, DEEP / 2
    faces = (
        plane((-a, -b, 0), (WIDE, 0, 0), (0, 0, HIGH)),
        plane((a, -b, 0), (0, DEEP, 0), (0, 0, HIGH)),
        plane((a, b, 0), (-WIDE, 0, 0), (0, 0, HIGH)),
        plane((-a, b, 0), (0, -DEEP, 0), (0, 0, HIGH)),
    )
    outer = (Masonry(partial(laid, face, THICK, _open_front), "lo-gach") for face in faces)
    inner = (Masonry(partial(laid, face, LINING, _open_front), "lo-ruot") for face in faces)
    return (*outer, *inner)


def _straps() -> tuple[Part, ...]:
    """Iron bands round the block and angles up its corners: fired brick swells and would part."""
    a, b = WIDE / 2 + 0.12, DEEP / 2 + 0.12
    corners = [
        Slab((0.7, 0.7, HIGH), "sat", 0.08, (x * (a - 0.2), y * (b - 0.2), 0))
        for x in (-1, 1)
        for y in (-1, 1)
        if (x, y) != (1, -1)
    ]
    bands = []
    for z in (4.2, 28.0):
        bands += [Slab((2 * a, 0.18, 0.7), "sat", 0.04, (0, y * b, z)) for y in (-1, 1)]
        bands += [Slab((0.18, 2 * b, 0.7), "sat", 0.04, (x * a, 0, z)) for x in (-1, 1)]
    for z in (12.0, 20.0):
        bands += [Slab((2 * a, 0.18, 0.7), "sat", 0.04, (0, b, z))]
        bands += [Slab((0.18, 2 * b, 0.7), "sat", 0.04, (-a, 0, z))]
    return (*corners, *bands)


def box() -> tuple[Place, ...]:
    """Lò hộp at 1:17: a tall brick box, saggars stacked to its roof and coal cakes between."""
    grate = [Slab((8.6, 0.4, 0.4), "sat", 0.05, (0, y, 4.6)) for y in np.arange(-4, 4.1, 1)]
    roof = (
        Masonry(partial(laid, ROOF, Bond(1.2, 0.6, 0.5)), "lo-gach"),
        Slab((3.0, 3.0, 2.4), "lo-gach-cu", 0.15, (0, 0.6, HIGH)),
        Slab((1.9, 1.9, 0.2), "lo-toi", 0.05, (0, 0.6, HIGH + 2.3)),
    )
    parts = (*_walls(), *_straps(), *roof, *grate)
    stacks = [
        Place(
            ware.SAGGAR,
            at=(x, y, 5.05 + 1.27 * level),
            seed=level % 5,
            turn=29.0 * (level + number),
            scale=1.02,
        )
        for number, (x, y) in enumerate(STACKS)
        for level in range(12 if x > 2 and y < 0 else 17)
    ]
    return (Place(ware.base(24, 20)), Place(parts), *stacks, *_coal(), *_opened_stack())


def _coal() -> list[Place]:
    """Coal cakes on edge between the stacks and the walls, and a heap of them beside the kiln."""
    cakes = [
        Place(ware.COAL_CAKE, at=(x, y, 6.0 + 1.9 * k), tilt=90, turn=5.0 * (k % 3 - 1), seed=k % 3)
        for x, y in ((-1.3, -3.9), (1.4, -3.9), (4.0, -1.2), (4.0, 1.4))
        for k in range(11)
    ]
    heap = [
        Place(ware.COAL_CAKE, at=(8.6 + dx, -6 + dy, 0.5 * k), seed=k)
        for dx, dy, many in ((0, 0, 5), (2.0, 0.4, 4), (0.9, -1.8, 3), (0.4, 2.0, 4), (2.3, 2.4, 2))
        for k in range(many)
    ]
    return [*cakes, *heap]


def _opened_stack() -> list[Place]:
    """What the saggars hold: bowls and a vase standing on the ground before the kiln."""
    return [
        Place(ware.SAGGAR, at=(-8.4, -6.2, 0), seed=1),
        Place(ware.BOWL, at=(-8.4, -6.2, 0.5), seed=1),
        Place(ware.VASE, at=(-8.6, -2.6, 0), scale=0.9),
        Place(ware.SAGGAR, at=(-8.7, 1.6, 0), seed=2),
        Place(ware.SAGGAR, at=(-8.7, 1.6, 1.27), seed=3),
        Place(ware.LID, at=(-8.7, 1.6, 2.54)),
    ]


BODY, TALL, BACK = 20.0, 19.0, 22.0


def shuttle() -> tuple[Place, ...]:
    """Lò con thoi at about 1:12: steel lined with fibre, its loaded trolley half drawn out."""
    parts = (*_steel(), *_lining(), *_door(), *_burners(), *_rails())
    gas = [Place(ware.CYLINDER, at=(x, y, 0), scale=1.12) for x, y in ((18.6, 11.4), (18.8, 17.0))]
    return (Place(ware.base(46, 60)), Place(parts), *_trolley(-16.5), *gas)


def _steel() -> tuple[Part, ...]:
    """The shell: three sides and a roof of painted sheet, ribbed, with a short flue."""
    a, y, low = BODY / 2, 6.0, 2.6
    sheet = [
        *(Slab((0.5, BACK, TALL), "thep-son", 0.08, (x * (a + 1.9), y, low)) for x in (-1, 1)),
        Slab((BODY + 4.3, 0.5, TALL), "thep-son", 0.08, (0, y + BACK / 2, low)),
        Slab((BODY + 4.3, BACK, 0.5), "thep-son", 0.08, (0, y, low + TALL)),
    ]
    ribs = [
        Slab((0.8, 0.9, TALL + 0.6), "thep-son", 0.06, (x * (a + 2.4), y + d, low))
        for x in (-1, 1)
        for d in (-10.6, -3.5, 3.5, 10.6)
    ]
    beams = [
        Slab((0.8, BACK, 0.9), "thep-son", 0.06, (x * (a + 2.5), y, z))
        for x in (-1, 1)
        for z in (low, low + TALL - 0.3)
    ]
    legs = [
        Slab((1.1, 1.1, low), "thep-son", 0.05, (x * (a + 1.9), y + d, 0))
        for x in (-1, 1)
        for d in (-10, 10)
    ]
    flue = (
        Slab((6.4, 6.4, 2.2), "thep-son", 0.1, (0, y + 5, low + TALL + 0.4)),
        Slab((4.4, 4.4, 8.0), "thep", 0.1, (0, y + 5, low + TALL + 2.4)),
        Slab((3.6, 3.6, 0.3), "lo-toi", 0.1, (0, y + 5, low + TALL + 10.2)),
    )
    return (*sheet, *ribs, *beams, *legs, *flue)


def _lining() -> tuple[Part, ...]:
    """White ceramic fibre, thick on every side."""
    a, y, low = BODY / 2, 6.0, 2.6
    return (
        *(Slab((1.7, BACK, TALL - 0.2), "vai-gom", 0.2, (x * (a + 0.8), y, low)) for x in (-1, 1)),
        Slab((BODY, 1.7, TALL - 0.2), "vai-gom", 0.2, (0, y + BACK / 2 - 1.1, low)),
        Slab((BODY, BACK - 0.2, 1.7), "vai-gom", 0.2, (0, y, low + TALL - 1.8)),
    )


def _door() -> tuple[Part, ...]:
    """The door swung wide to the left, lined like the chamber."""
    a, low = BODY / 2, 2.6
    x, y, wide = -a - 2.6, -5 - BODY / 2 - 1.8, BODY + 3.6
    return (
        Slab((0.6, wide, TALL), "thep-son", 0.1, (x, y, low)),
        Slab((1.7, wide - 3.9, TALL - 2.2), "vai-gom", 0.25, (x + 1.1, y, low + 1)),
        *(
            Slab((0.5, wide, 0.8), "thep-son", 0.06, (x - 0.4, y, z))
            for z in (low + 0.6, low + 9, low + TALL - 1.6)
        ),
    )


def _burners() -> tuple[Part, ...]:
    """A gas main low on the right flank, four burners let into the wall from it."""
    x = BODY / 2 + 3.9
    main = Sweep(((x, -4, 3.6), (x, 6, 3.6), (x, 16, 3.6)), (0.42, 0.42), "ong-gas", texture=128)
    feed = Sweep(
        ((x, 15.8, 3.6), (x + 2, 15.6, 4.2), (18.7, 14.2, 12.6)),
        (0.42, 0.42),
        "ong-gas",
        texture=128,
    )
    burners = [
        part
        for y in (-2.6, 3.1, 8.8, 14.5)
        for part in (
            Sweep(
                ((x, y, 3.6), (x - 0.2, y, 5.0), (x - 1.8, y, 5.3)),
                (0.34, 0.34, 0.5),
                "thep",
                texture=96,
            ),
            Slab((0.5, 1.7, 1.7), "sat", 0.1, (x - 1.0, y, 4.4)),
        )
    ]
    return (main, feed, *burners)


def _rails() -> tuple[Part, ...]:
    rails = [Slab((0.5, 56, 0.6), "thep", 0.05, (x, -1.0, 0.15)) for x in (-6.2, 6.2)]
    ties = [Slab((17, 1.6, 0.3), "wood", 0.06, (0, y, 0)) for y in np.arange(-27, 26, 4.4)]
    return (*rails, *ties)


def _trolley(y: float) -> list[Place]:
    """The kiln's floor on wheels: fire brick on steel, three tiers of shelves and their ware."""
    deck = (
        Slab((17.6, 19.6, 0.9), "thep-son", 0.08, (0, 0, 1.5)),
        Masonry(
            partial(
                laid,
                plane((-8.8, -9.8, 4.1), (17.6, 0, 0), (0, 19.6, 0)),
                Bond(2.2, 1.1, 1.6, 0.06),
            ),
            "lo-gach-chiu-lua",
            uneven=0.4,
        ),
        *(Slab((0.5, 1.9, 1.9), "sat", 0.3, (x, d, 0.75)) for x in (-6.2, 6.2) for d in (-7, 7)),
    )
    found = [Place(deck, at=(0, y, 0))]
    for tier, z in enumerate((4.6, 9.5, 14.4)):
        shelf = (Slab((16.6, 18.4, 0.4), "lo-gach-chiu-lua", 0.06, (0, 0, 0)),)
        found.append(Place(shelf, at=(0, y, z - 0.4)))
        if tier < 2:
            posts = tuple(
                Slab((0.7, 0.7, 4.5), "lo-gach-chiu-lua", 0.05, (x, d, 0))
                for x in (-7.9, 0, 7.9)
                for d in (-8.8, 0, 8.8)
            )
            found.append(Place(posts, at=(0, y, z)))
        for row, d in enumerate((-7.0, -3.4, 0.2, 3.8, 7.2)):
            for k, x in enumerate((-6.0, -3.0, 0.1, 3.1, 6.1)):
                found.append(_piece(x, y + d, z, 7 * tier + 3 * row + k))
    return found


def _piece(x: float, y: float, z: float, number: int) -> Place:
    kind = (ware.VASE, ware.JAR, ware.VASE, ware.BOWL)[number % 4]
    scale = {id(ware.VASE): 0.92, id(ware.JAR): 1.25}.get(id(kind), 1.3)
    return Place(kind, at=(x, y, z), turn=37.0 * number, scale=scale, seed=number % 3)
