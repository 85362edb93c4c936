"""Xưởng Chữ Son: brush drawing and brush writing, cobalt with iron red."""

from __future__ import annotations

import numpy as np

from .. import decoration as d
from .. import flowers, landing, letters, panels, shapes, water
from ..brush import Slip, leaf, steady
from ..forms import Decor, Lathe, Slab, Sweep
from ..piece import Piece
from ..studio import Place, Shot


def _plum_round(slip: Slip) -> None:
    """One bough rising from the left and a second, low, on the back."""
    bough = [
        (-6.4, 0.7),
        (-4.6, 3.0),
        (-5.0, 5.0),
        (-2.2, 6.6),
        (-0.8, 8.6),
        (2.2, 9.4),
        (4.6, 11.0),
    ]
    flowers.plum(slip, (0.5, 0.3), bough, 0.95, 2.3, flowers=9, twigs=6)
    low = [(5.5, 1.0), (3.2, 3.4), (2.6, 5.2), (-0.6, 6.8), (-2.2, 8.8)]
    flowers.plum(slip, (0.0, 0.3), low, 0.7, 2.0, flowers=5, twigs=4)


BRUSH_POT = (
    Lathe(
        profile=(
            (5.5, 0),
            (5.7, 0.7),
            (5.5, 1.8),
            (5.25, 6.5),
            (5.35, 11.5),
            (5.7, 13.4),
            (5.85, 14.0),
        ),
        glaze="hoa-lam",
        wall=0.5,
        decor=(_plum_round, d.bands((0.75, 0.1), (13.55, 0.14))),
        texture=3072,
    ),
)


def _brush(x: float, y: float, lean: float, back: float, high: float, hair: str) -> tuple:
    """A writing brush standing in the pot, hair upwards."""
    top = (x + lean, y + back, high)
    tip = (x + 1.16 * lean, y + 1.16 * back, high + 3.4)
    return (
        Sweep(((x, y, 1.2), top), (0.42, 0.4), "bamboo-stick", texture=128),
        Sweep((top, tip), (0.42, 0.62, 0.5, 0.25, 0.04), hair, texture=96),
    )


BRUSHES = (
    *_brush(1.5, 0.8, 2.6, 0.6, 19.5, "bark"),
    *_brush(-1.2, 1.4, -2.2, 1.4, 21.5, "rice"),
    *_brush(0.2, -1.6, 0.4, -1.9, 18.0, "bark"),
)


def _peony_side(slip: Slip) -> None:
    at = (0.5, slip.chart.row_of(4.4))
    stem = [(0.1, -0.2), (0.5, -1.8), (-0.4, -3.2)]
    slip.stroke(stem, 0.2, 1.4, at=at, press=steady)
    for x, y, angle, size in (
        (0.35, -2.0, -0.35, 2.5),
        (0.1, -2.4, 3.5, 2.3),
        (1.9, 0.2, 0.5, 2.0),
        (-1.9, 0.3, 2.6, 2.0),
    ):
        flowers.peony_leaf(slip, at, (x, y), angle, size)
    flowers.peony(slip, at, (0, 0.2), 5.2)


TEA_BOWL = (
    Lathe(
        profile=(
            (2.5, 0),
            (2.6, 0.9),
            (2.9, 1.15),
            (4.7, 2.9),
            (5.5, 5.2),
            (5.7, 7.0),
            (5.95, 7.8),
        ),
        glaze="hoa-lam",
        wall=0.32,
        bare_foot=0.4,
        decor=(d.bands((1.0, 0.1), (7.45, 0.09)), _peony_side),
        inside_decor=(d.bands((7.2, 0.09), (2.2, 0.08)),),
        texture=3072,
    ),
)

TAILS = {
    "tâm": ((-0.1, 0.25, 0.1), (0.35, -0.3, 0.55), (-0.5, -0.62, 0.8), (-1.9, -0.55, 0.06)),
    "an": ((-0.1, 0.25, 0.1), (0.4, -0.25, 0.55), (-0.3, -0.62, 0.85), (-1.8, -0.5, 0.06)),
}


def _words(slip: Slip) -> None:
    """Three words a third of the way round from each other, a red dot after each."""
    s = slip.chart.row_of(20.6)
    for k, (word, size) in enumerate((("phúc", 4.7), ("an", 6.0), ("tâm", 4.9))):
        u = 0.5 + k / 3
        tail = TAILS.get(word, ())
        letters.write(slip, (u, s), word, size, pen=0.42, density=1.6, tail=tail)
        _seal(slip, (u + 0.115, s - 1.5 * size))


