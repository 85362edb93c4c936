"""The modeller's figures, as the lumps of clay they are built from; each faces the camera (-y)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from .forms import Block, Lump, Vector

Clay = tuple[Lump | Block, ...]


def moved(clay: Iterable[Lump | Block], scale: float, to: Vector = (0, 0, 0)) -> Clay:
    """The same figure smaller or larger, standing at ``to``."""
    done: list[Lump | Block] = []
    for lump in clay:
        if isinstance(lump, Block):
            spot = tuple(c * scale + t for c, t in zip(lump.at, to, strict=True))
            size = tuple(c * scale for c in lump.size)
            done.append(
                Block(spot, size, lump.round_by * scale, lump.blend * scale, lump.cut)  # type: ignore[arg-type]
            )
            continue
        path = tuple(tuple(c * scale + t for c, t in zip(p, to, strict=True)) for p in lump.path)
        girth = tuple(g * scale for g in lump.girth)
        done.append(replace(lump, path=path, girth=girth, blend=lump.blend * scale))  # type: ignore[arg-type]
    return tuple(done)


def turned(clay: Iterable[Lump | Block], degrees: float) -> Clay:
    """The same lumps turned about the upright axis; twins are laid out one by one first."""
    a = math.radians(degrees)
    c, s = math.cos(a), math.sin(a)
    done: list[Lump | Block] = []
    for lump in clay:
        if isinstance(lump, Block):
            raise ValueError("a block cannot be turned")
        for way in (1, -1) if lump.twin else (1,):
            path = tuple((way * x * c - y * s, way * x * s + y * c, z) for x, y, z in lump.path)
            x, y, z = lump.turn
            lean = (x, way * y, way * z + degrees)
            done.append(replace(lump, path=path, turn=lean, twin=False))
    return tuple(done)


def curl(at: Vector, facing: Vector, size: float, turn: float = 1.0, twin: bool = False) -> Lump:
    """A snail of rolled clay pressed on at ``at``, seen from the direction ``facing``."""
    out = np.array(facing, float) / np.linalg.norm(facing)
    across = np.cross([0.0, 0.0, 1.0], out)
    across = across / np.linalg.norm(across) if np.linalg.norm(across) > 0.1 else np.eye(3)[0]
    up = np.cross(out, across)
    path = []
    for t in np.linspace(0, 1, 9):
        angle, r = turn * (0.6 + 7.6 * t), size * (0.78 - 0.66 * t)
        spot = np.array(at) + r * (math.cos(angle) * across + math.sin(angle) * up)
        path.append(tuple(float(c) for c in spot + out * size * 0.35 * t))
    return Lump(tuple(path), (0.18 * size, 0.25 * size, 0.3 * size), 0.1 * size, twin=twin)  # type: ignore[arg-type]


def toes(x: float, y: float, z: float, wide: float, size: float, count: int = 4) -> Clay:
    """A row of toes along the front of a paw, on both sides of the body."""
    spread = np.linspace(-wide, wide, count)
    return tuple(
        Lump(
            (
                (x + s, y + 0.9 * size + 0.25 * abs(s), z + 0.15 * size),
                (x + s * 1.08, y + 0.2 * abs(s), z - 0.1 * size),
            ),
            (0.8 * size, size),
            0.12,
            twin=True,
        )
        for s in spread
    )


def nghe(plinth: bool = True) -> Clay:
    """A seated nghê, 20 cm high: dog-bodied, lion-maned, its mouth open."""
    body: list[Lump | Block] = []
    if plinth:
        body += [
            Block((0, 0.4, 0.75), (8.6, 11.6, 1.5), 0.35),
            Block((0, 0.4, 1.7), (7.9, 10.9, 0.8), 0.3, 0.15),
        ]
    body += [
        Lump(((0, 3.4, 4.4), (0, 2.4, 7.6), (0, -0.2, 10.6)), (3.0, 2.9, 2.7), 0.6, (0.9, 1, 1)),
        Lump(((0, -1.5, 9.6),), (2.75,), 1.2, (0.95, 0.9, 1.15)),
        Lump(((2.5, 2.2, 4.5),), (2.5,), 0.45, (0.7, 1.15, 1.1), (20, 0, 0), twin=True),
        Lump(
            ((2.9, 2.6, 2.7), (2.95, 0.6, 2.6), (2.95, -1.0, 2.65)),
            (0.95, 0.85, 0.95),
            0.4,
            twin=True,
        ),
        *toes(2.95, -2.0, 2.5, 0.62, 0.42),
        Lump(
            ((1.75, -1.9, 9.8), (1.95, -3.0, 7.4), (1.75, -3.3, 4.6), (1.7, -3.3, 2.9)),
            (1.5, 1.12, 0.82, 0.9),
            0.5,
            twin=True,
        ),
        Lump(((1.7, -3.7, 2.7),), (1.05,), 0.4, (1.05, 1.2, 0.8), twin=True),
        *toes(1.7, -4.9, 2.5, 0.66, 0.42),
        *_flame((2.6, -1.9, 7.3), 1.0),
        *_collar(),
        *_tail(),
        *_nghe_head(),
    ]
    return tuple(body)


def _flame(at: Vector, size: float) -> Clay:
    """Three locks of flame swept back from a shoulder, on both sides."""
    x, y, z = at
    return tuple(
        Lump(
            (
                (x, y, z + lift),
                (x + 0.25, y + 1.1 * size, z + lift + 0.5 * size),
                (x - 0.1, y + (1.9 + 0.3 * k) * size, z + lift + (1.3 - 0.2 * k) * size),
            ),
            (0.3 * size, 0.38 * size, 0.08 * size),
            0.1,
            twin=True,
        )
        for k, lift in enumerate((0.9, 0.1, -0.7))
    )


def _collar() -> Clay:
    ring = [
        (2.9 * math.sin(a), -0.75 - 3.15 * math.cos(a), 11.5 - 0.6 * math.cos(a))
        for a in np.linspace(0, 2 * math.pi, 17)
    ]
    bell = Lump(((0, -4.35, 10.1),), (0.78,), 0.12)
    return (Lump(tuple(ring), (0.36,), 0.1), bell, Lump(((0, -4.2, 10.9),), (0.32,), 0.1))


def _tail() -> Clay:
    locks = [
        Lump(
            ((0, 4.9, 3.6), (0, 6.2, 4.6), (0, 6.2, 6.8), (0, 5.0, 8.6)), (0.9, 1.0, 1.0, 0.9), 0.4
        ),
        Lump(
            ((0, 5.4, 8.0), (0, 4.7, 9.8), (0, 5.0, 11.2), (0, 5.9, 12.2)),
            (0.95, 0.95, 0.6, 0.12),
            0.3,
        ),
    ]
    for side in (1.0, -1.0):
        locks.append(
            Lump(
                (
                    (0.5 * side, 5.4, 7.4),
                    (1.5 * side, 5.3, 8.8),
                    (1.4 * side, 5.2, 10.3),
                    (2.1 * side, 5.5, 11.3),
                ),
                (0.6, 0.7, 0.5, 0.1),
                0.2,
            )
        )
        locks.append(curl((1.25 * side, 5.9, 6.4), (side, 0.8, 0.1), 0.85, side))
    bumps = [
        Lump(((0, y, z),), (0.52,), 0.15, (0.7, 1, 1))
        for y, z in ((2.7, 10.6), (3.5, 9.6), (4.2, 8.5), (1.9, 11.5))
    ]
    return (*locks, *bumps)


def _nghe_head() -> Clay:
    face = [
        Lump(((0, -0.4, 12.2), (0, -1.2, 14.4)), (2.6, 2.4), 0.9),
        Lump(((0, -1.7, 15.0),), (2.55,), 0.6, (1.02, 1.0, 0.92)),
        Lump(((0, -3.6, 14.55), (0, -4.6, 14.5)), (1.65, 1.35), 0.5, (1.2, 1, 0.72)),
        Lump(
            ((0, -2.4, 12.9), (0, -4.2, 12.75), (0, -4.9, 12.85)),
            (1.35, 1.05, 0.8),
            0.25,
            (1.25, 1, 0.62),
        ),
        Lump(
            ((-1.8, -4.1, 13.5), (0, -5.6, 13.7), (1.8, -4.1, 13.5)),
            (0.34, 0.46, 0.34),
            0.2,
            cut=True,
        ),
        Lump(((0, -4.0, 13.62), (0, -6.4, 13.62)), (0.5, 0.62), 0.2, (1.7, 1, 0.6), cut=True),
        Lump(
            ((0, -3.6, 13.25), (0, -4.8, 13.3), (0, -5.3, 13.15)),
            (0.7, 0.62, 0.4),
            0.1,
            (1.1, 1, 0.45),
        ),
        Lump(((0, -5.5, 15.15),), (0.72,), 0.3, (1.35, 0.75, 0.85)),
        Lump(((0.62, -5.65, 15.0),), (0.48,), 0.15, twin=True),
        Lump(((0.55, -6.15, 14.9),), (0.2,), 0.1, cut=True, twin=True),
        Lump(((0.85, -5.35, 14.05), (0.9, -5.3, 13.6)), (0.22, 0.1), 0.05, twin=True),
        Lump(
            ((0.3, -4.1, 15.7), (0.9, -4.0, 16.6), (1.9, -3.2, 16.9), (2.5, -2.2, 16.5)),
            (0.35, 0.5, 0.45, 0.15),
            0.15,
            twin=True,
        ),
        Lump(((1.12, -3.75, 15.75),), (0.74,), 0.06, twin=True),
        Lump(
            ((2.2, -3.0, 14.4), (2.7, -2.0, 14.5), (2.9, -1.2, 14.9)),
            (0.6, 0.75, 0.2),
            0.25,
            twin=True,
        ),
        Lump(
            ((2.1, -0.9, 16.2), (3.0, -0.9, 17.0), (3.4, -1.1, 16.3), (3.3, -1.3, 15.5)),
            (0.6, 0.75, 0.6, 0.2),
            0.25,
            (1, 0.55, 1),
            twin=True,
        ),
        Lump(((0, -1.9, 17.2), (0, -1.2, 18.2), (0, -0.2, 18.8)), (0.75, 0.6, 0.15), 0.3),
        curl((0.75, -2.5, 17.25), (0.4, -0.8, 1), 0.62, 1, twin=True),
        *(
            Lump(
                ((x, -4.1, 12.5), (1.15 * x, -4.6, 11.6), (1.0 * x, -4.4, 10.7 + abs(x))),
                (0.42, 0.4, 0.1),
                0.15,
            )
            for x in (-1.0, -0.35, 0.35, 1.0)
        ),
    ]
    return (*face, *_mane())


def _mane() -> Clay:
    """Three rows of snail curls round the back of the head and down the neck."""
    rows = []
    ranks = (
        (16.4, 2.3, -1.2, 4),
        (14.9, 2.65, -1.0, 5),
        (13.4, 2.75, -0.7, 5),
        (12.0, 2.7, -0.3, 5),
    )
    for row, (z, radius, back, count) in enumerate(ranks):
        for k, angle in enumerate(np.linspace(8 + 9 * (row % 2), 90, count)):
            a = math.radians(angle)
            spot = (radius * math.cos(a), back + radius * math.sin(a), z)
            rows.append(
                curl(spot, (math.cos(a), math.sin(a), 0.2), 0.92, -1 if k % 2 else 1, angle < 89)
            )
    return tuple(rows)


NGHE_MARKS: tuple[tuple[Vector, ...], ...] = (
    (
        (3.9, 3.2, 5.2),
        (4.1, 1.6, 6.2),
        (4.0, 0.6, 5.0),
        (4.05, 1.4, 3.9),
        (4.15, 2.3, 4.5),
        (4.15, 1.8, 5.2),
    ),
    ((4.0, 3.6, 4.2), (3.9, 2.4, 6.9), (3.6, 0.4, 7.0)),
    ((2.7, -3.3, 9.3), (2.9, -2.4, 8.6), (2.7, -2.6, 7.9)),
    ((0.5, -6.3, 14.6), (1.3, -5.7, 14.35), (1.9, -4.6, 14.5), (2.4, -3.3, 14.0)),
    ((0.7, -5.9, 15.4), (1.2, -5.2, 15.3)),
    ((0.6, -5.4, 15.75), (1.2, -4.8, 15.2)),
    ((0.5, -4.2, 16.2), (1.2, -4.2, 16.95), (2.1, -3.4, 17.1)),
)


def dragon_head(scale: float, to: Vector, degrees: float) -> Clay:
    """A small horned dragon head looking along -y before it is turned."""
    head = (
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
    return moved(turned(moved(head, scale), degrees), 1.0, to)


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
