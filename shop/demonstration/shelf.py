"""The village's pictures and 3D models: looked at before the database has to wait, kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shop.core.tables import BadTable
from shop.demonstration.village import Photo, Turnable
from shop.media.actions import (
    add_image,
    add_model,
    describe_image,
    describe_model,
    restore_model,
    restore_original,
)
from shop.media.glb.faults import DamagedModel, NotAModel
from shop.media.glb.ingest import CleanModel, ingest_model
from shop.media.models import Image, Model3D
from shop.media.pictures import CleanPicture, NotAPicture, ingest
from shop.media.queries import image_by_sha256, model_by_sha256
from shop.media.storage import Storage, model_key, original_key


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


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A 3D model's file; `model` is None when its very bytes are kept already."""

    sha256: str
    model: CleanModel | None


def look_at_model(path: Path, kept: Mapping[str, str], storage: Storage) -> FoundModel:
    """Look a 3D model through unless it stands: `kept` are public ids by the digest of its bytes.

    Raises BadTable for a file that is none.
    """
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 in kept and storage.has(model_key(kept[sha256])):
        return FoundModel(sha256, None)
    try:
        return FoundModel(sha256, ingest_model(data))
    except NotAModel as error:
        detail = f" ({error.detail})" if isinstance(error, DamagedModel) else ""
        raise BadTable(f"{path}: {error.message}{detail}") from error


class Shelf:
    """Pictures and 3D models by the path of their file, put into the database when asked for."""

    def __init__(
        self,
        found: Mapping[Path, Found],
        storage: Storage,
        models: Mapping[Path, FoundModel] | None = None,
    ) -> None:
        self.found = found
        self.storage = storage
        self.models = models or {}
        self.changed = 0
        self.changed_models = 0

    def image(
        self, path: Path, photo: Photo, *, is_rendering: bool, is_panorama: bool = False
    ) -> Image | None:
        """The picture with its words as the village says them; None when it is not drawn yet."""
        found = self.found.get(path)
        if found is None:
            return None
        image = image_by_sha256(found.sha256)
        if image is None:
            return self._add(found, photo, is_rendering, is_panorama)
        self._refresh(image, found, photo)
        return image

    def images(self, photos: Iterable[tuple[Path, Photo]]) -> list[Image]:
        """The renderings that are drawn, in the order given."""
        images = (self.image(path, photo, is_rendering=True) for path, photo in photos)
        return [image for image in images if image is not None]

    def _add(self, found: Found, photo: Photo, is_rendering: bool, is_panorama: bool) -> Image:
        if found.picture is None:
            raise BadTable(f"{photo.file} was removed while the village was loaded; load it again")
        self.changed += 1
        return add_image(
            found.picture,
            photo.alt_vi,
            photo.alt_en,
            is_rendering=is_rendering,
            is_panorama=is_panorama,
            storage=self.storage,
        )

    def _refresh(self, image: Image, found: Found, photo: Photo) -> None:
        is_other = (image.alt_vi, image.alt_en) != (photo.alt_vi, photo.alt_en)
        if is_other:
            describe_image(image, photo.alt_vi, photo.alt_en)
        if found.picture is not None:
            is_other |= restore_original(image, found.picture, self.storage)
        self.changed += is_other

    def model(self, path: Path, model: Turnable, poster: Image) -> Model3D | None:
        """The 3D model with its words as the village says them; None when it is not made yet."""
        found = self.models.get(path)
        if found is None:
            return None
        kept = model_by_sha256(found.sha256)
        if kept is None:
            return self._add_model(found, model, poster)
        changed = describe_model(kept, model.alt_vi, model.alt_en, poster=poster)
        if found.model is not None:
            changed |= restore_model(kept, found.model, self.storage)
        self.changed_models += changed
        return kept

    def _add_model(self, found: FoundModel, model: Turnable, poster: Image) -> Model3D:
        if found.model is None:
            raise BadTable(f"{model.file} was removed while the village was loaded; load it again")
        self.changed_models += 1
        return add_model(
            found.model,
            model.alt_vi,
            model.alt_en,
            poster=poster,
            is_rendering=True,
            storage=self.storage,
        )
