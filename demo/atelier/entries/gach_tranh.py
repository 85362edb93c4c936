"""Xưởng Gạch Tranh: tiles, pictures in tile, pierced blocks and garden ware."""

from __future__ import annotations

import math

from .. import decoration as d
from .. import lane, letters, season_panels, shapes, tiles, water
from ..brush import Slip, steady
from ..forms import Decor, Lathe, Slab
from ..piece import Piece
from ..shapes import Outline
from ..studio import Place, Shot

SEASONS = (
    season_panels.orchid_panel,
    season_panels.lotus_panel,
    season_panels.chrysanthemum_panel,
    season_panels.plum_panel,
)
PANEL = (15.0, 1.6, 64.0)


def _season(scene: Decor) -> tuple:
    face = Slab(
        PANEL,
        "men-ran",
        0.25,
        at=(0, 0, 1.3),
        options=(("coarse", 4.0), ("fine", 1.4)),
        front=(scene,),
        sides="moc",
        texture=2304,
    )
    return (face, *tiles.framed(PANEL[0], PANEL[2]))


PANELS = tuple(_season(scene) for scene in SEASONS)
SIDE = 20.0


def _lane_tile(column: int, row: int) -> Slab:
    x, z = (column - 0.5) * (SIDE + 0.15), row * (SIDE + 0.15)
    return Slab(
        (SIDE, 1.2, SIDE),
        "hoa-lam",
        0.16,
        at=(x, 0, z + 1.4),
        front=(
            tiles.cut_from(
                lane.village_lane,
                2 * SIDE,
                3 * SIDE,
                ((column - 0.5) * SIDE, (row - 1) * SIDE),
            ),
        ),
        sides="moc",
        texture=1280,
    )


LANE = (
    *(_lane_tile(column, row) for row in range(3) for column in range(2)),
    *tiles.framed(2 * SIDE + 0.3, 3 * SIDE + 0.5, 2.0, 1.3),
)

SCROLL = (Slab((15, 1.1, 15), "hoa-lam", 0.18, front=(tiles.scroll_tile(15),), sides="moc"),)


def _laid(x: float, y: float, z: float, turn: float, seed: int) -> Place:
    """A tile lying face up."""
    return Place(SCROLL, at=(x, y - 7.5, z + 0.55), tilt=-90, turn=turn, seed=seed)


def _lens(long: float, wide: float, turn: float) -> Outline:
    """A leaf with two points, ``long`` by ``wide`` cm, turned by ``turn`` radians."""
    half = [
        (long * (k / 24 - 0.5), 0.5 * wide * math.sin(math.pi * k / 24) ** 0.9) for k in range(25)
    ]
    both = [*half, *((x, -y) for x, y in half[-2:0:-1])]
    c, s = math.cos(turn), math.sin(turn)
    return tuple((x * c - y * s, x * s + y * c) for x, y in both)


LEAVES = tuple(
    (4.0 * sx, 4.0 * sz, _lens(8.8, 4.3, math.pi / 4 * sx * sz)) for sx in (-1, 1) for sz in (-1, 1)
)
BUDS = tuple(
    (7.0 * math.sin(a), 7.0 * math.cos(a), _lens(4.4, 2.0, -a))
    for a in (0, math.pi / 2, math.pi, 1.5 * math.pi)
)


def _grooves(slip: Slip) -> None:
    """A groove pressed round every opening, where the glaze will lie dark."""
    for x, z, outline in (*LEAVES, *BUDS):
        ring = [(1.22 * a, 1.3 * b) for a, b in outline]
        slip.stroke(
            [*ring, ring[0]], 0.22, -0.09, at=(x, z), layer="height", press=steady, smooth=False
        )
    edge = [(-9.2, -9.2), (9.2, -9.2), (9.2, 9.2), (-9.2, 9.2), (-9.2, -9.2)]
    slip.stroke(edge, 0.3, -0.1, at=(0.0, 0.0), layer="height", press=steady, smooth=False)


BLOCK = (
    Slab(
        (20, 7, 20),
        "xanh-reu",
        0.5,
        front=(_grooves,),
        pierced=(*LEAVES, *BUDS),
        options=(("runs", 1.6),),
        texture=1536,
    ),
)

