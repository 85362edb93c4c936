"""What grows and moves by the river, for the table: reeds, rolling waves, a fish.

Measures are in cm, heights above the ground, as in ``decoration``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .brush import Slip, leaf, steady, swelling, tapered
from .decoration import Line, Spot, turned
from .forms import Decor


def in_pigment(pigment: str, *decors: Decor) -> Decor:
    """The same painting with another pigment in the brush."""

    def paint(slip: Slip) -> None:
        with slip.dipped(pigment):
            for decor in decors:
                decor(slip)

    return paint


def reed_clump(slip: Slip, at: Spot, foot: Spot, angle: float, size: float) -> None:
    """A clump of reed growing from ``foot`` along ``angle``, its longest stem ``size`` cm."""
    for k, lean in enumerate((-0.52, 0.46, -0.26, 0.24, 0.02)):
        long = size * (0.62 + 0.07 * k) * slip.rng.uniform(0.9, 1.08)
        _blade(slip, at, foot, angle + lean + slip.rng.normal(0, 0.04), long, lean)
    for lean, share in ((-0.1, 1.0), (0.16, 0.82)):
        _plume(slip, at, foot, angle + lean, size * share, 1 if lean > 0 else -1)
    for k in range(4):
        x = (k - 1.5) * 0.05 * size
        grass = [(0, x), (0.06 * size, 1.4 * x), (0.14 * size, 2.4 * x)]
        slip.stroke(turned(grass, angle, to=foot), 0.045 * size, 1.8, at=at, press=tapered)


def _blade(slip: Slip, at: Spot, foot: Spot, angle: float, long: float, lean: float) -> None:
    """A leaf in one stroke, pressed, lifted and broken over at its tip."""
    bow = 0.16 if lean < 0 else -0.16
    tip = [(0, 0), (0.35, 0.3 * bow), (0.72, -0.25 * bow), (0.98, -1.5 * bow)]
    tone = float(slip.rng.choice([0.9, 1.5, 2.1]))
    slip.stroke(turned(tip, angle, long, foot), 0.115 * long, tone, at=at, press=leaf)
    if abs(lean) > 0.4:
        fold = turned([(0.72, -0.25 * bow), (0.86, -1.1 * bow)], angle, long, foot)
        end = fold[-1] + turned([(0.2, -1.4 * bow)], angle - 7 * bow, long)[0]
        slip.stroke([*fold, end], 0.085 * long, 0.7 * tone, at=at, press=tapered)


def _plume(slip: Slip, at: Spot, foot: Spot, angle: float, long: float, side: int) -> None:
    """A stem and its feathered head, blown to one side."""
    stem = turned(
        [(0, 0), (0.4, 0.01), (0.75, 0.03 * side), (0.99, 0.11 * side)], angle, long, foot
    )
    slip.stroke(stem, 0.022 * long + 0.03, 1.9, at=at, press=steady)
    for k in range(15):
        t = 0.68 + 0.32 * k / 14
        root = np.array([np.interp(t, (0, 0.4, 0.75, 0.99), stem[:, c]) for c in (0, 1)])
        droop = angle + side * slip.rng.uniform(0.3, 1.0) * (1.25 - 0.5 * t)
        hair = turned([(0, 0), (0.5, 0.06 * side), (1, 0.3 * side)], droop, 0.17 * long, root)
        tone = slip.rng.uniform(0.7, 1.6)
        slip.stroke(hair, 0.036 * long, tone, at=at, press=tapered)


def reeds(z: float, clumps: Sequence[tuple[float, float, float]]) -> Decor:
    """Clumps of reed standing on ``z``: each (u, size, lean in radians)."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        for u, size, lean in clumps:
            reed_clump(slip, (u, s), (0, 0), math.pi / 2 - lean, size)
            for k in range(3):
                line = [(-0.34 * size + 0.1 * k, -0.05 * k * size), (0.3 * size, -0.05 * k * size)]
                slip.stroke(line, 0.04 * size, 0.8, at=(u, s - 0.03 * size), press=swelling)

    return paint


def reed_dish(foot: Spot, angle: float, size: float) -> Decor:
    """One clump across the well of a dish, growing from ``foot`` cm off its middle."""

    def paint(slip: Slip) -> None:
        reed_clump(slip, (0.0, 0.0), foot, angle, size)

    return paint


def brushed_band(low: float, high: float, density: float) -> Decor:
    """A band laid with a flat brush on the turning wheel, its ends well over each other."""

    def paint(slip: Slip) -> None:
        first, last = slip.chart.row_of(low), slip.chart.row_of(high)
        around, many = slip.chart.around((first + last) / 2), max(2, round((last - first) / 0.3))
        for k in range(many):
            s = first + (k + 0.5) * (last - first) / many
            reach = 0.5 + slip.rng.uniform(0.02, 0.06)
            line = [(around * reach * f, slip.rng.normal(0, 0.012)) for f in np.linspace(-1, 1, 9)]
            tone = density * slip.rng.uniform(0.75, 1.15)
            slip.stroke(line, 1.3 * (last - first) / many, tone, at=(slip.rng.random(), s))

    return paint


