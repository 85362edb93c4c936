"""The skin of a figure as points and quads, found cell by cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..chart import Array
from .clay import Floats

CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1]


def skin(field: Array) -> tuple[Floats, NDArray[np.int64]]:
    """Points (in cells) and quads of the surface where ``field`` is 0: one point a cell."""
    inside = field < 0
    many = np.zeros(np.array(field.shape) - 1, np.int8)
    for i, j, k in CORNERS:
        many += inside[i : i + many.shape[0], j : j + many.shape[1], k : k + many.shape[2]]
    cells = np.argwhere((many > 0) & (many < 8))
    values = np.stack([field[tuple((cells + corner).T)] for corner in CORNERS], 1)
    total, count = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, b in EDGES:
        cross = (values[:, a] < 0) != (values[:, b] < 0)
        share = np.where(cross, values[:, a] / (values[:, a] - values[:, b] + 1e-12), 0)
        spot = CORNERS[a] + share[:, None] * (CORNERS[b] - CORNERS[a])
        total += spot * cross[:, None]
        count += cross
    points = cells + total / count[:, None]
    number = np.full(many.shape, -1, np.int64)
    number[tuple(cells.T)] = np.arange(len(cells))
    return points, np.concatenate([_quads(inside, number, axis) for axis in range(3)])


def _quads(inside: NDArray[np.bool_], number: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
    """The quads about the grid's edges along ``axis`` that cross the skin, facing outward."""
    start = np.moveaxis(inside, axis, 0)
    crossing = np.argwhere(start[:-1] != start[1:])
    grid = np.moveaxis(number, axis, 0)
    a, b, c = crossing.T
    fits = (b > 0) & (c > 0) & (b < grid.shape[1]) & (c < grid.shape[2])
    a, b, c = a[fits], b[fits], c[fits]
    quad = np.stack([grid[a, b - 1, c - 1], grid[a, b, c - 1], grid[a, b, c], grid[a, b - 1, c]], 1)
    outward = start[a, b, c]
    if axis == 1:
        outward = ~outward
    return np.where(outward[:, None], quad, quad[:, ::-1])
