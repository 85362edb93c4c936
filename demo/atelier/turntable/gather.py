"""What stands on the table as triangles, and the fired maps they show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import bpy
import numpy as np
from numpy.typing import NDArray

from ..forms import Lathe
from ..piece import Piece
from ..studio import Finish, Place, Shot, Table

# What is not fired clay stands in a photograph, but does not come with the piece.
NOT_POTTERY = frozenset(
    [
        "wood",
        "bamboo",
        "brass",
        "wax",
        "red-wax",
        "flame",
        "lamp-light",
        "bark",
        "blossom",
        "leaf",
        "mandarin",
        "tea",
        "rice",
        "ash",
        "incense",
        "bamboo-stick",
    ]
)
# An atlas has room for about two thirds of what a close photograph shows.
FINENESS = 0.7
# A turned body needs no more corners round than the eye can tell at the size of a screen.
MOST_AROUND = 160


@dataclass
class Skin:
    """One surface's maps, row 0 lowest: colour (h, w, 3) as sRGB 0 to 1, and (coat, rough, metal).

    A map of the second kind may be one pixel where it is the same everywhere.
    """

    colour: NDArray[np.float32]
    gloss: NDArray[np.float32]
    coat_rough: float


@dataclass
class Solid:
    """Corners of triangles, three a row: metres, y up, the front towards +z; uv on a skin."""

    points: NDArray[np.float64]
    normals: NDArray[np.float64]
    uv: NDArray[np.float64]
    skin_of: NDArray[np.int64]
    skins: list[Skin]
    eye: NDArray[np.float64]
    target: NDArray[np.float64]
    field: float


def is_prop(place: Place) -> bool:
    return all(part.glaze in NOT_POTTERY for part in place.parts)


def shot_of(piece: Piece) -> Shot:
    """What goes into the model, seen as it is first shown; a dish off its easel lies flat."""
    shot = piece.model or piece.front
    kept = tuple(place for place in shot.places if place.framed and not is_prop(place))
    leans = len(kept) == 1 and abs(kept[0].tilt) > 45 and kept != shot.places
    if leans:
        kept = (replace(kept[0], at=(0, 0, 0), tilt=0, roll=0),)
    return replace(shot, places=kept, elevation=46 if leans else shot.elevation)


def shows_the_front(piece: Piece) -> bool:
    """Whether the front photograph shows just what the model does, from the same place."""
    return shot_of(piece).places == piece.front.places


def _coarser(place: Place) -> Place:
    parts = tuple(
        replace(part, around=min(part.around, MOST_AROUND)) if isinstance(part, Lathe) else part
        for part in place.parts
    )
    return replace(place, parts=parts)


def gather(piece: Piece) -> Solid:
    """Form, fire and paint the piece, and take it off the table."""
    shot = shot_of(piece)
    coarse = replace(shot, places=tuple(map(_coarser, shot.places)))
    table = Table(coarse, Finish(1200, 1500, texture=FINENESS), piece.slug)
    things = [thing for thing in table.scene.objects if thing.type == "MESH"]
    skins: dict[str, int] = {}
    found: list[Skin] = []
    parts = []
    for thing in things:
        numbers = []
        for material in thing.data.materials:
            if material.name not in skins:
                skins[material.name] = len(found)
                found.append(_skin(material))
            numbers.append(skins[material.name])
        parts.append(_triangles(thing, np.array(numbers)))
    points, normals, uv, skin_of = (np.concatenate(each) for each in zip(*parts, strict=True))
    eye, way, field = _first_view(table)
    shift = _stand(points, alone=len(shot.places) == 1)
    points, eye = points - shift, eye - shift
    middle = (points.reshape(-1, 3).min(0) + points.reshape(-1, 3).max(0)) / 2
    target = eye + way * float((middle - eye) @ way)
    return Solid(points, normals, uv, skin_of, found, eye, target, field)


def _stand(points: NDArray[np.float64], alone: bool) -> NDArray[np.float64]:
    """Where the middle of the foot is: a set's is the middle of what it covers."""
    low, high = points.reshape(-1, 3).min(0), points.reshape(-1, 3).max(0)
    if alone:
        return np.array([0.0, low[1], 0.0])
    return np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])


