"""What an entry says of a piece: its slug, its three photographs and its 3D model."""

from __future__ import annotations

from dataclasses import dataclass

from .studio import Shot


@dataclass(frozen=True)
class Piece:
    """A piece of the shop; the slug names its folder of photographs.

    ``model`` is what its 3D model holds, first seen as that shot says; without one it is what the
    front shot shows of clay.
    """

    slug: str
    front: Shot
    detail: Shot
    setting: Shot
    model: Shot | None = None
