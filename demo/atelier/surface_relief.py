"""Carving and sprigging that give a surface its relief: frets, studs, ropes, waves, combing.

Heights are in cm above the ground, depths in cm; each function returns a ``Decor``.
"""

from __future__ import annotations

import numpy as np

from .brush import Slip, steady, swelling, tapered
from .decoration import Spot
from .forms import Decor


def raised_fret(low: float, high: float, count: int, depth: float = 0.14) -> Decor:
    """A border of paired key spirals (hồi văn) standing above the ground."""

    def model(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        wide = slip.chart.around((base + top) / 2) / count
        key = np.array(
            [(0.04, 0), (0.04, 1), (0.9, 1), (0.9, 0.2), (0.34, 0.2), (0.34, 0.66), (0.62, 0.66)]
        )
        for k in range(count):
            way = 1 if k % 2 else -1
            path = (key - (0.5, 0.5)) * (0.94 * wide * way, 0.8 * tall)
            at = ((k + 0.5) / count, (base + top) / 2)
            slip.stroke(
                path,
                0.15 * tall,
                depth,
                at=at,
                layer="height",
                press=steady,
                smooth=False,
                wobble=0.6,
                how="most",
            )

    return model


def cords(*heights: tuple[float, float, float]) -> Decor:
    """Rounded cords right round the body, each (height, width, depth)."""

    def model(slip: Slip) -> None:
        slip.painted.add("height")
        s = np.arange(slip.chart.height, dtype=np.float32)[:, None] / slip.chart.per_cm
        for z, width, depth in heights:
            away = (s - slip.chart.row_of(z)) / (0.5 * width)
            slip.height += (depth * np.sqrt(np.clip(1 - away**2, 0, 1))).astype(np.float32)

    return model


def bosses(z: float, count: int, size: float, depth: float) -> Decor:
    """A row of round studs, each higher in its middle, as on bronze vessels."""

    def model(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        for k in range(count):
            wide = size * slip.rng.uniform(0.94, 1.05)
            spot = ((k + 0.5) / count, s + slip.rng.normal(0, 0.02))
            slip.stroke(
                [(-0.02, 0.0), (0.0, 0.01), (0.02, 0.0)],
                wide,
                depth,
                at=spot,
                layer="height",
                press=np.ones_like,
                how="most",
                wobble=0,
            )

    return model


def incised_waves(
    low: float, high: float, count: int, depth: float = 0.06, ranks: int = 2
) -> Decor:
    """Ranks of overlapping wave crests cut with a slanting tool and combed within."""

    def carve(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        for rank in range(ranks):
            s = base + (top - base) * (rank + 0.5) / ranks
            gap = slip.chart.around(s) / count
            for k in range(count):
                _crest(slip, ((k + 0.5 * (rank % 2)) / count, s), gap, (top - base) / ranks, depth)

    return carve


def _crest(slip: Slip, at: Spot, gap: float, tall: float, depth: float) -> None:
    h = 0.5 * gap * slip.rng.uniform(0.96, 1.06)
    rise = tall * slip.rng.uniform(0.86, 1.0)
    roll = [
        (-1.1 * h, -0.5 * rise),
        (-0.5 * h, -0.12 * rise),
        (0.0, 0.4 * rise),
        (0.42 * h, 0.5 * rise),
        (0.66 * h, 0.26 * rise),
        (0.52 * h, 0.02 * rise),
        (0.3 * h, 0.1 * rise),
        (0.34 * h, 0.24 * rise),
    ]
    shade = [*roll[:4], (0.4 * h, 0.24 * rise), (0.05 * h, 0.1 * rise), (-0.45 * h, -0.3 * rise)]
    slip.wash(shade, -0.55 * depth, at=at, layer="height", rim=0, soft=0.16)
    slip.stroke(roll, 0.24, -depth, at=at, layer="height", press=swelling)
    back = [(0.66 * h, 0.2 * rise), (0.74 * h, -0.18 * rise), (1.0 * h, -0.48 * rise)]
    slip.stroke(back, 0.2, -0.8 * depth, at=at, layer="height", press=tapered)
    for f in (0.78, 0.55, 0.32):
        comb = [
            (0.6 * h - 1.45 * h * f, (0.14 - 0.72 * f) * rise),
            (0.62 * h - 0.8 * h * f, (0.16 - 0.38 * f) * rise),
            (0.66 * h - 0.25 * h * f, (0.0 - 0.42 * f) * rise),
            (0.84 * h - 0.18 * h * f, -0.5 * rise),
        ]
        slip.stroke(comb, 0.12, -0.6 * depth, at=at, layer="height", press=swelling)


def incised_bamboo(u: float, low: float, high: float, lean: float, depth: float = 0.05) -> Decor:
    """One bamboo stem cut in two lines a joint, leaning ``lean`` cm to its tip."""

    def carve(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall, joints = top - base, 6
        spots = [(lean * (k / joints) ** 1.5, tall * k / joints) for k in range(joints + 1)]
        for k in range(joints):
            (x0, y0), (x1, y1) = spots[k], spots[k + 1]
            half = 0.2 * (1 - 0.5 * k / joints)
            for side in (-half, half):
                line = [
                    (x0 + side * 1.15, y0 + 0.06),
                    ((x0 + x1) / 2 + side * 0.9, (y0 + y1) / 2),
                    (x1 + side * 1.1, y1 - 0.06),
                ]
                slip.stroke(line, 0.1, -depth, at=(u, base), layer="height", press=steady)
            slip.stroke(
                [(x1 - 1.6 * half, y1), (x1 + 1.6 * half, y1 + 0.03)],
                0.12,
                -1.2 * depth,
                at=(u, base),
                layer="height",
                press=steady,
            )

    return carve


def combed_wave(z: float, count: int, rise: float, depth: float = 0.07) -> Decor:
    """Three parallel lines waved with a bamboo comb while the body turns."""

    def carve(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        around = slip.chart.around(s)
        start = slip.rng.uniform(0, 1)
        t = np.linspace(0, 1, 24 * count)
        beat = 2 * np.pi * count * (t + 0.004 * np.sin(9 * t))
        swing = rise * (0.5 + 0.06 * np.sin(5 * t + 1)) * np.sin(beat)
        for lift in (-0.34, 0.0, 0.34):
            path = np.stack([around * (t - 0.5), swing + lift], 1)
            slip.stroke(
                path,
                0.15,
                -depth,
                at=(start, s),
                layer="height",
                press=np.ones_like,
                smooth=False,
                wobble=0.4,
            )

    return carve


def rope(z: float, width: float, depth: float) -> Decor:
    """A laid-on roll of clay pressed by the thumb at an even slant, like rope."""

    def model(slip: Slip) -> None:
        slip.painted.add("height")
        chart = slip.chart
        s = np.arange(chart.height, dtype=np.float32)[:, None] / chart.per_cm - chart.row_of(z)
        u = np.arange(chart.width, dtype=np.float32)[None, :] / chart.width
        turns = round(chart.around(chart.row_of(z)) / (1.5 * width))
        roll = np.sqrt(np.clip(1 - (2 * s / width) ** 2, 0, 1))
        press = 0.62 + 0.38 * np.abs(np.sin(np.pi * (turns * u + 0.7 * s / width)))
        slip.height += (depth * roll * press).astype(np.float32)

    return model


def whirl(radius: float, arms: int, depth: float = 0.06) -> Decor:
    """Water turning in the well of a bowl: combed arcs running out from the middle."""

    def carve(slip: Slip) -> None:
        t = np.linspace(0, 1, 20)
        for k in range(arms):
            start = 2 * np.pi * (k + slip.rng.uniform(-0.12, 0.12)) / arms
            reach = radius * slip.rng.uniform(0.84, 1.0)
            for j, share in enumerate((1.0, 0.86, 0.7)):
                r = 0.16 * radius + (share * reach - 0.16 * radius) * t
                a = start + 0.11 * j + 1.5 * t**0.8
                path = np.stack([r * np.cos(a), r * np.sin(a)], 1)
                slip.stroke(
                    path,
                    0.17 if j == 0 else 0.1,
                    -depth * (1.0, 0.65, 0.5)[j],
                    at=(0.0, 0.0),
                    layer="height",
                    press=tapered,
                )

    return carve
