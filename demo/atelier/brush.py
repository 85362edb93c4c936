"""Brush, wash and gouge: strokes whose width and colour vary as a hand's do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from .chart import Array, Chart, noise

Points = Sequence[tuple[float, float]] | NDArray[np.float64]
PIGMENTS = ("cobalt", "iron", "red", "moss")
Pressure = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def tapered(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Set down firmly, lifted slowly."""
    return np.clip(0.25 + 6 * t, 0, 1) * (1 - 0.88 * t**1.4)


def leaf(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Thin, pressed, and drawn out to a point."""
    return np.maximum(np.sin(np.pi * t**0.72) ** 0.85, 0.06)


def steady(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line of nearly one width, a little heavier where the brush rests."""
    return 0.82 + 0.3 * np.exp(-t * 14) + 0.3 * np.exp(-(1 - t) * 14)


def swelling(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Thin at both ends, as an outline drawn in one breath."""
    return 0.32 + 0.68 * np.sin(np.pi * np.clip(t, 0, 1)) ** 0.8


@dataclass
class Slip:
    """What the decorator leaves on one surface: layers of the chart's shape.

    ``cobalt``, ``iron``, ``red`` (iron red) and ``moss`` (copper with a little iron) are densities
    of colour, ``height`` is relief in cm (negative where incised) and ``bare`` is 1 where no glaze
    may lie. ``ink`` is the pigment that a stroke or wash takes when it names no layer.
    """

    chart: Chart
    rng: np.random.Generator
    cobalt: Array = field(init=False)
    iron: Array = field(init=False)
    red: Array = field(init=False)
    moss: Array = field(init=False)
    height: Array = field(init=False)
    bare: Array = field(init=False)
    painted: set[str] = field(default_factory=set)
    ink: str = "cobalt"

    def __post_init__(self) -> None:
        for layer in (*PIGMENTS, "height", "bare"):
            setattr(self, layer, np.zeros(self.chart.shape, np.float32))

    @contextmanager
    def dipped(self, pigment: str) -> Iterator[None]:
        """Paint with another pigment for a while."""
        before, self.ink = self.ink, pigment
        try:
            yield
        finally:
            self.ink = before

    def blend(self, layer: str, patch: Array, left: int, low: int, how: str = "add") -> None:
        """Lay a patch of pixels on a layer, round the back of the pot where it runs over.

        A damp brush that wipes one pigment takes away whatever pigment lies there.
        """
        if how == "wipe" and layer in PIGMENTS:
            for other in sorted(self.painted.intersection(PIGMENTS) | {layer}):
                self._lay(other, patch, left, low, how)
        else:
            self._lay(layer, patch, left, low, how)

    def _lay(self, layer: str, patch: Array, left: int, low: int, how: str) -> None:
        self.painted.add(layer)
        target: Array = getattr(self, layer)
        height, width = target.shape
        first, last = max(low, 0), min(low + patch.shape[0], height)
        if first >= last:
            return
        rows = np.arange(first, last)[:, None]
        across = np.arange(left, left + patch.shape[1])
        part = patch[first - low : last - low]
        if self.chart.planar:
            on_it = (across >= 0) & (across < width)
            across, part = across[on_it], part[:, on_it]
        for turn in range(0, part.shape[1], width):  # A ring overlaps itself where it closes.
            columns = (across[turn : turn + width] % width)[None, :]
            _put(target, (rows, columns), part[:, turn : turn + width], how)

    def stroke(
        self,
        points: Points,
        width: float,
        density: float = 1.5,
        *,
        at: tuple[float, float] = (0.5, 0.0),
        press: Pressure = swelling,
        layer: str = "",
        wobble: float = 1.0,
        how: str = "add",
        smooth: bool = True,
    ) -> None:
        """One brush stroke of ``width`` cm through ``points`` (cm about ``at`` = (u, s))."""
        path = curve(points) if smooth else np.asarray(points, float)
        path = self._waver(path, width, wobble)
        pixels, across = self.chart.pixels(path.astype(np.float32), *at)
        t = np.linspace(0, 1, len(path))
        half = 0.5 * width * press(t) * self._breath(len(path), 0.12 * wobble)
        layer = layer or self.ink
        is_colour = layer in PIGMENTS
        gap = 0.35 if is_colour else 0.1  # A shiny ridge shows every step of the brush.
        patch, left, low = _sweep(pixels, half, across, self.chart.per_cm, gap)
        if patch is None:
            return
        near, when, reach = patch
        edge = np.clip((1 - near) * reach * 0.75, 0, 1)
        flow = 0.78 + 0.5 * np.exp(-(1 - when) * 9) + 0.22 * np.exp(-when * 12)
        if is_colour:
            tone = density * edge * (0.7 + 0.38 * np.clip(near, 0, 1) ** 3) * flow
        else:
            tone = density * (1 - np.clip(near, 0, 1) ** 2) * (near < 1)
        self.blend(layer, tone.astype(np.float32), left, low, how)

    def wash(
        self,
        outline: Points,
        density: float = 0.5,
        *,
        at: tuple[float, float] = (0.5, 0.0),
        towards: tuple[float, float] | None = None,
        layer: str = "",
        how: str = "add",
        soft: float = 0.03,
        rim: float = 0.55,
        smooth: bool = True,
    ) -> None:
        """A wash inside ``outline``, paler towards the direction given, darker at its edge."""
        layer = layer or self.ink
        path = curve(outline, closed=True) if smooth else np.asarray(outline, float)
        pixels, _ = self.chart.pixels(path.astype(np.float32), *at)
        margin = 6 + int(3 * soft * self.chart.per_cm)
        low = np.floor(pixels.min(0)).astype(int) - margin
        size = np.ceil(pixels.max(0)).astype(int) + margin - low
        mask = _filled(pixels - low, (int(size[0]), int(size[1])))
        blur = max(0.7, soft * self.chart.per_cm)
        shape = gaussian_filter(mask, blur, truncate=3.0)
        tone = shape
        if rim:
            edge = np.clip(mask - gaussian_filter(mask, 3.5 * blur, truncate=2.5), 0, 1)
            tone = shape * (1 + 2 * rim * edge)
        if towards is not None:
            tone = tone * self._fade(mask.shape, towards)
        if layer in PIGMENTS:
            tone = tone * self._blotch(mask.shape)
        self.blend(layer, (density * tone).astype(np.float32), int(low[0]), int(low[1]), how)

    def _fade(self, shape: tuple[int, ...], towards: tuple[float, float]) -> NDArray[np.float64]:
        y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
        along = (x / max(shape[1], 1) - 0.5) * towards[0] + (y / max(shape[0], 1) - 0.5) * towards[
            1
        ]
        return np.clip(0.75 - 1.1 * along, 0.18, 1.5)

    def _blotch(self, shape: tuple[int, ...]) -> NDArray[np.float64]:
        grid = self.rng.uniform(0.72, 1.28, (4, 4)).astype(np.float32)
        whole = Image.fromarray(grid, "F").resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
        return np.asarray(whole, np.float64)

    def _waver(self, path: NDArray[np.float64], width: float, wobble: float) -> Array:
        steps = np.gradient(path, axis=0)
        size = np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-9)
        normal = np.stack([-steps[:, 1], steps[:, 0]], 1) / size
        sway = self._breath(len(path), 1.0)[:, None] - 1
        return path + normal * sway * wobble * (0.06 * width + 0.006)

    def _breath(self, count: int, amount: float) -> NDArray[np.float64]:
        knots = max(3, count // 14)
        return 1 + amount * np.interp(
            np.linspace(0, knots - 1, count), np.arange(knots), self.rng.uniform(-1, 1, knots)
        )

    def settle(self) -> None:
        """Let the colour sink into the glaze: a breath of blur and uneven, heaped density."""
        for layer in PIGMENTS:
            if layer in self.painted:
                colour = gaussian_filter(getattr(self, layer), 0.012 * self.chart.per_cm)
                broad = noise(self.chart, self.rng, 2.2, octaves=2)
                fine = noise(self.chart, self.rng, 0.12, octaves=2)
                setattr(self, layer, colour * (1 + 0.13 * broad + 0.14 * fine))


def _put(target: Array, where: tuple[Array, Array], part: Array, how: str) -> None:
    """Lay ``part`` on pixels no two of which are the same."""
    if how == "add":
        target[where] += part
    elif how == "most":
        target[where] = np.maximum(target[where], part)
    else:
        target[where] *= 1 - np.clip(part, 0, 1)


def curve(points: Points, closed: bool = False, count: int = 0) -> NDArray[np.float64]:
    """A smooth path (Catmull-Rom) through points in cm."""
    knots = np.asarray(points, float)
    if len(knots) < 3:
        steps = count or 24
        return knots[0] + (knots[-1] - knots[0]) * np.linspace(0, 1, steps)[:, None]
    if closed:
        knots = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        knots = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    pieces = len(knots) - 3
    each = max(6, (count or 72) // pieces)
    t = np.linspace(0, 1, each, endpoint=False)[:, None]
    out = []
    for i in range(pieces):
        a, b, c, d = knots[i : i + 4]
        out.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
            + 0.5 * (3 * b - a - 3 * c + d) * t**3
        )
    return np.concatenate([*out, knots[-2:-1]])


def _filled(pixels: Array, size: tuple[int, int]) -> NDArray[np.float64]:
    image = Image.new("L", (max(size[0], 1), max(size[1], 1)))
    ImageDraw.Draw(image).polygon([tuple(p) for p in pixels.tolist()], fill=255)
    return np.asarray(image, np.float64) / 255


def _sweep(
    pixels: Array, half: NDArray[np.float64], across: Array, up: float, gap: float
) -> tuple[tuple[Array, Array, Array] | None, int, int]:
    """Nearness (0 on the path, 1 at the edge), time and half width in px around a path.

    ``gap`` is how far apart the brush is set down, in half widths.
    """
    reach_y = half * up
    gaps = np.linalg.norm(np.diff(pixels, axis=0), axis=1)
    steps = max(2, int(np.ceil(gaps.sum() / max(gap * float(np.median(reach_y)), 0.6))))
    where = np.linspace(0, 1, min(steps, 1500))
    old = np.concatenate([[0], np.cumsum(gaps)]) / max(float(gaps.sum()), 1e-6)
    x, y = (np.interp(where, old, pixels[:, k]) for k in (0, 1))
    ry = np.maximum(np.interp(where, old, reach_y), 0.45)
    rx = np.maximum(np.interp(where, old, half * across), 0.45)
    left, low = int((x - rx).min()) - 2, int((y - ry).min()) - 2
    shape = (int((y + ry).max()) + 3 - low, int((x + rx).max()) + 3 - left)
    if shape[0] * shape[1] > 60_000_000:
        return None, 0, 0
    near = np.full(shape, 9.0, np.float32)
    when = np.zeros(shape, np.float32)
    reach = np.ones(shape, np.float32)
    for px, py, ax, ay, t in zip(x - left, y - low, rx, ry, where, strict=True):
        x0, x1, y0, y1 = int(px - ax), int(px + ax) + 2, int(py - ay), int(py + ay) + 2
        dx = (np.arange(x0, x1, dtype=np.float32) - px) / ax
        dy = (np.arange(y0, y1, dtype=np.float32) - py) / ay
        here = np.sqrt(dx[None, :] ** 2 + dy[:, None] ** 2)
        old_near = near[y0:y1, x0:x1]
        closer = here < old_near
        old_near[closer] = here[closer]
        when[y0:y1, x0:x1][closer] = t
        reach[y0:y1, x0:x1][closer] = ay
    return (near, when, reach), left, low
