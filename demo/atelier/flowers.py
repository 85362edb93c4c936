"""Flowers of the four seasons, drawn as a plant grows: plum, peony, orchid, chrysanthemum, lotus.

Each takes a place ``at`` on the slip and measures in cm from there, so that it can be set on a
thrown wall or on the face of a tile.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from . import decoration as d
from .brush import Points, Slip, curve, leaf, steady, swelling, tapered
from .decoration import Spot


def dry(slip: Slip, points: Points, width: float, density: float, at: Spot, hairs: int = 5) -> None:
    """A stroke from a brush running dry: its end is combed by hairs that carry no colour."""
    slip.stroke(points, width, density, at=at, press=tapered)
    path = curve(points)
    for _ in range(hairs):
        start = slip.rng.uniform(0.1, 0.75)
        part = path[int(start * len(path)) : int(slip.rng.uniform(start + 0.12, 1.0) * len(path))]
        if len(part) > 3:
            shift = slip.rng.uniform(-0.3, 0.3) * width * np.array([0.7, 0.7])
            slip.stroke(part + shift, 0.12 * width, 0.9, at=at, press=swelling, how="wipe")


def plum_blossom(
    slip: Slip, at: Spot, middle: Spot, size: float, ink: str = "red", face: float = 1.0
) -> None:
    """Five round petals, ``face`` 1 seen from the front and less from the side; dotted stamens."""
    phase = slip.rng.uniform(0, 2 * math.pi)
    squash = np.array([1.0, face])
    with slip.dipped(ink):
        for k in range(5):
            angle = phase + 2 * math.pi * k / 5 + slip.rng.normal(0, 0.06)
            r = 0.27 * size * slip.rng.uniform(0.9, 1.1)
            centre = np.array([math.cos(angle), math.sin(angle)]) * 0.29 * size
            ring = [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
            shape = (np.array(ring) + centre) * squash + middle
            slip.wash(shape, 1.0, at=at, how="wipe", rim=0, soft=0.01)
            slip.wash(shape, 0.48, at=at, towards=(-math.cos(angle), -math.sin(angle)), rim=0.9)
            turn = [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(-2.3, 2.3, 9) + angle]
            edge = (np.array(turn) + centre) * squash + middle
            slip.stroke(edge, 0.035 * size + 0.03, 1.9, at=at, press=swelling)
        for k in range(9):
            angle = phase + 2 * math.pi * k / 9
            tip = np.array([math.cos(angle), math.sin(angle)]) * size * slip.rng.uniform(0.16, 0.27)
            tip = tip * squash + middle
            slip.stroke([middle, tuple(tip)], 0.03 * size, 1.3, at=at, press=steady)
            slip.stroke(
                np.array([tip, tip + np.array([0.01, 0.02]) * size]), 0.08 * size, 2.6, at=at
            )


def plum_bud(slip: Slip, at: Spot, foot: Spot, angle: float, size: float, ink: str = "red") -> None:
    """A round bud and the calyx that holds it."""
    ring = [(0.5 + 0.5 * math.cos(a), 0.42 * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
    shape = d.turned(ring, angle, size, foot)
    with slip.dipped(ink):
        slip.wash(shape, 0.9, at=at, how="wipe", rim=0, soft=0.01)
        slip.wash(shape, 1.1, at=at, rim=0.8)
        slip.stroke(np.concatenate([shape, shape[:1]]), 0.06 * size + 0.02, 1.3, at=at)
    for lean in (-0.6, 0.0, 0.6):
        sepal = d.turned([(0, 0), (0.3, 0.0)], angle + lean, size, foot)
        slip.stroke(sepal, 0.16 * size, 1.5, at=at, press=tapered)


def plum(
    slip: Slip,
    at: Spot,
    bough: Points,
    width: float,
    size: float,
    *,
    ink: str = "red",
    flowers: int = 7,
    twigs: int = 5,
    tone: float = 1.25,
) -> None:
    """An old bough through the points of ``bough``, new twigs straight out of it, blossoms.

    ``width`` is the bough's at its root, ``size`` a blossom's.
    """
    path = curve(bough, count=120)
    for k in range(3):
        shift = slip.rng.normal(0, 0.14, 2) * width
        dry(slip, path[::12] + shift, width * (0.8 - 0.2 * k), tone - 0.25 * k, at)
    for _ in range(5):
        knot = (
            path[int(slip.rng.uniform(0.05, 0.7) * len(path))] + slip.rng.normal(0, 0.1, 2) * width
        )
        hook = d.turned([(0, 0), (0.3, 0.22), (0.5, 0.0)], slip.rng.uniform(0, 6.3), width, knot)
        slip.stroke(hook, 0.16 * width, 1.8, at=at, press=tapered)
    spots: list[tuple[np.ndarray, float]] = []
    heading = math.atan2(*(path[-1] - path[0])[::-1])
    length = float(np.linalg.norm(path[-1] - path[0]))
    for k in range(twigs):
        t = (k + 0.7) / (twigs + 0.4)
        root = path[int(t * (len(path) - 1))]
        side = 1 if k % 2 else -1
        angle = heading + side * slip.rng.uniform(0.45, 0.95)
        long = length * slip.rng.uniform(0.22, 0.36) * (1.15 - 0.4 * t)
        tip = root + np.array([math.cos(angle), math.sin(angle)]) * long
        bend = (root + tip) / 2 + slip.rng.normal(0, 0.05, 2) * long
        slip.stroke([root, bend, tip], 0.3 * width, tone + 0.15, at=at, press=tapered)
        spots += [(root + (tip - root) * f, angle) for f in (0.5, 0.8, 1.0)]
        for f in (0.35, 0.65):
            spur = root + (tip - root) * f
            out = angle - side * 0.8
            end = spur + np.array([math.cos(out), math.sin(out)]) * 0.2 * long
            slip.stroke([spur, end], 0.16 * width, tone, at=at, press=tapered)
            plum_bud(slip, at, tuple(end), out, 0.3 * size, ink)
    spots += [(path[int(f * (len(path) - 1))], heading) for f in (0.45, 0.7, 1.0)]
    order = slip.rng.permutation(len(spots))
    placed: list[np.ndarray] = []
    for k in order:
        spot, angle = spots[k]
        if len(placed) >= flowers:
            break
        if all(np.linalg.norm(spot - other) > 0.85 * size for other in placed):
            placed.append(spot)
            plum_blossom(
                slip,
                at,
                (float(spot[0]), float(spot[1])),
                size * slip.rng.uniform(0.85, 1.1),
                ink,
                slip.rng.uniform(0.72, 1.0),
            )


def _ruffled(
    slip: Slip, at: Spot, foot: Spot, angle: float, long: float, spread: float, wash: float
) -> None:
    """A peony petal: a fan with a torn edge, dark at its root, combed with veins."""
    f = np.linspace(-1, 1, 13)
    edge = long * (1 - 0.3 * np.abs(f) ** 3) * (1 + 0.06 * np.sin(7 * f + slip.rng.uniform(0, 6)))
    edge = edge * (1 + slip.rng.normal(0, 0.025, len(f)))
    turn = angle + 0.5 * spread * f
    rim = np.stack([edge * np.cos(turn), edge * np.sin(turn)], 1) + foot
    sides = [
        d.turned([(0.16 * long, 0), (0.5 * long, 0)], angle + 0.5 * spread * s, to=foot)
        for s in (1, -1)
    ]
    shape = np.concatenate([[foot], sides[1], rim, sides[0][::-1]])
    slip.wash(shape, 0.97, at=at, how="wipe", rim=0, soft=0.01)
    slip.wash(shape, wash, at=at, towards=(1.5 * math.cos(angle), 1.5 * math.sin(angle)), rim=0.5)
    slip.stroke(rim, 0.02 * long + 0.05, 2.1, at=at, press=steady)
    for side, end in ((sides[1], rim[0]), (sides[0], rim[-1])):
        slip.stroke([foot, *side, end], 0.02 * long + 0.04, 1.8, at=at, press=swelling)
    for g in np.linspace(-0.75, 0.75, 7):
        a = angle + 0.5 * spread * g
        reach = slip.rng.uniform(0.6, 0.85)
        vein = d.turned([(0.2 * long, 0), (reach * long, 0.02 * long)], a, to=foot)
        slip.stroke(vein, 0.016 * long + 0.02, 1.25, at=at, press=tapered)


def peony(slip: Slip, at: Spot, middle: Spot, size: float, ink: str = "red") -> None:
    """An open peony ``size`` cm across: three ranks of ruffled petals about a gold-thread heart."""
    foot = np.array(middle)
    with slip.dipped(ink):
        for count, reach, shift, wash in (
            (7, 0.52, 0.0, 0.8),
            (6, 0.4, 0.12, 1.0),
            (5, 0.28, 0.08, 1.25),
        ):
            phase = slip.rng.uniform(0, 2 * math.pi)
            for k in range(count):
                angle = phase + 2 * math.pi * k / count
                root = foot + shift * size * np.array([math.cos(angle), math.sin(angle)]) * 0.6
                long = reach * size * slip.rng.uniform(0.9, 1.08)
                _ruffled(slip, at, tuple(root), angle, long, 2.3 * math.pi / count, wash)
        for _ in range(16):
            a, r = slip.rng.uniform(0, 2 * math.pi), 0.075 * size * slip.rng.uniform(0.2, 1) ** 0.5
            spot = foot + r * np.array([math.cos(a), math.sin(a)])
            slip.stroke(np.array([spot, spot + np.array([0.01, 0.02])]), 0.03 * size, 2.2, at=at)


def peony_leaf(slip: Slip, at: Spot, foot: Spot, angle: float, size: float) -> None:
    """A leaf cut in three, each part folded along its vein."""
    for lean, reach in ((-0.75, 0.72), (0.75, 0.72), (0.0, 1.0)):
        start = d.turned([(0.16 * size, 0)], angle, to=foot)[0]
        spine = d.turned([(0, 0), (0.5, 0.05), (1, -0.03)], angle + lean, reach * size, start)
        for side, wash in ((1, 0.75), (-1, 0.4)):
            edge = d.turned(
                [(0, 0), (0.3, 0.2 * side), (0.65, 0.16 * side), (1, -0.03)],
                angle + lean,
                reach * size,
                start,
            )
            shape = np.concatenate([edge, spine[::-1][1:]])
            slip.wash(shape, wash, at=at, rim=0.6)
            slip.stroke(edge, 0.03 * size + 0.03, 1.4, at=at, press=swelling)
        slip.stroke(spine, 0.03 * size + 0.02, 1.6, at=at, press=tapered)
    stalk = [foot, tuple(d.turned([(0.2 * size, 0)], angle, to=foot)[0])]
    slip.stroke(stalk, 0.06 * size, 1.5, at=at)


def orchid(slip: Slip, at: Spot, tall: float, blades: int = 9, flowers: int = 3) -> None:
    """Orchid leaves thrown out from one root in single long strokes, small flowers among them."""
    for k in range(blades):
        side = 1 if k % 2 else -1
        lean = side * slip.rng.uniform(0.1, 0.95)
        high = tall * slip.rng.uniform(0.5, 1.0) * (1 - 0.28 * abs(lean))
        droop = 0.2 * abs(lean) * high
        blade = [
            (0.02 * tall * side, 0),
            (0.22 * lean * tall, 0.5 * high),
            (0.55 * lean * tall, 0.92 * high),
            (0.95 * lean * tall, high - 2.2 * droop),
        ]
        tone = float(slip.rng.choice([0.7, 1.2, 1.7]))
        slip.stroke(blade, 0.045 * tall, tone, at=at, press=leaf)
    for k in range(flowers):
        lean = (k - (flowers - 1) / 2) * 0.34 + slip.rng.normal(0, 0.04)
        high = tall * slip.rng.uniform(0.62, 0.95)
        head = (lean * tall * 0.8, high)
        slip.stroke(
            [(0, 0), (0.3 * lean * tall, 0.55 * high), head], 0.018 * tall, 1.1, at=at, press=steady
        )
        _orchid_flower(slip, at, head, 0.15 * tall)


def _orchid_flower(slip: Slip, at: Spot, middle: Spot, size: float) -> None:
    turn = slip.rng.uniform(-0.5, 0.5)
    for k, reach in enumerate((1.0, 0.85, 0.9, 0.8, 1.0)):
        angle = turn + math.pi / 2 + (k - 2) * 0.95
        petal = d.turned([(0, 0), (0.5, 0.09), (1, -0.02)], angle, reach * size, middle)
        slip.stroke(petal, 0.24 * size, 0.85, at=at, press=leaf)
    for lean in (-0.25, 0.0, 0.25):
        dot = d.turned([(0.1, 0), (0.3, 0.02)], turn - math.pi / 2 + lean, size, middle)
        slip.stroke(dot, 0.09 * size, 2.0, at=at, press=tapered)


def chrysanthemums(slip: Slip, at: Spot, heads: Sequence[tuple[float, float, float]]) -> None:
    """A clump of chrysanthemums: each head is (x, height, size); leaves up every stem."""
    for x, high, size in heads:
        stem = [(0.12 * x, 0), (0.3 * x, 0.45 * high), (0.75 * x, 0.8 * high), (x, high)]
        slip.stroke(stem, 0.09 * size, 1.3, at=at, press=steady)
        path = curve(stem, count=60)
        for k, t in enumerate((0.2, 0.38, 0.55, 0.72)):
            root = path[int(t * (len(path) - 1))]
            side = 1 if k % 2 else -1
            angle = math.pi / 2 - side * slip.rng.uniform(0.8, 1.4)
            d.lobed_leaf(slip, at, tuple(root), angle, size * slip.rng.uniform(0.55, 0.75))
    for x, high, size in heads:
        d.chrysanthemum(slip, at, (x, high), size)


def lotus_pond(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """A lotus over its leaves: an open flower, a bud, a leaf on edge, water below."""
    size = 0.86 * wide
    leaves = ((0.3, 0.5, 0.08, 0.66), (-0.24, 0.3, -0.05, 0.9), (0.26, 0.13, 0.06, 0.62))
    for x, high, lean, share in leaves:
        _lotus_leaf(slip, at, (x * wide, high * tall), share * wide, lean)
        stalk = [(0.4 * x * wide, 0), (0.9 * x * wide, 0.5 * high * tall), (x * wide, high * tall)]
        slip.stroke(stalk, 0.022 * wide + 0.08, 1.2, at=at, press=steady)
    for x, high in ((-0.04, 0.72), (0.28, 0.9)):
        stalk = [
            (0.1 * wide, 0),
            (0.5 * x * wide + 0.06 * wide, 0.5 * high * tall),
            (x * wide, high * tall - 0.1 * size),
        ]
        slip.stroke(stalk, 0.022 * wide + 0.08, 1.3, at=at, press=steady)
    d.bud(slip, at, (0.28 * wide, 0.87 * tall), math.pi / 2 + 0.15, 0.26 * wide)
    d.lotus(slip, at, (-0.04 * wide, 0.74 * tall), size, 0.06)
    for _ in range(26):
        x, y = slip.rng.uniform(-0.45, 0.45) * wide, slip.rng.uniform(-0.06, 0.09) * tall
        long = slip.rng.uniform(0.06, 0.16) * wide
        ripple = [(x - long, y), (x, y + 0.02 * wide), (x + long, y)]
        slip.stroke(ripple, 0.08 + 0.01 * wide, 1.1, at=at, press=swelling)


def _lotus_leaf(slip: Slip, at: Spot, middle: Spot, wide: float, lean: float) -> None:
    """A lotus leaf seen from its edge, its brim turned down, veins from the stalk."""
    t = np.linspace(-1, 1, 11)
    top = np.stack([0.5 * wide * t, 0.11 * wide * (1 - t**2) + 0.02 * wide * np.sin(7 * t)], 1)
    low = np.stack([0.5 * wide * t, -0.16 * wide * (1 - t**2) - 0.02 * wide * np.sin(6 * t)], 1)
    shape = d.turned(np.concatenate([top, low[::-1][1:-1]]), lean, to=middle)
    slip.wash(shape, 0.9, at=at, how="wipe", rim=0)
    slip.wash(shape, 0.7, at=at, towards=(0.2, 0.9), rim=0.7)
    for line in (top, low):
        pen = 0.02 * wide + 0.04
        slip.stroke(d.turned(line, lean, to=middle), pen, 1.5, at=at, press=steady)
    for f in (-0.8, -0.45, -0.12, 0.2, 0.5, 0.82):
        vein = [(0.05 * f * wide, 0.03 * wide), (0.42 * f * wide, -0.1 * wide * (1 - f * f))]
        slip.stroke(d.turned(vein, lean, to=middle), 0.05 + 0.008 * wide, 1.2, at=at, press=tapered)
