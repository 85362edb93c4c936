"""The village's 3D models: small, packed, true to size, and loaded with their words and posters."""

from __future__ import annotations

import json
import shutil
import struct
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image as Pixels
from sqlalchemy import select

from shop.catalogue.models import Product, ProductModel
from shop.core.db import db
from shop.core.tables import BadTable
from shop.core.transaction import transaction
from shop.demonstration.loading import load_village
from shop.demonstration.shelf import Shelf, look_at, look_at_model
from shop.demonstration.village import DEMO, read_village, turnable
from shop.media.current import media_storage
from shop.media.glb.ingest import ingest_model
from shop.media.models import Image, Model3D
from shop.media.queries import known_model_sha256s, known_sha256s
from shop.media.storage import model_key
from tests.demonstration.conftest import Draw, picture
from tests.glb_files import sound_model

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
MODELS = sorted((DEMO / "models").glob("*.glb"))
SLUG = "binh-hoa-lam-sen-day"
# A thin dish sags by some millimetres of its few centimetres.
SHARE, LEAST_MM = 0.05, 4
SHARE_OF_A_SET = 0.85


def document_of(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    length = struct.unpack_from("<I", data, 12)[0]
    found: dict[str, Any] = json.loads(data[20 : 20 + length])
    return found


def is_true_to(height_mm: int, variant: dict[str, Any]) -> bool:
    """A set's stated height is that of its pieces nested, or of the tallest on its tray."""
    stated: int = variant["height_mm"]
    if abs(height_mm - stated) <= max(SHARE * stated, LEAST_MM):
        return True
    return bool(variant["set_count"] > 1 and SHARE_OF_A_SET * stated <= height_mm <= stated)


def variants_of(slug: str) -> list[dict[str, Any]]:
    pieces = [
        piece
        for path in (DEMO / "village" / "pieces").glob("*.toml")
        for piece in tomllib.loads(path.read_text())["piece"]
    ]
    (variants,) = (piece["variant"] for piece in pieces if piece["slug"] == slug)
    return list(variants)


def test_there_are_models() -> None:
    assert len(MODELS) >= 24


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_is_small_packed_and_true_to_size(path: Path) -> None:
    assert path.stat().st_size < 400_000
    model = ingest_model(path.read_bytes())
    assert model.triangles <= 20_000
    assert model.texture_px in (1024, 2048)
    assert model.view is not None
    document = document_of(path)
    assert {"EXT_meshopt_compression", "EXT_texture_webp"} <= set(document["extensionsRequired"])
    variants = variants_of(path.stem)
    assert any(is_true_to(model.height_mm, variant) for variant in variants), (
        f"{model.height_mm} mm high, stated {[variant['height_mm'] for variant in variants]}"
    )


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_poster_is_small_and_upright(path: Path) -> None:
    poster = path.with_suffix(".webp")
    if not poster.exists():
        poster = DEMO / "photographs" / path.stem / "front.webp"
    with Pixels.open(poster) as found:
        assert found.width * 5 == found.height * 4
    assert poster.stat().st_size < (100_000 if poster.parent.name == "models" else 400_000)


def load(folder: Path) -> dict[str, int]:
    village, storage = read_village(folder), media_storage()
    found = {path: look_at(path, known_sha256s(), storage) for path in village.picture_files()}
    kept = known_model_sha256s()
    models = {path: look_at_model(path, kept, storage) for path in village.model_files()}
    with transaction():
        loaded = load_village(village, Shelf(found, storage, models), AT)
    return {row.what: row.changed for row in loaded}


def make(folder: Path, data: bytes | None = None) -> Path:
    path = folder / "models" / f"{SLUG}.glb"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sound_model() if data is None else data)
    return path


def linked() -> Model3D:
    model = db.session.scalar(
        select(Model3D)
        .join(ProductModel, ProductModel.model_id == Model3D.id)
        .join(Product, Product.id == ProductModel.product_id)
        .where(Product.slug == SLUG)
    )
    assert model is not None
    return model


def test_a_model_comes_with_the_words_and_the_picture_of_the_front(
    context: Flask, bare_folder: Path, draw: Draw
) -> None:
    (front,) = draw(f"{SLUG}/front")
    path = make(bare_folder)
    assert load(bare_folder)["3D models"] == 1
    model = linked()
    poster = db.session.get_one(Image, model.poster_id)
    assert (model.alt_vi, model.alt_en) == (poster.alt_vi, poster.alt_en)
    assert poster.byte_count == front.stat().st_size
    assert model.is_rendering
    assert load(bare_folder)["3D models"] == 0
    media_storage().path(model_key(model.public_id)).unlink()
    assert load(bare_folder)["3D models"] == 1
    assert media_storage().path(model_key(model.public_id)).read_bytes() == path.read_bytes()


def test_a_poster_of_its_own_comes_first(context: Flask, bare_folder: Path, draw: Draw) -> None:
    draw(f"{SLUG}/front")
    poster = make(bare_folder).with_suffix(".webp")
    load(bare_folder)
    poster.write_bytes(picture("poster"))
    assert load(bare_folder)["3D models"] == 1
    assert db.session.get_one(Image, linked().poster_id).byte_count == poster.stat().st_size


def test_another_file_takes_the_place(context: Flask, bare_folder: Path, draw: Draw) -> None:
    draw(f"{SLUG}/front")
    make(bare_folder)
    load(bare_folder)
    before = linked().public_id
    make(bare_folder, MODELS[0].read_bytes())
    load(bare_folder)
    assert linked().public_id != before
    shutil.rmtree(bare_folder / "models")
    load(bare_folder)
    assert db.session.scalar(select(ProductModel)) is None


def test_a_piece_may_say_otherwise() -> None:
    photo = {"file": "a/front.webp", "alt_vi": "Ảnh", "alt_en": "Picture"}
    piece: dict[str, Any] = {"slug": "a", "photo": [photo]}
    assert turnable(piece).file == "a.glb"
    said = turnable({**piece, "model": {"file": "b.glb", "alt_en": "Model"}})
    assert (said.file, said.alt_vi, said.alt_en) == ("b.glb", "Ảnh", "Model")
    for wrong in ({"folder": "x"}, ["b.glb"]):
        with pytest.raises(BadTable):
            turnable({**piece, "model": wrong})


def test_a_broken_file_is_named(context: Flask, bare_folder: Path, draw: Draw) -> None:
    draw(f"{SLUG}/front")
    make(bare_folder, sound_model()[:-40])
    with pytest.raises(BadTable, match=rf"{SLUG}\.glb"):
        load(bare_folder)
