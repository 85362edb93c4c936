"""Renditions and tiles are made by the worker, and made good by a sweep when that failed."""

from __future__ import annotations

from collections.abc import Collection

from huey import crontab

from shop.core import clock
from shop.core.db import db
from shop.core.jobs import job, periodic
from shop.core.transaction import transaction
from shop.media.actions import mark_renditions, mark_tiles
from shop.media.current import media_storage
from shop.media.models import Image
from shop.media.queries import image_ids_without_renditions, image_ids_without_tiles
from shop.media.renditions import make_files
from shop.media.tiles import make_tiles_file

AT_ONCE = 500


@job(retries=3, retry_delay=60)
def make_renditions(image_id: int) -> None:
    """Make what is missing, then say that all stand. Doing it twice changes nothing."""
    image = db.session.get(Image, image_id)
    if image is None or image.renditions_at is not None:
        return
    public_id, is_panorama = image.public_id, image.is_panorama
    db.session.rollback()  # No read is held open while the encoders work.
    make_files(media_storage(), public_id, is_panorama=is_panorama)
    with transaction():
        mark_renditions(db.session.get_one(Image, image_id), clock.now())


def ask_for_missing_renditions(first: Collection[int] = ()) -> int:
    """Queue the work for pictures that lack it, `first` (ids) before others; returns for how many.

    Until a picture's turn has come, pages show its original.
    """
    waiting = sorted(image_ids_without_renditions(AT_ONCE), key=lambda key: key not in first)
    for image_id in waiting:
        make_renditions(image_id)
    return len(waiting)


@job(retries=3, retry_delay=60)
def make_tiles(image_id: int) -> None:
    """Cut a picture that is to be looked at closely. Doing it twice changes nothing."""
    image = db.session.get(Image, image_id)
    if image is None or not image.wants_tiles or image.tiles_at is not None:
        return
    public_id = image.public_id
    db.session.rollback()  # As above.
    make_tiles_file(media_storage(), public_id)
    with transaction():
        mark_tiles(db.session.get_one(Image, image_id), clock.now())


def ask_for_missing_tiles() -> int:
    """Queue the work for pictures that are to have tiles and lack them; returns for how many.

    Until a picture's turn has come, pages show the photograph alone.
    """
    waiting = image_ids_without_tiles(AT_ONCE)
    for image_id in waiting:
        make_tiles(image_id)
    return len(waiting)


@periodic(crontab(minute="*/10"))
def sweep_renditions() -> None:
    ask_for_missing_renditions()


@periodic(crontab(minute="*/10"))
def sweep_tiles() -> None:
    ask_for_missing_tiles()
