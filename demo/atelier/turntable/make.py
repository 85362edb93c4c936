"""One piece from its entry to its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from ..piece import Piece
from ..studio import Finish, photograph
from .atlas import atlas_uv, lay_out, paint
from .gather import Solid, gather, shot_of, shows_the_front
from .glb import Surface, View, glb, webp
from .reduce import Mesh, reduced, welded
from .shade import gray, occlusion, painted

MOST_BYTES = 392_000
MOST_TRIANGLES = 17_000
# Larger first: a sharp drawing before a soft one, but not at a quality that smears it.
TRIES = ((2048, (86, 80, 74, 68, 62)), (1024, (92, 86, 80, 74, 68)))
POSTER = Finish(1000, 1250, samples=8, quality=82)


@dataclass(frozen=True)
class Made:
    size: int
    triangles: int
    texture: int
    quality: int

    def __str__(self) -> str:
        return (
            f"{self.size} bytes, {self.triangles} triangles,"
            f" {self.texture} px at quality {self.quality}"
        )


def make(piece: Piece, path: Path) -> Made:
    """Write ``path``, whole or not at all. Raises ValueError when no try is small enough."""
    solid = gather(piece)
    view = View(solid.eye, solid.target, solid.field)
    for size, qualities in TRIES:
        patches = lay_out(solid, size)
        mesh = reduced(welded(solid, atlas_uv(solid, patches, size)), MOST_TRIANGLES)
        colour, gloss = paint(solid, patches, size)
        surface = _surface(solid, mesh, gloss)
        for quality in qualities:
            data = glb(piece.slug, mesh, webp(colour, quality), surface, view)
            if len(data) <= MOST_BYTES:
                _write(path, data)
                return Made(len(data), len(mesh.indices) // 3, size, quality)
    raise ValueError(f"{piece.slug}: no atlas is small enough")


def _surface(solid: Solid, mesh: Mesh, gloss: Image.Image) -> Surface:
    """The small maps: occlusion, roughness and metal in one, the coat in another if it varies."""
    coat, rough, metal = gloss.split()
    shade = gray(painted(mesh, occlusion(mesh), gloss.width))
    low, high = coat.getextrema()
    is_even = high - low < 4
    return Surface(
        webp(Image.merge("RGB", (shade, rough, metal)), 84),
        None if is_even else webp(coat, 84),
        high / 255 if is_even else 1.0,
        _coat_rough(solid),
    )


def _coat_rough(solid: Solid) -> float:
    """Of the glazed surfaces, by how many triangles show each."""
    coated = [k for k, skin in enumerate(solid.skins) if float(skin.gloss[..., 0].max()) > 0]
    if not coated:
        return 0.0
    counts = [int((solid.skin_of == k).sum()) for k in coated]
    return float(np.average([solid.skins[k].coat_rough for k in coated], weights=counts))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_bytes(data)
    draft.replace(path)


def needs_poster(piece: Piece) -> bool:
    """The front photograph is the poster wherever it shows the same things from the same place."""
    return not shows_the_front(piece)


def make_poster(piece: Piece, path: Path) -> None:
    photograph(replace(shot_of(piece)), POSTER, piece.slug, path)