def dish_ring(radius: float, width: float) -> Decor:
    """A line round the inside of a dish, drawn on the turning wheel."""

    def paint(slip: Slip) -> None:
        start = slip.rng.uniform(0, 6)
        a = np.linspace(start, start + 6.33, 40)
        line = np.stack([radius * np.cos(a), radius * np.sin(a)], 1)
        slip.stroke(line, width, 1.5, at=(0.0, 0.0), press=steady, wobble=0.6)

    return paint


def trailing_stroke(low: float, high: float, u: float, turns: float, width: float) -> Decor:
    """A flat brush held to the turning pot from ``u`` on, falling from ``high`` to ``low``.

    It goes ``turns`` times round, and its hairs run dry one after another.
    """

    def paint(slip: Slip) -> None:
        top, base = slip.chart.row_of(high), slip.chart.row_of(low)
        around = slip.chart.around((top + base) / 2)
        t = np.linspace(0, 1, 50)
        sway = 0.15 * width * np.sin(4 * t + slip.rng.uniform(0, 6))
        line = np.stack([around * turns * t, (base - top) * t**1.2 + sway], 1)
        hairs = 16
        for k in range(hairs):
            f = 2 * k / (hairs - 1) - 1
            dry = slip.rng.uniform(0.62, 1.0) * (1 - 0.25 * abs(f))
            start = slip.rng.uniform(0, 0.02) + 0.015 * f * f
            reach = (t >= start) & (t <= dry)
            hair = line + np.stack([0 * t, 0.5 * f * width * (1 - 0.35 * t)], 1)
            tone = slip.rng.uniform(0.45, 1.1)
            slip.stroke(hair[reach], 2.6 * width / hairs, tone, at=(u, top), press=_running_dry)

    return paint


def _running_dry(t: Line) -> Line:
    return np.clip(0.6 + 9 * t, 0, 1) * (1 - 0.7 * t**3)


