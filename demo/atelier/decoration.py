"""Decoration: what the painter, the carver and the modeller put on a surface before glazing.

Each function takes its measures in cm and returns a ``Decor`` that works on a slip. Heights are
above the ground, as in the profile.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .brush import Points, Slip, leaf, steady, swelling, tapered
from .chart import noise, ramp
from .forms import Decor

Spot = tuple[float, float]
Line = NDArray[np.float64]


def turned(points: Points, angle: float, scale: float = 1.0, to: Spot = (0, 0)) -> Line:
    """Points turned by ``angle`` radians, scaled and moved."""
    c, s = math.cos(angle), math.sin(angle)
    return np.asarray(points, float) * scale @ np.array([[c, s], [-s, c]]) + to


def _petal_sides(length: float, width: float, point: float = 1.0) -> tuple[Line, Line]:
    """The two sides of a petal growing along +x from (0, 0); ``point`` sharpens its tip."""
    t = np.linspace(0, 1, 9)
    half = 0.5 * width * np.sin(np.pi * t**0.8) ** (0.72 + 0.2 * point)
    half = half * (1 - 0.15 * point * t)
    return np.stack([length * t, half], 1), np.stack([length * t, -half], 1)


def petal(
    slip: Slip,
    at: Spot,
    foot: Spot,
    angle: float,
    length: float,
    width: float,
    *,
    pen: float = 0.07,
    wash: float = 0.5,
    veins: int = 3,
    point: float = 1.0,
    tone: float = 1.55,
) -> None:
    """A petal: wiped clear, washed from its foot, outlined in two breaths, veined."""
    jitter = slip.rng.normal(0, 0.04, 2)
    length, width = length * (1 + jitter[0]), width * (1 + jitter[1])
    one, two = (turned(side, angle, to=foot) for side in _petal_sides(length, width, point))
    outline = np.concatenate([one, two[::-1][1:-1]])
    slip.wash(outline, 0.95, at=at, how="wipe", rim=0, soft=0.01)
    slip.wash(outline, wash, at=at, towards=(math.cos(angle), math.sin(angle)))
    for side in (one, two):
        slip.stroke(side, pen * slip.rng.uniform(0.85, 1.25), tone, at=at, press=swelling)
    for k in range(veins):
        spread = (k - (veins - 1) / 2) / max(veins, 1) * 0.55 * width
        vein = [
            (0.12 * length, 0.3 * spread),
            (0.45 * length, spread),
            (0.74 * length, 0.8 * spread),
        ]
        slip.stroke(turned(vein, angle, to=foot), 0.45 * pen, 1.0, at=at, press=tapered)


def lotus(slip: Slip, at: Spot, middle: Spot, size: float, tilt: float = 0.0) -> None:
    """An open lotus seen from the side, ``size`` cm across, about ``middle``."""
    pen = 0.026 * size + 0.035
    base = np.array(middle) + turned([(0, -0.16 * size)], tilt)[0]
    rows = [
        (7, 1.25, 0.55, 0.22, 0.35),
        (6, 0.85, 0.53, 0.24, 0.62),
        (5, 1.05, 0.40, 0.22, 0.42),
    ]
    for count, fan, reach, broad, wash in rows:
        order = sorted(range(count), key=lambda k: -abs(k - (count - 1) / 2))
        for k in order:
            lean = (k - (count - 1) / 2) / ((count - 1) / 2) * fan
            angle = math.pi / 2 + tilt - lean
            long = reach * size * (1 - 0.12 * abs(lean))
            petal(slip, at, tuple(base), angle, long, broad * size, pen=pen, wash=wash)
    for lean in (-1.85, 1.85, -2.35, 2.35):
        angle = math.pi / 2 + tilt - lean
        petal(slip, at, tuple(base), angle, 0.33 * size, 0.15 * size, pen=pen, wash=0.7, veins=1)


def bud(slip: Slip, at: Spot, foot: Spot, angle: float, size: float) -> None:
    """A closed lotus bud."""
    for lean in (-0.3, 0.3, 0.0):
        petal(slip, at, foot, angle + lean, size, 0.48 * size, pen=0.05 * size + 0.02, veins=2)


def scroll_leaf(
    slip: Slip, at: Spot, foot: Spot, angle: float, size: float, bend: float = 1.0
) -> None:
    """A pointed, curling leaf with a dark half and a pale half."""
    spine = np.array([(0, 0), (0.35, 0.10 * bend), (0.72, 0.06 * bend), (1.0, -0.16 * bend)])
    above = np.array([(0, 0), (0.22, 0.27), (0.5, 0.30), (0.78, 0.16), (1.0, -0.16 * bend)])
    below = np.array([(0, 0), (0.25, -0.16), (0.55, -0.2), (0.82, -0.17), (1.0, -0.16 * bend)])
    if bend < 0:
        above, below = below * (1, -1), above * (1, -1)
        above, below = -below * (-1, 1), -above * (-1, 1)
    one, two, middle = (turned(p, angle, size, foot) for p in (above, below, spine))
    slip.wash(np.concatenate([one, two[::-1][1:-1]]), 0.42, at=at, rim=0.8)
    slip.wash(np.concatenate([one, middle[::-1][1:-1]]), 0.45, at=at, rim=0.6)
    pen = 0.05 * size + 0.05
    for line in (one, two):
        slip.stroke(line, pen, 1.5, at=at, press=swelling)
    slip.stroke(middle, 0.7 * pen, 1.3, at=at, press=tapered)
    for t in (0.25, 0.45, 0.65):
        root = middle[int(t * 3)] * 0.4 + middle[min(3, int(t * 3) + 1)] * 0.6
        tip = root + turned([(0.12, 0.11)], angle, size)[0]
        slip.stroke([tuple(root), tuple(tip)], 0.5 * pen, 1.0, at=at, press=tapered)


def comma_leaf(slip: Slip, at: Spot, foot: Spot, angle: float, size: float, bend: float) -> None:
    """A leaf in one loaded stroke, as on quickly painted bowls."""
    path = turned(
        [(0, 0), (0.4, 0.14 * bend), (0.8, 0.1 * bend), (1, -0.08 * bend)], angle, size, foot
    )
    slip.stroke(path, 0.3 * size, slip.rng.uniform(0.7, 1.5), at=at, press=leaf)


def tendril(slip: Slip, at: Spot, foot: Spot, angle: float, size: float, bend: float) -> None:
    """A thin curl ending in a heavier dot."""
    t = np.linspace(0, 1, 12)
    turn = bend * 4.2 * t**1.5
    steps = np.stack([np.cos(turn), np.sin(turn)], 1) * (1 - 0.62 * t)[:, None] / 9
    path = turned(np.cumsum(steps, 0), angle, size, foot)
    slip.stroke(path, 0.05 * size + 0.05, 1.35, at=at, press=steady)


def band(z: float, width: float = 0.12, density: float = 1.5) -> Decor:
    """A line right round, drawn on the turning wheel: nearly level, heavier where it joins."""

    def paint(slip: Slip) -> None:
        ring(slip, slip.chart.row_of(z), width, density)

    return paint


def ring(slip: Slip, s: float, width: float, density: float) -> None:
    around = slip.chart.around(s)
    start = slip.rng.uniform(0, 1)
    drift = slip.rng.normal(0, 0.02, 9).cumsum() * 0.4
    line = [(around * (k / 8 - 0.5), drift[k]) for k in range(9)]
    slip.stroke(line, width, density, at=(start, s), press=steady, wobble=0.5)


def bands(*heights: tuple[float, float]) -> Decor:
    """Several lines, each (height, width)."""

    def paint(slip: Slip) -> None:
        for z, width in heights:
            band(z, width)(slip)

    return paint


def broad_band(low: float, high: float, density: float = 1.1) -> Decor:
    """A band washed full, streaked by the turning of the wheel."""

    def paint(slip: Slip) -> None:
        first, last = slip.chart.row_of(low), slip.chart.row_of(high)
        many = max(2, round((last - first) / 0.35))
        for k in range(many):
            s = first + (k + 0.5) * (last - first) / many
            ring(slip, s, 1.25 * (last - first) / many, density * slip.rng.uniform(0.75, 1.15))

    return paint


def lappets(low: float, high: float, count: int, kind: str = "plantain") -> Decor:
    """A row of upright (or hanging, if ``low`` > ``high``) panels: plantain, lotus or gadroon."""

    def paint(slip: Slip) -> None:
        start, end = slip.chart.row_of(low), slip.chart.row_of(high)
        for k in range(count):
            at = ((k + 0.5) / count, start)
            wide = slip.chart.around(start) / count
            _panel(slip, at, end - start, wide * 0.98, kind)

    return paint


def _panel(slip: Slip, at: Spot, tall: float, wide: float, kind: str) -> None:
    h = wide / 2
    pen = min(0.2 + 0.004 * abs(tall), 0.07 * wide + 0.035)
    if kind == "plantain":
        side = [(h * 0.92, 0), (h * 0.8, 0.35 * tall), (h * 0.45, 0.72 * tall), (0, tall)]
        core = [
            (h * 0.42, 0.04 * tall),
            (h * 0.36, 0.35 * tall),
            (h * 0.16, 0.66 * tall),
            (0, 0.82 * tall),
        ]
    else:
        side = [(h * 0.9, 0), (h * 0.92, 0.5 * tall), (h * 0.55, 0.86 * tall), (0, tall)]
        core = [
            (h * 0.5, 0.05 * tall),
            (h * 0.52, 0.45 * tall),
            (h * 0.3, 0.68 * tall),
            (0, 0.76 * tall),
        ]
    right, inner = np.array(side), np.array(core)
    left, inner_left = right * (-1, 1), inner * (-1, 1)
    slip.wash(
        np.concatenate([inner, inner_left[::-1][1:]]),
        0.75,
        at=at,
        towards=(0, math.copysign(0.7, tall)),
    )
    if kind != "gadroon":
        for line in (inner, inner_left):
            slip.stroke(line, 0.7 * pen, 1.2, at=at, press=swelling)
    for line in (right, left):
        slip.stroke(line, pen, 1.6, at=at, press=steady)
    if kind == "plantain":
        slip.stroke([(0, 0.02 * tall), (0, 0.7 * tall)], 0.6 * pen, 1.4, at=at, press=tapered)


def lotus_scroll(z: float, count: int, size: float, leaves: float = 1.0) -> Decor:
    """Lotuses round the body, the stem passing now above, now below them."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        gap = slip.chart.around(s) / count
        for k in range(count):
            way = 1 if k % 2 else -1
            at = (k / count + 0.5, s)
            _scroll_stem(slip, at, gap, size, way, leaves)
        for k in range(count):
            tilt = slip.rng.normal(0, 0.05)
            lotus(slip, (k / count + 0.5, s), (0, 0), size * slip.rng.uniform(0.95, 1.05), tilt)

    return paint


