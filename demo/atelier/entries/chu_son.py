"""Xưởng Chữ Son: brush drawing and brush writing, cobalt with iron red."""

from __future__ import annotations

from .. import decoration as d
from .. import flowers, shapes
from ..brush import Slip, steady
from ..forms import Lathe, Sweep
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
)
