"""What lies about the potter's places: wheel, boards, tools, shavings, saggars, lumps of clay."""

from __future__ import annotations

import math

import numpy as np

from ..forms import Block, Lathe, Lump, Modelled, Part, Slab, Sweep, Vector

WHEEL = 5.0


def wheel(glaze: str = "mat-ban-xoay") -> tuple[Part, ...]:
    """A wheel head ``WHEEL`` cm high on its hub, slurry thrown to its edge."""
    return (
        Lathe(((7, 0), (7, 2.4), (0, 2.4)), "sat", wall=0, bare_foot=0, texture=512),
        Lathe(
            ((17.4, 0), (18.0, 0.4), (18.0, 2.2), (17.6, 2.7), (9, 2.7), (0, 2.7)),
            glaze,
            wall=0,
            bare_foot=0,
            texture=2048,
            at=(0, 0, WHEEL - 2.7),
        ),
    )


def slurry(radius: float, at: Vector) -> Part:
    """The skirt of slurry a pot leaves round its foot."""
    return Lathe(
        ((radius + 1.6, 0), (radius + 0.8, 0.18), (radius, 0.5), (radius - 1, 0.5), (0, 0.5)),
        "dat-uot",
        wall=0,
        bare_foot=0,
        texture=1024,
        at=at,
        off_round=9,
    )


def sponge_and_rib(at: Vector) -> tuple[Part, ...]:
    """The thrower's sponge, and a wooden rib leaning on it."""
    x, y, z = at
    return (
        Modelled(
            (
                Lump(((0, 0, 1.3),), (2.4,), 0.4, (1.25, 0.95, 0.62)),
                Lump(((1.1, 0.3, 1.6),), (1.5,), 0.5, (1, 1, 0.7)),
            ),
            "bot-bien",
            bare_foot=0,
            touch=0.16,
            texture=512,
            at=at,
        ),
        Slab((5.6, 3.0, 0.45), "wood", 0.2, (x - 6.2, y - 0.6, z), turn=24),
    )


def shaving(long: float, turns: float, girth: float, seed: int) -> Part:
    """One curl of firm clay off the turning tool."""
    rng = np.random.default_rng(seed)
    a = np.linspace(0, 2 * math.pi * turns, 18) + rng.uniform(0, 6)
    r = girth * (1 - 0.35 * np.linspace(0, 1, 18)) * (1 + 0.12 * np.sin(3 * a))
    along = long * (np.linspace(0, 1, 18) - 0.5)
    path = zip(along, r * np.cos(a), girth + r * np.sin(a), strict=True)
    line = tuple((float(x), float(y), float(z)) for x, y, z in path)
    return Sweep(
        line,
        (0.05, 0.09, 0.09, 0.08, 0.04),
        "dat-se",
        flat=float(rng.uniform(3.5, 6)),
        options=(("damp", 0.3),),
        texture=96,
    )


def board(wide: float, deep: float, thick: float = 2.6) -> tuple[Part, ...]:
    """A ware board on two battens; its top is ``thick`` + 2 cm above the ground."""
    return (
        Slab((wide, deep, thick), "wood", 0.25, (0, 0, 2.0)),
        *(Slab((3.5, deep - 2, 2.0), "wood", 0.2, (x, 0, 0)) for x in (-0.36 * wide, 0.36 * wide)),
    )


def lump(radius: float, seed: int, cut: bool = False) -> Part:
    """A spadeful of clay, rough all over, or opened by one cut facing the camera."""
    rng = np.random.default_rng(seed)
    body = [Lump(((0, 0, 0.72 * radius),), (radius,), 0.6, (1.06, 0.96, 0.8))]
    for _ in range(16):
        way = rng.normal(size=3)
        way /= np.linalg.norm(way)
        spot = way * radius * rng.uniform(0.62, 0.86) + (0, 0, 0.72 * radius)
        body.append(
            Lump(
                (tuple(spot),),
                (float(radius * rng.uniform(0.2, 0.42)),),
                float(0.16 * radius),
                tuple(rng.uniform(0.7, 1.25, 3)),
                tuple(rng.uniform(0, 180, 3)),
            )
        )
    pieces: list[Lump | Block] = list(body)
    options: tuple[tuple[str, float], ...] = ()
    if cut:
        wide, place = 4 * radius, -0.28 * radius
        pieces.append(Block((0, place - wide / 2, radius), (wide, wide, wide), 0.3, 0.2, True))
        options = (("cut", place),)
    return Modelled(
        tuple(pieces),
        "dat-moi",
        bare_foot=0,
        grain=0.03 * radius,
        touch=0.012 * radius,
        options=options,
        texture=1536,
    )