def _scroll_stem(slip: Slip, at: Spot, gap: float, size: float, way: int, leaves: float) -> None:
    h, rise = gap / 2, way * size * 0.57
    stem = [
        (-h, 0),
        (-0.74 * h, 0.52 * rise),
        (-0.35 * h, 0.94 * rise),
        (0.05 * h, rise),
        (0.42 * h, 0.86 * rise),
        (0.76 * h, 0.48 * rise),
        (h, 0),
    ]
    slip.stroke(stem, 0.16 + 0.012 * size, 1.4, at=at, press=steady)
    slip.stroke(
        [(0.5 * h, 0.8 * rise), (0.36 * h, 0.42 * rise), (0.1 * h, 0.2 * rise)],
        0.16,
        1.4,
        at=at,
        press=tapered,
    )
    up = math.pi / 2 * way
    grow = size * 0.4 * leaves
    spots = [
        (-0.72, 0.55, up + 0.9 * way, 1),
        (-0.3, 0.97, up + 0.5 * way, -1),
        (0.25, 0.97, up - 0.6 * way, 1),
        (0.66, 0.62, up - 1.2 * way, -1),
        (-0.5, 0.78, -up + 0.5 * way, 1),
        (0.8, 0.4, -up - 0.35 * way, -1),
    ]
    for x, y, angle, bend in spots:
        scale = grow * slip.rng.uniform(0.8, 1.15) * (0.8 if angle * way < 0 else 1)
        scroll_leaf(slip, at, (x * h, y * rise), angle, scale, bend)
    tendril(slip, at, (0.0, rise), up + 1.1 * way, size * 0.42, way)
    tendril(slip, at, (-0.86 * h, 0.3 * rise), up - 0.4, size * 0.36, -way)
    stalk = [(-0.15 * h, 0.99 * rise), (-0.05 * h, 1.12 * rise), (0.1 * h, 1.2 * rise)]
    slip.stroke(stalk, 0.13, 1.4, at=at, press=steady)
    bud(slip, at, (0.1 * h, 1.2 * rise), up - 0.45 * way, size * 0.34)