def _seal(slip: Slip, at: d.Spot) -> None:
    """The workshop's mark as a seal: a red frame, one stroke and a dot in it, no writing."""
    frame = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1.05, -1)]) * 0.85
    with slip.dipped("red"):
        slip.stroke(frame, 0.24, 2.0, at=at, press=steady, smooth=False, wobble=1.6)
        slip.stroke([(0.45, 0.55), (0.1, 0.0), (-0.45, -0.55)], 0.42, 2.0, at=at, press=leaf)
        slip.stroke([(0.38, -0.42), (0.44, -0.4)], 0.3, 2.2, at=at)


def _red_bands(*heights: tuple[float, float]) -> Decor:
    def paint(slip: Slip) -> None:
        with slip.dipped("red"):
            d.bands(*heights)(slip)

    return paint


WORD_JAR = (
    Lathe(
        profile=(
            (6.3, 0),
            (6.5, 0.8),
            (6.2, 2.2),
            (6.9, 7),
            (9.0, 14),
            (11.1, 21),
            (11.5, 25),
            (10.2, 28.6),
            (6.6, 31.0),
            (3.5, 32.0),
            (2.9, 32.8),
            (3.0, 34.2),
            (3.7, 34.9),
            (3.8, 35.2),
        ),
        glaze="hoa-lam",
        wall=0.55,
        decor=(
            _words,
            d.bands((1.2, 0.14), (27.2, 0.1), (31.6, 0.1)),
            _red_bands((27.8, 0.3), (1.7, 0.2)),
        ),
        texture=3072,
    ),
)

CARP_VASE = (
    Lathe(
        profile=(
            (7.6, 0),
            (7.9, 0.7),
            (7.8, 2.0),
            (8.2, 8),
            (8.9, 18),
            (9.2, 27),
            (9.0, 30.4),
            (7.4, 32.6),
            (4.6, 33.8),
            (3.9, 34.8),
            (3.9, 37.6),
            (4.8, 39.2),
            (5.2, 39.8),
            (5.2, 40.2),
        ),
        glaze="hoa-lam",
        wall=0.6,
        decor=(
            d.bands(
                (0.8, 0.14),
            ),
            water.leaping_carp(0.5, 21.6, 17.5),
            water.leaping_carp(0.05, 20.0, 14.5),
            water.sea(1.2, 13.5, 6, 4),
            d.bands((31.2, 0.12), (31.8, 0.28), (34.6, 0.1), (38.6, 0.24)),
        ),
        texture=3072,
    ),
)

LANDING_DISH = (
    Lathe(
        profile=((8.6, 0), (8.9, 0.7), (10.8, 1.5), (13.8, 2.7), (15.4, 3.7), (16.2, 4.3)),
        glaze="hoa-lam",
        wall=0.55,
        planar=True,
        inside_decor=(
            landing.moonlit_landing(12.2),
            landing.circles((12.3, 0.16), (12.75, 0.08), (14.75, 0.08)),
            landing.fret_round(13.0, 14.5, 46),
            landing.circles((15.7, 0.42), ink="red"),
        ),
        decor=(d.bands((1.4, 0.1), (3.8, 0.1)),),
        texture=3072,
    ),
)
STAND = (
    Slab((15, 7, 1.4), "wood", 0.4),
    *(
        Sweep(
            ((x, -3.0, 3.4), (x, -2.4, 1.2), (x, 0.6, 1.4), (x, 2.4, 8), (x, 4.2, 17)),
            (0.6, 0.6, 0.7, 0.6, 0.45),
            "wood",
            texture=256,
        )
        for x in (-4.6, 4.6)
    ),
    Sweep(((-4.6, 3.0, 10), (4.6, 3.0, 10)), (0.45, 0.45), "wood", texture=128),
)
WALL = Place((Slab((260, 4, 220), "plaster", 0.1),), at=(0, 4.0, -60), framed=False)
NAIL = (Sweep(((0, 4, 0), (0, -1.4, 0.3), (0, -2.0, 1.0)), (0.3, 0.28, 0.3), "bark", texture=64),)

