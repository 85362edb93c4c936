"""Walls, boxes and turned things in metres, their uv in metres too, and holes cut in them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

Points = NDArray[np.float64]


def around(yaw: float, far: float, high: float = 0.0) -> tuple[float, float, float]:
    """The point ``far`` metres from the middle of the room; yaw 0 is +y, 90 is +x."""
    turn = math.radians(yaw)
    return far * math.sin(turn), far * math.cos(turn), high


def facing(yaw: float, far: float, high: float = 0.0) -> Matrix:
    """Stands something there so that its front (-y) looks at the middle of the room."""
    return Matrix.Translation(around(yaw, far, high)) @ Matrix.Rotation(math.radians(-yaw), 4, "Z")


def thing_of(mesh: bpy.types.Mesh, place: Matrix | None = None) -> bpy.types.Object:
    thing = bpy.data.objects.new(mesh.name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    if place is not None:
        thing.matrix_world = place
    return thing


def sheet(
    grid: Points,
    material: bpy.types.Material,
    uv: Points | None = None,
    closed: bool = False,
) -> bpy.types.Object:
    """A surface through a grid of points (rows, columns, 3); uv runs along it unless given.

    ``closed`` joins the last column to the first.
    """
    rows, columns = grid.shape[:2]
    if uv is None:
        uv = _along(grid)
    i, j = np.mgrid[0 : rows - 1, 0 : columns - 1]
    at = i * columns + j
    faces = np.stack([at, at + 1, at + columns + 1, at + columns], -1).reshape(-1, 4)
    mesh = bpy.data.meshes.new("sheet")
    mesh.from_pydata(grid.reshape(-1, 3).tolist(), [], faces.tolist())
    spots = uv.reshape(-1, 2)[faces].reshape(-1, 2)
    if closed:
        _weld(mesh)
    _finish(mesh, material, spots)
    return thing_of(mesh)


def _along(grid: Points) -> Points:
    u = np.linalg.norm(np.diff(grid, axis=1), axis=-1).cumsum(1)
    v = np.linalg.norm(np.diff(grid, axis=0), axis=-1).cumsum(0)
    widest = u[np.argmax(u[:, -1])]
    across = np.concatenate([[0], widest])[None, :].repeat(len(grid), 0)
    up = np.concatenate([np.zeros((1, grid.shape[1])), v])
    return np.stack([across, up], -1)


def _weld(mesh: bpy.types.Mesh) -> None:
    import bmesh

    work = bmesh.new()
    work.from_mesh(mesh)
    bmesh.ops.remove_doubles(work, verts=work.verts, dist=1e-5)
    work.to_mesh(mesh)
    work.free()


def _finish(
    mesh: bpy.types.Mesh, material: bpy.types.Material, spots: Points, smooth: bool = True
) -> None:
    layer = mesh.uv_layers.new(name="uv")
    layer.data.foreach_set("uv", spots.astype(np.float32).ravel())
    mesh.polygons.foreach_set("use_smooth", [smooth] * len(mesh.polygons))
    mesh.materials.append(material)
    mesh.update()


def turned(
    profile: Sequence[tuple[float, float]],
    material: bpy.types.Material,
    place: Matrix | None = None,
    sides: int = 96,
) -> bpy.types.Object:
    """Something turned on the wheel from (radius, height) points in metres, edges kept."""
    line = np.asarray(profile, float)
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    grid = np.stack(
        [
            line[:, :1] * np.cos(turn),
            line[:, :1] * np.sin(turn),
            np.repeat(line[:, 1:], sides + 1, 1),
        ],
        -1,
    )
    thing = sheet(grid, material)
    thing.data.set_sharp_from_angle(angle=math.radians(30))
    if place is not None:
        thing.matrix_world = place
    return thing


def box(
    size: tuple[float, float, float],
    material: bpy.types.Material,
    place: Matrix | None = None,
    bevel: float = 0.008,
) -> bpy.types.Object:
    """A box standing on its place, edges softened, uv in metres on every side."""
    import bmesh

    work = bmesh.new()
    bmesh.ops.create_cube(work, size=1)
    bmesh.ops.scale(work, vec=size, verts=work.verts)
    bmesh.ops.translate(work, vec=(0, 0, size[2] / 2), verts=work.verts)
    if bevel:
        bmesh.ops.bevel(
            work, geom=work.edges[:], offset=bevel, segments=2, affect="EDGES", profile=0.5
        )
    mesh = bpy.data.meshes.new("box")
    work.to_mesh(mesh)
    work.free()
    _finish(mesh, material, flat_uv(mesh), smooth=False)
    return thing_of(mesh, place)


def flat_uv(mesh: bpy.types.Mesh) -> Points:
    """Each face seen square on: the uv of its corners in metres."""
    spots = []
    co = [v.co for v in mesh.vertices]
    for face in mesh.polygons:
        n = face.normal
        axis = max(range(3), key=lambda k: abs(n[k]))
        for v in face.vertices:
            p = co[v]
            spots.append({0: (p.y, p.z), 1: (p.x, p.z), 2: (p.x, p.y)}[axis])
    return np.array(spots)


def ring_wall(
    plan: Sequence[tuple[float, float]],
    profile: Sequence[tuple[float, float]],
    thick: float,
    material: bpy.types.Material,
) -> bpy.types.Object:
    """A closed wall round ``plan``; ``profile`` moves its inner face outwards by (metres, height).

    The plan is drawn anticlockwise about the middle of the room and scaled, so it must be convex.
    """
    plan_ = np.asarray([*plan, plan[0]], float)
    reach = float(np.linalg.norm(plan_, axis=1).min())
    inner = [(out, z) for out, z in profile]
    far = max(out for out, _ in profile) + thick
    section = [*inner, (far, inner[-1][1]), (far, inner[0][1]), inner[0]]
    grid = np.array([[(*(p * (1 + out / reach)), z) for p in plan_] for out, z in section], float)
    return sheet(grid, material, closed=True)


def round_plan(radius: float, sides: int = 128, turn: float = 0.0) -> list[tuple[float, float]]:
    """``sides`` corners at ``radius`` metres from the middle, the first at ``turn`` degrees."""
    angles = np.radians(turn) + 2 * np.pi * np.arange(sides) / sides
    return [(radius * math.cos(a), radius * math.sin(a)) for a in angles]


def subdivided(plan: Sequence[tuple[float, float]], times: int) -> list[tuple[float, float]]:
    """The same plan with every side in ``times`` pieces."""
    fine = []
    for (x0, y0), (x1, y1) in zip(plan, [*plan[1:], plan[0]], strict=True):
        fine += [(x0 + (x1 - x0) * k / times, y0 + (y1 - y0) * k / times) for k in range(times)]
    return fine


def arch(width: float, springing: float, rise: float, steps: int = 16) -> Points:
    """An opening's outline (x, z) standing on 0: upright jambs and an arch of ``rise`` metres."""
    turn = np.linspace(0, np.pi, steps + 1) if rise else np.array([0, np.pi])
    top = [(width / 2 * math.cos(a), springing + rise * math.sin(a)) for a in turn]
    return np.array([(width / 2, 0), *top, (-width / 2, 0)])


