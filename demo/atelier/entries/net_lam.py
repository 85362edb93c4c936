"""Xưởng Nét Lam: cobalt under glaze."""

from __future__ import annotations

from .. import decoration as d
from .. import shapes
from ..forms import Lathe, Sweep
from ..piece import Piece
from ..studio import Place, Shot

LOTUS_VASE = (
    Lathe(
        profile=(
            (7.2, 0),
            (7.5, 0.8),
            (7.3, 2.6),
            (7.6, 5.5),
            (9.6, 12),
            (12.3, 20),
            (13.0, 25.5),
            (11.6, 30.0),
            (7.6, 32.6),
            (5.7, 34.4),
            (5.3, 37),
            (5.9, 40),
            (7.8, 41.6),
            (8.1, 42.0),
        ),
        glaze="hoa-lam",
        wall=0.6,
        decor=(
            d.lappets(0.9, 4.2, 18, "lotus"),
            d.bands((0.75, 0.12), (4.7, 0.1), (5.2, 0.26)),
            d.lotus_scroll(18.0, 6, 11.6),
            d.ruyi(27.9, 30.4, 12),
            d.bands((30.6, 0.3), (31.3, 0.1), (33.6, 0.1), (34.2, 0.2)),
            d.lappets(34.5, 40.2, 14, "plantain"),
            d.bands((40.6, 0.1), (41.5, 0.3)),
        ),
        texture=3072,
    ),
)

BOTTLE = (
    Lathe(
        profile=(
            (5.2, 0),
            (5.5, 0.7),
            (5.2, 1.8),
            (6.6, 4.2),
            (8.6, 8.2),
            (8.9, 11),
            (7.6, 14.2),
            (4.4, 17.0),
            (2.6, 19.5),
            (2.05, 23),
            (2.1, 26.5),
            (2.9, 29.2),
            (3.5, 30),
        ),
        glaze="hoa-lam",
        wall=0.45,
        decor=(
            d.bands((0.7, 0.1), (1.6, 0.2)),
            d.lappets(1.9, 4.1, 16, "gadroon"),
            d.bands(
                (4.4, 0.09),
            ),
            d.chrysanthemum_scroll(9.6, 5, 6.0),
            d.diaper(14.6, 16.0, 22),
            d.bands((14.4, 0.16), (16.2, 0.16), (16.6, 0.08)),
            d.lappets(17.0, 23.4, 8, "plantain"),
            d.bands((23.9, 0.16), (24.4, 0.08), (28.2, 0.09), (29.3, 0.25)),
        ),
        texture=3072,
    ),
)

POT = (
    Lathe(
        profile=(
            (4.0, 0),
            (4.2, 0.5),
            (4.6, 1.0),
            (6.7, 3.4),
            (7.1, 5.8),
            (6.2, 8.2),
            (4.2, 9.5),
            (3.5, 9.9),
        ),
        glaze="hoa-lam",
        wall=0.4,
        decor=(
            d.bands((0.9, 0.08), (9.3, 0.1), (9.6, 0.06)),
            d.bamboo_grove(
                1.0,
                9.3,
                (
                    (0.475, 1.0, 1.0),
                    (0.55, 0.9, 0.78),
                    (0.39, -1.0, 0.66),
                    (0.02, 1.0, 0.9),
                    (0.88, -1, 0.7),
                ),
                1.1,
            ),
        ),
        texture=3072,
    ),
    Lathe(
        profile=(
            (3.9, 0),
            (3.95, 0.35),
            (3.2, 1.0),
            (1.6, 1.5),
            (0.55, 1.8),
            (0.5, 2.2),
            (1.0, 2.8),
            (0.85, 3.4),
            (0, 3.7),
        ),
        glaze="hoa-lam",
        wall=0,
        bare_foot=0,
        decor=(d.bands((0.45, 0.1), (1.4, 0.08), (3.1, 0.3)), d.leaf_scroll(0.85, 6, 1.0)),
        texture=1024,
        at=(0, 0, 9.75),
    ),
    Sweep(
        ((5.6, 0, 3.6), (8.2, 0, 4.6), (9.7, 0, 7.2), (11.6, 0, 9.6)),
        (2.1, 1.55, 1.15, 0.9, 0.72),
        "hoa-lam",
        hollow=True,
    ),
    Sweep(
        (
            (-4.7, 0, 7.9),
            (-7.4, 0, 9.3),
            (-10.2, 0, 8.4),
            (-10.4, 0, 5.6),
            (-8.6, 0, 3.8),
            (-5.6, 0, 2.9),
        ),
        (0.95, 0.62, 0.55, 0.52, 0.55, 0.85),
        "hoa-lam",
        flat=1.25,
    ),
)