def rolling_waves(z: float, count: int, size: float) -> Decor:
    """A band of waves, each rolling over into the next, combed within and flecked with foam."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        gap = slip.chart.around(s) / count
        for _ in range(3 * count):
            u, y = slip.rng.random(), slip.rng.uniform(-0.02, 0.3) * size
            ripple = [(-0.5 * gap, 0), (-0.15 * gap, 0.09 * size), (0.4 * gap, 0.02 * size)]
            slip.stroke(ripple, 0.06 * size, 0.8, at=(u, s + y), press=swelling)
        for shift, share in ((0.0, 0.72), (0.5, 1.0)):
            for k in range(count):
                tall = size * share * slip.rng.uniform(0.9, 1.08)
                _wave(slip, ((k + shift) / count, s), gap * (0.6 + 0.5 * share), tall)

    return paint


def _wave(slip: Slip, at: Spot, gap: float, tall: float) -> None:
    back = np.array([(-0.62, 0.0), (-0.3, 0.2), (0.0, 0.62), (0.26, 0.95), (0.52, 0.98)])
    curl = np.array([(0.52, 0.98), (0.7, 0.8), (0.62, 0.56), (0.44, 0.6), (0.46, 0.74)])
    face = np.array([(0.52, 0.98), (0.4, 0.62), (0.42, 0.28), (0.62, 0.02)])
    scale = (gap, tall)
    hollow = np.concatenate([back, face[1:]]) * scale
    slip.wash(hollow, 0.9, at=at, how="wipe", rim=0)
    slip.wash(hollow, 0.55, at=at, towards=(-0.2, 0.9), rim=0.7)
    slip.stroke(back * scale, 0.11 * tall, 1.5, at=at, press=swelling)
    slip.stroke(curl * scale, 0.1 * tall, 1.6, at=at, press=tapered)
    slip.stroke(face * scale, 0.05 * tall, 1.2, at=at, press=tapered)
    for k in range(1, 5):
        f = k / 5
        comb = back * (1 - f) + face[[3, 3, 2, 1, 0]] * f
        middle = comb[:-1] * scale
        slip.stroke(middle, 0.035 * tall, 1.0, at=at, press=tapered)
    for _ in range(5):
        x, y = slip.rng.uniform(0.4, 0.95) * gap, slip.rng.uniform(0.95, 1.25) * tall
        slip.stroke([(x, y), (x + 0.02, y + 0.02)], 0.07 * tall, 1.3, at=at, press=steady)


def incised_fish(length: float, depth: float = 0.055) -> Decor:
    """One fish cut along the well of an oval dish, weed above and below it."""

    def carve(slip: Slip) -> None:
        at = (0.0, 0.0)
        t = np.linspace(0, 1, 25)
        x = length * (0.5 - t)
        spine = np.stack([x, 0.035 * length * np.sin(2 * math.pi * (0.9 * t + 0.05))], 1)
        half = (
            0.16
            * length
            * np.interp(
                t, (0, 0.08, 0.25, 0.45, 0.7, 0.82, 1), (0.05, 0.5, 0.95, 1, 0.55, 0.27, 0.2)
            )
        )
        upper, lower = spine + np.stack([0 * t, half], 1), spine - np.stack([0 * t, half], 1)
        outline = np.concatenate([upper, lower[::-1]])
        slip.wash(outline, 0.35 * depth, at=at, layer="height", rim=0, soft=0.3)
        for side in (upper, lower):
            _groove(slip, side, 0.17, depth)
        _fish_head(slip, spine, half, depth)
        _fish_scales(slip, spine, half, depth)
        _fish_fins(slip, spine, half, length, depth)
        for start, way in (((-0.42, -0.24), 0.25), ((0.12, 0.27), 0.15), ((0.3, -0.25), 2.75)):
            _weed(slip, (start[0] * length, start[1] * length), way, 0.2 * length, depth)

    return carve


def _groove(slip: Slip, line: Line, width: float, depth: float) -> None:
    slip.stroke(line, width, -depth, at=(0.0, 0.0), layer="height", press=swelling)


def _fish_head(slip: Slip, spine: Line, half: Line, depth: float) -> None:
    gill = [spine[5] + (0, half[5] * 0.95), spine[5] - (0.3 * half[5], 0), spine[5] - (0, half[5])]
    _groove(slip, np.array(gill), 0.15, depth)
    eye = spine[2] + (-0.1, 0.42 * half[2])
    ring = [eye + 0.2 * half.max() * np.array([math.cos(a), math.sin(a)]) for a in _TURN]
    _groove(slip, np.array(ring), 0.1, depth)
    pupil = np.array([(-0.05, 0), (0.05, 0)]) + eye
    _groove(slip, pupil, 0.2, 1.3 * depth)
    mouth = [spine[0] + (0.05, 0), spine[1] - (0.1, 0.25 * half[1])]
    _groove(slip, np.array(mouth), 0.13, depth)


_TURN = np.linspace(0, 6.4, 10)


def _fish_scales(slip: Slip, spine: Line, half: Line, depth: float) -> None:
    for row, k in enumerate(np.linspace(6.6, 20, 13)):
        middle = np.array([np.interp(k, range(25), spine[:, c]) for c in (0, 1)])
        wide = float(np.interp(k, range(25), half))
        count = max(2, round(wide / 0.42))
        for j in range(count + row % 2):
            y = ((j + 0.5) / (count + row % 2) - 0.5) * 1.86 * wide
            r = wide / count
            a = np.linspace(-1.3, 1.3, 5)
            arc = middle + np.stack([-1.1 * r * np.cos(a), y + r * np.sin(a)], 1)
            _groove(slip, arc, 0.1, 0.75 * depth)


def _fish_fins(slip: Slip, spine: Line, half: Line, length: float, depth: float) -> None:
    fans = (
        (spine[-1], math.pi, 0.2 * length, 9, 1.3, 0.6),
        (spine[9] + (0, half[9] * 0.97), 2.2, 0.13 * length, 8, 1.0, 0.95),
        (spine[7] - (0, half[7] * 0.97), -2.3, 0.1 * length, 6, 0.7, 0.95),
        (spine[16] - (0, half[16] * 0.97), -2.5, 0.08 * length, 5, 0.7, 0.95),
    )
    for foot, angle, long, rays, spread, notch in fans:
        tips = []
        for k in range(rays):
            f = 2 * k / (rays - 1) - 1
            reach = long * (notch + (1 - notch) * abs(f) ** 1.4)
            tips.append(turned([(reach, 0)], angle + 0.5 * spread * f, to=tuple(foot))[0])
            _groove(slip, np.array([foot, 0.5 * (foot + tips[-1]), tips[-1]]), 0.1, 0.8 * depth)
        _groove(slip, np.array(tips), 0.09, 0.6 * depth)


def _weed(slip: Slip, foot: Spot, angle: float, size: float, depth: float) -> None:
    for lean, share in ((-0.5, 0.7), (-0.15, 1.0), (0.2, 0.85), (0.5, 0.6)):
        blade = [(0, 0), (0.5, 0.1 * lean), (1.0, 0.45 * lean)]
        path = turned(blade, angle + lean, size * share, foot)
        slip.stroke(path, 0.16, -0.8 * depth, at=(0.0, 0.0), layer="height", press=leaf)
