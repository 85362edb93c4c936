"""Buffers, views and accessors of a glTF document within their bounds (sections 3.6 and 3.7)."""

from __future__ import annotations

from dataclasses import dataclass

from shop.media.glb.faults import DamagedModel, NotInOnePiece, UnknownExtension
from shop.media.glb.reading import Table, numbers, part, place, rows, whole

MESHOPT = "EXT_meshopt_compression"
MESHOPT_MODES = ("ATTRIBUTES", "TRIANGLES", "INDICES")
MESHOPT_FILTERS = ("NONE", "OCTAHEDRAL", "QUATERNION", "EXPONENTIAL")
SIZES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
LARGEST = {5120: 127, 5121: 255, 5122: 32767, 5123: 65535}
SHAPES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
INDEX_KINDS = (5121, 5123, 5125)
LONGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Accessor:
    """Typed rows of a buffer; `low` and `high` are in the units of the shape, if given."""

    count: int
    kind: int
    shape: str
    low: list[float] | None
    high: list[float] | None


def buffer_lengths(document: Table, binary: bytes) -> list[int]:
    """How long each buffer is; the first is the file's own data, others come of unpacking."""
    lengths = []
    for number, buffer in enumerate(rows(document, "buffers")):
        if "uri" in buffer:
            raise NotInOnePiece
        length = whole(buffer, "byteLength", least=1)
        unpacked = part(part(buffer, "extensions"), MESHOPT).get("fallback") is True
        if not unpacked and (number or not length <= len(binary) <= length + 3):
            raise DamagedModel(f"buffer {number} is not what the file carries")
        if length > LONGEST:
            raise DamagedModel(f"buffer {number} comes to {length} bytes")
        lengths.append(length)
    return lengths


def checked_views(document: Table, lengths: list[int]) -> list[Table]:
    """The buffer views, each within its buffer, packed ones within that of their packed bytes."""
    views = rows(document, "bufferViews")
    for view in views:
        _refuse_beyond(view, lengths)
        stride = whole(view, "byteStride", 4, least=4)
        if stride > 252 or stride % 4:
            raise DamagedModel(f"byteStride {stride}")
        packed = part(part(view, "extensions"), MESHOPT)
        if packed:
            _check_packed(view, packed, lengths)
    return views


def _refuse_beyond(view: Table, lengths: list[int]) -> None:
    buffer = place(view, "buffer", len(lengths))
    end = whole(view, "byteOffset", 0) + whole(view, "byteLength", least=1)
    if end > lengths[buffer]:
        raise DamagedModel(f"a view that ends at {end} of {lengths[buffer]} bytes")


def _check_packed(view: Table, packed: Table, lengths: list[int]) -> None:
    """EXT_meshopt_compression, "Specifying compressed views"."""
    _refuse_beyond(packed, lengths)
    mode, stride = packed.get("mode"), whole(packed, "byteStride", least=1)
    if packed["buffer"] != 0 or mode not in MESHOPT_MODES:
        raise DamagedModel(f"packed as {mode!r:.20}")
    if packed.get("filter", "NONE") not in MESHOPT_FILTERS:
        raise DamagedModel("packed with an unknown filter")
    allowed = stride % 4 == 0 and stride <= 256 if mode == "ATTRIBUTES" else stride in (2, 4)
    if not allowed or whole(packed, "count", least=1) * stride != view["byteLength"]:
        raise DamagedModel("packed rows that do not come to the view's length")


def checked_accessors(document: Table, views: list[Table]) -> list[Accessor]:
    return [_accessor(table, views) for table in rows(document, "accessors")]


def _accessor(table: Table, views: list[Table]) -> Accessor:
    if "sparse" in table:
        raise UnknownExtension("sparse accessors")
    count = whole(table, "count", least=1)
    kind, shape = whole(table, "componentType"), str(table.get("type"))
    if kind not in SIZES or shape not in SHAPES:
        raise DamagedModel(f"an accessor of {shape!r:.20} and {kind!r:.20}")
    view = views[place(table, "bufferView", len(views))]
    row = SIZES[kind] * SHAPES[shape]
    end = whole(table, "byteOffset", 0) + (count - 1) * view.get("byteStride", row) + row
    if end > view["byteLength"]:
        raise DamagedModel(f"an accessor that ends at {end} of {view['byteLength']} bytes")
    scale = 1 / LARGEST[kind] if table.get("normalized") is True and kind in LARGEST else 1.0
    low, high = (numbers(table, name, SHAPES[shape]) for name in ("min", "max"))
    return Accessor(count, kind, shape, _scaled(low, scale), _scaled(high, scale))


def _scaled(values: list[float] | None, scale: float) -> list[float] | None:
    return values and [value * scale for value in values]
