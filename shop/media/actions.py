"""What is done with pictures."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext

from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.core.ids import public_id
from shop.media.models import Image
from shop.media.pictures import CleanPicture
from shop.media.storage import Storage, original_key


def _refuse_missing_words(alt_vi: str, alt_en: str) -> None:
    words = {"alt_vi": alt_vi, "alt_en": alt_en}
    missing: dict[str, Message] = {
        name: lazy_gettext("Say in a sentence what the photograph shows.")
        for name, text in words.items()
        if not text.strip()
    }
    if missing:
        raise Invalid(fields=missing)


def add_image(
    picture: CleanPicture,
    alt_vi: str,
    alt_en: str,
    *,
    is_rendering: bool = False,
    storage: Storage,
) -> Image:
    """Keep a picture with its words in both languages; its file stands before its row does.

    The caller asks for its renditions (media.jobs.make_renditions) once that has been committed.
    Raises Invalid when words are missing.
    """
    _refuse_missing_words(alt_vi, alt_en)
    image = Image(
        public_id=public_id(),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.webp),
        alt_vi=alt_vi,
        alt_en=alt_en,
        is_rendering=is_rendering,
    )
    storage.put(original_key(image.public_id), picture.webp)
    db.session.add(image)
    db.session.flush()
    return image


def describe_image(image: Image, alt_vi: str, alt_en: str) -> None:
    """Give a picture other words. Raises Invalid when some are missing."""
    _refuse_missing_words(alt_vi, alt_en)
    image.alt_vi, image.alt_en = alt_vi, alt_en


def mark_renditions(image: Image, at: datetime) -> None:
    """All renditions stand; pages may point to them from now on."""
    image.renditions_at = at


def restore_original(image: Image, picture: CleanPicture, storage: Storage) -> bool:
    """Put a lost file back and ask for its renditions anew; False when nothing was lost."""
    restored = storage.put(original_key(image.public_id), picture.webp)
    if restored:
        image.renditions_at = None
    return restored
