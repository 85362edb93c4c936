"""Dragons, clouds and the flaming pearl, brushed round the body of an altar piece."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .brush import Points, Slip, curve, leaf, steady, swelling, tapered
from .decoration import Line, Spot, turned
from .forms import Decor

UPPER_JAW = (
    (-1.0, 0.42),
    (-0.55, 0.66),
    (-0.12, 0.72),
    (0.1, 0.5),
    (0.42, 0.36),
    (0.72, 0.56),
    (0.98, 0.5),
    (1.02, 0.26),
    (0.6, 0.12),
    (0.2, 0.16),
    (-0.12, -0.02),
)
LOWER_JAW = (
    (-0.12, -0.02),
    (0.22, -0.22),
    (0.62, -0.14),
    (0.8, -0.22),
    (0.62, -0.44),
    (0.1, -0.5),
    (-0.4, -0.4),
    (-1.0, -0.42),
)
MANE = (
    ((-0.5, 0.5), (-1.1, 0.85), (-1.7, 0.72), (-2.15, 1.0)),
    ((-0.6, 0.3), (-1.2, 0.5), (-1.75, 0.32), (-2.3, 0.55)),
    ((-0.6, 0.05), (-1.2, 0.12), (-1.7, -0.12), (-2.25, 0.06)),
    ((-0.55, -0.2), (-1.1, -0.3), (-1.55, -0.55), (-2.05, -0.42)),
    ((-0.35, -0.38), (-0.8, -0.68), (-1.2, -0.85), (-1.65, -0.8)),
)
BEARD = (
    ((0.6, -0.42), (0.55, -0.7), (0.75, -1.0)),
    ((0.4, -0.46), (0.28, -0.78), (0.42, -1.1)),
    ((0.15, -0.48), (-0.02, -0.8), (0.08, -1.08)),
)


def twin_dragons(z: float, reach: float, size: float, waves: float = 1.5) -> Decor:
    """Two dragons facing a flaming pearl at the front; ``reach`` cm from pearl to tail."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        at = (0.5, s)
        pearl(slip, at, 0.5 * size)
        for way in (1, -1):
            _dragon(slip, at, way, reach, size, waves)

    return paint


def pearl(slip: Slip, at: Spot, size: float) -> None:
    """A round pearl with five tongues of flame blown upward."""
    ring = [(size * math.cos(a), size * math.sin(a)) for a in np.linspace(0, 6.4, 14)]
    slip.wash(ring[:-1], 0.5, at=at, towards=(0.4, 0.6))
    slip.stroke(ring, 0.13 * size + 0.03, 1.7, at=at, press=steady)
    coil = [
        (0.5 * size * (1 - t) * math.cos(7 * t), 0.5 * size * (1 - t) * math.sin(7 * t))
        for t in np.linspace(0, 0.9, 9)
    ]
    slip.stroke(coil, 0.1 * size + 0.02, 1.4, at=at, press=tapered)
    for angle in (0.2, 0.85, 1.57, 2.3, 2.95):
        flame = [(1.15, 0.0), (1.75, 0.14), (2.2, -0.1), (2.75 - 0.5 * abs(angle - 1.57), 0.08)]
        slip.stroke(turned(flame, angle, size), 0.42 * size, 1.25, at=at, press=tapered)


