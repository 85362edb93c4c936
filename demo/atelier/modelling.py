"""Figures modelled by hand: lumps smoothed into one skin, its sheet of patches, its finishing."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import (
    distance_transform_edt,
    gaussian_filter,
    gaussian_filter1d,
    gaussian_laplace,
    map_coordinates,
)
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .brush import Slip
from .chart import Array, Chart, noise_in_clay
from .forms import Block, Decor, Lump, Mesh, Modelled, Surface, Vector, _path

FAR = 3.0
Floats = NDArray[np.float64]


def modelled(part: Modelled, rng: np.random.Generator) -> Mesh:
    """The mesh of a figure with one surface, whose chart is a sheet of patches."""
    clay = Clay(part)
    vertices, faces = _skin(clay.field)
    places = clay.settle(vertices)
    normals = clay.slope(places)
    uneven = noise_in_clay(places.astype(np.float32), rng, 1.5) + 0.5 * noise_in_clay(
        places.astype(np.float32), rng, 0.55, octaves=2
    )
    places = places + part.touch * uneven[:, None] * normals
    places[:, 2] = np.maximum(places[:, 2], 0)
    uv, per_cm = _patches(places, faces, normals, part.texture)
    chart = _sheet(clay, places, faces, uv, per_cm, part.texture)
    surface = Surface("outer", chart, part.glaze, part.decor, dict(part.options), part.bare_foot)
    return Mesh(places, faces, uv, np.zeros(len(faces), np.int64), [surface])


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
    return _path(lump.path, 5 * len(lump.path))


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


CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1]


def _skin(field: Array) -> tuple[Floats, NDArray[np.int64]]:
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


def _patches(
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


def _sheet(
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


def _away(
    slip: Slip, path: tuple[Vector, ...], reach: float, snap: bool = True
) -> tuple[NDArray[np.int64], Floats]:
    """Pixels within ``reach`` cm of a path in the clay, and their distance from it.

    ``snap`` lays the path on the skin first, so that it need only be given roughly.
    """
    spots = slip.chart.spots
    if spots is None:
        raise ValueError("only a modelled figure is finished by places in the clay")
    line = np.asarray(path, float) if len(path) < 3 else _path(path, 8 * len(path))
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
    line = _path(path, 12 * len(path))
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
