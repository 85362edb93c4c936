"""The photographer's table: meshes and materials in Blender, two soft boxes, a sweep, a lens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates

from .brush import Slip
from .chart import Array
from .forms import Lathe, Mesh, Part, Slab, Sweep, mesh_of
from .glazes import Fired, fire, srgb
from .seeds import seed_of

CM = 0.01


@dataclass(frozen=True)
class Place:
    """A vessel on the table: its parts, where it stands in cm, turned and tilted in degrees."""

    parts: tuple[Part, ...]
    at: tuple[float, float, float] = (0, 0, 0)
    turn: float = 0.0
    tilt: float = 0.0
    roll: float = 0.0
    scale: float = 1.0
    framed: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Shot:
    """A photograph: what stands there, from which height (degrees), and how large it appears.

    ``close`` is (x, y, z, span) in cm: the point looked at and the height of the picture there.
    ``light`` is day, night for one lamp on a dark ground, or kiln for hardly any but what glows;
    ``room`` dims the day's light. ``stop`` closes the lens of a close shot (0 chooses for depth).
    """

    places: tuple[Place, ...]
    elevation: float = 7.0
    azimuth: float = 0.0
    fill: float = 0.76
    close: tuple[float, float, float, float] | None = None
    light: str = "day"
    room: float = 1.0
    lens: float = 85.0
    low: float = 0.0
    stop: float = 0.0


@dataclass(frozen=True)
class Finish:
    """Size in pixels, samples, and how finely textures are made (1 is full)."""

    width: int
    height: int
    samples: int = 16
    texture: float = 1.0
    quality: int = 84


class Table:
    """One photograph in the making."""

    def __init__(self, shot: Shot, finish: Finish, slug: str) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.shot, self.finish, self.slug = shot, finish, slug
        self.scene = bpy.context.scene
        self.corners: list[Vector] = []
        self.made: dict[tuple[Part, int], bpy.types.Mesh] = {}
        for place in shot.places:
            self._set_down(place)
        bpy.context.view_layer.update()

    def _set_down(self, place: Place) -> None:
        for number, part in enumerate(place.parts):
            key = (part, place.seed)
            if key not in self.made:
                seed = seed_of(self.slug, number, place.seed)
                self.made[key] = body_of(part, seed, self.finish.texture)
            thing = bpy.data.objects.new(f"part {number}", self.made[key])
            self.scene.collection.objects.link(thing)
            thing.matrix_world = stand_of(place, part)
            if place.framed:
                spots = np.empty(3 * len(thing.data.vertices), np.float32)
                thing.data.vertices.foreach_get("co", spots)
                some = spots.reshape(-1, 3)[::17]
                self.corners += [thing.matrix_world @ Vector(spot) for spot in some]

    def photograph(self, path: Path) -> None:
        """Render to ``path`` as WebP; the file appears only when it is whole."""
        span = self.frame()
        if self.shot.light == "night":
            self._night(span)
        elif self.shot.light == "kiln":
            self._beside_the_kiln(span)
        else:
            self._day(span)
        self._render(path)

    def frame(self) -> float:
        """Set the camera up so that the shot fills the picture; returns the span in metres."""
        shot = self.shot
        camera = bpy.data.cameras.new("camera")
        thing = bpy.data.objects.new("camera", camera)
        self.scene.collection.objects.link(thing)
        self.scene.camera = thing
        camera.lens, camera.sensor_fit, camera.sensor_height = shot.lens, "VERTICAL", 36
        camera.clip_start, camera.clip_end = 0.005, 300
        cloud = np.array([tuple(c) for c in self.corners])
        low, high = cloud.min(0), cloud.max(0)
        span = float(np.max(high - low))
        aim = (low + high) / 2
        up, round_ = math.radians(shot.elevation), math.radians(shot.azimuth)
        back = np.array(
            [math.sin(round_) * math.cos(up), -math.cos(round_) * math.cos(up), math.sin(up)]
        )
        if shot.close:
            aim = np.array(shot.close[:3]) * CM
            distance = shot.close[3] * CM * shot.lens / 36
            camera.dof.use_dof, camera.dof.focus_distance = True, distance
            camera.dof.aperture_fstop = shot.stop or (11 if span < 0.6 else 16)
        else:
            distance, aim = self._framing(cloud, aim, back)
        thing.location = aim + back * distance
        thing.rotation_euler = Vector(-back).to_track_quat("-Z", "Y").to_euler()
        return span

    def _framing(
        self, cloud: NDArray[np.float64], aim: NDArray[np.float64], back: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64]]:
        """A distance and aim that keep every point inside ``fill`` of the picture."""
        shot, finish = self.shot, self.finish
        right = np.cross([0, 0, 1], back)
        right /= np.linalg.norm(right)
        up = np.cross(back, right)
        tall = 36 / shot.lens
        wide = tall * finish.width / finish.height
        distance = 4.0
        for _ in range(40):
            away = cloud - aim
            depth = distance - away @ back
            x, y = away @ right / depth, away @ up / depth
            aim = aim + right * (x.max() + x.min()) / 2 * distance
            aim = aim + up * ((y.max() + y.min()) / 2 + shot.low * tall) * distance
            used = max((x.max() - x.min()) / wide, (y.max() - y.min()) / tall * 0.98)
            distance *= used / shot.fill
        return distance, aim

    def _day(self, span: float) -> None:
        room = self.shot.room
        self._sweep(span, "#c7cad0", 0.7)
        self._lamp(span, (-1.9, -1.6, 2.1), (1.25, 1.7), 78 * room, 0.0, (1.0, 0.985, 0.96))
        self._lamp(span, (2.3, -1.1, 1.5), (0.9, 1.7), 32 * room, 0.0, (0.95, 0.98, 1.0))
        self._lamp(span, (0.0, 1.6, 3.6), (4.2, 2.0), 50 * room, 0.9, (1, 1, 1))
        self._world((0.88, 0.9, 0.93), 0.46 * room)

    def _night(self, span: float) -> None:
        self._sweep(span, "#141c38", 0.6, glow=0.72)
        self._lamp(span, (-1.5, -1.5, 2.0), (0.8, 1.6), 74, 0.1, (1.0, 0.97, 0.92))
        self._lamp(span, (2.2, 0.5, 1.5), (0.5, 1.8), 26, 0.1, (0.75, 0.85, 1.0))
        self._world((0.03, 0.05, 0.16), 0.35)

    def _beside_the_kiln(self, span: float) -> None:
        self._lamp(span, (-1.6, -2.2, 1.6), (1.2, 1.2), 17, 0.0, (1.0, 0.93, 0.86))
        self._world((0.3, 0.38, 0.6), 0.02)

    def _world(self, colour: tuple[float, float, float], strength: float) -> None:
        world = bpy.data.worlds.new("room")
        self.scene.world = world
        world.use_nodes = True
        back = world.node_tree.nodes["Background"]
        back.inputs["Color"].default_value = (*colour, 1)
        back.inputs["Strength"].default_value = strength

    def _lamp(
        self,
        span: float,
        at: tuple[float, float, float],
        size: tuple[float, float],
        power: float,
        aim: float,
        colour: tuple[float, float, float],
    ) -> None:
        lamp = bpy.data.lights.new("soft box", "AREA")
        lamp.shape, lamp.size, lamp.size_y = "RECTANGLE", size[0] * span, size[1] * span
        lamp.energy, lamp.color = power * span * span, colour
        thing = bpy.data.objects.new("soft box", lamp)
        self.scene.collection.objects.link(thing)
        thing.location = Vector(at) * span
        towards = Vector((0, 2.5 * aim * span, (0.42 + aim) * span)) - thing.location
        thing.rotation_euler = towards.to_track_quat("-Z", "Y").to_euler()

    def _sweep(self, span: float, code: str, rough: float, glow: float = 0.0) -> None:
        far, bend, high, wide = 2.2 * span, 4.5 * span, 22 * span, 26 * span
        arc = np.linspace(0, np.pi / 2, 24)
        line = [(-24 * span, 0.0)]
        line += [(far + bend * math.sin(a), bend * (1 - math.cos(a))) for a in arc]
        line += [(far + bend, high)]
        verts = [(x, y, z) for y, z in line for x in (-wide, wide)]
        faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(line) - 1)]
        mesh = bpy.data.meshes.new("sweep")
        mesh.from_pydata(verts, [], faces)
        mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
        mesh.materials.append(_paper(code, rough, glow))
        self.scene.collection.objects.link(bpy.data.objects.new("sweep", mesh))

    def _render(self, path: Path) -> None:
        whole = path.with_suffix(".part")
        self._drawn(path).save(whole, "WEBP", quality=self.finish.quality, method=6)
        whole.replace(path)

    def _drawn(self, path: Path) -> Image.Image:
        """The rendered picture; a draft of it lies beside ``path`` meanwhile."""
        scene, finish = self.scene, self.finish
        scene.render.engine = "CYCLES"
        scene.cycles.device = "CPU"
        scene.cycles.samples = finish.samples
        scene.cycles.use_adaptive_sampling = False
        scene.cycles.use_denoising = True
        scene.cycles.denoiser = "OPENIMAGEDENOISE"
        scene.cycles.denoising_prefilter, scene.cycles.denoising_quality = "FAST", "BALANCED"
        scene.cycles.max_bounces, scene.cycles.diffuse_bounces = 3, 1
        scene.cycles.glossy_bounces, scene.cycles.caustics_reflective = 2, False
        scene.cycles.seed = 7
        scene.render.resolution_x, scene.render.resolution_y = finish.width, finish.height
        scene.view_settings.view_transform = "Khronos PBR Neutral"
        scene.render.image_settings.file_format = "PNG"
        draft = path.with_suffix(".draft.png")
        scene.render.filepath = str(draft)
        bpy.ops.render.render(write_still=True)
        with Image.open(draft) as picture:
            done = picture.convert("RGB")
        draft.unlink()
        return done


def stand_of(place: Place, part: Part) -> Matrix:
    """Where a part of a vessel on the table stands, in metres."""
    return (
        Matrix.Translation(Vector(place.at) * CM)
        @ Matrix.Rotation(math.radians(place.turn), 4, "Z")
        @ Matrix.Rotation(math.radians(place.tilt), 4, "X")
        @ Matrix.Rotation(math.radians(place.roll), 4, "Y")
        @ Matrix.Scale(place.scale, 4)
        @ Matrix.Translation(Vector(part.at) * CM)
        @ Matrix.Rotation(math.radians(part.turn), 4, "Z")
    )


def body_of(part: Part, seed: int, fineness: float = 1.0) -> bpy.types.Mesh:
    """The part formed, painted and fired; ``fineness`` 1 is its full texture."""
    if not isinstance(part, Sweep) and fineness != 1:
        part = replace(part, texture=max(256, int(part.texture * fineness)))
    keep = not isinstance(part, Sweep) and part.texture >= 1024
    mesh, fired = (_fired_again if keep else _fired)(part, seed)
    made = _blender_mesh(mesh, [_material(each) for each in fired])
    if isinstance(part, Lathe | Slab) and part.pierced:
        made = _pierce(made, part)
    return made


def _fired(part: Part, seed: int) -> tuple[Mesh, list[Fired]]:
    """The part's mesh and, for each of its surfaces, the decorated and fired maps."""
    rng = np.random.default_rng(seed)
    mesh = mesh_of(part, rng)
    done = []
    for surface in mesh.surfaces:
        slip = Slip(surface.chart, rng)
        for decorate in surface.decor:
            decorate(slip)
        fired = fire(slip, surface.glaze, surface.options, surface.bare_foot)
        if isinstance(part, Lathe) and part.relief and surface.name == "outer":
            _raise(mesh, slip.height, surface.chart.per_cm)
            fired.height -= gaussian_filter(slip.height, 0.12 * surface.chart.per_cm)
        done.append(fired)
    return mesh, done


