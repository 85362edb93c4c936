"""What things stand on and hang from: plinths, shelves, beams, easels."""

from __future__ import annotations

import math

import bpy
import numpy as np
from mathutils import Matrix

from . import surfaces as s
from .solids import box, facing, hole, sheet, thing_of, turned


def floor(material: bpy.types.Material, reach: float = 9.0, high: float = 0.0) -> None:
    """The whole ground, its uv in metres."""
    axis = np.array([-reach, reach], float)
    x, y = np.meshgrid(axis, axis)
    sheet(np.stack([x, y, np.full_like(x, high)], -1), material, np.stack([x, y], -1) + 20)


def drum(
    material: bpy.types.Material, yaw: float, far: float, top: float, radius: float = 0.3
) -> None:
    """A round plinth with a wheel head on it."""
    head = 0.05
    line = [
        (0, 0), (radius * 0.92, 0), (radius * 0.92, 0.06), (radius * 0.8, 0.09),
        (radius * 0.8, top - head - 0.03), (radius * 0.98, top - head),
        (radius, top - head + 0.006), (radius, top - 0.006), (radius - 0.006, top), (0, top),
    ]  # fmt: skip
    turned(line, material, facing(yaw, far))


def plinth(
    material: bpy.types.Material,
    yaw: float,
    far: float,
    top: float,
    size: tuple[float, float] = (0.55, 0.55),
    cap: bpy.types.Material | None = None,
    foot: float = 0.0,
) -> None:
    """A square plinth from ``foot`` to ``top``; ``cap`` lies on it as a slab a little larger."""
    high = top - 0.05 if cap else top
    box((*size, high - foot), material, facing(yaw, far, foot), 0.006)
    if cap:
        box((size[0] + 0.06, size[1] + 0.06, 0.05), cap, facing(yaw, far, high), 0.008)


def dome(material: bpy.types.Material, radius: float, low: float, high: float, eye: float) -> None:
    """A shallow dome from a wall's top to a round opening of ``eye`` metres."""
    turn = np.linspace(0, 2 * np.pi, 129)
    rise = np.linspace(0, 1, 20)
    r = eye + (radius - eye) * np.cos(rise * np.pi / 2)
    z = low + (high - low) * np.sin(rise * np.pi / 2)
    grid = np.stack(
        [r[:, None] * np.cos(turn), r[:, None] * np.sin(turn), np.repeat(z[:, None], 129, 1)], -1
    )
    sheet(grid, material)
    neck = np.stack([np.full(2, eye), [high, high + 0.5]], -1)
    turned([tuple(p) for p in neck], material)


def sky(radius: float, high: float, strength: float = 0.5, code: str = "#2b49b8") -> None:
    """The night over an opening in the roof."""
    turned([(0, high), (radius, high)], s.glow(code, strength))


def rail(material: bpy.types.Material, radius: float, high: float) -> None:
    """The round rail from which the lamps hang."""
    line = [(radius - 0.02, high), (radius + 0.02, high), (radius + 0.02, high + 0.03),
            (radius - 0.02, high + 0.03), (radius - 0.02, high)]  # fmt: skip
    turned(line, material)


def bar(
    material: bpy.types.Material,
    a: tuple[float, float, float],
    b: tuple[float, float, float],
    wide: float = 0.06,
    deep: float | None = None,
) -> bpy.types.Object:
    """A beam from a to b, its grain along it."""
    from mathutils import Vector

    way = Vector(b) - Vector(a)
    turn = way.to_track_quat("X", "Z").to_matrix().to_4x4()
    deep = deep or wide
    low = Matrix.Translation(a) @ turn @ Matrix.Translation((way.length / 2, 0, -deep / 2))
    return box((way.length, wide, deep), material, low, 0.004)


def vault(
    material: bpy.types.Material, wide: float, long: float, springing: float, rise: float
) -> None:
    """A barrel vault along y over a room ``wide`` by ``long`` metres."""
    turn = np.linspace(0, np.pi, 49)
    y = np.linspace(-long / 2, long / 2, 3)
    x, z = wide / 2 * np.cos(turn), springing + rise * np.sin(turn)
    grid = np.stack(
        [np.repeat(x[:, None], 3, 1), np.repeat(y[None], 49, 0), np.repeat(z[:, None], 3, 1)], -1
    )
    sheet(grid, material)


def rib(
    material: bpy.types.Material,
    wide: float,
    y: float,
    springing: float,
    rise: float,
    deep: float = 0.22,
    long: float = 0.34,
) -> None:
    """An arch of brick standing out under a vault, carried down the walls."""
    turn = np.linspace(0, np.pi, 49)
    outer = np.stack([wide / 2 * np.cos(turn), springing + rise * np.sin(turn)], -1)
    inner = np.stack(
        [(wide / 2 - deep) * np.cos(turn), springing + (rise - deep) * np.sin(turn)], -1
    )
    foot = [(1, 0.0)]
    inner = np.concatenate([[[wide / 2 - deep, 0]], inner, [[-wide / 2 + deep, 0]]])
    outer = np.concatenate([[[wide / 2, 0]], outer, [[-wide / 2, 0]]])
    del foot
    rows = []
    for line, at in ((outer, -1), (inner, -1), (inner, 1), (outer, 1)):
        rows.append([(x, y + at * long / 2, z) for x, z in line])
    grid = np.array(rows)
    sheet(grid.transpose(1, 0, 2), material).data.set_sharp_from_angle(angle=math.radians(40))


