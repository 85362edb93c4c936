"""Lò Bầu Đỏ: iron brown and flowing glazes."""

from __future__ import annotations

from .. import decoration as d
from .. import shapes
from ..forms import Lathe, Sweep
from ..piece import Piece
from ..studio import Place, Shot

FLOWING_JAR = (
    Lathe(
        profile=(
            (9.2, 0),
            (9.0, 1.2),
            (9.6, 4),
            (12.4, 11),
            (16.4, 20),
            (17.9, 26),
            (16.6, 30.5),
            (12.0, 33.2),
            (9.4, 33.9),
            (9.2, 34.8),
            (10.0, 35.6),
            (10.1, 36),
        ),
        glaze="men-chay",
        inside="men-nau",
        wall=0.8,
        options=(("level", 0.73), ("reach", 9.0)),
        bare_foot=0.9,
        rings=1.6,
        texture=3072,
    ),
)

EEL_BOTTLE = (
    Lathe(
        profile=(
            (4.6, 0),
            (4.9, 0.8),
            (4.7, 2.2),
            (5.3, 6),
            (6.3, 12),
            (6.4, 17),
            (5.0, 21.5),
            (2.7, 24.5),
            (1.9, 27),
            (1.8, 30),
            (2.5, 32.2),
            (3.2, 33),
        ),
        glaze="da-luon",
        decor=(d.incised_ring(20.2), d.incised_ring(20.9), d.incised_ring(24.6, -0.06, 0.3)),
        wall=0.45,
        bare_foot=0.9,
        rings=2.2,
        texture=3072,
    ),
)


def _mug(glaze: str) -> tuple:
    return (
        Lathe(
            profile=((3.4, 0), (3.7, 0.3), (3.9, 1.5), (4.05, 4.5), (3.9, 7.6), (3.95, 9.4)),
            glaze=glaze,
            decor=(d.dipped(1.9, 0.25), d.incised_ring(2.6, 0.03), d.incised_ring(7.9, 0.03)),
            wall=0.32,
            rings=2.6,
            texture=2048,
        ),
        Sweep(
            ((3.6, 0, 8.0), (5.9, 0, 8.7), (7.1, 0, 6.6), (6.4, 0, 4.0), (3.7, 0, 2.9)),
            (0.62, 0.45, 0.42, 0.42, 0.6),
            glaze,
            flat=1.7,
            options=(("mottle", 0.6),),
        ),
    )


MUG, IVORY_MUG = _mug("men-nau"), _mug("trang-nga")
COFFEE = shapes.tea(3.55, (0, 0, 8.2))

LUG = ((-2.0, -0.3, 0.2), (-1.7, -1.5, 0.7), (0, -2.1, 0.9), (1.7, -1.5, 0.7), (2.0, -0.3, 0.2))
LIDDED_JAR = (
    Lathe(
        profile=(
            (10.6, 0),
            (10.4, 1.2),
            (10.8, 4.5),
            (13.6, 14),
            (16.6, 25),
            (17.2, 31),
            (15.4, 36),
            (11.0, 39.2),
            (9.2, 40.0),
            (9.0, 41.2),
        ),
        glaze="men-nau",
        decor=(
            d.relief_band(29.4, 33.2, "clouds", 9, 0.2, bare=False),
            d.incised_ring(35.6, -0.14, 0.35),
            d.incised_ring(5.4, 0.08, 0.3),
        ),
        wall=0.8,
        relief=True,
        bare_foot=1.1,
        rings=1.6,
        texture=3072,
    ),
    Lathe(
        profile=(
            (10.1, 0),
            (10.3, 0.5),
            (9.6, 1.5),
            (6.4, 3.4),
            (2.6, 4.6),
            (1.5, 5.1),
            (1.3, 5.7),
            (2.1, 6.7),
            (1.7, 7.8),
            (0.6, 8.4),
            (0, 8.5),
        ),
        glaze="men-nau",
        decor=(d.incised_ring(2.4, 0.08, 0.25), d.incised_ring(3.9, -0.1, 0.3)),
        wall=0,
        bare_foot=0,
        texture=1536,
        at=(0, 0, 40.4),
    ),
    *(
        Sweep(
            tuple((x, y - 14.4, z + 36.4) for x, y, z in LUG),
            (1.0, 0.85, 0.8, 0.85, 1.0),
            "men-nau",
            flat=1.3,
            turn=t,
            options=(("mottle", 0.5),),
        )
        for t in (45, 135, 225, 315)
    ),
)

