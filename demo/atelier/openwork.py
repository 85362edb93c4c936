"""Openwork: leaves and dewdrops cut right through a wall.

Each cut is (u, height in cm, outline in cm), as a ``Lathe`` takes them; ``radius`` is the
body's there, which turns centimetres round the wall into u.
"""

from __future__ import annotations

import math

import numpy as np

from .shapes import Outline, round_hole

Cut = tuple[float, float, Outline]


def blade(wide: float, long: float, turn: float) -> Outline:
    """A bamboo leaf pointed at both ends, its foot up, turned by ``turn`` radians."""
    t = np.linspace(0, 1, 12)
    half = 0.5 * wide * np.sin(np.pi * t**0.8) ** 0.9
    x = np.concatenate([half, -half[::-1][1:-1]])
    y = np.concatenate([0.5 - t, (0.5 - t)[::-1][1:-1]]) * long
    c, s = math.cos(turn), math.sin(turn)
    return tuple((float(a * c - b * s), float(a * s + b * c)) for a, b in zip(x, y, strict=True))


def spray(u: float, z: float, radius: float, way: int, long: float, seed: int) -> list[Cut]:
    """Three or four bamboo leaves hanging from one node, leaning to the side ``way``."""
    rng = np.random.default_rng(seed)
    around = 2 * math.pi * radius
    cuts: list[Cut] = []
    for k, angle in enumerate((-0.78, 0.0, 0.8, 1.6)[: 3 + seed % 2]):
        turn = way * (angle + rng.uniform(-0.06, 0.06))
        size = long * rng.uniform(0.82, 1.08) * (1.0, 1.08, 0.95, 0.8)[k]
        away = 0.5 * size + 0.72
        x, y = away * math.sin(turn), -away * math.cos(turn)
        cuts.append((u + x / around, z + y, blade(0.19 * long + 0.1, size, turn)))
    return cuts


def dew(
    count: int, low: float, high: float, radius: float, gap: tuple[float, float], seed: int
) -> list[Cut]:
    """Round drops gathering downwards: small and few above, large and close below.

    ``count`` threads hang round the wall; none within ``gap`` (u from, to), kept for a door.
    """
    rng = np.random.default_rng(seed)
    cuts: list[Cut] = []
    for k in range(count):
        u = (k + 0.5) / count
        if gap[0] < u < gap[1]:
            continue
        many = 3 + (k % 2)
        for j in range(many):
            share = (j + 0.5 * (k % 2 == 0)) / many
            z = high - (high - low) * share
            size = 0.36 + 0.5 * share + rng.uniform(-0.03, 0.05)
            sway = rng.normal(0, 0.08) / (2 * math.pi * radius)
            cuts.append((u + sway, z, round_hole(size)))
    return cuts


def door(wide: float, tall: float) -> Outline:
    """An arched opening, its foot level and its head round, about its middle."""
    r = wide / 2
    arch = [(r * math.cos(a), tall / 2 - r + r * math.sin(a)) for a in np.linspace(0, math.pi, 15)]
    foot = [
        (-r, -tall / 2 + 0.3),
        (-r + 0.3, -tall / 2),
        (r - 0.3, -tall / 2),
        (r, -tall / 2 + 0.3),
    ]
    return tuple((float(x), float(y)) for x, y in [*arch, *foot][::-1])