def wheel_floor(material: bpy.types.Material, radius: float, high: float = 0.0) -> None:
    """A round floor laid in rings about its middle."""
    turn = np.linspace(0, 2 * np.pi, 193)
    r = np.linspace(0.02, radius, 24)
    grid = np.stack(
        [r[:, None] * np.cos(turn), r[:, None] * np.sin(turn), np.full((24, 193), high)], -1
    )
    spread = np.maximum(np.round(r / 0.45) * 0.45, 0.45)
    uv = np.stack([turn[None] * spread[:, None], np.repeat(r[:, None], 193, 1)], -1)
    sheet(grid, material, uv)


def rafters(
    beam: bpy.types.Material,
    boards: bpy.types.Material,
    low: tuple[float, float],
    high: tuple[float, float],
    many: int = 16,
) -> None:
    """A pointed roof between two (radius, height): rafters, two rings of purlins, boards above."""
    turned([low, high], boards, sides=64)
    for k in range(many):
        turn = math.radians(360 * (k + 0.5) / many)
        c, n = math.cos(turn), math.sin(turn)
        bar(
            beam, (low[0] * c, low[0] * n, low[1] - 0.05),
            (high[0] * c, high[0] * n, high[1] - 0.05),
            0.09, 0.13,
        )  # fmt: skip
    for share in (0.33, 0.66):
        r = low[0] + (high[0] - low[0]) * share
        z = low[1] + (high[1] - low[1]) * share - 0.16
        line = [(r - 0.05, z), (r + 0.05, z), (r + 0.05, z + 0.08), (r - 0.05, z + 0.08)]
        turned([*line, line[0]], beam)


def ring_table(
    material: bpy.types.Material,
    legs: bpy.types.Material,
    near: float,
    far: float,
    top: float,
    half: float,
    thick: float = 0.06,
) -> None:
    """A table bent round the visitor, open behind: to ``half`` degrees on either side of yaw 0."""
    yaws = np.radians(np.linspace(-half, half, 121))
    section = [
        (near, top - thick),
        (near, top),
        (far, top),
        (far, top - thick),
        (near, top - thick),
    ]
    grid = np.array([[(r * math.sin(a), r * math.cos(a), z) for a in yaws] for r, z in section])
    sheet(grid, material).data.set_sharp_from_angle(angle=math.radians(30))
    for end in (-half, half):
        place = facing(end, (near + far) / 2, top - thick)
        box((0.004, far - near, thick), material, place, 0)
    for yaw in np.arange(-half + 4, half, (2 * half - 8) / 7 - 0.01):
        for r in (near + 0.12, far - 0.12):
            box((0.03, 0.03, top - thick), legs, facing(float(yaw), r), 0.002)


def lattice(
    material: bpy.types.Material,
    block: float,
    across: int,
    up: int,
    place: Matrix,
) -> None:
    """A wall of hollow ceramic blocks, each with a round hole, standing at ``place`` along x."""
    first = box((block - 0.006, 0.11, block - 0.006), material, None, 0.006)
    turn = np.linspace(0, 2 * np.pi, 33)[:-1]
    r = 0.36 * block
    outline = np.stack([r * np.cos(turn), block / 2 + r * np.sin(turn)], -1)
    hole(first, outline, Matrix.Identity(4), (-0.2, 0.2), material)
    for i in range(across):
        for j in range(up):
            spot = Matrix.Translation(((i + 0.5 - across / 2) * block, 0, j * block))
            thing_of(first.data, place @ spot)
    bpy.data.objects.remove(first)


def altar(material: bpy.types.Material, yaw: float, far: float, top: float, wide: float) -> None:
    """An altar table: a long board with upturned ends on scrolled legs, an apron between them."""
    place = facing(yaw, far)
    box((wide, 0.62, 0.07), material, place @ Matrix.Translation((0, 0, top - 0.07)), 0.015)
    for side in (-1, 1):
        lift = Matrix.Translation((side * (wide / 2 - 0.03), 0, top - 0.01))
        box((0.07, 0.62, 0.08), material, place @ lift, 0.03)
        for deep in (-0.22, 0.22):
            leg = Matrix.Translation((side * (wide / 2 - 0.18), deep, 0))
            box((0.11, 0.11, top - 0.07), material, place @ leg, 0.025)
            box((0.2, 0.2, 0.09), material, place @ leg, 0.03)
    box((wide - 0.4, 0.05, 0.17), material, place @ Matrix.Translation((0, -0.2, top - 0.26)), 0.02)
    box((wide - 0.4, 0.05, 0.06), material, place @ Matrix.Translation((0, -0.2, 0.2)), 0.02)
