"""Brush lettering: Vietnamese words and house numbers, stroke by stroke as a hand writes them.

A letter stands on its baseline with an x-height of 1. Each stroke is a list of
(x, y, pressure), pressure being a share of the brush's full width.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from .brush import Slip, curve, swelling, tapered
from .decoration import Spot

Stroke = tuple[tuple[float, float, float], ...]

# A hand leans its letters forward, and its line climbs a little.
SLANT, RISE = 0.16, 0.05

ACUTE, CIRCUMFLEX = "\u0301", "\u0302"

# The width a letter takes, and its strokes in the order of writing.
LETTERS: dict[str, tuple[float, tuple[Stroke, ...]]] = {
    "a": (
        1.12,
        (
            (
                (0.68, 0.86, 0.55),
                (0.4, 1.0, 0.7),
                (0.06, 0.62, 0.95),
                (0.16, 0.1, 0.85),
                (0.46, 0.14, 0.5),
                (0.68, 0.62, 0.3),
            ),
            (
                (0.74, 1.04, 0.7),
                (0.7, 0.5, 1.0),
                (0.74, 0.08, 0.85),
                (0.92, 0.02, 0.4),
                (1.12, 0.22, 0.1),
            ),
        ),
    ),
    "c": (
        0.95,
        (
            (
                (0.72, 0.76, 0.95),
                (0.5, 1.0, 0.55),
                (0.1, 0.68, 0.9),
                (0.1, 0.22, 1.0),
                (0.42, 0.0, 0.75),
                (0.95, 0.26, 0.1),
            ),
        ),
    ),
    "h": (
        1.06,
        (
            ((-0.1, 2.0, 0.25), (0.12, 2.2, 0.95), (0.1, 1.1, 1.0), (0.02, -0.06, 0.2)),
            (
                (0.1, 0.42, 0.25),
                (0.32, 0.92, 0.55),
                (0.62, 0.94, 0.9),
                (0.7, 0.46, 0.95),
                (0.72, 0.06, 0.7),
                (1.06, 0.2, 0.1),
            ),
        ),
    ),
    "m": (
        1.75,
        (
            ((-0.04, 0.9, 0.4), (0.08, 1.0, 0.85), (0.08, 0.5, 1.0), (0.0, -0.06, 0.2)),
            (
                (0.08, 0.44, 0.25),
                (0.3, 0.94, 0.6),
                (0.56, 0.92, 0.9),
                (0.58, 0.4, 0.9),
                (0.56, 0.0, 0.55),
            ),
            (
                (0.6, 0.44, 0.25),
                (0.86, 0.96, 0.6),
                (1.14, 0.92, 0.95),
                (1.2, 0.4, 1.0),
                (1.26, 0.02, 0.7),
                (1.75, 0.26, 0.08),
            ),
        ),
    ),
    "n": (
        1.2,
        (
            ((-0.04, 0.9, 0.4), (0.08, 1.0, 0.85), (0.08, 0.5, 1.0), (0.0, -0.06, 0.2)),
            (
                (0.08, 0.44, 0.25),
                (0.34, 0.96, 0.6),
                (0.64, 0.94, 0.95),
                (0.7, 0.42, 1.0),
                (0.74, 0.04, 0.7),
                (1.2, 0.26, 0.08),
            ),
        ),
    ),
    "p": (
        1.0,
        (
            (
                (-0.06, 0.86, 0.35),
                (0.1, 1.04, 0.9),
                (0.08, 0.3, 1.0),
                (0.04, -0.6, 0.7),
                (-0.04, -1.15, 0.08),
            ),
            (
                (0.1, 0.6, 0.3),
                (0.36, 1.0, 0.65),
                (0.76, 0.84, 0.95),
                (0.78, 0.34, 0.95),
                (0.48, 0.0, 0.6),
                (0.14, 0.14, 0.15),
            ),
        ),
    ),
    "t": (
        0.82,
        (
            (
                (0.32, 1.62, 0.85),
                (0.27, 0.9, 0.95),
                (0.27, 0.2, 0.95),
                (0.44, 0.0, 0.6),
                (0.82, 0.24, 0.1),
            ),
            ((-0.04, 1.0, 0.3), (0.28, 1.0, 0.7), (0.74, 1.12, 0.15)),
        ),
    ),
    "u": (
        1.12,
        (
            (
                (-0.06, 0.86, 0.35),
                (0.08, 1.0, 0.85),
                (0.1, 0.32, 1.0),
                (0.36, 0.0, 0.75),
                (0.68, 0.42, 0.3),
            ),
            (
                (0.74, 1.02, 0.75),
                (0.72, 0.46, 1.0),
                (0.76, 0.06, 0.8),
                (0.94, 0.02, 0.4),
                (1.12, 0.22, 0.1),
            ),
        ),
    ),
    "2": (
        1.15,
        (
            (
                (0.04, 1.55, 0.5),
                (0.3, 1.95, 0.75),
                (0.8, 1.9, 0.95),
                (0.9, 1.4, 1.0),
                (0.5, 0.7, 0.8),
                (0.0, 0.06, 0.55),
            ),
            ((0.0, 0.08, 0.5), (0.35, 0.16, 0.9), (0.7, 0.02, 1.0), (1.08, 0.16, 0.15)),
        ),
    ),
    "8": (
        1.1,
        (
            (
                (0.86, 1.66, 0.5),
                (0.56, 1.96, 0.7),
                (0.16, 1.7, 0.95),
                (0.3, 1.2, 0.9),
                (0.76, 0.8, 0.95),
                (0.86, 0.34, 1.0),
                (0.5, 0.0, 0.85),
                (0.1, 0.3, 0.9),
                (0.26, 0.8, 0.7),
                (0.72, 1.24, 0.6),
                (0.88, 1.62, 0.3),
            ),
        ),
    ),
}
MARKS: dict[str, tuple[Stroke, ...]] = {
    ACUTE: (((0.34, 0.5, 1.0), (0.2, 0.26, 0.7), (0.0, 0.0, 0.1)),),
    CIRCUMFLEX: (((-0.3, 0.0, 0.2), (-0.02, 0.36, 0.8)), ((-0.02, 0.36, 0.9), (0.32, 0.04, 0.2))),
}
MARK_AT = {ACUTE: (0.4, 1.32), CIRCUMFLEX: (0.42, 1.26)}


def width(word: str) -> float:
    """How wide ``word`` is written, in x-heights."""
    return sum(LETTERS[letter][0] for letter in _letters(word))


def _letters(word: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)]


def write(
    slip: Slip,
    at: Spot,
    word: str,
    size: float,
    *,
    pen: float = 0.3,
    density: float = 1.5,
    tail: Stroke = (),
) -> None:
    """Write ``word`` with its middle at ``at``: ``size`` is the x-height in cm, ``pen`` the
    brush's width in x-heights; ``tail`` is a last flourish about the end of the baseline.
    """
    left = -0.5 * width(word)
    marks: list[tuple[float, str]] = []
    start = left
    for char in unicodedata.normalize("NFD", word):
        if unicodedata.combining(char):
            marks.append((start, char))
            continue
        start = left
        wide, strokes = LETTERS[char]
        for stroke in strokes:
            _brushed(slip, at, stroke, (left, -0.5), size, pen, density)
        left += wide * slip.rng.uniform(0.97, 1.03)
    for x, mark in marks:
        dx, dy = MARK_AT[mark]
        for stroke in MARKS[mark]:
            _brushed(slip, at, stroke, (x + dx, dy - 0.5), size, 0.85 * pen, density)
    if tail:
        _brushed(slip, at, tail, (left, -0.5), size, pen, density)


def _brushed(
    slip: Slip, at: Spot, stroke: Stroke, to: Spot, size: float, pen: float, density: float
) -> None:
    """One stroke of a letter; where the brush moved fast its hairs part and the ground shows."""
    knots = np.array(stroke)
    x, y = (knots[:, :2] + to).T
    line = np.stack([x + SLANT * y, y + RISE * x], 1) * size
    line = line + slip.rng.normal(0, 0.014 * size, line.shape)
    weight = 1.12 * knots[:, 2] ** 1.5

    def press(t: NDArray[np.float64]) -> NDArray[np.float64]:
        entry = np.clip(0.35 + 8 * t, 0, 1)
        return np.asarray(entry * np.interp(t, np.linspace(0, 1, len(weight)), weight))

    slip.stroke(line, pen * size, 0.8 * density, at=at, press=press, wobble=0.6)
    path = curve(line, count=120)
    share = np.linspace(0, 1, len(path))
    step = np.gradient(path, axis=0)
    across = np.stack([-step[:, 1], step[:, 0]], 1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    half = 0.5 * pen * size * press(share)[:, None]
    for off in np.linspace(-0.9, 0.9, 13) + slip.rng.normal(0, 0.05, 13):
        hair = path + across * half * off
        last = int(slip.rng.uniform(0.55, 1.02) * len(path))
        slip.stroke(hair[:last], 0.1 * pen * size, slip.rng.uniform(0.1, 0.6), at=at, press=tapered)
    for off in slip.rng.uniform(-0.85, 0.85, 9):
        first = int(slip.rng.uniform(0.35, 0.85) * len(path))
        gap = (path + across * half * off)[first : first + slip.rng.integers(14, 60)]
        if len(gap) > 5:
            slip.stroke(gap, 0.055 * pen * size + 0.01, 0.85, at=at, press=swelling, how="wipe")
