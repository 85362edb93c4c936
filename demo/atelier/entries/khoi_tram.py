"""Xưởng Khói Trầm: altar ware."""

from __future__ import annotations

import math
from dataclasses import replace

from .. import decoration as d
from .. import dragon, figures, relief, shapes
from ..forms import Lathe, Lobes, Lump, Modelled, Sweep
from ..modelling import brushed, combed, scaled
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


def _ear(side: int) -> Modelled:
    """An upright handle: a flat loop rising from the shoulder, a cloud curl where it is joined."""
    x = float(side)
    loop = (
        (9.2 * x, 0, 13.6),
        (10.9 * x, 0, 14.6),
        (11.5 * x, 0, 17.4),
        (11.4 * x, 0, 21.2),
        (10.8 * x, 0, 22.7),
        (9.5 * x, 0, 22.8),
        (8.9 * x, 0, 21.6),
        (8.95 * x, 0, 19.6),
        (8.5 * x, 0, 18.7),
    )
    return Modelled(
        (
            Lump(loop, (0.95, 0.8, 0.72, 0.72, 0.72, 0.72, 0.66, 0.62, 0.7), 0.2, (1, 1.35, 1)),
            figures.curl((10.9 * x, -0.9, 15.0), (0.2 * x, -1, 0), 1.0, x),
            figures.curl((10.9 * x, 0.9, 15.0), (0.2 * x, 1, 0), 1.0, -x),
        ),
        "xanh-reu",
        bare_foot=0,
        texture=1024,
    )


LION = Modelled(
    (
        Lump(((0, 0.2, 0.55),), (2.9,), 0.2, (1, 1, 0.24)),
        *figures.moved(figures.nghe(plinth=False), 0.52, (0, 0.1, 0.0)),
    ),
    "xanh-reu",
    decor=(
        brushed(((0.62, -2.25, 8.2),), 0.3, 3.2, twin=True),
        combed((1, 1, 0.18), 0.18, 0.02, (-1.2, -3.0, 3.0), (1.2, -1.0, 5.2), 0.3),
    ),
    bare_foot=0,
    grain=0.075,
    texture=2048,
    at=(0, 0, 23.0),
)
CENSER = (
    Lathe(
        profile=(
            (7.0, 0),
            (7.4, 0.7),
            (6.9, 1.8),
            (5.0, 3.2),
            (4.2, 4.4),
            (4.3, 5.4),
            (5.6, 6.2),
            (8.8, 8.4),
            (10.3, 11.4),
            (9.9, 14.2),
            (8.2, 16.2),
            (7.7, 17.2),
            (8.3, 18.3),
            (9.0, 18.8),
            (9.0, 19.4),
        ),
        glaze="nga-reu",
        wall=0.6,
        bare_foot=0.5,
        decor=(
            d.relief_band(0.9, 2.9, "lappets", 18, 0.2, bare=False),
            d.relief_band(6.6, 8.9, "lappets", 16, 0.2, bare=False),
            d.relief_band(10.0, 13.6, "clouds", 8, 0.24, bare=False),
            d.beads(16.7, 38, 0.55, 0.2),
        ),
        relief=True,
        options=(("coarse", 2.6), ("fine", 0.9), ("runs", 0.6)),
        texture=3072,
        around=512,
    ),
    Lathe(
        profile=(
            (8.4, 0),
            (8.7, 0.4),
            (8.4, 1.0),
            (6.6, 2.6),
            (4.6, 3.4),
            (3.4, 3.7),
            (1.4, 3.8),
        ),
        glaze="nga-reu",
        wall=0.5,
        bare_foot=0,
        decor=(d.relief_band(1.2, 3.1, "lappets", 14, 0.16, bare=False),),
        relief=True,
        options=(("coarse", 2.6), ("fine", 0.9)),
        texture=2048,
        around=512,
        at=(0, 0, 19.3),
    ),
    _ear(1),
    _ear(-1),
    LION,
)

COLUMN = Lathe(
    profile=(
        (7.2, 0),
        (7.5, 0.9),
        (7.0, 2.1),
        (5.2, 3.2),
        (4.9, 4.2),
        (5.6, 5.4),
        (5.0, 6.8),
        (3.2, 7.8),
        (2.9, 8.8),
        (2.4, 12),
        (2.2, 18),
        (2.2, 25),
        (2.7, 27.4),
        (4.2, 29.0),
        (6.1, 30.0),
        (6.4, 30.6),
        (5.8, 31.0),
        (3.0, 30.8),
        (1.9, 31.2),
        (1.6, 33.2),
        (1.8, 35.0),
        (1.5, 35.4),
        (1.2, 34.8),
        (0, 34.4),
    ),
    glaze="xanh-reu",
    wall=0,
    bare_foot=0.5,
    decor=(
        d.relief_band(1.0, 2.8, "lappets", 16, 0.18, bare=False),
        d.beads(5.4, 30, 0.6, 0.18),
        d.relief_band(28.6, 30.1, "lappets", 14, 0.14, bare=False),
    ),
    relief=True,
    texture=2048,
    around=384,
)


