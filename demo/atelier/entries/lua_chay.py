"""Lò Lửa Chảy: flowing, flambé and dark-bronze glazes."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import plants, shapes
from .. import surface_relief as c
from ..forms import Lathe, Sweep, Vector
from ..piece import Piece
from ..studio import Place, Shot


def _ring_lug(turn: float) -> tuple[Sweep, Sweep]:
    """A lug on the bronze vase's shoulder and the ring hanging from it against the wall."""
    lug = Sweep(
        (
            (0, -8.4, 24.6),
            (0, -11.2, 25.9),
            (0, -12.8, 25.2),
            (0, -13.1, 23.9),
            (0, -12.0, 22.9),
            (0, -10.8, 22.4),
        ),
        (1.5, 1.15, 0.72, 0.62, 0.62, 0.75),
        "dong-den",
        flat=1.7,
        turn=turn,
        texture=512,
    )
    ring: list[Vector] = []
    for k in range(21):
        a = 2 * math.pi * (k / 20 + 0.25)
        across, up = 2.25 * math.cos(a), 2.25 * math.sin(a)
        ring.append((across, -13.45 + 0.36 * up, 22.55 + 0.93 * up))
    band = (0.36, *(0.4,) * 9, 0.36)
    return lug, Sweep(tuple(ring), band, "dong-den", turn=turn, texture=512)


BRONZE_VASE = (
    Lathe(
        profile=(
            (9.6, 0),
            (9.8, 1.6),
            (8.6, 2.6),
            (8.6, 3.6),
            (10.6, 6.4),
            (13.4, 11.4),
            (14.2, 16.4),
            (13.0, 21.4),
            (10.2, 26.0),
            (8.0, 29.6),
            (7.5, 32.4),
            (8.3, 35.6),
            (9.9, 37.4),
            (10.0, 38.0),
        ),
        glaze="dong-den",
        wall=0.6,
        decor=(
            c.cords((4.6, 0.5, 0.2), (9.4, 0.6, 0.24), (13.6, 0.6, 0.24)),
            c.raised_fret(9.9, 13.1, 22, 0.2),
            c.cords((19.0, 0.6, 0.24), (22.0, 0.6, 0.24), (29.2, 0.5, 0.22), (30.4, 0.5, 0.22)),
            c.bosses(20.5, 30, 1.25, 0.34),
            c.cords((37.2, 0.7, 0.16)),
        ),
        relief=True,
        bare_foot=0.5,
        texture=3072,
    ),
    *_ring_lug(90),
    *_ring_lug(-90),
)

FLAMBE_BOTTLE = (
    Lathe(
        profile=(
            (5.2, 0),
            (5.5, 0.7),
            (5.4, 1.6),
            (7.6, 4.0),
            (9.9, 8.4),
            (9.8, 12.2),
            (7.0, 16.4),
            (3.6, 19.4),
            (2.45, 22.6),
            (2.2, 26.6),
            (2.5, 28.8),
            (3.35, 30.6),
            (3.2, 32.4),
            (2.1, 33.6),
            (1.9, 34.0),
        ),
        glaze="hoa-bien",
        wall=0.5,
        bare_foot=0.8,
        rings=1.4,
        texture=3072,
    ),
)


def _paw(turn: float) -> tuple[Sweep, ...]:
    """A lion's foot under the planter: a knee, a shin and three toes."""
    leg = Sweep(
        ((0, -9.6, 7.4), (0, -12.2, 5.6), (0, -11.6, 3.2), (0, -11.9, 1.1), (0, -12.3, 0.55)),
        (3.0, 2.5, 1.6, 1.45, 1.0),
        "men-nau",
        flat=1.1,
        turn=turn,
        options=(("mottle", 0.6),),
    )
    toes = tuple(
        Sweep(
            ((0.9 * x, -11.6, 1.1), (1.15 * x, -12.9, 1.0), (1.25 * x, -13.6, 0.25)),
            (0.95, 0.92, 0.55),
            "men-nau",
            turn=turn,
            texture=256,
        )
        for x in (-1.15, 0, 1.15)
    )
    return leg, *toes


