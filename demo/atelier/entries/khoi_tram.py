"""Xưởng Khói Trầm: altar ware."""

from __future__ import annotations

from .. import decoration as d
from .. import dragon, shapes
from ..forms import Lathe, Sweep
from ..piece import Piece
from ..studio import Place, Shot

INCENSE_BOWL = (
    Lathe(
        profile=(
            (6.2, 0),
            (6.6, 0.5),
            (6.3, 1.6),
            (6.9, 2.6),
            (9.0, 5.4),
            (9.9, 9.4),
            (9.5, 12.6),
            (8.9, 14.4),
            (9.3, 15.5),
            (10.3, 16.2),
            (10.4, 16.6),
        ),
        glaze="hoa-lam",
        wall=0.6,
        bare_foot=0.4,
        decor=(
            d.bands((0.9, 0.1), (1.5, 0.16), (2.3, 0.1)),
            d.lappets(2.6, 4.7, 22, "gadroon"),
            d.bands((4.9, 0.1), (13.7, 0.12), (14.1, 0.07), (15.9, 0.2)),
            d.fret(14.3, 15.5, 30),
            dragon.clouds(6.1, 9, 1.35, 0.2),
            dragon.clouds(12.5, 11, 1.0, 0.15),
            dragon.twin_dragons(9.3, 23.0, 1.55, 2.0),
        ),
        texture=3072,
    ),
)
SAND = shapes.heap(8.0, 1.4, (0, 0, 13.6), "ash")
STICKS = tuple(
    Sweep(
        ((x, y, 13), (x * 1.3, y * 1.3, 22), (x * 1.6, y * 1.6, 33)),
        (0.1, 0.1, 0.13),
        "incense",
        texture=64,
    )
    for x, y in ((0.7, 0.2), (-0.7, 0.3), (0, -0.5))
)

STICK_HOLDER = (
    Lathe(
        profile=(
            (4.6, 0),
            (4.75, 0.6),
            (4.3, 1.8),
            (4.15, 3.0),
            (4.1, 9),
            (4.0, 15),
            (4.1, 18.6),
            (4.6, 20.2),
            (4.7, 20.6),
        ),
        glaze="hoa-lam",
        wall=0.42,
        bare_foot=0.4,
        decor=(
            d.bands((0.9, 0.1), (1.5, 0.18), (2.7, 0.09)),
            d.fret(2.9, 4.3, 16),
            d.bands((4.5, 0.09), (14.9, 0.09), (16.6, 0.09), (19.6, 0.1), (20.2, 0.22)),
            d.fret(15.1, 16.4, 16),
            d.lappets(19.3, 17.0, 14, "plantain"),
            dragon.cloud_ladder(5.4, 14.2, 3, 2.1),
        ),
        texture=2048,
    ),
)
SPARE_STICKS = tuple(
    Sweep(
        ((0.4 * x, 0.4 * y, 1), (x, y, 18), (1.5 * x, 1.5 * y, 35 - abs(x))),
        (0.1, 0.12, 0.14),
        "incense",
        texture=64,
    )
    for x, y in (
        (-1.6, 0.4),
        (-0.9, -1.2),
        (-0.2, 0.9),
        (0.5, -0.6),
        (1.1, 0.7),
        (1.7, -0.3),
        (0.1, -1.7),
        (-1.2, 1.5),
        (0.9, 1.6),
    )
)

PIECES = (
    Piece(
        "bat-huong-hoa-lam-rong",
        front=Shot((Place(INCENSE_BOWL),), elevation=8, fill=0.8),
        detail=Shot(
            (Place(INCENSE_BOWL, turn=34),), elevation=8, azimuth=0, close=(0.3, -9, 9.3, 11)
        ),
        setting=Shot(
            (
                Place(shapes.tray(30, 0, round_=True)),
                Place((*INCENSE_BOWL, SAND, *STICKS), at=(0, 0, 1.0), turn=-30),
            ),
            elevation=14,
            fill=0.86,
            room=0.7,
        ),
    ),
    Piece(
        "ong-huong-hoa-lam-hoi-van",
        front=Shot((Place(STICK_HOLDER),), elevation=8, fill=0.74),
        detail=Shot((Place(STICK_HOLDER),), elevation=10, azimuth=8, close=(0.2, -4, 15.5, 9.5)),
        setting=Shot(
            (
                Place((*STICK_HOLDER, *SPARE_STICKS), at=(-9, 2, 0), turn=40),
                Place((*INCENSE_BOWL, SAND), at=(9.5, 3, 0), turn=12, seed=1),
            ),
            elevation=11,
            fill=0.88,
        ),
    ),
)
