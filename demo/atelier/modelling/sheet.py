"""A figure's skin laid out flat: patches seen square on, packed on one sheet."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..chart import Chart
from .clay import Clay, Floats


def patches(
    places: Floats, faces: NDArray[np.int64], normals: Floats, texture: int
) -> tuple[Floats, float]:
    """uv (faces, 4, 2) of patches seen square on, and the pixels per cm they are laid at."""
    facing = normals[faces].mean(1)
    axis = np.abs(facing).argmax(1)
    label = 2 * axis + (np.take_along_axis(facing, axis[:, None], 1)[:, 0] > 0)
    patch = _connected(faces, label)
    across = np.array([[1, 2], [0, 2], [0, 1]])[axis]
    corner = np.take_along_axis(places[faces], across[:, None, :].repeat(4, 1), 2)
    count = int(patch.max()) + 1
    low, high = np.full((count, 2), 1e9), np.full((count, 2), -1e9)
    np.minimum.at(low, patch, corner.min(1))
    np.maximum.at(high, patch, corner.max(1))
    size = high - low
    per_cm = math.sqrt(texture * texture / float(size.prod(1).sum()))
    spot = None
    while spot is None:
        per_cm *= 0.97
        spot = _packed(np.ceil(size * per_cm).astype(int) + 5, texture)
    uv = ((corner - low[patch][:, None]) * per_cm + spot[patch][:, None] + 2.5) / texture
    return uv, per_cm


def _connected(faces: NDArray[np.int64], label: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the patch of each face: neighbours that face the same way."""
    many = len(faces)
    edges = np.stack([faces, np.roll(faces, -1, 1)], -1).reshape(-1, 2)
    edges.sort(1)
    owner = np.repeat(np.arange(many), 4)
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    edges, owner = edges[order], owner[order]
    same = (edges[1:] == edges[:-1]).all(1) & (label[owner[1:]] == label[owner[:-1]])
    a, b = owner[1:][same], owner[:-1][same]
    links = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(many, many))
    return connected_components(links, directed=False)[1].astype(np.int64)


def _packed(sizes: NDArray[np.int64], side: int) -> NDArray[np.int64] | None:
    """Left lower corners of rectangles on shelves in a square, or None where they do not fit."""
    spots = np.zeros_like(sizes)
    x = y = shelf = 0
    for k in np.argsort(-sizes[:, 1]):
        wide, tall = sizes[k]
        if x + wide > side:
            x, y, shelf = 0, y + shelf, 0
        if wide > side or y + tall > side:
            return None
        spots[k] = x, y
        x, shelf = x + wide, max(shelf, tall)
    return spots


def sheet(
    clay: Clay, places: Floats, faces: NDArray[np.int64], uv: Floats, per_cm: float, side: int
) -> Chart:
    """The chart of the patches: every pixel's place, and how glaze gathers there."""
    spots = np.zeros((side * side, 3), np.float32)
    laid = np.zeros(side * side, bool)
    steps = math.ceil(clay.grain * per_cm * 2.2) + 2
    for s in (np.arange(steps) + 0.5) / steps:
        for t in (np.arange(steps) + 0.5) / steps:
            share = np.array([(1 - s) * (1 - t), s * (1 - t), s * t, (1 - s) * t])
            pixel = np.einsum("fkc,k->fc", uv, share) * side
            index = pixel[:, 1].astype(int) * side + pixel[:, 0].astype(int)
            spots[index] = np.einsum("fkc,k->fc", places[faces], share)
            laid[index] = True
    near = distance_transform_edt(
        ~laid.reshape(side, side), return_distances=False, return_indices=True
    )
    home = (near[0].astype(np.int64) * side + near[1]).ravel()
    spots = spots[home].reshape(side, side, 3)
    bend = clay.curved(spots.reshape(-1, 3)).reshape(side, side)
    thin = np.clip((bend - 1.0) / 4, 0, 1.25).astype(np.float32)
    pool = np.clip((-bend - 0.1) / 3, 0, 1).astype(np.float32)
    radius = np.hypot(spots[..., 0], spots[..., 1])
    z = np.ascontiguousarray(spots[..., 2])
    return Chart(
        side, side, per_cm, radius, z, thin, pool, spots=spots, home=home.reshape(side, side)
    )
