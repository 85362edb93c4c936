"""A 3D model is taken when it is sound, and refused with its reason when it is anything else."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.core.settings import PROJECT
from shop.media.glb import ingest as ingesting
from shop.media.glb.faults import (
    BadTexture,
    DamagedModel,
    EmptyModel,
    NotAModel,
    NothingToSee,
    NotInOnePiece,
    OddSize,
    TooHeavy,
    TooManyPixels,
    TooManyTriangles,
    UnknownExtension,
)
from shop.media.glb.ingest import ingest_model
from tests.glb_files import Document, container, parts, picture, sound_model

PACKED = sorted((PROJECT / "demo" / "models").glob("*.glb"), key=lambda path: path.stat().st_size)
Spoil = Callable[[Document], Any]


def test_a_sound_model_says_what_it_is() -> None:
    data = sound_model()
    model = ingest_model(data)
    assert model.glb == data
    assert (model.width_mm, model.height_mm, model.depth_mm) == (200, 420, 200)
    assert (model.triangles, model.texture_px) == (4, 16)
    assert model.view is not None
    assert model.view.distance == pytest.approx(1.5)
    assert model.view.target == pytest.approx((0, 0.2, 0))
    assert (model.view.azimuth, model.view.polar) == pytest.approx((0, 90))


def test_where_parts_stand_counts_for_the_size() -> None:
    """Turned a quarter about z and twice as large, its height is its width (glTF 2.0, 3.5.3)."""
    document, data = parts()
    half = 0.5**0.5
    document["nodes"][0] |= {"rotation": [0, 0, half, half], "scale": [2, 2, 2]}
    model = ingest_model(container(document, data))
    assert (model.width_mm, model.height_mm) == (840, 400)
    assert model.view is not None
    document["nodes"] = [{"mesh": 0}, {"children": [0], "matrix": [*[0.0] * 16]}]
    column = [0.0, 3.0, 0, 0, -3.0, 0, 0, 0, 0, 0, 3.0, 0, 0, 0, 0, 1.0]
    document["nodes"][1]["matrix"] = column
    document["scenes"] = [{"nodes": [1]}]
    model = ingest_model(container(document, data))
    assert (model.width_mm, model.height_mm, model.view) == (1260, 600, None)


@pytest.mark.skipif(not PACKED, reason="no model has been made yet")
def test_what_the_atelier_packs_is_taken() -> None:
    model = ingest_model(PACKED[0].read_bytes())
    assert model.triangles > 1000
    assert model.view is not None


def _first_view(document: Document) -> Document:
    view: Document = document["bufferViews"][0]
    return view


BAD: list[tuple[Spoil, type[NotAModel]]] = [
    (lambda d: d.update(asset={"version": "1.0"}), NotAModel),
    (lambda d: d.update(asset=None), NotAModel),
    (lambda d: d["buffers"][0].update(uri="body.bin"), NotInOnePiece),
    (lambda d: d["images"][0].update(uri="https://example.vn/a.webp"), NotInOnePiece),
    (lambda d: d["images"][0].update(uri="data:image/webp;base64,AAAA"), NotInOnePiece),
    (lambda d: d["buffers"][0].update(byteLength=10), DamagedModel),
    (lambda d: d["buffers"].append({"byteLength": 100}), DamagedModel),
    (lambda d: _first_view(d).update(byteOffset=10**6), DamagedModel),
    (lambda d: _first_view(d).update(byteLength=10**6), DamagedModel),
    (lambda d: _first_view(d).update(byteLength=-4), DamagedModel),
    (lambda d: _first_view(d).update(buffer=7), DamagedModel),
    (lambda d: _first_view(d).update(byteStride=3), DamagedModel),
    (lambda d: d["accessors"][0].update(count=5), DamagedModel),
    (lambda d: d["accessors"][0].update(count=10**9), DamagedModel),
    (lambda d: d["accessors"][0].update(bufferView=99), DamagedModel),
    (lambda d: d["accessors"][0].update(bufferView=True), DamagedModel),
    (lambda d: d["accessors"][0].update(type=["VEC3"]), DamagedModel),
    (lambda d: d["accessors"][0].update(componentType=[]), DamagedModel),
    (lambda d: d["accessors"][0].update(min=[0, 0]), DamagedModel),
    (lambda d: d["accessors"][0].update(min=[1e300, 0, 0]), DamagedModel),
    (lambda d: d["accessors"][0].update(min=[9, 9, 9]), DamagedModel),
    (lambda d: d["accessors"][0].pop("max"), DamagedModel),
    (lambda d: d["accessors"][1].update(count=11), DamagedModel),
    (lambda d: d["accessors"][1].update(componentType=5126, count=3), DamagedModel),
    (lambda d: d["accessors"][0].update(sparse={"count": 1}), UnknownExtension),
    (lambda d: d["meshes"][0]["primitives"][0].update(mode=1), UnknownExtension),
    (lambda d: d["meshes"][0].update(primitives=[]), DamagedModel),
    (lambda d: d["meshes"][0]["primitives"][0].update(attributes={}), DamagedModel),
    (lambda d: d["materials"][0].update(normalTexture={"index": 4}), DamagedModel),
    (lambda d: d["materials"][0].update(occlusionTexture="none"), DamagedModel),
    (lambda d: d["textures"][0].update(source=3), DamagedModel),
    (lambda d: d["nodes"][0].update(children=[0]), DamagedModel),
    (lambda d: d["nodes"][0].update(children=[1]), DamagedModel),
    (lambda d: d["nodes"][0].update(mesh=4), DamagedModel),
    (lambda d: d["nodes"][0].update(rotation=[0, 0, "a", 1]), DamagedModel),
    (lambda d: d.update(scene=3), DamagedModel),
    (lambda d: d.update(nodes="none"), DamagedModel),
    (lambda d: d.update(scenes=[]), NothingToSee),
    (lambda d: d["scenes"][0].update(nodes=[]), NothingToSee),
    (lambda d: d["nodes"][0].update(scale=[1000, 1000, 1000]), OddSize),
    (lambda d: d["nodes"][0].update(scale=[0.001, 0.001, 0.001]), OddSize),
    (lambda d: d["images"][0].update(mimeType="image/png"), BadTexture),
    (lambda d: d["images"][0].update(mimeType="image/ktx2"), BadTexture),
    (lambda d: d["bufferViews"][2].update(byteLength=20), BadTexture),
    (lambda d: d["extensionsRequired"].append("KHR_draco_mesh_compression"), UnknownExtension),
    (lambda d: d["extensionsUsed"].append("KHR_texture_basisu"), UnknownExtension),
    (lambda d: d["extensionsRequired"].append("EXT_of_tomorrow"), UnknownExtension),
    (lambda d: d.update(extensionsRequired=[3]), DamagedModel),
]


@pytest.mark.parametrize(("spoil", "fault"), BAD, ids=range(len(BAD)))
def test_what_is_wrong_is_named(spoil: Spoil, fault: type[NotAModel]) -> None:
    document, data = parts()
    spoil(document)
    with pytest.raises(NotAModel) as refusal:
        ingest_model(container(document, data))
    assert type(refusal.value) is fault
    assert str(refusal.value.message)


def test_the_name_of_what_is_not_known_is_said() -> None:
    document, data = parts()
    document["extensionsRequired"].append("EXT_of_tomorrow")
    with pytest.raises(UnknownExtension) as refusal:
        ingest_model(container(document, data))
    assert "EXT_of_tomorrow" in str(refusal.value.message)


def _claiming(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + struct.pack("<I", value) + data[place + 4 :]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", EmptyModel),
        (picture(), NotAModel),
        (b"glTF", DamagedModel),
        (_claiming(sound_model(), 4, 1), NotAModel),
        (_claiming(sound_model(), 8, 20), DamagedModel),
        (_claiming(sound_model(), 12, 2**32 - 4), DamagedModel),
        (_claiming(sound_model(), 16, 0x004E4942), DamagedModel),
        (sound_model() + b"more", DamagedModel),
        (container([], b""), DamagedModel),  # type: ignore[arg-type]
        (sound_model().replace(b'{"asset"', b'["asset"'), DamagedModel),
        (sound_model().replace(b'"version"', b'"v\xff\xff\xffion"'), DamagedModel),
        (b"glTF" + bytes(9 * 1024 * 1024), TooHeavy),
    ],
    ids=range(12),
)
def test_another_kind_of_file(data: bytes, fault: type[NotAModel]) -> None:
    with pytest.raises(NotAModel) as refusal:
        ingest_model(data)
    assert type(refusal.value) is fault


def test_deep_nesting_is_refused_and_does_not_end_the_program() -> None:
    text = b'{"asset":' + b"[" * 200_000
    text += b" " * (-len(text) % 4)
    data = struct.pack("<4sIIII", b"glTF", 2, 20 + len(text), len(text), 0x4E4F534A) + text
    with pytest.raises(DamagedModel):
        ingest_model(data)


def test_textures_and_triangles_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadTexture):
        ingest_model(container(*parts(picture(side=4100))))
    for kind in ("PNG", "JPEG"):
        document, data = parts(picture(kind))
        document["images"][0]["mimeType"] = f"image/{kind.lower()}"
        assert ingest_model(container(document, data)).texture_px == 16
    monkeypatch.setattr(ingesting, "MOST_TRIANGLES", 3)
    with pytest.raises(TooManyTriangles):
        ingest_model(sound_model())


def test_pictures_together_have_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """One picture of a few bytes can be named thousands of times, and is unpacked each time."""
    document, data = parts()
    monkeypatch.setattr(ingesting, "MOST_PIXELS", 3 * 16 * 16)
    document["images"] *= 3
    ingest_model(container(document, data))
    document["images"] += document["images"][:1]
    with pytest.raises(TooManyPixels):
        ingest_model(container(document, data))


def test_what_is_shown_many_times_over_is_counted_each_time() -> None:
    document, data = parts()
    document["meshes"][0]["primitives"] *= 1001
    assert ingest_model(container(document, data)).triangles == 4004
    document["nodes"] = [{"mesh": 0}, {"mesh": 0}]
    with pytest.raises(DamagedModel) as refused:
        ingest_model(container(document, data))
    assert "parts" in refused.value.detail


def _packed(change: dict[str, object]) -> bytes:
    """A file of the atelier with something changed in what packs its first view."""
    data = PACKED[0].read_bytes()
    length = struct.unpack_from("<I", data, 12)[0]
    document = json.loads(data[20 : 20 + length])
    document["bufferViews"][0]["extensions"]["EXT_meshopt_compression"] |= change
    return container(document, data[28 + length :])


@pytest.mark.skipif(not PACKED, reason="no model has been made yet")
@pytest.mark.parametrize(
    "change",
    [
        {"buffer": 1},
        {"byteOffset": 10**9},
        {"byteLength": 10**9},
        {"count": 3},
        {"byteStride": 6},
        {"mode": "POINTS"},
        {"filter": "SOFT"},
    ],
    ids=str,
)
def test_packed_views_stay_within_their_bounds(change: dict[str, object]) -> None:
    ingest_model(_packed({}))
    with pytest.raises(DamagedModel):
        ingest_model(_packed(change))


@given(st.integers(0, len(sound_model()) - 1))
@settings(max_examples=300, deadline=None)
def test_cut_short_anywhere_it_is_refused(length: int) -> None:
    with pytest.raises(NotAModel):
        ingest_model(sound_model()[:length])


@given(st.lists(st.tuples(st.integers(0, len(sound_model()) - 1), st.integers(0, 255))))
@settings(max_examples=400, deadline=None)
def test_whatever_was_changed_it_is_taken_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(sound_model())
    for place, value in changes:
        data[place] = value
    with suppress(NotAModel):
        assert ingest_model(bytes(data)).triangles > 0


@pytest.mark.skipif(not PACKED, reason="no model has been made yet")
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_packed_model_cut_short_is_refused(drawn: st.DataObject) -> None:
    data = PACKED[0].read_bytes()
    with pytest.raises(NotAModel):
        ingest_model(data[: drawn.draw(st.integers(0, len(data) - 1))])
