"""A fat toad, 9 cm high, warts on its back and a slot for coins between them."""

from __future__ import annotations

import math

import numpy as np

from ..forms import Block, Lump
from .parts import Clay


def _warts() -> Clay:
    """Pellets of uneven size over the back, clear of the slot."""
    rng = np.random.default_rng(11)
    warts: list[Lump] = []
    for k in range(64):
        u = (k + 0.5) / 64
        turn, rise = 2.39996 * k, 0.25 + 0.72 * u
        flat = math.sqrt(1 - rise * rise)
        x, y = 4.7 * flat * math.cos(turn), 1.3 + 4.7 * flat * math.sin(turn)
        if abs(x) > 0.85 or not -1.8 < y < 3.6:
            size = float(rng.uniform(0.28, 0.72))
            warts.append(Lump(((x * 1.02, y, 4.3 + 3.55 * rise),), (size,), 0.22))
    return tuple(warts)


FEET: Clay = tuple(
    Lump(((4.9, 0.2, 0.75), (4.9 + s, -2.2 + 0.5 * abs(s), 0.4)), (0.55, 0.42), 0.2, twin=True)
    for s in (-0.9, 0.0, 0.95)
)
HANDS: Clay = tuple(
    Lump(((3.3, -4.4, 0.8), (3.3 + s, -6.1 + 0.5 * abs(s), 0.42)), (0.5, 0.38), 0.2, twin=True)
    for s in (-0.95, -0.3, 0.35, 1.0)
)
TOAD: Clay = (
    Lump(((0, 1.5, 4.1),), (4.65,), 0.5, (1.08, 1.12, 0.84)),
    Lump(((0, -2.0, 4.4),), (3.8,), 1.2, (1.12, 1, 0.88)),
    Lump(((0, -3.6, 6.0), (0, -5.2, 6.0)), (2.9, 2.3), 0.8, (1.4, 1, 0.74)),
    Lump(((0, -5.0, 4.4),), (2.2,), 0.8, (1.25, 0.8, 0.8)),
    Lump(
        (
            (-3.9, -3.6, 5.5),
            (-2.7, -6.3, 5.6),
            (0, -7.7, 5.75),
            (2.7, -6.3, 5.6),
            (3.9, -3.6, 5.5),
        ),
        (0.14, 0.2, 0.2, 0.2, 0.14),
        0.15,
        cut=True,
    ),
    Lump(((2.0, -4.0, 7.9),), (1.3,), 0.5, twin=True),
    Lump(((2.2, -4.45, 8.2),), (0.92,), 0.06, twin=True),
    Lump(((0.6, -7.3, 6.9),), (0.14,), 0.1, cut=True, twin=True),
    Lump(((3.0, -2.6, 6.7), (3.6, -0.6, 6.6)), (0.6, 0.75), 0.4, twin=True),
    Lump(((3.7, 2.8, 2.8),), (2.5,), 0.35, (0.72, 1.2, 1.0), twin=True),
    Lump(((4.5, 4.2, 1.2), (5.1, 2.2, 1.1), (4.9, 0.2, 0.9)), (0.95, 0.95, 0.75), 0.25, twin=True),
    Lump(((3.0, -2.4, 4.0), (4.2, -3.0, 2.4), (3.3, -4.3, 1.0)), (1.3, 1.05, 0.8), 0.4, twin=True),
    *FEET,
    *HANDS,
    *_warts(),
    Block((0, 0.9, 8.6), (0.55, 3.4, 3.6), 0.2, 0.25, cut=True),
)