def chrysanthemum(slip: Slip, at: Spot, middle: Spot, size: float) -> None:
    """A many-petalled chrysanthemum seen from the front."""
    pen = 0.022 * size + 0.02
    phase = slip.rng.uniform(0, 1)
    for ring_, count, reach, broad in ((0.2, 17, 0.33, 0.12), (0.09, 12, 0.27, 0.11)):
        for k in range(count):
            angle = 2 * math.pi * (k + phase + 0.5 * (ring_ < 0.15)) / count
            foot = turned([(ring_ * size, 0)], angle, to=middle)[0]
            petal(
                slip,
                at,
                tuple(foot),
                angle,
                reach * size,
                broad * size,
                pen=pen,
                wash=0.5,
                veins=1,
                point=0.0,
            )
    disc = [(0.115 * size * math.cos(a), 0.115 * size * math.sin(a)) for a in np.linspace(0, 6, 9)]
    slip.wash(turned(disc, 0, to=middle), 0.9, at=at, how="wipe", rim=0)
    slip.wash(turned(disc, 0, to=middle), 0.55, at=at)
    slip.stroke(turned([*disc, disc[0]], 0, to=middle), pen, 1.6, at=at, press=steady)
    for k in (-1, 0, 1):
        for cross in ([(k * 0.06, -0.09), (k * 0.06, 0.09)], [(-0.09, k * 0.06), (0.09, k * 0.06)]):
            slip.stroke(turned(cross, 0.8, size, middle), 0.6 * pen, 1.4, at=at)


def lobed_leaf(slip: Slip, at: Spot, foot: Spot, angle: float, size: float) -> None:
    """A chrysanthemum leaf with five rounded lobes and a dark vein to each."""
    t = np.linspace(-2.5, 2.5, 31)
    reach = 0.42 + 0.17 * np.cos(2 * np.pi * t / 1.25) * (1 - 0.1 * np.abs(t))
    outline = np.stack([0.46 + reach * np.cos(t), 0.82 * reach * np.sin(t)], 1)
    outline = np.concatenate([[(0, 0)], outline, [(0, 0)]])
    shape = turned(outline, angle, size, foot)
    slip.wash(shape[:-1], 0.75, at=at, rim=0.7, towards=(math.cos(angle), math.sin(angle)))
    slip.stroke(shape, 0.03 * size + 0.025, 1.35, at=at, press=steady)
    for lean in (-1.25, 0.0, 1.25):
        tip = [(0.1, 0), (0.42, 0.1 * lean), (0.46 + 0.4 * math.cos(lean), 0.33 * math.sin(lean))]
        slip.stroke(turned(tip, angle, size, foot), 0.03 * size + 0.02, 1.5, at=at, press=tapered)


def chrysanthemum_scroll(z: float, count: int, size: float, rows: int = 1) -> Decor:
    """Chrysanthemums on a winding stem with lobed leaves, in one or more staggered rows."""

    def paint(slip: Slip) -> None:
        for row in range(rows):
            s = slip.chart.row_of(z) + (row - (rows - 1) / 2) * size * 1.35
            gap = slip.chart.around(s) / count
            for k in range(count):
                at = ((k + 0.5 * (row % 2)) / count + 0.5, s)
                _chrysanthemum_stem(slip, at, gap, size, 1 if (k + row) % 2 else -1)
            for k in range(count):
                at = ((k + 0.5 * (row % 2)) / count + 0.5, s)
                chrysanthemum(slip, at, (0, 0), size * slip.rng.uniform(0.94, 1.06))

    return paint


def _chrysanthemum_stem(slip: Slip, at: Spot, gap: float, size: float, way: int) -> None:
    h, rise = gap / 2, way * size * 0.68
    stem = [
        (-h, 0),
        (-0.7 * h, 0.6 * rise),
        (-0.2 * h, rise),
        (0.3 * h, 0.95 * rise),
        (0.75 * h, 0.5 * rise),
        (h, 0),
    ]
    slip.stroke(stem, 0.07 + 0.01 * size, 1.4, at=at, press=steady)
    up = math.pi / 2 * way
    for x, y, angle in (
        (-0.7, 0.6, up + 0.7 * way),
        (-0.12, 1.0, up + 0.1),
        (0.4, 0.9, up - 0.8 * way),
        (0.78, 0.45, -up - 0.3 * way),
        (-0.86, 0.3, -up + 0.4 * way),
    ):
        lobed_leaf(slip, at, (x * h, y * rise), angle, size * slip.rng.uniform(0.36, 0.46))
    tendril(slip, at, (0.1 * h, rise), up - 0.9 * way, size * 0.35, -way)