SEASONS_JAR = (
    Lathe(
        profile=(
            (10.2, 0),
            (10.6, 0.9),
            (10.4, 2.4),
            (11.8, 7),
            (14.4, 15),
            (15.2, 21),
            (14.6, 26.5),
            (11.6, 30.4),
            (8.4, 31.8),
            (7.6, 32.6),
            (7.6, 34.6),
        ),
        glaze="hoa-lam",
        wall=0.75,
        decor=(
            d.lappets(1.2, 5.4, 22, "lotus"),
            d.bands((0.9, 0.14), (5.8, 0.12), (6.2, 0.28)),
            panels.lattice(6.7, 26.6, 40, 10),
            panels.panels(
                16.4,
                15.0,
                17.0,
                (panels.chrysanthemum, panels.bamboo, panels.pine, panels.plum),
            ),
            d.bands((26.9, 0.28), (27.5, 0.1)),
            d.leaf_scroll(29.6, 12, 2.6),
            d.bands(
                (31.4, 0.24),
            ),
            d.fret(32.9, 34.2, 30),
        ),
        texture=4096,
    ),
    Lathe(
        profile=(
            (8.9, 0),
            (9.2, 0.4),
            (9.0, 1.0),
            (8.4, 2.6),
            (6.6, 4.6),
            (3.2, 5.9),
            (1.5, 6.5),
            (1.3, 7.2),
            (2.2, 8.2),
            (2.3, 9.2),
            (1.2, 10.6),
            (0.4, 11.3),
            (0, 11.4),
        ),
        glaze="hoa-lam",
        wall=0,
        bare_foot=0,
        decor=(
            d.bands((0.5, 0.14), (1.2, 0.24), (6.4, 0.2)),
            d.leaf_scroll(3.3, 9, 2.2),
            d.lappets(7.4, 10.9, 6, "gadroon"),
        ),
        texture=2048,
        at=(0, 0, 34.5),
    ),
)

PIECES = (
    Piece(
        "ong-but-mai-do",
        front=Shot((Place(BRUSH_POT),), elevation=10, fill=0.7),
        detail=Shot((Place(BRUSH_POT),), elevation=8, azimuth=10, close=(1.0, -5.3, 9.4, 8.5)),
        setting=Shot(
            (
                Place((*BRUSH_POT, *BRUSHES), turn=14),
                Place(shapes.ruler(20), at=(2, -11, 0), turn=-6),
            ),
            elevation=12,
            fill=0.86,
        ),
    ),
    Piece(
        "chen-tra-mau-don-do",
        front=Shot(
            (
                Place(TEA_BOWL, at=(-4.2, 7.5, 0), turn=-12, seed=1),
                Place(TEA_BOWL, at=(3.9, -6.5, 0), turn=8),
            ),
            elevation=20,
            fill=0.88,
        ),
        detail=Shot((Place(TEA_BOWL),), elevation=10, azimuth=4, close=(0.2, -5, 4.7, 7.2)),
        setting=Shot(
            (
                Place(shapes.tray(27, 22)),
                Place((*TEA_BOWL, shapes.tea(5.15, (0, 0, 6.4))), at=(-5.6, 3, 1), seed=1),
                Place(TEA_BOWL, at=(5.8, -3.4, 1), turn=14),
            ),
            elevation=26,
            fill=0.9,
        ),
    ),
    Piece(
        "binh-thu-phap-phuc-an-tam",
        front=Shot((Place(WORD_JAR),), elevation=6, fill=0.77),
        detail=Shot((Place(WORD_JAR),), elevation=6, azimuth=-8, close=(2.6, -10.6, 19.8, 15)),
        setting=Shot(
            (
                Place(WORD_JAR, at=(-13, 3, 0), turn=-120),
                Place(WORD_JAR, at=(13, -3, 0), turn=120, seed=1),
            ),
            elevation=7,
            fill=0.9,
        ),
    ),
    Piece(
        "binh-song-nuoc-ca-chep-do",
        front=Shot((Place(CARP_VASE),), elevation=6, fill=0.78),
        detail=Shot((Place(CARP_VASE),), elevation=6, azimuth=4, close=(0.2, -9, 22.0, 19)),
        setting=Shot(
            (Place(CARP_VASE, turn=172), Place(shapes.branch(32, (0, 0, 38), 31, 50))),
            elevation=6,
            fill=0.86,
        ),
    ),
    Piece(
        "dia-treo-ben-song-trang",
        front=Shot(
            (Place(LANDING_DISH, at=(0, -0.6, 17.2), tilt=74), Place(STAND)), elevation=7, fill=0.8
        ),
        detail=Shot(
            (Place(LANDING_DISH, at=(0, -0.6, 17.2), tilt=74),),
            elevation=10,
            azimuth=-6,
            close=(-3.4, -3, 18.4, 15),
        ),
        setting=Shot(
            (
                WALL,
                Place(LANDING_DISH, at=(0, 1.0, 40), tilt=90),
                Place(NAIL, at=(0, 0, 56.6)),
            ),
            elevation=2,
            fill=0.66,
        ),
    ),
    Piece(
        "choe-tu-quy-hoa-lam",
        front=Shot((Place(SEASONS_JAR),), elevation=8, fill=0.78),
        detail=Shot((Place(SEASONS_JAR),), elevation=8, azimuth=6, close=(1.0, -14.5, 17.5, 19)),
        setting=Shot(
            (
                Place(SEASONS_JAR[:1], turn=90),
                Place(SEASONS_JAR[1:], at=(22, -13, -34.5), turn=20),
                Place(shapes.ruler(), at=(-3, -26, 0), turn=5),
            ),
            elevation=13,
            fill=0.88,
        ),
    ),
)
