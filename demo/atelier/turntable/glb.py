"""The file: glTF 2.0 in one piece, its geometry quantized and packed by Meshopt, its maps in WebP.

glTF 2.0 specification, sections 3 and 4; EXT_meshopt_compression and KHR_mesh_quantization for the
layouts below.
"""

from __future__ import annotations

import io
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import meshoptimizer
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .reduce import Mesh

SHORT, UNSIGNED_SHORT, UNSIGNED_INT = 5122, 5123, 5125
VERTICES, INDICES = 34962, 34963
MESHOPT = "EXT_meshopt_compression"
STEPS = 16383
NORMAL_BITS = 11

meshoptimizer.encode_vertex_version(0)  # What EXT_meshopt_compression knows.
meshoptimizer.encode_index_version(1)


@dataclass
class View:
    """The first look: eye and what it looks at, in metres, and the upright field in radians."""

    eye: NDArray[np.float64]
    target: NDArray[np.float64]
    field: float


@dataclass
class Surface:
    """WebP maps: occlusion, roughness, metal as red, green, blue; the coat, where it varies."""

    shade: bytes
    coat: bytes | None
    coat_factor: float
    coat_rough: float

    def material(self) -> dict[str, Any]:
        coat: dict[str, Any] = {
            "clearcoatFactor": round(self.coat_factor, 3),
            "clearcoatRoughnessFactor": round(self.coat_rough, 3),
        }
        if self.coat is not None:
            coat["clearcoatTexture"] = {"index": 2}
        return {
            "name": "glaze",
            "pbrMetallicRoughness": {
                "baseColorTexture": {"index": 0},
                "metallicRoughnessTexture": {"index": 1},
            },
            "occlusionTexture": {"index": 1},
            "extensions": {"KHR_materials_clearcoat": coat},
        }


@dataclass
class Writer:
    """The packed bytes and the views of them so far; ``unpacked`` counts what they come to."""

    packed: bytearray = field(default_factory=bytearray)
    unpacked: int = 0
    views: list[dict[str, Any]] = field(default_factory=list)

    def _put(self, data: bytes) -> dict[str, int]:
        self.packed += bytes(-len(self.packed) % 4)
        start = len(self.packed)
        self.packed += data
        return {"byteOffset": start, "byteLength": len(data)}

    def picture(self, data: bytes) -> int:
        self.views.append({"buffer": 0, **self._put(data)})
        return len(self.views) - 1

    def _geometry(self, data: bytes, count: int, stride: int, **more: object) -> int:
        view = {"buffer": 1, "byteOffset": self.unpacked, "byteLength": count * stride}
        if more["mode"] == "ATTRIBUTES":
            view |= {"byteStride": stride, "target": VERTICES}
        else:
            view["target"] = INDICES
        how = {"buffer": 0, **self._put(data), "byteStride": stride, "count": count, **more}
        self.views.append({**view, "extensions": {MESHOPT: how}})
        self.unpacked += count * stride + -(count * stride) % 4
        return len(self.views) - 1

    def attribute(self, values: NDArray[Any], filter_: str = "NONE") -> int:
        rows = np.ascontiguousarray(values)
        stride = rows.dtype.itemsize * rows.shape[1]
        data = meshoptimizer.encode_vertex_buffer(rows, len(rows), stride)
        more = {"mode": "ATTRIBUTES"} | ({"filter": filter_} if filter_ != "NONE" else {})
        return self._geometry(data, len(rows), stride, **more)

    def indices(self, values: NDArray[np.uint32], stride: int) -> int:
        data = meshoptimizer.encode_index_buffer(values, len(values))
        return self._geometry(data, len(values), stride, mode="TRIANGLES")


def octahedral(normals: NDArray[np.float32]) -> NDArray[np.int16]:
    """Normals folded onto an octahedron, as the extension's filter of that name reads them."""
    n = normals.astype(np.float64)
    n /= np.maximum(np.abs(n).sum(1, keepdims=True), 1e-12)
    x, y, z = n.T
    sign_x, sign_y = np.where(x >= 0, 1, -1), np.where(y >= 0, 1, -1)
    u = np.where(z >= 0, x, (1 - np.abs(y)) * sign_x)
    v = np.where(z >= 0, y, (1 - np.abs(x)) * sign_y)
    one = (1 << (NORMAL_BITS - 1)) - 1
    rows = np.zeros((len(n), 4), np.int16)
    rows[:, 0], rows[:, 1], rows[:, 2] = np.round(u * one), np.round(v * one), one
    return rows


