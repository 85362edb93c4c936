"""The demonstration as the browser tests need it: few pieces on sale, pictures quickly made."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image

from shop.demonstration.village import DEMO, Village, read_village

WORKSHOPS = ("ben-da", "lo-bau-do", "net-lam", "ngo-ran")
"""Those whose pieces are on sale; those of the others wait for photographs that never come."""
AS_DRAWN = DEMO / "photographs" / "binh-hoa-lam-sen-day" / "front.webp"
"""The picture that keeps its size, so that the site offers it in every width."""
WIDEST = 160
WIDEST_OF_A_ROOM = 640
SPOKEN = ("binh-hoa-lam-sen-day",)
TURNABLE = ("binh-hoa-lam-sen-day", "dia-hoa-lam-ca-chep")
"""The pieces whose 3D models are there: one behind its photograph, one with its own poster."""


def small_village(folder: Path) -> Path:
    """Put it under `folder`: scaling every picture to every width would take minutes."""
    shutil.copytree(DEMO / "village", folder / "village")
    _copy_gallery(folder)
    village = replace(read_village(folder), folder=DEMO)
    for file in _pictures(village):
        put_small(file, folder / file.relative_to(DEMO), WIDEST)
    for file in village.model_files():
        if file.stem in TURNABLE:
            _put_whole(file, folder / file.relative_to(DEMO))
    return folder


def _pictures(village: Village) -> Iterator[Path]:
    """Those of the village; the gallery's are copied already."""
    shown = replace(village, pieces={slug: village.pieces[slug] for slug in WORKSHOPS})
    return (file for file in shown.picture_files() if file.is_relative_to(DEMO))


def _copy_gallery(folder: Path) -> None:
    """Its texts, small rooms and pictures; what is spoken, only where SPOKEN names it."""
    for file in (path for path in (DEMO / "gallery").rglob("*") if path.is_file()):
        place = folder / file.relative_to(DEMO)
        if file.suffix == ".webp":
            is_room = file.parent.name in ("panoramas", "views")
            put_small(file, place, WIDEST_OF_A_ROOM if is_room else WIDEST)
        elif file.suffix == ".toml" or file.name.split(".")[0] in SPOKEN:
            _put_whole(file, place)


def put_small(file: Path, place: Path, widest: int) -> None:
    """A picture of the same shape, at most `widest` pixels wide, in a colour of its own.

    Reading what the real one shows, and encoding that again for every format, takes far longer.
    """
    with Image.open(file) as picture:
        width, height = picture.size
    if file != AS_DRAWN:
        width, height = widest, max(1, round(height * widest / width))
    place.parent.mkdir(parents=True, exist_ok=True)
    colour = tuple(hashlib.sha256(str(file.relative_to(DEMO)).encode()).digest()[:3])
    Image.new("RGB", (width, height), colour).save(place, "WEBP", lossless=True, method=0)


def _put_whole(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(file)
