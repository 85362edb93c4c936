"""Outlines for piercing, and props that stand beside the pieces."""

from __future__ import annotations

import math

import numpy as np

from .forms import Lathe, Part, Slab, Sweep, Vector

Outline = tuple[tuple[float, float], ...]


def drop(wide: float, tall: float, turn: float = 0.0) -> Outline:
    """A pointed leaf-shaped hole, ``tall`` cm long, turned by ``turn`` radians."""
    t = np.linspace(0, 2 * math.pi, 20, endpoint=False)
    x = 0.5 * wide * np.sin(t) * (1 - 0.35 * np.cos(t))
    y = 0.5 * tall * np.cos(t)
    c, s = math.cos(turn), math.sin(turn)
    return tuple((float(a * c - b * s), float(a * s + b * c)) for a, b in zip(x, y, strict=True))


def round_hole(size: float) -> Outline:
    t = np.linspace(0, 2 * math.pi, 18, endpoint=False)
    return tuple((float(size / 2 * math.sin(a)), float(size / 2 * math.cos(a))) for a in t)


def wheel(at: Vector, turn: float, size: float) -> list[Vector]:
    """``size`` cm out from ``at`` in direction ``turn`` (degrees, 0 towards the camera)."""
    a = math.radians(turn)
    return [(at[0] + size * math.sin(a), at[1] - size * math.cos(a), at[2])]


def ruler(length: float = 30.0) -> tuple[Part, ...]:
    """A brass ruler lying down, marked each cm."""
    marks = [
        Slab(
            (0.06, 1.3 if k % 5 else 2.0, 0.06),
            "bark",
            0.01,
            (k - length / 2, -0.75 if k % 5 else -0.4, 0.27),
        )
        for k in range(1, int(length))
    ]
    return (Slab((length, 3.0, 0.3), "brass", 0.08), *marks)


def tray(width: float, depth: float, round_: bool = False) -> tuple[Part, ...]:
    """A dark wooden tray with a low rim."""
    if round_:
        r = width / 2
        return (
            Lathe(
                (
                    (r - 0.6, 0),
                    (r, 0.5),
                    (r + 0.2, 2.0),
                    (r - 0.2, 2.0, 1),
                    (r - 0.5, 1.0, 1),
                    (0, 1.0),
                ),
                "wood",
                wall=0,
                bare_foot=0,
                texture=1024,
            ),
        )
    rim = 0.9
    return (
        Slab((width, depth, 1.0), "wood", 0.3),
        *(Slab((width, rim, 2.0), "wood", 0.3, (0, y * (depth - rim) / 2, 0)) for y in (-1, 1)),
        *(Slab((rim, depth, 2.0), "wood", 0.3, (x * (width - rim) / 2, 0, 0)) for x in (-1, 1)),
    )


def slatted_tray(width: float, depth: float) -> tuple[Part, ...]:
    """A wooden tea tray whose slats let spilt water through; its top is 2.6 cm above the ground."""
    rim, slat, gap = 1.0, 1.5, 0.35
    inside = width - 2 * rim
    count = int((inside + gap) / (slat + gap))
    step = inside / count
    return (
        Slab((width, depth, 0.9), "wood", 0.2),
        *(Slab((width, rim, 2.9), "wood", 0.3, (0, y * (depth - rim) / 2, 0)) for y in (-1, 1)),
        *(Slab((rim, depth, 2.9), "wood", 0.3, (x * (width - rim) / 2, 0, 0)) for x in (-1, 1)),
        *(
            Slab((step - gap, depth - 1.2 * rim, 0.6), "wood", 0.15, (x, 0, 2.0))
            for x in (step * (k + 0.5) - inside / 2 for k in range(count))
        ),
    )


def candle(tall: float, at: Vector, glaze: str = "red-wax") -> tuple[Part, ...]:
    """A lit candle standing at ``at``."""
    x, y, z = at
    body = Lathe(
        ((0.95, 0), (0.93, tall * 0.5), (0.9, tall - 0.2), (0.6, tall), (0, tall - 0.1)),
        glaze,
        wall=0,
        bare_foot=0,
        texture=256,
        at=at,
    )
    wick = Sweep(
        ((0, 0, 0), (0.05, 0, 0.5), (0.1, 0, 0.9)),
        (0.07, 0.05),
        "bark",
        at=(x, y, z + tall - 0.1),
        texture=64,
    )
    flame = Lathe(
        ((0.12, 0), (0.42, 0.7), (0.3, 1.6), (0.02, 2.9)),
        "flame",
        wall=0,
        bare_foot=0,
        texture=64,
        at=(x + 0.1, y, z + tall + 0.4),
    )
    return body, wick, flame


def fruit(at: Vector, size: float = 3.0) -> tuple[Part, ...]:
    """A mandarin with a leaf."""
    r = size
    x, y, z = at
    body = Lathe(
        (
            (0.3 * r, 0),
            (0.85 * r, 0.3 * r),
            (r, 0.85 * r),
            (0.75 * r, 1.45 * r),
            (0.2 * r, 1.68 * r),
            (0, 1.6 * r),
        ),
        "mandarin",
        wall=0,
        bare_foot=0,
        texture=512,
        at=at,
    )
    stem = Sweep(((0, 0, 0), (0, 0, 0.5)), (0.16, 0.12), "leaf", at=(x, y, z + 1.6 * r), texture=64)
    blade = Sweep(
        ((0, 0, 0), (0.5 * r, -0.2 * r, 0.35 * r), (1.3 * r, -0.4 * r, 0.3 * r)),
        (0.05, 0.1, 0.02),
        "leaf",
        flat=7,
        at=(x, y, z + 1.65 * r),
        texture=128,
    )
    return body, stem, blade