# A piece's other photographs follow its first, so its large textures are worth keeping a while.
_fired_again = lru_cache(maxsize=8)(_fired)


def _raise(mesh: Mesh, height: Array, per_cm: float) -> None:
    """Move the outer vertices by the relief, in cm, along their normals."""
    if mesh.outer_uv is None or mesh.normals is None:
        return
    here = ~np.isnan(mesh.outer_uv[:, 0])
    smooth = gaussian_filter(height, 0.12 * per_cm)
    u, v = mesh.outer_uv[here].T
    spot = np.stack([v * (height.shape[0] - 1), u * (height.shape[1] - 1)])
    lift = map_coordinates(smooth, spot, order=1, mode="nearest")
    mesh.vertices[here] += mesh.normals[here] * lift[:, None]


def _blender_mesh(mesh: Mesh, materials: list[bpy.types.Material]) -> bpy.types.Mesh:
    made = bpy.data.meshes.new("body")
    count = len(mesh.faces)
    made.vertices.add(len(mesh.vertices))
    made.vertices.foreach_set("co", (mesh.vertices * CM).astype(np.float32).ravel())
    made.loops.add(4 * count)
    made.loops.foreach_set("vertex_index", mesh.faces.astype(np.int32).ravel())
    made.polygons.add(count)
    made.polygons.foreach_set("loop_start", np.arange(0, 4 * count, 4, dtype=np.int32))
    made.polygons.foreach_set("material_index", mesh.surface_of.astype(np.int32))
    made.polygons.foreach_set("use_smooth", np.ones(count, bool))
    made.uv_layers.new(name="uv").data.foreach_set("uv", mesh.uv.astype(np.float32).ravel())
    for material in materials:
        made.materials.append(material)
    made.update(calc_edges=True)
    made.validate()
    return made


