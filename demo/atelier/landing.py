"""A river landing under the moon: banyan, house, boats, reeds; borders for the dish it fills."""

from __future__ import annotations

import math

import numpy as np

from . import decoration as d
from .brush import Slip, leaf, steady, swelling, tapered
from .chart import ramp
from .decoration import Spot
from .forms import Decor


def _crown(slip: Slip, at: Spot, middle: Spot, wide: float, tall: float) -> None:
    """The crown of a great tree: pale masses first, then leaves dabbed on with a split brush."""
    for _ in range(7):
        x = middle[0] + slip.rng.uniform(-0.32, 0.32) * wide
        y = middle[1] + slip.rng.uniform(-0.25, 0.28) * tall
        r = np.array([0.24 * wide, 0.26 * tall]) * slip.rng.uniform(0.8, 1.2)
        ring = [(x + r[0] * math.cos(a), y + r[1] * math.sin(a)) for a in np.linspace(0, 5.6, 9)]
        slip.wash(ring, 0.3, at=at, towards=(0.2, 0.8), rim=0.2, soft=0.05)
    for _ in range(150):
        a, f = slip.rng.uniform(0, 2 * math.pi), slip.rng.uniform(0, 1) ** 0.5
        x = middle[0] + 0.52 * wide * f * math.cos(a)
        y = middle[1] + 0.5 * tall * f * math.sin(a)
        dab = d.turned([(0, 0), (0.05 * wide, 0.0)], slip.rng.uniform(-2.4, -0.7), to=(x, y))
        tone = slip.rng.choice([0.6, 1.1, 1.7]) * (1.15 if y < middle[1] else 0.8)
        slip.stroke(dab, 0.028 * wide, float(tone), at=at, press=leaf)


def banyan(slip: Slip, at: Spot, foot: Spot, tall: float) -> None:
    """The banyan at a landing: a trunk of several, hanging roots, one broad crown."""
    x, y = foot
    for k, lean in enumerate((-0.1, 0.02, 0.12)):
        trunk = [
            (x + (k - 1) * 0.07 * tall, y),
            (x + 0.5 * lean * tall, y + 0.3 * tall),
            (x + 1.6 * lean * tall, y + 0.62 * tall),
        ]
        slip.stroke(trunk, 0.085 * tall, 1.25, at=at, press=tapered)
    _crown(slip, at, (x, y + 0.68 * tall), 0.95 * tall, 0.55 * tall)
    for k in range(5):
        hang = x + (k - 2) * 0.15 * tall
        drop = [
            (hang, y + 0.5 * tall),
            (hang + 0.01 * tall, y + slip.rng.uniform(0.12, 0.3) * tall),
        ]
        slip.stroke(drop, 0.016 * tall, 0.9, at=at, press=tapered)


def house(slip: Slip, at: Spot, foot: Spot, wide: float) -> None:
    """A tiled house seen from its long side, the ridge dipping between upturned ends."""
    x, y = foot
    eave, ridge = y + 0.34 * wide, y + 0.66 * wide
    roof = [
        (x - 0.6 * wide, eave),
        (x - 0.4 * wide, ridge),
        (x + 0.4 * wide, ridge),
        (x + 0.6 * wide, eave),
    ]
    slip.wash(roof, 1.0, at=at, how="wipe", rim=0, smooth=False)
    slip.wash(roof, 0.75, at=at, rim=0.3, smooth=False)
    for f in np.linspace(-0.36, 0.36, 9):
        tiles = [(x + f * wide, ridge), (x + 1.45 * f * wide, eave)]
        slip.stroke(tiles, 0.018 * wide + 0.015, 1.2, at=at, press=steady)
    pen = 0.03 * wide + 0.03
    top = [
        (x - 0.46 * wide, ridge + 0.07 * wide),
        (x, ridge),
        (x + 0.46 * wide, ridge + 0.07 * wide),
    ]
    slip.stroke(top, 1.4 * pen, 1.8, at=at, press=steady)
    low = [
        (x - 0.66 * wide, eave + 0.04 * wide),
        (x, eave - 0.02 * wide),
        (x + 0.66 * wide, eave + 0.04 * wide),
    ]
    slip.stroke(low, pen, 1.7, at=at, press=steady)
    for f in (-0.45, -0.16, 0.16, 0.45):
        slip.stroke([(x + f * wide, eave), (x + f * wide, y)], 0.8 * pen, 1.4, at=at, press=steady)
    for f in (-0.3, 0.0, 0.3):
        door = [
            (x + (f - 0.09) * wide, y),
            (x + (f - 0.09) * wide, eave - 0.05 * wide),
            (x + (f + 0.09) * wide, eave - 0.05 * wide),
            (x + (f + 0.09) * wide, y),
        ]
        slip.wash(door, 0.6, at=at, smooth=False, rim=0.2)
    slip.stroke([(x - 0.52 * wide, y), (x + 0.52 * wide, y)], pen, 1.4, at=at, press=steady)


