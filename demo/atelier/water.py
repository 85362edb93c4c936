"""Water: breaking waves, and carp leaping from them."""

from __future__ import annotations

import math

import numpy as np

from . import decoration as d
from .brush import Slip, steady, swelling, tapered
from .decoration import Spot
from .forms import Decor

BACK = [(-1.15, -0.35), (-0.75, 0.12), (-0.4, 0.56), (0.0, 0.92), (0.42, 1.0), (0.74, 0.82)]
CURL = [(0.74, 0.82), (0.84, 0.56), (0.66, 0.44), (0.54, 0.58)]
FACE = [(0.54, 0.58), (0.4, 0.62), (0.24, 0.42), (0.34, 0.1), (0.75, -0.2), (1.15, -0.35)]


def breaker(slip: Slip, at: Spot, middle: Spot, size: float, way: int = 1) -> None:
    """A wave about to fall, ``size`` cm high, curling to the right (or left, ``way`` -1)."""
    flip = np.array([way, 1.0])

    def put(points: list[Spot]) -> d.Line:
        return np.array(points) * size * flip + middle

    shape = put([*BACK, *CURL[1:], *FACE[1:], (1.15, -0.6), (-1.15, -0.6)])
    slip.wash(shape, 1.0, at=at, how="wipe", rim=0, soft=0.02)
    slip.wash(shape, 0.55, at=at, towards=(0.0, -1.1), rim=0.4)
    hollow = put([(0.54, 0.58), (0.38, 0.62), (0.2, 0.4), (0.3, 0.08), (0.62, -0.15), (0.5, 0.2)])
    slip.wash(hollow, 0.8, at=at, rim=0.3)
    for shift, tone in ((0.13, 1.1), (0.26, 0.9), (0.4, 0.7)):
        inner = put([(x + 0.8 * shift, y - 1.15 * shift) for x, y in BACK[:-1]])
        slip.stroke(inner, 0.05 * size, tone, at=at, press=swelling)
    for line in (BACK, FACE):
        slip.stroke(put(line), 0.055 * size + 0.03, 1.6, at=at, press=steady)
    slip.stroke(put(CURL), 0.06 * size + 0.03, 1.6, at=at, press=tapered)
    _foam(slip, at, put(BACK[2:]), size, way)


def _foam(slip: Slip, at: Spot, crest: d.Line, size: float, way: int) -> None:
    """Fingers of foam along a crest, each a drop left white and ringed."""
    for f in np.linspace(0.06, 1.0, 8):
        k = f * (len(crest) - 1)
        spot = np.array([np.interp(k, range(len(crest)), crest[:, c]) for c in (0, 1)])
        out = math.pi / 2 + way * (0.9 - 1.9 * f)
        r = size * slip.rng.uniform(0.07, 0.13)
        middle = spot + 0.75 * r * np.array([math.cos(out), math.sin(out)])
        ring = [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
        slip.wash(np.array(ring) + middle, 1.0, at=at, how="wipe", rim=0, soft=0.01)
        arc = [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(out - 2.2, out + 2.2, 8)]
        slip.stroke(np.array(arc) + middle, 0.03 * size + 0.03, 1.4, at=at, press=steady)


def sea(low: float, high: float, count: int, rows: int) -> Decor:
    """Ranks of breakers round the body from ``low`` to ``high``, the nearest lowest and largest."""

    def paint(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        for row in range(rows):
            s = top - (top - base) * (row + 0.55) / rows
            gap = slip.chart.around(s) / count
            for k in range(count):
                size = 0.62 * gap * slip.rng.uniform(0.85, 1.15)
                at = ((k + 0.5 * (row % 2) + slip.rng.uniform(-0.06, 0.06)) / count, s)
                breaker(slip, at, (0.0, 0.0), size, 1 if (k + row) % 3 else -1)

    return paint


def spray(slip: Slip, at: Spot, reach: float, drops: int) -> None:
    """Drops thrown up in a fan from ``at``."""
    for _ in range(drops):
        a, r = slip.rng.normal(math.pi / 2, 0.65), reach * slip.rng.uniform(0.3, 1.0)
        x, y, size = r * math.cos(a), r * math.sin(a), reach * slip.rng.uniform(0.025, 0.06)
        ring = [(x + size * math.cos(b), y + size * math.sin(b)) for b in np.linspace(0, 6.3, 9)]
        slip.stroke(ring, 0.06, 1.2, at=at, press=steady)


def leaping_carp(u: float, z: float, length: float) -> Decor:
    """A carp rising head up out of the water, bowed like a drawn bow; drops fall round it."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        orbit = 0.7 * length
        at = (u + orbit / slip.chart.around(s), s)
        with slip.dipped("red"):
            _back_fin(slip, at, orbit, length)
            d.carp(slip, at, orbit, math.pi, length, pen=2.0, girth=0.145)
        spray(slip, (u, s - 0.45 * length), 0.75 * length, 16)

    return paint


def _back_fin(slip: Slip, at: Spot, orbit: float, length: float) -> None:
    """The long fin on the outer side of a bowed carp, tallest at its front, every ray drawn."""
    share = np.linspace(-0.2, 0.24, 12)
    turn = math.pi + share * length / orbit
    low = orbit + 0.11 * length
    tall = length * np.interp(np.linspace(0, 1, 12), [0, 0.15, 0.5, 1], [0.02, 0.13, 0.08, 0.05])
    root, edge = (
        np.stack([r * np.cos(turn + lean), r * np.sin(turn + lean)], 1)
        for r, lean in ((low, 0.0), (low + tall, 0.06))
    )
    shape = np.concatenate([root, edge[::-1]])
    slip.wash(shape, 0.6, at=at, smooth=False, rim=0.6)
    slip.stroke(edge, 0.012 * length, 1.6, at=at, press=steady)
    for a, b in zip(root, edge, strict=True):
        slip.stroke(np.array([a, b]), 0.009 * length, 1.5, at=at, press=tapered)
