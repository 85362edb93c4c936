"""The five rooms of "Shades of blue through the centuries"."""

from __future__ import annotations

import bpy
from mathutils import Matrix

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
    round_plan,
    surround,
    turned,
)

Shown = tuple[str, float, float, float]


def truoc_mau_lam(hall: Hall) -> None:
    """Eight sides of old brick under a wooden roof, each piece before its own blind arch."""
    half, thick = 3.0, 0.8
    old = s.brick("#ab8f78", "#876c58", "#aaa595", (0.30, 0.085))
    wall = ring_wall(octagon(half), [(0, 0), (0, 3.1)], thick, old)
    beam = s.wood("#4a3426", "#2a1c14")
    f.floor(s.brick("#94725f", "#76584a", "#4a4448", (0.3, 0.3), 0.35, 0.006))
    f.rafters(beam, s.wood("#33251c", "#1d1510"), (3.3, 3.1), (0.8, 4.5))
    f.sky(1.1, 4.9, 0.3)
    for yaw in (0, 45, -45, -90, 135, -135):
        blind = arch(1.55, 1.75, 0.62)
        hole(wall, blind, facing(yaw, half), (-0.5, 0.3), old)
        surround(blind, 0.17, 0.035, old, facing(yaw, half))
        hall.lamp(around(yaw, 2.6, 0.1), around(yaw, 3.25, 1.9), 7, 0.9, 120, AMBER, deep=0.06)
    shown = [
        ("chum-men-nau-chay", 0, 0.88, 2.3),
        ("choe-men-nau-co-nap", 45, 0.82, 1.9),
        ("binh-ty-ba-men-ngoc", -45, 0.92, 2.5),
        ("bo-bat-men-ngoc", -90, 1.08, 2.4),
    ]
    for slug, yaw, top, scale in shown:
        f.plinth(old, yaw, 1.8, top, (0.62, 0.62), beam)
        hall.show(slug, yaw, 1.8, top, scale)
        hall.spot(yaw, 1.8, top + 0.3, 11)
    f.plinth(old, 135, 1.8, 1.05, (0.62, 0.62), beam)
    _leaning(hall, "dia-canh-sen-men-ngoc", 135, 1.8, 1.05, 2.7)
    hall.spot(135, 1.8, 1.3, 7)
    _old_jars(hall)
    hall.door("net-lam-dau", wall, 90, half, thick, old)
    surround(arch(1.1, 1.75, 0.5), 0.17, 0.035, old, facing(90, half))
    _shut_door(beam, half)
    hall.ambient(0.75)
    hall.lamp((0, 0, 4.5), (0, 0, 0), 24, 1.3, 120, MOON)
    hall.lamp((0, 0, 2.9), (0, 0, 5), 10, 0.8, 170, MOON)


def _leaning(hall: Hall, slug: str, yaw: float, far: float, top: float, scale: float) -> None:
    """A dish on the easel that the carp dish has."""
    from dataclasses import replace

    dish = hall.pieces[slug].front.places[0]
    easel = hall.pieces["dia-hoa-lam-ca-chep"].front.places[1:]
    hall.show(slug, yaw, far, top, scale, 0, (replace(dish, at=(0, 0.3, 14.4), tilt=68), *easel))


def _old_jars(hall: Hall) -> None:
    """Jars and wasters in the eighth arch, unlit but for what falls on them."""
    dark = s.clay("#6d4a38")
    for x, y, r, h in ((-0.45, 0.1, 0.3, 0.8), (0.35, 0.15, 0.36, 0.62), (0.0, -0.35, 0.2, 0.4)):
        line = [(0, 0), (r * 0.6, 0), (r * 0.75, h * 0.2), (r, h * 0.6), (r * 0.9, h * 0.82),
                (r * 0.55, h * 0.93), (r * 0.6, h), (r * 0.5, h), (r * 0.5, h * 0.9)]  # fmt: skip
        turned(line, dark, facing(-135, 2.7) @ Matrix.Translation((x, y, 0)), 64)
    hall.lamp(around(-135, 1.6, 3.0), around(-135, 2.7, 0.4), 5, 0.2, 60)