def webp(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=quality, method=6)
    return file.getvalue()


def glb(name: str, mesh: Mesh, colour: bytes, surface: Surface, view: View) -> bytes:
    """The whole file."""
    writer = Writer()
    low = mesh.points.min(0).astype(float)
    step = float((mesh.points.max(0) - low).max()) / STEPS
    spots = np.zeros((len(mesh.points), 4), np.uint16)
    spots[:, :3] = np.round((mesh.points - low) / step)
    uv = np.round(np.clip(mesh.uv, 0, 1) * 65535).astype(np.uint16)
    wide = len(mesh.points) > 65535
    accessors = [
        {
            "bufferView": writer.attribute(spots),
            "componentType": UNSIGNED_SHORT,
            "count": len(spots),
            "type": "VEC3",
            "min": spots[:, :3].min(0).tolist(),
            "max": spots[:, :3].max(0).tolist(),
        },
        {
            "bufferView": writer.attribute(octahedral(mesh.normals), "OCTAHEDRAL"),
            "componentType": SHORT,
            "normalized": True,
            "count": len(spots),
            "type": "VEC3",
        },
        {
            "bufferView": writer.attribute(uv),
            "componentType": UNSIGNED_SHORT,
            "normalized": True,
            "count": len(spots),
            "type": "VEC2",
        },
        {
            "bufferView": writer.indices(mesh.indices, 4 if wide else 2),
            "componentType": UNSIGNED_INT if wide else UNSIGNED_SHORT,
            "count": len(mesh.indices),
            "type": "SCALAR",
        },
    ]
    pictures = [each for each in (colour, surface.shade, surface.coat) if each is not None]
    images = [{"bufferView": writer.picture(each), "mimeType": "image/webp"} for each in pictures]
    document = {
        "asset": {"version": "2.0", "generator": "demo.atelier"},
        "extensionsUsed": [*REQUIRED, "KHR_materials_clearcoat"],
        "extensionsRequired": REQUIRED,
        "scene": 0,
        "scenes": [{"nodes": [0, 1]}],
        "nodes": [
            {"name": name, "mesh": 0, "translation": low.tolist(), "scale": [step] * 3},
            {"name": "first view", "camera": 0, "matrix": _looking(view)},
        ],
        "cameras": [{"type": "perspective", "perspective": _lens(view)}],
        "meshes": [
            {
                "name": name,
                "primitives": [
                    {
                        "attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 2},
                        "indices": 3,
                        "material": 0,
                    }
                ],
            }
        ],
        "materials": [surface.material()],
        "samplers": [{"magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071}],
        "textures": [
            {"sampler": 0, "extensions": {"EXT_texture_webp": {"source": k}}}
            for k in range(len(images))
        ],
        "images": images,
        "accessors": accessors,
        "bufferViews": writer.views,
        "buffers": [
            {"byteLength": len(writer.packed)},
            {"byteLength": writer.unpacked, "extensions": {MESHOPT: {"fallback": True}}},
        ],
    }
    return _file(document, bytes(writer.packed))


REQUIRED = [MESHOPT, "KHR_mesh_quantization", "EXT_texture_webp"]


def _looking(view: View) -> list[float]:
    """The camera's matrix, column by column: it looks along its own -z with y up."""
    back = view.eye - view.target
    back = back / np.linalg.norm(back)
    right = np.cross([0.0, 1.0, 0.0], back)
    right = right / np.linalg.norm(right)
    columns = [right, np.cross(back, right), back, view.eye]
    ends = (0.0, 0.0, 0.0, 1.0)
    return [
        round(float(c), 9)
        for column, end in zip(columns, ends, strict=True)
        for c in (*column, end)
    ]


def _lens(view: View) -> dict[str, float]:
    far = float(np.linalg.norm(view.eye - view.target))
    return {
        "yfov": round(view.field, 6),
        "aspectRatio": 0.8,
        "znear": round(far / 100, 6),
        "zfar": round(far * 10, 6),
    }


def _file(document: dict[str, Any], data: bytes) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    data += bytes(-len(data) % 4)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    chunks += struct.pack("<II", len(data), 0x004E4942) + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
