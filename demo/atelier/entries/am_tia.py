"""Xưởng Ấm Tía: unglazed teaware in fine purple and red clay."""

from __future__ import annotations

from .. import carving as c
from .. import decoration as d
from .. import shapes
from ..forms import Lathe, Lobes, Sweep
from ..piece import Piece
from ..studio import Place, Shot


def _clay(profile: tuple, clay: str, **more: object) -> Lathe:
    return Lathe(profile=profile, glaze=clay, bare_foot=0, rings=0.5, **more)


BAMBOO_POT = (
    _clay(
        (
            (3.0, 0),
            (3.15, 0.35),
            (3.35, 0.6),
            (4.75, 1.9),
            (5.35, 3.6),
            (4.95, 5.4),
            (3.85, 6.5),
            (3.1, 6.85),
            (3.0, 7.0),
        ),
        "tu-sa",
        wall=0.34,
        decor=(c.bamboo_branch(0.52, 1.2, 6.1, -1.9, 1.5), d.incised_ring(6.72, 0.03, 0.1)),
        relief=True,
        texture=3072,
    ),
    _clay(
        (
            (2.95, 0),
            (3.08, 0.18),
            (2.75, 0.55),
            (1.7, 1.0),
            (0.72, 1.2),
            (0.5, 1.45),
            (0.85, 1.85),
            (0.98, 2.3),
            (0.7, 2.75),
            (0, 2.9),
        ),
        "tu-sa",
        wall=0,
        decor=(d.incised_ring(0.42, 0.03, 0.1),),
        texture=1536,
        at=(0, 0, 6.93),
    ),
    Sweep(
        ((3.9, 0, 3.0), (6.0, 0, 3.4), (7.3, 0, 4.9), (8.6, 0, 6.7)),
        (1.2, 1.15, 0.8, 0.6, 0.5),
        "tu-sa",
        hollow=True,
    ),
    Sweep(
        (
            (-4.5, 0, 5.5),
            (-6.4, 0, 6.6),
            (-8.4, 0, 5.9),
            (-8.5, 0, 3.9),
            (-7.0, 0, 2.4),
            (-4.8, 0, 2.1),
        ),
        (0.55, 0.44, 0.38, 0.36, 0.38, 0.5),
        "tu-sa",
        flat=1.3,
    ),
)

FLAT_POT = (
    _clay(
        (
            (5.0, 0),
            (5.15, 0.35),
            (5.5, 0.75),
            (7.0, 1.9),
            (7.4, 3.0),
            (6.7, 4.3),
            (5.1, 5.15),
            (3.9, 5.4),
            (3.8, 5.55),
        ),
        "hong-sa",
        wall=0.36,
        decor=(
            c.comb_strokes(3.75, 4.85, 56, 0.6),
            d.incised_ring(3.5, 0.04, 0.12),
            d.incised_ring(5.02, 0.04, 0.12),
        ),
        relief=True,
        texture=3072,
    ),
    _clay(
        (
            (3.8, 0),
            (3.92, 0.2),
            (3.3, 0.6),
            (1.9, 0.9),
            (1.0, 1.0),
            (0.8, 1.25),
            (1.35, 1.65),
            (1.6, 1.95),
            (1.2, 2.2),
            (0, 2.25),
        ),
        "hong-sa",
        wall=0,
        decor=(d.incised_ring(0.75, 0.04, 0.12),),
        texture=1536,
        at=(0, 0, 5.47),
    ),
    Sweep(
        ((5.7, 0, 3.0), (8.0, 0, 3.3), (9.4, 0, 4.3), (10.8, 0, 5.5)),
        (1.0, 1.0, 0.8, 0.62, 0.52),
        "hong-sa",
        hollow=True,
    ),
    Sweep(
        (
            (-6.5, 0, 4.1),
            (-8.5, 0, 5.5),
            (-10.8, 0, 5.7),
            (-11.6, 0, 3.9),
            (-10.2, 0, 2.1),
            (-7.2, 0, 2.0),
        ),
        (0.4, 0.34, 0.3, 0.3, 0.32, 0.4),
        "hong-sa",
        flat=2.9,
    ),
)


def _cup(clay: str) -> tuple:
    return (
        _clay(
            ((1.5, 0), (1.6, 0.3), (2.3, 0.9), (2.95, 2.2), (3.2, 3.6)),
            clay,
            inside="trang-nga",
            wall=0.22,
            decor=(d.incised_ring(3.1, 0.03, 0.09),),
            texture=1536,
        ),
    )


CUP, RED_CUP = _cup("tu-sa"), _cup("hong-sa")
FULL_CUP = (*CUP, shapes.tea(2.85, (0, 0, 2.8)))
FULL_RED_CUP = (*RED_CUP, shapes.tea(2.85, (0, 0, 2.8)))

