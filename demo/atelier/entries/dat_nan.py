"""Xưởng Đất Nặn: figures modelled by hand."""

from __future__ import annotations

from .. import figures, shapes
from ..forms import Modelled
from ..modelling import brushed, combed, scored
from ..piece import Piece
from ..studio import Place, Shot

NGHE = (
    Modelled(
        figures.nghe(),
        "xanh-reu",
        decor=(
            brushed(((1.18, -4.45, 15.8),), 0.55, 3.2, twin=True),
            scored(*figures.NGHE_MARKS, width=0.16, depth=0.09, twin=True),
            scored(((-0.7, -5.0, 9.9), (0, -5.2, 9.85), (0.7, -5.0, 9.9)), width=0.16, depth=0.1),
            combed((1, 1, 0.18), 0.32, 0.03, (-2.2, -5.5, 6.5), (2.2, -2.0, 10.0)),
            combed((1, 0.3, 0.3), 0.3, 0.03, (-2.4, 3.8, 3.0), (2.4, 8.0, 12.5)),
        ),
        bare_foot=0.4,
    ),
)

TY_HUU = (
    Modelled(
        figures.TY_HUU,
        "men-ran",
        decor=(
            brushed(((1.35, -7.7, 11.1),), 0.6, 2.6, twin=True),
            brushed(((-1.8, -6.2, 8.5), (0, -6.8, 8.3), (1.8, -6.2, 8.5)), 0.8, 0.5),
            combed((1, 0.25, 0.4), 0.28, 0.035, (2.2, -2.6, 4.6), (4.6, 3.4, 11.0)),
            combed((1, 0.25, 0.4), 0.28, 0.035, (-4.6, -2.6, 4.6), (-2.2, 3.4, 11.0)),
            combed((1, 0.5, 0.25), 0.28, 0.03, (-2.4, -8.2, 4.4), (2.4, -6.0, 7.2)),
        ),
        options=(("coarse", 2.4), ("fine", 0.85)),
    ),
)

GOAT = (
    Modelled(
        figures.GOAT,
        "men-ngoc",
        decor=(
            brushed(((1.3, -6.0, 11.15),), 0.42, 4.5, twin=True),
            scored(
                ((0.9, -6.5, 11.0), (1.1, -6.2, 11.6), (1.2, -5.5, 11.7), (1.2, -5.0, 11.3)),
                ((0.95, -6.4, 10.8), (1.2, -5.9, 10.6), (1.3, -5.3, 10.8)),
                ((0.4, -8.6, 9.2), (0.8, -8.1, 8.95), (0.95, -7.4, 9.0)),
                width=0.12,
                depth=0.08,
                twin=True,
            ),
            combed((1, 0.3, 0.25), 0.42, 0.06, (-4.0, -3.6, 0.8), (4.0, 8.0, 7.5), 1.2),
            combed((1, 0.6, 0.2), 0.26, 0.04, (-1.2, -8.2, 5.8), (1.2, -6.4, 8.8)),
        ),
    ),
)

TOAD = (
    Modelled(
        figures.TOAD,
        "men-nau",
        decor=(
            brushed(((2.45, -5.2, 8.35),), 0.6, 2.4, twin=True),
            scored(((1.3, -4.9, 8.5), (2.2, -4.9, 9.0), (3.1, -4.2, 8.6)), depth=0.1, twin=True),
            combed((1, 1, 0.6), 0.5, 0.02, (-5.5, -6.0, 0.4), (5.5, 6.5, 4.5), 1.0),
        ),
    ),
)

BUFFALO = (
    Modelled(
        figures.BUFFALO,
        "moc-xoa",
        decor=(
            scored(*figures.BOY_FACE, width=0.1, depth=0.06, twin=True),
            scored(
                ((-0.4, -1.3, 13.95), (0, -1.4, 13.88), (0.4, -1.3, 13.95)), width=0.1, depth=0.05
            ),
            brushed(((-0.6, -1.7, 14.0), (6.0, -2.0, 13.3)), 1.1, 1.0),
            brushed(((0, -0.3, 16.2), (0, 0.8, 16.3), (0, 1.8, 15.4), (0, 2.0, 14.6)), 2.6, 1.5),
            brushed(((0.6, 0.4, 9.8), (2.6, -1.3, 9.9), (3.8, -1.3, 8.4)), 2.3, 0.55, twin=True),
            brushed(((1.9, -10.2, 7.0),), 0.5, 2.0, twin=True),
            combed((1, 0.3, 0.3), 0.5, 0.045, (-4.6, -4.5, 0.8), (4.6, 9.5, 8.4), 1.5),
            combed((0.3, 1, 0.3), 0.3, 0.03, (-2.4, 1.4, 9.8), (2.4, 4.2, 14.2), 0.4),
        ),
        bare_foot=0.0,
    ),
)

PIECES = (
    Piece(
        "nghe-ngoi-xanh-reu",
        front=Shot((Place(NGHE, turn=-32),), elevation=10, fill=0.8),
        detail=Shot((Place(NGHE, turn=-32),), elevation=10, close=(-1.6, -3, 14.0, 11.5)),
        setting=Shot(
            (Place(NGHE, turn=28, at=(-7, -1, 0)), Place(NGHE, turn=152, at=(7, 3, 0), seed=1)),
            elevation=10,
            fill=0.86,
        ),
    ),
    Piece(
        "ty-huu-men-ran",
        front=Shot((Place(TY_HUU, turn=-40),), elevation=12, fill=0.84),
        detail=Shot((Place(TY_HUU, turn=-40),), elevation=12, close=(-3.4, -5, 9.4, 10)),
        setting=Shot(
            (Place(TY_HUU, turn=48, at=(0, 0, 1.0)), Place(shapes.tray(26, 18))),
            elevation=16,
            fill=0.86,
        ),
    ),
    Piece(
        "de-nam-men-ngoc",
        front=Shot((Place(GOAT, turn=-58),), elevation=11, fill=0.82),
        detail=Shot((Place(GOAT, turn=-58),), elevation=10, close=(-4.6, -2.5, 11.0, 9.5)),
        setting=Shot(
            (
                Place(GOAT, turn=52),
                Place(shapes.fruit((-9.5, -5.5, 0), 2.9)),
                Place(shapes.fruit((-4.0, -8.6, 0), 3.0), turn=20),
            ),
            elevation=15,
            fill=0.86,
        ),
    ),
    Piece(
        "coc-dat-tiet-kiem-men-nau",
        front=Shot((Place(TOAD, turn=-30),), elevation=20, fill=0.84),
        detail=Shot((Place(TOAD, turn=-30),), elevation=34, close=(0, 0, 7.6, 10)),
        setting=Shot(
            (Place(TOAD, turn=40, at=(-3, 2, 0)), Place(shapes.ruler(20), at=(1, -9, 0), turn=-4)),
            elevation=24,
            fill=0.86,
        ),
    ),
    Piece(
        "trau-va-be-thoi-sao",
        front=Shot((Place(BUFFALO, turn=-56),), elevation=11, fill=0.84),
        detail=Shot((Place(BUFFALO, turn=-56),), elevation=10, close=(0, -2.0, 12.4, 11)),
        setting=Shot(
            (Place(BUFFALO, turn=48), Place(GOAT, at=(15, -11, 0), turn=-60, seed=1)),
            elevation=14,
            fill=0.88,
        ),
    ),
)
