"""One square picture for all surfaces, with room for each by its size and how well it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import rectpack
from numpy.typing import NDArray
from PIL import Image

from .gather import Solid

# Pixels round each surface, so that smaller copies of the atlas do not mix neighbours.
GUTTER = 8
GLOSS_SHARE = 4


@dataclass
class Patch:
    """The part of a skin that shows: its corner and size in uv, its size in pixels on the atlas."""

    skin: int
    low: NDArray[np.float64]
    span: NDArray[np.float64]
    density: float
    clay: float
    wraps: bool
    width: int = 0
    height: int = 0
    x: int = 0
    y: int = 0
    turned: bool = False


def lay_out(solid: Solid, size: int) -> list[Patch]:
    """Give every surface its place on an atlas of ``size`` pixels, as large as all fit."""
    patches = [_patch(solid, k) for k in range(len(solid.skins)) if (solid.skin_of == k).any()]
    low, high = 0.02, 1.0
    for _ in range(12):
        fineness = (low * high) ** 0.5
        if _packs(solid, patches, size, fineness * 200):
            low = fineness
        else:
            high = fineness
    if not _packs(solid, patches, size, low * 200):
        raise ValueError("the surfaces do not fit on the atlas")
    return patches


def _patch(solid: Solid, skin: int) -> Patch:
    here = solid.skin_of == skin
    uv, points = solid.uv[here], solid.points[here]
    low, high = uv.reshape(-1, 2).min(0), uv.reshape(-1, 2).max(0)
    tall, wide = solid.skins[skin].colour.shape[:2]
    flat = np.abs(_cross2(uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0])) * wide * tall / 2
    real = np.linalg.norm(
        np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0]), axis=1
    )
    density = math.sqrt(max(float(flat.sum()), 1e-9) / max(float(real.sum() / 2), 1e-12)) / 100
    wraps = bool(low[0] < 0.01 and high[0] > 0.99)
    return Patch(skin, low, np.maximum(high - low, 1e-6), density, _showing(solid, here), wraps)


def _cross2(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def _showing(solid: Solid, here: NDArray[np.bool_]) -> float:
    """1 for what faces the world; less for the inside of a tall vessel and for what is below."""
    points, normals = solid.points[here].mean(1), solid.normals[here].mean(1)
    if float(normals[:, 1].mean()) < -0.7:
        return 0.45
    middle = points.mean(0)
    out = ((points - middle) * normals)[:, [0, 2]].sum(1)
    low, high = points.min(0), points.max(0)
    wide, deep = float(max(high[0] - low[0], high[2] - low[2])), float(high[1] - low[1])
    if float((out > 0).mean()) > 0.5 or deep < 0.3 * wide:
        return 1.0
    mouth = points[:, 1] > high[1] - 0.08 * deep
    opening = float(np.ptp(points[mouth][:, 0]))
    return float(np.clip(1.1 * opening / deep, 0.25, 1.0))


def _packs(solid: Solid, patches: list[Patch], size: int, per_cm: float) -> bool:
    """Try ``per_cm`` pixels for a cm; set the patches' places when all fit."""
    packer = rectpack.newPacker(rotation=True)
    packer.add_bin(size, size)
    for number, patch in enumerate(patches):
        tall, wide = solid.skins[patch.skin].colour.shape[:2]
        scale = min(1.0, per_cm * patch.clay / patch.density)
        patch.width = max(4, round(wide * patch.span[0] * scale))
        patch.height = max(4, round(tall * patch.span[1] * scale))
        packer.add_rect(patch.width + 2 * GUTTER, patch.height + 2 * GUTTER, number)
    packer.pack()
    if len(packer.rect_list()) < len(patches):
        return False
    for _, x, y, width, _, number in packer.rect_list():
        patch = patches[number]
        patch.x, patch.y = x + GUTTER, y + GUTTER
        patch.turned = width != patch.width + 2 * GUTTER
    return True


def atlas_uv(solid: Solid, patches: list[Patch], size: int) -> NDArray[np.float64]:
    """Where each corner lies on the atlas, 0 to 1 from its top left."""
    uv = np.zeros_like(solid.uv)
    for patch in patches:
        here = solid.skin_of == patch.skin
        own = (solid.uv[here] - patch.low) / patch.span
        x, y = own[..., 0] * patch.width, own[..., 1] * patch.height
        if patch.turned:
            x, y = y, x
        uv[here] = np.stack([patch.x + x, patch.y + y], -1) / size
    return uv


def paint(solid: Solid, patches: list[Patch], size: int) -> tuple[Image.Image, Image.Image]:
    """The colours, and at a quarter of the size coat, roughness and metal in red, green, blue."""
    colour = np.empty((size, size, 3), np.float32)
    colour[:] = np.mean([solid.skins[p.skin].colour.mean((0, 1)) for p in patches], axis=0)
    gloss = np.zeros((size, size, 3), np.float32)
    for patch in patches:
        skin = solid.skins[patch.skin]
        _lay(colour, _cut(skin.colour, patch), patch)
        _lay(gloss, _cut(skin.gloss, patch), patch)
    small = size // GLOSS_SHARE
    return _picture(colour), _picture(gloss).resize((small, small), Image.Resampling.BOX)


def _cut(map_: NDArray[np.float32], patch: Patch) -> NDArray[np.float32]:
    """The patch with its gutter as large as on the atlas; what wraps goes on beyond its seam."""
    tall, wide = map_.shape[:2]
    across, up = patch.span * (wide, tall) / (patch.width, patch.height)
    beside, above = math.ceil(GUTTER * across) + 2, math.ceil(GUTTER * up) + 2
    padded = np.pad(map_, ((above, above), (0, 0), (0, 0)), mode="edge")
    sides = ((0, 0), (beside, beside), (0, 0))
    padded = np.pad(padded, sides, mode="wrap" if patch.wraps else "edge")
    left = max(0.0, patch.low[0] * wide + beside - GUTTER * across)
    low = max(0.0, patch.low[1] * tall + above - GUTTER * up)
    size = patch.width + 2 * GUTTER, patch.height + 2 * GUTTER
    right = min(padded.shape[1], left + size[0] * across)
    box = (left, low, right, min(padded.shape[0], low + size[1] * up))
    layers = [
        Image.fromarray(np.ascontiguousarray(padded[..., k]), "F").resize(
            size, Image.Resampling.LANCZOS, box=box
        )
        for k in range(map_.shape[2])
    ]
    return np.stack([np.asarray(layer) for layer in layers], -1)


def _lay(atlas: NDArray[np.float32], cut: NDArray[np.float32], patch: Patch) -> None:
    if patch.turned:
        cut = cut.transpose(1, 0, 2)
    x, y = patch.x - GUTTER, patch.y - GUTTER
    atlas[y : y + cut.shape[0], x : x + cut.shape[1]] = cut


def _picture(pixels: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(np.round(pixels * 255), 0, 255).astype(np.uint8), "RGB")