def _image(data: Array, name: str, colour: bool) -> bpy.types.Image:
    height, width = data.shape[:2]
    pixels = np.ones((height, width, 4), np.float32)
    if colour:
        linear = np.clip(data, 0, 1)
        pixels[..., :3] = np.where(
            linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear
        )
    else:
        pixels[..., :3] = data[..., None]
    image = bpy.data.images.new(name, width, height, float_buffer=not colour, is_data=not colour)
    image.pixels.foreach_set(pixels.ravel())
    return image


def _material(fired: Fired) -> bpy.types.Material:
    """A Principled material with the fired maps, a clear coat and, where it helps, subsurface."""
    material = bpy.data.materials.new("glaze")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    body = nodes["Principled BSDF"]

    def texture(data: Array, name: str, colour: bool = False) -> bpy.types.NodeSocket:
        node = nodes.new("ShaderNodeTexImage")
        node.image = _image(data, name, colour)
        return node.outputs["Color"]

    paint = texture(fired.colour, "colour", True)
    links.new(paint, body.inputs["Base Color"])
    body.inputs["Roughness"].default_value = float(fired.rough.mean())
    body.inputs["Coat Roughness"].default_value = fired.coat_rough
    body.inputs["Coat IOR"].default_value = 1.5
    body.inputs["Specular IOR Level"].default_value = fired.shine
    body.inputs["Metallic"].default_value = fired.metal
    body.inputs["Coat Weight"].default_value = fired.coat
    if fired.bare is not None and fired.coat:
        shine = texture(fired.coat * (1 - fired.bare), "coat")
        links.new(shine, body.inputs["Coat Weight"])
        links.new(texture(fired.rough, "rough"), body.inputs["Roughness"])
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Distance"].default_value = CM
    links.new(texture(fired.height, "height"), bump.inputs["Height"])
    links.new(bump.outputs["Normal"], body.inputs["Normal"])
    links.new(bump.outputs["Normal"], body.inputs["Coat Normal"])
    if fired.skin:
        body.inputs["Subsurface Weight"].default_value = 0.25
        body.inputs["Subsurface Radius"].default_value = (1.0, 0.9, 0.75)
        body.inputs["Subsurface Scale"].default_value = fired.skin * CM
    if fired.glow:
        links.new(paint, body.inputs["Emission Color"])
        body.inputs["Emission Strength"].default_value = fired.glow
    return material


