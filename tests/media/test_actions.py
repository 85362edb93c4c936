"""Pictures in the database, and their renditions made by the worker."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image as Pixels

from shop.core import clock
from shop.core.db import db
from shop.core.errors import Invalid
from shop.media import jobs
from shop.media.actions import NotAPanorama, add_image, describe_image, restore_original
from shop.media.current import media_storage
from shop.media.jobs import ask_for_missing_renditions, make_renditions
from shop.media.models import Image
from shop.media.pictures import CleanPicture, ingest
from shop.media.queries import image_by_sha256, image_ids_without_renditions, known_sha256s
from shop.media.storage import original_key, rendition_key

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def clean_picture(grey: int = 90) -> CleanPicture:
    file = BytesIO()
    Pixels.new("L", (330, 200), grey).save(file, "PNG")
    return ingest(file.getvalue())


def add_picture(grey: int = 90) -> Image:
    return add_image(clean_picture(grey), "Chân đèn", "Candlestick", storage=media_storage())


def test_a_picture_is_kept_with_its_words(context: Flask) -> None:
    picture = clean_picture()
    image = add_image(
        picture, "Chân đèn", "Candlestick", is_rendering=True, storage=media_storage()
    )
    db.session.commit()
    kept = db.session.get_one(Image, image.id)
    assert (kept.width, kept.height, kept.byte_count) == (330, 200, len(picture.webp))
    assert (kept.alt_vi, kept.alt_en, kept.is_rendering) == ("Chân đèn", "Candlestick", True)
    assert media_storage().path(original_key(kept.public_id)).read_bytes() == picture.webp
    assert image_by_sha256(picture.sha256) is kept
    assert image_by_sha256("0" * 64) is None
    assert known_sha256s() == {picture.sha256: kept.public_id}


@pytest.mark.parametrize(
    ("alt_vi", "alt_en", "fields"),
    [("", "A vase", {"alt_vi"}), ("Bình", "  ", {"alt_en"}), ("", "", {"alt_vi", "alt_en"})],
)
def test_no_picture_without_words(
    context: Flask, alt_vi: str, alt_en: str, fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        add_image(clean_picture(), alt_vi, alt_en, storage=media_storage())
    assert set(refused.value.fields) == fields
    assert db.session.query(Image).count() == 0
    image = add_picture()
    with pytest.raises(Invalid):
        describe_image(image, alt_vi, alt_en)
    assert image.alt_en == "Candlestick"


def test_a_panorama_is_a_whole_sphere(context: Flask) -> None:
    with pytest.raises(NotAPanorama):
        add_image(clean_picture(), "Phòng", "Room", is_panorama=True, storage=media_storage())
    file = BytesIO()
    Pixels.new("L", (400, 200), 90).save(file, "PNG")
    image = add_image(
        ingest(file.getvalue()), "Phòng", "Room", is_panorama=True, storage=media_storage()
    )
    image_id, public_id = image.id, image.public_id
    db.session.commit()
    make_renditions(image_id)
    assert not media_storage().has(rendition_key(public_id, 400, "avif"))


def test_the_worker_makes_renditions_once(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    image_id = add_picture().id
    db.session.commit()
    with clock.stopped(AT):
        make_renditions(image_id)
    image = db.session.get_one(Image, image_id)
    assert image.renditions_at == AT
    for width in (320, 330):
        for kind in ("avif", "webp"):
            assert media_storage().has(rendition_key(image.public_id, width, kind))

    def never(*_arguments: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(jobs, "make_files", never)
    make_renditions(image_id)
    make_renditions(image_id + 1000)


def test_a_failed_attempt_says_nothing_stands_and_the_sweep_makes_it_good(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    image_ids = [add_picture(grey).id for grey in (10, 20)]
    db.session.commit()

    def break_down(*_arguments: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "make_files", break_down)
        assert ask_for_missing_renditions() == 2
    assert image_ids_without_renditions(10) == image_ids
    assert ask_for_missing_renditions() == 2
    db.session.rollback()
    assert image_ids_without_renditions(10) == []
    assert ask_for_missing_renditions() == 0


def test_a_lost_file_comes_back(context: Flask) -> None:
    picture = clean_picture(33)
    image = add_image(picture, "Chân đèn", "Candlestick", storage=media_storage())
    image.renditions_at = AT
    assert not restore_original(image, picture, media_storage())
    assert image.renditions_at == AT
    media_storage().path(original_key(image.public_id)).unlink()
    assert restore_original(image, picture, media_storage())
    assert media_storage().has(original_key(image.public_id))
    assert image.renditions_at is None
