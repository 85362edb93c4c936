"""What an entry says of a piece: its slug and its three photographs."""

from __future__ import annotations

from dataclasses import dataclass

from .studio import Shot


@dataclass(frozen=True)
class Piece:
    """A piece of the shop; the slug names its folder of photographs."""

    slug: str
    front: Shot
    detail: Shot
    setting: Shot
