"""Bếp Ngà: ware for the family table."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import riverside as r
from .. import shapes
from ..forms import Lathe, Sweep
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
                Place((*SAUCER, SAUCE), at=(9.5, -7, 1)),
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
)
