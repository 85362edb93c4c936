"""Four upright pictures for the face of a slab: orchid, lotus, chrysanthemum, plum."""

from __future__ import annotations

import itertools
import math

import numpy as np

from . import decoration as d
from . import flowers
from .brush import Slip, leaf, steady, swelling, tapered
from .decoration import Spot

MIDDLE = (0.0, 0.0)

# A standing rock, as shares of a panel's width and height, the farthest block first.
ROCKS = (
    ((-0.3, 0.3), (-0.26, 0.41), (-0.12, 0.45), (0.02, 0.43), (0.08, 0.33), (-0.06, 0.28)),
    ((-0.46, 0.02), (-0.44, 0.2), (-0.36, 0.33), (-0.2, 0.36), (-0.1, 0.26), (-0.12, 0.02)),
    ((-0.2, 0.02), (-0.16, 0.22), (-0.02, 0.3), (0.12, 0.25), (0.17, 0.12), (0.16, 0.02)),
    ((-0.38, 0.01), (-0.3, 0.1), (-0.14, 0.13), (0.0, 0.08), (0.04, 0.01)),
)


def _boulder(slip: Slip, outline: d.Line) -> None:
    """One block of a rock: angular, washed from its shaded side, hatched with the brush's edge."""
    size = float(np.ptp(outline[:, 0]))
    slip.wash(outline, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(outline, 0.5, at=MIDDLE, towards=(-0.9, 0.7), rim=0.5, smooth=False)
    for a, b in itertools.pairwise([*outline, outline[0]]):
        middle = (a + b) / 2 + slip.rng.normal(0, 0.035, 2) * size
        slip.stroke([a, middle, b], 0.05 * size, 1.6, at=MIDDLE, press=swelling)
    low, high = outline.min(0), outline.max(0)
    for _ in range(14):
        x = slip.rng.uniform(low[0] + 0.45 * size, high[0] - 0.12 * size)
        y = slip.rng.uniform(low[1] + 0.1 * (high[1] - low[1]), high[1] - 0.25 * (high[1] - low[1]))
        cut = d.turned(
            [(0, 0), (0.16 * size, 0.02 * size)], slip.rng.uniform(-1.5, -0.9), to=(x, y)
        )
        slip.stroke(cut, 0.05 * size, slip.rng.uniform(0.6, 1.3), at=MIDDLE, press=tapered)


def orchid_panel(slip: Slip) -> None:
    """Spring: orchids on a tall stone and at its foot, a butterfly above."""
    base = -slip.chart.length / 2
    wide = 2 * slip.chart.extent
    tall = slip.chart.length
    for block in ROCKS:
        _boulder(slip, np.array(block) * (wide, tall) + (0, base))
    flowers.orchid(
        slip, (-0.08 * wide, base + 0.42 * slip.chart.length), 0.36 * slip.chart.length, 11, 4
    )
    flowers.orchid(
        slip, (0.2 * wide, base + 0.03 * slip.chart.length), 0.24 * slip.chart.length, 8, 2
    )
    _butterfly(slip, (0.18 * wide, base + 0.9 * slip.chart.length), 0.13 * wide)


def _butterfly(slip: Slip, at: Spot, size: float) -> None:
    for side in (1, -1):
        for angle, reach in ((0.75, 1.4), (-0.45, 1.0)):
            wing = np.array([(0, 0), (0.5, 0.32), (1.0, 0.3), (1.05, -0.05), (0.5, -0.16)])
            shape = d.turned(wing * reach * size, angle, 1.0) * (side, 1)
            slip.wash(shape, 0.5, at=at, towards=(-side, 0))
            slip.stroke(np.concatenate([shape, shape[:1]]), 0.1 * size, 1.4, at=at, press=steady)
        feeler = [(0, 0.2 * size), (0.3 * side * size, 0.9 * size), (0.5 * side * size, size)]
        slip.stroke(feeler, 0.06 * size, 1.4, at=at, press=steady)
    slip.stroke([(0, -0.5 * size), (0, 0.35 * size)], 0.2 * size, 1.7, at=at)


def lotus_panel(slip: Slip) -> None:
    """Summer: lotus over water, a dragonfly above."""
    base, wide, tall = -slip.chart.length / 2, 2 * slip.chart.extent, slip.chart.length
    flowers.lotus_pond(slip, (0.0, base + 0.06 * tall), 0.84 * wide, 0.66 * tall)
    at = (-0.12 * wide, base + 0.88 * tall)
    slip.stroke([(0.16 * wide, -0.1 * wide), (0, 0)], 0.14, 1.6, at=at, press=tapered)
    for angle in (0.5, 0.95, 2.6, 3.05):
        wing = d.turned([(0, 0), (0.5, 0.06), (1, 0)], angle, 0.24 * wide)
        slip.stroke(wing, 0.3, 0.7, at=at, press=leaf)


def chrysanthemum_panel(slip: Slip) -> None:
    """Autumn: chrysanthemums at three heights against a fence."""
    base, wide, tall = -slip.chart.length / 2, 2 * slip.chart.extent, slip.chart.length
    for x in (-0.34, -0.12, 0.12, 0.34):
        post = [(x * wide, base + 0.02 * tall), ((x + 0.02) * wide, base + 0.3 * tall)]
        slip.stroke(post, 0.32, 0.7, at=MIDDLE, press=steady)
    for y in (0.1, 0.2):
        rail = [(-0.5 * wide, base + y * tall), (0.5 * wide, base + (y + 0.012) * tall)]
        slip.stroke(rail, 0.26, 0.75, at=MIDDLE, press=steady)
    heads = (
        (-0.12 * wide, 0.8 * tall, 0.44 * wide),
        (0.2 * wide, 0.6 * tall, 0.42 * wide),
        (-0.2 * wide, 0.42 * tall, 0.4 * wide),
        (0.26 * wide, 0.28 * tall, 0.3 * wide),
    )
    flowers.chrysanthemums(slip, (0.0, base + 0.02 * tall), heads)


def plum_panel(slip: Slip) -> None:
    """Winter: an old plum, the moon behind it."""
    base, wide, tall = -slip.chart.length / 2, 2 * slip.chart.extent, slip.chart.length
    moon = [
        (0.2 * wide + 0.2 * wide * math.cos(a), base + 0.84 * tall + 0.2 * wide * math.sin(a))
        for a in np.linspace(0, 6.4, 24)
    ]
    slip.wash(moon[:-1], 0.16, at=MIDDLE, rim=0.8)
    slip.stroke(moon, 0.08, 0.9, at=MIDDLE, press=steady)
    bough = [
        (-0.3, 0.0),
        (-0.02, 0.14),
        (-0.22, 0.3),
        (0.1, 0.46),
        (0.0, 0.6),
        (0.16, 0.74),
        (0.02, 0.92),
    ]
    line = np.array([(x * wide, base + y * tall) for x, y in bough])
    flowers.plum(slip, MIDDLE, line, 0.14 * wide, 0.25 * wide, ink="cobalt", flowers=17, twigs=9)
