"""What is done to a figure's skin before glazing: brushed, scored, combed, scaled."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from ..brush import Slip
from ..chart import Array, noise_in_clay
from ..forms import Decor, Vector, sampled
from .clay import Floats


def _away(
    slip: Slip, path: tuple[Vector, ...], reach: float, snap: bool = True
) -> tuple[NDArray[np.int64], Floats]:
    """Pixels within ``reach`` cm of a path in the clay, and their distance from it.

    ``snap`` lays the path on the skin first, so that it need only be given roughly.
    """
    spots = slip.chart.spots
    if spots is None:
        raise ValueError("only a modelled figure is finished by places in the clay")
    line = np.asarray(path, float) if len(path) < 3 else sampled(path, 8 * len(path))
    flat = spots.reshape(-1, 3)
    low, high = line.min(0) - reach, line.max(0) + reach
    near = np.nonzero(((flat > low) & (flat < high)).all(1))[0]
    best = np.full(len(near), 1e3)
    if snap and len(near):
        on_skin = flat[near][cKDTree(flat[near]).query(line)[1]].astype(float)
        line = gaussian_filter1d(on_skin, 1.5, axis=0, mode="nearest")
    for a, b in pairwise(line) if len(line) > 1 else [(line[0], line[0])]:
        way = b - a
        offset = flat[near] - a
        share = np.clip(offset @ way / max(float(way @ way), 1e-9), 0, 1)
        best = np.minimum(best, np.linalg.norm(offset - share[:, None] * way, axis=1))
    return near, best


def _twins(path: tuple[Vector, ...], twin: bool) -> list[tuple[Vector, ...]]:
    return [path, tuple((-x, y, z) for x, y, z in path)] if twin else [path]


def brushed(
    path: tuple[Vector, ...],
    width: float,
    density: float = 1.2,
    layer: str = "iron",
    twin: bool = False,
) -> Decor:
    """Colour brushed on the figure along a path in the clay, ``width`` cm wide."""

    def paint(slip: Slip) -> None:
        slip.painted.add(layer)
        target = getattr(slip, layer).reshape(-1)
        for each in _twins(path, twin):
            near, away = _away(slip, each, width + 0.9)
            soft = np.clip((0.5 * width - away) / (0.16 * width) + 0.5, 0, 1)
            target[near] = np.maximum(target[near], density * soft)

    return paint


def scored(
    *paths: tuple[Vector, ...], width: float = 0.12, depth: float = 0.07, twin: bool = False
) -> Decor:
    """Lines pressed with a bamboo point (cords laid on where ``depth`` is negative)."""

    def carve(slip: Slip) -> None:
        slip.painted.add("height")
        target = slip.height.reshape(-1)
        for path in paths:
            for each in _twins(path, twin):
                near, away = _away(slip, each, width + 0.9)
                target[near] -= (depth * np.exp(-((2 * away / width) ** 2))).astype(np.float32)

    return carve


def combed(
    squeeze: Vector, cell: float, depth: float, low: Vector, high: Vector, soft: float = 0.6
) -> Decor:
    """Hair or coat drawn with a comb in the box from ``low`` to ``high``.

    ``squeeze`` is below 1 along the way the comb is drawn; its furrows are ``cell`` cm apart.
    """

    def carve(slip: Slip) -> None:
        slip.painted.add("height")
        spots = slip.chart.spots
        if spots is None:
            raise ValueError("only a modelled figure is combed")
        furrow = noise_in_clay(spots, slip.rng, cell, squeeze, 2)
        inside = np.minimum(spots - np.array(low, np.float32), np.array(high, np.float32) - spots)
        share = np.clip(inside.min(-1) / soft, 0, 1)
        slip.height += (depth * furrow * share).astype(np.float32)

    return carve


def scaled(
    path: tuple[Vector, ...], reach: float, size: float, depth: float = 0.06, twin: bool = False
) -> Decor:
    """Overlapping scales pressed with a tube end along a body, each ``size`` cm long."""

    def carve(slip: Slip) -> None:
        slip.painted.add("height")
        target = slip.height.reshape(-1)
        for each in _twins(path, twin):
            near, _ = _away(slip, each, reach, snap=False)
            target[near] += depth * _scale_pattern(slip, each, near, reach, size)

    return carve


def _scale_pattern(
    slip: Slip, path: tuple[Vector, ...], near: NDArray[np.int64], reach: float, size: float
) -> Array:
    """Heights 0 to 1 of staggered scales, fading at the ends of the path and beyond ``reach``."""
    line = sampled(path, 12 * len(path))
    spots = slip.chart.spots.reshape(-1, 3)[near]  # type: ignore[union-attr]
    far, nearest = cKDTree(line).query(spots)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    along = np.concatenate([[0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])
    away = spots - line[nearest]
    ahead = tangent[nearest]
    s = along[nearest] + (away * ahead).sum(1)
    side = np.cross(ahead, [0.3, 0.5, 0.81])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, ahead)
    angle = np.arctan2((away * up).sum(1), (away * side).sum(1))
    across = angle * np.median(far) / size
    row = np.floor(s / size)
    best = np.zeros(len(s))
    for step in (0, 1):
        x = (across + 0.5 * ((row - step) % 2)) % 1 - 0.5
        y = s / size - row + step
        inside = np.hypot(1.75 * x, 0.85 * y) < 1
        best = np.maximum(best, np.where(inside, (1 - 0.42 * y) * (1 - 1.6 * x * x), 0))
    fade = np.clip((reach - far) / 0.15, 0, 1)
    fade *= np.clip(np.minimum(s, along[-1] - s) / size, 0, 1)
    return (best * fade).astype(np.float32)