def _shut_door(beam: bpy.types.Material, half: float) -> None:
    """The way in from the village, shut for the night: two leaves of boards."""
    for k in range(-3, 3):
        place = facing(180, half - 0.03) @ Matrix.Translation(((k + 0.5) * 0.24, 0, 0.1))
        box((0.23, 0.05, 2.1), beam, place, 0.006)
    for z in (0.5, 1.75):
        box((1.44, 0.09, 0.1), beam, facing(180, half - 0.04, z), 0.006)
    for x in (-0.8, 0.8):
        box((0.14, 0.14, 2.4), beam, facing(180, half) @ Matrix.Translation((x, 0, 0)), 0.008)
    box((1.9, 0.16, 0.16), beam, facing(180, half, 2.25), 0.01)


def net_lam_dau(hall: Hall) -> None:
    """A round plastered room: one piece in each niche, and the moon through the roof."""
    radius, thick = 2.05, 1.05
    pale = s.plaster("#c4c8d6", "#a6adc2")
    deep = s.plaster("#a8aecb", "#8d96ba")
    band = s.plaster("#eceef4", "#dcdfe9")
    wall = ring_wall(round_plan(radius, 144), [(0, 0), (0, 3.0)], thick, pale)
    f.floor(s.brick("#a98674", "#8a6a5c", "#4a4448", (0.3, 0.3), 0.3, 0.006))
    f.dome(pale, radius, 3.0, 3.75, 0.75)
    f.sky(1.2, 4.25, 0.25)
    shown = [
        ("binh-hoa-lam-sen-day", 0, 0.94, 2.3),
        ("lo-hoa-lam-cuc-day", 45, 1.0, 2.9),
        ("dia-hoa-lam-ca-chep", -45, 1.04, 2.6),
        ("am-chen-hoa-lam-truc", -91, 1.1, 3.2),
        ("bat-hoa-lam-day-la", 136, 1.14, 5.0),
    ]
    for slug, yaw, top, scale in shown:
        _niche(hall, wall, deep, band, yaw, radius, top)
        hall.show(slug, yaw, radius + 0.24, top, scale, 0, hall.pieces[slug].front.places)
    for name, yaw in (("lam-reu-ran", 91), ("truoc-mau-lam", 180)):
        hall.door(name, wall, yaw, radius, thick, pale)
        surround(arch(1.1, 1.75, 0.5), 0.12, 0.04, band, facing(yaw, radius), radius)
    f.rail(hall.fixture, 1.15, 2.86)
    hall.ambient(0.3)
    hall.lamp((0, 0, 3.9), (0, 0, 0), 18, 1.3, 110, MOON)


def _niche(
    hall: Hall,
    wall: bpy.types.Object,
    skin: bpy.types.Material,
    band: bpy.types.Material,
    yaw: float,
    radius: float,
    top: float,
) -> None:
    """An arched niche whose sill is ``top`` metres high, lit from its own crown."""
    outline = arch(1.16, 0.78, 0.58)
    hole(wall, outline, facing(yaw, radius, top), (-0.5, 0.72), skin)
    surround(outline, 0.09, 0.04, band, facing(yaw, radius, top), radius)
    power = 4 if yaw == -45 else 7
    hall.spot(yaw, radius + 0.25, top + 0.4, power, back=1.25, high=2.8, aside=14, spread=34)
    crown, foot = around(yaw, radius + 0.12, top + 1.28), around(yaw, radius + 0.62, top + 0.2)
    hall.lamp(crown, foot, 5.5, 0.5, 130, AMBER, deep=0.1)


