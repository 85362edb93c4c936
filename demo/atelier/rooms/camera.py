"""The two pictures of a room: all round from its middle, and flat as one enters it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import bpy
from mathutils import Vector
from PIL import Image

from .hall import EYE, Hall


@dataclass(frozen=True)
class Look:
    """From where (metres) to where, how wide in degrees across."""

    at: tuple[float, float, float]
    towards: tuple[float, float, float]
    wide: float = 78.0


def panorama(hall: Hall, path: Path, width: int, samples: int, most: int) -> None:
    """Equirectangular from the middle at eye height, yaw 0 (+y) in the middle of the picture."""
    camera = _camera(hall, (0, 0, EYE))
    camera.rotation_euler = (math.pi / 2, 0, 0)
    camera.data.type, camera.data.panorama_type = "PANO", "EQUIRECTANGULAR"
    _render(hall.scene, path, (width, width // 2), samples, most)


def view(hall: Hall, look: Look, path: Path, width: int, samples: int, most: int) -> None:
    """A flat picture, 8 by 5."""
    camera = _camera(hall, look.at)
    way = Vector(look.towards) - Vector(look.at)
    camera.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
    camera.data.sensor_fit, camera.data.angle = "HORIZONTAL", math.radians(look.wide)
    _render(hall.scene, path, (width, width * 5 // 8), samples, most)


def _camera(hall: Hall, at: tuple[float, float, float]) -> bpy.types.Object:
    camera = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    hall.scene.collection.objects.link(camera)
    hall.scene.camera = camera
    camera.location = at
    camera.data.clip_start = 0.02
    return camera


def _render(
    scene: bpy.types.Scene, path: Path, size: tuple[int, int], samples: int, most: int
) -> None:
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, 7
    cycles.use_adaptive_sampling, cycles.adaptive_threshold = True, 0.03
    cycles.adaptive_min_samples = max(4, samples // 2)
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter, cycles.denoising_quality = "FAST", "BALANCED"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 3, 2, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces = 1, 2
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 3.0
    cycles.use_light_tree = True
    cycles.use_fast_gi, cycles.fast_gi_method = True, "REPLACE"
    cycles.ao_bounces = cycles.ao_bounces_render = 1
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.view_settings.view_transform = "Khronos PBR Neutral"
    scene.render.image_settings.file_format = "PNG"
    draft = path.with_suffix(".draft.png")
    scene.render.filepath = str(draft)
    bpy.ops.render.render(write_still=True)
    save(draft, path, most)
    draft.unlink()


def save(draft: Path, path: Path, most: int) -> None:
    """Write ``path`` as WebP at the best quality that needs no more than ``most`` bytes."""
    whole = path.with_suffix(".part")
    with Image.open(draft) as picture:
        flat = picture.convert("RGB")
    for quality in range(90, 20, -4):
        flat.save(whole, "WEBP", quality=quality, method=6)
        if whole.stat().st_size <= most:
            break
    whole.replace(path)