PLANTER = (
    Lathe(
        profile=(
            (8.6, 3.4),
            (9.6, 3.8),
            (12.0, 6.2),
            (14.4, 11.0),
            (15.2, 16.0),
            (14.8, 19.4),
            (14.9, 20.6),
            (16.6, 21.4),
            (17.0, 21.8),
            (16.9, 22.6),
        ),
        glaze="chay-nau-ngoai-nga",
        inside="men-nau",
        wall=0.8,
        decor=(d.incised_ring(18.9, -0.14, 0.4),),
        options=(("level", 0.72), ("reach", 8.0), ("mottle", 0.8)),
        bare_foot=0,
        rings=0.6,
        texture=3072,
    ),
    *(part for turn in (0, 120, 240) for part in _paw(turn)),
)
DRAIN = (Sweep(((0, 0, 3.8), (0, 0, 4.3), (0, 0, 4.74)), (1.0, 1.0), "soil", texture=64),)
SOIL = shapes.heap(14.2, 1.4, (0, 0, 18.6), "soil")

CROCK = (
    Lathe(
        profile=(
            (9.6, 0),
            (9.9, 0.8),
            (11.8, 5.0),
            (14.0, 12.0),
            (14.3, 18.0),
            (12.6, 23.4),
            (10.2, 26.2),
            (9.9, 27.0),
            (12.0, 28.0),
            (13.2, 30.4),
            (13.2, 31.1),
            (12.6, 31.0),
            (11.9, 29.3),
            (10.6, 28.3),
            (9.0, 28.6),
            (8.5, 30.0),
            (8.5, 32.0),
        ),
        glaze="men-nau",
        wall=0.65,
        decor=(
            d.incised_ring(20.6, 0.1, 0.35),
            d.incised_ring(21.5, 0.1, 0.35),
            c.combed_wave(18.2, 9, 1.5, 0.13),
        ),
        bare_foot=1.1,
        rings=2.0,
        texture=3072,
    ),
    Lathe(
        profile=(
            (9.75, 0),
            (10.15, 0.3),
            (10.2, 1.6),
            (9.9, 4.2),
            (8.4, 6.4),
            (5.2, 7.8),
            (2.6, 8.3),
            (2.3, 8.8),
            (2.7, 9.6),
            (3.9, 10.3),
            (4.1, 10.8),
            (3.7, 11.1),
            (2.6, 10.7),
            (0, 10.4),
        ),
        glaze="men-nau",
        wall=0,
        decor=(d.incised_ring(5.4, 0.08, 0.3),),
        bare_foot=0,
        texture=1536,
        at=(0, 0, 28.7),
    ),
    *(
        Sweep(
            (
                (-3.9, -11.3, 23.5),
                (-3.3, -12.9, 23.3),
                (0, -14.5, 23.5),
                (3.3, -12.9, 23.3),
                (3.9, -11.3, 23.5),
            ),
            (1.5, 1.05, 0.85, 1.05, 1.5),
            "men-nau",
            flat=1.2,
            turn=turn,
            options=(("mottle", 0.5),),
        )
        for turn in (90, 270)
    ),
)

MOAT = plants.pool(12.3, (0, 0, 30.2))

EGGPLANTS = (
    (-4.4, 2.0, 1.0, 3.6),
    (-0.4, 4.2, 1.0, 3.3),
    (4.0, 2.2, 1.0, 3.7),
    (-2.6, -2.4, 1.0, 3.8),
    (1.6, -4.6, 1.0, 3.4),
    (4.8, -2.0, 1.0, 3.3),
    (0.6, 0.2, 1.0, 3.5),
    (-6.6, -1.2, 1.0, 3.2),
)

