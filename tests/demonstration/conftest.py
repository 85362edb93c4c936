"""A copy of the village with small photographs painted for the test."""

from __future__ import annotations

import hashlib
import pickle
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image

from shop.core import tables
from shop.demonstration.village import DEMO, read_village

WORKSHOPS = ("net-lam", "lo-bau-do")
"""Those whose artisans a visitor may sign in as."""
NAMES_A_WORKSHOP = re.compile(r'^workshop = "([^"]+)"$', re.MULTILINE)


def picture(seed: str, kind: str = "WEBP") -> bytes:
    """A picture of its own for every seed, of 40×50 pixels."""
    digest = hashlib.sha256(seed.encode()).digest()
    image = Image.new("RGB", (40, 50), (digest[0], digest[1], digest[2]))
    image.paste((digest[3], digest[4], digest[5]), (5, 5, 20, 20))
    file = BytesIO()
    image.save(file, kind, quality=90)
    return file.getvalue()


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Every test reads the village's texts, and reading them takes a third of loading it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "tomllib", SimpleNamespace(**{**vars(tomllib), "loads": _loads}))
        yield


def _loads(text: str) -> dict[str, Any]:
    return cast(dict[str, Any], pickle.loads(_pickled(text)))  # noqa: S301


@cache
def _pickled(text: str) -> bytes:
    return pickle.dumps(tomllib.loads(text))


@pytest.fixture
def bare_folder(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "demo")


def write_texts(folder: Path) -> Path:
    """The village's own texts, of two of its workshops, and no picture yet."""
    shutil.copytree(DEMO / "village", folder / "village")
    for kind in ("workshops", "pieces"):
        for path in (folder / "village" / kind).glob("*.toml"):
            if path.stem not in WORKSHOPS:
                path.unlink()
    fund = folder / "village" / "fund.toml"
    fund.write_text(NAMES_A_WORKSHOP.sub(_one_of_the_two, fund.read_text()))
    return folder


def _one_of_the_two(named: re.Match[str]) -> str:
    return named[0] if named[1] in WORKSHOPS else f'workshop = "{WORKSHOPS[0]}"'


@pytest.fixture
def whole_folder(bare_folder: Path) -> Path:
    """The same folder with every workshop's texts: loading them takes seconds."""
    shutil.copytree(DEMO / "village", bare_folder / "village", dirs_exist_ok=True)
    return bare_folder


Draw = Callable[..., list[Path]]


@pytest.fixture
def draw(bare_folder: Path) -> Draw:
    return partial(paint, bare_folder)


def paint(folder: Path, part: str = "", again: str = "") -> list[Path]:
    """Paint every picture the texts name whose path holds `part`."""
    village = read_village(folder)
    named = [village.mark(table["mark"]) for table in village.workshops]
    for pieces in village.pieces.values():
        for piece in pieces:
            named += [village.photograph(photo["file"]) for photo in piece["photo"]]
    chosen = [path for path in named if part in str(path.relative_to(folder))]
    for path in chosen:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(f"{path.relative_to(folder)}{again}"))
    return chosen
