"""The workshops' marks: each brushed on a scrap of glazed ware, none of them writing."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from . import decoration as d
from .brush import Slip, leaf, steady, swelling, tapered
from .chart import Chart
from .glazes import GLAZES
from .seeds import seed_of

SIDE = 512
REACH = 5.0
AT = (0.0, 0.0)


def _circle(r: float, start: float = 0.0, turn: float = 6.2) -> list[tuple[float, float]]:
    return [(r * math.cos(a), r * math.sin(a)) for a in np.linspace(start, start + turn, 30)]


def net_lam(slip: Slip) -> None:
    """One unbroken brush line that leaves a ring and becomes a leaf."""
    t = np.linspace(0, 1, 60)
    a = 1.2 + 5.4 * t
    r = 3.3 - 1.1 * t**3
    slip.stroke(np.stack([r * np.cos(a), r * np.sin(a)], 1), 0.75, 1.5, at=AT, press=tapered)
    slip.stroke([(-1.6, -1.5), (-0.2, 0.2), (1.7, 1.9)], 1.25, 1.7, at=AT, press=leaf)
    slip.stroke([(-0.9, -1.7), (0.4, -0.9), (1.6, 0.2)], 0.7, 0.9, at=AT, press=leaf)
    slip.stroke([(-1.7, -0.6), (-0.9, 0.9), (0.1, 1.9)], 0.7, 0.9, at=AT, press=leaf)


def lo_bau_do(slip: Slip) -> None:
    """A climbing kiln: three humps on a slope, a flame under the lowest."""
    frame = [(-3.4, -3.2), (-3.5, 3.3), (3.4, 3.4), (3.5, -3.3), (-3.4, -3.2)]
    slip.stroke(frame, 0.42, 1.5, at=AT, press=steady, smooth=False)
    for k, x in enumerate((-1.9, 0.0, 1.9)):
        y = -1.2 + 0.85 * k
        hump = [(x - 0.95, y - 0.4), (x - 0.7, y + 0.9), (x + 0.2, y + 1.25), (x + 0.95, y + 0.5)]
        slip.wash([*hump, (x + 0.95, y - 0.3)], 0.45, at=AT)
        slip.stroke(hump, 0.42, 1.6, at=AT, press=swelling)
    slip.stroke([(-3.0, -1.9), (0, -0.75), (3.0, 0.4)], 0.35, 1.5, at=AT, press=steady)
    for x, lean in ((-1.9, 0.2), (-1.3, 0.4), (-2.4, 0.0)):
        slip.stroke(
            [(x, -2.9), (x + lean - 0.15, -2.4), (x + lean, -1.75)], 0.4, 1.7, at=AT, press=leaf
        )


def ben_da(slip: Slip) -> None:
    """Stones of a landing, three strokes of water below, the moon above."""
    slip.stroke(_circle(3.6, 0.4, 6.1), 0.5, 1.45, at=AT, press=steady)
    for x, y, w, h in ((-1.3, 0.1, 1.5, 0.9), (0.6, 0.35, 1.8, 1.1), (-0.2, 1.3, 1.3, 0.75)):
        stone = [
            (x + w * 0.62 * math.cos(a), y + h * 0.62 * math.sin(a) ** 1)
            for a in np.linspace(0, 5.6, 9)
        ]
        slip.wash(stone, 0.9, at=AT, how="wipe", rim=0)
        slip.wash(stone, 0.6, at=AT, towards=(0.2, 0.6))
        slip.stroke([*stone, stone[0]], 0.24, 1.6, at=AT, press=swelling)
    for y, half in ((-0.95, 2.4), (-1.65, 1.9), (-2.3, 1.2)):
        wave = [(-half, y), (-half / 2, y + 0.24), (0, y), (half / 2, y - 0.22), (half, y + 0.05)]
        slip.stroke(wave, 0.34, 1.4, at=AT, press=tapered)
    slip.wash(d.turned(_circle(0.42), 0, to=(1.5, 2.0)), 1.3, at=AT)


def ngo_ran(slip: Slip) -> None:
    """A house gable in a lane, parted by one crack of lightning."""
    diamond = [(0, 4.0), (-3.8, 0), (0, -4.0), (3.8, 0), (0, 4.0)]
    slip.stroke(diamond, 0.46, 1.5, at=AT, press=steady, smooth=False)
    slip.stroke([(-2.0, 0.0), (0.0, 1.9), (2.0, 0.0)], 0.55, 1.7, at=AT, press=steady, smooth=False)
    for x in (-1.45, 1.45):
        slip.stroke([(x, 0.3), (x, -1.9)], 0.5, 1.5, at=AT, press=tapered)
    crack = [(0.25, 1.2), (-0.35, 0.4), (0.3, -0.2), (-0.3, -1.0), (0.15, -1.6), (-0.05, -2.4)]
    slip.stroke(crack, 0.26, 1.8, at=AT, press=tapered, smooth=False)
    slip.stroke([(0.3, -0.2), (0.95, -0.75)], 0.2, 1.5, at=AT, press=tapered)
    slip.stroke([(-0.3, -1.0), (-0.9, -1.4)], 0.2, 1.5, at=AT, press=tapered)


def khoi_tram(slip: Slip) -> None:
    """An incense bowl on its foot, three sticks, and smoke that curls round into a ring."""
    bowl = [(-1.5, -0.7), (-1.45, -1.7), (-0.7, -2.5), (0.7, -2.5), (1.45, -1.7), (1.5, -0.7)]
    slip.wash(bowl, 0.55, at=AT, towards=(0.3, 0.5))
    slip.stroke(bowl, 0.4, 1.7, at=AT, press=steady)
    slip.stroke([(-1.9, -0.65), (0, -0.75), (1.9, -0.6)], 0.42, 1.6, at=AT, press=steady)
    slip.stroke([(-0.9, -2.85), (0, -2.8), (0.9, -2.88)], 0.4, 1.6, at=AT, press=steady)
    for x, lean, top in ((-0.55, -0.3, 0.75), (0.0, 0.0, 1.15), (0.55, 0.3, 0.8)):
        slip.stroke([(x, -0.6), (x + lean, top)], 0.24, 1.7, at=AT, press=tapered)
    t = np.linspace(0, 1, 40)
    ring = [(3.5 * math.cos(a), 3.5 * math.sin(a)) for a in 1.1 + 5.6 * t]
    smoke = [(0.0, 1.4), (0.45, 1.9), (-0.25, 2.4), (0.5, 2.9), (1.2, 3.2)]
    slip.stroke([*smoke, *ring[2:5]], 0.3, 1.5, at=AT, press=tapered)
    slip.stroke(ring[3:], 0.5, 1.45, at=AT, press=tapered)


def chu_son(slip: Slip) -> None:
    """A red seal's frame; in it one falling stroke like a brush, and the dot it leaves."""
    frame = [(-3.3, -3.4), (-3.4, 3.3), (3.4, 3.4), (3.3, -3.3), (-3.5, -3.4)]
    with slip.dipped("red"):
        slip.stroke(frame, 0.62, 2.2, at=AT, press=steady, smooth=False, wobble=1.6)
        dot = d.turned(_circle(0.5), 0, to=(1.7, -1.9))
        slip.wash(dot, 2.2, at=AT, rim=0.4)
    slip.stroke([(1.9, 2.6), (1.2, 1.5), (0.5, 0.45)], 0.36, 1.4, at=AT, press=steady)
    slip.stroke([(0.62, 0.7), (0.1, -0.5), (-1.0, -1.7), (-2.2, -2.5)], 1.5, 1.7, at=AT, press=leaf)


