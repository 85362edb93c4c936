"""Carving in firm clay that stays unglazed: the knife's cuts are the whole picture.

Measures are in cm, heights above the ground, as in ``decoration``.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from .brush import Points, Pressure, Slip, curve, leaf, steady, swelling, tapered
from .decoration import Line, Spot, turned
from .forms import Decor

DEPTH = 0.055


def _cut(
    slip: Slip, at: Spot, points: Points, width: float, press: Pressure, depth: float = DEPTH
) -> None:
    """One cut, deepest along its middle; where cuts cross the deeper one stays."""
    slip.stroke(points, width, -depth, at=at, layer="height", press=press, wobble=0.6)


def bamboo_branch(u: float, low: float, high: float, lean: float, size: float) -> Decor:
    """One bamboo branch cut across a face, leaning ``lean`` cm, its leaves ``size`` cm long."""

    def carve(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        at, tall = (u, base), top - base
        knots = [
            (lean * (f - 0.5) * 2 + 0.12 * lean * math.sin(3 * f), tall * f)
            for f in (0.0, 0.3, 0.57, 0.8, 1.0)
        ]
        for k, (a, b) in enumerate(itertools.pairwise(knots)):
            _joint(slip, at, a, b, 0.17 * size * (1 - 0.17 * k))
        for k, side in ((1, 1), (2, -1), (2, 1), (3, -1), (4, 1), (4, -1)):
            _twig(slip, at, knots[k], side, size * (1.12 - 0.08 * k))

    return carve


def _joint(slip: Slip, at: Spot, a: Spot, b: Spot, wide: float) -> None:
    """A length of stem as two cuts with the clay left standing between, and the ring at its top."""
    way = math.atan2(b[1] - a[1], b[0] - a[0])
    long = math.dist(a, b)
    for edge in (-0.5, 0.5):
        line = turned([(0.05 * long, edge * wide), (0.5 * long, edge * wide * 0.8)], way, to=a)
        end = turned([(0.94 * long, edge * wide)], way, to=a)
        _cut(slip, at, np.concatenate([line, end]), 0.075, steady)
    ring = turned([(0, -0.85 * wide), (0.12 * wide, 0), (0, 0.85 * wide)], way, to=b)
    _cut(slip, at, ring, 0.11, swelling, 1.3 * DEPTH)


def _twig(slip: Slip, at: Spot, foot: Spot, side: int, size: float) -> None:
    """A thin side shoot and the leaves that hang from its end."""
    reach = size * slip.rng.uniform(0.55, 0.9)
    tip = (foot[0] + side * reach, foot[1] + size * slip.rng.uniform(0.1, 0.4))
    middle = ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2 + 0.08 * size)
    _cut(slip, at, [foot, middle, tip], 0.07, tapered)
    count = int(slip.rng.integers(3, 5))
    for k in range(count):
        spread = (k - (count - 1) / 2) / count
        way = -math.pi / 2 + side * (0.75 + 1.9 * spread) + slip.rng.normal(0, 0.1)
        root = (tip[0] - side * 0.12 * k * size, tip[1])
        long = size * slip.rng.uniform(0.75, 1.1)
        blade = [(0, 0), (0.4 * long, 0.04 * long), (long, -0.05 * side * long)]
        _cut(slip, at, turned(blade, way, to=root), 0.21 * size, leaf, 1.2 * DEPTH)


def comb_strokes(low: float, high: float, count: int, lean: float = 0.5) -> Decor:
    """A band of slanting gouges, each one push of a bamboo tool, ``lean`` of their height over."""

    def carve(slip: Slip) -> None:
        base, top = slip.chart.row_of(low), slip.chart.row_of(high)
        tall = top - base
        for k in range(count):
            at = ((k + slip.rng.normal(0, 0.05)) / count, base)
            over = lean * tall
            line = [(-over / 2, 0.02 * tall), (0, 0.5 * tall), (over / 2, tall)]
            wide = 0.5 * slip.chart.around(base) / count
            _cut(slip, at, line, wide, leaf, DEPTH * slip.rng.uniform(0.8, 1.15))

    return carve


def _arc(x: float, y: float, wide: float, tall: float, start: float, turn: float) -> Line:
    """Part of an oval, its angles in turns from the right, counter-clockwise."""
    a = 2 * math.pi * (start + np.linspace(0, turn, 9))
    return np.stack([x + wide * np.cos(a), y + tall * np.sin(a)], 1)


Letter = tuple[float, tuple[Line, ...]]


def _letters() -> dict[str, Letter]:
    """The letters of a running hand: (advance, strokes), the small letters one unit high."""
    bow = _arc(0.42, 0.5, 0.4, 0.5, 0.12, 0.98)
    open_bow = _arc(0.42, 0.5, 0.4, 0.5, 0.11, 0.76)
    cup = np.array([(-0.14, 0.72), (0.08, 1.02), (0.03, 0.3), (0.3, -0.03), (0.62, 0.32)])
    cup = np.concatenate([cup, [(0.74, 0.98)]])
    stem = np.array([(0.75, 1.04), (0.7, 0.28), (0.84, -0.03), (1.14, 0.3)])
    arch = np.array([(0.06, 0.42), (0.4, 1.03), (0.66, 0.78), (0.6, 0.2), (0.76, -0.03)])
    arch = np.concatenate([arch, [(1.08, 0.32)]])
    left = np.array([(-0.14, 0.76), (0.06, 1.04), (0.07, 0.5), (0.03, -0.05)])
    tall = np.array([(-0.1, 0.7), (0.3, 1.75), (0.2, 2.05), (0.07, 1.1), (0.03, -0.05)])
    tail = np.array([(0.82, 1.04), (0.76, 0.1), (0.62, -0.8), (0.25, -1.0), (0.06, -0.62)])
    tail = np.concatenate([tail, [(0.5, -0.2), (1.1, 0.25)]])
    horn = np.array([(0.74, 1.0), (0.98, 1.02), (0.94, 1.3)])
    o_horn = np.array([(0.68, 0.88), (0.95, 0.98), (0.92, 1.25)])
    roof = np.array([(0.12, 1.2), (0.42, 1.5), (0.72, 1.2)])
    return {
        "u": (1.1, (cup, stem)),
        "ư": (1.2, (cup, stem, horn)),
        "o": (1.0, (bow,)),
        "ô": (1.0, (bow, roof)),
        "ơ": (1.1, (bow, o_horn)),
        "c": (0.9, (open_bow,)),
        "n": (1.05, (left, arch)),
        "h": (1.05, (tall, arch)),
        "g": (1.05, (open_bow, tail)),
        "´": (0.0, (np.array([(-0.5, 1.45), (-0.2, 1.95)]),)),
        "`": (0.0, (np.array([(-0.72, 1.95), (-0.4, 1.5)]),)),
        " ": (0.75, ()),
    }


LETTERS = _letters()


def running_hand(text: str, u: float, z: float, size: float) -> Decor:
    """A line of writing round the body about ``u``, small letters ``size`` cm high.

    ``text`` spells with the letters of ``LETTERS``; an accent follows the vowel it stands on.
    """

    def carve(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        wide = sum(LETTERS[letter][0] for letter in text) * size
        x = -wide / 2
        for letter in text:
            advance, strokes = LETTERS[letter]
            lift = slip.rng.normal(0, 0.05) * size
            for line in strokes:
                slant = line @ np.array([[1, 0], [0.24, 1]])
                nib = _broad_nib(slant)
                _cut(slip, (u, s), slant * size + (x, lift), 0.3 * size, nib, 1.1 * DEPTH)
            x += advance * size * slip.rng.uniform(0.96, 1.04)

    return carve


def _broad_nib(line: Line) -> Pressure:
    """The width of a broad nib held aslant: heavy down the page, fine across and upward."""
    path = curve(line) if len(line) > 2 else np.linspace(line[0], line[-1], 9)
    way = np.gradient(path, axis=0)
    angle = np.arctan2(way[:, 1], way[:, 0])
    heavy = 0.34 + 0.66 * np.abs(np.sin(angle - 0.6)) ** 1.2
    when = np.linspace(0, 1, len(path))

    def press(t: Line) -> Line:
        ends = np.clip(0.4 + 8 * t, 0, 1) * np.clip(0.25 + 5 * (1 - t), 0, 1)
        return np.interp(t, when, heavy) * ends

    return press
