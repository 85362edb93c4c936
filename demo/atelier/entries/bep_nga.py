"""Bếp Ngà: ware for the family table."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import flowers, shapes
from .. import riverside as r
from ..brush import Slip, steady
from ..forms import Lathe, Lobes, Slab, Sweep
from ..piece import Piece
from ..studio import Place, Shot


def _moss_lines(*heights: tuple[float, float]) -> object:
    return r.in_pigment("moss", d.bands(*heights))


def _bowl(size: float, tall: float, clumps: tuple) -> tuple:
    k = size / 11.6
    return (
        Lathe(
            profile=(
                (2.5 * k, 0),
                (2.55 * k, 0.8),
                (2.95 * k, 1.15),
                (4.7 * k, 0.42 * tall),
                (5.5 * k, 0.72 * tall),
                (5.8 * k, tall),
            ),
            glaze="trang-nga",
            wall=0.24 + 0.12 * k,
            bare_foot=0.35,
            decor=(
                _moss_lines((tall - 0.35, 0.16)),
                r.in_pigment("moss", r.reeds(0.33 * tall, clumps)),
            ),
            texture=3072 if size > 15 else 2048,
        ),
    )


RICE_BOWL = _bowl(11.6, 6.0, ((0.5, 4.7, 0.12), (0.04, 3.8, -0.15), (0.83, 3.4, 0.05)))
SOUP_BOWL = _bowl(19.5, 8.2, ((0.48, 7.0, 0.12), (0.13, 5.6, -0.1), (0.8, 6.0, 0.05)))


def _plate(size: float, clump: tuple) -> tuple:
    k = size / 24
    return (
        Lathe(
            profile=(
                (6.8 * k, 0),
                (7.0 * k, 0.5),
                (8.4 * k, 0.9),
                (10.2 * k, 1.7),
                (11.3 * k, 2.4),
                (12.0 * k, 2.7),
            ),
            glaze="trang-nga",
            wall=0.42,
            bare_foot=0.3,
            planar=True,
            inside_decor=(
                r.in_pigment("moss", r.reed_dish(*clump)),
                r.in_pigment("moss", r.dish_ring(11.2 * k, 0.18)),
            ),
            texture=3072,
        ),
    )


LARGE_PLATE = _plate(24, ((-5.6, -5.0), 0.82, 14.5))
SMALL_PLATE = _plate(19, ((4.4, -4.2), 2.3, 11.5))
SAUCER = (
    Lathe(
        profile=((2.4, 0), (2.5, 0.5), (3.4, 0.9), (4.3, 1.8), (4.6, 2.6)),
        glaze="trang-nga",
        wall=0.28,
        bare_foot=0.25,
        decor=(_moss_lines((2.3, 0.16)),),
        texture=1024,
    ),
)
SAUCE = Lathe(
    ((3.2, 0), (3.55, 0.6, 1), (0, 0.6)),
    "tea",
    wall=0,
    bare_foot=0,
    texture=64,
    off_round=0,
    rings=0,
    at=(0, 0, 1.0),
)

SAUCER_WITH_DIP = (*SAUCER, SAUCE)

TUREEN = (
    Lathe(
        profile=(
            (5.6, 0),
            (5.8, 1.0),
            (6.5, 1.5),
            (9.6, 3.3),
            (11.2, 6.0),
            (11.6, 8.4),
            (11.5, 9.6),
        ),
        glaze="trang-nga",
        wall=0.45,
        decor=(
            r.in_pigment("iron", r.brushed_band(9.0, 9.6, 2.6), d.bands((1.25, 0.4), (8.45, 0.2))),
            d.incised_ring(7.9, 0.05, 0.16),
        ),
        inside_decor=(r.in_pigment("iron", d.bands((9.3, 0.5))),),
        rings=2.0,
        texture=3072,
    ),
    Lathe(
        profile=(
            (11.3, 0),
            (11.75, 0.25),
            (11.6, 0.7),
            (10.2, 1.7),
            (7.0, 3.1),
            (3.2, 3.95),
            (1.2, 4.15),
            (0, 4.2),
        ),
        glaze="trang-nga",
        wall=0,
        bare_foot=0,
        decor=(
            r.in_pigment("iron", r.brushed_band(0.05, 0.75, 2.6), d.bands((1.75, 0.2), (3.7, 0.3))),
            d.incised_ring(3.3, 0.05, 0.16),
        ),
        rings=2.0,
        texture=2048,
        at=(0, 0, 9.55),
    ),
    Sweep(
        ((-2.1, 0, 3.8), (-1.8, 0, 5.3), (0, 0, 6.1), (1.8, 0, 5.3), (2.1, 0, 3.8)),
        (0.62, 0.5, 0.46, 0.5, 0.62),
        "men-nau",
        flat=1.5,
        at=(0, 0, 9.55),
    ),
    *(
        Sweep(
            (
                (10.9, -2.5, 6.7),
                (12.9, -2.2, 7.3),
                (13.9, 0, 7.6),
                (12.9, 2.2, 7.3),
                (10.9, 2.5, 6.7),
            ),
            (0.7, 0.55, 0.52, 0.55, 0.7),
            "men-nau",
            flat=1.2,
            turn=t,
        )
        for t in (0, 180)
    ),
)

NOODLE_BOWL = (
    Lathe(
        profile=(
            (4.0, 0),
            (4.1, 1.1),
            (4.7, 1.5),
            (7.3, 3.4),
            (8.9, 6.3),
            (9.5, 8.4),
            (9.7, 8.8),
        ),
        glaze="hoa-lam",
        wall=0.4,
        bare_foot=0.4,
        decor=(
            d.bands((0.85, 0.12), (2.2, 0.1), (2.55, 0.22), (8.0, 0.1), (8.35, 0.2)),
            r.rolling_waves(3.7, 11, 3.3),
        ),
        inside_decor=(d.bands((8.2, 0.14), (7.9, 0.08)),),
        texture=3072,
    ),
)
FILLED_BOWL = (
    *NOODLE_BOWL,
    shapes.tea(8.55, (0, 0, 6.6), "broth"),
    *shapes.noodles(5.2, (-0.8, 0.8, 6.5), 5),
)


def _peonies(slip: Slip) -> None:
    """Four peonies round the slope of the tray's lid, leaves between them."""
    s = slip.chart.row_of(2.55)
    for k in range(4):
        at = ((k + 0.5) / 4, s)
        gap = slip.chart.around(s) / 4
        for way in (-1, 1):
            stem = [(0, 0), (0.24 * gap * way, 1.2 * way), (0.5 * gap * way, 0)]
            slip.stroke(stem, 0.2, 1.7, at=at, press=steady)
        for x, y, angle, size in (
            (-2.4, 1.2, 2.5, 3.3),
            (2.4, -1.4, -0.6, 3.3),
            (2.2, 1.6, 0.7, 2.9),
            (-2.2, -1.5, -2.5, 2.9),
            (-0.4 * gap, 0.6, 1.9, 2.6),
            (-0.46 * gap, -0.3, -1.6, 2.3),
        ):
            flowers.peony_leaf(slip, at, (x, y), angle, size)
    for k in range(4):
        with slip.dipped("cobalt"):
            size = 6.2 * slip.rng.uniform(0.95, 1.06)
            flowers.peony(slip, ((k + 0.5) / 4, s), (0, 0), size, "cobalt")


