"""A dragon coiled up a column."""

from __future__ import annotations

import math

import numpy as np

from ..forms import Block, Lump, Vector
from .parts import Clay, moved, turned

HEAD: Clay = (
    Lump(((0, 0.5, 0), (0, -0.3, 0.1)), (0.95, 0.98), 0.4),
    Lump(((0, -0.9, 0.05), (0, -2.1, 0.12)), (0.78, 0.6), 0.35, (1.15, 1, 0.72)),
    Lump(((0, -2.35, 0.42),), (0.42,), 0.2, (1.3, 0.8, 0.9)),
    Lump(((0, -0.6, -0.72), (0, -1.9, -0.86)), (0.55, 0.38), 0.2, (1.2, 1, 0.7)),
    Lump(((0, -1.2, -0.42), (0, -3.0, -0.42)), (0.3, 0.4), 0.12, (1.7, 1, 0.7), cut=True),
    Lump(((0, -1.0, -0.55), (0, -2.1, -0.5)), (0.3, 0.16), 0.06, (1.3, 1, 0.5)),
    Lump(((0.45, -2.2, -0.1), (0.46, -2.25, -0.5)), (0.16, 0.06), 0.05, twin=True),
    Lump(((0.55, -0.85, 0.62),), (0.34,), 0.05, twin=True),
    Lump(
        ((0.25, -1.1, 0.8), (0.6, -0.85, 1.08), (1.0, -0.3, 0.95)),
        (0.15, 0.24, 0.1),
        0.1,
        twin=True,
    ),
    Lump(
        ((0.4, 0.1, 0.8), (0.65, 1.0, 1.45), (0.6, 2.1, 1.5)),
        (0.28, 0.24, 0.08),
        0.12,
        twin=True,
    ),
    *(
        Lump(
            ((0.75, 0.0, z), (1.35, 0.8, 1.3 * z), (1.2, 1.9, 1.5 * z)),
            (0.3, 0.28, 0.06),
            0.12,
            twin=True,
        )
        for z in (0.35, -0.1, -0.55)
    ),
    Lump(
        ((0.6, -2.1, 0.1), (1.2, -2.5, 0.5), (1.7, -2.0, 1.1)),
        (0.14, 0.12, 0.06),
        0.06,
        twin=True,
    ),
    Lump(((0, -1.5, -1.0), (0, -1.7, -1.7)), (0.3, 0.08), 0.12),
)


def dragon_head(scale: float, to: Vector, degrees: float) -> Clay:
    """A small horned dragon head looking along -y before it is turned."""
    return moved(turned(moved(HEAD, scale), degrees), 1.0, to)


def climbing_dragon(
    low: float, high: float, radius: float, turns: float, way: float, girth: float
) -> tuple[Clay, tuple[Vector, ...]]:
    """A dragon coiled up a column of ``radius`` cm, and the line of its spine."""
    marks = np.linspace(0, 1, 30)
    facing = -0.5 * math.pi
    angles = facing + way * (2 * math.pi * turns * (1 - marks) + 0.55)
    out = radius + girth * np.interp(marks, [0, 0.85, 1], [0.35, 0.5, 1.3])
    spine = [
        (float(r * math.cos(a)), float(r * math.sin(a)), float(z))
        for r, a, z in zip(out, angles, low + (high - low) * marks, strict=True)
    ]
    last = angles[-1]
    spot = (
        1.12 * out[-1] * math.cos(last - way * 0.35),
        1.12 * out[-1] * math.sin(last - way * 0.35),
        high + 0.9 * girth,
    )
    line: tuple[Vector, ...] = (*spine, spot)
    girths = tuple(
        girth * float(np.interp(m, [0, 0.2, 0.6, 1], [0.12, 0.62, 1.0, 0.85])) for m in marks
    )
    clay: list[Lump | Block] = [Lump(line, girths, 0.25)]
    for k in range(3, 29):
        a, r, z = angles[k], out[k], spine[k][2]
        size = girth * float(np.interp(marks[k], [0, 0.3, 1], [0.25, 0.6, 0.75]))
        foot = (r * math.cos(a), r * math.sin(a), z + 0.8 * girths[k])
        tip = (
            (r + 0.5 * size) * math.cos(a + way * 0.1),
            (r + 0.5 * size) * math.sin(a + way * 0.1),
            z + 0.75 * girths[k] + 1.1 * size,
        )
        clay.append(Lump((foot, tip), (0.5 * size, 0.1 * size), 0.1))
    for k in (9, 12, 21, 24):
        clay += _claw(angles[k], radius, spine[k][2], way if k % 2 else -way, girth)
    head = math.degrees(last - way * 0.35) + 90 - way * 35
    return (*clay, *dragon_head(1.05 * girth, spot, head)), line


def _claw(angle: float, radius: float, z: float, way: float, girth: float) -> Clay:
    """A leg reaching round the column below the body, four claws spread on it."""

    def on(turn: float, rise: float, off: float) -> Vector:
        r = radius + off
        return (r * math.cos(angle + turn), r * math.sin(angle + turn), z + rise)

    g = girth
    foot = (way * 0.75, -1.5 * g, 0.25 * g)
    limb = (on(0, -0.3 * g, 0.6 * g), on(way * 0.3, -1.5 * g, 0.55 * g), on(*foot))
    claws = [
        Lump(
            (on(*foot), on(way * (0.95 + 0.1 * j), (-1.5 + 0.65 * (j - 1.5)) * g, 0.15 * g)),
            (0.24 * g, 0.07 * g),
            0.06,
        )
        for j in range(4)
    ]
    return (Lump(limb, (0.5 * g, 0.42 * g, 0.3 * g), 0.15), *claws)
