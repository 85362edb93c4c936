"""The container of a GLB file (glTF 2.0 specification, section 4): a header, JSON, binary data."""

from __future__ import annotations

import json
import struct
from typing import Any

from shop.media.glb.faults import DamagedModel, EmptyModel, NotAModel

HEADER, CHUNK = struct.Struct("<4sII"), struct.Struct("<II")
JSON, BINARY = 0x4E4F534A, 0x004E4942
LONGEST_JSON = 1_000_000


def split(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the file says and what it carries.

    Raises EmptyModel, NotAModel for another kind of file, or DamagedModel.
    """
    if not data:
        raise EmptyModel
    if data[:4] != b"glTF":
        raise NotAModel
    if len(data) < HEADER.size:
        raise DamagedModel("the header is cut short")
    _, version, length = HEADER.unpack_from(data)
    if version != 2:
        raise NotAModel
    if length != len(data):
        raise DamagedModel(f"the header says {length} bytes, the file has {len(data)}")
    chunks = _chunks(data)
    if not chunks or chunks[0][0] != JSON or [kind for kind, _ in chunks[1:]] not in ([], [BINARY]):
        raise DamagedModel("not one JSON chunk and at most one binary chunk")
    return _document(chunks[0][1]), chunks[1][1] if len(chunks) > 1 else b""


def _chunks(data: bytes) -> list[tuple[int, bytes]]:
    found, place = [], HEADER.size
    while place < len(data):
        if place + CHUNK.size > len(data):
            raise DamagedModel("a chunk without its header")
        length, kind = CHUNK.unpack_from(data, place)
        place += CHUNK.size
        if length % 4 or place + length > len(data):
            raise DamagedModel("a chunk that ends beyond the file, or off its step of four")
        found.append((kind, data[place : place + length]))
        place += length
    return found


def _document(text: bytes) -> dict[str, Any]:
    if len(text) > LONGEST_JSON:
        raise DamagedModel("more than a megabyte of JSON")
    try:
        document = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedModel("the JSON chunk cannot be parsed") from error
    if not isinstance(document, dict):
        raise DamagedModel("the JSON chunk is no object")
    asset = document.get("asset")
    if not isinstance(asset, dict) or not str(asset.get("version", "")).startswith("2."):
        raise NotAModel
    return document
