"""Tiles and plaques: a scroll that runs from tile to tile, pictures cut into tiles, frames.

On the face of a slab the middle is (0, 0), x runs to the right and y upwards, in cm.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from . import decoration as d
from .brush import PIGMENTS, Slip, steady, tapered
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