BASIN = (
    Lathe(
        profile=(
            (17.0, 0),
            (17.4, 1.2),
            (17.2, 3.0),
            (20.4, 8.0),
            (25.0, 16.0),
            (27.6, 25.0),
            (27.4, 31.0),
            (26.4, 33.6),
            (26.6, 34.6),
            (28.8, 35.4),
            (29.4, 36.2),
            (29.2, 37.4),
            (28.6, 38.0),
        ),
        glaze="chay-reu-ngoai-nau",
        inside="men-nau",
        wall=1.1,
        decor=(c.cords((30.4, 0.9, 0.3), (7.6, 0.8, 0.25)), c.rope(24.6, 1.7, 0.55)),
        relief=True,
        options=(("level", 0.8), ("reach", 15.0), ("broad", 1.7)),
        bare_foot=1.3,
        rings=1.6,
        texture=3072,
    ),
)
LOTUS_POOL = (
    plants.pool(26.2, (0, 0, 34.2)),
    *(
        plants.lotus_leaf(size, (x, y, z), k)
        for k, (x, y, z, size) in enumerate(
            ((-9, -11, 34.4, 19), (12, -6, 34.4, 17), (-4, 12, 46, 24), (-19, 3, 41, 18))
        )
    ),
    plants.stalk((-2, 8, 33), (-4, 12, 46.1), 0.42),
    plants.stalk((-14, 4, 33), (-19, 3, 41.1), 0.38),
    plants.stalk((6, 4, 33), (8, 3, 54), 0.45),
    *plants.lotus_flower(17, (8, 3, 54)),
    plants.stalk((1, -2, 33), (-2.5, -4, 47.5), 0.36),
    plants.lotus_bud(6.5, (-2.5, -4, 47.3)),
)


def _bud_vase(profile: tuple, glaze: str, level: float, reach: float) -> tuple:
    return (
        Lathe(
            profile=profile,
            glaze=glaze,
            wall=0.35,
            options=(("level", level), ("reach", reach), ("broad", 0.5), ("runs", 1.2)),
            bare_foot=0.6,
            rings=1.4,
            texture=2048,
        ),
    )


BUD_VASES = (
    _bud_vase(
        (
            (2.9, 0),
            (3.1, 0.5),
            (3.5, 2.0),
            (3.7, 6.0),
            (3.3, 10.4),
            (2.0, 12.6),
            (1.35, 14.0),
            (1.3, 16.4),
            (1.9, 17.8),
            (2.0, 18.0),
        ),
        "chay-lam-ngoai-nau",
        0.6,
        5.5,
    ),
    _bud_vase(
        (
            (3.0, 0),
            (3.2, 0.5),
            (4.9, 2.4),
            (5.6, 4.8),
            (4.8, 7.2),
            (2.4, 8.8),
            (1.35, 9.8),
            (1.25, 11.2),
            (1.8, 12.0),
        ),
        "chay-nga-ngoai-reu",
        0.62,
        3.6,
    ),
    _bud_vase(
        (
            (2.6, 0),
            (2.8, 0.5),
            (2.6, 1.2),
            (3.2, 3.2),
            (4.6, 7.0),
            (4.9, 9.8),
            (4.0, 11.8),
            (1.9, 12.8),
            (1.4, 13.6),
            (1.5, 14.4),
            (1.9, 15.0),
        ),
        "chay-nau-ngoai-nga",
        0.66,
        5.0,
    ),
)


