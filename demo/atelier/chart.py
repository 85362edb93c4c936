"""A chart: how the pixels of one surface's texture lie on the clay, in centimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float32]


@dataclass
class Chart:
    """The texture grid of one surface; row 0 is the lowest row.

    ``radius``, ``z``, ``thin`` and ``pool`` broadcast to (height, width): the distance from the
    axis and the height above the ground in cm, and how far glaze draws away from (thin) or
    gathers at (pool) a place, both 0 to 1. A planar chart looks straight down on a disc of
    ``extent`` cm radius, or at the face of a slab ``2 * extent`` cm wide, with (0, 0) in its
    middle. The chart of a modelled figure is a sheet of patches: ``spots`` gives every pixel's
    place on the clay in cm and ``home`` the nearest pixel that lies on a patch. Every other chart
    wraps around horizontally.
    """

    width: int
    height: int
    per_cm: float
    radius: Array
    z: Array
    thin: Array
    pool: Array
    planar: bool = False
    extent: float = 0.0
    spots: Array | None = None
    home: NDArray[np.int64] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return self.height, self.width

    @property
    def length(self) -> float:
        """The surface's length from its lowest row to its highest, in cm."""
        return self.height / self.per_cm

    def radius_at(self, s: Array | float) -> Array:
        rows = np.clip(np.asarray(s) * self.per_cm, 0, self.height - 1).astype(int)
        return np.maximum(self.radius[rows, 0], 0.4)

    def around(self, s: float) -> float:
        """The circumference in cm at ``s`` cm along the surface."""
        return float(2 * np.pi * self.radius_at(s))

    def pixels(self, points: Array, u: float, s: float) -> tuple[Array, Array]:
        """Pixel positions and horizontal pixels per cm of points given in cm about (u, s).

        On a planar chart (u, s) is a place in cm from its middle.
        """
        if self.planar:
            x = (points[:, 0] + u + self.extent) * self.per_cm
            y = (points[:, 1] + s + self.length / 2) * self.per_cm
            return np.stack([x, y], 1), np.full(len(points), self.per_cm)
        y = points[:, 1] + s
        across = self.width / (2 * np.pi * self.radius_at(y))
        return np.stack([u * self.width + points[:, 0] * across, y * self.per_cm], 1), across

    def row_of(self, z: float) -> float:
        """The place along the surface, in cm, where it first reaches ``z`` cm above the ground."""
        reached = np.nonzero(self.z[:, 0] >= z)[0]
        return float(reached[0] if len(reached) else self.height - 1) / self.per_cm


def noise(
    chart: Chart, rng: np.random.Generator, cell: float, stretch: float = 1.0, octaves: int = 3
) -> Array:
    """Smooth noise, -1 to 1, of ``cell`` cm, drawn out vertically by ``stretch``; it wraps."""
    if chart.spots is not None:
        fine = 1.5 / chart.per_cm
        return noise_in_clay(chart.spots, rng, cell, (1, 1, 1 / stretch), octaves, fine)
    total = np.zeros(chart.shape, np.float32)
    weight = 1.0
    for octave in range(octaves):
        size = cell * chart.per_cm / 2**octave
        across = max(2, round(chart.width / size))
        up = max(2, round(chart.height / (size * stretch)))
        if across * up > chart.width * chart.height:
            break
        total += weight * _smooth(rng.uniform(-1, 1, (up, across)), chart.shape)
        weight *= 0.5
    return total


def noise_in_clay(
    spots: Array,
    rng: np.random.Generator,
    cell: float,
    squeeze: tuple[float, float, float] = (1, 1, 1),
    octaves: int = 3,
    finest: float = 0.0,
) -> Array:
    """Smooth noise, about -1 to 1, of ``cell`` cm at places (..., 3) in the clay."""
    total = np.zeros(spots.shape[:-1], np.float32)
    turned = spots * np.asarray(squeeze, np.float32) @ LATTICE
    for octave in range(octaves):
        size = cell / 2**octave
        if octave and size < finest:
            break
        lattice = rng.uniform(-1, 1, (32, 32, 32)).astype(np.float32)
        total += _lattice(turned / max(size, 1e-3), lattice) / 2**octave
    return total


LATTICE = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]], np.float32)


def _lattice(places: Array, lattice: Array) -> Array:
    """Values of a repeating lattice between its points, eased from one to the next."""
    low = np.floor(places)
    part = places - low
    part = part * part * (3 - 2 * part)
    i, j, k = (low[..., axis].astype(np.int32) & 31 for axis in range(3))
    x, y, z = (part[..., axis] for axis in range(3))
    flat = lattice.ravel()
    total = np.zeros(places.shape[:-1], np.float32)
    for a in (0, 1):
        for b in (0, 1):
            row = (((i + a) & 31) * 32 + ((j + b) & 31)) * 32
            near, far = flat[row + k], flat[row + ((k + 1) & 31)]
            share = (x if a else 1 - x) * (y if b else 1 - y)
            total += share * (near + (far - near) * z)
    return total


def _smooth(grid: NDArray[np.float64], shape: tuple[int, int]) -> Array:
    height, width = shape
    padded = np.concatenate([grid[:, -2:], grid, grid[:, :2]], 1).astype(np.float32)
    step = width / grid.shape[1]
    whole = Image.fromarray(padded, "F").resize(
        (round(padded.shape[1] * step), height), Image.Resampling.BICUBIC
    )
    left = round(2 * step)
    return np.asarray(whole, np.float32)[:, left : left + width]


def ramp(value: Array, low: float, high: float) -> Array:
    """0 below ``low``, 1 above ``high`` and smooth between (either order)."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)
