"""A room in the making: what stands in it, how it is lit, and where each thing is seen."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix, Vector
from numpy.typing import NDArray

from ..entries import all_pieces
from ..forms import Part
from ..seeds import seed_of
from ..studio import Place, body_of, stand_of
from . import surfaces as s
from .solids import arch, around, box, facing, hole, thing_of, turned

EYE = 1.55
WARM = (1.0, 0.83, 0.62)
AMBER = (1.0, 0.74, 0.46)
MOON = (0.42, 0.56, 1.0)
DOOR = (0.50, 0.62, 1.0)

Where = tuple[float, float]


class Hall:
    """The scene of one room and, by exhibit or door, the direction in which it is seen."""

    def __init__(self, fineness: float) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.scene = bpy.context.scene
        self.fineness = fineness
        self.places: dict[str, Where] = {}
        self.pieces = {piece.slug: piece for piece in all_pieces()}
        self.bodies: dict[tuple[Part, str, int, int], bpy.types.Mesh] = {}
        self.fixture = s.plain("#07090f", 0.5)
        self.bulb = s.glow("#ffe2b8", 6.0)

    def ambient(self, strength: float, code: str = "#5c78b0", reach: float = 2.5) -> None:
        """Light from nowhere, so that walls read; corners keep their shade within ``reach`` m."""
        world = bpy.data.worlds.new("night")
        self.scene.world = world
        world.use_nodes = True
        back = world.node_tree.nodes["Background"]
        back.inputs["Color"].default_value = s.colour(code)
        back.inputs["Strength"].default_value = strength
        world.light_settings.distance = reach
        world.light_settings.ao_factor = 1.0

    def mark(self, name: str, points: NDArray[np.float64]) -> None:
        """Note the direction of the middle of ``points`` (n, 3), in metres."""
        low, high = points.min(0), points.max(0)
        x, y, z = (low + high) / 2
        yaw = math.degrees(math.atan2(x, y))
        pitch = math.degrees(math.atan2(z - EYE, math.hypot(x, y)))
        self.places[name] = (round(yaw, 1) or 0.0, round(pitch, 1) or 0.0)

    def show(
        self,
        slug: str,
        yaw: float,
        far: float,
        top: float,
        scale: float = 1.0,
        turn: float = 0.0,
        places: Sequence[Place] | None = None,
        seed: str = "",
        coarse: float = 1.0,
    ) -> NDArray[np.float64]:
        """Stand a piece, ``scale`` times as large, on ``top`` metres; returns its points.

        ``coarse`` below 1 is for things of many parts, whose textures would fill the memory.
        """
        places = places or [p for p in self.pieces[slug].front.places if p.framed]
        stand = facing(yaw, far, top) @ Matrix.Rotation(math.radians(turn), 4, "Z")
        points = self._set_down(seed or slug, places, stand @ Matrix.Scale(scale, 4), coarse)
        self.mark(slug, points)
        return points

    def _set_down(
        self, slug: str, places: Sequence[Place], stand: Matrix, coarse: float
    ) -> NDArray[np.float64]:
        things = []
        for place in places:
            for number, part in enumerate(place.parts):
                body = self.body(part, slug, number, place.seed, coarse)
                thing = thing_of(body)
                thing.matrix_world = stand_of(place, part)
                things.append(thing)
        bpy.context.view_layer.update()
        cloud = np.concatenate([_points(thing) for thing in things])
        low, high = cloud.min(0), cloud.max(0)
        shift = Vector((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]))
        for thing in things:
            thing.matrix_world = stand @ Matrix.Translation(shift) @ thing.matrix_world
        bpy.context.view_layer.update()
        return np.concatenate([_points(thing) for thing in things])

    def body(
        self, part: Part, slug: str, number: int = 0, seed: int = 0, coarse: float = 1.0
    ) -> bpy.types.Mesh:
        """A part fired once, however often it stands in the room."""
        key = (part, slug, number, seed)
        if key not in self.bodies:
            self.bodies[key] = body_of(part, seed_of(slug, number, seed), self.fineness * coarse)
        return self.bodies[key]

    def lamp(
        self,
        at: Sequence[float],
        towards: Sequence[float],
        power: float,
        size: float = 0.16,
        spread: float = 55.0,
        tint: Sequence[float] = WARM,
        shape: str = "DISK",
        deep: float = 0.0,
    ) -> None:
        """A soft lamp of ``power`` watts and ``size`` metres; ``spread`` degrees wide its beam."""
        light = bpy.data.lights.new("lamp", "AREA")
        light.shape = "RECTANGLE" if deep else shape
        light.size, light.energy, light.color = size, power, tint
        if deep:
            light.size_y = deep
        light.spread = math.radians(spread)
        thing = bpy.data.objects.new("lamp", light)
        self.scene.collection.objects.link(thing)
        thing.location = at
        way = Vector(towards) - Vector(at)
        thing.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
        thing.visible_camera = False

    def spot(
        self,
        yaw: float,
        far: float,
        mid: float,
        power: float = 14.0,
        back: float = 0.95,
        high: float = 3.0,
        aside: float = 22.0,
        spread: float = 50.0,
        size: float = 0.14,
        seen: bool = True,
    ) -> None:
        """One exhibit's own lamp, nearer the visitor; its housing shows if ``seen``."""
        at = Vector(around(yaw + aside, far - back, high))
        aim = Vector(around(yaw, far, mid))
        self.lamp(at, aim, power, size, spread)
        if seen:
            self._housing(at, aim)

    def _housing(self, at: Vector, aim: Vector) -> None:
        way = (aim - at).to_track_quat("-Z", "Y").to_matrix().to_4x4()
        can = [(0.0, 0.22), (0.05, 0.22), (0.05, 0.0), (0.044, 0.0), (0.044, 0.02), (0, 0.02)]
        turned(can[:5], self.fixture, Matrix.Translation(at) @ way, 24)
        lens = turned([(0, 0.03), (0.043, 0.03)], self.bulb, Matrix.Translation(at) @ way, 24)
        for thing in (lens,):
            thing.visible_diffuse = thing.visible_glossy = False
        box((0.012, 0.012, 1.4), self.fixture, Matrix.Translation(at + Vector((0, 0, 0.1))), 0)

    def door(
        self,
        name: str,
        wall: bpy.types.Object,
        yaw: float,
        far: float,
        deep: float,
        skin: bpy.types.Material,
        width: float = 1.1,
        springing: float = 1.75,
        rise: float = 0.5,
        power: float = 26.0,
    ) -> None:
        """An opening through ``wall`` into a lit passage that leads to the room ``name``."""
        outline = arch(width, springing, rise)
        place = facing(yaw, far) @ Matrix.Translation((0, 0, 0.0))
        hole(wall, outline, place, (-0.6, deep + 0.4), skin)
        self._passage(yaw, far + deep, width, springing + rise, power)
        tall = springing + rise
        self.mark(f"door:{name}", np.array([around(yaw, far, z) for z in (0.35, tall)]))

    def _passage(self, yaw: float, far: float, width: float, tall: float, power: float) -> None:
        pale = s.plaster("#c9cbd6", "#b2b6c6")
        long, wide = 2.6, width + 1.2
        for side in (-1, 1):
            place = facing(yaw, far + long / 2) @ Matrix.Translation((side * wide / 2, 0, 0))
            box((0.06, long, tall + 0.6), pale, place, 0)
        box((wide, 0.06, tall + 0.6), pale, facing(yaw, far + long), 0)
        box((wide, long, 0.06), pale, facing(yaw, far + long / 2, tall + 0.55), 0)
        at = around(yaw, far + 0.9, tall + 0.35)
        self.lamp(at, around(yaw, far + 2.0, 0.6), power, 0.7, 150, DOOR)

    def mood(self, far: float, high: float, power: float, yaw: float, aim: float = 1.0) -> None:
        """A wide dim blue light that washes one side of the room."""
        self.lamp(around(yaw, far, high), around(yaw, far + 2.5, aim), power, 0.8, 170, MOON)


def _points(thing: bpy.types.Object) -> NDArray[np.float64]:
    co = np.empty(3 * len(thing.data.vertices), np.float32)
    thing.data.vertices.foreach_get("co", co)
    world = np.array(thing.matrix_world)
    return co.reshape(-1, 3)[::7] @ world[:3, :3].T + world[:3, 3]
