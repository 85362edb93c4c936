"""From the dense mesh to one that a telephone draws easily, its outline kept."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import meshoptimizer
import numpy as np
from meshoptimizer._loader import lib
from numpy.typing import NDArray

from .gather import Solid

# How much a wrong normal and a wrong place on the atlas weigh beside a wrong outline.
NORMAL_WEIGHT, UV_WEIGHT = 0.12, 0.5

# The binding leaves this one function's arguments unsaid, without which ctypes cannot call it.
_whole, _wide = ctypes.POINTER(ctypes.c_uint), ctypes.POINTER(ctypes.c_float)
_many = ctypes.c_size_t
lib.meshopt_simplifyWithAttributes.argtypes = [
    *(_whole, _whole, _many, _wide, _many, _many, _wide, _many, _wide, _many),
    *(ctypes.POINTER(ctypes.c_ubyte), _many, ctypes.c_float, ctypes.c_uint, _wide),
]
lib.meshopt_simplifyWithAttributes.restype = _many


@dataclass
class Mesh:
    """Vertices with their normals and uv, and triangles as indices, three in a row."""

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    uv: NDArray[np.float32]
    indices: NDArray[np.uint32]


def welded(solid: Solid, uv: NDArray[np.float64]) -> Mesh:
    """Corners that agree in place, uv and normal become one vertex; slivers go."""
    points = solid.points.reshape(-1, 3)
    size = float((points.max(0) - points.min(0)).max())
    keys = np.concatenate(
        [
            np.round(points / size * 2e5),
            np.round(uv.reshape(-1, 2) * 65535),
            np.round(solid.normals.reshape(-1, 3) * 40),
        ],
        1,
    ).astype(np.int64)
    _, first, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    triangles = index.reshape(-1, 3)
    spots = keys[first, :3]
    a, b, c = (spots[triangles[:, k]] for k in range(3))
    flat = (a == b).all(1) | (b == c).all(1) | (a == c).all(1)
    return Mesh(
        (spots / 2e5 * size).astype(np.float32),
        solid.normals.reshape(-1, 3)[first].astype(np.float32),
        uv.reshape(-1, 2)[first].astype(np.float32),
        triangles[~flat].astype(np.uint32).ravel(),
    )


def reduced(mesh: Mesh, most: int) -> Mesh:
    """At most ``most`` triangles; the vertices that remain are those that were there."""
    target = 3 * most
    indices = np.empty(len(mesh.indices), np.uint32)
    traits = np.ascontiguousarray(np.concatenate([mesh.normals, mesh.uv], 1), np.float32)
    weights = np.array([NORMAL_WEIGHT] * 3 + [UV_WEIGHT] * 2, np.float32)
    many = meshoptimizer.simplify_with_attributes(
        indices,
        mesh.indices,
        np.ascontiguousarray(mesh.points),
        traits,
        weights,
        target_index_count=target,
        target_error=1.0,
    )
    return _in_order(mesh, indices[:many].copy())


def _in_order(mesh: Mesh, indices: NDArray[np.uint32]) -> Mesh:
    """Triangles in the order a graphics card likes, vertices in the order of their first use."""
    cached = np.empty_like(indices)
    meshoptimizer.optimize_vertex_cache(cached, indices, vertex_count=len(mesh.points))
    used, first = np.unique(cached, return_index=True)
    order = used[np.argsort(first)]
    place = np.empty(len(mesh.points), np.uint32)
    place[order] = np.arange(len(order), dtype=np.uint32)
    return Mesh(mesh.points[order], mesh.normals[order], mesh.uv[order], place[cached])