def clouds(z: float, count: int, size: float, rise: float = 0.0) -> Decor:
    """Small clouds, each two curls and a trailing tail, scattered in a staggered row."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        for k in range(count):
            way = 1 if k % 2 else -1
            at = ((k + 0.5) / count, s + rise * way)
            _cloud(slip, at, size * slip.rng.uniform(0.85, 1.15), way)

    return paint


def _cloud(slip: Slip, at: Spot, size: float, way: int) -> None:
    t = np.linspace(0, 1, 16)
    flip = np.array([way, 1.0])
    for drop in (-0.12, -0.3):
        tail = [(-0.6, drop), (0.2, drop - 0.1), (0.9, drop + 0.06), (1.75, drop - 0.16)]
        slip.stroke(np.array(tail) * size * flip, 0.13 * size, 1.1, at=at, press=leaf)
    for x, y, big, turn in ((0.5, -0.02, 0.34, -1), (-0.46, 0.0, 0.36, 1), (0.02, 0.3, 0.4, 1)):
        swing = 2.6 - 5.6 * t
        coil = np.stack([np.cos(swing) * turn, np.sin(swing)], 1) * (big * (1 - 0.7 * t))[:, None]
        path = (coil + np.array([x, y])) * size * flip
        lobe = [(x + big * math.cos(b), y + big * math.sin(b)) for b in np.linspace(0, 5.6, 9)]
        slip.wash(np.array(lobe) * size * flip, 0.95, at=at, how="wipe", rim=0)
        slip.wash(np.array(lobe) * size * flip, 0.3, at=at, rim=0.8, towards=(0, 0.8))
        slip.stroke(path, 0.09 * size + 0.03, 1.5, at=at, press=swelling)


def _dragon(slip: Slip, at: Spot, way: int, reach: float, size: float, waves: float) -> None:
    spine, ahead, side, half = _spine(way, reach, size, waves)
    _fins(slip, at, spine, ahead, side, half, size)
    for t, lean in ((0.2, -0.35), (0.33, 0.45), (0.62, -0.3), (0.74, 0.4)):
        _leg(slip, at, spine, side, half, t, way * lean, size, way)
    _trunk(slip, at, spine, side, half)
    _scales(slip, at, spine, ahead, side, half)
    _tail(slip, at, spine[-1], math.atan2(*ahead[-1][::-1]), size)
    _head(slip, at, tuple(spine[0]), way, size)


def _spine(
    way: int, reach: float, size: float, waves: float
) -> tuple[Line, Line, Line, NDArray[np.float64]]:
    t = np.linspace(0, 1, 60)
    x = 2.5 * size + (reach - 2.5 * size) * t
    swing = 1.25 * size * np.clip(0.2 + 4 * t, 0, 1) * (1 - 0.3 * t)
    y = swing * np.sin(2 * np.pi * waves * t + 0.5) + 0.1 * size
    spine = np.stack([way * x, y], 1)
    ahead = np.gradient(spine, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.stack([-ahead[:, 1], ahead[:, 0]], 1) * way
    half = size * np.interp(t, [0, 0.1, 0.4, 0.75, 1], [0.4, 0.46, 0.48, 0.3, 0.07])
    return spine, ahead, side, half


def _trunk(slip: Slip, at: Spot, spine: Line, side: Line, half: NDArray[np.float64]) -> None:
    back, belly = spine + side * half[:, None], spine - side * half[:, None]
    outline = np.concatenate([back, belly[::-1]])
    slip.wash(outline, 0.97, at=at, how="wipe", rim=0, smooth=False)
    slip.wash(outline, 0.38, at=at, rim=0.9, smooth=False)
    middle = spine + side * 0.25 * half[:, None]
    slip.wash(np.concatenate([back, middle[::-1]]), 0.4, at=at, rim=0.3, smooth=False)
    for line, pen in ((back, 0.15), (belly, 0.12)):
        for part in (line[:22], line[21:42], line[41:]):
            slip.stroke(part, pen * float(half.max()) + 0.06, 1.6, at=at, press=steady)
    under = spine - side * 0.5 * half[:, None]
    slip.stroke(under, 0.06 * half.max() + 0.02, 1.2, at=at, press=steady)
    for k in range(2, len(spine) - 3, 2):
        slip.stroke([under[k], belly[k + 1]], 0.05, 1.2, at=at, press=steady, smooth=False)


def _scales(
    slip: Slip, at: Spot, spine: Line, ahead: Line, side: Line, half: NDArray[np.float64]
) -> None:
    for k in range(3, len(spine) - 4, 2):
        for j, off in enumerate((0.72, 0.32, -0.1)):
            spot = spine[k] + side[k] * half[k] * off - ahead[k] * 0.2 * half[k] * (j % 2)
            size = 0.27 * half[k]
            arc = [
                spot + side[k] * size * math.sin(b) + ahead[k] * size * 1.5 * math.cos(b)
                for b in np.linspace(-1.4, 1.4, 5)
            ]
            slip.stroke(np.array(arc), 0.05 + 0.03 * size, 1.7, at=at, press=swelling, wobble=0.5)


def _fins(
    slip: Slip,
    at: Spot,
    spine: Line,
    ahead: Line,
    side: Line,
    half: NDArray[np.float64],
    size: float,
) -> None:
    """The crest along the back, each spine leaning towards the tail."""
    for k in range(4, len(spine) - 3, 2):
        foot = spine[k] + side[k] * half[k] * 0.9
        tip = foot + side[k] * 0.8 * half[k] + ahead[k] * 0.65 * half[k]
        bow = 0.5 * (foot + tip) + side[k] * 0.18 * half[k]
        slip.stroke(np.array([foot, bow, tip]), 0.22 * size, 1.2, at=at, press=tapered)


def _leg(
    slip: Slip,
    at: Spot,
    spine: Line,
    side: Line,
    half: NDArray[np.float64],
    t: float,
    lean: float,
    size: float,
    way: int,
) -> None:
    k = int(t * (len(spine) - 1))
    root = spine[k] - side[k] * half[k] * 0.2
    knee = root - np.array([way * -0.5, 0.78]) * size * (1 if lean < 0 else 0.95)
    foot = knee + np.array([-way * (0.85 + lean), -0.28 - 0.1 * lean]) * size
    limb = curve([tuple(root), tuple(knee), tuple(foot)], count=24)
    wide = size * np.interp(np.linspace(0, 1, len(limb)), [0, 0.5, 1], [0.34, 0.24, 0.12])
    step = np.gradient(limb, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], 1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    one, two = limb + normal * wide[:, None], limb - normal * wide[:, None]
    shape = np.concatenate([one, two[::-1]])
    slip.wash(shape, 0.95, at=at, how="wipe", rim=0, smooth=False)
    slip.wash(shape, 0.6, at=at, rim=0.8, smooth=False)
    for line in (one, two):
        slip.stroke(line, 0.09 * size + 0.03, 1.6, at=at, press=steady)
    for j in range(3):
        flame = [(0, 0), (0.5, 0.12), (1.0, -0.05), (1.5, 0.2)]
        angle = (0.15 if way > 0 else math.pi - 0.15) + (j - 1) * 0.42
        slip.stroke(
            turned(flame, angle, 0.75 * size, tuple(knee)), 0.16 * size, 1.1, at=at, press=tapered
        )
    for j in range(4):
        angle = (math.pi if way > 0 else 0.0) + way * (-1.0 + 0.62 * j)
        claw = [(0, 0), (0.3, 0.12 * way), (0.62, -0.04 * way)]
        slip.stroke(
            turned(claw, angle, 0.85 * size, tuple(foot)), 0.2 * size, 1.7, at=at, press=tapered
        )


def _tail(slip: Slip, at: Spot, foot: Line, angle: float, size: float) -> None:
    for lean, long in ((-0.75, 0.8), (-0.4, 1.15), (0, 1.45), (0.4, 1.15), (0.75, 0.8)):
        tongue = [(0, 0), (0.4, 0.16 * lean), (0.75, -0.1), (1.0, 0.12)]
        slip.stroke(
            turned(tongue, angle + lean, long * size, tuple(foot)),
            0.24 * size,
            1.2,
            at=at,
            press=leaf,
        )


def _head(slip: Slip, at: Spot, neck: Spot, way: int, size: float) -> None:
    """The head in profile, looking towards the pearl: mane, horns, jaws, eye, whisker, beard."""
    flip = np.array([-way, 1.0])
    base = np.array(neck) + np.array([-0.55 * way, 0.1]) * size

    def place(points: Points) -> Line:
        return np.asarray(points, float) * flip * size + base

    for lock in MANE:
        slip.stroke(place(lock), 0.3 * size, 1.05, at=at, press=tapered)
    for horn in (
        ((-0.3, 0.62), (-0.75, 1.1), (-1.35, 1.2), (-1.75, 1.5)),
        ((-0.75, 1.08), (-0.95, 1.4), (-0.9, 1.65)),
    ):
        slip.stroke(place(horn), 0.22 * size, 1.6, at=at, press=tapered)
    whole = np.concatenate([place(UPPER_JAW), place(LOWER_JAW)])
    slip.wash(whole, 0.97, at=at, how="wipe", rim=0)
    slip.wash(whole, 0.42, at=at, rim=0.9)
    for line in (UPPER_JAW, LOWER_JAW):
        slip.stroke(place(line), 0.1 * size + 0.04, 1.7, at=at, press=swelling)
    _face(slip, at, place, size)


def _face(slip: Slip, at: Spot, put: Callable[[Points], Line], size: float) -> None:
    mouth = ((-0.05, 0.0), (0.2, 0.1), (0.6, 0.06), (0.64, -0.1), (0.25, -0.16))
    slip.wash(put(mouth), 0.8, at=at, rim=0)
    for x in (0.3, 0.5, 0.72):
        slip.stroke(put(((x, 0.14), (x + 0.05, -0.08))), 0.1 * size, -1.0, at=at, press=tapered)
    slip.stroke(put(((0.0, -0.08), (0.5, -0.04), (0.9, 0.08))), 0.1 * size, 1.0, at=at, press=leaf)
    ring = [(0.03 + 0.17 * math.cos(a), 0.4 + 0.17 * math.sin(a)) for a in np.linspace(0, 6.4, 9)]
    slip.wash(put(ring[:-1]), 0.95, at=at, how="wipe", rim=0)
    slip.stroke(put(ring), 0.07 * size + 0.02, 1.8, at=at, press=steady)
    slip.stroke(put(((0.03, 0.4), (0.1, 0.41))), 0.17 * size, 2.2, at=at, press=steady)
    for brow in (
        ((0.2, 0.6), (-0.1, 0.78), (-0.5, 0.92)),
        ((0.1, 0.62), (-0.15, 0.7), (-0.6, 0.7)),
    ):
        slip.stroke(put(brow), 0.15 * size, 1.6, at=at, press=leaf)
    slip.stroke(
        put(((0.8, 0.44), (0.88, 0.38), (0.8, 0.34))), 0.08 * size, 1.8, at=at, press=steady
    )
    for whisker in (
        ((0.92, 0.45), (1.3, 0.8), (1.15, 1.25), (1.5, 1.55)),
        ((0.7, 0.5), (0.75, 0.95), (0.45, 1.3), (0.6, 1.7)),
    ):
        slip.stroke(put(whisker), 0.09 * size + 0.02, 1.5, at=at, press=tapered)
    for lock in BEARD:
        slip.stroke(put(lock), 0.13 * size, 1.3, at=at, press=tapered)


def cloud_ladder(low: float, high: float, around: int, size: float) -> Decor:
    """Clouds climbing a tall body in staggered columns, each hung on a wavering stem."""

    def paint(slip: Slip) -> None:
        first, last = slip.chart.row_of(low), slip.chart.row_of(high)
        rows = max(2, round((last - first) / (1.5 * size)))
        for row in range(rows):
            for k in range(around):
                u = (k + 0.5 * (row % 2)) / around + 0.5
                s = first + (row + 0.5) * (last - first) / rows
                _cloud(slip, (u, s), size * slip.rng.uniform(0.9, 1.1), 1 if row % 2 else -1)

    return paint
