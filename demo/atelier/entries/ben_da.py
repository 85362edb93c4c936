"""Xưởng Bến Đá: celadon and moss green."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import shapes
from ..forms import Lathe, Lobes, Sweep
from ..piece import Piece
from ..studio import Place, Shot


def _bowl(size: float, seed: int = 0) -> tuple:
    """A celadon bowl ``size`` cm across, cut with a few leaning lines."""
    k = size / 22
    return (
        Lathe(
            profile=(
                (3.3 * k, 0),
                (3.4 * k, 1.0 * k),
                (3.9 * k, 1.4 * k),
                (7.4 * k, 3.4 * k),
                (9.8 * k, 6.6 * k),
                (11 * k, 10 * k),
            ),
            glaze="men-ngoc",
            wall=0.32 + 0.1 * k,
            bare_foot=0.35,
            decor=(d.incised_lotus(1.6 * k, 8.4 * k, 14, 0.055),),
            inside_decor=(d.incised_ring(8.6 * k), d.incised_ring(2.4 * k)),
            texture=3072,
        ),
    )


BOWLS = _bowl(22), _bowl(16), _bowl(12)

PEAR_VASE = (
    Lathe(
        profile=(
            (5.6, 0),
            (5.8, 1.0),
            (5.6, 1.9),
            (7.2, 4.2),
            (9.3, 8.6),
            (9.5, 12.5),
            (7.8, 17.2),
            (4.8, 22),
            (3.2, 26),
            (3.0, 29),
            (3.9, 32),
            (5.6, 33.7),
            (6.0, 34),
        ),
        glaze="men-ngoc",
        wall=0.5,
        bare_foot=0.5,
        decor=(
            d.incised_lotus(2.4, 15.6, 9, 0.085),
            d.incised_ring(16.4),
            d.incised_ring(17.0),
            d.incised_ring(24.2, -0.07, 0.3),
        ),
        relief=True,
        texture=3072,
    ),
)

LOBED_DISH = (
    Lathe(
        profile=((6.2, 0), (6.4, 0.7), (7.6, 1.3), (10.2, 2.3), (12.2, 3.6), (13.0, 4.6)),
        glaze="men-ngoc",
        wall=0.5,
        bare_foot=0.4,
        planar=True,
        inside_decor=(d.incised_dish(7.0, 8, 0.06),),
        lobes=Lobes(16, 0.028, low=1.4, rim=0.16),
        texture=3072,
        around=384,
    ),
)


def _foot(turn: float) -> Sweep:
    return Sweep(
        ((0, -7.0, 6.4), (0, -9.0, 4.6), (0, -8.2, 2.2), (0, -8.9, 0.0)),
        (2.3, 1.9, 1.25, 1.2, 1.5),
        "xanh-reu",
        flat=1.15,
        turn=turn,
        options=(("runs", 0.3),),
    )


def _ear(side: int) -> Sweep:
    x = side
    return Sweep(
        (
            (7.0 * x, 0, 14.6),
            (10.4 * x, 0, 15.2),
            (12.4 * x, 0, 18.4),
            (12.0 * x, 0, 22.6),
            (10.4 * x, 0, 24.0),
            (9.3 * x, 0, 22.3),
            (8.9 * x, 0, 19.0),
        ),
        (0.95, 0.8, 0.8, 0.8, 0.7, 0.75),
        "xanh-reu",
        flat=1.5,
        options=(("runs", 0.3),),
    )


BURNER = (
    Lathe(
        profile=(
            (3.0, 3.6),
            (6.0, 4.2),
            (9.2, 6.6),
            (10.4, 10),
            (9.6, 13),
            (7.8, 14.8),
            (7.2, 16.4),
            (7.6, 18.2),
            (9.4, 19.2),
            (9.8, 19.5, 1),
            (9.8, 20.4),
        ),
        glaze="xanh-reu",
        wall=0.6,
        bare_foot=0,
        decor=(
            d.relief_band(7.6, 12.2, "clouds", 7, 0.26, bare=False),
            d.beads(13.8, 44, 0.55, 0.16),
            d.relief_band(15.6, 17.6, "lappets", 20, 0.14, bare=False),
        ),
        relief=True,
        options=(("runs", 1.5),),
        texture=3072,
    ),
    *(_foot(t) for t in (0, 120, 240)),
    _ear(1),
    _ear(-1),
)
INCENSE = tuple(
    Sweep(
        ((x, y, 15), (x * 1.25, y * 1.25, 24), (x * 1.5, y * 1.5, 36)),
        (0.1, 0.1, 0.13),
        "incense",
        texture=64,
    )
    for x, y in ((0.5, 0.3), (-0.6, 0.1), (0.1, -0.6))
)

RIBBED_JAR = (
    Lathe(
        profile=(
            (6.4, 0),
            (6.6, 0.8),
            (6.5, 2.0),
            (8.6, 7),
            (10.6, 14),
            (10.8, 18.4),
            (9.2, 22.4),
            (6.0, 24.6),
            (5.0, 25.6),
            (5.1, 26.8),
            (6.2, 27.8),
            (6.4, 28),
        ),
        glaze="xanh-reu",
        lobes=Lobes(20, 0.04, low=2.6, high=22.6, kind="flute"),
        wall=0.6,
        bare_foot=0.7,
        options=(("runs", 2.4),),
        decor=(d.incised_ring(24.2, -0.1, 0.3),),
        texture=3072,
        around=480,
    ),
)

PIECES = (
    Piece(
        "binh-ty-ba-men-ngoc",
        front=Shot((Place(PEAR_VASE),), elevation=6, fill=0.77),
        detail=Shot((Place(PEAR_VASE, turn=10),), elevation=8, azimuth=12, close=(1.0, -8, 11, 15)),
        setting=Shot(
            (Place(PEAR_VASE, turn=45), Place(shapes.branch(30, (0, 0, 32), 23, 30))),
            elevation=6,
            fill=0.86,
        ),
    ),
    Piece(
        "lu-huong-xanh-reu",
        front=Shot((Place(BURNER),), elevation=9, fill=0.78),
        detail=Shot((Place(BURNER),), elevation=10, azimuth=16, close=(2.5, -8.5, 12.2, 14)),
        setting=Shot(
            (
                Place(
                    (*BURNER, shapes.heap(6.9, 1.2, (0, 0, 17.2), "ash"), *INCENSE), (0, 0, 1), 20
                ),
                Place(shapes.tray(30, 0, round_=True)),
            ),
            elevation=14,
            fill=0.86,
        ),
    ),
    Piece(
        "bo-bat-men-ngoc",
        front=Shot(
            (
                Place(BOWLS[0], at=(0, 5, 0)),
                Place(BOWLS[1], at=(-9.5, -12, 0), seed=1, turn=30),
                Place(BOWLS[2], at=(6.5, -14, 0), seed=2, turn=60),
            ),
            elevation=24,
            fill=0.88,
        ),
        detail=Shot((Place(BOWLS[0]),), elevation=16, azimuth=-10, close=(-1, -9.2, 5.6, 13)),
        setting=Shot(
            (
                Place(BOWLS[0]),
                Place(BOWLS[1], at=(0.3, 0, 3.4), seed=1, turn=40),
                Place(BOWLS[2], at=(-0.2, 0.1, 6.2), seed=2, turn=10),
                Place(shapes.chopsticks((2, -15, 0), 5)),
            ),
            elevation=26,
            fill=0.8,
        ),
    ),
    Piece(
        "lo-xanh-reu-ganh-noi",
        front=Shot((Place(RIBBED_JAR),), elevation=7, fill=0.77),
        detail=Shot((Place(RIBBED_JAR),), elevation=9, azimuth=10, close=(1.5, -9.5, 19, 14)),
        setting=Shot(
            (
                Place(RIBBED_JAR, turn=60),
                Place(_bowl(12), at=(15, -10, 0), seed=4),
                Place(shapes.ruler(), at=(-2, -17, 0), turn=-5),
            ),
            elevation=12,
            fill=0.86,
        ),
    ),
    Piece(
        "dia-canh-sen-men-ngoc",
        front=Shot((Place(LOBED_DISH),), elevation=42, fill=0.84),
        detail=Shot((Place(LOBED_DISH),), elevation=34, azimuth=20, close=(3.0, -5.0, 2.6, 16)),
        setting=Shot(
            (
                Place(LOBED_DISH),
                *(
                    Place(shapes.fruit((4.0 * math.cos(a), 4.0 * math.sin(a), 1.3), 3.1), turn=0)
                    for a in (1.7, 3.8, 5.9)
                ),
                Place(BOWLS[2], at=(19, 9, 0), seed=3),
            ),
            elevation=28,
            fill=0.86,
        ),
    ),
)
