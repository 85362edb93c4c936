"""Miniatures of the five kilns, in centimetres, standing on their bases with the mouth to -y."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from ..glazes import GLAZES
from ..studio import Place
from .fabric import FABRICS
from .household import box, shuttle
from .wood_fired import climbing, frog, plate

GLAZES.update(FABRICS)

KILNS: dict[str, Callable[[], tuple[Place, ...]]] = {
    "mo-hinh-lo-ech": frog,
    "mo-hinh-lo-dan": plate,
    "mo-hinh-lo-bau": climbing,
    "mo-hinh-lo-hop": box,
    "mo-hinh-lo-con-thoi": shuttle,
}


def stood(
    slug: str, at: tuple[float, float, float], turn: float = 0.0, scale: float = 1.0
) -> tuple[Place, ...]:
    """A kiln to stand in a room: its base's underside at ``at`` (cm), turned by degrees, scaled."""
    a = math.radians(turn)
    c, s = math.cos(a), math.sin(a)
    x, y, z = at
    return tuple(
        replace(
            place,
            at=(
                x + scale * (c * place.at[0] - s * place.at[1]),
                y + scale * (s * place.at[0] + c * place.at[1]),
                z + scale * (place.at[2] + BASE),
            ),
            turn=place.turn + turn,
            scale=place.scale * scale,
        )
        for place in KILNS[slug]()
    )


BASE = 2.1
