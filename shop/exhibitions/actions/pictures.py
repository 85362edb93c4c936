"""Pictures that curators send."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.exhibitions.actions.artefacts import keep_picture
from shop.exhibitions.models.artefacts import Picture, Rights
from shop.media.actions import add_image
from shop.media.models import Image
from shop.media.pictures import CleanPicture
from shop.media.storage import Storage


@dataclass(frozen=True, slots=True)
class PictureWords:
    alt_vi: str
    alt_en: str
    credit_vi: str
    credit_en: str
    rights: Rights


def take_picture(
    file: CleanPicture, words: PictureWords, *, is_rendering: bool, storage: Storage
) -> tuple[Picture, bool]:
    """The picture as the gallery keeps it, and whether it is new.

    Sent again with the same words, it is the one that is there. Raises Invalid for missing words.
    """
    for found in _with_bytes(file.sha256):
        if _words_of(found) == words:
            return found, False
    image = add_image(file, words.alt_vi, words.alt_en, is_rendering=is_rendering, storage=storage)
    return keep_picture(image, words.rights, words.credit_vi, words.credit_en), True


def _with_bytes(sha256: str) -> list[Picture]:
    return list(
        db.session.scalars(
            select(Picture)
            .join(Image, Image.id == Picture.image_id)
            .where(Image.sha256 == sha256)
            .order_by(Picture.id)
            .options(joinedload(Picture.image))
        )
    )


def _words_of(picture: Picture) -> PictureWords:
    image = picture.image
    return PictureWords(
        image.alt_vi, image.alt_en, picture.credit_vi, picture.credit_en, picture.rights
    )