CANDLESTICK = (
    Lathe(
        profile=(
            (7.4, 0),
            (7.7, 0.9),
            (7.2, 2.0),
            (5.6, 3.4),
            (4.6, 5.2),
            (4.5, 8.4),
            (3.4, 9.6),
            (2.6, 10.6),
            (3.5, 11.7),
            (2.6, 12.8),
            (2.1, 14.0),
            (2.3, 18),
            (2.7, 22.4),
            (2.3, 23.4),
            (3.4, 24.5),
            (2.4, 25.6),
            (2.3, 27.4),
            (3.2, 30.2),
            (5.2, 32.2),
            (5.7, 32.8, 1),
            (5.6, 33.4, 1),
            (3.0, 33.2),
            (2.0, 33.6),
            (1.75, 35.2),
            (1.8, 37.6),
            (1.5, 38),
            (1.0, 37.8),
            (0, 37.7),
        ),
        glaze="men-nau",
        decor=(
            d.relief_band(5.6, 8.1, "lappets", 11, 0.16, bare=False),
            d.relief_band(15.2, 21.2, "clouds", 3, 0.14, bare=False),
        ),
        wall=0,
        relief=True,
        rings=0.6,
        texture=3072,
    ),
)
LIT = (*CANDLESTICK, *shapes.candle(11, (0, 0, 37.4)))

PIECES = (
    Piece(
        "chum-men-nau-chay",
        front=Shot((Place(FLOWING_JAR, turn=20),), elevation=8, fill=0.78),
        detail=Shot(
            (Place(FLOWING_JAR, turn=20),), elevation=10, azimuth=12, close=(3.2, -15, 26, 19)
        ),
        setting=Shot(
            (
                Place(FLOWING_JAR, turn=120),
                Place(MUG, at=(21, -13, 0), turn=25),
                Place(EEL_BOTTLE, at=(-23, 9, 0), turn=0),
            ),
            elevation=10,
            fill=0.86,
        ),
    ),
    Piece(
        "choe-men-nau-co-nap",
        front=Shot((Place(LIDDED_JAR),), elevation=8, fill=0.76),
        detail=Shot((Place(LIDDED_JAR),), elevation=14, azimuth=28, close=(6.5, -12, 35.5, 22)),
        setting=Shot(
            (
                Place(LIDDED_JAR, turn=30),
                Place(shapes.ruler(), at=(6, -25, 0), turn=-6),
                Place(MUG, at=(23, -12, 0), turn=20),
            ),
            elevation=11,
            fill=0.86,
        ),
    ),
    Piece(
        "lo-da-luon-co-thon",
        front=Shot((Place(EEL_BOTTLE),), elevation=6, fill=0.77),
        detail=Shot((Place(EEL_BOTTLE),), elevation=10, azimuth=10, close=(0.4, -4, 20, 13)),
        setting=Shot(
            (Place(EEL_BOTTLE, turn=60), Place(shapes.branch(26, (0, 0, 31), 11, 26))),
            elevation=6,
            fill=0.86,
        ),
    ),
    Piece(
        "coc-men-nau-vuot-tay",
        front=Shot(
            (
                Place(MUG, at=(-4.0, 4, 0), turn=-165),
                Place(MUG, at=(3.0, -4.5, 0), turn=-30, seed=1),
            ),
            elevation=17,
            fill=0.86,
        ),
        detail=Shot((Place(MUG, turn=-35),), elevation=12, azimuth=0, close=(0.9, -3, 3.6, 9.5)),
        setting=Shot(
            (
                Place(shapes.tray(26, 17)),
                Place((*MUG, COFFEE), at=(-5.8, 1, 1), turn=-30),
                Place((*IVORY_MUG, COFFEE), at=(6.2, -0.5, 1), turn=-20, seed=2),
            ),
            elevation=24,
            fill=0.88,
        ),
    ),
    Piece(
        "chan-den-men-nau",
        front=Shot(
            (
                Place(CANDLESTICK, at=(-8.6, 0, 0)),
                Place(CANDLESTICK, at=(8.6, 0, 0), seed=1, turn=60),
            ),
            elevation=7,
            fill=0.8,
        ),
        detail=Shot((Place(CANDLESTICK),), elevation=10, azimuth=-10, close=(0, -2, 9.5, 18)),
        setting=Shot(
            (Place(LIT, at=(-10, 0, 0), turn=30), Place(LIT, at=(9.5, 3.5, 0), seed=1, turn=80)),
            elevation=7,
            fill=0.86,
            room=0.42,
        ),
    ),
)