def lam_reu_ran(hall: Hall) -> None:
    """Under a kiln's vault: altar ware on lacquered wood."""
    wide, long, spring, rise = 5.4, 6.4, 2.25, 1.65
    fired = s.brick("#ac8870", "#836452", "#8f8a7c", (0.26, 0.085), 0.5)
    lacquer = s.wood("#4d1f16", "#2a0f0b", 0.25)
    plan = [
        (wide / 2, -long / 2),
        (wide / 2, long / 2),
        (-wide / 2, long / 2),
        (-wide / 2, -long / 2),
    ]
    wall = ring_wall(plan, [(0, 0), (0, spring + rise + 0.1)], 0.8, fired)
    f.floor(s.brick("#80604f", "#684b3e", "#38343a", (0.3, 0.3), 0.3, 0.006))
    f.vault(fired, wide, long + 0.02, spring, rise)
    for y in (-long / 2 + 0.1, -1.1, 1.1, long / 2 - 0.1):
        f.rib(fired, wide, y, spring, rise)
    f.altar(lacquer, 0, 1.9, 1.0, 1.7)
    box((0.5, 0.42, 0.1), lacquer, facing(0, 1.9, 1.0), 0.012)
    hall.show("lu-huong-xanh-reu", 0, 1.9, 1.1, 3.0)
    hall.spot(0, 1.9, 1.4, 11)
    shown = [
        ("chan-den-men-nau", -42, 0.94, 2.1),
        ("bat-huong-hoa-lam-rong", 42, 1.0, 3.1),
        ("nghe-ngoi-xanh-reu", -88, 0.98, 3.7),
        ("binh-men-ran-dap-noi", -136, 0.92, 2.4),
        ("lo-xanh-reu-ganh-noi", 136, 0.94, 2.7),
    ]
    for slug, yaw, top, scale in shown:
        far = 1.75
        deep = 0.74 if slug == "chan-den-men-nau" else 0.6
        f.plinth(lacquer, yaw, far, top, (deep, 0.6), lacquer)
        hall.show(slug, yaw, far, top, scale)
        hall.spot(yaw, far, top + 0.35, 10)
    for name, yaw, far in (("lam-tro-lai", 90, wide / 2), ("net-lam-dau", 180, long / 2)):
        hall.door(name, wall, yaw, far, 0.8, fired)
    _vault_light(hall)


def _vault_light(hall: Hall) -> None:
    """Amber along the foot of the walls and over the door, a little moonlight between."""
    hall.ambient(0.7)
    for side in (-1, 1):
        for y in (-2.1, 0.0, 2.1):
            at = (side * 2.4, y, 0.08 if y else 2.25)
            hall.lamp(at, (side * 2.2, y, 4.5), 9, 1.3, 150, AMBER, deep=0.06)
    for y in (-3.1, 3.1):
        hall.lamp((0, y, 0.08), (0, y * 1.08, 3.0), 12, 1.6, 130, AMBER, deep=0.06)
    hall.lamp((0, 0, 2.2), (0, 0, 4.0), 14, 1.6, 170, MOON)
    hall.lamp((0, 0, 3.7), (0, 0, 0), 18, 1.2, 150, MOON)


def lam_tro_lai(hall: Hall) -> None:
    """Inside a great thrown vase: rings of the potter's fingers all round, its mouth open above."""
    radius = 2.75
    body = s.plaster("#c9b9a6", "#ab9a88", 0.75)
    wood = s.wood("#6b4a33", "#432c1e")
    wall = ring_wall(round_plan(radius, 144), _thrown(), 0.7, body)
    f.wheel_floor(s.brick("#a5826e", "#876553", "#474349", (0.45, 0.225), 0.3, 0.007), 6)
    f.sky(2.0, 5.0, 0.3)
    pair = hall.pieces["loc-binh-men-ran"].front.places
    for x in (-0.27, 0.27):
        place = facing(0, 1.95) @ Matrix.Translation((x, 0, 0))
        turned([(0, 0), (0.24, 0), (0.24, 0.5), (0.26, 0.52), (0.26, 0.56), (0, 0.56)], wood, place)
    hall.show("loc-binh-men-ran", 0, 1.95, 0.56, 0.95, 0, pair)
    hall.spot(0, 1.95, 1.15, 18)
    shown = [
        ("choe-tu-quy-hoa-lam", 45, 0.84, 1.95),
        ("ong-huong-hoa-lam-hoi-van", -45, 1.0, 3.9),
        ("lo-men-ran-co-cao", -90, 0.9, 2.25),
        ("ong-but-mai-do", 135, 1.04, 4.6),
    ]
    for slug, yaw, top, scale in shown:
        f.drum(wood, yaw, 1.8, top, 0.34)
        hall.show(slug, yaw, 1.8, top, scale)
        hall.spot(yaw, 1.8, top + 0.35, 9)
    for name, yaw in (("hom-nay", 90), ("lam-reu-ran", 180)):
        hall.door(name, wall, yaw, radius + 0.4, 0.85, body)
    f.rail(hall.fixture, 1.1, 3.06)
    hall.ambient(0.28)
    hall.lamp((0, 0, 4.7), (0, 0, 0), 40, 2.2, 140, MOON)


