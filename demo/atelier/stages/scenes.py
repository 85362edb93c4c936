"""Ten photographs, one a step: the lotus vase from a lump of clay to the day it leaves the kiln."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from ..entries.net_lam import LOTUS_VASE
from ..forms import Lathe, Masonry, Part, Slab
from ..masonry import Bond, laid, plane, tunnel
from ..shapes import round_hole
from ..studio import Place, Shot
from . import props
from .vessel import HIGH, VASE, glazed, thrown

AROUND = Bond(3.2, 12, 5.4, 0.12, 0.2, closed=True)


def upright(vase: Place, *beside: Place, lift: float = 0.0) -> Shot:
    """The one camera of every picture that shows the vase standing; only it sets the light."""
    return Shot((vase, *beside), elevation=7, close=(0, 0, HIGH / 2 + lift, 58), stop=128)


def _aside(*parts_at: tuple) -> list[Place]:
    return [Place(parts, at=at, framed=False) for parts, at in parts_at]


def choosing() -> Shot:
    lumps = (
        Place((props.lump(10.5, 3, cut=True),), at=(-1.5, -5, 0), turn=-14),
        Place((props.lump(10.0, 5),), at=(12.5, 7, 0), turn=40),
        Place((props.lump(8.5, 8),), at=(-13.5, 8, 0), turn=80),
        Place((props.lump(7.6, 12),), at=(0.5, 11.5, 9.5), turn=20),
        Place((props.lump(5.0, 15),), at=(14.5, -9.5, 0), turn=120),
    )
    bits = [
        Place((part,), at=at, turn=70.0 * k, framed=False)
        for k, (part, at) in enumerate(props.crumbs(22, 26, 4))
    ]
    return Shot((*lumps, *bits), elevation=17, fill=0.95)


def preparing() -> Shot:
    slab = Place((Slab((52, 44, 5), "thach-cao", 0.5),), at=(2, 2, 0), framed=False)
    cone = Place((props.wedged(),), at=(-2.5, -1.5, 5), turn=24)
    block = Place((Slab((13, 12, 10), "dat-nhao", 1.1),), at=(13, 11.5, 5), turn=14)
    return Shot(
        (slab, cone, block, Place(props.wire((2, -15, 5)), turn=-5)), elevation=24, fill=0.84
    )


def forming() -> Shot:
    top = props.WHEEL
    wheel = Place((*props.wheel(), props.slurry(8.9, (0, 0, top - 0.42))), framed=False)
    return upright(
        Place(thrown("dat-uot", 0.032), at=(0, 0, top)),
        wheel,
        *_aside((props.sponge_and_rib((0, 0, 0)), (11.6, -9.6, top))),
        lift=top,
    )


def drying() -> Shot:
    top = 4.6
    return upright(
        Place(thrown("dat-se", 0.024), at=(0, 0, top)),
        *(
            Place(thrown("dat-se", 0.024), at=(x, 16, top), turn=t, framed=False, seed=s)
            for x, t, s in ((-25, 80, 3), (25, 150, 5))
        ),
        Place(props.board(120, 26), framed=False),
        Place(props.board(120, 24), at=(0, 27, 0), framed=False),
        lift=top,
    )


def trimming() -> Shot:
    """Upside down in a chuck on the wheel, the foot turned, curls lying where they fell."""
    top = props.WHEEL
    chuck = Lathe(
        ((10.4, 0), (10.2, 1), (9.6, 5), (9.9, 9.6), (10.5, 11.2)),
        "dat-se",
        wall=1.3,
        bare_foot=0,
        texture=1024,
    )
    rng = np.random.default_rng(6)
    curls = []
    for k in range(64):
        a, r = rng.uniform(0, 2 * math.pi), rng.uniform(11.6, 17.4)
        on_wheel = k < 40
        reach = r if on_wheel else r + rng.uniform(4, 13)
        part = props.shaving(rng.uniform(1.5, 7), rng.uniform(0.8, 3.2), rng.uniform(0.3, 0.8), k)
        curls.append(
            Place(
                (part,),
                at=(reach * math.cos(a), reach * math.sin(a), top if on_wheel else 0),
                turn=rng.uniform(0, 360),
                framed=False,
            )
        )
    vase = Place(
        (Lathe(VASE.profile, "dat-se", wall=0.6, bare_foot=0, texture=2048, rings=0.4),),
        at=(0, 0, top + HIGH + 1.2),
        tilt=180,
    )
    return Shot(
        (
            vase,
            Place((chuck,), at=(0, 0, top)),
            Place(props.wheel()),
            *curls,
            *_aside((props.turning_tool((0, 0, 0), 0), (-3, -24, 0))),
        ),
        elevation=26,
        azimuth=8,
        fill=0.86,
    )


def drawing() -> Shot:
    return upright(Place(glazed("dat-kho")))


def glazing() -> Shot:
    return upright(Place(glazed("men-song")))


def loading() -> Shot:
    lift = 2.0
    back = props.saggar(16.5, 27, lid=True)
    return upright(
        Place(glazed("men-song"), at=(0, 0, lift)),
        Place(props.saggar(14.5, 11.5), framed=False),
        Place((Slab((170, 150, 0.6), "bao-nung", 0.2, (0, 0, -0.55)),), framed=False),
        *(
            Place(back, at=(x, y, 29.6 * k), turn=60 * k + x, framed=False, seed=k)
            for x, y in ((-30, 26), (6, 36), (36, 24))
            for k in range(3)
        ),
        lift=lift,
    )


def firing() -> Shot:
    """Through a stoke hole, some 20 cm wide: everything inside gives its own light."""
    hole, face, middle = 11.0, -44.0, 21.5
    return Shot(
        (
            Place(glazed("trong-lua", glow=1.1), at=(0, 4, 0)),
            *(
                Place(glazed("trong-lua", glow=0.5), at=(x, y, 0), turn=t, framed=False, seed=3)
                for x, y, t in ((-21, 34, 60), (22, 36, 200))
            ),
            Place(_chamber(), framed=False),
            Place(_kiln_wall(hole, face, middle), framed=False),
        ),
        elevation=0,
        close=(0, face, middle, 46),
        lens=35,
        stop=128,
        light="kiln",
    )


def _chamber() -> tuple[Part, ...]:
    glow = (("glow", 0.2),)
    return (
        Slab((150, 3, 130), "trong-lua", 0.2, (0, 56, -20), options=glow),
        Slab((150, 100, 3), "trong-lua", 0.2, (0, 18, -3.1), options=(("glow", 0.45),)),
    )


def _kiln_wall(hole: float, face: float, middle: float) -> tuple[Part, ...]:
    """Large bricks and the ring round a hole, mortar behind them."""

    def keep(spots: np.ndarray) -> np.ndarray:
        return np.hypot(spots[:, 0], spots[:, 2] - middle) > hole + 5.5

    front = plane((-60, face, -30), (120, 0, 0), (0, 0, 110))
    lining = tunnel(hole, 12.0, (0, face - 0.35, middle))
    mortar = Slab(
        (120, 9, 110),
        "lo-vua",
        0.2,
        (0, face + 4.8, middle - 55),
        pierced=((0, 0, round_hole(2 * hole + 0.3)),),
        texture=2048,
    )
    return (
        Masonry(partial(laid, front, Bond(21, 6.6, 11, 0.6, 0.35), keep), "lo-gach"),
        Masonry(partial(laid, lining, AROUND, rows=1), "bao-nung"),
        mortar,
    )


def unpacking() -> Shot:
    return upright(Place(LOTUS_VASE))
