"""Xưởng Giàn Sương: lamps and small ware in celadon, ivory and crackle."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import openwork, plants, shapes
from .. import surface_relief as c
from ..forms import Lathe, Lobes, Sweep
from ..piece import Piece
from ..studio import Place, Shot

OIL_BURNER = (
    Lathe(
        profile=(
            (4.7, 0),
            (4.9, 0.6),
            (4.8, 1.3),
            (5.7, 3.4),
            (6.1, 6.2),
            (5.6, 9.0),
            (4.5, 11.2),
            (4.2, 12.0),
        ),
        glaze="men-ngoc",
        wall=0.4,
        decor=(d.incised_ring(1.7, -0.08, 0.25), d.incised_ring(10.9, -0.08, 0.25)),
        pierced=(
            (0.5, 4.3, openwork.door(4.6, 4.8)),
            *openwork.dew(22, 2.9, 9.9, 5.9, (0.41, 0.59), 4),
            *((u, 8.6, shapes.round_hole(0.5)) for u in (0.472, 0.528)),
            (0.5, 9.3, shapes.round_hole(0.4)),
        ),
        bare_foot=0.45,
        texture=2048,
    ),
    Lathe(
        profile=((2.2, 0), (3.3, 0.4), (5.2, 1.7), (6.2, 2.8), (6.5, 3.3)),
        glaze="men-ngoc",
        wall=0.34,
        bare_foot=0,
        planar=True,
        inside_decor=(c.whirl(5.4, 9, 0.05),),
        texture=1536,
        at=(0, 0, 10.95),
    ),
)
OIL = Lathe(
    ((3.4, 0), (4.9, 0.9, 1), (0, 0.9)),
    "scented-oil",
    wall=0,
    bare_foot=0,
    texture=64,
    at=(0, 0, 11.85),
    off_round=0,
    rings=0,
)
TEALIGHT = (
    Lathe(
        ((1.8, 0), (1.9, 0.1), (1.9, 1.4, 1), (1.7, 1.4, 1), (1.65, 1.1), (0, 1.1)),
        "brass",
        wall=0,
        bare_foot=0,
        texture=128,
        at=(0, 0, 0.75),
    ),
    Lathe(
        ((1.6, 0), (1.6, 0.3), (0, 0.3)), "wax", wall=0, bare_foot=0, texture=64, at=(0, 0, 1.75)
    ),
    Lathe(
        ((0.1, 0), (0.34, 0.6), (0.25, 1.2), (0.02, 2.0)),
        "flame",
        wall=0,
        bare_foot=0,
        texture=64,
        at=(0, 0, 2.15),
    ),
    Lathe(
        ((0.1, 0), (0.5, 0.4), (0.4, 0.8), (0, 1.0)),
        "lamp-light",
        wall=0,
        bare_foot=0,
        texture=64,
        at=(0, 1.2, 5.6),
    ),
)

_STEMS = ((0.02, 0.8), (0.19, -0.7), (0.35, 0.9), (0.52, -0.8), (0.69, 0.7), (0.86, -0.9))
_LEAVES = [
    cut
    for k, (u, lean) in enumerate(_STEMS)
    for j, (z, way) in enumerate(((22.2, 1), (18.9, -1), (15.5, 1), (12.1, -1), (8.7, 1)))
    for cut in openwork.spray(
        u + (0.016 * lean * (z - 4) / 18) + 0.016 * way,
        z - 0.5 * (k % 2),
        8.5,
        way,
        2.3,
        7 * k + j,
    )
]
NIGHT_LAMP = (
    Lathe(
        profile=(
            (6.4, 1.6),
            (6.8, 2.0),
            (7.6, 3.6),
            (8.5, 8.0),
            (8.8, 14.0),
            (8.4, 19.0),
            (7.0, 23.4),
            (4.8, 26.2),
            (3.2, 27.2),
            (2.7, 27.6),
        ),
        glaze="trang-nga",
        wall=0.42,
        decor=(
            *(c.incised_bamboo(u, 3.6, 23.6, lean, 0.09) for u, lean in _STEMS),
            d.incised_ring(3.0, -0.07, 0.25),
        ),
        pierced=tuple(_LEAVES),
        bare_foot=0,
        texture=2048,
        around=320,
    ),
    Lathe(
        ((7.4, 0), (7.7, 0.3), (7.7, 1.5), (7.3, 1.8), (6.7, 1.8, 1), (0, 1.8)),
        "wood",
        wall=0,
        bare_foot=0,
        texture=512,
    ),
)
BULB = (
    Lathe(
        ((0.7, 9), (1.6, 10.2), (1.7, 12.4), (0.9, 13.8), (0, 14)),
        "lamp-light",
        wall=0,
        bare_foot=0,
        texture=64,
    ),
)

COFFEE_CUP = (
    Lathe(
        profile=((2.9, 0), (3.1, 0.4), (3.7, 1.3), (4.15, 3.8), (4.2, 6.4), (4.35, 7.6)),
        glaze="men-nau",
        inside="trang-nga",
        wall=0.32,
        decor=(d.incised_ring(1.9, 0.05, 0.2),),
        options=(("mottle", 0.7),),
        bare_foot=0.5,
        rings=1.8,
        texture=1536,
    ),
)
DRIPPER = (
    Lathe(
        profile=(
            (3.2, 0),
            (3.4, 0.3),
            (3.5, 0.9),
            (5.4, 1.1),
            (5.75, 1.4),
            (5.5, 1.75),
            (3.9, 1.8),
            (3.5, 2.3),
            (3.6, 4.4),
            (3.75, 7.4),
            (3.9, 8.0),
        ),
        glaze="men-nau",
        inside="trang-nga",
        wall=0.3,
        decor=(d.incised_ring(5.2, 0.05, 0.2), d.incised_ring(5.7, 0.05, 0.2)),
        options=(("mottle", 0.7),),
        bare_foot=0.3,
        rings=1.8,
        texture=1536,
    ),
)
HOLES = tuple(
    Lathe(
        ((0.1, 0), (0.1, 0.3), (0, 0.3)),
        "soil",
        wall=0,
        bare_foot=0,
        texture=64,
        around=16,
        at=(ring * math.cos(angle), ring * math.sin(angle), 0.2),
    )
    for ring, many in ((0.0, 1), (0.78, 6), (1.56, 12), (2.34, 18))
    for angle in (2 * math.pi * (k + 0.5 * (many % 4 == 2)) / many for k in range(many))
)
DRIPPER_LID = (
    Lathe(
        profile=(
            (3.9, 0),
            (4.15, 0.25),
            (4.0, 0.6),
            (2.6, 1.1),
            (0.9, 1.4),
            (0.7, 1.8),
            (1.05, 2.4),
            (0.8, 2.8),
            (0, 2.9),
        ),
        glaze="men-nau",
        wall=0,
        options=(("mottle", 0.6),),
        bare_foot=0,
        texture=1024,
    ),
)
BREWING = (
    Place(COFFEE_CUP),
    Place((*DRIPPER, *HOLES), at=(0, 0, 6.55)),
)
COFFEE = Lathe(
    ((3.6, 0), (3.8, 0.5, 1), (0, 0.5)),
    "coffee",
    wall=0,
    bare_foot=0,
    texture=64,
    at=(0, 0, 5.2),
    off_round=0,
    rings=0,
)
SPOON = (
    Sweep(
        ((-6.2, 0, 0.3), (-2, 0, 0.55), (2.5, 0, 0.5), (4.2, 0, 0.35)),
        (0.16, 0.13, 0.15, 0.12),
        "brass",
        flat=1.6,
        texture=96,
    ),
    Sweep(
        ((3.6, 0, 0.42), (5.0, 0, 0.3), (6.6, 0, 0.4)),
        (0.1, 0.32, 0.34, 0.1),
        "brass",
        flat=2.8,
        texture=96,
    ),
)

_FLAT_12 = (1 - math.cos(math.pi / 12)) / 2
_FLAT_10 = (1 - math.cos(math.pi / 10)) / 2
FACET_POT = (
    Lathe(
        profile=(
            (3.7, 0),
            (3.9, 0.5),
            (5.2, 1.6),
            (6.5, 4.0),
            (6.5, 5.8),
            (5.9, 7.2),
            (5.9, 7.9),
            (6.5, 8.6),
            (6.8, 9.0),
        ),
        glaze="men-ngoc",
        wall=0.36,
        lobes=Lobes(12, 1.9 * _FLAT_12, low=0.9, high=7.0, kind="facet"),
        bare_foot=0.4,
        rings=0.4,
        texture=3072,
        around=384,
    ),
    Lathe(
        profile=(
            (5.4, 0),
            (5.75, 0.2),
            (5.8, 0.45),
            (4.4, 1.2),
            (2.2, 1.75),
            (0.75, 1.95),
            (0.7, 2.4),
            (1.35, 2.9),
            (1.4, 3.35),
            (0.9, 3.6),
            (0, 3.65),
        ),
        glaze="men-ngoc",
        wall=0,
        bare_foot=0,
        texture=1024,
        at=(0, 0, 7.75),
    ),
    Sweep(
        ((4.6, 0, 3.8), (7.4, 0, 4.6), (9.3, 0, 6.2), (11.0, 0, 8.5)),
        (1.9, 1.35, 1.0, 0.85, 0.75),
        "men-ngoc",
        hollow=True,
    ),
)
FACET_CUP = (
    Lathe(
        profile=((2.1, 0), (2.3, 0.4), (3.0, 1.3), (3.35, 3.2), (3.6, 5.2)),
        glaze="men-ngoc",
        wall=0.26,
        lobes=Lobes(10, 1.6 * _FLAT_10, low=0.8, high=4.6, kind="facet"),
        bare_foot=0.3,
        rings=0.4,
        texture=1536,
        around=320,
    ),
)
FACET_TEA = (*FACET_CUP, shapes.tea(3.15, (0, 0, 4.1)))

DIPPED_CUP = (
    Lathe(
        profile=((2.7, 0), (3.0, 0.4), (3.9, 1.5), (4.2, 4.0), (3.95, 6.8), (4.1, 9.2)),
        glaze="ran-nhung-nau",
        inside="men-ran",
        wall=0.32,
        options=(("level", 3.3), ("coarse", 1.7), ("fine", 0.6)),
        bare_foot=0.55,
        rings=1.8,
        texture=2048,
    ),
)
DIPPED_TEA = (*DIPPED_CUP, shapes.tea(3.6, (0, 0, 7.6)))

FLOWER_BOWL = (
    Lathe(
        profile=(
            (8.8, 0),
            (9.2, 0.9),
            (10.6, 1.5),
            (13.8, 3.2),
            (15.1, 5.6),
            (15.3, 7.8),
            (15.0, 8.6),
        ),
        glaze="men-ngoc",
        wall=0.55,
        bare_foot=0.35,
        planar=True,
        decor=(c.incised_waves(2.3, 7.7, 13, 0.12),),
        inside_decor=(c.whirl(12.0, 14, 0.1),),
        rings=0.6,
        texture=3072,
    ),
)
FILLED = (*FLOWER_BOWL, plants.pool(14.3, (0, 0, 5.8), "shallows"))
FROG = Lathe(
    ((3.0, 0), (3.1, 0.3), (3.1, 1.6), (2.8, 1.8), (0, 1.8)),
    "bark",
    wall=0,
    bare_foot=0,
    texture=64,
    at=(-4.5, 1.5, 0.8),
)

PIECES = (
    Piece(
        "den-xong-tinh-dau-men-ngoc",
        front=Shot((Place(OIL_BURNER), Place(TEALIGHT)), elevation=12, fill=0.76, room=0.85),
        detail=Shot(
            (Place(OIL_BURNER), Place(TEALIGHT)),
            elevation=10,
            azimuth=24,
            close=(1.6, -4.4, 7.2, 11),
            room=0.75,
        ),
        setting=Shot(
            (
                Place(shapes.tray(24, 0, round_=True)),
                Place((*OIL_BURNER, OIL), at=(-1.5, 1.5, 1), turn=24),
                Place(TEALIGHT, at=(-1.5, 1.5, 1)),
                Place(shapes.fruit((0, 0, 0), 2.4), at=(7.4, -4.6, 1), turn=70),
            ),
            elevation=19,
            fill=0.84,
            room=0.5,
        ),
    ),
    Piece(
        "den-ngu-trang-nga-la-truc",
        front=Shot((Place(NIGHT_LAMP), Place(BULB)), elevation=6, fill=0.77, room=0.7),
        detail=Shot(
            (Place(NIGHT_LAMP), Place(BULB)),
            elevation=7,
            azimuth=10,
            close=(1.2, -8.4, 15.6, 13),
            room=0.75,
        ),
        setting=Shot(
            (
                Place(NIGHT_LAMP, turn=70),
                Place(BULB),
                Place(DIPPED_TEA, at=(14.5, -8, 0), turn=40),
            ),
            elevation=10,
            fill=0.84,
            room=0.28,
        ),
    ),
    Piece(
        "phin-ca-phe-men-nau",
        front=Shot(
            (*BREWING, Place(DRIPPER_LID, at=(0, 0, 14.5))),
            elevation=13,
            fill=0.76,
        ),
        detail=Shot(BREWING, elevation=66, azimuth=12, close=(0, -0.6, 11, 13)),
        setting=Shot(
            (
                Place(shapes.tray(29, 18)),
                Place((*COFFEE_CUP, COFFEE), at=(8.4, -1.5, 1), seed=1, turn=60),
                Place(COFFEE_CUP, at=(-6.5, 1.5, 1)),
                Place((*DRIPPER, *HOLES), at=(-6.5, 1.5, 7.55), turn=40),
                Place(DRIPPER_LID, at=(1.6, 4.8, 1)),
                Place(SPOON, at=(2.2, -5.6, 1), turn=14),
            ),
            elevation=25,
            fill=0.88,
        ),
    ),
    Piece(
        "am-khong-quai-men-ngoc",
        front=Shot(
            (
                Place(FACET_POT, turn=-16),
                Place(FACET_CUP, at=(-8.6, -9.5, 0), turn=8, seed=1),
                Place(FACET_CUP, at=(-0.6, -14.5, 0), turn=50, seed=2),
            ),
            elevation=18,
            fill=0.82,
        ),
        detail=Shot((Place(FACET_POT, turn=70),), elevation=14, close=(0.5, -6, 5.6, 12)),
        setting=Shot(
            (
                Place(shapes.tray(38, 26)),
                Place(FACET_POT, at=(-5, 3, 1), turn=-14),
                *(
                    Place(FACET_TEA, at=(x, y, 1), turn=31 * k, seed=k + 3)
                    for k, (x, y) in enumerate(((11, 7.0), (14, -1.0), (8.4, -7.6), (-6.5, -8.4)))
                ),
            ),
            elevation=31,
            fill=0.88,
        ),
    ),
    Piece(
        "doi-coc-ran-nhung-nau",
        front=Shot(
            (
                Place(DIPPED_CUP, at=(-4.6, 2, 0), turn=20),
                Place(DIPPED_CUP, at=(4.6, -2.4, 0), turn=190, seed=1),
            ),
            elevation=15,
            fill=0.84,
        ),
        detail=Shot((Place(DIPPED_CUP, turn=20),), elevation=10, close=(0.6, -4, 4.3, 8.5)),
        setting=Shot(
            (
                Place(shapes.slatted_tray(26, 17)),
                Place(DIPPED_TEA, at=(-5.6, 1, 2.6), turn=20),
                Place(DIPPED_TEA, at=(5.4, -1.2, 2.6), turn=190, seed=1),
            ),
            elevation=24,
            fill=0.86,
        ),
    ),
    Piece(
        "bat-cam-hoa-men-ngoc-song",
        front=Shot((Place(FLOWER_BOWL),), elevation=24, fill=0.88),
        detail=Shot((Place(FLOWER_BOWL),), elevation=12, azimuth=14, close=(3.5, -13.5, 4.6, 11)),
        setting=Shot(
            (
                Place((*FILLED, FROG)),
                Place(shapes.branch(30, (-4.5, 1.5, 11), 12, 30)),
                Place(plants.grass(6, 17, (-3.6, 0.6, 5), 8)),
            ),
            elevation=15,
            fill=0.86,
        ),
    ),
)