SIDE_POT = (
    _clay(
        (
            (3.5, 0),
            (3.7, 0.35),
            (4.15, 1.2),
            (4.3, 2.8),
            (4.15, 4.4),
            (3.6, 5.3),
            (2.75, 5.7),
            (2.65, 5.85),
        ),
        "tu-sa",
        wall=0.3,
        decor=tuple(d.incised_ring(1.5 + 0.42 * k, 0.05, 0.16) for k in range(7)),
        relief=True,
        texture=2048,
    ),
    _clay(
        (
            (2.6, 0),
            (2.72, 0.18),
            (2.3, 0.45),
            (1.3, 0.75),
            (0.5, 0.95),
            (0.42, 1.2),
            (0.62, 1.75),
            (0.55, 2.1),
            (0, 2.2),
        ),
        "tu-sa",
        wall=0,
        texture=1024,
        at=(0, 0, 5.78),
    ),
    Sweep(
        ((-3.4, 0, 3.0), (-5.0, 0, 3.4), (-6.0, 0, 4.5), (-7.0, 0, 5.5)),
        (0.85, 0.85, 0.62, 0.5, 0.42),
        "tu-sa",
        hollow=True,
    ),
    Sweep(
        ((0, -3.6, 3.1), (0, -5.6, 3.9), (0, -8.0, 5.0), (0, -10.2, 6.1)),
        (0.7, 0.55, 0.6, 0.78, 0.92),
        "tu-sa",
        hollow=True,
    ),
)

MELON = Lobes(12, 0.045, low=0.6, high=7.4, kind="flute")
MELON_POT = (
    _clay(
        (
            (2.8, 0),
            (2.95, 0.3),
            (3.5, 0.9),
            (4.7, 2.4),
            (4.95, 4.0),
            (4.4, 5.8),
            (3.2, 7.1),
            (2.55, 7.55),
            (2.5, 7.7),
        ),
        "tu-sa",
        wall=0.34,
        lobes=MELON,
        texture=2048,
        around=384,
    ),
    _clay(
        ((2.5, 0), (2.62, 0.15), (2.4, 0.5), (1.6, 0.95), (0.7, 1.15), (0, 1.2)),
        "tu-sa",
        wall=0,
        lobes=Lobes(12, 0.03, low=-3, high=0.9, kind="flute"),
        texture=1024,
        around=384,
        at=(0, 0, 7.63),
    ),
    Sweep(
        ((0, 0, 8.6), (0.05, 0, 9.3), (0.3, 0, 9.9), (0.75, 0, 10.3)),
        (0.75, 0.42, 0.36, 0.4, 0.42),
        "tu-sa",
    ),
    Sweep(
        ((3.6, 0, 3.3), (5.6, 0, 3.7), (6.8, 0, 5.2), (8.0, 0, 7.2)),
        (1.0, 1.05, 0.74, 0.56, 0.48),
        "tu-sa",
        hollow=True,
    ),
    Sweep(
        (
            (-3.9, 0, 6.2),
            (-5.6, 0, 7.4),
            (-7.6, 0, 6.8),
            (-7.9, 0, 4.7),
            (-6.6, 0, 2.9),
            (-4.5, 0, 2.5),
        ),
        (0.5, 0.42, 0.36, 0.34, 0.36, 0.46),
        "tu-sa",
        flat=1.25,
    ),
)
JUG = (
    _clay(
        (
            (2.5, 0),
            (2.65, 0.3),
            (3.5, 1.3),
            (3.8, 3.0),
            (3.45, 4.7),
            (3.2, 5.8),
            (3.35, 6.6),
        ),
        "tu-sa",
        inside="trang-nga",
        wall=0.26,
        lobes=Lobes(1, 0.2, low=4.9, kind="lip", rim=0.25),
        texture=2048,
        around=384,
    ),
    Sweep(
        ((0, 3.2, 5.3), (0, 4.8, 6.0), (0, 6.0, 5.0), (0, 5.6, 3.2), (0, 3.7, 2.3)),
        (0.4, 0.32, 0.28, 0.28, 0.36),
        "tu-sa",
        flat=1.3,
    ),
)