def gach_tranh(slip: Slip) -> None:
    """Four tiles laid close, a curl in each; together they make one flower."""
    for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        square = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1.03, -1)]) * 1.66
        slip.stroke(
            square + np.array([x, y]) * 1.86,
            0.26,
            1.4,
            at=AT,
            press=steady,
            smooth=False,
            wobble=1.4,
        )
        t = np.linspace(0, 1, 30)
        a, r = -2.4 + 5.6 * t, 1.75 - 1.35 * t
        curl = np.stack([1.75 + r * np.cos(a), 1.75 + r * np.sin(a)], 1) * (x, y)
        slip.stroke(curl, 0.55, 1.5, at=AT, press=tapered)
        blade = np.array([(0.3, 1.9), (0.55, 2.6), (0.75, 3.2)]) * (x, y)
        slip.stroke(blade, 0.6, 1.5, at=AT, press=leaf)


def am_tia(slip: Slip) -> None:
    """A round teapot in six strokes: two sides, lid, knob, spout and handle."""
    for side in (-1, 1):
        belly = [(0.9 * side, 1.0), (2.1 * side, 0.3), (2.2 * side, -1.2), (0.9 * side, -2.4)]
        slip.stroke(belly, 0.62, 1.55, at=AT, press=steady)
    body = [(0.9, 1.0), (2.1, 0.3), (2.2, -1.2), (0.9, -2.4), (-0.9, -2.4), (-2.2, -1.2)]
    slip.wash([*body, (-2.1, 0.3), (-0.9, 1.0)], 0.4, at=AT, towards=(0.3, 0.5))
    slip.stroke([(-1.1, -2.45), (0, -2.6), (1.2, -2.4)], 0.5, 1.5, at=AT, press=tapered)
    slip.stroke([(-1.5, 1.05), (0, 1.9), (1.5, 1.0)], 0.5, 1.6, at=AT, press=swelling)
    slip.wash(d.turned(_circle(0.42, 0, 5.8), 0, to=(0, 2.5)), 1.5, at=AT)
    slip.stroke([(2.0, -0.9), (3.0, -0.2), (3.9, 1.7)], 0.62, 1.6, at=AT, press=tapered)
    handle = [(-1.9, 0.5), (-3.4, 1.1), (-4.0, -0.2), (-3.3, -1.4), (-2.1, -1.5)]
    slip.stroke(handle, 0.5, 1.6, at=AT, press=tapered)