def _paper(code: str, rough: float, glow: float) -> bpy.types.Material:
    """The ground; ``glow`` lifts a dark one to its own colour where no lamp reaches."""
    material = bpy.data.materials.new("sweep")
    material.use_nodes = True
    body = material.node_tree.nodes["Principled BSDF"]
    body.inputs["Base Color"].default_value = (*srgb(code).tolist(), 1)
    body.inputs["Emission Color"].default_value = (*srgb(code).tolist(), 1)
    body.inputs["Emission Strength"].default_value = glow
    body.inputs["Roughness"].default_value = rough
    body.inputs["Specular IOR Level"].default_value = 0.25
    return material


def _pierce(made: bpy.types.Mesh, part: Lathe | Slab) -> bpy.types.Mesh:
    """Cut the outlines of ``part.pierced`` through the wall, square to it."""
    cutter = _cutter(_slab_tunnels(part) if isinstance(part, Slab) else _wall_tunnels(part))
    cutter.materials.append(made.materials[0])
    body = bpy.data.objects.new("body", made)
    tool = bpy.data.objects.new("tool", cutter)
    for thing in (body, tool):
        bpy.context.scene.collection.objects.link(thing)
    cut = body.modifiers.new("cut", "BOOLEAN")
    cut.operation, cut.object, cut.solver = "DIFFERENCE", tool, "EXACT"
    bpy.context.view_layer.update()
    whole = body.evaluated_get(bpy.context.evaluated_depsgraph_get())
    done = bpy.data.meshes.new_from_object(whole)
    bpy.data.objects.remove(body)
    bpy.data.objects.remove(tool)
    return done