CUP = (
    Lathe(
        profile=((1.7, 0), (1.8, 0.5), (2.5, 1.2), (3.2, 2.7), (3.55, 4.3)),
        glaze="hoa-lam",
        wall=0.24,
        bare_foot=0.3,
        decor=(
            d.bands((0.75, 0.06), (4.05, 0.08)),
            d.bamboo_grove(0.9, 4.0, ((0.5, 0.5, 0.95), (0.1, -0.5, 0.9), (0.6, 0.3, 0.7)), 0.62),
        ),
        texture=1536,
    ),
)
FULL_CUP = (*CUP, shapes.tea(3.0, (0, 0, 3.2)))

DISH = (
    Lathe(
        profile=((7.4, 0), (7.6, 0.6), (9.2, 1.3), (11.8, 2.4), (13.3, 3.5), (14.0, 4.2)),
        glaze="hoa-lam",
        wall=0.5,
        planar=True,
        inside_decor=(d.carp_and_waves(13.6),),
        decor=(d.bands((1.2, 0.1), (3.6, 0.1)), d.leaf_scroll(2.4, 10, 2.2)),
        texture=3072,
    ),
)
SMALL_DISH = (
    Lathe(
        profile=((5.2, 0), (5.4, 0.5), (6.6, 1.1), (8.6, 1.9), (9.5, 2.7), (10.0, 3.3)),
        glaze="hoa-lam",
        wall=0.42,
        planar=True,
        inside_decor=(d.carp_and_waves(9.7),),
        decor=(d.bands((1.0, 0.08), (2.8, 0.08)), d.leaf_scroll(1.9, 10, 1.6)),
        texture=2048,
    ),
)
EASEL = (
    *(
        Sweep(
            ((x, -4.2, 2.2), (x, -3.6, 0.7), (x, 1, 0.5), (x, 6.5, 2), (x, 9.5, 19)),
            (0.55, 0.55, 0.6, 0.6, 0.5),
            "wood",
            texture=512,
        )
        for x in (-5.5, 5.5)
    ),
    Sweep(((-5.5, 7.3, 6), (5.5, 7.3, 6)), (0.45, 0.45), "wood", texture=256),
)

BOWL = (
    Lathe(
        profile=((2.7, 0), (2.75, 0.9), (3.1, 1.2), (4.8, 2.6), (5.6, 4.4), (6.0, 6.2)),
        glaze="hoa-lam",
        wall=0.3,
        bare_foot=0.35,
        decor=(
            d.bands((0.85, 0.1), (1.5, 0.07), (5.3, 0.07), (5.65, 0.13)),
            d.leaf_scroll(3.4, 8, 2.5),
        ),
        inside_decor=(
            d.bands(
                (5.5, 0.1),
            ),
        ),
        texture=3072,
    ),
)


def _on_stand(parts: tuple, radius: float) -> tuple[Place, ...]:
    lean = 70.0
    return (Place(parts, at=(0, 0.3, radius * 0.94 + 1.7), tilt=lean), Place(EASEL))