def _candlestick(way: float) -> tuple[Lathe, Modelled]:
    clay, spine = figures.climbing_dragon(8.8, 22.6, 2.3, 2.1, way, 1.28)
    coiled = Modelled(
        clay,
        "xanh-reu",
        decor=(scaled(spine[:-2], 1.6, 0.72, 0.07),),
        bare_foot=0,
        grain=0.1,
        texture=2048,
    )
    return COLUMN, coiled


CANDLESTICKS = _candlestick(1), _candlestick(-1)
LIT = tuple((*each, *shapes.candle(10, (0, 0, 34.2))) for each in CANDLESTICKS)

FRUIT_STAND = (
    Lathe(
        profile=(
            (6.9, 0),
            (7.3, 0.6),
            (6.9, 1.6),
            (5.0, 3.0),
            (3.7, 5.0),
            (3.4, 7.0),
            (4.1, 8.4),
            (7.4, 9.6),
            (11.2, 10.8),
            (13.2, 12.4),
            (13.6, 13.2),
        ),
        glaze="men-ran",
        wall=0.6,
        planar=True,
        bare_foot=0.5,
        decor=(
            d.relief_band(1.0, 3.0, "lappets", 17, 0.3, bare=False),
            d.incised_ring(6.8, -0.16, 0.5),
            d.relief_band(9.0, 11.8, "lappets", 19, 0.34, bare=False),
            relief.rubbed(0.95, 3.05, 1.5),
            relief.rubbed(8.9, 11.9, 1.5),
        ),
        relief=True,
        lobes=Lobes(19, 0.022, 10.6, 14.0, "petal", 0.25),
        options=(("coarse", 2.6), ("fine", 0.9)),
        texture=3072,
        around=640,
    ),
)