def leaf_scroll(z: float, count: int, size: float) -> Decor:
    """A quick running stem with one-stroke leaves and three-dot flowers."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        gap = slip.chart.around(s) / count
        for k in range(count):
            _leaf_wave(slip, (k / count + 0.5, s), gap, size, 1 if k % 2 else -1)

    return paint


def _leaf_wave(slip: Slip, at: Spot, gap: float, size: float, way: int) -> None:
    h, rise = gap / 2, way * size * 0.5
    stem = [(-h, 0), (-0.5 * h, 0.85 * rise), (0, rise), (0.5 * h, 0.85 * rise), (h, 0)]
    slip.stroke(stem, 0.055 * size + 0.02, 1.4, at=at, press=steady)
    curl = [
        (-0.5 * h, 0.85 * rise),
        (-0.1 * h, 0.35 * rise),
        (0.25 * h, 0.1 * rise),
        (0.2 * h, -0.35 * rise),
        (-0.1 * h, -0.4 * rise),
        (-0.12 * h, -0.05 * rise),
    ]
    slip.stroke(curl, 0.05 * size + 0.02, 1.35, at=at, press=tapered)
    up = math.pi / 2 * way
    for x, y, angle, bend in (
        (-0.62, 0.7, up + 0.9 * way, 1),
        (-0.15, 0.98, up + 0.5 * way, 1),
        (0.25, 0.97, up - 0.5 * way, -1),
        (0.62, 0.72, up - 1.0 * way, -1),
        (0.3, 0.3, up - 1.1 * way, 1),
        (0.75, 0.5, -up - 0.2, -1),
        (-0.75, 0.5, -up, 1),
        (-0.35, 0.62, -up + 0.6 * way, -1),
    ):
        scale = size * slip.rng.uniform(0.38, 0.56)
        comma_leaf(slip, at, (x * h, y * rise), angle, scale, bend * way)
    for k in range(5):
        a = 2 * math.pi * k / 5 + 0.4
        foot = (-0.08 * h + 0.05 * size * math.cos(a), -0.1 * rise + 0.05 * size * math.sin(a))
        comma_leaf(slip, at, foot, a, size * 0.3, 0.5)


def bamboo_grove(
    low: float, high: float, stalks: Sequence[tuple[float, float, float]], size: float = 1.0
) -> Decor:
    """Bamboo: each stalk (u, lean in cm, share of the height), its joints and falling leaves."""

    def paint(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        for u, lean, share in stalks:
            stalk(slip, (u, base), lean, (top - base) * share, size)

    return paint


def stalk(slip: Slip, at: Spot, lean: float, tall: float, size: float) -> None:
    joints = max(4, round(tall / (1.5 * size)))
    wide = 0.26 * size
    marks = np.linspace(0, 1, joints + 1) ** 1.08
    spots = [(lean * m**1.6 + slip.rng.normal(0, 0.015), tall * m) for m in marks]
    for k, (a, b) in enumerate(itertools.pairwise(spots)):
        girth = wide * (1 - 0.55 * k / joints)
        short = (b[0] * 0.93 + a[0] * 0.07, b[1] * 0.93 + a[1] * 0.07)
        tone = slip.rng.uniform(0.7, 1.05) * (0.85 + 0.3 * (slip.rng.random() > 0.5))
        slip.stroke([a, short], girth, tone, at=at, press=steady, wobble=0.5)
        joint = [
            (b[0] - 0.62 * girth, b[1] + 0.05),
            (b[0], b[1] - 0.03),
            (b[0] + 0.62 * girth, b[1] + 0.06),
        ]
        slip.stroke(joint, 0.09 * size, 1.9, at=at, press=steady)
    for k in range(2, joints + 1):
        for side in (-1, 1):
            if slip.rng.random() < 0.8 or k == joints:
                _spray(slip, at, spots[k], side, size * slip.rng.uniform(0.8, 1.15))


def _spray(slip: Slip, at: Spot, foot: Spot, side: int, size: float) -> None:
    out = slip.rng.uniform(0.5, 1.1) * size
    tip = (foot[0] + side * out, foot[1] + slip.rng.uniform(0.1, 0.6) * size)
    slip.stroke([foot, tip], 0.06 * size, 1.4, at=at, press=tapered)
    for k in range(slip.rng.integers(3, 6)):
        t = slip.rng.uniform(0.45, 1.0)
        root = (foot[0] + t * (tip[0] - foot[0]), foot[1] + t * (tip[1] - foot[1]))
        angle = math.pi / 2 - side * (slip.rng.uniform(1.3, 2.5) if k else 0.9)
        long = size * slip.rng.uniform(0.85, 1.5)
        blade = turned(
            [(0, 0), (0.35, 0.03), (0.7, -0.02 * side), (1.0, -0.1 * side)], angle, long, root
        )
        tone = slip.rng.choice([0.55, 1.2, 1.9], p=[0.25, 0.4, 0.35])
        slip.stroke(blade, 0.2 * size, float(tone), at=at, press=leaf)


def carp_and_waves(radius: float) -> Decor:
    """Two carp circling in the well of a dish, among waves and weed; a leaf border round them."""

    def paint(slip: Slip) -> None:
        at = (0.0, 0.0)
        _waves(slip, at, 0.60 * radius, 0.735 * radius, 26)
        for turn in (0.35, 0.35 + math.pi):
            carp(slip, at, 0.335 * radius, turn, 0.76 * radius)
        for k in range(5):
            _weed(slip, at, 2 * math.pi * k / 5 + 0.15, 0.02 * radius, 0.1 * radius)
        for r, width in ((0.755, 0.14), (0.79, 0.06), (0.945, 0.07), (0.975, 0.15)):
            _circle(slip, at, r * radius, width)
        _leaf_border(slip, at, 0.868 * radius, 14, 0.105 * radius)

    return paint


def _circle(slip: Slip, at: Spot, r: float, width: float, density: float = 1.5) -> None:
    start = slip.rng.uniform(0, 6)
    line = [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(start, start + 6.35, 40)]
    slip.stroke(line, width, density, at=at, press=steady, wobble=0.6)


def _waves(slip: Slip, at: Spot, low: float, high: float, count: int) -> None:
    for row in range(3):
        r = low + (high - low) * (1 - row / 2.6)
        for k in range(count):
            a = 2 * math.pi * (k + 0.5 * (row % 2)) / count
            half = math.pi * r / count * 1.08
            middle = (r * math.cos(a) * 0.94, r * math.sin(a) * 0.94)
            for size, tone in ((1.0, 1.5), (0.68, 0.9), (0.38, 0.8)):
                arc = [
                    (half * size * math.sin(t), half * size * (0.9 * math.cos(t)) - 0.1 * half)
                    for t in np.linspace(-1.5, 1.5, 7)
                ]
                shape = turned(arc, a - math.pi / 2 + math.pi, to=middle)
                if size == 1.0:
                    slip.wash(shape, 0.9, at=at, how="wipe", rim=0, smooth=False)
                    slip.wash(shape, 0.3, at=at, smooth=False, rim=0.9)
                slip.stroke(shape, 0.10 * half + 0.03, tone, at=at, press=swelling)


def carp(
    slip: Slip,
    at: Spot,
    orbit: float,
    turn: float,
    length: float,
    *,
    pen: float = 1.0,
    girth: float = 0.17,
) -> None:
    """A carp bent round ``at`` at ``orbit`` cm, its middle ``turn`` radians round, nose first.

    ``girth`` is half its breadth as a share of ``length``; ``pen`` makes every line bolder.
    """
    t = np.linspace(0, 1, 15)
    a = turn + (t - 0.5) * length / orbit * 0.98
    sway = orbit * (1 + 0.10 * np.sin(2 * np.pi * t * 0.9))
    spine = np.stack([sway * np.cos(a), sway * np.sin(a)], 1)
    ahead = np.gradient(spine, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.stack([-ahead[:, 1], ahead[:, 0]], 1)
    half = (
        length
        * girth
        * np.interp(t, [0, 0.12, 0.3, 0.55, 0.8, 1], [0.2, 0.72, 1.0, 0.9, 0.42, 0.24])
    )
    left, right = spine + side * half[:, None], spine - side * half[:, None]
    outline = np.concatenate([left, right[::-1]])
    _carp_fins(slip, at, spine, side, ahead, half, length, pen)
    slip.wash(outline, 0.97, at=at, how="wipe", rim=0)
    slip.wash(outline, 0.42, at=at, rim=1.0)
    slip.wash(np.concatenate([left, spine[::-1]]), 0.35, at=at, rim=0.3)
    for line in (left, right):
        slip.stroke(line, 0.16 * pen, 1.75, at=at, press=swelling)
    _scales(slip, at, spine, side, ahead, half, pen)
    _carp_head(slip, at, spine, side, ahead, half, pen)


def _scales(
    slip: Slip, at: Spot, spine: Line, side: Line, ahead: Line, half: Line, pen: float
) -> None:
    rows = np.linspace(0.26, 0.93, 13)
    for number, t in enumerate(rows):
        k = t * (len(spine) - 1)
        at_ = [
            np.array([np.interp(k, range(len(spine)), v[:, c]) for c in (0, 1)])
            for v in (spine, side, ahead)
        ]
        wide = float(np.interp(k, range(len(spine)), half))
        many = 5 if wide > 0.6 * half.max() else 3
        for j in range(many + number % 2):
            off = ((j + 0.5) / (many + number % 2) - 0.5) * 1.84
            middle = at_[0] + at_[1] * off * wide
            size = wide / many * 1.15
            arc = [
                middle + at_[1] * size * math.sin(b) - at_[2] * size * -1.1 * math.cos(b)
                for b in np.linspace(-1.35, 1.35, 5)
            ]
            slip.stroke(np.array(arc), 0.075 * pen, 1.6, at=at, press=swelling, wobble=0.5)
            slip.stroke(
                [tuple(middle), tuple(middle + at_[2] * size * 0.7)],
                0.1 * pen,
                0.7,
                at=at,
                press=tapered,
            )


def _carp_head(
    slip: Slip, at: Spot, spine: Line, side: Line, ahead: Line, half: Line, pen: float
) -> None:
    gill = [
        spine[3] + side[3] * half[3] * 0.95,
        spine[3] + ahead[3] * 0.35 * half[3],
        spine[3] - side[3] * half[3] * 0.95,
    ]
    slip.stroke(np.array(gill), 0.13 * pen, 1.7, at=at, press=swelling)
    eye = spine[1] + side[1] * half[1] * 0.42 + ahead[1] * 0.2 * half[1]
    for r, tone, width in ((0.17, 1.7, 0.06), (0.05, 2.2, 0.16)):
        ring_ = [
            (r * half.max() * math.cos(b), r * half.max() * math.sin(b))
            for b in np.linspace(0, 6.4, 9)
        ]
        slip.stroke(turned(ring_, 0, to=tuple(eye)), width * pen, tone, at=at, press=steady)
    mouth = [
        spine[0] + side[0] * half[0],
        spine[0] - ahead[0] * 0.3 * half[2],
        spine[0] - side[0] * half[0],
    ]
    slip.stroke(np.array(mouth), 0.12 * pen, 1.7, at=at, press=steady)
    for way in (1, -1):
        barbel = [
            spine[0] + side[0] * way * half[0],
            spine[0] + side[0] * way * half[2] * 0.7 - ahead[0] * 0.5 * half[2],
            spine[0] + side[0] * way * half[2] * 0.9 - ahead[0] * half[2],
        ]
        slip.stroke(np.array(barbel), 0.07 * pen, 1.5, at=at, press=tapered)


def _carp_fins(
    slip: Slip,
    at: Spot,
    spine: Line,
    side: Line,
    ahead: Line,
    half: Line,
    length: float,
    pen: float,
) -> None:
    big = half.max()
    fans = [
        (spine[-1], math.atan2(*ahead[-1][::-1]), 0.30 * length, 9, 1.15),
        (
            spine[4] + side[4] * half[4] * 0.8,
            math.atan2(*(side[4] + ahead[4])[::-1]),
            1.1 * big,
            6,
            0.75,
        ),
        (
            spine[4] - side[4] * half[4] * 0.8,
            math.atan2(*(ahead[4] - side[4])[::-1]),
            1.1 * big,
            6,
            0.75,
        ),
        (
            spine[7] + side[7] * half[7] * 0.7,
            math.atan2(*(side[7] + 1.2 * ahead[7])[::-1]),
            1.2 * big,
            8,
            0.9,
        ),
        (
            spine[10] - side[10] * half[10] * 0.7,
            math.atan2(*(1.2 * ahead[10] - side[10])[::-1]),
            0.8 * big,
            5,
            0.7,
        ),
    ]
    for foot, angle, long, rays, spread in fans:
        notch = 0.62 if rays == 9 else 0.92
        tips = []
        for k in range(rays):
            f = 2 * k / (rays - 1) - 1
            reach = long * (notch + (1 - notch) * abs(f) ** 1.3)
            tips.append(turned([(reach, 0)], angle + 0.5 * spread * f, to=tuple(foot))[0])
        shape = np.array([foot, *tips])
        slip.wash(shape, 0.45, at=at, smooth=False, towards=(math.cos(angle), math.sin(angle)))
        for tip in tips:
            bow = 0.5 * (foot + tip) + 0.05 * (tip - foot)[::-1] * (1, -1)
            slip.stroke(np.array([foot, bow, tip]), 0.075 * pen, 1.3, at=at, press=tapered)


def _weed(slip: Slip, at: Spot, angle: float, start: float, size: float) -> None:
    foot = (start * math.cos(angle), start * math.sin(angle))
    for k, lean in enumerate((-0.7, -0.25, 0.2, 0.65)):
        blade = turned(
            [(0, 0), (0.5, 0.12), (1, -0.05 + 0.1 * k)], angle + lean, size * (0.7 + 0.1 * k), foot
        )
        slip.stroke(blade, 0.16, 1.0, at=at, press=leaf)


def _leaf_border(slip: Slip, at: Spot, r: float, count: int, size: float) -> None:
    for k in range(count):
        way = 1 if k % 2 else -1
        a0 = 2 * math.pi * k / count
        wave = [
            (
                (r + way * 0.32 * size * math.sin(t * math.pi))
                * math.cos(a0 + t * 2 * math.pi / count),
                (r + way * 0.32 * size * math.sin(t * math.pi))
                * math.sin(a0 + t * 2 * math.pi / count),
            )
            for t in np.linspace(0, 1, 7)
        ]
        slip.stroke(wave, 0.13, 1.4, at=at, press=steady)
        for t, lean in ((0.25, 0.7), (0.6, 0.7), (0.35, -2.3), (0.75, -2.4)):
            a = a0 + t * 2 * math.pi / count
            reach = r + way * 0.3 * size * math.sin(t * math.pi)
            angle = a + math.pi / 2 - way * lean
            comma_leaf(
                slip, at, (reach * math.cos(a), reach * math.sin(a)), angle, 1.05 * size, way
            )


def landscape(low: float, high: float, seed_hills: int = 5) -> Decor:
    """A band of river country: far hills in pale wash, near rocks, pines, a pavilion, boats."""

    def paint(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        around = slip.chart.around((base + top) / 2)
        for depth, (rise, tone) in enumerate(((0.86, 0.22), (0.62, 0.36), (0.42, 0.6))):
            for k in range(seed_hills):
                u = (k + 0.5 * depth + slip.rng.uniform(-0.2, 0.2)) / seed_hills + 0.42
                hill(
                    slip,
                    (u, base + tall * 0.16),
                    around / seed_hills * slip.rng.uniform(0.7, 1.1),
                    tall * rise * slip.rng.uniform(0.65, 1.0),
                    tone,
                    depth,
                )
        for k in range(seed_hills):
            u = (k + 0.55 + slip.rng.uniform(-0.1, 0.1)) / seed_hills + 0.42
            pine(slip, (u, base + 0.12 * tall), tall * slip.rng.uniform(0.26, 0.4))
        for u in (0.47, 0.8, 0.15):
            _pavilion(slip, (u, base + 0.17 * tall), tall * 0.17)
        for u in (0.56, 0.33, 0.95):
            boat(slip, (u, base + 0.07 * tall), tall * 0.13)
        _water(slip, base, tall, around)
        for u in (0.6, 0.4, 0.9, 0.1):
            birds(slip, (u, base + 0.86 * tall), tall)

    return paint


def hill(slip: Slip, at: Spot, wide: float, tall: float, tone: float, depth: int) -> None:
    h = wide / 2
    t = np.linspace(-1, 1, 13)
    bump = (1 - t**2) ** 0.8 * (1 + 0.22 * np.sin(5 * t + slip.rng.uniform(0, 6)))
    crest = np.stack([t * h, tall * (bump + slip.rng.normal(0, 0.035, 13))], 1)
    shape = np.concatenate([crest, [(h, -0.02 * tall), (-h, -0.02 * tall)]])
    slip.wash(shape, 0.85 if depth else 0.4, at=at, how="wipe", rim=0, soft=0.06)
    slip.wash(shape, tone, at=at, towards=(0.1, -0.75), soft=0.05, rim=0.5)
    if depth:
        slip.stroke(crest, 0.006 * wide + 0.1 * depth, 0.7 + 0.4 * depth, at=at, press=swelling)
        for _k in range(10 * depth):
            f = slip.rng.uniform(-0.85, 0.85)
            y = float(np.interp(f * h, crest[:, 0], crest[:, 1]))
            start = (f * h, y * slip.rng.uniform(0.55, 0.97))
            fall = (
                start[0] + 0.10 * wide * (f + 0.1),
                start[1] - tall * slip.rng.uniform(0.12, 0.3),
            )
            slip.stroke(
                [start, fall], 0.012 * wide + 0.1, slip.rng.uniform(0.4, 0.9), at=at, press=tapered
            )


def pine(slip: Slip, at: Spot, tall: float) -> None:
    """A crooked pine: a leaning trunk, boughs to either side, flat pads of needles on them."""
    way = float(slip.rng.choice([-1, 1]))
    trunk = [
        (-0.08 * way * tall, -0.02 * tall),
        (0.07 * way * tall, 0.28 * tall),
        (-0.06 * way * tall, 0.56 * tall),
        (0.10 * way * tall, 0.86 * tall),
    ]
    slip.stroke(trunk, 0.085 * tall, 1.7, at=at, press=tapered)
    boughs = [
        (0.34, way, 0.30),
        (0.47, -way, 0.34),
        (0.62, way, 0.26),
        (0.74, -way, 0.22),
        (0.88, way, 0.2),
    ]
    for rise, side, reach in boughs:
        x, y = (float(np.interp(rise * tall, *axes)) for axes in _axes(trunk))
        reach = reach * tall * slip.rng.uniform(0.85, 1.15)
        end = (x + side * reach, y + 0.05 * tall)
        middle = (x + 0.5 * side * reach, y - 0.015 * tall)
        slip.stroke([(x, y), middle, end], 0.032 * tall, 1.6, at=at, press=tapered)
        _needles(slip, at, (x + 0.72 * side * reach, y + 0.03 * tall), 0.72 * reach, 0.11 * tall)
    _needles(slip, at, (0.10 * way * tall, 0.88 * tall), 0.17 * tall, 0.11 * tall)


def _axes(line: Sequence[Spot]) -> tuple[tuple[list[float], list[float]], ...]:
    """x by height and height by height of a rising line, as np.interp wants them."""
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return (ys, xs), (ys, ys)


def _needles(slip: Slip, at: Spot, foot: Spot, half: float, tall: float) -> None:
    """A flat pad, pale below, tufts of needles fanning up from its base."""
    t = np.linspace(0, math.pi, 9)
    crown = np.stack([half * np.cos(t), tall * np.sin(t) ** 0.8], 1) + foot
    slip.wash(crown, 0.55, at=at, towards=(0, -0.5))
    for x in np.linspace(-0.85, 0.85, max(5, round(half / (0.28 * tall)))):
        root = (foot[0] + x * half, foot[1])
        high = tall * math.sqrt(max(0.15, 1 - x * x)) * slip.rng.uniform(0.85, 1.1)
        for lean in (-0.75, -0.38, 0.0, 0.38, 0.75):
            tip = (root[0] + high * math.sin(lean), root[1] + high * math.cos(lean))
            slip.stroke([root, tip], 0.012 * tall + 0.03, 1.35, at=at, press=tapered)


def _pavilion(slip: Slip, at: Spot, size: float) -> None:
    roof = [(-0.75, 0.5), (-0.4, 0.62), (-0.15, 0.95), (0.15, 0.95), (0.4, 0.62), (0.75, 0.5)]
    slip.wash(turned(roof, 0, size), 0.95, at=at, how="wipe", rim=0)
    slip.wash(turned(roof, 0, size), 0.9, at=at)
    slip.stroke(turned(roof, 0, size), 0.07 * size + 0.02, 1.8, at=at, press=steady)
    slip.stroke(turned([(-0.78, 0.5), (0, 0.46), (0.78, 0.5)], 0, size), 0.08 * size, 1.8, at=at)
    for x in (-0.45, -0.15, 0.15, 0.45):
        slip.stroke(
            turned([(x, 0.46), (x, 0)], 0, size), 0.05 * size + 0.015, 1.6, at=at, press=steady
        )
    slip.stroke(turned([(-0.65, 0), (0.65, 0)], 0, size), 0.08 * size, 1.6, at=at, press=steady)


def boat(slip: Slip, at: Spot, size: float) -> None:
    hull = [(-0.9, 0.25), (-0.5, 0.04), (0.4, 0.02), (0.95, 0.3)]
    slip.wash(turned([*hull, (0.3, 0.16), (-0.4, 0.16)], 0, size), 1.0, at=at)
    slip.stroke(turned(hull, 0, size), 0.09 * size, 1.8, at=at, press=swelling)
    slip.stroke(
        turned([(-0.3, 0.14), (-0.1, 0.48), (0.25, 0.46), (0.4, 0.14)], 0, size),
        0.07 * size,
        1.5,
        at=at,
    )
    slip.stroke(turned([(0.6, 0.2), (0.68, 1.0)], 0, size), 0.045 * size, 1.6, at=at, press=tapered)


def _water(slip: Slip, base: float, tall: float, around: float) -> None:
    for _ in range(90):
        u, y = slip.rng.random(), slip.rng.uniform(0.0, 0.17) * tall
        long = around * slip.rng.uniform(0.008, 0.03)
        slip.stroke(
            [(-long, 0), (0, 0.02 * tall), (long, 0)],
            0.05,
            slip.rng.uniform(0.5, 1.1),
            at=(u, base + y),
            press=swelling,
        )


def birds(slip: Slip, at: Spot, tall: float) -> None:
    for k in range(4):
        x, y = k * 0.055 * tall, slip.rng.uniform(-0.03, 0.03) * tall - 0.02 * tall * k
        wing = [(x - 0.02 * tall, y + 0.012 * tall), (x, y), (x + 0.024 * tall, y + 0.016 * tall)]
        slip.stroke(wing, 0.014 * tall, 1.5, at=at, press=swelling)


def fret(low: float, high: float, count: int) -> Decor:
    """A key-fret (hồi văn) border."""

    def paint(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        wide = slip.chart.around(base) / count
        key = np.array([(0, 0), (0, 1), (0.72, 1), (0.72, 0.34), (0.36, 0.34), (0.36, 0.66)])
        for k in range(count):
            at = (k / count, base + 0.12 * tall)
            slip.stroke(
                key * (wide * 0.98, tall * 0.76),
                0.11 * tall,
                1.5,
                at=at,
                press=steady,
                smooth=False,
                wobble=0.7,
            )
            foot = [(0.0, 0), (1.0 * wide, 0)]
            slip.stroke(foot, 0.1 * tall, 1.4, at=at, press=steady, smooth=False)

    return paint


def ruyi(low: float, high: float, count: int) -> Decor:
    """A collar of hanging cloud heads from ``high`` down to ``low``."""

    def paint(slip: Slip) -> None:
        top, base = slip.chart.row_of(high), slip.chart.row_of(low)
        tall = top - base
        for k in range(count):
            h = slip.chart.around(top) / count / 2
            at = ((k + 0.5) / count, top)
            right = np.array(
                [
                    (0.97 * h, 0),
                    (0.99 * h, -0.3 * tall),
                    (0.8 * h, -0.6 * tall),
                    (0.5 * h, -0.62 * tall),
                    (0.36 * h, -0.8 * tall),
                    (0, -tall),
                ]
            )
            shape = np.concatenate([right, (right * (-1, 1))[::-1][1:]])
            slip.wash(shape * (0.72, 0.74), 0.75, at=at, towards=(0, 0.6))
            for side in (1, -1):
                slip.stroke(right * (side, 1), 0.05 + 0.05 * h, 1.65, at=at, press=steady)
                slip.stroke(right * (0.72 * side, 0.74), 0.03 + 0.03 * h, 1.3, at=at, press=steady)

    return paint


def diaper(low: float, high: float, count: int) -> Decor:
    """A net of crossing lines with a dot in each mesh."""

    def paint(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        wide = slip.chart.around((base + top) / 2) / count
        for k in range(count):
            at = (k / count, base)
            for x in (wide, -wide):
                slip.stroke([(0, 0), (x, tall)], 0.09, 1.4, at=at, press=steady)
            slip.stroke(
                [(-0.02, tall / 2), (0.04, tall / 2)], 0.16, 1.4, at=((k + 0.5) / count, base)
            )

    return paint


def incised_lotus(low: float, high: float, count: int, depth: float = 0.07) -> Decor:
    """Overlapping lotus petals cut into the clay with a slanting tool, in two ranks."""

    def carve(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        for shift, share in ((0.5, 1.0), (0.0, 0.8)):
            for k in range(count):
                at = ((k + shift) / count, base)
                h = slip.chart.around(base + 0.3 * (top - base)) / count / 2
                _carved_petal(slip, at, h, (top - base) * share, depth)

    return carve


def _carved_petal(slip: Slip, at: Spot, h: float, tall: float, depth: float) -> None:
    right = np.array([(0.86 * h, 0), (0.97 * h, 0.45 * tall), (0.62 * h, 0.8 * tall), (0, tall)])
    left = right * (-1, 1)
    shape = np.concatenate([right, left[::-1][1:]])
    slip.wash(shape, 0.9, at=at, layer="height", how="wipe", rim=0)
    slip.wash(shape * (0.84, 0.9), 0.5 * depth, at=at, layer="height", rim=0, soft=0.28)
    for line in (right, left):
        slip.stroke(line, 0.16, -depth, at=at, layer="height", press=swelling)
    for f in (-0.45, -0.15, 0.15, 0.45):
        vein = [(f * h * 1.2, 0.04 * tall), (f * h * 1.25, 0.4 * tall), (f * h * 0.5, 0.8 * tall)]
        slip.stroke(vein, 0.09, -0.55 * depth, at=at, layer="height", press=tapered)


def incised_ring(z: float, depth: float = 0.05, width: float = 0.14) -> Decor:
    """A groove turned on the wheel (a raised cord where ``depth`` is negative)."""

    def carve(slip: Slip) -> None:
        slip.painted.add("height")
        s = np.arange(slip.chart.height)[:, None] / slip.chart.per_cm - slip.chart.row_of(z)
        slip.height -= (depth * np.exp(-((2 * s / width) ** 2))).astype(np.float32)

    return carve


def incised_dish(radius: float, petals: int, depth: float = 0.05) -> Decor:
    """A flower cut in the well of a dish: petals round a seed head, a comb line within each."""

    def carve(slip: Slip) -> None:
        at = (0.0, 0.0)
        for rank, (reach, start) in enumerate(((1.0, 0.42), (0.62, 0.2))):
            for k in range(petals):
                angle = 2 * math.pi * (k + 0.5 * rank) / petals
                foot = (
                    start * radius * 0.4 * math.cos(angle),
                    start * radius * 0.4 * math.sin(angle),
                )
                one, two = _petal_sides(reach * radius * 0.8, 2.1 * reach * radius / petals * 1.3)
                for side in (one, two):
                    slip.stroke(turned(side, angle, to=foot), 0.13, -depth, at=at, layer="height")
                for f in (-0.5, 0, 0.5):
                    comb = (one * (0.75, f) + (0.1 * radius, 0))[1:-1]
                    slip.stroke(
                        turned(comb, angle, to=foot),
                        0.07,
                        -0.5 * depth,
                        at=at,
                        layer="height",
                        press=tapered,
                    )
        for r in (0.12, 0.16):
            circle = [
                (r * radius * math.cos(a), r * radius * math.sin(a))
                for a in np.linspace(0, 6.3, 24)
            ]
            slip.stroke(circle, 0.1, -depth, at=at, layer="height", press=steady)

    return carve


def relief_band(
    low: float, high: float, kind: str, count: int, depth: float = 0.16, bare: bool = True
) -> Decor:
    """A band of sprigged relief between two cords: flowers, lappets or clouds; bare or glazed."""

    def model(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        around = slip.chart.around((base + top) / 2)
        for k in range(count):
            at = ((k + 0.5) / count, (base + top) / 2)
            _sprig(slip, at, around / count, tall, kind, depth)
        s = np.arange(slip.chart.height, dtype=np.float32)[:, None] / slip.chart.per_cm
        for edge in (base, top):
            slip.height += (0.75 * depth * np.exp(-(((s - edge) / 0.13) ** 4))).astype(np.float32)
        if bare:
            inside = ramp(s, base - 0.2, base - 0.14) * ramp(s, top + 0.2, top + 0.14)
            slip.bare = np.maximum(slip.bare, np.broadcast_to(inside, slip.chart.shape))
            slip.painted.add("bare")
            grain = 0.012 * noise(slip.chart, slip.rng, 0.18, octaves=2)
            slip.height += grain * inside

    return model


def _raised(slip: Slip, shape: Points, at: Spot, depth: float, soft: float = 0.05) -> None:
    slip.wash(shape, depth, at=at, layer="height", how="most", rim=0, soft=soft)


def _sprig(slip: Slip, at: Spot, wide: float, tall: float, kind: str, depth: float) -> None:
    if kind == "flowers":
        size = min(wide, tall) * 0.46
        for ring_, count, reach in ((0.32, 16, 0.62), (0.1, 10, 0.46)):
            for k in range(count):
                angle = 2 * math.pi * k / count
                one, two = _petal_sides(reach * size, 0.26 * size, 0.0)
                shape = turned(
                    np.concatenate([one, two[::-1][1:-1]]),
                    angle,
                    to=tuple(turned([(ring_ * size, 0)], angle)[0]),
                )
                _raised(slip, shape, at, depth * (0.75 if count == 16 else 1.15))
        disc = [
            (0.2 * size * math.cos(a), 0.2 * size * math.sin(a)) for a in np.linspace(0, 5.7, 10)
        ]
        _raised(slip, disc, at, 1.3 * depth, 0.07)
        for side in (-1, 1):
            for rise in (-0.55, 0.0, 0.55):
                one, two = _petal_sides(0.42 * wide, 0.22 * tall, 0.6)
                foot = (side * 0.98 * size, rise * 0.5 * tall)
                shape = turned(
                    np.concatenate([one, two[::-1][1:-1]]) * (0.42, 1),
                    (0 if side > 0 else math.pi) + side * rise,
                    to=foot,
                )
                _raised(slip, shape, at, 0.7 * depth)
    elif kind == "lappets":
        h, foot = 0.47 * wide, -0.42 * tall
        side = np.array([(h, 0), (h, 0.5), (0.6 * h, 0.8), (0, 0.92)]) * (1, tall) + (0, foot)
        shape = np.concatenate([side, (side * (-1, 1))[::-1][1:]])
        _raised(slip, shape, at, depth)
        inner = (shape - (0, foot)) * (0.62, 0.72) + (0, foot)
        slip.wash(inner, -0.65 * depth, at=at, layer="height", rim=0, soft=0.05)
        core = (shape - (0, foot)) * (0.22, 0.5) + (0, foot)
        _raised(slip, core, at, 0.9 * depth)
    else:
        _cloud(slip, at, wide, tall, depth)


def _cloud(slip: Slip, at: Spot, wide: float, tall: float, depth: float) -> None:
    """A cloud head: three lobes laid on in clay, a scroll cut into each, two drawn-out tails."""
    size = min(0.46 * tall, 0.26 * wide)
    for side in (-1, 1):
        tail = [
            (side * 0.5 * size, -0.55 * size),
            (side * 1.35 * size, -0.62 * size),
            (side * 0.36 * wide, -0.18 * size),
            (side * 0.5 * wide, -0.42 * size),
            (side * 0.34 * wide, -0.55 * size),
            (side * 1.2 * size, -0.95 * size),
            (side * 0.4 * size, -0.9 * size),
        ]
        _raised(slip, tail, at, 0.62 * depth, 0.07)
    lobes = ((-0.78, -0.3, 0.62, 1), (0.78, -0.3, 0.62, -1), (0.0, 0.32, 0.74, 1))
    for x, y, r, _ in lobes:
        ring_ = [(r * size * math.cos(a), r * size * math.sin(a)) for a in np.linspace(0, 5.7, 12)]
        lobe = turned(ring_, 0, to=(x * size, y * size))
        slip.wash(lobe, depth, at=at, layer="height", how="most", rim=0, soft=0.09)
    for x, y, r, way in lobes:
        t = np.linspace(0, 1, 22)
        turn, reach = 0.6 + 8.2 * t, r * size * (0.86 - 0.68 * t)
        coil = np.stack([way * np.cos(turn) * reach + x * size, np.sin(turn) * reach + y * size], 1)
        slip.stroke(
            coil,
            0.17 * r * size + 0.03,
            -0.5 * depth,
            at=at,
            layer="height",
            press=swelling,
            wobble=0.4,
        )


def beads(z: float, count: int, size: float = 0.35, depth: float = 0.16) -> Decor:
    """A row of applied beads."""

    def model(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        for k in range(count):
            disc = [
                (size / 2 * math.cos(a), size / 2 * math.sin(a)) for a in np.linspace(0, 5.6, 8)
            ]
            _raised(slip, disc, ((k + 0.5) / count, s), depth, 0.06)

    return model


def dipped(z: float, tilt: float = 0.5) -> Decor:
    """Glaze only above ``z``: the foot was held while the piece was dipped."""

    def leave(slip: Slip) -> None:
        chart = slip.chart
        u = np.arange(chart.width)[None, :] / chart.width
        line = z + tilt * np.cos(2 * np.pi * (u - 0.2)) + 0.12 * noise(chart, slip.rng, 3.0)
        slip.bare = np.maximum(slip.bare, ramp(chart.z - line, 0.03, -0.03)).astype(np.float32)

    return leave
