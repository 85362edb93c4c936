"""Gốm Ngõ Rạn: crackle and ivory white."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import shapes
from ..forms import Lathe, Slab, Sweep
from ..piece import Piece
from ..studio import Place, Shot

TALL_NECK = (
    Lathe(
        profile=(
            (6.0, 0),
            (6.2, 0.8),
            (6.0, 2.0),
            (6.9, 5.5),
            (9.2, 11),
            (9.9, 15),
            (8.6, 19.5),
            (5.2, 23.4),
            (3.6, 27),
            (3.1, 32),
            (3.3, 36),
            (4.6, 39.2),
            (5.2, 40),
        ),
        glaze="men-ran",
        wall=0.55,
        bare_foot=0.7,
        decor=(d.incised_ring(24.4, -0.07, 0.3),),
        options=(("coarse", 2.8), ("fine", 0.95)),
        texture=3072,
    ),
)

RELIEF_VASE = (
    Lathe(
        profile=(
            (7.6, 0),
            (7.9, 1.0),
            (7.6, 3.0),
            (8.0, 6.0),
            (10.2, 13),
            (12.0, 20),
            (11.8, 25),
            (9.0, 28.8),
            (6.2, 30.4),
            (5.6, 32.0),
            (5.9, 34.4),
            (7.4, 35.6),
            (7.6, 36),
        ),
        glaze="men-ran",
        wall=0.6,
        bare_foot=0.6,
        decor=(
            d.relief_band(2.4, 5.0, "lappets", 18, 0.22),
            d.relief_band(16.8, 22.6, "flowers", 8, 0.34),
            d.relief_band(27.4, 29.8, "lappets", 18, 0.2),
        ),
        relief=True,
        options=(("coarse", 3.2), ("fine", 1.05), ("slip", 0.62)),
        texture=3072,
        around=512,
    ),
)

CANE_POT = (
    Lathe(
        profile=(
            (4.4, 0),
            (4.6, 0.5),
            (5.2, 1.0),
            (7.6, 3.6),
            (7.9, 5.8),
            (6.4, 8.2),
            (4.0, 9.3),
            (3.4, 9.6),
        ),
        glaze="trang-nga",
        wall=0.45,
        rings=2.0,
        decor=(d.incised_ring(8.7, 0.05),),
        texture=2048,
    ),
    Lathe(
        profile=(
            (3.9, 0),
            (4.0, 0.35),
            (3.3, 0.9),
            (1.5, 1.35),
            (0.6, 1.6),
            (0.55, 2.1),
            (1.1, 2.7),
            (0.8, 3.3),
            (0, 3.5),
        ),
        glaze="trang-nga",
        wall=0,
        bare_foot=0,
        texture=1024,
        at=(0, 0, 9.5),
    ),
    Sweep(
        ((6.2, 0, 3.8), (8.8, 0, 4.9), (10.2, 0, 7.0), (11.9, 0, 8.9)),
        (2.0, 1.5, 1.1, 0.88, 0.7),
        "trang-nga",
        hollow=True,
    ),
    *(
        Sweep(
            (
                (5.6 * x, -0.9, 8.4),
                (6.0 * x, -0.6, 10.2),
                (6.1 * x, 0, 10.9),
                (6.0 * x, 0.6, 10.2),
                (5.6 * x, 0.9, 8.4),
            ),
            (0.5, 0.42, 0.42, 0.42, 0.5),
            "trang-nga",
            texture=256,
        )
        for x in (1, -1)
    ),
    Sweep(
        (
            (6.0, 0, 10.0),
            (6.6, 0, 12.6),
            (5.2, 0, 16.4),
            (0, 0, 18.6),
            (-5.2, 0, 16.4),
            (-6.6, 0, 12.6),
            (-6.0, 0, 10.0),
        ),
        (0.5, 0.55, 0.6, 0.62, 0.6, 0.55, 0.5),
        "bamboo",
        texture=1024,
    ),
)
CUP = (
    Lathe(
        profile=((1.9, 0), (2.0, 0.5), (2.8, 1.2), (3.5, 2.8), (3.7, 4.6)),
        glaze="trang-nga",
        wall=0.28,
        bare_foot=0.35,
        rings=2.4,
        texture=1024,
    ),
)
FULL_CUP = (*CUP, shapes.tea(3.25, (0, 0, 3.6)))


def _flower_cut(u: float, z: float, size: float) -> list:
    """Six petals and an eye, cut through the wall about (u, z); ``size`` cm across."""
    around = 2 * math.pi * 9.6
    cuts = [(u, z, shapes.round_hole(0.24 * size))]
    for k in range(6):
        a = 2 * math.pi * k / 6
        du = 0.33 * size * math.sin(a) / around
        cuts.append(
            (u + du, z + 0.33 * size * math.cos(a), shapes.drop(0.24 * size, 0.34 * size, -a))
        )
    return cuts


_CUTS = (
    [cut for k in range(9) for cut in _flower_cut((k + 0.5) / 9, 13.2, 5.4)]
    + [(k / 9, z, shapes.drop(1.0, 1.9)) for k in range(9) for z in (9.2, 17.2)]
    + [((k + 0.5) / 18, 21.4, shapes.drop(0.75, 2.0)) for k in range(18)]
    + [((k + 0.5) / 18, 5.4, shapes.drop(0.75, 1.7)) for k in range(18)]
)
LAMP = (
    Lathe(
        profile=(
            (6.2, 0),
            (6.5, 0.8),
            (6.3, 1.8),
            (7.4, 4.2),
            (9.4, 9),
            (10.0, 13.2),
            (9.2, 18),
            (7.0, 22.6),
            (5.2, 25),
            (4.6, 26.6),
            (5.0, 28.6),
            (5.9, 29.7),
            (6.1, 30),
        ),
        glaze="trang-nga",
        wall=0.5,
        decor=(d.incised_ring(3.2, -0.09, 0.3), d.incised_ring(24.2, -0.09, 0.3)),
        pierced=tuple(_CUTS),
        texture=2048,
        around=320,
    ),
)
LIGHT = (
    Lathe(
        ((0.7, 11), (1.6, 12.2), (1.6, 13.8), (0.9, 14.8), (0, 15)),
        "lamp-light",
        wall=0,
        bare_foot=0,
        texture=64,
    ),
)

TALL_PAIR = (
    Lathe(
        profile=(
            (17.5, 0),
            (18.4, 1.6),
            (17.4, 6),
            (17.2, 14),
            (20.6, 34),
            (25.4, 58),
            (26.6, 72),
            (23.4, 84),
            (15.6, 91.5),
            (12.4, 96),
            (11.6, 103),
            (13.4, 112),
            (18.6, 118.4),
            (19.4, 120),
        ),
        glaze="men-ran",
        wall=1.3,
        bare_foot=1.6,
        decor=(
            d.lappets(3.0, 12.0, 16, "lotus"),
            d.bands((2.2, 0.4), (13.2, 0.3), (14.4, 0.8)),
            d.bands((36.5, 0.8), (38.2, 0.3), (77.4, 0.3), (79.2, 0.8)),
            d.landscape(39.0, 77.0, 5),
            d.ruyi(80.5, 88.0, 10),
            d.bands((89.0, 0.7), (97.0, 0.3)),
            d.lappets(98.0, 113.0, 10, "plantain"),
            d.fret(115.2, 118.2, 22),
        ),
        options=(("coarse", 9.0), ("fine", 3.2)),
        texture=4096,
    ),
)
STAND = (
    Lathe(
        ((19, 0), (21, 1), (20.4, 4), (22.4, 6), (22.6, 7.4, 1), (0, 7.4)),
        "wood",
        wall=0,
        bare_foot=0,
        texture=1024,
    ),
)
BENCH = (
    Slab((74, 30, 4), "wood", 0.6, (0, 0, 40)),
    Slab((64, 22, 5), "wood", 0.5, (0, 0, 33)),
    *(Slab((5, 5, 40), "wood", 0.5, (x, y, 0)) for x in (-31, 31) for y in (-10, 10)),
)

BRICK = (Slab((30, 30, 5), "moc", 0.35, options=(("burnt", 1), ("pits", 0.75))),)

PIECES = (
    Piece(
        "lo-men-ran-co-cao",
        front=Shot((Place(TALL_NECK),), elevation=6, fill=0.78),
        detail=Shot((Place(TALL_NECK),), elevation=8, azimuth=10, close=(1.2, -8.5, 16, 13)),
        setting=Shot(
            (Place(TALL_NECK, turn=80), Place(shapes.branch(30, (0, 0, 38), 31, 30))),
            elevation=6,
            fill=0.87,
        ),
    ),
    Piece(
        "binh-men-ran-dap-noi",
        front=Shot((Place(RELIEF_VASE),), elevation=7, fill=0.76),
        detail=Shot((Place(RELIEF_VASE),), elevation=8, azimuth=12, close=(2.0, -11, 20, 15)),
        setting=Shot(
            (
                Place(RELIEF_VASE, turn=50),
                Place(shapes.ruler(), at=(2, -19, 0), turn=5),
                Place(CUP, at=(18, -9, 0)),
            ),
            elevation=11,
            fill=0.85,
        ),
    ),
    Piece(
        "am-trang-nga-quai-tre",
        front=Shot(
            (
                Place(CANE_POT, turn=-14),
                Place(CUP, at=(-6.8, -11, 0), seed=1),
                Place(CUP, at=(3.0, -13, 0), seed=2),
            ),
            elevation=16,
            fill=0.8,
        ),
        detail=Shot(
            (Place(CANE_POT, turn=-14),), elevation=18, azimuth=12, close=(2.4, -3.5, 10, 14)
        ),
        setting=Shot(
            (
                Place(shapes.tray(40, 0, round_=True)),
                Place(CANE_POT, at=(-3, 4, 1), turn=-30),
                Place(FULL_CUP, at=(-6, -10, 1), seed=1),
                Place(FULL_CUP, at=(5, -9.5, 1), seed=2),
            ),
            elevation=27,
            fill=0.88,
        ),
    ),
    Piece(
        "loc-binh-men-ran",
        front=Shot(
            (Place(TALL_PAIR, at=(-30, 0, 0)), Place(TALL_PAIR, at=(30, 0, 0), seed=1, turn=180)),
            elevation=5,
            fill=0.86,
        ),
        detail=Shot((Place(TALL_PAIR),), elevation=5, azimuth=8, close=(2, -24, 60, 46)),
        setting=Shot(
            (
                *(Place((*STAND,), at=(x, 0, 0)) for x in (-66, 66)),
                Place(TALL_PAIR, at=(-66, 0, 7.4)),
                Place(TALL_PAIR, at=(66, 0, 7.4), seed=1, turn=180),
                Place(BENCH),
                Place(CANE_POT, at=(-6, 0, 44), turn=-20),
                Place(CUP, at=(15, -4, 44)),
                Place(CUP, at=(23, 1, 44), seed=1),
            ),
            elevation=6,
            fill=0.9,
        ),
    ),
    Piece(
        "den-trang-nga-truc-lo",
        front=Shot((Place(LAMP), Place(LIGHT)), elevation=6, fill=0.77, room=0.8),
        detail=Shot(
            (Place(LAMP), Place(LIGHT)), elevation=8, azimuth=10, close=(1.5, -9, 14, 14), room=0.85
        ),
        setting=Shot(
            (Place(LAMP, turn=20), Place(LIGHT), Place(FULL_CUP, at=(15, -9, 0), turn=0)),
            elevation=11,
            fill=0.82,
            room=0.32,
        ),
    ),
    Piece(
        "gach-bat-trang-lat-san",
        front=Shot(
            (
                *(
                    Place(BRICK, at=(-8, 10, 5.05 * k), turn=(-24, -20, -26)[k], seed=k)
                    for k in range(3)
                ),
                Place(BRICK, at=(9, -12, 14.6), tilt=72, turn=-8, seed=4),
            ),
            elevation=18,
            fill=0.86,
        ),
        detail=Shot((Place(BRICK, turn=-28),), elevation=34, close=(1, -13, 4, 15)),
        setting=Shot(
            (
                *(
                    Place(
                        BRICK,
                        at=(31 * x, 31 * y, 0),
                        seed=20 + (2 * x + y) % 5,
                        turn=90 * ((x + 3 * y) % 4) + 0.6 * ((x * 7 + y * 3) % 3 - 1),
                    )
                    for x in range(-1, 2)
                    for y in range(-1, 2)
                ),
                Place(TALL_NECK, at=(6, 12, 5)),
            ),
            elevation=36,
            azimuth=32,
            fill=0.9,
        ),
        model=Shot((Place(BRICK, turn=-28),), elevation=30, fill=0.78),
    ),
)
