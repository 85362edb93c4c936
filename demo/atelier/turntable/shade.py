"""How much of the room each place sees: the inside of a vase, the corner under a handle."""

from __future__ import annotations

import numpy as np
from mathutils.bvhtree import BVHTree
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter

from .reduce import Mesh

RAYS = 32
# Light that comes back from other clay; pale glaze sends back about half.
BOUNCED = 0.5


def occlusion(mesh: Mesh) -> NDArray[np.float32]:
    """For every vertex the share of light that reaches it, 0 to 1."""
    triangles = mesh.indices.reshape(-1, 3)
    tree = BVHTree.FromPolygons(mesh.points.tolist(), triangles.tolist())
    lift = 0.003 * float(np.ptp(mesh.points, axis=0).max())
    around = _hemisphere(RAYS)
    seen = np.zeros(len(mesh.points), np.float32)
    for k, (point, normal) in enumerate(zip(mesh.points, mesh.normals, strict=True)):
        start = point + normal * lift
        rays = around @ _frame(normal)
        seen[k] = sum(tree.ray_cast(start, ray)[0] is None for ray in rays) / RAYS
    return seen / (1 - BOUNCED * (1 - seen))


def _hemisphere(many: int) -> NDArray[np.float64]:
    """Directions about +z, denser where light counts more (by the cosine)."""
    k = np.arange(many) + 0.5
    r, turn = np.sqrt(k / many), k * np.pi * (3 - np.sqrt(5))
    return np.stack([r * np.cos(turn), r * np.sin(turn), np.sqrt(1 - r * r)], 1)


def _frame(normal: NDArray[np.float32]) -> NDArray[np.float64]:
    other = np.array([1.0, 0, 0]) if abs(normal[0]) < 0.8 else np.array([0, 1.0, 0])
    side = np.cross(other, normal)
    side /= np.linalg.norm(side)
    return np.stack([side, np.cross(normal, side), normal])


def painted(mesh: Mesh, values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Values of the vertices spread over an atlas of ``size`` pixels, gutters too."""
    picture = np.zeros((size, size), np.float32)
    known = np.zeros((size, size), bool)
    spots = mesh.uv.astype(float) * size - 0.5
    for corners in mesh.indices.reshape(-1, 3):
        _fill(picture, known, spots[corners], values[corners])
    nearest = distance_transform_edt(~known, return_distances=False, return_indices=True)
    return gaussian_filter(picture[tuple(nearest)], 0.8)


def _fill(
    picture: NDArray[np.float32],
    known: NDArray[np.bool_],
    spots: NDArray[np.float64],
    values: NDArray[np.float32],
) -> None:
    """One triangle, half a pixel beyond its edges."""
    x0, y0 = np.maximum(np.floor(spots.min(0)).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(spots.max(0)).astype(int) + 1, len(picture))
    (ax, ay), (bx, by), (cx, cy) = spots
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < 1e-9 or x1 <= x0 or y1 <= y0:
        return
    y, x = np.mgrid[y0:y1, x0:x1]
    b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    near = 0.5 * np.abs([cy - ay, cx - ax, bx - ax, by - ay]).max() / abs(area)
    inside = (b >= -near) & (c >= -near) & (b + c <= 1 + near)
    value = values[0] + b * (values[1] - values[0]) + c * (values[2] - values[0])
    picture[y0:y1, x0:x1][inside] = np.clip(value[inside], 0, 1)
    known[y0:y1, x0:x1] |= inside


def gray(values: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(np.round(values * 255), 0, 255).astype(np.uint8), "L")