def hole(
    thing: bpy.types.Object,
    outline: Points,
    place: Matrix,
    depth: tuple[float, float],
    material: bpy.types.Material,
) -> None:
    """Cut ``outline`` into ``thing`` from depth[0] to depth[1] metres behind ``place``."""
    many = len(outline)
    ends = [[(x, y, z) for x, z in outline] for y in depth]
    mesh = bpy.data.meshes.new("cutter")
    faces: list[list[int]] = [list(range(many)), list(range(2 * many - 1, many - 1, -1))]
    faces += [[k, k + many, (k + 1) % many + many, (k + 1) % many] for k in range(many)]
    mesh.from_pydata(ends[0] + ends[1], [], faces)
    mesh.update()
    run = np.linalg.norm(np.diff(np.concatenate([outline, outline[:1]]), axis=0), axis=1)
    along = np.concatenate([[0], run.cumsum()])
    spots = [tuple(outline[v % many]) for face in faces[:2] for v in face]
    for k in range(many):
        near, far = depth
        spots += [(near, along[k]), (far, along[k]), (far, along[k + 1]), (near, along[k + 1])]
    _finish(mesh, material, np.array(spots), smooth=False)
    tool = thing_of(mesh, place)
    bpy.context.view_layer.update()
    cut = thing.modifiers.new("hole", "BOOLEAN")
    cut.operation, cut.object, cut.solver = "DIFFERENCE", tool, "EXACT"
    cut.material_mode = "TRANSFER"
    bpy.context.view_layer.update()
    whole = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
    done = bpy.data.meshes.new_from_object(whole)
    thing.modifiers.clear()
    thing.data = done
    done.set_sharp_from_angle(angle=math.radians(35))
    bpy.data.objects.remove(tool)


def surround(
    outline: Points,
    band: float,
    proud: float,
    material: bpy.types.Material,
    place: Matrix,
    bend: float = 0.0,
) -> bpy.types.Object:
    """A frame ``band`` metres wide round an opening (all but its foot), standing out ``proud``.

    It lies on a flat wall, or on the inside of a round one of ``bend`` metres.
    """
    middle = np.array([0.0, float(outline[:, 1].max()) * 0.45])
    away = outline - middle
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    wide = outline + away * band
    wide[[0, -1], 1] = outline[[0, -1], 1]
    rows = []
    for line, y in ((wide, 0.02), (wide, -proud), (outline, -proud), (outline, 0.02)):
        sunk = [math.sqrt(bend**2 - x**2) - bend if bend else 0.0 for x, _ in line]
        rows.append([(x, y + by, z) for (x, z), by in zip(line, sunk, strict=True)])
    run = np.concatenate([[0], np.linalg.norm(np.diff(outline, axis=0), axis=1).cumsum()])
    across = np.array([-0.02 - proud, 0.0, band, band + proud + 0.02])
    uv = np.stack(np.broadcast_arrays(across[:, None], run[None, :]), -1)
    thing = sheet(np.array(rows), material, uv)
    thing.data.set_sharp_from_angle(angle=math.radians(30))
    thing.matrix_world = place
    return thing


def octagon(apothem: float) -> list[tuple[float, float]]:
    """Eight sides, square to yaw 0, 45, 90 and so on, each in pieces for holes to be cut in."""
    return subdivided(round_plan(apothem / math.cos(math.pi / 8), 8, 22.5), 6)
