"""The demonstration as the browser tests need it: four workshops, and pictures quickly scaled."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PIL import Image

from shop.demonstration.village import DEMO, read_village

WORKSHOPS = ("ben-da", "lo-bau-do", "net-lam", "ngo-ran")
AS_DRAWN = DEMO / "photographs" / "binh-hoa-lam-sen-day" / "front.webp"
"""The picture that keeps its size, so that the site offers it in every width."""
WIDEST = 160
TURNABLE = ("binh-hoa-lam-sen-day", "dia-hoa-lam-ca-chep")
"""The pieces whose 3D models are there: one behind its photograph, one with its own poster."""


def small_village(folder: Path) -> Path:
    """Put it under `folder`: scaling every picture to every width would take minutes."""
    shutil.copytree(DEMO / "village", folder / "village")
    for kind in ("workshops", "pieces"):
        for path in (folder / "village" / kind).glob("*.toml"):
            if path.stem not in WORKSHOPS:
                path.unlink()
    village = replace(read_village(folder), folder=DEMO)
    for file in village.picture_files():
        put_small(file, folder / file.relative_to(DEMO), WIDEST)
    for file in village.model_files():
        if file.stem in TURNABLE:
            _put_whole(file, folder / file.relative_to(DEMO))
    return folder


def put_small(file: Path, place: Path, widest: int) -> None:
    """A copy of the picture at most `widest` pixels wide, of the same shape."""
    if file == AS_DRAWN:
        _put_whole(file, place)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(file) as picture:
        height = max(1, round(picture.height * widest / picture.width))
        picture.resize((widest, height), Image.Resampling.BOX).save(place, method=0)


def _put_whole(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(file)
