"""Pictures from outside: checked, turned upright, brought to sRGB, re-encoded without metadata.

What comes out is a new WebP file made from pixels alone, so nothing that rode along in what was
sent (place, camera, comments, a second file behind the first) reaches a visitor.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from flask_babel import lazy_gettext
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from shop.core.errors import Invalid

MAXIMUM_PIXELS = 60_000_000
# What a WebP file can hold on one side (RFC 9649, section 2.5).
LONGEST_WEBP_SIDE = 16_383
WEBP_QUALITY = 86
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
PIXEL_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
CHUNK_HEADER = struct.Struct("<4sI")

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Pillow looks at the size a file claims before it sets memory aside for it.
Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS


class NotAPicture(Invalid):
    message = lazy_gettext("This is no photograph we can read. JPEG, PNG, WebP, AVIF and HEIC are.")


class DamagedPicture(NotAPicture):
    message = lazy_gettext("This photograph is damaged and cannot be read to its end.")


class EmptyPicture(NotAPicture):
    message = lazy_gettext("This file is empty.")


class TooManyPixels(NotAPicture):
    message = lazy_gettext(
        "This photograph has more than 60 megapixels. Make it smaller and send it again."
    )


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A WebP file without metadata, upright and in sRGB; width and height in pixels."""

    webp: bytes
    width: int
    height: int
    sha256: str


def ingest(
    data: bytes, *, keep_clean_webp: bool = False, longest_side: int = LONGEST_WEBP_SIDE
) -> CleanPicture:
    """Make a clean picture of a file someone sent; of an animation, its first frame.

    A WebP that holds pixels and nothing else is kept as it is when `keep_clean_webp` says so,
    since a second lossy pass costs quality: that is for files of the house, not for uploads.
    What is longer than `longest_side` pixels is made smaller. Raises NotAPicture, or one of its
    kinds, saying what is wrong.
    """
    image = _decode(data)
    if keep_clean_webp and is_clean_webp(data):
        return _clean_picture(data, image.width, image.height)
    upright = _in_srgb(_upright(image))
    upright.thumbnail((longest_side, longest_side))
    return _clean_picture(_encode(upright), upright.width, upright.height)


def _clean_picture(webp: bytes, width: int, height: int) -> CleanPicture:
    return CleanPicture(webp, width, height, hashlib.sha256(webp).hexdigest())


def _decode(data: bytes) -> Image.Image:
    if not data:
        raise EmptyPicture
    image = _open(data)
    if image.width * image.height > MAXIMUM_PIXELS:
        raise TooManyPixels
    try:
        image.load()
    except Exception as error:  # Decoders raise whatever the damage leads them to.
        raise DamagedPicture from error
    return image


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # As above.
        raise NotAPicture from error


def _upright(image: Image.Image) -> Image.Image:
    """Turned the way the camera was held; an orientation nobody can read turns nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _has_alpha(image: Image.Image) -> bool:
    return image.has_transparency_data


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits a sample to eight; Pillow itself would cut off what is above 255."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, with nothing but pixels; a broken colour profile is left out."""
    profile = image.info.get("icc_profile")
    alpha = image.convert("RGBA").getchannel("A") if _has_alpha(image) else None
    image = _in_eight_bits(image)
    if image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image = _by_profile(image, profile) if profile else image.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        image.putalpha(alpha)
    image.info.clear()
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")
    return cast(Image.Image, changed)


def _encode(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=WEBP_QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return file.getvalue()


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    """The four-letter names of a WebP file's chunks (RFC 9649). Raises ValueError for any other."""
    size = len(data)
    if (
        data[:4] != b"RIFF"
        or data[8:12] != b"WEBP"
        or int.from_bytes(data[4:8], "little") + 8 != size
    ):
        raise ValueError("not one whole WebP file")
    place = 12
    while place < size:
        if place + CHUNK_HEADER.size > size:
            raise ValueError("a chunk without its header")
        name, length = CHUNK_HEADER.unpack_from(data, place)
        yield name
        place += CHUNK_HEADER.size + length + length % 2
    if place != size:
        raise ValueError("a chunk longer than the file")


def is_clean_webp(data: bytes) -> bool:
    """Whether a file is a still WebP of pixels alone: no metadata, nothing before or behind it."""
    try:
        return PIXEL_CHUNKS.issuperset(_webp_chunks(data))
    except ValueError:
        return False