def crumbs(count: int, reach: float, seed: int) -> list[tuple[Part, Vector]]:
    """Small bits broken off, and where each lies."""
    rng = np.random.default_rng(seed)
    found = []
    for k in range(count):
        size = float(rng.uniform(0.35, 1.5) ** 1.2)
        part = Modelled(
            (
                Lump(((0, 0, 0.6 * size),), (size,), 0.2, (1.1, 0.9, 0.75)),
                Lump(((0.4 * size, 0.2 * size, 0.5 * size),), (0.7 * size,), 0.2, (0.8, 1.1, 0.8)),
            ),
            "dat-moi",
            bare_foot=0,
            grain=0.12 * size,
            touch=0.09 * size,
            texture=192,
        )
        a, r = rng.uniform(0, 2 * math.pi), reach * rng.uniform(0.45, 1)
        found.append((part, (float(r * math.cos(a)), float(0.7 * r * math.sin(a) - 4), 0.0)))
        del k
    return found


def wedged(radius: float = 9.0) -> Part:
    """A cone of clay kneaded in a spiral, lying with its folds to the camera."""
    body: list[Lump | Block] = [
        Lump(((0, 1.0, 0.86 * radius), (0, 15.0, 0.5 * radius)), (radius, 0.34 * radius), 1.0),
    ]
    for k in range(13):
        a = 2 * math.pi * k / 13
        points = []
        for f in np.linspace(0.12, 1.02, 6):
            turn = a + 1.5 * f
            r = 0.93 * radius * f
            bulge = 0.9 * radius * math.sqrt(max(1 - f * f, 0))
            points.append((r * math.cos(turn), 1.0 - bulge, 0.86 * radius + r * math.sin(turn)))
        body.append(Lump(tuple(points), (0.5, 1.0, 1.35, 1.5, 1.2), 0.55))
    return Modelled(tuple(body), "dat-nhao", bare_foot=0, grain=0.2, touch=0.08, texture=1536)


def wire(at: Vector) -> tuple[Part, ...]:
    """A cutting wire between two toggles."""
    return (
        Sweep(
            ((-9, 1.5, 0.5), (-5, -1.6, 0.15), (0, 0.6, 0.12), (5, -1.2, 0.15), (9.5, 0.6, 0.5)),
            (0.06, 0.06),
            "thep",
            texture=64,
            at=at,
        ),
        Sweep(((-9.2, -0.6, 0.6), (-8.8, 3.6, 0.6)), (0.6, 0.55, 0.6), "wood", texture=128, at=at),
        Sweep(((9.2, -1.6, 0.6), (9.9, 2.6, 0.6)), (0.6, 0.55, 0.6), "wood", texture=128, at=at),
    )


def turning_tool(at: Vector, turn: float) -> tuple[Part, ...]:
    """A loop of strip iron in a wooden handle."""
    return (
        Sweep(
            ((0, 0, 0.7), (6, 0, 0.75), (12, 0, 0.7)),
            (0.5, 0.75, 0.6),
            "bamboo-stick",
            at=at,
            turn=turn,
            texture=128,
        ),
        Sweep(
            (
                (12, 0, 0.7),
                (14, 1.6, 0.7),
                (17, 1.9, 0.7),
                (17.2, -1.9, 0.7),
                (14, -1.6, 0.7),
                (12, 0, 0.7),
            ),
            (0.09, 0.09),
            "sat",
            flat=3.5,
            at=at,
            turn=turn,
            texture=64,
        ),
    )


def saggar(radius: float, high: float, lid: bool = False) -> tuple[Part, ...]:
    """A coarse fire-clay drum for one tall piece, with its lid if asked."""
    body = Lathe(
        ((radius, 0), (radius + 0.2, 0.5), (radius + 0.2, high - 0.4), (radius, high)),
        "bao-nung",
        wall=1.7,
        bare_foot=0,
        texture=2048,
        rings=1.5,
        off_round=2,
    )
    if not lid:
        return (body,)
    top = Lathe(
        ((radius - 0.4, 0), (radius + 0.5, 0.4), (radius + 0.5, 2.0), (radius - 1, 2.5), (0, 2.6)),
        "bao-nung",
        wall=0,
        bare_foot=0,
        texture=1024,
        at=(0, 0, high),
    )
    return (body, top)
