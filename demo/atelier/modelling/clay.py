"""Lumps of clay as distances: how far every place is from the skin they are smoothed into."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_laplace, map_coordinates

from ..chart import Array
from ..forms import Block, Lump, Modelled, Vector, sampled

FAR = 3.0
Floats = NDArray[np.float64]


class Clay:
    """How far every cell of a grid lies from the skin, in cm; negative within the clay."""

    def __init__(self, part: Modelled) -> None:
        self.grain = part.grain
        low, high = _bounds(part.lumps)
        self.low = low - 4 * part.grain
        size = np.ceil((high - self.low) / part.grain).astype(int) + 5
        self.field = np.full(tuple(size), FAR, np.float32)
        for lump in part.lumps:
            for way in (1.0, -1.0) if isinstance(lump, Lump) and lump.twin else (1.0,):
                self._lay(lump, way)
        self.field = gaussian_filter(self.field, 0.7)
        z = self.low[2] + part.grain * np.arange(size[2], dtype=np.float32)
        self.field = np.maximum(self.field, 0.02 - z)
        self.bend = gaussian_laplace(self.field, 1.7) / part.grain**2

    def _lay(self, lump: Lump | Block, way: float) -> None:
        low, high = _bounds((lump,), twins=False)
        if way < 0:
            low[0], high[0] = -high[0], -low[0]
        first = np.maximum(((low - self.low) / self.grain).astype(int) - 1, 0)
        last = np.minimum(((high - self.low) / self.grain).astype(int) + 2, self.field.shape)
        box = tuple(slice(a, b) for a, b in zip(first, last, strict=True))
        axes = [
            (self.low[k] + self.grain * np.arange(first[k], last[k])).astype(np.float32)
            for k in range(3)
        ]
        spots = np.stack(np.meshgrid(way * axes[0], axes[1], axes[2], indexing="ij"), -1)
        new = _from_block(lump, spots) if isinstance(lump, Block) else _from_lump(lump, spots)
        old = self.field[box]
        soft = max(lump.blend, 1e-3)
        if lump.cut:
            self.field[box] = -_joined(-old, new, soft)
        else:
            self.field[box] = _joined(old, new, soft)

    def _at(self, places: Floats, grid: Array) -> Array:
        return map_coordinates(grid, ((places - self.low) / self.grain).T, order=1, mode="nearest")

    def slope(self, places: Floats) -> Floats:
        """The outward direction at places, (n, 3)."""
        step = 0.8 * self.grain
        way = np.stack(
            [
                self._at(places + step * axis, self.field)
                - self._at(places - step * axis, self.field)
                for axis in np.eye(3)
            ],
            1,
        ).astype(float)
        return way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)

    def settle(self, cells: Floats) -> Floats:
        """Places in cm of skin points given in cells, drawn onto the skin itself."""
        places = self.low + self.grain * cells
        for _ in range(2):
            off = np.clip(self._at(places, self.field), -self.grain, self.grain)
            places = places - off[:, None] * self.slope(places)
        return places

    def curved(self, places: Floats) -> Array:
        """How the skin bends, per cm: positive on ridges, negative in hollows."""
        return self._at(places, self.bend)


def _bounds(lumps: tuple[Lump | Block, ...], twins: bool = True) -> tuple[Floats, Floats]:
    lows, highs = [], []
    for lump in lumps:
        if isinstance(lump, Block):
            reach = np.array(lump.size) / 2 + lump.blend + 0.4
            ends = np.array([lump.at])
        else:
            reach = np.full(3, max(lump.girth) * max(lump.squash) + lump.blend + 0.4)
            ends = _line(lump)
            if lump.twin and twins:
                ends = np.concatenate([ends, ends * (-1, 1, 1)])
        lows.append(ends.min(0) - reach)
        highs.append(ends.max(0) + reach)
    return np.min(lows, 0), np.max(highs, 0)


def _line(lump: Lump) -> Floats:
    if len(lump.path) < 3:
        return np.asarray(lump.path, float)
    return sampled(lump.path, 5 * len(lump.path))


def _joined(a: Array, b: Array, soft: float) -> Array:
    """The nearer of two skins, rounded over where they meet."""
    near = np.maximum(soft - np.abs(a - b), 0) / soft
    return np.minimum(a, b) - near * near * soft / 4


def _from_block(block: Block, spots: Array) -> Array:
    half = np.array(block.size, np.float32) / 2 - block.round_by
    away = np.abs(spots - np.array(block.at, np.float32)) - half
    outside = np.linalg.norm(np.maximum(away, 0), axis=-1)
    return (outside + np.minimum(away.max(-1), 0) - block.round_by).astype(np.float32)


def _from_lump(lump: Lump, spots: Array) -> Array:
    line = _line(lump)
    middle = line.mean(0)
    turn = _rotation(lump.turn)
    squash = np.array(lump.squash)
    local = ((spots - middle.astype(np.float32)) @ turn.astype(np.float32)) / squash.astype(
        np.float32
    )
    knots = ((line - middle) @ turn / squash).astype(np.float32)
    girth = np.interp(np.linspace(0, 1, len(knots)), np.linspace(0, 1, len(lump.girth)), lump.girth)
    best = np.full(spots.shape[:-1], FAR, np.float32)
    reach = girth.max() * max(squash) + lump.blend + 0.4
    for k in range(max(len(knots) - 1, 1)):
        j = min(k + 1, len(knots) - 1)
        near = _within(spots, line[[k, j]], reach)
        part = _capsule(local[near], knots[k], knots[j], girth[k], girth[j], lump.squash)
        best[near] = np.minimum(best[near], part)
    return best


def _within(spots: Array, ends: Floats, reach: float) -> tuple[slice, ...]:
    """The part of a grid of places that lies within ``reach`` cm of the box of ``ends``."""
    lines = (spots[:, 0, 0, 0], spots[0, :, 0, 1], spots[0, 0, :, 2])
    found = []
    for axis, line in enumerate(lines):
        low, high = ends[:, axis].min() - reach, ends[:, axis].max() + reach
        inside = np.nonzero((line > low) & (line < high))[0]
        found.append(slice(inside[0], inside[-1] + 1) if len(inside) else slice(0, 0))
    return tuple(found)


def _capsule(local: Array, a: Array, b: Array, ra: float, rb: float, squash: Vector) -> Array:
    way = b - a
    long = float(way @ way)
    offset = local - a
    share = np.clip(offset @ way / long, 0, 1) if long > 1e-9 else np.zeros_like(offset[..., 0])
    offset = offset - share[..., None] * way
    length = np.maximum(np.linalg.norm(offset, axis=-1), 1e-5)
    thick = np.float32(ra) + np.float32(rb - ra) * share
    if squash == (1, 1, 1):
        return (length - thick).astype(np.float32)
    stretched = np.linalg.norm(offset / np.array(squash, np.float32), axis=-1)
    return ((length - thick) * length / np.maximum(stretched, 1e-5)).astype(np.float32)


def _rotation(degrees: Vector) -> Floats:
    x, y, z = (math.radians(d) for d in degrees)
    about_x = np.array([[1, 0, 0], [0, math.cos(x), -math.sin(x)], [0, math.sin(x), math.cos(x)]])
    about_y = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    about_z = np.array([[math.cos(z), -math.sin(z), 0], [math.sin(z), math.cos(z), 0], [0, 0, 1]])
    return about_z @ about_y @ about_x