WELL = 4.3
TRAY_BASE = (
    Lathe(
        profile=((11.3, 0), (11.6, 0.45), (12.2, 1.1), (12.4, 2.6), (12.45, 4.6)),
        glaze="hoa-lam",
        wall=0.5,
        bare_foot=0.35,
        decor=(
            d.bands((0.8, 0.1), (1.15, 0.2), (3.95, 0.1), (4.25, 0.18)),
            d.leaf_scroll(2.55, 16, 2.0),
        ),
        planar=True,
        texture=3072,
    ),
    Lathe(
        profile=((WELL - 0.1, 0), (WELL, 1.6), (WELL + 0.1, 3.3)),
        glaze="hoa-lam",
        wall=0.36,
        bare_foot=0,
        decor=(d.bands((2.9, 0.1)),),
        texture=1024,
        at=(0, 0, 0.7),
    ),
    *(
        Slab(
            (0.45, 11.92 - WELL + 0.2, 3.2),
            "hoa-lam",
            0.18,
            at=(
                (11.92 + WELL - 0.2) / 2 * math.sin(math.radians(turn)),
                -(11.92 + WELL - 0.2) / 2 * math.cos(math.radians(turn)),
                0.7,
            ),
            turn=turn,
        )
        for turn in (36, 108, 180, 252, 324)
    ),
)
TRAY_LID = (
    Lathe(
        profile=(
            (12.3, 0),
            (12.75, 0.3),
            (12.6, 0.9),
            (11.0, 1.9),
            (7.0, 3.4),
            (3.0, 4.25),
            (1.3, 4.5),
            (0.95, 4.9),
            (1.6, 5.6),
            (1.55, 6.4),
            (0.8, 6.9),
            (0, 7.0),
        ),
        glaze="hoa-lam",
        wall=0,
        bare_foot=0,
        decor=(
            d.bands((0.35, 0.26), (0.95, 0.1), (4.0, 0.1), (4.15, 0.2), (6.2, 0.3)),
            _peonies,
        ),
        texture=3072,
    ),
)


