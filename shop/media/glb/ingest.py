"""A GLB file someone sent, checked whole, and what the site needs to know of it."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from shop.media.glb.container import split
from shop.media.glb.faults import (
    BadTexture,
    DamagedModel,
    NotInOnePiece,
    OddSize,
    TooHeavy,
    TooManyPixels,
    TooManyTriangles,
    UnknownExtension,
)
from shop.media.glb.geometry import MESHOPT, buffer_lengths, checked_accessors, checked_views
from shop.media.glb.reading import Table, part, place, rows, words
from shop.media.glb.scene import FirstView, shown

MOST_BYTES = 8 * 1024 * 1024
MOST_TRIANGLES = 200_000
LONGEST_TEXTURE_SIDE = 4096
MOST_PIXELS = 4 * 4096 * 4096
"""Of all pictures together: a few bytes of file may unpack to sixteen million pixels."""
SMALLEST_M, LARGEST_M = 0.005, 20.0
WEBP = "EXT_texture_webp"
# What the viewer does without fetching anything: it holds Meshopt's decoder, not Draco's or Basis'.
KNOWN = frozenset(
    (
        MESHOPT,
        WEBP,
        "KHR_mesh_quantization",
        "KHR_texture_transform",
        "KHR_lights_punctual",
        "KHR_materials_unlit",
    )
)
MATERIALS = "KHR_materials_"
FETCHED = ("KHR_draco_mesh_compression", "KHR_texture_basisu")
FORMATS = {"image/webp": "WEBP", "image/png": "PNG", "image/jpeg": "JPEG"}


@dataclass(frozen=True, slots=True)
class CleanModel:
    """A sound GLB; lengths in mm, `texture_px` the longest side of its pictures (0 without any)."""

    glb: bytes
    sha256: str
    triangles: int
    width_mm: int
    height_mm: int
    depth_mm: int
    texture_px: int
    view: FirstView | None


def ingest_model(data: bytes) -> CleanModel:
    """Look through a GLB and say what it is. Raises NotAModel, or one of its kinds."""
    if len(data) > MOST_BYTES:
        raise TooHeavy
    document, binary = split(data)
    _refuse_unknown_extensions(document)
    views = checked_views(document, buffer_lengths(document, binary))
    texture_px = _textures(document, views, binary)
    found = shown(document, checked_accessors(document, views))
    if found.triangles > MOST_TRIANGLES:
        raise TooManyTriangles
    size = [high - low for low, high in zip(found.low, found.high, strict=True)]
    if not SMALLEST_M <= max(size) <= LARGEST_M:
        raise OddSize
    width, height, depth = (max(1, round(1000 * each)) for each in size)
    digest = hashlib.sha256(data).hexdigest()
    return CleanModel(data, digest, found.triangles, width, height, depth, texture_px, found.view)


def _refuse_unknown_extensions(document: Table) -> None:
    for name in words(document, "extensionsRequired"):
        if name not in KNOWN and not name.startswith(MATERIALS):
            raise UnknownExtension(name)
    for name in words(document, "extensionsUsed"):
        if name in FETCHED:
            raise UnknownExtension(name)


def _textures(document: Table, views: list[Table], binary: bytes) -> int:
    """Check every picture and every texture's way to one; returns the longest side in pixels."""
    images = rows(document, "images")
    longest, room = 0, MOST_PIXELS
    for image in images:
        width, height = _size(image, views, binary, room)
        longest, room = max(longest, width, height), room - width * height
    textures = rows(document, "textures")
    for texture in textures:
        webp = part(part(texture, "extensions"), WEBP)
        for source in (texture, webp):
            if "source" in source:
                place(source, "source", len(images))
    for material in rows(document, "materials"):
        _refuse_unknown_textures(material, len(textures))
    return longest


def _refuse_unknown_textures(value: object, many: int) -> None:
    """Wherever a material names a texture, there is one."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            for name, inner in each.items():
                if name.endswith("Texture"):
                    place(inner if isinstance(inner, dict) else {}, "index", many)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def _size(image: Table, views: list[Table], binary: bytes, room: int) -> tuple[int, int]:
    if "uri" in image:
        raise NotInOnePiece
    view = views[place(image, "bufferView", len(views))]
    if view["buffer"] != 0 or "extensions" in view:
        raise DamagedModel("a picture that does not lie in the file as it is")
    start = view.get("byteOffset", 0)
    kind = FORMATS.get(str(image.get("mimeType")))
    if kind is None:
        raise BadTexture
    return _unpacked(binary[start : start + view["byteLength"]], kind, room)


def _unpacked(data: bytes, kind: str, room: int) -> tuple[int, int]:
    """Width and height of a picture that unpacks to its end, in at most `room` pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data), formats=(kind,)) as picture:
                width, height = picture.size
                is_too_long = max(width, height) > LONGEST_TEXTURE_SIDE
                if not is_too_long and width * height <= room:
                    picture.load()
                    return width, height
    except Exception as error:  # Decoders raise whatever the damage leads them to.
        raise BadTexture from error
    raise BadTexture if is_too_long else TooManyPixels
