"""Tiles and plaques: a scroll that runs from tile to tile, pictures cut into tiles, frames.

On the face of a slab the middle is (0, 0), x runs to the right and y upwards, in cm.
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

import numpy as np

from . import decoration as d
from . import flowers, water
from .brush import PIGMENTS, Slip, leaf, steady, swelling, tapered
from .chart import Array, Chart
from .decoration import Spot
from .forms import Decor, Part, Slab
from .seeds import seed_of

MIDDLE = (0.0, 0.0)


def scroll_tile(side: float) -> Decor:
    """A quarter flower in each corner, a flower in the middle, stems to the middle of each edge."""

    def paint(slip: Slip) -> None:
        h = side / 2
        for k in range(4):
            turn = k * math.pi / 2
            _edge_scroll(slip, turn, h)
            corner = d.turned([(h, h)], turn)[0]
            _quarter_flower(slip, (float(corner[0]), float(corner[1])), turn + math.pi, h)
        for ring, count, reach in ((0.0, 8, 0.36), (0.0, 8, 0.22)):
            for k in range(count):
                angle = 2 * math.pi * (k + (0.5 if reach < 0.3 else 0)) / count
                foot = d.turned([(0.06 * h + ring, 0)], angle)[0]
                d.petal(
                    slip,
                    MIDDLE,
                    tuple(foot),
                    angle,
                    reach * h,
                    0.24 * reach * 3 * h / 2.6,
                    pen=0.035 * h,
                    wash=0.6,
                    veins=1,
                    point=0.4,
                )
        dot = [(0.07 * h * math.cos(a), 0.07 * h * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
        slip.wash(dot, 1.6, at=MIDDLE)

    return paint


def _edge_scroll(slip: Slip, turn: float, h: float) -> None:
    stem = [(0.44 * h, 0.0), (0.62 * h, 0.05 * h), (0.82 * h, -0.04 * h), (1.02 * h, 0.0)]
    slip.stroke(d.turned(stem, turn), 0.05 * h, 1.4, at=MIDDLE, press=steady)
    for side in (1, -1):
        t = np.linspace(0, 1, 14)
        a, r = -0.6 + 4.6 * t, 0.2 * h * (1 - 0.72 * t)
        curl = np.stack([0.68 * h + r * np.cos(a), side * (0.25 * h + r * np.sin(a))], 1)
        start = np.array([(0.58 * h, 0.04 * side * h), (0.74 * h, 0.08 * side * h)])
        line = d.turned(np.concatenate([start, curl]), turn)
        slip.stroke(line, 0.055 * h, 1.4, at=MIDDLE, press=tapered)
        for x, y, lean, size in ((0.5, 0.1, 1.2, 0.26), (0.92, 0.06, 2.1, 0.22)):
            foot = d.turned([(x * h, side * y * h)], turn)[0]
            angle = turn + side * lean
            d.comma_leaf(slip, MIDDLE, tuple(foot), angle, size * h * 1.2, side)


def _quarter_flower(slip: Slip, corner: Spot, inward: float, h: float) -> None:
    for k in range(3):
        angle = inward + math.pi / 4 + (k - 1) * math.pi / 6
        foot = d.turned([(0.13 * h, 0)], angle, to=corner)[0]
        d.petal(
            slip,
            MIDDLE,
            tuple(foot),
            angle,
            0.32 * h,
            0.19 * h,
            pen=0.035 * h,
            wash=0.75,
            veins=1,
            point=0.2,
        )
    for r, pen in ((0.1, 0.05), (0.52, 0.06), (0.58, 0.025)):
        turn = np.linspace(inward - 0.05, inward + math.pi / 2 + 0.05, 12)
        arc = np.stack([r * h * np.cos(turn), r * h * np.sin(turn)], 1) + corner
        slip.stroke(arc, pen * h, 1.5, at=MIDDLE, press=steady)


@lru_cache(maxsize=4)
def _whole(scene: Decor, wide: float, tall: float, per_cm: float) -> dict[str, Array]:
    """The pigments of ``scene`` painted on one undivided face, each (height, width)."""
    width, height = round(wide * per_cm), round(tall * per_cm)
    flat = np.zeros((height, 1), np.float32)
    chart = Chart(width, height, per_cm, flat + 5, flat, flat, flat, planar=True, extent=wide / 2)
    slip = Slip(chart, np.random.default_rng(seed_of(scene.__qualname__, wide, tall)))
    scene(slip)
    return {layer: getattr(slip, layer) for layer in PIGMENTS if layer in slip.painted}


def cut_from(scene: Decor, wide: float, tall: float, at: Spot) -> Decor:
    """What of a picture of ``wide`` by ``tall`` cm falls on the tile with its middle ``at``."""

    def paint(slip: Slip) -> None:
        chart = slip.chart
        left = round((at[0] + wide / 2 - chart.extent) * chart.per_cm)
        low = round((at[1] + tall / 2 - chart.length / 2) * chart.per_cm)
        for layer, colour in _whole(scene, wide, tall, chart.per_cm).items():
            part = colour[max(low, 0) : low + chart.height, max(left, 0) : left + chart.width]
            slip.blend(layer, part, max(-left, 0), max(-low, 0))

    return paint


def framed(wide: float, tall: float, deep: float = 2.2, rail: float = 1.3) -> tuple[Part, ...]:
    """A thin wooden frame round a face of ``wide`` by ``tall`` cm, standing on its lower rail."""
    across = wide + 2 * rail
    return (
        *(Slab((across, deep, rail), "wood", 0.2, (0, 0, z)) for z in (0, tall + rail)),
        *(Slab((rail, deep, tall), "wood", 0.2, (x * (wide + rail) / 2, 0, rail)) for x in (-1, 1)),
    )


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


def village_lane(slip: Slip) -> None:
    """A lane between brick walls, coal cakes drying on one, a kiln chimney smoking at its end."""
    wide, tall = 2 * slip.chart.extent, slip.chart.length

    def spot(x: float, y: float) -> Spot:
        return (x * wide, y * tall)

    for k in range(6):
        y = 0.06 + 0.075 * k
        sky = [spot(-0.5, y), spot(0.5, y), spot(0.5, y + 0.12), spot(-0.5, y + 0.12)]
        slip.wash(sky, 0.05 + 0.035 * k, at=MIDDLE, rim=0, soft=0.8, smooth=False)
    _smoke(slip, spot(0.13, 0.38), 0.5 * wide)
    _chimney(slip, spot(0.13, -0.02), 0.4 * tall)
    for x, y, size in ((-0.12, -0.02, 0.26), (0.33, 0.0, 0.3), (-0.36, 0.01, 0.34)):
        water.house(slip, MIDDLE, spot(x, y), size * wide)
    _palm(slip, spot(-0.3, 0.0), 0.4 * tall)
    _gate(slip, spot(0.02, -0.11), 0.19 * wide, 0.13 * tall)
    _wall(slip, [spot(-0.5, -0.42), spot(-0.5, 0.16), spot(-0.06, 0.03), spot(-0.06, -0.1)], 1)
    _wall(slip, [spot(0.5, -0.36), spot(0.5, 0.1), spot(0.1, 0.02), spot(0.1, -0.1)], -1)
    ground = [
        spot(-0.5, -0.5),
        spot(-0.5, -0.42),
        spot(-0.06, -0.1),
        spot(0.1, -0.1),
        spot(0.5, -0.36),
        spot(0.5, -0.5),
    ]
    slip.wash(ground, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(ground, 0.16, at=MIDDLE, towards=(0, -0.6), rim=0.4, smooth=False)
    for k in range(9):
        y = -0.1 - 0.4 * (k / 8) ** 1.6
        left, right = -0.06 + 1.375 * (y + 0.1), 0.1 - 1.54 * (y + 0.1)
        course = [spot(max(left, -0.5), y), spot(0.0, y - 0.004), spot(min(right, 0.5), y)]
        slip.stroke(course, 0.08 + 0.02 * k, 0.8, at=MIDDLE, press=swelling)
    for k in range(7):
        f = k / 6
        joint = [spot(-0.05 + 0.14 * f, -0.1), spot(-0.42 + 0.84 * f, -0.5)]
        slip.stroke(joint, 0.1, 0.6, at=MIDDLE, press=swelling)
    _carrier(slip, spot(0.06, -0.27), 0.2 * tall)


def _smoke(slip: Slip, foot: Spot, reach: float) -> None:
    for k in reversed(range(9)):
        x = foot[0] + reach * (0.02 + 0.1 * k) * 0.5
        y = foot[1] + reach * 0.025 * k + slip.rng.normal(0, 0.01) * reach
        r = reach * (0.045 + 0.011 * k)
        ring = [(x + 1.3 * r * math.cos(a), y + r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
        slip.wash(ring, 0.9 - 0.05 * k, at=MIDDLE, how="wipe", rim=0, soft=0.12)
        slip.wash(ring, 0.26, at=MIDDLE, rim=0.7, soft=0.08)
        arc = [(x + 1.3 * r * math.cos(a), y + r * math.sin(a)) for a in np.linspace(0.2, 2.9, 8)]
        slip.stroke(arc, 0.16, 1.0, at=MIDDLE, press=swelling)


def _chimney(slip: Slip, foot: Spot, tall: float) -> None:
    x, y = foot
    low, high = 0.13 * tall, 0.08 * tall
    shaft = [(x - low, y), (x - high, y + tall), (x + high, y + tall), (x + low, y)]
    slip.wash(shaft, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(shaft, 0.55, at=MIDDLE, towards=(-1.2, 0.1), smooth=False)
    for f in np.linspace(0.03, 0.97, 26):
        half = low + (high - low) * f
        shift = 0.3 * half * slip.rng.uniform(-1, 1)
        course = [
            (x - half, y + f * tall),
            (x + shift, y + f * tall - 0.05),
            (x + half, y + f * tall),
        ]
        slip.stroke(course, 0.1, 1.0, at=MIDDLE, press=steady)
    for side in (1, -1):
        edge = [(x + side * low, y), (x + side * high, y + tall)]
        slip.stroke(edge, 0.16, 1.5, at=MIDDLE, press=steady)
    for f in (0.9, 1.0):
        lip = [(x - 1.25 * high, y + f * tall), (x + 1.25 * high, y + f * tall)]
        slip.stroke(lip, 0.3, 1.6, at=MIDDLE, press=steady)


def _gate(slip: Slip, foot: Spot, wide: float, tall: float) -> None:
    """The wall across the lane's end and the arched gate in it."""
    x, y = foot
    wall = [(x - wide, y), (x - wide, y + tall), (x + wide, y + tall), (x + wide, y)]
    slip.wash(wall, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(wall, 0.22, at=MIDDLE, rim=0.3, smooth=False)
    for f in np.linspace(0.12, 1, 8):
        line = [(x - wide, y + f * tall), (x + wide, y + f * tall)]
        slip.stroke(line, 0.1 if f < 1 else 0.26, 0.9 + 0.7 * (f == 1), at=MIDDLE, press=steady)
    turn = np.linspace(0, math.pi, 9)
    arch = np.stack([0.32 * wide * np.cos(turn), 0.5 * tall + 0.28 * tall * np.sin(turn)], 1) + foot
    opening = np.concatenate([[(x + 0.32 * wide, y)], arch, [(x - 0.32 * wide, y)]])
    slip.wash(opening, 1.2, at=MIDDLE, rim=0.2, smooth=False)
    slip.stroke(opening, 0.2, 1.5, at=MIDDLE, press=steady, smooth=False)


def _wall(slip: Slip, corners: list[Spot], side: int) -> None:
    """A brick wall in perspective; on the left one (``side`` 1) coal cakes are stuck to dry."""
    near_low, near_high, far_high, far_low = (np.array(c) for c in corners)
    slip.wash(corners, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(
        corners, 0.3 if side > 0 else 0.42, at=MIDDLE, towards=(side * 0.7, 0.2), smooth=False
    )

    def on(u: float, v: float) -> np.ndarray:
        return (near_low * (1 - u) + far_low * u) * (1 - v) + (
            near_high * (1 - u) + far_high * u
        ) * v

    for v in np.linspace(0, 1, 12):
        pen = 0.24 if v in (0, 1) else 0.12
        slip.stroke(
            np.array([on(0, v), on(0.5, v), on(1, v)]),
            pen,
            1.0 + 0.5 * (v == 1),
            at=MIDDLE,
            press=steady,
        )
    for row in range(11):
        for k in range(9):
            u = ((k + 0.5 * (row % 2)) / 9) ** 0.8
            ends = [on(u, row / 11), on(u, (row + 1) / 11)]
            slip.stroke(np.array(ends), 0.09, 0.9, at=MIDDLE, press=steady)
    if side > 0:
        for row, v in enumerate((0.36, 0.56, 0.76)):
            for k in range(6):
                u = (0.06 + 0.15 * k + 0.07 * (row % 2)) ** 0.85
                r = 0.06 * float(np.linalg.norm(on(u, 1) - on(u, 0)))
                cake = np.array(
                    [(0.7 * r * math.cos(a), r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
                )
                slip.wash(cake + on(u, v), 1.5 * slip.rng.uniform(0.75, 1.1), at=MIDDLE, rim=0.3)
    top = np.array([on(0, 1.0), on(0.5, 1.01), on(1, 1.0)])
    slip.stroke(top, 0.42, 1.3, at=MIDDLE, press=tapered)


def _palm(slip: Slip, foot: Spot, tall: float) -> None:
    """An areca palm behind the wall."""
    x, y = foot
    slip.stroke(
        [(x, y), (x + 0.02 * tall, y + 0.5 * tall), (x, y + 0.9 * tall)],
        0.34,
        1.0,
        at=MIDDLE,
        press=steady,
    )
    for f in np.linspace(0.1, 0.9, 12):
        slip.stroke([(x - 0.12, y + f * tall), (x + 0.16, y + f * tall)], 0.09, 1.4, at=MIDDLE)
    crown = (x, y + 0.9 * tall)
    for angle in np.linspace(-0.5, 3.6, 9):
        lift = np.linspace(0, 1, 5)
        reach = 0.38 * tall * math.cos(angle)
        line = np.stack(
            [reach * lift, 0.32 * tall * math.sin(angle) * lift - 0.14 * tall * lift**2], 1
        )
        slip.stroke(line, 0.18, 1.2, at=crown, press=tapered)
        for f in np.linspace(0.25, 1, 7):
            root = np.array([np.interp(f, lift, line[:, c]) for c in (0, 1)])
            for lean in (0.09, -0.05):
                slip.stroke(
                    np.array([root, root + np.array([0.5 * lean, -0.11]) * tall]),
                    0.1,
                    1.2,
                    at=crown,
                    press=tapered,
                )


def _carrier(slip: Slip, foot: Spot, tall: float) -> None:
    """A woman with a shoulder pole, baskets of bowls at either end, walking up the lane."""
    for side in (-1, 1):
        leg = [(0.05 * side * tall, 0.42 * tall), (0.09 * side * tall, (0.03 + 0.05 * side) * tall)]
        slip.stroke(leg, 0.1 * tall, 1.7, at=foot, press=tapered)
    body = [(-0.12, 0.36), (-0.13, 0.72), (0.0, 0.8), (0.13, 0.72), (0.12, 0.36)]
    slip.wash(d.turned(body, 0, tall), 1.0, at=foot, how="wipe", rim=0)
    slip.wash(d.turned(body, 0, tall), 0.9, at=foot, rim=0.4)
    arm = [(0.11, 0.68), (0.24, 0.6), (0.3, 0.76)]
    slip.stroke(d.turned(arm, 0, tall), 0.06 * tall, 1.3, at=foot, press=steady)
    pole = [(-0.62, 0.74), (0.0, 0.8), (0.62, 0.74)]
    slip.stroke(d.turned(pole, 0, tall), 0.035 * tall, 1.8, at=foot, press=steady)
    hat = [(-0.22, 0.84), (0.0, 1.06), (0.22, 0.84)]
    slip.wash(d.turned(hat, 0, tall), 1.0, at=foot, how="wipe", rim=0, smooth=False)
    slip.wash(d.turned(hat, 0, tall), 0.5, at=foot, smooth=False, rim=0.8)
    slip.stroke(
        d.turned([*hat, hat[0]], 0, tall), 0.03 * tall, 1.6, at=foot, press=steady, smooth=False
    )
    for side in (-1, 1):
        for x in (0.5, 0.72):
            cord = [(0.61 * side, 0.74), (x * side, 0.3)]
            slip.stroke(d.turned(cord, 0, tall), 0.018 * tall, 1.4, at=foot, press=steady)
        basket = [(0.46, 0.3), (0.76, 0.3), (0.7, 0.12), (0.52, 0.12)]
        shape = d.turned(basket, 0, tall) * (side, 1)
        slip.wash(shape, 1.0, at=foot, how="wipe", rim=0, smooth=False)
        slip.wash(shape, 0.8, at=foot, smooth=False)
        for x in (0.54, 0.62, 0.69):
            bowl = [(x - 0.05, 0.36), (x, 0.29), (x + 0.05, 0.36)]
            slip.stroke(d.turned(bowl, 0, tall) * (side, 1), 0.035 * tall, 1.5, at=foot)


def plaque_border(wide: float, tall: float) -> Decor:
    """A running leaf round the edge of a plaque between two lines, a flower at each corner."""

    def paint(slip: Slip) -> None:
        for inset, pen in ((0.7, 0.16), (2.5, 0.1)):
            x, y = wide / 2 - inset, tall / 2 - inset
            line = np.array([(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)])
            slip.stroke(line, pen, 1.5, at=MIDDLE, press=steady, smooth=False, wobble=0.7)
        x, y = wide / 2 - 1.6, tall / 2 - 1.6
        for turn, long, off in ((0, x, -y), (1, y, x), (2, x, y), (3, y, -x)):
            _leaf_run(slip, turn, long, abs(off))
        for sx in (-1, 1):
            for sy in (-1, 1):
                _corner_flower(slip, (sx * x, sy * y))

    return paint


def _leaf_run(slip: Slip, turn: int, long: float, off: float) -> None:
    angle = turn * math.pi / 2
    many = max(4, 2 * round(long / 1.9))
    t = np.linspace(-long + 0.9, long - 0.9, 4 * many + 1)
    wave = np.stack([t, -off + 0.22 * np.sin(t * math.pi * many / (2 * long))], 1)
    slip.stroke(d.turned(wave, angle), 0.1, 1.4, at=MIDDLE, press=steady)
    for k in range(many):
        x = -long + 0.9 + (k + 0.5) * (2 * long - 1.8) / many
        side = 1 if k % 2 else -1
        foot = d.turned([(x, -off)], angle)[0]
        d.comma_leaf(slip, MIDDLE, tuple(foot), angle + 0.9 * side, 0.95, side)


def _corner_flower(slip: Slip, at: Spot) -> None:
    for k in range(6):
        angle = 2 * math.pi * k / 6
        foot = d.turned([(0.14, 0)], angle)[0]
        d.petal(slip, at, tuple(foot), angle, 0.62, 0.42, pen=0.06, wash=0.7, veins=0, point=0.1)
    slip.stroke([(-0.05, 0), (0.05, 0.02)], 0.26, 1.8, at=at)
