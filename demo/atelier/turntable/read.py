"""What a file of ours says of itself."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Facts:
    size: int
    triangles: int
    texture: int
    cm: tuple[float, float, float]

    def __str__(self) -> str:
        wide, tall, deep = self.cm
        return (
            f"{self.size:7} bytes {self.triangles:6} triangles {self.texture:5} px"
            f"  {wide:6.1f} x {tall:6.1f} x {deep:6.1f} cm"
        )


def facts_of(data: bytes) -> Facts:
    length = struct.unpack_from("<I", data, 12)[0]
    document = json.loads(data[20 : 20 + length])
    binary = data[28 + length :]
    view = document["bufferViews"][document["images"][0]["bufferView"]]
    start = view["byteOffset"]
    with Image.open(io.BytesIO(binary[start : start + view["byteLength"]])) as picture:
        texture = picture.width
    spots, indices = document["accessors"][0], document["accessors"][3]
    step = document["nodes"][0]["scale"][0] * 100
    wide, tall, deep = (
        (high - low) * step for low, high in zip(spots["min"], spots["max"], strict=True)
    )
    return Facts(len(data), indices["count"] // 3, texture, (wide, tall, deep))