def bep_nga(slip: Slip) -> None:
    """A bowl on its foot, a pair of chopsticks across it and three breaths of steam."""
    rim = [(-3.3, 0.1), (-1.2, -0.35), (1.2, -0.35), (3.3, 0.15)]
    wall = [(-3.3, 0.1), (-2.7, -1.7), (-1.2, -2.7), (1.2, -2.7), (2.7, -1.6), (3.3, 0.15)]
    slip.wash([*wall, (1.2, -0.35), (-1.2, -0.35)], 0.42, at=AT, towards=(0.3, 0.4))
    slip.stroke(wall, 0.6, 1.55, at=AT, press=steady)
    slip.stroke(rim, 0.36, 1.5, at=AT, press=swelling)
    slip.stroke([(-1.3, -3.5), (0, -3.65), (1.4, -3.45)], 0.55, 1.6, at=AT, press=tapered)
    for y in (0.75, 1.25):
        slip.stroke([(-3.6, y - 0.35), (0, y), (4.0, y + 0.55)], 0.3, 1.6, at=AT, press=tapered)
    for x, tall in ((-1.5, 1.5), (0.0, 2.0), (1.5, 1.4)):
        steam = [(x, 1.9), (x + 0.45, 2.2 + 0.2 * tall), (x - 0.15, 2.3 + 0.55 * tall)]
        slip.stroke([*steam, (x + 0.3, 2.1 + tall)], 0.42, 1.1, at=AT, press=leaf)