def _thrown() -> list[tuple[float, float]]:
    """The inside of the vase: how far out of its foot, at what height, with the fingers' rings."""
    import math

    import numpy as np

    knots = [(0.0, 0), (0.28, 0.6), (0.5, 1.5), (0.42, 2.4), (0.05, 3.2), (-0.75, 3.9), (-1.0, 4.3)]
    z = np.linspace(0, 4.3, 90)
    out = np.interp(z, [k[1] for k in knots], [k[0] for k in knots])
    out = np.convolve(np.pad(out, 6, mode="edge"), np.ones(13) / 13, "valid")
    return [
        (
            float(o)
            + 0.013 * math.sin(h * 27 + 2.5 * math.sin(h * 2.3)) * (1 + 0.6 * math.sin(h * 5.1)),
            float(h),
        )
        for o, h in zip(out, z, strict=True)
    ]


def hom_nay(hall: Hall) -> None:
    """A long table bent round the visitor, lamps hung over it, walls of hollow blocks."""
    pale = s.wood("#c9a67c", "#a9835a", 0.4)
    steel = s.plain("#1a1c22", 0.4, 0.8)
    block = s.plain("#c98a68", 0.6)
    night = s.plaster("#8a94b8", "#747fa8")
    plan = [(4.4, -3.4), (4.4, 4.4), (-4.4, 4.4), (-4.4, -3.4)]
    wall = ring_wall(plan, [(0, 0), (0, 3.3)], 0.5, night)
    f.floor(s.plaster("#5d6478", "#525a70", 0.28))
    box((10, 10, 0.1), night, Matrix.Translation((0, 0.5, 3.3)), 0)
    for place, across in (
        (Matrix.Translation((0, 3.4, 0)), 28),
        (Matrix.Translation((3.36, 0, 0)) @ Matrix.Rotation(1.5708, 4, "Z"), 28),
        (Matrix.Translation((-3.36, 0, 0)) @ Matrix.Rotation(1.5708, 4, "Z"), 28),
    ):
        f.lattice(block, 0.24, across, 14, place)
    f.ring_table(pale, steel, 1.5, 2.2, 1.06, 152)
    shown = [
        ("binh-song-nuoc-ca-chep-do", 0, 2.3),
        ("lo-hoa-bien-mieng-toi", 47, 2.6),
        ("am-tu-sa-khac-truc", -47, 4.0),
        ("ty-huu-men-ran", 94, 4.0),
        ("am-trang-nga-quai-tre", -94, 3.0),
        ("coc-men-nau-vuot-tay", 138, 3.4),
    ]
    for slug, yaw, scale in shown:
        hall.show(slug, yaw, 1.8, 1.06, scale)
        _pendant(hall, yaw, 1.66)
        hall.spot(yaw, 1.86, 1.3, 7, back=1.0, high=3.0, seen=False)
    hall.door("lam-tro-lai", wall, 180, 3.4, 0.5, night)
    hall.ambient(0.25)
    for k in range(-14, 15):
        f.bar(pale, (k * 0.32, -3.4, 3.05), (k * 0.32, 4.4, 3.05), 0.05, 0.12)
    for x, y in ((0, 1), (1, 0), (-1, 0)):
        for aside in (-2.2, 0.0, 2.2):
            at = (3.85 * x + aside * y, 3.85 * y + aside * x, 2.9)
            hall.lamp(at, (1.12 * at[0], 1.12 * at[1], 0), 22, 0.5, 160, (0.4, 0.55, 1.0))


def _pendant(hall: Hall, yaw: float, far: float) -> None:
    """A porcelain shade on its cord over the table, lit within."""
    shade = s.plain("#e9e6de", 0.35, 0, 0.6)
    high = 2.3
    line = [
        (0.03, 0.2),
        (0.06, 0.2),
        (0.09, 0.15),
        (0.17, 0.0),
        (0.162, 0.0),
        (0.08, 0.14),
        (0.03, 0.18),
    ]
    turned(line, shade, facing(yaw, far, high), 48)
    turned([(0, 0.05), (0.05, 0.05)], hall.bulb, facing(yaw, far, high), 24)
    box((0.008, 0.008, 1.1), hall.fixture, facing(yaw, far, high + 0.19), 0)
    hall.lamp(around(yaw, far, high + 0.02), around(yaw, far + 0.12, 1.0), 7, 0.18, 110)
