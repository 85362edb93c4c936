"""The crackle of men rạn: cells that split and split again, so that later cracks meet earlier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from .chart import Array, Chart, noise_in_clay

Polygon = NDArray[np.float64]


def network(
    chart: Chart, rng: np.random.Generator, coarse: float, fine: float
) -> tuple[Array, Array]:
    """Two crack maps, 0 to 1: wide stained cracks ``coarse`` cm apart, hairlines ``fine`` apart."""
    if chart.spots is not None:
        return _in_clay(chart, chart.spots, rng, coarse, fine)
    wide, hair = (Image.new("L", (chart.width, chart.height)) for _ in range(2))
    pens = ImageDraw.Draw(wide), ImageDraw.Draw(hair)
    whole = [(0, 0), (chart.width, 0), (chart.width, chart.height), (0, chart.height)]
    cells: list[tuple[Polygon, int]] = [(np.array(whole, float), 0)]
    while cells:
        cell, age = cells.pop()
        area = _area(cell) * _squeeze(chart, cell) / chart.per_cm**2
        limit = fine * fine * rng.uniform(0.5, 1.9)
        if area < limit or age > 40 or len(cell) < 3:
            continue
        is_coarse = area > coarse * coarse * rng.uniform(0.55, 1.5)
        tries = (_split(chart, cell, rng) for _ in range(12))
        split = next((found for found in tries if found is not None), None)
        if split is None:
            continue
        left, right, crack = split
        pen = pens[0] if is_coarse else pens[1]
        width = max(1, round(chart.per_cm * (0.012 * coarse if is_coarse else 0.015 * fine)))
        pen.line([tuple(p) for p in crack.tolist()], fill=int(rng.uniform(120, 255)), width=width)
        cells += [(left, age + 1), (right, age + 1)]
    return tuple(  # type: ignore[return-value]
        gaussian_filter(np.asarray(image, np.float32) / 255, 0.55) for image in (wide, hair)
    )


def _in_clay(
    chart: Chart, spots: Array, rng: np.random.Generator, coarse: float, fine: float
) -> tuple[Array, Array]:
    """The same splitting over a modelled skin: planes part its pixels, cell after cell."""
    flat = spots.reshape(-1, 3)
    home = np.arange(len(flat)) if chart.home is None else chart.home.ravel()
    mine = np.nonzero(home == np.arange(len(flat)))[0]
    places = flat[mine]
    sway = [noise_in_clay(places, rng, 0.5 * coarse) for _ in range(3)]
    places = places + 0.07 * coarse * np.stack(sway, -1)
    maps = np.zeros((2, len(flat)), np.float32)
    cells = [np.arange(len(mine))]
    while cells:
        cell = cells.pop()
        area = len(cell) / chart.per_cm**2
        if area < fine * fine * rng.uniform(0.5, 1.9) or len(cell) < 12:
            continue
        is_hair = area <= coarse * coarse * rng.uniform(0.55, 1.5)
        side = _beside(places[cell], rng)
        half = 0.5 * max(1.2 / chart.per_cm, 0.015 * fine if is_hair else 0.012 * coarse)
        crack = np.clip(1.6 - np.abs(side) / half, 0, 1) * rng.uniform(0.5, 1.0)
        here = mine[cell]
        maps[int(is_hair), here] = np.maximum(maps[int(is_hair), here], crack)
        cells += [cell[side > 0], cell[side <= 0]]
    wide, hair = (each[home].reshape(chart.shape) for each in maps)
    return wide, hair


def _beside(places: Array, rng: np.random.Generator) -> Array:
    """Signed distance in cm from a plane across the cell's longest way."""
    some = places[:: max(1, len(places) // 400)]
    middle = some.mean(0)
    _, axes = np.linalg.eigh(np.cov((some - middle).T) + 1e-9 * np.eye(3))
    normal = axes[:, 2] + rng.normal(0, 0.33) * axes[:, 1]
    normal = (normal / np.linalg.norm(normal)).astype(np.float32)
    size = float(np.abs((some - middle) @ normal).max())
    return (places - middle) @ normal - np.float32(rng.normal(0, 0.16) * size)


def _area(cell: Polygon) -> float:
    x, y = cell.T
    return 0.5 * abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1)))


def _squeeze(chart: Chart, cell: Polygon) -> float:
    """cm per cm of texture width at the cell: below 1 where the pot is narrower."""
    if chart.planar:
        return 1.0
    row = int(np.clip(cell[:, 1].mean(), 0, chart.height - 1))
    return float(chart.radius[row, 0]) * 2 * np.pi * chart.per_cm / chart.width


def _split(
    chart: Chart, cell: Polygon, rng: np.random.Generator
) -> tuple[Polygon, Polygon, Polygon] | None:
    ratio = max(_squeeze(chart, cell), 0.05)
    flat = (cell - cell.mean(0)) * (ratio, 1)
    _, _, axes = np.linalg.svd(flat, full_matrices=False)
    turn = rng.normal(0, 0.33)
    normal = axes[0] @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    size = float(np.abs(flat @ normal).max())
    side = flat @ normal - rng.normal(0, 0.16) * size
    cuts = np.nonzero((side > 0) != (np.roll(side, -1) > 0))[0]
    share = (side[cuts] / (side[cuts] - np.roll(side, -1)[cuts]))[:, None]
    spots = cell[cuts] + share * (np.roll(cell, -1, 0)[cuts] - cell[cuts])
    along = ((spots - cell.mean(0)) * (ratio, 1)) @ np.array([-normal[1], normal[0]])
    if not (along > 0).any() or not (along < 0).any():
        return None
    nearest = np.sort(
        [np.where(along > 0, along, np.inf).argmin(), np.where(along < 0, along, -np.inf).argmax()]
    )
    cuts, ends = cuts[nearest], spots[nearest]
    crack = _wander(ends[0], ends[1], ratio, rng)
    first, last = cuts[0] + 1, cuts[-1] + 1
    left = np.concatenate([cell[first:last], crack[::-1]])
    right = np.concatenate([cell[last:], cell[:first], crack])
    return left, right, crack


def _wander(a: Polygon, b: Polygon, ratio: float, rng: np.random.Generator) -> Polygon:
    line = np.stack([a, b])
    for _ in range(3):
        middle = 0.5 * (line[:-1] + line[1:])
        step = (line[1:] - line[:-1]) * (ratio, 1)
        normal = np.stack([-step[:, 1] / ratio, step[:, 0]], 1)
        middle = middle + normal * rng.normal(0, 0.075, (len(middle), 1))
        woven = np.empty((len(line) + len(middle), 2))
        woven[0::2], woven[1::2] = line, middle
        line = woven
    return line