COIN = tuple(
    (dx, dz, _lens(3.9, 2.0, turn))
    for dx, dz, turn in (
        (0.0, 2.3, 0.0),
        (0.0, -2.3, 0.0),
        (2.3, 0.0, math.pi / 2),
        (-2.3, 0.0, math.pi / 2),
    )
)
AROUND = 2 * math.pi * 17.2


def _coin_rings(slip: Slip) -> None:
    """Two blue circles round every pierced coin, clouds between them."""
    for k in range(4):
        at = (0.5 + k / 4, slip.chart.row_of(23.0))
        for r, pen in ((4.6, 0.34), (5.2, 0.14)):
            line = [
                (r * math.cos(2 * math.pi * j / 40), r * math.sin(2 * math.pi * j / 40))
                for j in range(42)
            ]
            slip.stroke(line, pen, 1.5, at=at, press=steady)
        for side in (-1, 1):
            for rise in (-3.4, 3.4):
                _cloud((0.5 + k / 4 + 0.125, at[1]), side, rise, slip)


def _cloud(at: d.Spot, side: int, rise: float, slip: Slip) -> None:
    curls = [
        [(0.6, 0.0), (1.8, 1.3), (3.0, 0.4), (2.4, -0.5), (1.7, 0.0)],
        [(0.4, 0.1), (-0.6, 0.9), (-0.2, 1.7), (0.6, 1.5), (0.5, 0.9)],
        [(0.6, -0.1), (2.0, -1.0), (3.6, -0.8), (4.4, -1.4)],
    ]
    for curl in curls:
        line = [(side * x, y + rise) for x, y in curl]
        slip.stroke(line, 0.42, 1.4, at=at, press=steady)
    pale = [(side * x, y + rise) for x, y in ((0.2, 0), (1.6, 1.2), (3.1, 0.2), (1.6, -0.8))]
    slip.wash(pale, 0.4, at=at)


STOOL = (
    Lathe(
        profile=(
            (12.6, 0),
            (13.2, 0.8),
            (13.1, 2.4),
            (14.8, 8),
            (16.8, 16),
            (17.2, 23),
            (16.7, 30),
            (14.7, 38),
            (13.4, 42.2),
            (12.9, 43.8),
            (11.6, 44.7),
            (8.0, 45.1),
            (4.0, 45.2),
            (2.3, 45.1, 1),
            (2.0, 44.4),
        ),
        glaze="hoa-lam",
        wall=1.1,
        bare_foot=0.8,
        decor=(
            water.sea(1.2, 7.6, 12, 2),
            d.bands((12.4, 0.24), (13.0, 0.12)),
            d.beads(11.0, 40, 1.5, 0.42),
            _coin_rings,
            d.bands((33.0, 0.12), (33.6, 0.24)),
            d.beads(35.2, 36, 1.5, 0.42),
            d.lappets(42.0, 36.6, 24, "lotus"),
            d.bands((42.6, 0.2), (44.2, 0.16)),
        ),
        relief=True,
        pierced=tuple(
            (0.5 + k / 4 + x / AROUND, 23.0 + z, outline)
            for k in range(4)
            for x, z, outline in COIN
        ),
        texture=4096,
    ),
)

PLAQUE_SIZE = (22.0, 1.5, 15.0)
NAILS = ((-9.4, 0.0, shapes.round_hole(0.5)), (9.4, 0.0, shapes.round_hole(0.5)))


def _number(slip: Slip) -> None:
    letters.write(slip, (0.0, -2.2), "28", 3.9, pen=0.34, density=1.7)


PLAQUE = (
    Slab(
        PLAQUE_SIZE,
        "hoa-lam",
        0.4,
        front=(tiles.plaque_border(PLAQUE_SIZE[0], PLAQUE_SIZE[2]), _number),
        pierced=NAILS,
        texture=2048,
    ),
)
SCREW = (
    Lathe(
        ((0.05, 0), (0.42, 0.05), (0.38, 0.3), (0, 0.34)), "brass", wall=0, bare_foot=0, texture=64
    ),
)
WALL = Place((Slab((260, 4, 220), "plaster", 0.1),), at=(0, 3.0, -60), framed=False)

