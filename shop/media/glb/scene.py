"""What a glTF document shows: its triangles, how large it is, and from where it is first seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from shop.media.glb.faults import DamagedModel, NothingToSee, UnknownExtension
from shop.media.glb.geometry import INDEX_KINDS, Accessor
from shop.media.glb.reading import Table, numbers, part, place, places, rows, whole

Point = tuple[float, float, float]
Matrix = tuple[Point, Point, Point, Point]
"""Three axes and an origin."""
STILL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0))
TRIANGLES, STRIP, FAN = 4, 5, 6
MOST_NODES = 2000
MOST_PARTS = 2000
"""Primitives drawn; a mesh counts for every node that shows it."""


@dataclass(frozen=True, slots=True)
class FirstView:
    """From where a model is first seen: angles and field in degrees, lengths in metres.

    `polar` is 90 on a level with the target and less from above; `field` is the upright angle.
    """

    azimuth: float
    polar: float
    distance: float
    target: Point
    field: float


@dataclass(frozen=True, slots=True)
class Shown:
    """Low and high corner in metres, y upwards."""

    triangles: int
    low: Point
    high: Point
    view: FirstView | None


def shown(document: Table, accessors: list[Accessor]) -> Shown:
    """Raises NothingToSee or DamagedModel."""
    meshes = [_primitives(mesh, accessors) for mesh in rows(document, "meshes")]
    triangles, corners, eyes = 0, list[Point](), list[tuple[Matrix, float]]()
    for node, matrix in _nodes(document):
        if "mesh" in node:
            for count, box in meshes[place(node, "mesh", len(meshes))]:
                triangles += count
                corners += [_moved(matrix, corner) for corner in box]
                if len(corners) > 8 * MOST_PARTS:
                    raise DamagedModel(f"more than {MOST_PARTS} parts to draw")
        if "camera" in node:
            eyes += _perspective(document, node, matrix)
    if not triangles or not corners:
        raise NothingToSee
    low, high = (_outermost(corners, pick) for pick in (min, max))
    return Shown(triangles, low, high, _view(eyes[0], low, high) if eyes else None)


def _outermost(corners: list[Point], pick: object) -> Point:
    choose = min if pick is min else max
    x, y, z = (choose(corner[axis] for corner in corners) for axis in range(3))
    return x, y, z


def _primitives(mesh: Table, accessors: list[Accessor]) -> list[tuple[int, list[Point]]]:
    """For each primitive its triangles and the corners of the box round it."""
    found = rows(mesh, "primitives")
    if not found:
        raise DamagedModel("a mesh without primitives")
    return [(_triangles(each, accessors), _box(each, accessors)) for each in found]


def _attributes(primitive: Table, accessors: list[Accessor]) -> dict[str, Accessor]:
    table = part(primitive, "attributes")
    found = {name: accessors[place(table, name, len(accessors))] for name in table}
    if "POSITION" not in found or len({each.count for each in found.values()}) != 1:
        raise DamagedModel("a primitive whose attributes do not belong together")
    return found


def _triangles(primitive: Table, accessors: list[Accessor]) -> int:
    many = _attributes(primitive, accessors)["POSITION"].count
    if "indices" in primitive:
        indices = accessors[place(primitive, "indices", len(accessors))]
        if indices.shape != "SCALAR" or indices.kind not in INDEX_KINDS:
            raise DamagedModel("indices that are no whole numbers")
        many = indices.count
    mode = whole(primitive, "mode", TRIANGLES)
    if mode not in (TRIANGLES, STRIP, FAN):
        raise UnknownExtension("points and lines")
    if mode == TRIANGLES and many % 3:
        raise DamagedModel("a triangle without its third corner")
    return many // 3 if mode == TRIANGLES else max(0, many - 2)


def _box(primitive: Table, accessors: list[Accessor]) -> list[Point]:
    spots = _attributes(primitive, accessors)["POSITION"]
    if spots.shape != "VEC3" or spots.low is None or spots.high is None:
        raise DamagedModel("positions without their bounds")
    if any(low > high for low, high in zip(spots.low, spots.high, strict=True)):
        raise DamagedModel("positions with bounds the wrong way round")
    return list(product(*zip(spots.low, spots.high, strict=True)))  # type: ignore[arg-type]


def _nodes(document: Table) -> Iterator[tuple[Table, Matrix]]:
    """Every node of the scene with where it stands; a node that is met twice is a fault."""
    nodes, scenes = rows(document, "nodes"), rows(document, "scenes")
    if not scenes:
        raise NothingToSee
    scene = scenes[place({"scene": document.get("scene", 0)}, "scene", len(scenes))]
    waiting = [(number, STILL) for number in places(scene, "nodes", len(nodes))]
    met: set[int] = set()
    while waiting:
        number, above = waiting.pop(0)
        if number in met or len(met) > MOST_NODES:
            raise DamagedModel("a node that is met twice, or too many of them")
        met.add(number)
        matrix = _times(above, _matrix(nodes[number]))
        yield nodes[number], matrix
        waiting += [(child, matrix) for child in places(nodes[number], "children", len(nodes))]


def _matrix(node: Table) -> Matrix:
    """Column by column, as glTF writes it, or from translation, rotation and scale (3.5.3)."""
    given = numbers(node, "matrix", 16)
    if given is not None:
        x, y, z, at = (tuple(given[k : k + 3]) for k in (0, 4, 8, 12))
        return x, y, z, at  # type: ignore[return-value]
    shift = numbers(node, "translation", 3) or [0.0, 0.0, 0.0]
    a, b, c, w = numbers(node, "rotation", 4) or [0.0, 0.0, 0.0, 1.0]
    sx, sy, sz = numbers(node, "scale", 3) or [1.0, 1.0, 1.0]
    return (
        (sx * (1 - 2 * (b * b + c * c)), sx * 2 * (a * b + c * w), sx * 2 * (a * c - b * w)),
        (sy * 2 * (a * b - c * w), sy * (1 - 2 * (a * a + c * c)), sy * 2 * (b * c + a * w)),
        (sz * 2 * (a * c + b * w), sz * 2 * (b * c - a * w), sz * (1 - 2 * (a * a + b * b))),
        (shift[0], shift[1], shift[2]),
    )


def _turned(matrix: Matrix, way: Point) -> Point:
    x, y, z = (sum(matrix[k][axis] * way[k] for k in range(3)) for axis in range(3))
    return x, y, z


def _moved(matrix: Matrix, point: Point) -> Point:
    x, y, z = _turned(matrix, point)
    return x + matrix[3][0], y + matrix[3][1], z + matrix[3][2]


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    x, y, z = (_turned(outer, axis) for axis in inner[:3])
    return x, y, z, _moved(outer, inner[3])


def _perspective(document: Table, node: Table, matrix: Matrix) -> list[tuple[Matrix, float]]:
    cameras = rows(document, "cameras")
    camera = cameras[place(node, "camera", len(cameras))]
    field = numbers({"yfov": [part(camera, "perspective").get("yfov")]}, "yfov", 1)
    if camera.get("type") != "perspective" or field is None:
        return []
    return [(matrix, field[0])] if 0.02 < field[0] < 2.5 else []


def _view(eye: tuple[Matrix, float], low: Point, high: Point) -> FirstView | None:
    """The camera looks along its own -z; it turns about what of its line of sight is nearest the
    middle of the model. None when the model is not before it.
    """
    matrix, field = eye
    x, y, z = matrix[2]
    length = math.hypot(x, y, z)
    if not length:
        return None
    back, at = (x / length, y / length, z / length), matrix[3]
    away = [at[k] - (low[k] + high[k]) / 2 for k in range(3)]
    distance = sum(a * b for a, b in zip(away, back, strict=True))
    if not 0.005 < distance < 200:
        return None
    target = (at[0] - distance * back[0], at[1] - distance * back[1], at[2] - distance * back[2])
    azimuth = math.degrees(math.atan2(back[0], back[2]))
    polar = math.degrees(math.acos(max(-1.0, min(1.0, back[1]))))
    return FirstView(azimuth, polar, distance, target, math.degrees(field))