def sail_boat(slip: Slip, at: Spot, foot: Spot, size: float) -> None:
    """A river boat with one tall, ribbed sail; a man at the stern oar."""
    hull = [(-1.0, 0.26), (-0.6, 0.0), (0.45, -0.02), (1.05, 0.34), (0.4, 0.16), (-0.5, 0.15)]
    slip.wash(d.turned(hull, 0, size, foot), 1.0, at=at, how="wipe", rim=0)
    slip.wash(d.turned(hull, 0, size, foot), 1.1, at=at)
    sail = [(0.05, 0.3), (-0.5, 0.42), (-0.42, 1.6), (0.1, 2.2), (0.36, 1.2)]
    slip.wash(d.turned(sail, 0, size, foot), 1.0, at=at, how="wipe", rim=0)
    slip.wash(d.turned(sail, 0, size, foot), 0.3, at=at, towards=(1.0, 0.2), rim=0.6)
    for f in (0.18, 0.38, 0.58, 0.78):
        rib = [(-0.5 + 0.1 * f, 0.42 + 1.25 * f), (0.3 - 0.12 * abs(f - 0.4), 0.5 + 1.4 * f)]
        slip.stroke(d.turned(rib, 0, size, foot), 0.03 * size + 0.02, 1.2, at=at, press=steady)
    edge = d.turned([*sail, sail[0]], 0, size, foot)
    slip.stroke(edge, 0.035 * size + 0.025, 1.4, at=at, press=steady)
    mast = d.turned([(0.08, 0.1), (0.12, 2.3)], 0, size, foot)
    slip.stroke(mast, 0.045 * size + 0.02, 1.6, at=at, press=steady)
    man = d.turned([(0.72, 0.26), (0.7, 0.62)], 0, size, foot)
    slip.stroke(man, 0.12 * size, 1.5, at=at, press=tapered)
    hat = d.turned([(0.56, 0.6), (0.7, 0.74), (0.84, 0.6)], 0, size, foot)
    slip.wash(hat, 1.4, at=at, smooth=False)
    oar = d.turned([(0.62, 0.5), (1.3, -0.1)], 0, size, foot)
    slip.stroke(oar, 0.035 * size + 0.02, 1.4, at=at, press=steady)


def ripples(slip: Slip, at: Spot, low: float, high: float, half: float, count: int) -> None:
    """Water lying still: short level strokes, longer and paler towards the near bank."""
    for _ in range(count):
        y = slip.rng.uniform(low, high)
        near = (high - y) / (high - low)
        x, long = slip.rng.uniform(-half, half), half * (0.03 + 0.07 * near)
        line = [(x - long, y), (x, y + 0.05), (x + long, y - 0.02)]
        slip.stroke(line, 0.05 + 0.05 * near, 0.9 - 0.4 * near, at=at, press=swelling)


def reeds(slip: Slip, at: Spot, foot: Spot, tall: float, count: int) -> None:
    """Reeds at the water's edge, bent one way by the wind."""
    for _ in range(count):
        x = foot[0] + slip.rng.normal(0, 0.35) * tall
        high = tall * slip.rng.uniform(0.6, 1.0)
        blade = [
            (x, foot[1]),
            (x + 0.08 * tall, foot[1] + 0.6 * high),
            (x + 0.38 * tall, foot[1] + high),
        ]
        tone = float(slip.rng.choice([0.7, 1.2, 1.7]))
        slip.stroke(blade, 0.06 * tall, tone, at=at, press=leaf)