PIECES = (
    Piece(
        "tranh-gom-tu-quy-men-ran",
        front=Shot(
            tuple(
                Place(panel, at=(19.6 * (k - 1.5), 0, 0.2), tilt=-5, seed=k)
                for k, panel in enumerate(PANELS)
            ),
            elevation=7,
            fill=0.9,
        ),
        detail=Shot(
            (Place(PANELS[1], at=(0, 0, 0.2), tilt=-5, seed=1),),
            elevation=6,
            close=(-0.5, 2.5, 36, 20),
        ),
        setting=Shot(
            (
                WALL,
                *(
                    Place(panel, at=(19.6 * (k - 1.5), -0.5, 34), seed=k)
                    for k, panel in enumerate(PANELS)
                ),
                Place((Slab((96, 26, 3), "wood", 0.4),), at=(0, -12, 18)),
            ),
            elevation=6,
            azimuth=-14,
            fill=0.9,
        ),
    ),
    Piece(
        "gach-hoa-day-lien-hoan",
        front=Shot(
            tuple(
                _laid(15.2 * x, 15.2 * y, 0, 0, 3 * x + y + 4)
                for x in (-1, 0, 1)
                for y in (-1, 0, 1)
            ),
            elevation=62,
            fill=0.86,
        ),
        detail=Shot(
            tuple(_laid(15.2 * x, 15.2 * y, 0, 0, 3 * x + y + 4) for x in (0, 1) for y in (0, -1)),
            elevation=50,
            close=(7.6, -7.6, 0.5, 20),
        ),
        setting=Shot(
            (
                *(
                    Place(SCROLL, at=(-10, 8, 1.2 * k), tilt=-90, turn=7 * k - 9, seed=k)
                    for k in range(5)
                ),
                Place(SCROLL, at=(9, 6.6, 0.25), tilt=-14, turn=-6, seed=7),
                Place(shapes.ruler(), at=(1, -8.5, 0), turn=-4),
            ),
            elevation=36,
            fill=0.88,
        ),
    ),
    Piece(
        "gach-thong-gio-xanh-reu",
        front=Shot((Place(BLOCK, turn=-24),), elevation=12, fill=0.7),
        detail=Shot(
            (Place(BLOCK, turn=-24),), elevation=10, azimuth=-6, close=(1.5, -3.5, 12.5, 13)
        ),
        setting=Shot(
            tuple(
                Place(BLOCK, at=(20.2 * x, 0, 20.2 * z), seed=3 * z + x + 1)
                for x in (-1, 0, 1)
                for z in range(3)
            ),
            elevation=8,
            azimuth=24,
            fill=0.86,
        ),
    ),
    Piece(
        "don-su-dong-tien-hoa-lam",
        front=Shot((Place(STOOL),), elevation=14, fill=0.76),
        detail=Shot((Place(STOOL),), elevation=10, azimuth=6, close=(3.4, -16.6, 26.4, 23)),
        setting=Shot(
            (
                Place(STOOL, at=(-20, 6, 0), turn=45),
                Place(STOOL, at=(21, -8, 0), turn=10, seed=1),
                Place((*shapes.tray(26, 0, round_=True),), at=(-20, 6, 45.2)),
            ),
            elevation=14,
            fill=0.88,
        ),
    ),
    Piece(
        "tranh-gom-ngo-lang-lo-gom",
        front=Shot((Place(LANE, at=(0, 0, 0.2), tilt=-6),), elevation=7, fill=0.84),
        detail=Shot((Place(LANE, at=(0, 0, 0.2), tilt=-6),), elevation=6, close=(0, 0.5, 35, 27)),
        setting=Shot(
            (
                WALL,
                Place(LANE, at=(0, 0, 32)),
                Place((Slab((84, 26, 3), "wood", 0.4),), at=(0, -12, 14)),
                Place(shapes.fruit((-26, -12, 17), 3.6)),
                Place(shapes.fruit((-19, -15, 17), 3.4), turn=0),
            ),
            elevation=6,
            azimuth=10,
            fill=0.86,
        ),
    ),
    Piece(
        "bien-so-nha-hoa-lam",
        front=Shot((Place(PLAQUE, at=(0, 0, 0.2), tilt=-14),), elevation=12, fill=0.82),
        detail=Shot(
            (Place(PLAQUE, at=(0, 0, 0.2), tilt=-14),),
            elevation=12,
            azimuth=-8,
            close=(-5.8, -0.8, 9.4, 11.5),
        ),
        setting=Shot(
            (
                WALL,
                Place(PLAQUE, at=(0, 0, 40)),
                *(Place(SCREW, at=(x, -0.7, 47.5), tilt=90) for x in (-9.4, 9.4)),
            ),
            elevation=3,
            azimuth=-10,
            fill=0.74,
        ),
    ),
)