PIECES = (
    Piece(
        "binh-dong-den-hai-tai",
        front=Shot((Place(BRONZE_VASE, turn=-42),), elevation=8, fill=0.77),
        detail=Shot(
            (Place(BRONZE_VASE, turn=-50),), elevation=9, azimuth=8, close=(3.4, -11, 22.5, 17)
        ),
        setting=Shot(
            (
                Place(BRONZE_VASE, turn=38),
                Place(shapes.branch(34, (0, 0, 36), 17, 46)),
            ),
            elevation=7,
            fill=0.87,
        ),
    ),
    Piece(
        "lo-hoa-bien-mieng-toi",
        front=Shot((Place(FLAMBE_BOTTLE),), elevation=6, fill=0.77),
        detail=Shot((Place(FLAMBE_BOTTLE),), elevation=9, azimuth=10, close=(1.0, -8, 13, 16)),
        setting=Shot(
            (
                Place(FLAMBE_BOTTLE, turn=120),
                Place(shapes.ruler(), at=(4, -15, 0), turn=-6),
                Place(shapes.fruit((0, 0, 0), 3.0), at=(14.5, -5.5, 0), turn=20),
            ),
            elevation=11,
            fill=0.85,
        ),
    ),
    Piece(
        "chau-ba-chan-men-chay",
        front=Shot((Place((*PLANTER, *DRAIN), turn=-24),), elevation=13, fill=0.84),
        detail=Shot(
            (Place((*PLANTER, *DRAIN), turn=-24),),
            elevation=10,
            azimuth=-12,
            close=(-4, -13, 9, 17),
        ),
        setting=Shot(
            (
                Place((*PLANTER, *DRAIN, SOIL), turn=20),
                Place(plants.strap_leaves(22, 36, (0, 0, 19.4), 5)),
            ),
            elevation=10,
            fill=0.88,
        ),
    ),
    Piece(
        "vai-muoi-dua-nap-nuoc",
        front=Shot((Place(CROCK, turn=-28),), elevation=10, fill=0.8),
        detail=Shot(
            (Place((*CROCK, MOAT), turn=-28),), elevation=30, azimuth=6, close=(2, -9, 29, 20)
        ),
        setting=Shot(
            (
                Place(CROCK, turn=24),
                Place(shapes.tray(22, 0, round_=True), at=(25, -13, 0)),
                *(
                    Place(plants.pea_eggplant((25 + x, -13 + y, z), size), turn=0, seed=k)
                    for k, (x, y, z, size) in enumerate(EGGPLANTS)
                ),
            ),
            elevation=13,
            fill=0.88,
        ),
    ),
    Piece(
        "ang-tha-sen-men-reu-chay",
        front=Shot((Place(BASIN),), elevation=14, fill=0.86),
        detail=Shot((Place(BASIN),), elevation=10, azimuth=12, close=(5, -25, 26, 26)),
        setting=Shot((Place((*BASIN, *LOTUS_POOL)),), elevation=22, fill=0.88),
    ),
    Piece(
        "bo-ba-lo-nho-men-chay",
        front=Shot(
            (
                Place(BUD_VASES[0], at=(-7.2, 3.5, 0)),
                Place(BUD_VASES[2], at=(6.4, 2.6, 0), seed=2, turn=40),
                Place(BUD_VASES[1], at=(-0.4, -8.2, 0), seed=1, turn=80),
            ),
            elevation=13,
            fill=0.86,
        ),
        detail=Shot(
            (Place(BUD_VASES[2], turn=40, seed=2), Place(BUD_VASES[0], at=(-9.2, 3, 0))),
            elevation=9,
            azimuth=0,
            close=(-0.6, -4, 7.6, 11.5),
        ),
        setting=Shot(
            (
                Place(shapes.tray(38, 15)),
                Place(BUD_VASES[0], at=(-12, 0.4, 1)),
                Place(BUD_VASES[1], at=(0.6, -0.6, 1), seed=1, turn=80),
                Place(BUD_VASES[2], at=(12.4, 0.4, 1), seed=2, turn=40),
                Place(
                    (
                        plants.stalk((-12, 0.4, 12), (-10.6, 0, 27.6), 0.24),
                        plants.lotus_bud(5.2, (-10.6, 0, 27.4)),
                    )
                ),
                Place(plants.grass(5, 17, (0.6, -0.6, 12), 2)),
            ),
            elevation=12,
            fill=0.88,
        ),
    ),
)
