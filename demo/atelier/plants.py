"""Plants that grow in or stand in the pieces: strap leaves, a lotus pool, a bare twig."""

from __future__ import annotations

import math

import numpy as np

from .forms import Lathe, Lobes, Part, Sweep, Vector
from .shapes import tea


def strap_leaves(count: int, tall: float, at: Vector, seed: int) -> tuple[Part, ...]:
    """Long arching leaves springing from one root, ``tall`` cm high."""
    rng = np.random.default_rng(seed)
    leaves: list[Part] = []
    for k in range(count):
        turn = 2 * math.pi * (k + rng.uniform(-0.3, 0.3)) / count * 2.4
        inner = k / max(count - 1, 1)
        rise = tall * rng.uniform(0.8, 1.0) * (0.62 + 0.38 * inner)
        reach = tall * (0.85 - 0.62 * inner) * rng.uniform(0.85, 1.1)
        droop = rise * rng.uniform(0.12, 0.4) * (1 - inner)
        out = np.array([math.sin(turn), -math.cos(turn)])
        path = tuple(
            (float(out[0] * reach * f), float(out[1] * reach * f), float(z))
            for f, z in (
                (0.02, -0.06 * tall),
                (0.1, 0.42 * rise),
                (0.34, 0.84 * rise),
                (0.66, rise),
                (1.0, rise - droop),
            )
        )
        broad = 0.014 * tall * rng.uniform(0.85, 1.15)
        leaves.append(
            Sweep(path, (0.6 * broad, broad, broad, 0.7 * broad, 0.05), "leaf", 4.6, at=at)
        )
    return tuple(leaves)


def lotus_leaf(size: float, at: Vector, seed: int) -> Lathe:
    """A lotus leaf ``size`` cm across, dished and waved at its edge."""
    r = size / 2
    return Lathe(
        (
            (0.1 * r, 0),
            (0.5 * r, 0.05 * r),
            (0.85 * r, 0.16 * r),
            (r, 0.27 * r),
            (0.99 * r, 0.285 * r),
            (0.84 * r, 0.185 * r),
            (0.5 * r, 0.075 * r),
            (0.06 * r, 0.02 * r),
            (0, 0.02 * r),
        ),
        "lotus-leaf",
        wall=0,
        bare_foot=0,
        lobes=Lobes(5 + seed % 3, 0.05, kind="wave", rim=0.06 * r),
        texture=512,
        at=at,
        turn=37.0 * seed,
        off_round=6,
    )


def lotus_flower(size: float, at: Vector) -> tuple[Part, ...]:
    """An open lotus ``size`` cm across round its yellow seed head."""
    parts: list[Part] = [
        Lathe(
            (
                (0.05 * size, 0),
                (0.1 * size, 0.12 * size),
                (0.14 * size, 0.25 * size),
                (0, 0.26 * size),
            ),
            "lotus-seed",
            wall=0,
            bare_foot=0,
            texture=64,
            at=at,
        )
    ]
    for count, reach, rise, start in (
        (8, 0.5, 0.24, 0.0),
        (8, 0.38, 0.42, 0.4),
        (6, 0.24, 0.5, 0.1),
    ):
        for k in range(count):
            a = 2 * math.pi * k / count + start
            x, y = math.sin(a), -math.cos(a)
            path = tuple(
                (size * f * x, size * f * y, size * z)
                for f, z in (
                    (0.03, 0),
                    (0.62 * reach, 0.3 * rise),
                    (0.95 * reach, 0.72 * rise),
                    (reach, rise),
                )
            )
            parts.append(
                Sweep(
                    path,
                    (0.02 * size, 0.034 * size, 0.034 * size, 0.004 * size),
                    "lotus-petal",
                    flat=3.6,
                    at=at,
                    texture=96,
                )
            )
    return tuple(parts)


def stalk(start: Vector, tip: Vector, girth: float = 0.4, glaze: str = "leaf") -> Sweep:
    """A stem bowing a little from ``start`` to ``tip``."""
    a, b = np.array(start), np.array(tip)
    middle = (a + b) / 2 + 0.06 * np.linalg.norm(b - a) * np.array([0.6, -0.4, 0.3])
    path = (tuple(map(float, a)), tuple(map(float, middle)), tuple(map(float, b)))
    return Sweep(path, (girth, 0.85 * girth, 0.7 * girth), glaze, texture=128)


def pool(radius: float, at: Vector, glaze: str = "water") -> Lathe:
    """Still water filling a basin, its surface at ``at``; ``water`` is deep, ``shallows`` not."""
    return tea(radius, at, glaze)


def lotus_bud(tall: float, at: Vector) -> Lathe:
    """A closed lotus bud."""
    return Lathe(
        (
            (0.1 * tall, 0),
            (0.24 * tall, 0.22 * tall),
            (0.22 * tall, 0.52 * tall),
            (0.06 * tall, 0.95 * tall),
            (0, tall),
        ),
        "lotus-petal",
        wall=0,
        bare_foot=0,
        lobes=Lobes(4, 0.06, kind="petal"),
        texture=128,
        at=at,
    )


def grass(count: int, tall: float, at: Vector, seed: int) -> tuple[Part, ...]:
    """A few thin blades standing in a narrow neck."""
    rng = np.random.default_rng(seed)
    blades = []
    for k in range(count):
        turn = 2 * math.pi * (k + rng.uniform(-0.3, 0.3)) / count
        x, y = math.sin(turn), -math.cos(turn)
        reach = tall * rng.uniform(0.15, 0.45)
        rise = tall * rng.uniform(0.75, 1.0)
        path = (
            (-0.2 * x, -0.2 * y, -0.4 * tall),
            (0.12 * reach * x, 0.12 * reach * y, 0.35 * rise),
            (0.5 * reach * x, 0.5 * reach * y, 0.85 * rise),
            (reach * x, reach * y, 0.96 * rise),
        )
        blades.append(Sweep(path, (0.07, 0.09, 0.08, 0.02), "leaf", 2.2, at=at, texture=64))
    return tuple(blades)


def pea_eggplant(at: Vector, size: float) -> tuple[Part, ...]:
    """A round white eggplant ``size`` cm across standing, its cap up."""
    r = size / 2
    x, y, z = at
    body = Lathe(
        ((0.25 * r, 0), (0.8 * r, 0.3 * r), (r, 0.95 * r), (0.72 * r, 1.6 * r), (0, 1.82 * r)),
        "eggplant",
        wall=0,
        bare_foot=0,
        texture=128,
        at=at,
    )
    cap = tuple(
        Sweep(
            (
                (0, 0, 0),
                (0.3 * r * math.sin(a), -0.3 * r * math.cos(a), -0.02 * r),
                (0.66 * r * math.sin(a), -0.66 * r * math.cos(a), -0.26 * r),
            ),
            (0.1 * r, 0.1 * r, 0.02),
            "leaf",
            flat=2.6,
            at=(x, y, z + 1.86 * r),
            texture=48,
        )
        for a in np.linspace(0.3, 0.3 + 2 * math.pi, 6)[:-1]
    )
    stem = Sweep(
        ((0, 0, 0), (0.1 * r, 0, 0.3 * r), (0.3 * r, 0.1 * r, 0.6 * r)),
        (0.13 * r, 0.1 * r),
        "leaf",
        at=(x, y, z + 1.8 * r),
        texture=48,
    )
    return body, *cap, stem