CADDY = (
    _clay(
        (
            (4.0, 0),
            (4.25, 0.4),
            (4.75, 1.5),
            (5.05, 4.2),
            (5.0, 8.0),
            (4.5, 9.9),
            (3.5, 10.7),
            (3.05, 10.85),
            (3.0, 11.3),
        ),
        "tu-sa",
        wall=0.36,
        decor=(
            c.running_hand("uô´ng nươ´c", 0.5, 6.5, 0.84),
            c.running_hand("nhơ´ nguô`n", 0.51, 3.6, 0.84),
            d.incised_ring(9.6, 0.03, 0.1),
            d.incised_ring(1.6, 0.03, 0.1),
        ),
        relief=True,
        texture=3072,
    ),
    _clay(
        ((3.35, 0), (3.5, 0.2), (3.48, 1.7), (3.2, 2.1), (2.2, 2.4), (0, 2.5)),
        "tu-sa",
        wall=0,
        decor=(d.incised_ring(1.45, 0.03, 0.1),),
        texture=1536,
        at=(0, 0, 10.78),
    ),
)

PIECES = (
    Piece(
        "am-tu-sa-khac-truc",
        front=Shot((Place(BAMBOO_POT, turn=-10),), elevation=13, fill=0.84),
        detail=Shot(
            (Place(BAMBOO_POT, turn=-10),), elevation=12, azimuth=-8, close=(-0.4, -4.6, 4.0, 8.5)
        ),
        setting=Shot(
            (
                Place(shapes.tray(26, 0, round_=True)),
                Place(BAMBOO_POT, at=(-1, 2.8, 1), turn=-28),
                Place(FULL_CUP, at=(-5.0, -6.8, 1), seed=1),
                Place(FULL_CUP, at=(3.2, -7.6, 1), seed=2, turn=50),
            ),
            elevation=27,
            fill=0.86,
        ),
    ),
    Piece(
        "am-hong-sa-dep",
        front=Shot((Place(FLAT_POT, turn=-16),), elevation=16, fill=0.84),
        detail=Shot(
            (Place(FLAT_POT, turn=-16),), elevation=24, azimuth=-22, close=(-2.6, -4.2, 4.6, 10)
        ),
        setting=Shot(
            (
                Place(FLAT_POT, at=(-1, 4, 0), turn=-34),
                Place(FULL_RED_CUP, at=(5.5, -6.5, 0), seed=1),
                Place(shapes.ruler(20), at=(-1.5, -11.5, 0), turn=4),
            ),
            elevation=24,
            fill=0.88,
        ),
    ),
    Piece(
        "bo-tra-tu-sa-mui-bi",
        front=Shot(
            (
                Place(MELON_POT, at=(-2.5, 3, 0), turn=-18),
                Place(JUG, at=(9.5, -1.5, 0), turn=-70),
                *(
                    Place(CUP, at=(x, y, 0), seed=k)
                    for k, (x, y) in enumerate(((-11, -5), (-5.2, -9), (1.8, -10.5), (8.6, -10)), 1)
                ),
            ),
            elevation=20,
            fill=0.88,
        ),
        detail=Shot(
            (Place(MELON_POT, turn=-18),), elevation=26, azimuth=4, close=(0.4, -3.6, 6.0, 11)
        ),
        setting=Shot(
            (
                Place(shapes.slatted_tray(36, 25)),
                Place(MELON_POT, at=(-6, 5, 2.6), turn=-30),
                Place(JUG, at=(9, 4.5, 2.6), turn=-130),
                *(
                    Place(FULL_CUP, at=(x, y, 2.6), seed=k)
                    for k, (x, y) in enumerate(((-12, -6.5), (-4, -7.5), (4, -7.5), (12, -6.5)), 1)
                ),
            ),
            elevation=32,
            fill=0.9,
        ),
    ),
    Piece(
        "am-doc-am-quai-ngang",
        front=Shot((Place(SIDE_POT, turn=38),), elevation=20, fill=0.8),
        detail=Shot(
            (Place(SIDE_POT, turn=38),), elevation=22, azimuth=-6, close=(-0.6, -3, 3.9, 9)
        ),
        setting=Shot(
            (
                Place(shapes.tray(24, 16)),
                Place(SIDE_POT, at=(-3.5, 1.8, 1), turn=28),
                Place(FULL_CUP, at=(6.6, 1.2, 1), seed=3),
            ),
            elevation=30,
            fill=0.88,
        ),
    ),
    Piece(
        "hop-che-tu-sa-khac-chu",
        front=Shot((Place(CADDY, turn=-4),), elevation=9, fill=0.74),
        detail=Shot((Place(CADDY, turn=-4),), elevation=8, close=(0, -5, 5.6, 10)),
        setting=Shot(
            (
                Place(CADDY, at=(-4, 3, 0), turn=-8),
                Place(
                    (*CUP, shapes.heap(2.5, 0.9, (0, 0, 2.3), "tea-leaf")), at=(5.5, -3, 0), seed=2
                ),
                Place(shapes.ruler(20), at=(0, -9.5, 0), turn=-4),
            ),
            elevation=16,
            fill=0.84,
        ),
    ),
)
