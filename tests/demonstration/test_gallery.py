"""Artefacts of the gallery show the pictures their file names, or the file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from shop.core.tables import BadTable
from shop.demonstration.gallery.artefacts import Artefacts, put_artefacts
from shop.demonstration.gallery_files import read_gallery
from shop.demonstration.shelf import Shelf, look_at
from shop.demonstration.village import DEMO
from shop.demonstration.vocabulary import Terms
from shop.media.current import media_storage
from tests.demonstration.conftest import picture

KILN = """
[[artefact]]
slug = "mo-hinh-lo"
name_vi = "Mô hình lò"
name_en = "A model kiln"
rights = "CC-BY-4.0"
credit_vi = "Ảnh dựng"
credit_en = "Rendering"
[[artefact.picture]]
file = "lo.webp"
role = "model"
alt_vi = "Một cái lò."
alt_en = "A kiln."
"""


def put(folder: Path) -> Artefacts:
    files = read_gallery(folder)
    found = {path: look_at(path, {}, media_storage()) for path in files.picture_files()}
    return put_artefacts(files, Terms({}), Shelf(found, media_storage()))


@pytest.fixture
def kiln(tmp_path: Path) -> Path:
    (tmp_path / "artefacts.toml").write_text(KILN, encoding="utf-8")
    (tmp_path / "lo.webp").write_bytes(picture("lo"))
    return tmp_path


def test_a_picture_is_found_by_artefact_and_role(context: Flask, kiln: Path) -> None:
    artefacts = put(kiln)
    assert artefacts.picture("mo-hinh-lo/model", "here") is not None
    assert artefacts.picture("mo-hinh-lo/front", "here") is None


def test_a_named_file_that_does_not_exist_is_refused(context: Flask, kiln: Path) -> None:
    (kiln / "lo.webp").unlink()
    with pytest.raises(BadTable, match=r"artefacts\.toml, mo-hinh-lo: there is no file lo\.webp"):
        put(kiln)


def test_a_role_that_no_picture_has_is_refused(context: Flask, kiln: Path) -> None:
    artefacts = put(kiln)
    with pytest.raises(BadTable, match="here: mo-hinh-lo has no picture called 'zoom'"):
        artefacts.picture("mo-hinh-lo/zoom", "here")


def test_the_demonstration_names_only_pictures_that_are_there() -> None:
    files = read_gallery(DEMO / "gallery")
    named = [row["file"] for artefact in files.artefacts for row in artefact.get("picture", [])]
    assert named
    assert [file for file in named if not files.picture(file).is_file()] == []
