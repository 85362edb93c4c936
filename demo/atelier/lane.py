"""A village lane in cobalt: brick walls, coal cakes, a gate, a kiln chimney, a carrier."""

from __future__ import annotations

import math

import numpy as np

from . import decoration as d
from . import landing
from .brush import Slip, steady, swelling, tapered
from .decoration import Spot

MIDDLE = (0.0, 0.0)


def village_lane(slip: Slip) -> None:
    """A lane between brick walls, coal cakes drying on one, a kiln chimney smoking at its end."""
    wide, tall = 2 * slip.chart.extent, slip.chart.length

    def spot(x: float, y: float) -> Spot:
        return (x * wide, y * tall)

    for k in range(6):
        y = 0.06 + 0.075 * k
        sky = [spot(-0.5, y), spot(0.5, y), spot(0.5, y + 0.12), spot(-0.5, y + 0.12)]
        slip.wash(sky, 0.05 + 0.035 * k, at=MIDDLE, rim=0, soft=0.8, smooth=False)
    _smoke(slip, spot(0.13, 0.38), 0.5 * wide)
    _chimney(slip, spot(0.13, -0.02), 0.4 * tall)
    for x, y, size in ((-0.12, -0.02, 0.26), (0.33, 0.0, 0.3), (-0.36, 0.01, 0.34)):
        landing.house(slip, MIDDLE, spot(x, y), size * wide)
    _palm(slip, spot(-0.3, 0.0), 0.4 * tall)
    _gate(slip, spot(0.02, -0.11), 0.19 * wide, 0.13 * tall)
    _wall(slip, [spot(-0.5, -0.42), spot(-0.5, 0.16), spot(-0.06, 0.03), spot(-0.06, -0.1)], 1)
    _wall(slip, [spot(0.5, -0.36), spot(0.5, 0.1), spot(0.1, 0.02), spot(0.1, -0.1)], -1)
    ground = [
        spot(-0.5, -0.5),
        spot(-0.5, -0.42),
        spot(-0.06, -0.1),
        spot(0.1, -0.1),
        spot(0.5, -0.36),
        spot(0.5, -0.5),
    ]
    slip.wash(ground, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(ground, 0.16, at=MIDDLE, towards=(0, -0.6), rim=0.4, smooth=False)
    for k in range(9):
        y = -0.1 - 0.4 * (k / 8) ** 1.6
        left, right = -0.06 + 1.375 * (y + 0.1), 0.1 - 1.54 * (y + 0.1)
        course = [spot(max(left, -0.5), y), spot(0.0, y - 0.004), spot(min(right, 0.5), y)]
        slip.stroke(course, 0.08 + 0.02 * k, 0.8, at=MIDDLE, press=swelling)
    for k in range(7):
        f = k / 6
        joint = [spot(-0.05 + 0.14 * f, -0.1), spot(-0.42 + 0.84 * f, -0.5)]
        slip.stroke(joint, 0.1, 0.6, at=MIDDLE, press=swelling)
    _carrier(slip, spot(0.06, -0.27), 0.2 * tall)


def _smoke(slip: Slip, foot: Spot, reach: float) -> None:
    for k in reversed(range(9)):
        x = foot[0] + reach * (0.02 + 0.1 * k) * 0.5
        y = foot[1] + reach * 0.025 * k + slip.rng.normal(0, 0.01) * reach
        r = reach * (0.045 + 0.011 * k)
        ring = [(x + 1.3 * r * math.cos(a), y + r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
        slip.wash(ring, 0.9 - 0.05 * k, at=MIDDLE, how="wipe", rim=0, soft=0.12)
        slip.wash(ring, 0.26, at=MIDDLE, rim=0.7, soft=0.08)
        arc = [(x + 1.3 * r * math.cos(a), y + r * math.sin(a)) for a in np.linspace(0.2, 2.9, 8)]
        slip.stroke(arc, 0.16, 1.0, at=MIDDLE, press=swelling)


def _chimney(slip: Slip, foot: Spot, tall: float) -> None:
    x, y = foot
    low, high = 0.13 * tall, 0.08 * tall
    shaft = [(x - low, y), (x - high, y + tall), (x + high, y + tall), (x + low, y)]
    slip.wash(shaft, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(shaft, 0.55, at=MIDDLE, towards=(-1.2, 0.1), smooth=False)
    for f in np.linspace(0.03, 0.97, 26):
        half = low + (high - low) * f
        shift = 0.3 * half * slip.rng.uniform(-1, 1)
        course = [
            (x - half, y + f * tall),
            (x + shift, y + f * tall - 0.05),
            (x + half, y + f * tall),
        ]
        slip.stroke(course, 0.1, 1.0, at=MIDDLE, press=steady)
    for side in (1, -1):
        edge = [(x + side * low, y), (x + side * high, y + tall)]
        slip.stroke(edge, 0.16, 1.5, at=MIDDLE, press=steady)
    for f in (0.9, 1.0):
        lip = [(x - 1.25 * high, y + f * tall), (x + 1.25 * high, y + f * tall)]
        slip.stroke(lip, 0.3, 1.6, at=MIDDLE, press=steady)


def _gate(slip: Slip, foot: Spot, wide: float, tall: float) -> None:
    """The wall across the lane's end and the arched gate in it."""
    x, y = foot
    wall = [(x - wide, y), (x - wide, y + tall), (x + wide, y + tall), (x + wide, y)]
    slip.wash(wall, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(wall, 0.22, at=MIDDLE, rim=0.3, smooth=False)
    for f in np.linspace(0.12, 1, 8):
        line = [(x - wide, y + f * tall), (x + wide, y + f * tall)]
        slip.stroke(line, 0.1 if f < 1 else 0.26, 0.9 + 0.7 * (f == 1), at=MIDDLE, press=steady)
    turn = np.linspace(0, math.pi, 9)
    arch = np.stack([0.32 * wide * np.cos(turn), 0.5 * tall + 0.28 * tall * np.sin(turn)], 1) + foot
    opening = np.concatenate([[(x + 0.32 * wide, y)], arch, [(x - 0.32 * wide, y)]])
    slip.wash(opening, 1.2, at=MIDDLE, rim=0.2, smooth=False)
    slip.stroke(opening, 0.2, 1.5, at=MIDDLE, press=steady, smooth=False)


def _wall(slip: Slip, corners: list[Spot], side: int) -> None:
    """A brick wall in perspective; on the left one (``side`` 1) coal cakes are stuck to dry."""
    near_low, near_high, far_high, far_low = (np.array(c) for c in corners)
    slip.wash(corners, 1.0, at=MIDDLE, how="wipe", rim=0, smooth=False)
    slip.wash(
        corners, 0.3 if side > 0 else 0.42, at=MIDDLE, towards=(side * 0.7, 0.2), smooth=False
    )

    def on(u: float, v: float) -> np.ndarray:
        return (near_low * (1 - u) + far_low * u) * (1 - v) + (
            near_high * (1 - u) + far_high * u
        ) * v

    for v in np.linspace(0, 1, 12):
        pen = 0.24 if v in (0, 1) else 0.12
        slip.stroke(
            np.array([on(0, v), on(0.5, v), on(1, v)]),
            pen,
            1.0 + 0.5 * (v == 1),
            at=MIDDLE,
            press=steady,
        )
    for row in range(11):
        for k in range(9):
            u = ((k + 0.5 * (row % 2)) / 9) ** 0.8
            ends = [on(u, row / 11), on(u, (row + 1) / 11)]
            slip.stroke(np.array(ends), 0.09, 0.9, at=MIDDLE, press=steady)
    if side > 0:
        for row, v in enumerate((0.36, 0.56, 0.76)):
            for k in range(6):
                u = (0.06 + 0.15 * k + 0.07 * (row % 2)) ** 0.85
                r = 0.06 * float(np.linalg.norm(on(u, 1) - on(u, 0)))
                cake = np.array(
                    [(0.7 * r * math.cos(a), r * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
                )
                slip.wash(cake + on(u, v), 1.5 * slip.rng.uniform(0.75, 1.1), at=MIDDLE, rim=0.3)
    top = np.array([on(0, 1.0), on(0.5, 1.01), on(1, 1.0)])
    slip.stroke(top, 0.42, 1.3, at=MIDDLE, press=tapered)


def _palm(slip: Slip, foot: Spot, tall: float) -> None:
    """An areca palm behind the wall."""
    x, y = foot
    slip.stroke(
        [(x, y), (x + 0.02 * tall, y + 0.5 * tall), (x, y + 0.9 * tall)],
        0.34,
        1.0,
        at=MIDDLE,
        press=steady,
    )
    for f in np.linspace(0.1, 0.9, 12):
        slip.stroke([(x - 0.12, y + f * tall), (x + 0.16, y + f * tall)], 0.09, 1.4, at=MIDDLE)
    crown = (x, y + 0.9 * tall)
    for angle in np.linspace(-0.5, 3.6, 9):
        lift = np.linspace(0, 1, 5)
        reach = 0.38 * tall * math.cos(angle)
        line = np.stack(
            [reach * lift, 0.32 * tall * math.sin(angle) * lift - 0.14 * tall * lift**2], 1
        )
        slip.stroke(line, 0.18, 1.2, at=crown, press=tapered)
        for f in np.linspace(0.25, 1, 7):
            root = np.array([np.interp(f, lift, line[:, c]) for c in (0, 1)])
            for lean in (0.09, -0.05):
                slip.stroke(
                    np.array([root, root + np.array([0.5 * lean, -0.11]) * tall]),
                    0.1,
                    1.2,
                    at=crown,
                    press=tapered,
                )


def _carrier(slip: Slip, foot: Spot, tall: float) -> None:
    """A woman with a shoulder pole, baskets of bowls at either end, walking up the lane."""
    for side in (-1, 1):
        leg = [(0.05 * side * tall, 0.42 * tall), (0.09 * side * tall, (0.03 + 0.05 * side) * tall)]
        slip.stroke(leg, 0.1 * tall, 1.7, at=foot, press=tapered)
    body = [(-0.12, 0.36), (-0.13, 0.72), (0.0, 0.8), (0.13, 0.72), (0.12, 0.36)]
    slip.wash(d.turned(body, 0, tall), 1.0, at=foot, how="wipe", rim=0)
    slip.wash(d.turned(body, 0, tall), 0.9, at=foot, rim=0.4)
    arm = [(0.11, 0.68), (0.24, 0.6), (0.3, 0.76)]
    slip.stroke(d.turned(arm, 0, tall), 0.06 * tall, 1.3, at=foot, press=steady)
    pole = [(-0.62, 0.74), (0.0, 0.8), (0.62, 0.74)]
    slip.stroke(d.turned(pole, 0, tall), 0.035 * tall, 1.8, at=foot, press=steady)
    hat = [(-0.22, 0.84), (0.0, 1.06), (0.22, 0.84)]
    slip.wash(d.turned(hat, 0, tall), 1.0, at=foot, how="wipe", rim=0, smooth=False)
    slip.wash(d.turned(hat, 0, tall), 0.5, at=foot, smooth=False, rim=0.8)
    slip.stroke(
        d.turned([*hat, hat[0]], 0, tall), 0.03 * tall, 1.6, at=foot, press=steady, smooth=False
    )
    for side in (-1, 1):
        for x in (0.5, 0.72):
            cord = [(0.61 * side, 0.74), (x * side, 0.3)]
            slip.stroke(d.turned(cord, 0, tall), 0.018 * tall, 1.4, at=foot, press=steady)
        basket = [(0.46, 0.3), (0.76, 0.3), (0.7, 0.12), (0.52, 0.12)]
        shape = d.turned(basket, 0, tall) * (side, 1)
        slip.wash(shape, 1.0, at=foot, how="wipe", rim=0, smooth=False)
        slip.wash(shape, 0.8, at=foot, smooth=False)
        for x in (0.54, 0.62, 0.69):
            bowl = [(x - 0.05, 0.36), (x, 0.29), (x + 0.05, 0.36)]
            slip.stroke(d.turned(bowl, 0, tall) * (side, 1), 0.035 * tall, 1.5, at=foot)