def _hanging(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Drawn out thin and heavy at the end, as running glaze hangs."""
    return 0.42 + 0.2 * (1 - t) ** 4 + 0.5 * t**3


def lua_chay(slip: Slip) -> None:
    """A jar's mouth from which glaze runs in three tongues, one of them letting go a drop."""
    slip.stroke(_circle(3.7, 2.0, 6.0), 0.42, 1.45, at=AT, press=steady)
    slip.stroke([(-2.5, 1.7), (0, 2.2), (2.5, 1.65)], 0.8, 1.5, at=AT, press=swelling)
    for x, end, wide in ((-1.45, -0.5, 0.95), (0.1, -1.3, 1.15), (1.5, 0.3, 0.85)):
        path = [(x - 0.12, 1.55), (x + 0.08, 0.7), (x, end)]
        slip.stroke(path, wide, 1.35, at=AT, press=_hanging)
    slip.wash([(0.15, -2.1), (0.55, -2.75), (0.15, -3.05), (-0.22, -2.75)], 1.5, at=AT)


def gian_suong(slip: Slip) -> None:
    """A trellis of four canes in a ring left open, a gourd leaf on it and dew beneath."""
    slip.stroke(_circle(3.75, 1.0, 5.9), 0.4, 1.4, at=AT, press=tapered)
    for y, lean in ((1.35, 0.12), (0.0, -0.1)):
        cane = [(-2.6, y), (0, y + lean), (2.6, y - 0.05)]
        slip.stroke(cane, 0.36, 1.5, at=AT, press=steady)
    for x in (-1.3, 0.95):
        slip.stroke([(x, 2.3), (x + 0.06, 0.6), (x, -1.0)], 0.34, 1.4, at=AT, press=steady)
    d.lobed_leaf(slip, AT, (-0.2, 0.2), 0.75, 2.1)
    for x, y, size in ((-1.7, -1.75, 0.3), (-0.2, -1.35, 0.38), (1.5, -1.8, 0.32)):
        drop = [(x, y + 2 * size), (x + size, y), (x, y - 0.8 * size), (x - size, y)]
        slip.wash(drop, 1.4, at=AT)


def dat_nan(slip: Slip) -> None:
    """Three fingers pressed into a lump of clay."""
    lump = [
        (-2.9, -0.6),
        (-2.3, 2.0),
        (0.2, 3.0),
        (2.6, 1.9),
        (3.1, -0.7),
        (1.7, -2.8),
        (-1.5, -2.9),
    ]
    slip.wash(lump, 0.4, at=AT, towards=(0.4, 0.5))
    slip.stroke([*lump, lump[0], (-2.75, 0.6)], 0.5, 1.5, at=AT, press=swelling)
    for x, y, lean, long in (
        (-1.35, -0.5, 0.2, 1.9),
        (0.05, 0.0, 0.0, 2.3),
        (1.45, -0.4, -0.2, 2.0),
    ):
        tip, foot = (x, y + 0.5 * long), (x - lean, y - 0.5 * long)
        slip.wash(
            [(x - 0.5, y), (x - 0.4, tip[1]), (x + 0.4, tip[1]), (x + 0.5, y), foot],
            0.9,
            at=AT,
            how="wipe",
            rim=0,
        )
        slip.stroke([tip, foot], 0.85, 1.6, at=AT, press=tapered)
        for k in (0.28, 0.5):
            arc = [(x - 0.3, tip[1] - k), (x, tip[1] - k + 0.14), (x + 0.3, tip[1] - k)]
            slip.stroke(arc, 0.12, -0.9, at=AT, press=steady)


MARKS: dict[str, Callable[[Slip], None]] = {
    "net-lam": net_lam,
    "lo-bau-do": lo_bau_do,
    "ben-da": ben_da,
    "ngo-ran": ngo_ran,
    "khoi-tram": khoi_tram,
    "chu-son": chu_son,
    "gach-tranh": gach_tranh,
    "am-tia": am_tia,
    "bep-nga": bep_nga,
    "lua-chay": lua_chay,
    "gian-suong": gian_suong,
    "dat-nan": dat_nan,
}


def paint(workshop: str, path: Path) -> None:
    """Paint the mark of ``workshop`` to ``path`` as WebP, 512 by 512 pixels."""
    many = 2 * SIDE
    flat = np.zeros((many, many), np.float32)
    chart = Chart(
        many, many, many / (2 * REACH), flat + 20, flat + 9, flat, flat, planar=True, extent=REACH
    )
    slip = Slip(chart, np.random.default_rng(seed_of("mark", workshop)))
    MARKS[workshop](slip)
    slip.settle()
    colour = np.clip(GLAZES["hoa-lam"](slip, {}).colour[::-1], 0, 1)
    light = np.where(colour > 0.0031308, 1.055 * colour ** (1 / 2.4) - 0.055, 12.92 * colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".part")
    picture = Image.fromarray((light * 255).astype(np.uint8))
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(whole, "WEBP", quality=86)
    whole.replace(path)
