"""Reserved panels: a patterned ground, a window left white in it, a scene in the window."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from . import decoration as d
from . import flowers
from .brush import Slip, steady
from .decoration import Spot
from .forms import Decor

Scene = Callable[[Slip, Spot, float, float], None]


def _window(wide: float, tall: float, corner: float) -> d.Line:
    """The outline of a panel about its middle, its corners cut in by quarter rounds."""
    turn = np.linspace(0, math.pi / 2, 7)
    bite = np.stack([-corner * np.cos(turn), -corner * np.sin(turn)], 1)
    right = np.concatenate(
        [bite + np.array([wide, tall]) / 2, (bite * (1, -1))[::-1] + np.array([wide, -tall]) / 2]
    )
    return np.concatenate([right, -right])


def lattice(low: float, high: float, count: int, rows: int) -> Decor:
    """A ground of crossing lines, a dot in every mesh, over a pale wash."""

    def paint(slip: Slip) -> None:
        step = (high - low) / rows
        d.broad_band(low, high, 0.16)(slip)
        for k in range(rows):
            base, top = (slip.chart.row_of(low + j * step) for j in (k, k + 1))
            wide = slip.chart.around((base + top) / 2) / count
            for j in range(count):
                at = (j / count, base)
                for x in (wide, -wide):
                    slip.stroke([(0, 0), (x, top - base)], 0.14, 1.3, at=at, press=steady)
                dot = [(0.5 * wide - 0.1, 0.0), (0.5 * wide + 0.1, 0.03)]
                slip.stroke(dot, 0.3, 1.5, at=(j / count, (base + top) / 2), press=steady)

    return paint


def panels(z: float, wide: float, tall: float, scenes: Sequence[Scene]) -> Decor:
    """A panel for each scene, evenly round the body, their middles ``z`` cm high."""

    def paint(slip: Slip) -> None:
        s = slip.chart.row_of(z)
        for k, scene in enumerate(scenes):
            at = (0.5 + k / len(scenes), s)
            outline = _window(wide, tall, 0.11 * wide)
            slip.wash(outline, 1.0, at=at, how="wipe", rim=0, soft=0.01, smooth=False)
            slip.wash(outline, 1.0, at=at, how="wipe", rim=0, soft=0.01, smooth=False)
            for share, pen in ((1.0, 0.26), (0.92, 0.09)):
                line = _window(share * wide, tall - (1 - share) * wide, 0.11 * wide)
                closed = np.concatenate([line, line[:1]])
                slip.stroke(closed, pen, 1.5, at=at, press=steady, smooth=False, wobble=0.6)
            foot = (at[0], s - 0.5 * tall + 0.06 * tall)
            scene(slip, foot, 0.8 * wide, 0.86 * tall)

    return paint


def _ground(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """A bank with a stone: what every plant of a panel stands on."""
    for x, y, w, h in ((-0.16, 0.0, 0.3, 0.16), (0.08, -0.01, 0.22, 0.1)):
        t = np.linspace(0, math.pi, 8)
        stone = np.stack([(x + 0.5 * w * np.cos(t)) * wide, y * tall + h * tall * np.sin(t)], 1)
        slip.wash(stone, 0.6, at=at, towards=(-0.3, 0.8))
        slip.stroke(stone, 0.1, 1.5, at=at, press=steady)
    for x in np.linspace(-0.46, 0.46, 9):
        tuft = [(x * wide, 0), ((x + 0.02) * wide, slip.rng.uniform(0.02, 0.06) * tall)]
        slip.stroke(tuft, 0.08, 1.1, at=at, press=steady)
    slip.stroke([(-0.5 * wide, 0), (0, -0.01 * tall), (0.5 * wide, 0)], 0.1, 1.2, at=at)


def pine(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """Winter's pine."""
    _ground(slip, at, wide, tall)
    d.pine(slip, at, 0.92 * tall)


def chrysanthemum(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """Autumn's chrysanthemum."""
    _ground(slip, at, wide, tall)
    heads = ((-0.22 * wide, 0.6 * tall, 0.5 * wide), (0.2 * wide, 0.84 * tall, 0.46 * wide))
    flowers.chrysanthemums(slip, at, (*heads, (0.3 * wide, 0.44 * tall, 0.34 * wide)))


def bamboo(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """Summer's bamboo."""
    _ground(slip, at, wide, tall)
    across = slip.chart.around(at[1]) if not slip.chart.planar else 1.0
    for x, lean, share in ((-0.12, 0.05, 0.94), (0.06, -0.08, 0.8), (0.2, 0.14, 0.6)):
        foot = (at[0] + x * wide / across, at[1])
        d.stalk(slip, foot, lean * wide, share * tall, 0.11 * wide)


def plum(slip: Slip, at: Spot, wide: float, tall: float) -> None:
    """Spring's plum."""
    _ground(slip, at, wide, tall)
    bough = [(-0.3, 0.02), (-0.12, 0.22), (-0.22, 0.4), (0.06, 0.58), (0.0, 0.72), (0.26, 0.9)]
    line = np.array(bough) * (wide, tall)
    flowers.plum(slip, at, line, 0.1 * wide, 0.23 * wide, ink="cobalt", flowers=8, twigs=6)