Tunnel = tuple[NDArray[np.float64], NDArray[np.float64]]


def _wall_tunnels(part: Lathe) -> list[Tunnel]:
    """The near and far outline, in cm, of each hole through a thrown wall."""
    tunnels = []
    reach = max(k[0] for k in part.profile)
    profile = np.array([k[:2] for k in part.profile])
    for u, z, outline in part.pierced:
        theta = 2 * math.pi * (u - 0.5)
        out = np.array([math.sin(theta), -math.cos(theta), 0.0])
        side = np.array([math.cos(theta), math.sin(theta), 0.0])
        radius = float(np.interp(z, profile[:, 1], profile[:, 0]))
        flat = np.array([side * x + np.array([0, 0, z + y]) for x, y in outline])
        ends = (radius - 3.2 * part.wall, min(radius, reach) + 2.5 * part.wall)
        tunnels.append((out * ends[0] + flat, out * ends[1] + flat))
    return tunnels


def _slab_tunnels(part: Slab) -> list[Tunnel]:
    """The back and front outline, in cm, of each hole through a slab."""
    _, deep, tall = part.size
    return [
        tuple(
            np.array([(x + a, y, 0.5 * tall + z + b) for a, b in outline])
            for y in (0.5 * deep + 1, -0.5 * deep - 1)
        )
        for x, z, outline in part.pierced
    ]


def _cutter(tunnels: list[Tunnel]) -> bpy.types.Mesh:
    """Prisms between the two outlines of each tunnel, their walls laid out on the chart."""
    cutter = bpy.data.meshes.new("cutter")
    verts: list[tuple[float, ...]] = []
    faces: list[tuple[int, ...]] = []
    spots: list[tuple[float, float]] = []
    for near, far in tunnels:
        start, many = len(verts), len(near)
        verts += [tuple(point * CM) for point in (*near, *far)]
        faces.append(tuple(range(start, start + many)))
        faces.append(tuple(range(start + 2 * many - 1, start + many - 1, -1)))
        spots += [(0.1, 0.1)] * (2 * many)
        for k in range(many):
            after = (k + 1) % many
            faces.append((start + after, start + k, start + many + k, start + many + after))
            a, b = 0.3 + 0.4 * k / many, 0.3 + 0.4 * (k + 1) / many
            spots += [(b, 0.3), (a, 0.3), (a, 0.6), (b, 0.6)]
    cutter.from_pydata(verts, [], faces)
    cutter.polygons.foreach_set("use_smooth", [len(face) == 4 for face in faces])
    cutter.uv_layers.new(name="uv").data.foreach_set("uv", np.array(spots, np.float32).ravel())
    return cutter


def photograph(shot: Shot, finish: Finish, slug: str, path: Path) -> None:
    """Draw one photograph of ``slug`` into ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Table(shot, finish, slug).photograph(path)


def places(*several: Place | Sequence[Place]) -> tuple[Place, ...]:
    """Places and groups of places as one tuple."""
    flat: list[Place] = []
    for each in several:
        flat += [each] if isinstance(each, Place) else list(each)
    return tuple(flat)
