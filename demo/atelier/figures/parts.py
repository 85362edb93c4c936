"""What figures share: moving and turning lumps, curls, toes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ..forms import Block, Lump, Vector

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
