from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from shop.media.renditions import make_files, panorama_widths, rendition_widths
from shop.media.storage import DiskStorage, NotStored, original_key, rendition_key

PUBLIC_ID = "4kq0abcdefgh"


@pytest.mark.parametrize(
    ("width", "offered"),
    [
        (100, (100,)),
        (320, (320,)),
        (800, (320, 480, 640, 800)),
        (1200, (320, 480, 640, 960, 1200)),
        (1600, (320, 480, 640, 960, 1280, 1600)),
        (6000, (320, 480, 640, 960, 1280, 1600)),
    ],
)
def test_no_picture_is_offered_larger_than_it_is(width: int, offered: tuple[int, ...]) -> None:
    assert rendition_widths(width) == offered


def storage_with_original(folder: Path, width: int, height: int) -> DiskStorage:
    storage = DiskStorage(folder)
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "WEBP")
    storage.put(original_key(PUBLIC_ID), file.getvalue())
    return storage


def test_every_width_stands_in_both_encodings(tmp_path: Path) -> None:
    storage = storage_with_original(tmp_path, 500, 625)
    make_files(storage, PUBLIC_ID)
    for kind, format_name in (("avif", "AVIF"), ("webp", "WEBP")):
        for width, height in ((320, 400), (480, 600), (500, 625)):
            with Image.open(storage.path(rendition_key(PUBLIC_ID, width, kind))) as made:
                assert (made.format, made.size) == (format_name, (width, height))


def test_a_panorama_is_scaled_for_telephones_and_not_drawn_twice(tmp_path: Path) -> None:
    storage = storage_with_original(tmp_path, 2200, 1100)
    make_files(storage, PUBLIC_ID, is_panorama=True)
    made = [path.name for path in (tmp_path / "renditions").rglob("*.*")]
    assert sorted(made) == [f"{PUBLIC_ID}-2048.webp", f"{PUBLIC_ID}-640.webp"]
    assert panorama_widths(2048) == (640,)


def test_what_stands_is_not_made_again(tmp_path: Path) -> None:
    storage = storage_with_original(tmp_path, 320, 320)
    storage.put(rendition_key(PUBLIC_ID, 320, "avif"), b"made before")
    make_files(storage, PUBLIC_ID)
    assert storage.path(rendition_key(PUBLIC_ID, 320, "avif")).read_bytes() == b"made before"
    assert storage.has(rendition_key(PUBLIC_ID, 320, "webp"))


def test_a_very_flat_picture_keeps_a_row_of_pixels(tmp_path: Path) -> None:
    storage = storage_with_original(tmp_path, 4000, 2)
    make_files(storage, PUBLIC_ID)
    with Image.open(storage.path(rendition_key(PUBLIC_ID, 320, "webp"))) as made:
        assert made.size == (320, 1)


def test_without_the_original_nothing_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(NotStored):
        make_files(DiskStorage(tmp_path), PUBLIC_ID)