PIECES = (
    Piece(
        "binh-hoa-lam-sen-day",
        front=Shot((Place(LOTUS_VASE),), elevation=6, fill=0.74),
        detail=Shot((Place(LOTUS_VASE),), elevation=6, azimuth=14, close=(1.5, -11, 22, 19)),
        setting=Shot(
            (Place(LOTUS_VASE, turn=25), Place(shapes.branch(34, (0, 0, 40), 4))),
            elevation=6,
            fill=0.86,
        ),
    ),
    Piece(
        "am-chen-hoa-lam-truc",
        front=Shot(
            (
                Place(POT, turn=-12),
                Place(CUP, at=(-7.5, -9.5, 0), turn=10, seed=1),
                Place(CUP, at=(3.2, -11.5, 0), turn=150, seed=2),
            ),
            elevation=18,
            fill=0.8,
        ),
        detail=Shot((Place(POT, turn=-12),), elevation=14, azimuth=-6, close=(0.5, -6, 6.2, 12.5)),
        setting=Shot(
            (
                Place(shapes.tray(36, 27)),
                Place(POT, at=(-3, 3.5, 1), turn=-24),
                *(
                    Place(FULL_CUP, at=(x, y, 1), turn=40 * x, seed=int(x) + 20)
                    for x, y in ((-11, -7.5), (-2, -8), (6.5, -7), (12, 0.5))
                ),
            ),
            elevation=33,
            fill=0.88,
        ),
    ),
    Piece(
        "dia-hoa-lam-ca-chep",
        front=Shot(_on_stand(DISH, 14), elevation=9, fill=0.8),
        detail=Shot(_on_stand(DISH, 14), elevation=12, azimuth=-10, close=(-2, -1, 17.5, 15)),
        setting=Shot(
            (
                Place(DISH),
                Place(SMALL_DISH, at=(17, -17, 0), turn=40),
                *(
                    Place(shapes.fruit((x, y, 1.4), s), turn=t)
                    for x, y, s, t in ((-3.4, 1.6, 3.1, 10), (3.4, 2.4, 3.2, 0), (0, -3.9, 3.0, 0))
                ),
            ),
            elevation=36,
            fill=0.88,
        ),
        model=Shot((Place(DISH),), elevation=46, fill=0.84),
    ),
    Piece(
        "lo-hoa-lam-cuc-day",
        front=Shot((Place(BOTTLE),), elevation=6, fill=0.76),
        detail=Shot((Place(BOTTLE),), elevation=7, azimuth=-12, close=(-0.5, -7, 10.5, 14)),
        setting=Shot(
            (
                Place(BOTTLE, turn=36),
                Place(BOTTLE, at=(15.5, 5, 0), turn=110, seed=3),
                Place(shapes.ruler(), at=(6, -12, 0), turn=7),
            ),
            elevation=12,
            fill=0.84,
        ),
    ),
    Piece(
        "bat-hoa-lam-day-la",
        front=Shot((Place(BOWL),), elevation=15, fill=0.72),
        detail=Shot((Place(BOWL, turn=20),), elevation=10, azimuth=18, close=(0.8, -5, 3.9, 8)),
        setting=Shot(
            (
                *(Place(BOWL, at=(-7.5, 4, 2.15 * k), turn=70 * k, seed=k) for k in range(4)),
                Place(BOWL, at=(7.5, 5.5, 0), turn=30, seed=5),
                Place(
                    (*BOWL, shapes.heap(4.9, 2.0, (0, 0, 4.0))), at=(1.5, -8.5, 0), turn=140, seed=6
                ),
                Place(shapes.chopsticks((3, -17.5, 0))),
            ),
            elevation=24,
            fill=0.88,
        ),
    ),
)

EXTRAS = (
    ("hero", 1600, 1800, Shot((Place(LOTUS_VASE, turn=-30),), elevation=5, fill=0.8)),
    (
        "night",
        1600,
        1200,
        Shot((Place(LOTUS_VASE, turn=30),), elevation=5, fill=0.82, light="night"),
    ),
)
