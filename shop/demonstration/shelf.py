"""The village's pictures: cleaned before the database is asked to wait, kept once each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shop.core.tables import BadTable
from shop.demonstration.village import Photo
from shop.media.actions import add_image, describe_image, restore_original
from shop.media.models import Image
from shop.media.pictures import CleanPicture, NotAPicture, ingest
from shop.media.queries import image_by_sha256
from shop.media.storage import Storage, original_key


@dataclass(frozen=True, slots=True)
class Found:
    """A picture file; `picture` is None when its very bytes are kept already."""

    sha256: str
    picture: CleanPicture | None


def look_at(path: Path, kept: Mapping[str, str], storage: Storage) -> Found:
    """Clean one picture unless it stands: `kept` are public ids by the digest of their bytes.

    Raises BadTable for a file that is no picture.
    """
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 in kept and storage.has(original_key(kept[sha256])):
        return Found(sha256, None)
    try:
        picture = ingest(data, keep_clean_webp=True)
    except NotAPicture as error:
        raise BadTable(f"{path}: {error.message}") from error
    return Found(picture.sha256, picture)


class Shelf:
    """Pictures by the path of their file, put into the database as they are asked for."""

    def __init__(self, found: Mapping[Path, Found], storage: Storage) -> None:
        self.found = found
        self.storage = storage
        self.changed = 0

    def image(self, path: Path, photo: Photo, *, is_rendering: bool) -> Image | None:
        """The picture with its words as the village says them; None when it is not drawn yet."""
        found = self.found.get(path)
        if found is None:
            return None
        image = image_by_sha256(found.sha256)
        if image is None:
            return self._add(found, photo, is_rendering)
        self._refresh(image, found, photo)
        return image

    def images(self, photos: Iterable[tuple[Path, Photo]]) -> list[Image]:
        """The renderings that are drawn, in the order given."""
        images = (self.image(path, photo, is_rendering=True) for path, photo in photos)
        return [image for image in images if image is not None]

    def _add(self, found: Found, photo: Photo, is_rendering: bool) -> Image:
        if found.picture is None:
            raise BadTable(f"{photo.file} was removed while the village was loaded; load it again")
        self.changed += 1
        return add_image(
            found.picture,
            photo.alt_vi,
            photo.alt_en,
            is_rendering=is_rendering,
            storage=self.storage,
        )

    def _refresh(self, image: Image, found: Found, photo: Photo) -> None:
        is_other = (image.alt_vi, image.alt_en) != (photo.alt_vi, photo.alt_en)
        if is_other:
            describe_image(image, photo.alt_vi, photo.alt_en)
        if found.picture is not None:
            is_other |= restore_original(image, found.picture, self.storage)
        self.changed += is_other