def _sweets(turn: float, glaze: str, size: float, count: int) -> tuple:
    """Sweets lying in the compartment towards ``turn``, in degrees."""
    made = []
    for k in range(count):
        a = math.radians(turn + 13 * (k % 3 - 1) * (1 + 0.1 * (k // 3)))
        far = 6.3 + 1.9 * (k // 3)
        spot = (far * math.sin(a), -far * math.cos(a), 0.85)
        made.append(shapes.heap(size, 1.5, spot, glaze))
    return tuple(made)


SWEETS = (
    *_sweets(0, "mandarin", 1.1, 9),
    *_sweets(72, "rice", 1.15, 9),
    *_sweets(144, "blossom", 1.1, 9),
    *_sweets(216, "leaf", 1.1, 9),
    *_sweets(288, "red-wax", 1.0, 9),
    *(
        shapes.heap(1.2, 1.6, (2.1 * math.sin(k), -2.1 * math.cos(k), 1.2), "tea-leaf")
        for k in range(6)
    ),
)

FISH_DISH = (
    Lathe(
        profile=(
            (9.4, 0),
            (9.6, 0.7),
            (10.5, 1.1),
            (12.1, 2.0),
            (13.0, 3.1),
            (13.5, 3.9),
            (13.9, 4.0),
        ),
        glaze="men-ngoc",
        wall=0.5,
        bare_foot=0.4,
        planar=True,
        lobes=Lobes(2, 0.2, low=-10, kind="oval"),
        inside_decor=(r.incised_fish(19.5, 0.12),),
        texture=3072,
        around=384,
    ),
)

CARAFE = (
    Lathe(
        profile=(
            (4.5, 0),
            (4.8, 0.5),
            (5.3, 2.8),
            (5.4, 7.0),
            (4.9, 11.2),
            (3.3, 14.6),
            (2.1, 16.8),
            (1.85, 19.0),
            (2.05, 20.6),
            (2.3, 21.2),
        ),
        glaze="trang-nga",
        wall=0.34,
        decor=(
            d.dipped(3.4, 0.5),
            r.in_pigment("moss", r.trailing_stroke(6.2, 11.0, 0.3, 0.9, 2.2)),
        ),
        rings=2.4,
        texture=3072,
    ),
)
WATER_CUP = (
    Lathe(
        profile=((2.6, 0), (2.75, 0.4), (3.1, 2.4), (3.35, 5.0), (3.5, 7.0)),
        glaze="trang-nga",
        wall=0.28,
        bare_foot=0.3,
        decor=(r.in_pigment("moss", r.trailing_stroke(2.6, 4.4, 0.25, 0.7, 1.1)),),
        rings=2.0,
        texture=2048,
    ),
)
CAP_HEIGHT = 22.2

PIECES = (
    Piece(
        "bo-do-an-lau-reu",
        front=Shot(
            (
                Place(SOUP_BOWL, at=(-10.5, 12, 0), turn=4),
                *(
                    Place(RICE_BOWL, at=(9.5, 14, 1.75 * k), turn=-12 + 35 * k, seed=k)
                    for k in range(5)
                ),
                Place(LARGE_PLATE, at=(-9.5, -12, 0), turn=8),
                Place(SMALL_PLATE, at=(13.5, -9.5, 0), turn=-8, seed=1),
                Place(RICE_BOWL, at=(22.5, 8, 0), turn=14, seed=6),
                Place(SAUCER, at=(6.5, -22, 0)),
                Place(SAUCER, at=(17.5, -22.5, 0), seed=1),
            ),
            elevation=33,
            fill=0.9,
        ),
        detail=Shot(
            (Place(RICE_BOWL, turn=8),), elevation=14, azimuth=4, close=(0.3, -4.6, 3.2, 8)
        ),
        setting=Shot(
            (
                Place(shapes.tray(64, 0, round_=True)),
                Place(SOUP_BOWL, at=(-7.5, -5, 1), turn=14),
                Place(SMALL_PLATE, at=(3, 7.5, 1), turn=10),
                Place(SAUCER_WITH_DIP, at=(9.5, -7, 1)),
                *(
                    Place(
                        (*RICE_BOWL, shapes.heap(4.7, 1.8, (0, 0, 4.0))),
                        at=(24 * math.sin(a), -24 * math.cos(a), 1),
                        turn=math.degrees(a),
                        seed=k,
                    )
                    for k, a in enumerate(2 * math.pi * (k + 0.5) / 6 for k in range(6))
                ),
            ),
            elevation=40,
            fill=0.92,
        ),
    ),
    Piece(
        "to-canh-co-nap-vien-nau",
        front=Shot((Place(TUREEN, turn=24),), elevation=15, fill=0.82),
        detail=Shot(
            (Place(TUREEN, turn=24),), elevation=24, azimuth=14, close=(4.2, -8.6, 9.8, 13)
        ),
        setting=Shot(
            (
                Place(TUREEN, at=(-3, 5, 0), turn=-18),
                Place(RICE_BOWL, at=(15, -8, 0), turn=20),
                Place(shapes.chopsticks((-2, -14, 0), 6)),
            ),
            elevation=22,
            fill=0.88,
        ),
    ),
    Piece(
        "khay-mut-tet-mau-don",
        front=Shot(
            (Place((*TRAY_BASE,)), Place(TRAY_LID, at=(0, 0, 4.5), turn=45)),
            elevation=24,
            fill=0.84,
        ),
        detail=Shot(
            (Place(TRAY_BASE), Place(TRAY_LID, at=(0, 0, 4.5), turn=45)),
            elevation=38,
            close=(0, -7.5, 7.2, 13),
        ),
        setting=Shot(
            (
                Place((*TRAY_BASE, *SWEETS), turn=20),
                Place(TRAY_LID, at=(4, 19.8, 11.6), tilt=66, turn=-8),
            ),
            elevation=40,
            fill=0.88,
        ),
    ),
    Piece(
        "doi-bat-mi-song-nuoc",
        front=Shot(
            (
                Place(NOODLE_BOWL, at=(-7, 7, 0), turn=8),
                Place(NOODLE_BOWL, at=(7.5, -8, 0), turn=50, seed=1),
            ),
            elevation=17,
            fill=0.88,
        ),
        detail=Shot((Place(NOODLE_BOWL, turn=8),), elevation=8, close=(0.3, -8, 5.2, 9)),
        setting=Shot(
            (
                Place(shapes.tray(46, 27)),
                Place(FILLED_BOWL, at=(-11, 0.5, 1), turn=20),
                Place(FILLED_BOWL, at=(11, 0, 1), turn=80, seed=1),
                Place(shapes.chopsticks((11, -4.2, 9.75), -8)),
            ),
            elevation=30,
            fill=0.9,
        ),
    ),
    Piece(
        "dia-ca-bau-duc-men-ngoc",
        front=Shot((Place(FISH_DISH, turn=-8),), elevation=44, fill=0.88),
        detail=Shot((Place(FISH_DISH, turn=-8),), elevation=40, close=(5.0, 0.3, 1.4, 13)),
        setting=Shot(
            (
                Place(FISH_DISH, at=(0, 4, 0), turn=6),
                Place(SAUCER_WITH_DIP, at=(12.5, -11.5, 0)),
                Place(shapes.ruler(), at=(-3, -19.5, 0), turn=3),
            ),
            elevation=34,
            fill=0.9,
        ),
    ),
    Piece(
        "binh-nuoc-up-coc",
        front=Shot(
            (Place(CARAFE, turn=14), Place(WATER_CUP, at=(0, 0, CAP_HEIGHT), tilt=180)),
            elevation=8,
            fill=0.78,
        ),
        detail=Shot(
            (Place(CARAFE, turn=14), Place(WATER_CUP, at=(0, 0, CAP_HEIGHT), tilt=180)),
            elevation=9,
            close=(0, -4.5, 9.5, 13),
        ),
        setting=Shot(
            (
                Place(shapes.tray(26, 18)),
                Place(CARAFE, at=(-4.5, 1, 1), turn=-40),
                Place((*WATER_CUP, shapes.tea(3.1, (0, 0, 5.4))), at=(6.5, -1.5, 1), turn=20),
            ),
            elevation=16,
            fill=0.86,
        ),
    ),
)
