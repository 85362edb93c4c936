"""The three kilns of the wood-firing centuries, cut open where it helps.

Sizes after 123docz.net, which gives: frog kiln 7 m by 3-4 m, vault 2-2.7 m, door 1.2 by 1 m, three
chimneys of 3-3.5 m; plate kiln 9 by 2.5 by 2.6 m in ten bays, chimney 6.5 m, stoke holes of 0.2 m;
climbing kiln 13 m and 2 m of chimney at 12-15 degrees.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from ..forms import Lathe, Masonry, Part, Slab, Sweep
from ..masonry import Bond, Bricks, Keep, Wall, arch, dome, laid, moved, plane, vault
from ..studio import Place
from . import ware

RING = Bond(closed=True)
FLOOR = Bond(1.15, 0.6, 0.4, inset=-0.4)
ROW = Bond()


def shell(wall: Wall, bond: Bond, keep: Keep, inside: str = "lo-ruot") -> tuple[Part, ...]:
    """A wall two bricks thick: outside, the mortar between, and the smoked inside."""
    rows = {"uneven": bond.uneven}
    core = Bond(bond.length, bond.course, 0.06, -0.03, 0, bond.depth - 0.07, bond.closed)
    back = Bond(
        bond.length, bond.course, bond.depth, bond.joint, bond.worn, bond.depth, bond.closed
    )
    return (
        Masonry(partial(laid, wall, bond, keep), "lo-gach", **rows),
        Masonry(partial(laid, wall, core, keep), "lo-vua", uneven=0),
        Masonry(partial(laid, wall, back, keep), inside, **rows),
    )


def ring(half: float, upright: float, deep: float, at: tuple[float, float, float]) -> Part:
    """The arch of a doorway, its bricks on end."""
    bond = Bond(0.5, deep, 0.9, 0.05)
    return Masonry(partial(laid, arch(half + 0.85, upright, deep, at), bond, rows=1), "lo-gach-cu")


def chimney(
    half: float, high: float, at: tuple[float, float, float], narrow: float = 0.8
) -> tuple[Part, ...]:
    """A square stack, a little narrower above, its mouth dark."""
    bond = Bond(0.9, 0.42, 0.45)

    def sides() -> Bricks:
        return Bricks.joined([laid(_flank(half, high, at, narrow, k), bond) for k in range(4)])

    inside = 2 * (half * narrow - 0.4)
    dark = Slab((inside, inside, high - 0.5), "lo-toi", 0.1, at)
    return Masonry(sides, "lo-gach-cu"), dark


def _flank(
    half: float, high: float, at: tuple[float, float, float], narrow: float, side: int
) -> Wall:
    """One side of a stack, its width and distance shrinking to ``narrow`` at the top."""
    c, s = math.cos(side * math.pi / 2), math.sin(side * math.pi / 2)

    def wall(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        reach = half * (1 + (narrow - 1) * v)
        x, y = reach * (2 * u - 1), -reach
        return np.stack([c * x - s * y, s * x + c * y, high * v], -1) + np.array(at)

    return wall


def frog() -> tuple[Place, ...]:
    """Lò ếch at 1:20: one low egg-shaped chamber, its mouth towards -y, three chimneys behind."""

    def keep(spots: np.ndarray) -> np.ndarray:
        x, y, z = spots.T
        mouth = (np.abs(x) < 3.0) & (y < -8) & (z < 4.6)
        opened = (x > -0.6) & (y > -9.5) & (y < 9.5) & (z > 1.3) & (x + 0.5 * z > 2.2)
        return ~mouth & ~opened

    throat = vault(3.4, 5.2, 6.0, 2.2)
    parts = (
        *shell(dome((9.4, 17.0), 11.6, 2.5, 0.2), RING, keep),
        *shell(moved(throat, (0, -17.2, 0)), ROW, lambda spots: spots[:, 1] < -14.0),
        ring(2.7, 2.2, 1.0, (0, -20.1, 0)),
        Masonry(
            partial(laid, plane((-9, -16, 0.06), (18, 0, 0), (0, 32, 0)), FLOOR, _under_dome),
            "lo-ruot",
        ),
        *(part for x in (-4.4, 0, 4.4) for part in chimney(1.25, 17, (x, 16.6 - abs(x) / 5, 0))),
    )
    stands = [
        Place(ware.JAR, at=(x, y, 0.5), turn=31 * k, seed=k % 4)
        for k, (x, y) in enumerate((a, b) for b in range(-8, 11, 3) for a in (-5.2, -2.6, 0.0))
    ]
    bowls = [
        Place(ware.BOWL, at=(x, y, 0.5 + 0.34 * k), seed=k % 3)
        for x, y in ((3.2, -6.0), (3.4, -2.6), (3.4, 1.0), (3.3, 4.6), (3.1, 7.8), (5.8, 2.6))
        for k in range(5)
    ]
    logs = [Place(_log(6.0), at=(x, -22.6, z), turn=88 + 4 * x) for x, z in LOGS]
    return (Place(ware.base(27, 50)), Place(parts), *stands, *bowls, *logs)


def _under_dome(spots: np.ndarray) -> np.ndarray:
    return (spots[:, 0] / 8.4) ** 2 + (spots[:, 1] / 16) ** 2 < 1


LOGS = ((5.4, 0.5), (6.6, 0.5), (7.8, 0.5), (6.0, 1.45), (7.2, 1.45), (6.6, 2.4))


def _log(long: float) -> tuple[Part, ...]:
    return (
        Sweep(
            ((0, -long / 2, 0), (0, 0.1, 0.05), (0, long / 2, 0)),
            (0.55, 0.5, 0.5),
            "bark",
            texture=128,
        ),
    )


BAYS = 10


def plate() -> tuple[Place, ...]:
    """Lò đàn at 1:25: ten bays in line, stoke holes in the flanks, smoke chamber and chimney."""
    long, half, high, upright = 36.0, 5.9, 11.0, 4.6

    def keep(spots: np.ndarray) -> np.ndarray:
        x, y, z = spots.T
        return ~((x > 0.4) & (y > -10.6) & (y < 7.4) & (z > 1.3) & (x + 0.6 * z > 5.0))

    def gable(spots: np.ndarray) -> np.ndarray:
        x, _, z = spots.T
        rise = upright + (high - upright) * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))
        return (z < rise - 0.1) & ~((np.abs(x) < 2.0) & (z < 4.2))

    pillars = [
        part
        for k in range(1, BAYS)
        for x in (-2.2, 2.2)
        for part in chimney(0.55, 6.4 if k % 2 else 5.6, (x, -long / 2 + k * long / BAYS, 0), 1.0)[
            :1
        ]
    ]
    parts = (
        *shell(vault(half, high, long, upright), ROW, keep),
        Masonry(
            partial(
                laid,
                plane((-half, -18.0, 0), (2 * half, 0, 0), (0, 0, high)),
                Bond(depth=1.0),
                gable,
            ),
            "lo-gach",
        ),
        ring(1.7, 2.4, 1.3, (0, -18.5, 0)),
        Masonry(
            partial(laid, plane((-5.3, -17.4, 0.06), (10.6, 0, 0), (0, 34.8, 0)), FLOOR), "lo-ruot"
        ),
        *shell(moved(dome((5.9, 4.2), 9.0, 3.2), (0, 19.2, 0)), RING, lambda s: s[:, 1] > 18.2),
        *chimney(2.1, 26, (0, 24.4, 0), 0.72),
        *pillars,
    )
    holes = [
        Place(_hole(0.55), at=(half - 0.15, -long / 2 + (k + 0.5) * long / BAYS, 3.4), turn=90)
        for k in (1, 7, 8)
    ]
    stacks = [
        Place(
            ware.SAGGAR if level < 3 else ware.LID,
            at=(x, y, 0.45 + 1.25 * level),
            seed=level,
            turn=17 * level,
        )
        for y in np.arange(-9.3, 8, 3.6)
        for x in (-4.0, 0.0, 3.7)
        for level in range(4)
    ]
    jars = [Place(ware.JAR, at=(x, y, 4.5), seed=2) for x in (-4.0, 0.0) for y in (-5.7, 1.5, 5.1)]
    return (Place(ware.base(20, 52)), Place(parts), *holes, *stacks, *jars)


def _hole(radius: float) -> tuple[Part, ...]:
    """A stoke hole in a flank: a dark mouth in a clay collar, facing -y."""
    rim = Lathe(
        ((radius + 0.3, 0), (radius + 0.25, 0.3), (radius, 0.35)),
        "lo-vua",
        wall=0.2,
        bare_foot=0,
        texture=64,
        around=40,
    )
    dark = Lathe(
        ((radius, 0), (radius, 0.12), (0, 0.12)),
        "lo-toi",
        wall=0,
        bare_foot=0,
        texture=32,
        around=40,
    )
    return rim, dark


CHAMBERS, STEP, PITCH = 5, 7.4, math.radians(13)


def climbing() -> tuple[Place, ...]:
    """Lò bầu at 1:36: five humps up a slope of 13 degrees, two of them opened, firebox below."""
    rise = STEP * math.tan(PITCH)
    front = -STEP * (CHAMBERS - 1) / 2
    parts: list[Part] = []
    stands: list[Place] = []
    for k in range(CHAMBERS):
        y, z = front + k * STEP, 2.4 + rise * k
        parts += _bank(y, z, STEP)
        opened = k in (1, 3)
        keep = partial(_hump, y, z, opened)
        parts += shell(moved(dome((6.2, 4.5), 7.4, 2.7), (0, y, z)), SMALL, keep)
        parts += [_floor_of(y, z)]
        if opened:
            stands += _loaded(y, z + 0.3)
    parts += _bank(front - STEP * 0.86, 1.3, STEP * 0.74)
    parts += shell(
        moved(dome((4.6, 3.2), 4.6, 2.6), (0, front - STEP * 0.86, 1.3)),
        SMALL,
        partial(_firebox, front - STEP * 0.86),
    )
    parts += [ring(1.1, 1.0, 0.8, (0, front - STEP * 0.86 - 3.05, 1.3))]
    top = front + CHAMBERS * STEP - 0.6
    parts += _bank(top, 2.4 + rise * CHAMBERS - 1.0, 4.0)
    parts += chimney(1.7, 13.5, (0, top, 2.4 + rise * CHAMBERS - 1.2), 0.75)
    return (Place(ware.base(19, 50)), Place(tuple(parts)), *stands)


SMALL = Bond(0.86, 0.36, 0.42, 0.04, 0.04, closed=True)


def _hump(y: float, z: float, opened: bool, spots: np.ndarray) -> np.ndarray:
    """A chamber's bricks but for its door on the right, or its whole right side where opened."""
    across, along, up = spots[:, 0], spots[:, 1] - y, spots[:, 2] - z
    door = (across > 4.0) & (np.abs(along) < 1.25) & (up < 3.2 - 0.5 * along**2)
    side = (across > -0.4) & (np.abs(along) < 3.0) & (up > 0.5) & (across + 0.6 * up > 3.0)
    return ~side if opened else ~door


