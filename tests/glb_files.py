"""Small 3D models made for the tests: a four-sided body with a painted side, as GLB."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from typing import Any

from PIL import Image

Document = dict[str, Any]

CORNERS = ((-0.1, 0.0, -0.1), (0.1, 0.0, -0.1), (0.0, 0.0, 0.1), (0.0, 0.42, 0.0))
FACES = (0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0)


def picture(kind: str = "WEBP", side: int = 16) -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((side, side)).convert("RGB").save(file, kind)
    return file.getvalue()


def container(document: Document, binary: bytes) -> bytes:
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    binary += bytes(-len(binary) % 4)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    chunks += struct.pack("<II", len(binary), 0x004E4942) + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def parts(texture: bytes | None = None) -> tuple[Document, bytes]:
    """The document and the data of a sound file, 42 cm tall, to be spoilt or packed."""
    spots = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
    faces = struct.pack("<12H", *FACES)
    texture = picture() if texture is None else texture
    views, data = [], b""
    for part in (spots, faces, texture):
        views.append({"buffer": 0, "byteOffset": len(data), "byteLength": len(part)})
        data += part + bytes(-len(part) % 4)
    low, high = ([pick(c[k] for c in CORNERS) for k in range(3)] for pick in (min, max))
    spot = {"bufferView": 0, "componentType": 5126, "type": "VEC3", "min": low, "max": high}
    document: Document = {
        "asset": {"version": "2.0"},
        "extensionsUsed": ["EXT_texture_webp"],
        "extensionsRequired": ["EXT_texture_webp"],
        "scenes": [{"nodes": [0, 1]}],
        "nodes": [{"mesh": 0}, {"camera": 0, "translation": [0.0, 0.2, 1.5]}],
        "cameras": [{"type": "perspective", "perspective": {"yfov": 0.4, "znear": 0.01}}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
        "textures": [{"extensions": {"EXT_texture_webp": {"source": 0}}}],
        "images": [{"bufferView": 2, "mimeType": "image/webp"}],
        "accessors": [
            {**spot, "count": 4},
            {"bufferView": 1, "componentType": 5123, "type": "SCALAR", "count": 12},
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": len(data)}],
    }
    return document, data


def sound_model() -> bytes:
    return container(*parts())