def branch(tall: float, at: Vector, seed: int, blossoms: int = 60) -> tuple[Part, ...]:
    """A peach branch in blossom, rising ``tall`` cm from ``at``."""
    rng = np.random.default_rng(seed)
    parts: list[Part] = []
    twigs: list[tuple[Vector, ...]] = []

    def grow(start: Vector, heading: np.ndarray, long: float, girth: float, depth: int) -> None:
        points = [np.array(start)]
        way = heading
        for _ in range(5):
            way = way + rng.normal(0, 0.24, 3)
            way[2] += 0.1
            way /= np.linalg.norm(way)
            points.append(points[-1] + way * long / 5)
        path = tuple(tuple(float(c) for c in p) for p in points)
        twigs.append(path)
        parts.append(Sweep(path, (girth, 0.8 * girth, 0.45 * girth), "bark", at=at, texture=96))
        if depth:
            for k in (2, 3, 4, 5):
                side = way * 0.75 + rng.normal(0, 0.8, 3)
                grow(path[k], side / np.linalg.norm(side), long * 0.55, girth * 0.55, depth - 1)

    grow((0, 0, -0.35 * tall), np.array([0.12, -0.05, 1.0]), tall, 0.42, 2)
    for _ in range(blossoms):
        twig = twigs[rng.integers(1, len(twigs))]
        k = rng.integers(1, 5)
        spot = np.array(twig[k]) + (np.array(twig[k + 1]) - twig[k]) * rng.random()
        if spot[2] > 0.12 * tall:
            parts += _blossom(tuple(spot + np.array(at)), rng)
    return tuple(parts)


def _blossom(at: tuple[float, ...], rng: np.random.Generator) -> list[Part]:
    r = rng.uniform(0.95, 1.45)
    x, y, z = (float(c) for c in at)
    turn = float(rng.uniform(0, 72))
    petals: list[Part] = []
    for k in range(5):
        a = math.radians(turn + 72 * k)
        out = (math.sin(a) * r, -math.cos(a) * r)
        petals.append(
            Sweep(
                ((0, 0, 0), (0.5 * out[0], 0.5 * out[1], 0.25 * r), (out[0], out[1], 0.6 * r)),
                (0.05, 0.12, 0.08),
                "blossom",
                flat=4.5,
                at=(x, y, z),
                texture=48,
            )
        )
    return petals


def chopsticks(at: Vector, turn: float = 8.0) -> tuple[Part, ...]:
    return tuple(
        Sweep(
            ((-11.5, y, 0.4), (0, 0.85 * y, 0.35), (11.5, 0.7 * y, 0.25)),
            (0.36, 0.33, 0.3, 0.26, 0.22, 0.2),
            "wood",
            at=at,
            turn=turn,
            texture=128,
        )
        for y in (-0.55, 0.55)
    )


def tea(radius: float, at: Vector, glaze: str = "tea") -> Lathe:
    """Tea in a cup (or another liquid), its surface at ``at``."""
    x, y, z = at
    return Lathe(
        ((radius - 0.2, 0), (radius, 0.8, 1), (0, 0.8)),
        glaze,
        wall=0,
        bare_foot=0,
        texture=64,
        at=(x, y, z - 0.8),
        off_round=0,
        rings=0,
    )


def noodles(radius: float, at: Vector, seed: int, strands: int = 26) -> tuple[Part, ...]:
    """A nest of rice noodles, heaped towards its middle, lying at ``at``."""
    rng = np.random.default_rng(seed)
    parts = []
    for k in range(strands):
        reach = radius * (1 - 0.75 * (k / strands) ** 1.3)
        middle = rng.normal(0, 0.1 * radius, 2)
        a = rng.uniform(0, 2 * math.pi) + np.linspace(0, rng.uniform(2.2, 4.4), 9)
        r = reach * (1 + 0.07 * np.sin(3 * a + rng.uniform(0, 6)))
        z = 1.4 * k / strands + rng.normal(0, 0.06, 9)
        z[[0, -1]] -= 0.5
        path = zip(middle[0] + r * np.cos(a), middle[1] + r * np.sin(a), z, strict=True)
        line = tuple((float(x), float(y), float(h)) for x, y, h in path)
        parts.append(Sweep(line, (0.2, 0.21, 0.2), "rice", flat=1.2, at=at, texture=64))
    return tuple(parts)


def heap(radius: float, tall: float, at: Vector, glaze: str = "rice") -> Lathe:
    """A heap (rice in a bowl, ash in a burner)."""
    return Lathe(
        ((radius, 0), (0.86 * radius, 0.45 * tall), (0.45 * radius, 0.92 * tall), (0, tall)),
        glaze,
        wall=0,
        bare_foot=0,
        texture=512,
        at=at,
        rings=6,
    )