def _firebox(y: float, spots: np.ndarray) -> np.ndarray:
    return ~((np.abs(spots[:, 0]) < 1.3) & (spots[:, 1] < y - 1) & (spots[:, 2] < 1.3 + 2.2))


def _bank(y: float, high: float, deep: float) -> list[Part]:
    """A step of the bank a chamber stands on, faced with brick."""
    half = 7.0
    low, bond = y - deep / 2, Bond(0.95, 0.4, 0.5)
    faces = (
        plane((-half, low, 0), (2 * half, 0, 0), (0, 0, high)),
        plane((half, low, 0), (0, deep, 0), (0, 0, high)),
        plane((half, low + deep, 0), (-2 * half, 0, 0), (0, 0, high)),
        plane((-half, low + deep, 0), (0, -deep, 0), (0, 0, high)),
    )
    fill = Slab((2 * half - 0.3, deep - 0.1, high), "lo-vua", 0.08, (0, y, 0))
    return [*(Masonry(partial(laid, face, bond), "lo-gach-cu") for face in faces), fill]


def _floor_of(y: float, z: float) -> Part:
    return Slab((10.6, 7.0, 0.3), "lo-ruot", 0.1, (0, y, z))


def _loaded(y: float, z: float) -> list[Place]:
    """Saggars stacked in an opened chamber, jars on the lowest stacks."""
    found = []
    for number, (x, along) in enumerate(
        (x, along) for x in (-2.9, -0.7, 1.5, 3.6) for along in (-1.5, 0.8)
    ):
        tall = (2, 4, 3, 1)[number // 2]
        spot = (x, y + along)
        found += [
            Place(
                ware.SAGGAR, at=(*spot, z + 1.12 * level), turn=40 * number, scale=0.9, seed=level
            )
            for level in range(tall)
        ]
        above = ware.LID if number % 3 else ware.JAR
        found.append(Place(above, at=(*spot, z + 1.12 * tall), scale=0.9, seed=number % 2))
    return found