def _up(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the table's axes (z up, front towards -y) to those of a GLB."""
    return np.stack([points[..., 0], points[..., 2], -points[..., 1]], -1)


def _triangles(thing: bpy.types.Object, numbers: NDArray[np.int64]) -> tuple[NDArray, ...]:
    mesh = thing.data
    mesh.calc_loop_triangles()
    many = len(mesh.loop_triangles)
    corners = _read(mesh.loop_triangles, "loops", 3 * many, np.int32)
    vertex = _read(mesh.loops, "vertex_index", len(mesh.loops), np.int32)
    co = _read(mesh.vertices, "co", 3 * len(mesh.vertices), np.float32).reshape(-1, 3)
    bent = _read(mesh.corner_normals, "vector", 3 * len(mesh.loops), np.float32).reshape(-1, 3)
    uv = _read(mesh.uv_layers[0].data, "uv", 2 * len(mesh.loops), np.float32).reshape(-1, 2)
    kind = _read(mesh.loop_triangles, "material_index", many, np.int32)
    world = np.array(thing.matrix_world)
    turn = np.linalg.inv(world[:3, :3]).T
    points = co[vertex[corners]] @ world[:3, :3].T + world[:3, 3]
    normals = bent[corners] @ turn.T
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    points, normals = _up(points).reshape(many, 3, 3), _up(normals).reshape(many, 3, 3)
    spots = uv[corners].reshape(many, 3, 2).astype(float)
    if _is_inside_out(points):
        points, normals, spots = points[:, ::-1], -normals[:, ::-1], spots[:, ::-1]
    return points, normals, spots, numbers[np.clip(kind, 0, len(numbers) - 1)]


def _is_inside_out(points: NDArray[np.float64]) -> bool:
    """Whether the triangles face inwards: a path tracer does not mind, a screen does."""
    a, b, c = (points[:, k] - points.mean((0, 1)) for k in range(3))
    return float((a * np.cross(b, c)).sum()) < 0


def _read(of: object, name: str, count: int, kind: type) -> NDArray:
    values = np.empty(count, kind)
    of.foreach_get(name, values)
    return values


def _skin(material: bpy.types.Material) -> Skin:
    body = material.node_tree.nodes["Principled BSDF"]
    layers = [_map(body.inputs[name]) for name in ("Coat Weight", "Roughness", "Metallic")]
    height = max(len(layer) for layer in layers)
    width = max(layer.shape[1] for layer in layers)
    gloss = np.stack([np.broadcast_to(each[..., 0], (height, width)) for each in layers], -1)
    return Skin(
        _map(body.inputs["Base Color"]), gloss, float(body.inputs["Coat Roughness"].default_value)
    )


def _map(socket: bpy.types.NodeSocket) -> NDArray[np.float32]:
    """The picture that feeds a socket, else its one value as a picture of one pixel."""
    if not socket.links:
        value = np.atleast_1d(np.array(socket.default_value, np.float32))[:3]
        return value.reshape(1, 1, -1)
    image = socket.links[0].from_node.image
    width, height = image.size
    pixels = np.empty(4 * width * height, np.float32)
    image.pixels.foreach_get(pixels)
    return pixels.reshape(height, width, 4)[..., :3]


def _first_view(table: Table) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Where the photographer's eye is, which way it looks, and its upright field in radians."""
    table.frame()
    camera = table.scene.camera
    bpy.context.view_layer.update()
    world = np.array(camera.matrix_world)
    return _up(world[:3, 3]), _up(-world[:3, 2]), float(camera.data.angle_y)