SET_GLAZE = (("coarse", 2.2), ("fine", 0.8))
SET_BOWL = (
    Lathe(
        profile=(
            (5.6, 0),
            (6.0, 0.6),
            (5.4, 1.8),
            (5.8, 2.8),
            (8.4, 5.6),
            (9.1, 8.6),
            (8.9, 12.4),
            (9.4, 14.6),
            (9.5, 15.0),
        ),
        glaze="men-ran",
        wall=0.6,
        bare_foot=0.5,
        decor=(
            d.bands((0.9, 0.12), (2.4, 0.1), (4.9, 0.1), (12.6, 0.1), (14.3, 0.16)),
            d.lappets(2.6, 4.7, 18, "gadroon"),
            d.lotus_scroll(8.8, 5, 4.2, 0.9),
            d.diaper(12.8, 14.0, 26),
        ),
        options=SET_GLAZE,
        texture=3072,
    ),
)
SET_VASE = (
    Lathe(
        profile=(
            (3.6, 0),
            (3.9, 0.6),
            (3.4, 1.8),
            (3.7, 3.4),
            (5.6, 8.0),
            (5.8, 11.0),
            (4.2, 14.4),
            (2.5, 17.0),
            (2.2, 19.4),
            (3.0, 22.2),
            (4.4, 23.6),
            (4.6, 24.0),
        ),
        glaze="men-ran",
        wall=0.42,
        bare_foot=0.5,
        decor=(
            d.bands((0.9, 0.1), (2.1, 0.1), (14.6, 0.1), (17.0, 0.1), (23.2, 0.14)),
            d.lappets(2.3, 5.2, 12, "gadroon"),
            d.lotus_scroll(9.8, 4, 3.6, 0.9),
            d.ruyi(13.0, 14.6, 8),
            d.lappets(17.2, 21.6, 8, "plantain"),
        ),
        options=SET_GLAZE,
        texture=2048,
    ),
)
SET_CANDLE = (
    Lathe(
        profile=(
            (4.9, 0),
            (5.2, 0.7),
            (4.6, 1.8),
            (3.0, 3.4),
            (2.4, 5.4),
            (2.5, 8.0),
            (3.2, 9.4),
            (2.2, 11.0),
            (1.7, 14.0),
            (1.8, 17.4),
            (2.7, 19.0),
            (4.2, 20.0),
            (4.4, 20.5),
            (3.8, 20.7),
            (1.9, 20.5),
            (1.5, 21.0),
            (1.5, 22.6),
            (1.2, 22.9),
            (0.8, 22.4),
            (0, 22.3),
        ),
        glaze="men-ran",
        wall=0,
        bare_foot=0.5,
        decor=(
            d.bands((0.9, 0.1), (2.0, 0.1), (9.2, 0.3), (18.2, 0.12), (19.8, 0.12)),
            d.lappets(2.2, 4.6, 12, "gadroon"),
            d.lappets(11.4, 15.4, 6, "plantain"),
            d.leaf_scroll(6.7, 6, 1.5),
        ),
        options=SET_GLAZE,
        texture=1536,
    ),
)
SET_CUP = Lathe(
    profile=((1.5, 0), (1.55, 0.5), (2.1, 1.0), (2.75, 2.3), (3.0, 3.6)),
    glaze="men-ran",
    wall=0.24,
    bare_foot=0.25,
    decor=(d.bands((0.7, 0.07), (3.3, 0.1)), d.leaf_scroll(2.0, 6, 1.1)),
    options=SET_GLAZE,
    texture=1024,
)
CUP_STAND = (
    Lathe(
        profile=(
            (4.4, 0),
            (4.6, 0.5),
            (4.0, 1.4),
            (3.2, 2.4),
            (3.6, 3.2),
            (8.4, 4.0),
            (9.6, 4.5),
            (9.8, 5.0),
            (9.3, 5.1),
            (8.9, 4.75),
            (0, 4.7),
        ),
        glaze="men-ran",
        wall=0,
        bare_foot=0.4,
        decor=(d.bands((0.8, 0.1), (2.4, 0.1), (4.6, 0.12)),),
        options=SET_GLAZE,
        texture=1536,
    ),
)
CUPS_ON_STAND = (
    *CUP_STAND,
    *(
        replace(SET_CUP, at=(5.4 * math.sin(a), -5.4 * math.cos(a), 4.72), turn=math.degrees(a))
        for a in (0.0, 2.0944, 4.18879)
    ),
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
    Piece(
        "lu-huong-nghe-nga-reu",
        front=Shot((Place(CENSER, turn=-14),), elevation=8, fill=0.82),
        detail=Shot((Place(CENSER, turn=-14),), elevation=10, close=(0, -3, 25.5, 17)),
        setting=Shot(
            (
                Place(shapes.tray(34, 0, round_=True)),
                Place(CENSER, at=(0, 0, 1.0), turn=24),
                Place(STICK_HOLDER, at=(21, 6, 0), turn=15),
            ),
            elevation=12,
            fill=0.88,
            room=0.72,
        ),
    ),
    Piece(
        "chan-den-rong-xanh-reu",
        front=Shot(
            (
                Place(CANDLESTICKS[0], at=(-9.4, 0, 0), turn=12),
                Place(CANDLESTICKS[1], at=(9.4, 0, 0), turn=-12, seed=1),
            ),
            elevation=7,
            fill=0.84,
        ),
        detail=Shot((Place(CANDLESTICKS[0], turn=12),), elevation=9, close=(0.6, -2.5, 20.5, 12.5)),
        setting=Shot(
            (
                Place(LIT[0], at=(-17, 3, 0), turn=20),
                Place(LIT[1], at=(17, 3, 0), turn=-20, seed=1),
                Place((*INCENSE_BOWL, SAND, *STICKS), seed=2),
            ),
            elevation=8,
            fill=0.9,
            room=0.45,
        ),
    ),
    Piece(
        "mam-bong-men-ran-canh-sen",
        front=Shot((Place(FRUIT_STAND),), elevation=5, fill=0.84),
        detail=Shot((Place(FRUIT_STAND, turn=20),), elevation=-4, close=(1, -10, 9.6, 12)),
        setting=Shot(
            (
                Place(FRUIT_STAND, turn=40),
                *(
                    Place(shapes.fruit((x, y, z), r), turn=t)
                    for x, y, z, r, t in (
                        (-5.0, -2.4, 10.2, 3.0, 0),
                        (1.2, -5.4, 10.2, 3.1, 0),
                        (5.4, 0.8, 10.2, 3.0, 0),
                        (-0.6, 4.6, 10.2, 3.1, 0),
                        (0.2, -0.6, 14.0, 3.0, 0),
                    )
                ),
            ),
            elevation=14,
            fill=0.86,
        ),
    ),
    Piece(
        "bo-do-tho-men-ran-hoa-lam",
        front=Shot(
            (
                Place(SET_BOWL, at=(0, 2, 0)),
                Place(SET_VASE, at=(-18, 7, 0), turn=20),
                Place(SET_VASE, at=(18, 7, 0), turn=-20, seed=1),
                Place(SET_CANDLE, at=(-11.5, -10, 0), turn=30, seed=2),
                Place(SET_CANDLE, at=(11.5, -10, 0), turn=75, seed=3),
                Place(CUPS_ON_STAND, at=(0, -19, 0), seed=4),
            ),
            elevation=24,
            fill=0.9,
        ),
        detail=Shot((Place(SET_BOWL, turn=10),), elevation=8, close=(0, -8, 9.2, 11.5)),
        setting=Shot(
            (
                Place(SET_VASE, at=(-7, 3, 0), turn=60),
                Place(SET_CANDLE, at=(7.5, 3.5, 0), turn=10, seed=2),
                Place(CUPS_ON_STAND, at=(0.5, -10, 0), turn=20, seed=4),
            ),
            elevation=18,
            fill=0.86,
        ),
    ),
)
