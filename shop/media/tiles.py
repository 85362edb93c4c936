"""Deep zoom: a picture cut into tiles for a level 0 service of the IIIF Image API 3.0.

All tiles of a picture lie in one archive, so that they stand together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from PIL import Image

from shop.media.storage import NotStored, Storage, original_key, tiles_key

SIDE = 512
# Every level of compliance must serve JPEG; WebP comes to half the bytes.
ENCODINGS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
INFO = "info.json"
WHOLE = "full"
WIDEST = "max"
WHOLE_PICTURE = f"{WHOLE}/{WIDEST}"


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows, in the picture's pixels, and how many pixels it has itself."""

    factor: int
    left: int
    top: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        return -(-self.width // self.factor), -(-self.height // self.factor)


def scale_factors(width: int, height: int) -> list[int]:
    """1, 2, 4 … up to that at which the whole picture fits into one tile."""
    factors = [1]
    while max(width, height) > SIDE * factors[-1]:
        factors.append(2 * factors[-1])
    return factors


def tiles_of(width: int, height: int) -> Iterator[Tile]:
    """Every tile the description advertises (Image API 3.0, section 5.4 and its notes)."""
    for factor in scale_factors(width, height):
        step = SIDE * factor
        for top in range(0, height, step):
            for left in range(0, width, step):
                yield Tile(factor, left, top, min(step, width - left), min(step, height - top))


def whole_at(factor: int, width: int, height: int) -> tuple[int, int]:
    """How many pixels the whole picture has when so many of its own become one."""
    return Tile(factor, 0, 0, width, height).size


def description(width: int, height: int) -> dict[str, Any]:
    """The picture's info.json but for its `id`, which depends on where the site stands.

    `sizes` names the whole at every factor: OpenSeadragon, and the viewers that build on it, take
    a shorter list for the levels themselves and ask for tiles that are not there.
    """
    factors = scale_factors(width, height)
    wholes = {whole_at(factor, width, height) for factor in factors}
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        "sizes": [{"width": w, "height": h} for w, h in sorted(wholes)],
        "tiles": [{"width": SIDE, "height": SIDE, "scaleFactors": factors}],
        "preferredFormats": ["webp"],
        "extraFormats": ["webp"],
    }


def _name(region: str, size: str, width: int, height: int) -> str:
    """The whole is `full`, and `max` when nothing is scaled, in whichever way it is asked for."""
    if region == f"0,0,{width},{height}":
        region = WHOLE
    if region == WHOLE and size == f"{width},{height}":
        size = WIDEST
    return f"{region}/{size}"


def _name_of(tile: Tile, width: int, height: int) -> str:
    region = ",".join(map(str, (tile.left, tile.top, tile.width, tile.height)))
    return _name(region, ",".join(map(str, tile.size)), width, height)


def make_tiles_file(storage: Storage, public_id: str) -> None:
    """Cut the tiles unless they stand. Raises NotStored without the original."""
    key = tiles_key(public_id)
    if storage.has(key):
        return
    with Image.open(storage.path(original_key(public_id)), formats=("WEBP",)) as original:
        storage.put(key, _archive(_on_white(original)))


def _on_white(image: Image.Image) -> Image.Image:
    """JPEG knows no transparency."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def _archive(image: Image.Image) -> bytes:
    """Stored, not deflated: pictures are packed already. The widest WebP is the original itself."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(INFO, json.dumps(description(*image.size)))
        archive.writestr(f"{WHOLE_PICTURE}.jpg", _encode(image, "jpg"))
        for name, pixels in _cut(image):
            for kind in ENCODINGS:
                archive.writestr(f"{name}.{kind}", _encode(pixels, kind))
    return file.getvalue()


def _cut(image: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Each tile's name and pixels, and the whole at each factor, but not the whole unscaled."""
    scaled, factor = image, 1
    for tile in tiles_of(*image.size):
        if tile.factor != factor:
            # Whole pixels become one, so tiles of all levels lie exactly upon each other.
            scaled, factor = image.reduce(tile.factor), tile.factor
            if max(scaled.size) > SIDE:
                yield f"{WHOLE}/{scaled.width},{scaled.height}", scaled
        left, top = tile.left // factor, tile.top // factor
        name = _name_of(tile, *image.size)
        if name != WHOLE_PICTURE:
            yield name, scaled.crop((left, top, left + tile.size[0], top + tile.size[1]))


def _encode(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, **ENCODINGS[kind])
    return file.getvalue()


def read_description(storage: Storage, public_id: str) -> dict[str, Any]:
    """As in `description`. Raises NotStored when the picture has no tiles."""
    with ZipFile(storage.path(tiles_key(public_id))) as archive:
        return _read_info(archive)


def _read_info(archive: ZipFile) -> dict[str, Any]:
    info: dict[str, Any] = json.loads(archive.read(INFO))
    return info


def read_tile(storage: Storage, public_id: str, region: str, size: str, kind: str) -> bytes:
    """An advertised tile, or the whole picture. Raises NotStored for anything else."""
    with ZipFile(storage.path(tiles_key(public_id))) as archive:
        info = _read_info(archive)
        name = _name(region, size, info["width"], info["height"])
        if (name, kind) == (WHOLE_PICTURE, "webp"):
            return storage.path(original_key(public_id)).read_bytes()
        try:
            return archive.read(f"{name}.{kind}")
        except KeyError as error:
            raise NotStored(f"{name}.{kind}") from error
