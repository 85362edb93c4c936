"""The three rooms of "Earth, water, fire"."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix

from ..kilns import KILNS
from ..stages import SLUG, STAGES, props
from ..stages.vessel import glazed, thrown
from ..studio import Place
from . import furniture as f
from . import surfaces as s
from .hall import AMBER, MOON, Hall
from .solids import (
    arch,
    around,
    box,
    facing,
    hole,
    octagon,
    ring_wall,
    sheet,
    surround,
    thing_of,
    turned,
)


def dat(hall: Hall) -> None:
    """Rammed earth under a thatch of rafters: heaps, four tanks, a wheel, racks of thrown ware."""
    half = 3.0
    ground = s.earth(("#8f6f56", "#a98a6c", "#75583f", "#b59a7c"))
    wall = ring_wall(octagon(half), [(0, 0), (0, 2.9)], 0.7, ground)
    beam = s.wood("#6a4c35", "#3f2c1f")
    f.floor(s.clay("#8a6d57", 0.0, 8.0))
    f.rafters(beam, s.wood("#4a3626", "#2c2018"), (3.3, 2.9), (0.7, 4.2))
    f.sky(1.0, 4.6, 0.3)
    top = s.wood("#7d5a3f", "#513726")
    for slug, yaw, high, scale, size in (
        ("buoc-chon-dat", -48, 0.98, 1.7, (1.0, 0.8)),
        ("buoc-xu-ly-dat", 0, 1.02, 1.6, (1.0, 0.85)),
        ("buoc-tao-hinh", 48, 0.84, 1.8, (0.9, 0.8)),
    ):
        f.plinth(s.brick("#a5765f", "#835a49", "#8d8478"), yaw, 1.8, high, size, top)
        _stage(hall, slug, yaw, 1.8, high, scale)
        hall.spot(yaw, 1.8, high + 0.35, 6 if yaw == 0 else 9)
    _heap(s.clay("#cfc8ba", 0, 10), -71, 2.4, 0.62, 0.62, 1)
    _heap(s.clay("#b07c5c", 0, 10), -24, 2.5, 0.74, 0.78, 2)
    _heap(s.clay("#9a9794", 0, 10), 24, 2.5, 0.74, 0.74, 3)
    for yaw in (-73, -24, 24):
        hall.lamp(around(yaw, 1.3, 2.9), around(yaw, 2.45, 0.5), 4, 0.2, 60)
    _tanks(hall)
    for yaw in (126, 165):
        _rack(hall, yaw, 2.45, "dat-uot" if yaw == 126 else "dat-se")
        hall.lamp(around(yaw, 1.2, 3.0), around(yaw, 2.45, 1.0), 9, 0.2, 70)
    hall.door("nuoc", wall, 92, half - 0.02, 0.7, ground)
    hall.ambient(0.7)
    for yaw in (-48, 0, 48):
        hall.lamp(around(yaw, 2.4, 0.08), around(yaw, 3.1, 2.0), 6, 0.9, 120, AMBER, deep=0.06)
    hall.lamp((0, 0, 4.2), (0, 0, 0), 24, 1.2, 120, MOON)
    hall.lamp((0, 0, 2.8), (0, 0, 5), 9, 0.8, 170, MOON)


def _stage(
    hall: Hall, slug: str, yaw: float, far: float, top: float, scale: float, turn: float = 0
) -> None:
    """The vase at one step, as its photograph has it, marked by what that photograph frames."""
    shot = STAGES[slug]()
    hall.show(slug, yaw, far, top, scale, turn, shot.places, SLUG)


def _heap(
    material: bpy.types.Material, yaw: float, far: float, wide: float, high: float, seed: int
) -> None:
    """Clay tipped from baskets: a low cone with lumps lying on it."""
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, 121)
    r = np.linspace(0, 1, 60)[:, None]
    x, y = wide * r * np.cos(turn), wide * r * np.sin(turn)
    z = high * (1 - r**1.25) * (1 + 0.1 * np.cos(3 * turn + seed))
    for _ in range(90):
        at, a, size = math.sqrt(rng.uniform(0, 0.9)), rng.uniform(0, 6.283), rng.uniform(0.05, 0.14)
        away = np.hypot(x - wide * at * math.cos(a), y - wide * at * math.sin(a)) / size
        round_ = np.sqrt(np.clip(1 - away**2, 0, 1))
        z = np.maximum(z, np.where(away < 1, high * (1 - at**1.25) + size * (round_ - 0.35), 0))
    z[-1] = 0
    sheet(np.stack([x, y, z], -1), material).matrix_world = facing(yaw, far)


def _tanks(hall: Hall) -> None:
    """The four tanks, from slurry to clay that is ready, in brick along the wall."""
    wall = s.brick("#a5765f", "#835a49", "#9a9184", (0.22, 0.07))
    clays = (
        s.clay("#8d8374", 1.0, 3.0),
        s.clay("#8a8071", 0.8, 5.0),
        s.clay("#a1978a", 0.35, 8.0),
        s.clay("#a69b8c", 0.1, 14.0),
    )
    for number, (yaw, material) in enumerate(zip((-163, -141, -119, -97), clays, strict=True)):
        high, level = 0.62, 0.42 + 0.05 * number
        place = facing(yaw, 2.35)
        for x, y, w, d in ((0, 0.36, 0.86, 0.12), (0, -0.36, 0.86, 0.12), (0.37, 0, 0.12, 0.6),
                           (-0.37, 0, 0.12, 0.6)):  # fmt: skip
            box((w, d, high), wall, place @ Matrix.Translation((x, y, 0)), 0.006)
        box((0.66, 0.62, level), material, place, 0.02)
    for yaw in (-152, -108):
        hall.lamp(around(yaw, 1.3, 3.0), around(yaw, 2.35, 0.5), 8, 0.25, 75)


def _rack(hall: Hall, yaw: float, far: float, clay: str, wide: float = 1.5) -> None:
    """A drying rack: three shelves of bamboo and boards, the same vase thrown again and again."""
    wood = s.wood("#8a6547", "#5a3f2b")
    place = facing(yaw, far)
    for x in (-wide / 2, wide / 2):
        for y in (-0.17, 0.17):
            box((0.05, 0.05, 2.0), wood, place @ Matrix.Translation((x, y, 0)), 0.006)
    first: bpy.types.Mesh | None = None
    for level, high in enumerate((0.3, 0.95, 1.6)):
        box((wide + 0.1, 0.42, 0.035), wood, place @ Matrix.Translation((0, 0, high)), 0.006)
        for k in range(5):
            x = (k - 2) * wide / 5.2
            spot = place @ Matrix.Translation((x, 0.01 * (k % 3), high + 0.035))
            if first is None:
                first = hall.body(thrown(clay, 0.02)[0], SLUG)
            turn = Matrix.Rotation(1.3 * k + level, 4, "Z")
            thing_of(first, spot @ turn @ Matrix.Scale(0.98, 4))


def nuoc(hall: Hall) -> None:
    """An island in still water: every piece stands in the basin and is seen twice."""
    half = 3.1
    pale = s.plaster("#a9b4c9", "#8b98b3")
    stone = s.plaster("#99a0ae", "#848c9c", 0.5)
    lit = s.rippled("#a9b4c9", "#8b98b3")
    wall = ring_wall(octagon(half), [(0, -0.3), (0, 3.4)], 0.7, lit)
    f.floor(s.plaster("#141d38", "#10182f"), 9, -0.3)
    f.floor(s.water(), 3.4, -0.06)
    turned([(0, 0), (0.54, 0), (0.55, -0.01), (0.55, -0.3)], stone)
    for yaw in (90, 180):
        box((0.8, 3.7, 0.3), stone, facing(yaw, 2.38, -0.31), 0.01)
    f.dome(pale, half * 1.083, 3.4, 4.3, 0.9)
    f.sky(1.4, 4.8, 0.3)
    for yaw in (0, 45, -45, -90, 135, -135):
        outline = arch(1.5, 1.95, 0.6)
        hole(wall, outline, facing(yaw, half, -0.1), (-0.5, 0.25), lit)
    teak = s.wood("#7d5a3f", "#513726")
    for slug, yaw, top, scale, size in (
        ("buoc-phoi-say", -90, 0.98, 1.45, (1.7, 0.5)),
        ("buoc-sua-hang-moc", -44, 0.9, 1.9, (0.6, 0.6)),
        ("buoc-ve-khac", 0, 1.0, 2.2, (0.5, 0.5)),
        ("buoc-trang-men", 44, 1.0, 2.2, (0.5, 0.5)),
    ):
        f.plinth(stone, yaw, 2.0, top, size, teak, -0.3)
        _stage(hall, slug, yaw, 2.0, top, scale)
        hall.spot(yaw, 2.0, top + 0.4, 6 if slug == "buoc-trang-men" else 8)
    for yaw in (135, -135):
        _rack(hall, yaw, 2.4, "dat-kho")
        hall.lamp(around(yaw, 1.2, 3.0), around(yaw, 2.4, 1.1), 7, 0.2, 70)
    for name, yaw in (("lua", 90), ("dat", 180)):
        hall.door(name, wall, yaw, half - 0.02, 0.72, pale)
    hall.ambient(0.24)
    hall.lamp((0, 0, 4.4), (0, 0, 0), 16, 1.4, 130, MOON)


def lua(hall: Hall) -> None:
    """Inside the kiln: the mouth still glowing, saggars stacked, and the five kilns in small."""
    wide, long, spring, rise = 5.6, 5.2, 2.0, 1.8
    fired = s.brick("#a5674c", "#733e2d", "#4d3a31", (0.24, 0.075), 0.55)
    dark = s.brick("#5d4136", "#40291f", "#2c211d", (0.24, 0.075), 0.6)
    plan = [
        (wide / 2, -long / 2),
        (wide / 2, long / 2),
        (-wide / 2, long / 2),
        (-wide / 2, -long / 2),
    ]
    wall = ring_wall(plan, [(0, 0), (0, spring + rise + 0.1)], 2.2, fired)
    f.floor(s.brick("#8d6a56", "#6d4e40", "#38343a", (0.3, 0.15), 0.5))
    f.vault(fired, wide, long + 0.02, spring, rise)
    for y in (-long / 2 + 0.1, -0.9, 0.9, long / 2 - 0.1):
        f.rib(dark, wide, y, spring, rise)
    _mouth(hall, wall, dark, long / 2)
    _saggars(hall)
    f.plinth(fired, 47, 1.85, 0.95, (0.6, 0.6), s.wood())
    _stage(hall, "buoc-ra-lo", 47, 1.85, 0.95, 1.85)
    hall.spot(47, 1.85, 1.35, 9)
    for slug, yaw in zip(KILNS, (-146, -117, -88, 91, 124), strict=True):
        _small_kiln(hall, fired, slug, yaw)
    hall.door("nuoc", wall, 180, long / 2, 1.55, fired)
    hall.ambient(0.8)
    for side in (-1, 1):
        for y in (-1.7, 0.0, 1.7):
            at = (side * 2.55, y, 0.08 if y else 2.0)
            hall.lamp(at, (side * 2.3, y, 4.5), 11, 1.3, 150, AMBER, deep=0.06)
    hall.lamp((0, 0, 3.6), (0, 0, 0), 14, 1.2, 150, MOON)


def _mouth(hall: Hall, wall: bpy.types.Object, brick: bpy.types.Material, far: float) -> None:
    """The fire mouth in the end wall, coals on its floor, the vase at full heat in the middle."""
    outline = arch(1.7, 0.75, 0.8)
    place = facing(0, far, 0.55)
    hole(wall, outline, place, (-0.5, 1.35), brick)
    surround(outline, 0.24, 0.06, brick, place)
    surround(arch(2.2, 0.8, 1.05), 0.2, 0.03, brick, place)
    across, deep = np.meshgrid(np.linspace(-0.85, 0.85, 60), np.linspace(0.02, 1.3, 40))
    rng = np.random.default_rng(4)
    rough = sum(
        np.cos(across * rng.uniform(6, 26) + deep * rng.uniform(-26, 26) + rng.uniform(0, 6))
        for _ in range(9)
    )
    bed = np.stack([across, far + deep, 0.62 + 0.018 * rough + 0.1 * (deep / 1.3)], -1)
    sheet(bed, s.embers(2.2))
    vase = Place(glazed("trong-lua", glow=1.0))
    beside = [
        Place(glazed("trong-lua", glow=0.6), at=(x, y, 0), turn=t, seed=3)
        for x, y, t in ((-24, 22, 60), (24, 24, 200))
    ]
    hall.show("buoc-dot-lo", 0, far + 0.5, 0.66, 1.75, 0, (vase, *beside), SLUG)
    hall.lamp((0, far + 0.6, 1.95), (0, far + 0.9, 0.6), 14, 0.9, 170, (1.0, 0.34, 0.07), deep=0.5)
    hall.lamp((0, far - 0.05, 0.75), (0, far - 3, 0.2), 24, 1.3, 160, (1.0, 0.42, 0.1), deep=0.3)


def _saggars(hall: Hall) -> None:
    """The vase half way into its saggar, others stacked behind it, two on the floor."""
    yaw, far = -46, 1.9
    fired = hall.body(props.saggar(17, 22)[0], "bao-nung")
    scale = Matrix.Scale(1.45, 4)
    for x, y, many in ((-0.5, 0.6, 6), (0.02, 0.72, 7), (0.54, 0.62, 5), (0.72, 0.12, 2)):
        for k in range(many):
            spot = facing(yaw, far) @ Matrix.Translation((x, y, 0.319 * k))
            thing_of(fired, spot @ Matrix.Rotation(1.7 * k, 4, "Z") @ scale)
    for k in range(3):
        thing_of(fired, facing(yaw, far, 0.319 * k) @ Matrix.Rotation(k, 4, "Z") @ scale)
    vase: Sequence[Place] = (Place(glazed("men-song")),)
    hall.show("buoc-chong-lo", yaw, far, 0.74, 1.75, 0, vase, SLUG)
    hall.spot(yaw, far, 1.2, 6)


def _small_kiln(hall: Hall, brick: bpy.types.Material, slug: str, yaw: float) -> None:
    """One kiln in small on a brick plinth, turned so that its mouth and length both show."""
    far, top = 1.72, 1.06
    f.plinth(brick, yaw, far, top, (0.8, 0.7), s.wood("#4d3021", "#2c1b12"))
    hall.show(slug, yaw, far, top, 1.35, 50, KILNS[slug](), coarse=0.2)
    hall.spot(yaw, far, top + 0.2, 12)