def moonlit_landing(r: float) -> Decor:
    """A river landing in the well of a dish of ``r`` cm: moon, far hills, banyan, house, boats."""

    def paint(slip: Slip) -> None:
        at = (0.0, 0.0)
        for k in range(5):
            y = (0.34 + 0.13 * k) * r
            sky = [(-r, y - 0.1 * r), (r, y - 0.06 * r), (r, y + 0.12 * r), (-r, y + 0.1 * r)]
            slip.wash(sky, 0.1 + 0.05 * k, at=at, rim=0, soft=0.5, smooth=False)
        moon = [
            (0.36 * r + 0.13 * r * math.cos(a), 0.56 * r + 0.13 * r * math.sin(a))
            for a in np.linspace(0, 5.9, 16)
        ]
        slip.wash(moon, 1.0, at=at, how="wipe", rim=0, soft=0.03)
        for x, wide, tall, tone in (
            (-0.62, 0.8, 0.26, 0.2),
            (0.2, 1.0, 0.34, 0.24),
            (0.72, 0.7, 0.22, 0.3),
        ):
            d.hill(slip, (x * r, 0.2 * r), wide * r, tall * r, tone, 0)
        ripples(slip, at, -0.7 * r, 0.16 * r, 0.95 * r, 150)
        d.hill(slip, (-0.6 * r, -0.12 * r), 1.3 * r, 0.2 * r, 0.45, 1)
        house(slip, at, (-0.26 * r, 0.02 * r), 0.36 * r)
        banyan(slip, at, (-0.6 * r, 0.0), 0.72 * r)
        for k in range(5):
            step = [
                (-0.2 * r + 0.04 * k * r, -0.06 * r - 0.04 * k * r),
                (0.02 * r + 0.04 * k * r, -0.07 * r - 0.04 * k * r),
            ]
            slip.stroke(step, 0.12, 1.4, at=at, press=steady)
        sail_boat(slip, at, (0.42 * r, -0.16 * r), 0.24 * r)
        d.boat(slip, (0.02 * r, -0.5 * r), 0.2 * r)
        d.birds(slip, (-0.1 * r, 0.5 * r), r)
        near = [
            (-r, -0.62 * r),
            (-0.5 * r, -0.66 * r),
            (-0.1 * r, -0.82 * r),
            (0.3 * r, -0.9 * r),
            (0.3 * r, -r),
            (-r, -r),
        ]
        slip.wash(near, 0.9, at=at, how="wipe", rim=0)
        slip.wash(near, 0.7, at=at, towards=(0.3, 0.6))
        for x in (-0.55, -0.38, -0.2):
            reeds(slip, at, (x * r, (-0.68 - 0.12 * (x + 0.55)) * r), 0.3 * r, 7)
        _keep_inside(slip, r)

    return paint


def _keep_inside(slip: Slip, r: float) -> None:
    """Wipe away what strayed beyond ``r`` cm from the middle of a dish."""
    slip.cobalt *= ramp(np.asarray(slip.chart.radius), r + 0.03, r - 0.03)


def fret_round(low: float, high: float, count: int) -> Decor:
    """A key-fret border between two circles on a dish."""

    def paint(slip: Slip) -> None:
        tall = high - low
        key = [(0.0, 0.12), (0.0, 0.85), (0.7, 0.85), (0.7, 0.36), (0.35, 0.36), (0.35, 0.62)]
        for k in range(count):
            a0 = 2 * math.pi * k / count
            line = [
                (
                    (low + y * tall) * math.cos(a0 - x * 5.6 / count),
                    (low + y * tall) * math.sin(a0 - x * 5.6 / count),
                )
                for x, y in key
            ]
            slip.stroke(
                line, 0.12 * tall, 1.4, at=(0.0, 0.0), press=steady, smooth=False, wobble=0.6
            )

    return paint


def circles(*rings: tuple[float, float], ink: str = "cobalt") -> Decor:
    """Circles on a dish, each (radius, width) in cm."""

    def paint(slip: Slip) -> None:
        with slip.dipped(ink):
            for r, width in rings:
                start = slip.rng.uniform(0, 6)
                turn = np.linspace(start, start + 6.33, 40)
                line = np.stack([r * np.cos(turn), r * np.sin(turn)], 1)
                slip.stroke(line, width, 1.5, at=(0.0, 0.0), press=steady, wobble=0.6)

    return paint
