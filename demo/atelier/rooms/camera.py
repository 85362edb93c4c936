"""The two pictures of a room: all round from its middle, and flat as one enters it."""

from __future__ import annotations

import io
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from .hall import EYE, Hall


@dataclass(frozen=True)
class Look:
    """From where (metres) to where, how wide in degrees across."""

    at: tuple[float, float, float]
    towards: tuple[float, float, float]
    wide: float = 78.0


# The floor under one's feet and the roof overhead need half the fineness of what is looked at.
SHARP = 45.0
CAP_ROWS = 272 / 1024


def panorama(hall: Hall, path: Path, width: int, samples: int, most: int) -> None:
    """Equirectangular from the middle at eye height, yaw 0 (+y) in the middle of the picture.

    The band up to 45 degrees above and below the eye is drawn at full size, the two caps at half;
    they overlap a little and are faded into each other.
    """
    camera = _camera(hall, (0, 0, EYE))
    camera.rotation_euler = (math.pi / 2, 0, 0)
    camera.data.type, camera.data.panorama_type = "PANO", "EQUIRECTANGULAR"
    cap = 180 * CAP_ROWS
    rows, small = round(width / 2 * SHARP / 90), round(width / 4 * CAP_ROWS)
    whole = Image.new("RGB", (width, width // 2))
    for low, high in ((90 - cap, 90.0), (-90.0, cap - 90)):
        part = _shot(hall.scene, camera, (low, high), (width // 2, small), samples)
        top = 0 if high > 0 else width // 2 - 2 * small
        whole.paste(part.resize((width, 2 * small), Image.Resampling.BICUBIC), (0, top))
    band = _shot(hall.scene, camera, (-SHARP, SHARP), (width, rows), samples)
    top = (width // 2 - rows) // 2
    whole.paste(band, (0, top), _faded(width, rows, 2 * small - top))
    save(whole, path, most)


def _shot(
    scene: bpy.types.Scene,
    camera: bpy.types.Object,
    latitudes: tuple[float, float],
    size: tuple[int, int],
    samples: int,
) -> Image.Image:
    camera.data.latitude_min, camera.data.latitude_max = map(math.radians, latitudes)
    return _render(scene, size, samples)


def _faded(width: int, rows: int, edge: int) -> Image.Image:
    """A mask that comes in over ``edge`` rows at the top and goes at the bottom."""
    y = np.arange(rows)
    share = np.clip(np.minimum(y, rows - 1 - y) / max(edge, 1), 0, 1)
    column = np.round(255 * share).astype(np.uint8)
    return Image.fromarray(np.repeat(column[:, None], width, 1), "L")


def view(hall: Hall, look: Look, path: Path, width: int, samples: int, most: int) -> None:
    """A flat picture, 8 by 5."""
    camera = _camera(hall, look.at)
    way = Vector(look.towards) - Vector(look.at)
    camera.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
    camera.data.sensor_fit, camera.data.angle = "HORIZONTAL", math.radians(look.wide)
    save(_render(hall.scene, (width, width * 5 // 8), samples), path, most)


def _camera(hall: Hall, at: tuple[float, float, float]) -> bpy.types.Object:
    camera = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    hall.scene.collection.objects.link(camera)
    hall.scene.camera = camera
    camera.location = at
    camera.data.clip_start = 0.02
    return camera


def _render(scene: bpy.types.Scene, size: tuple[int, int], samples: int) -> Image.Image:
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, 7
    cycles.use_adaptive_sampling = False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter, cycles.denoising_quality = "FAST", "BALANCED"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 2, 1, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces = 1, 2
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 3.0
    cycles.use_light_tree = True
    # Beyond the first bounce the room's own dim light stands for all that walls send back.
    cycles.use_fast_gi, cycles.fast_gi_method = True, "REPLACE"
    cycles.ao_bounces = cycles.ao_bounces_render = 1
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.view_settings.view_transform = "Khronos PBR Neutral"
    scene.render.image_settings.file_format = "PNG"
    with tempfile.TemporaryDirectory() as folder:
        scene.render.filepath = str(Path(folder) / "draft.png")
        bpy.ops.render.render(write_still=True)
        with Image.open(scene.render.filepath) as picture:
            return picture.convert("RGB")


def save(picture: Image.Image, path: Path, most: int) -> None:
    """Write ``path`` as WebP at the best quality that needs no more than ``most`` bytes."""
    low, high = 20, 92
    while high - low > 1:
        middle = (low + high) // 2
        if len(_webp(picture, middle)) <= most:
            low = middle
        else:
            high = middle
    draft = path.with_suffix(".part")
    draft.write_bytes(_webp(picture, low))
    draft.replace(path)


def _webp(picture: Image.Image, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "WEBP", quality=quality, method=4)
    return kept.getvalue()
