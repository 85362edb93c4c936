"""Figures modelled by hand: lumps smoothed into one skin, its sheet of patches, its finishing."""

from __future__ import annotations

import numpy as np

from ..chart import noise_in_clay
from ..forms import Mesh, Modelled, Surface
from .clay import Clay
from .finishing import brushed, combed, scaled, scored
from .sheet import patches, sheet
from .skin import skin

__all__ = ["brushed", "combed", "modelled", "scaled", "scored"]


def modelled(part: Modelled, rng: np.random.Generator) -> Mesh:
    """The mesh of a figure with one surface, whose chart is a sheet of patches."""
    clay = Clay(part)
    vertices, faces = skin(clay.field)
    places = clay.settle(vertices)
    normals = clay.slope(places)
    uneven = noise_in_clay(places.astype(np.float32), rng, 1.5) + 0.5 * noise_in_clay(
        places.astype(np.float32), rng, 0.55, octaves=2
    )
    places = places + part.touch * uneven[:, None] * normals
    places[:, 2] = np.maximum(places[:, 2], 0)
    uv, per_cm = patches(places, faces, normals, part.texture)
    chart = sheet(clay, places, faces, uv, per_cm, part.texture)
    surface = Surface("outer", chart, part.glaze, part.decor, dict(part.options), part.bare_foot)
    return Mesh(places, faces, uv, np.zeros(len(faces), np.int64), [surface])
