"""Glazes: what a surface's slip becomes after the kiln, as colour, roughness and relief maps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter

from . import crackle
from .brush import Slip
from .chart import Array, Chart, noise, ramp

RAW_CLAY = frozenset({"dat-moi", "dat-nhao", "dat-uot", "dat-se", "dat-kho", "trong-lua"})
UNGLAZED = frozenset({"moc", "tu-sa", "hong-sa", *RAW_CLAY})
COBALT = np.array([2.3, 1.72, 0.7], np.float32)
IRON = np.array([0.75, 1.5, 2.6], np.float32)
RED = np.array([0.3, 1.62, 2.6], np.float32)
MOSS = np.array([0.98, 0.8, 1.7], np.float32)


@dataclass
class Fired:
    """Maps of the chart's shape: linear colour (h, w, 3), roughness and height in cm.

    ``coat`` is the strength of the glassy layer, ``skin`` how far light wanders below
    it, in cm, ``shine`` the mirror strength of what lies under the coat, ``glow`` its own light.
    """

    colour: Array
    rough: Array
    height: Array
    coat: float = 1.0
    coat_rough: float = 0.05
    skin: float = 0.0
    metal: float = 0.0
    glow: float = 0.0
    shine: float = 0.5
    bare: Array | None = None


Options = dict[str, float]
Glaze = Callable[[Slip, Options], Fired]


def srgb(code: str) -> Array:
    value = np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value > 0.04045, ((value + 0.055) / 1.055) ** 2.4, value / 12.92).astype(
        np.float32
    )


def _mix(a: Array, b: Array, by: Array) -> Array:
    return a + (b - a) * by[..., None]


def _fill(chart: Chart, value: float) -> Array:
    return np.full(chart.shape, value, np.float32)


def _full(chart: Chart, value: Array) -> Array:
    return np.broadcast_to(value, chart.shape).astype(np.float32)


def _painted(slip: Slip, body: Array) -> Array:
    """The body seen through the cobalt, iron, moss and iron red brushed under or on the glaze."""
    colour = body
    if "cobalt" in slip.painted:
        colour = colour * np.exp(-1.25 * slip.cobalt[..., None] * COBALT)
    if "iron" in slip.painted:
        colour = colour * np.exp(-slip.iron[..., None] * IRON)
    if "moss" in slip.painted:
        colour = colour * np.exp(-slip.moss[..., None] * MOSS)
    if "red" in slip.painted:
        colour = colour * np.exp(-_brick(slip)[..., None] * RED)
    return colour.astype(np.float32)


def _brick(slip: Slip) -> Array:
    """Iron red as it fires: orange where starved, brick where heaped, never one even tone."""
    grain = noise(slip.chart, slip.rng, 0.07, octaves=2)
    cloud = noise(slip.chart, slip.rng, 0.7, octaves=2)
    return slip.red * np.clip(1 + 0.22 * grain + 0.2 * cloud, 0.3, 1.8)


def _peel(slip: Slip, depth: float = 0.004) -> Array:
    """The faint waviness of a melted surface, in cm."""
    return depth * noise(slip.chart, slip.rng, 1.1, octaves=2)


def _thickness(slip: Slip, spread: float, streak: float = 2.0) -> Array:
    """How thick the glaze lies, about 1: thin on ridges and lips, deep in hollows and lines."""
    chart = slip.chart
    thick = 1 + 0.16 * noise(chart, slip.rng, 4.0, streak) - 0.75 * chart.thin + 0.7 * chart.pool
    if "height" in slip.painted:
        blurred = gaussian_filter(slip.height, 0.35 * chart.per_cm, mode="nearest", truncate=2.5)
        thick = thick - spread * (slip.height - blurred)
    return np.clip(thick, 0.05, 3.2).astype(np.float32)


def _specks(slip: Slip, share: float, size: float = 0.03) -> Array:
    """Scattered iron specks, 0 to 1, about ``size`` cm across."""
    grain = noise(slip.chart, slip.rng, size * 2.2, octaves=1)
    return ramp(grain, 1 - share, 1.0)


def hoa_lam(slip: Slip, options: Options) -> Fired:
    """Cobalt under a clear, faintly blue-grey glaze on a pale body."""
    chart = slip.chart
    thick = _thickness(slip, 0.8)
    body = _mix(srgb("#efece4"), srgb("#dfe5e4"), ramp(thick, 0.3, 1.9))
    body *= (1 + 0.018 * noise(chart, slip.rng, 3.0))[..., None]
    colour = _painted(slip, body)
    colour *= (1 - 0.5 * _specks(slip, 0.05))[..., None]
    return Fired(colour, _fill(chart, 0.42), slip.height + _peel(slip), coat=0.85)


def trang_nga(slip: Slip, options: Options) -> Fired:
    """Ivory white, warmer where it lies thick."""
    chart = slip.chart
    thick = _thickness(slip, 2.5)
    body = _mix(srgb("#efe6d2"), srgb("#e0d3b4"), ramp(thick, 0.5, 2.2))
    body = _mix(body, srgb("#c9ab7c"), 0.7 * ramp(thick, 0.55, 0.1))
    body *= (1 + 0.03 * noise(chart, slip.rng, 2.5))[..., None]
    colour = _painted(slip, body) * (1 - 0.45 * _specks(slip, 0.07))[..., None]
    return Fired(colour, _fill(chart, 0.45), slip.height + _peel(slip), coat=0.7, coat_rough=0.1)


def men_ran(slip: Slip, options: Options) -> Fired:
    """Crackle: pale glaze under tension, its cracks rubbed with iron and tea."""
    chart = slip.chart
    thick = _thickness(slip, 1.5)
    body = _mix(srgb("#e6dfcd"), srgb("#d3cbb4"), ramp(thick, 0.4, 2.0))
    body *= (1 + 0.045 * noise(chart, slip.rng, 3.5))[..., None]
    wide, hair = crackle.network(
        chart, slip.rng, options.get("coarse", 3.0), options.get("fine", 1.05)
    )
    taken = 0.55 + 0.45 * ramp(noise(chart, slip.rng, 5.0), -0.7, 0.7)
    colour = _painted(slip, body)
    halo = gaussian_filter(wide, 0.07 * chart.per_cm) * 1.6
    colour = _mix(colour, colour * srgb("#c9a878"), np.clip(halo * taken, 0, 0.6))
    colour = _mix(colour, srgb("#94734c"), np.clip(hair * taken * 0.62, 0, 1))
    colour = _mix(colour, srgb("#453526"), np.clip(wide * (0.45 + 0.55 * taken), 0, 1))
    height = slip.height + _peel(slip) - 0.006 * wide - 0.002 * hair
    return Fired(colour, _fill(chart, 0.42), height, coat=0.8, coat_rough=0.07)


def men_nau(slip: Slip, options: Options) -> Fired:
    """Iron brown: near black where thick, rust where it draws away from rims and ridges."""
    chart = slip.chart
    thick = _thickness(slip, 5.0, 3.0)
    mottle = 0.28 * noise(chart, slip.rng, 0.9, 2.5) + 0.3 * noise(chart, slip.rng, 6.0, 1.6)
    thick = np.clip(thick + mottle * options.get("mottle", 1.0), 0, 3)
    colour = _mix(srgb("#a8642f"), srgb("#6b3417"), ramp(thick, 0.05, 0.75))
    colour = _mix(colour, srgb("#41190d"), ramp(thick, 0.6, 1.35))
    colour = _mix(colour, srgb("#200d09"), ramp(thick, 1.25, 2.3))
    colour = _mix(colour, srgb("#8a5226"), 0.5 * _specks(slip, 0.22, 0.05))
    return Fired(
        _painted(slip, colour),
        _fill(chart, 0.38),
        slip.height + _peel(slip),
        coat=0.9,
        coat_rough=0.08,
    )


def da_luon(slip: Slip, options: Options) -> Fired:
    """Eel skin: olive brown, finely flecked with yellow in drawn-out streaks."""
    chart = slip.chart
    thick = _thickness(slip, 4.0, 3.0) + 0.25 * noise(chart, slip.rng, 5.0, 2.0)
    colour = _mix(srgb("#8b6a32"), srgb("#57401c"), ramp(thick, 0.1, 0.8))
    colour = _mix(colour, srgb("#2d2010"), ramp(thick, 0.75, 1.7))
    fleck = noise(chart, slip.rng, 0.11, 1.8, octaves=2) + 0.5 * noise(chart, slip.rng, 1.6, 4.0)
    colour = _mix(colour, srgb("#93783c"), 0.55 * ramp(fleck, 0.4, 1.3))
    colour = _mix(colour, srgb("#171009"), 0.6 * ramp(fleck, -0.55, -1.2))
    rough = _fill(chart, 0.4) + 0.06 * ramp(fleck, 0.2, 1.0)
    return Fired(colour, rough, slip.height + _peel(slip), coat=0.65, coat_rough=0.16)


def men_ngoc(slip: Slip, options: Options) -> Fired:
    """Celadon: a green glass over a grey-white body, darker the deeper it pools."""
    chart = slip.chart
    thick = _thickness(slip, 17.0)
    body = srgb("#e4e6d8")
    absorb = np.array([0.62, 0.34, 0.5], np.float32)
    colour = body * np.exp(-(0.12 + 0.82 * thick)[..., None] * absorb)
    colour *= (1 + 0.025 * noise(chart, slip.rng, 2.0))[..., None]
    colour *= (1 - 0.3 * _specks(slip, 0.05))[..., None]
    return Fired(
        _painted(slip, colour),
        _fill(chart, 0.4),
        0.55 * slip.height + _peel(slip),
        coat=0.9,
        coat_rough=0.06,
    )


def xanh_reu(slip: Slip, options: Options) -> Fired:
    """Moss green, running: amber where thin, bottle-dark at the ends of its runs."""
    chart = slip.chart
    runs = _runs(slip, float(chart.length * 0.96), options.get("runs", 0.75), 1.0)
    streak = noise(chart, slip.rng, 0.7, 9.0) + 0.5 * noise(chart, slip.rng, 0.22, 14.0)
    thick = _thickness(slip, 6.0, 4.0) + 0.34 * streak + 0.4 * ramp(runs, 0.15, -0.35)
    colour = _mix(srgb("#a8935a"), srgb("#7a8050"), ramp(thick, 0.1, 0.62))
    colour = _mix(colour, srgb("#4f5b36"), ramp(thick, 0.55, 1.15))
    colour = _mix(colour, srgb("#283421"), ramp(thick, 1.1, 2.1))
    colour = _mix(colour, srgb("#2f2413"), 0.5 * _specks(slip, 0.12, 0.05))
    return Fired(
        _painted(slip, colour),
        _fill(chart, 0.38),
        slip.height + _peel(slip, 0.006),
        coat=0.9,
        coat_rough=0.07,
    )


@dataclass(frozen=True)
class Pour:
    """The colours of a glaze poured over another: where it thins out, lies, and lies deep."""

    thin: str
    deep: str
    streak: str
    worn: str
    halo: str
    brink: str


def flowing(under: Glaze, pour: Pour) -> Glaze:
    """A second glaze poured over ``under`` down to ``level`` (share of the height), and running.

    ``reach`` is the length in cm of its longest runs.
    """

    def fire(slip: Slip, options: Options) -> Fired:
        fired = under(slip, options)
        chart = slip.chart
        level = chart.row_of(options.get("level", 0.7) * float(chart.z.max()))
        first = _runs(slip, level, options.get("reach", 5.0), options.get("broad", 0.9))
        first = first + 0.06 * noise(chart, slip.rng, 0.5, 2.0)
        veil = first - 0.45 - 0.5 * noise(chart, slip.rng, 2.4)
        coat = _mix(srgb(pour.thin), srgb(pour.deep), ramp(-first, 0.15, 1.6))
        streak = noise(chart, slip.rng, 0.3, 8.0)
        coat = _mix(coat, srgb(pour.streak), np.clip(0.34 * ramp(streak, 0.3, 1.3), 0, 1))
        coat = _mix(coat, srgb(pour.worn), _full(chart, np.clip(chart.thin * 0.9, 0, 1)))
        colour = _mix(fired.colour, srgb(pour.halo), 0.7 * ramp(veil, 0.0, -0.5))
        colour = _mix(colour, srgb(pour.brink), ramp(first, 0.13, -0.02))
        colour = _mix(colour, coat, ramp(first, 0.03, -0.16))
        bead = 0.06 * ramp(first, 0.12, -0.22) + 0.03 * np.exp(-(((first + 0.22) / 0.2) ** 2))
        fired.colour = colour.astype(np.float32)
        fired.height = fired.height + bead.astype(np.float32)
        fired.coat, fired.coat_rough = 0.9, 0.06
        return fired

    return fire


IVORY_POUR = Pour("#d9c7a0", "#ece2c8", "#a9824e", "#9a6a38", "#8a5a2c", "#b98a52")
BROWN_POUR = Pour("#7d4420", "#43200f", "#9a6230", "#a8703a", "#c9a36c", "#a9703a")
MOSS_POUR = Pour("#6f7446", "#3f4d2e", "#9a8f58", "#8a6c3a", "#5c3a1e", "#8f7f44")
MILK_BLUE_POUR = Pour("#8597a8", "#b9c6cd", "#5f6f86", "#8a6a48", "#4d3a35", "#8b7560")
IVORY_ON_MOSS_POUR = Pour("#d3cba0", "#ebe4cb", "#8f9560", "#a9935a", "#77804c", "#b3ad78")


def hoa_bien(slip: Slip, options: Options) -> Fired:
    """Flambé: ox-blood under blue-violet streaks, drawn away pale from the lip."""
    chart = slip.chart
    streak = noise(chart, slip.rng, 0.55, 9.0) + 0.35 * noise(chart, slip.rng, 0.16, 14.0)
    broad = noise(chart, slip.rng, 5.0, 1.3)
    thick = _thickness(slip, 5.0, 4.0) + 0.22 * streak
    top = float(chart.z.max())
    high = chart.z / top
    colour = _mix(srgb("#92212a"), srgb("#620f1c"), ramp(thick, 0.4, 1.1))
    colour = _mix(colour, srgb("#30060f"), ramp(thick, 1.0, 2.0))
    bloom = 0.8 * streak + 1.1 * broad + 1.6 * high - 0.8
    colour = _mix(colour, srgb("#56254c"), 0.85 * ramp(bloom, -0.4, 0.7))
    colour = _mix(colour, srgb("#565686"), 0.85 * ramp(bloom, 0.3, 1.5))
    colour = _mix(colour, srgb("#93a3bd"), 0.75 * ramp(bloom, 1.0, 2.4))
    drawn = top - chart.z + 0.45 * streak
    colour = _mix(colour, srgb("#8f5d5a"), ramp(drawn, 2.6, 0.7))
    colour = _mix(colour, srgb("#d3cab0"), np.maximum(ramp(drawn, 1.1, 0.1), 0.8 * chart.thin))
    return Fired(
        colour.astype(np.float32),
        _fill(chart, 0.36),
        slip.height + _peel(slip, 0.006),
        coat=0.95,
        coat_rough=0.05,
    )


def dong_den(slip: Slip, options: Options) -> Fired:
    """Dark bronze: satin and half metallic, worn to yellow bronze on every raised edge."""
    chart = slip.chart
    thick = _thickness(slip, 9.0, 1.5) + 0.2 * noise(chart, slip.rng, 1.6)
    colour = _mix(srgb("#6b5634"), srgb("#3d3526"), ramp(thick, 0.25, 0.95))
    colour = _mix(colour, srgb("#1d1c19"), ramp(thick, 0.95, 1.9))
    rubbed = 0.12 * noise(chart, slip.rng, 0.3) + 0.3 * noise(chart, slip.rng, 3.0)
    worn = ramp(thick + rubbed, 0.5, -0.35)
    colour = _mix(colour, srgb("#94713d"), 0.85 * worn)
    patina = ramp(noise(chart, slip.rng, 3.2) + 0.5 * noise(chart, slip.rng, 0.5), 0.5, 1.4)
    colour = _mix(colour, srgb("#3f4a3c"), 0.5 * patina * ramp(thick, 0.7, 1.4))
    rough = 0.4 + 0.08 * noise(chart, slip.rng, 0.4) - 0.08 * worn
    return Fired(
        colour.astype(np.float32),
        np.clip(rough, 0.25, 0.6).astype(np.float32),
        slip.height + _peel(slip),
        coat=0.12,
        coat_rough=0.3,
        metal=0.55,
    )


def ran_nhung_nau(slip: Slip, options: Options) -> Fired:
    """Crackle above, its foot dipped in iron brown up to about ``level`` cm."""
    pale, dark = men_ran(slip, options), men_nau(slip, options)
    chart = slip.chart
    around = 2 * np.pi * np.arange(chart.width, dtype=np.float32)[None, :] / chart.width
    line = options.get("level", 3.0) + 0.28 * np.cos(around - 0.8) + 0.1 * np.cos(3 * around)
    gap = chart.z - line + 0.06 * noise(chart, slip.rng, 0.9)
    over = ramp(gap, 0.04, -0.04)
    colour = _mix(pale.colour, srgb("#b07a44"), 0.75 * ramp(gap, 0.32, 0.0))
    pale.colour = _mix(colour, dark.colour, over).astype(np.float32)
    pale.height = pale.height + (dark.height + 0.02 - pale.height) * over
    return pale


def _runs(slip: Slip, level: float, reach: float, width: float) -> Array:
    """Signed distance in cm to a glaze edge at ``level`` cm with runs up to ``reach`` cm long."""
    chart = slip.chart
    if chart.spots is not None:
        top = float(chart.z.max()) * level / float(chart.length)
        return top + reach * (0.5 + noise(chart, slip.rng, 1.6 * width, 7.0)) - chart.z
    s = (np.arange(chart.height, dtype=np.float32) / chart.per_cm)[:, None]
    wave = 0.35 * reach * noise(chart, slip.rng, 4.5, 1.0, octaves=2)[chart.height // 2][None, :]
    distance = np.broadcast_to(level + wave - s, chart.shape).astype(np.float32).copy()
    around = chart.around(level)
    for _ in range(max(6, int(around / (1.5 * width)))):
        _one_run(slip, distance, level, reach, width * slip.rng.uniform(0.22, 0.6), around)
    return distance


def _one_run(
    slip: Slip, distance: Array, level: float, reach: float, half: float, around: float
) -> None:
    chart = slip.chart
    span = int(4.5 * half / around * chart.width)
    middle = int(slip.rng.uniform(0, chart.width))
    columns = np.arange(middle - span, middle + span)
    down = reach * slip.rng.uniform(0.15, 1.0) ** 1.6
    lean = slip.rng.normal(0, 0.03)
    s = (np.arange(chart.height, dtype=np.float32) / chart.per_cm)[:, None]
    x = ((columns - middle) / chart.width * around)[None, :] + lean * (level - s)
    along = np.clip((level - s) / max(down, 0.1), 0, 1)
    girth = half * (1.0 - 0.35 * along + 0.3 * np.exp(-(((along - 0.95) / 0.12) ** 2)))
    below = np.maximum(level - down - s, 0)
    drop = np.hypot(x, below) - girth
    columns = columns % chart.width
    part = distance[:, columns]
    soft = 0.5 * half + 0.12
    blend = np.clip(0.5 + 0.5 * (part - drop) / soft, 0, 1)
    distance[:, columns] = part * (1 - blend) + drop * blend - soft * blend * (1 - blend)


def moc(slip: Slip, options: Options) -> Fired:
    """Bare fired clay, orange-brown and gritty; ``dark`` shifts it to the brown of a slip."""
    chart = slip.chart
    grain = noise(chart, slip.rng, 0.12, octaves=2)
    broad = noise(chart, slip.rng, 2.6)
    colour = _mix(srgb("#b9926e"), srgb("#9c7150"), ramp(broad, -0.8, 0.9))
    if options.get("burnt"):
        colour = _mix(srgb("#b06a45"), srgb("#8f4f31"), ramp(broad, -0.8, 0.9))
    colour = _mix(colour, srgb("#4a2b1c"), _fill(chart, options.get("dark", 0.0)))
    colour = colour * (1 + 0.12 * grain)[..., None]
    colour = _mix(colour, srgb("#3b2418"), 0.6 * _specks(slip, 0.16, 0.05))
    if options.get("burnt"):
        flash = ramp(noise(chart, slip.rng, 16.0, octaves=5), -0.7, 1.3)
        colour = _mix(colour, srgb("#8a4f38"), 0.42 * flash)
        pale = ramp(noise(chart, slip.rng, 1.1, octaves=4), 0.1, 1.5)
        colour = _mix(colour, srgb("#c99a72"), 0.3 * pale)
    pits = ramp(noise(chart, slip.rng, 0.35, octaves=2), 0.75, 1.3) * options.get("pits", 0.4)
    height = slip.height + 0.006 * grain - 0.09 * pits
    colour = colour * (1 - 0.45 * pits)[..., None]
    return Fired(colour.astype(np.float32), _fill(chart, 0.86), height, coat=0.0)


def _fine_clay(pale: str, deep: str, cut: str) -> Glaze:
    """A dense clay left bare: burnished to a low sheen, paler and dull where a knife opened it."""

    def fire(slip: Slip, options: Options) -> Fired:
        chart = slip.chart
        broad = noise(chart, slip.rng, 3.2) + 0.5 * noise(chart, slip.rng, 0.6, octaves=2)
        colour = _mix(srgb(pale), srgb(deep), ramp(broad, -0.9, 1.0))
        grain = noise(chart, slip.rng, 0.06, octaves=1)
        colour = colour * (1 + 0.09 * grain)[..., None]
        colour = _mix(colour, srgb("#c99a72"), 0.4 * _specks(slip, 0.1, 0.022))
        worn = 0.5 * _full(chart, chart.thin)
        colour = _mix(colour, srgb(cut), 0.35 * worn)
        opened = ramp(-slip.height, 0.008, 0.035) if "height" in slip.painted else _fill(chart, 0)
        colour = _mix(colour, srgb(cut) * (1 + 0.12 * grain)[..., None], 0.85 * opened)
        rough = _fill(chart, 0.46) + 0.05 * grain - 0.05 * worn + 0.3 * opened
        height = slip.height + 0.0016 * grain + 0.002 * noise(chart, slip.rng, 0.5, octaves=2)
        return Fired(
            colour.astype(np.float32), rough, height, coat=0.16, coat_rough=0.32, shine=0.42
        )

    return fire


def moc_xoa(slip: Slip, options: Options) -> Fired:
    """Bare clay rubbed with iron: wiped off the high places, left in the hollows and lines."""
    chart = slip.chart
    fired = moc(slip, options)
    worn = chart.pool * 1.1 + 0.22 * noise(chart, slip.rng, 2.2) - 0.5 * chart.thin
    if "height" in slip.painted:
        blurred = gaussian_filter(slip.height, 0.25 * chart.per_cm, truncate=2.5)
        worn = worn - 14.0 * (slip.height - blurred)
    colour = _mix(fired.colour, srgb("#5b341f"), np.clip(0.16 + 1.5 * worn, 0, 0.92))
    if "iron" in slip.painted:
        colour = _mix(colour, srgb("#3a2116"), np.clip(0.62 * slip.iron, 0, 0.9))
    return replace(fired, colour=colour.astype(np.float32), rough=_fill(chart, 0.72))


def nga_reu(slip: Slip, options: Options) -> Fired:
    """Crackled ivory, with moss green laid over whatever stands in relief."""
    ground, green = men_ran(slip, options), xanh_reu(slip, options)
    chart = slip.chart
    level = gaussian_filter(slip.height, 0.1 * chart.per_cm, truncate=2.5)
    edge = level - 0.035 - 0.02 * noise(chart, slip.rng, 0.6, octaves=2)
    share = ramp(edge, -0.012, 0.02)
    ground.colour = _mix(ground.colour, green.colour, share)
    ground.height = ground.height + 0.015 * share
    return ground


def plain(code: str, rough: float, coat: float = 0.0, **more: float) -> Glaze:
    """A material that is not pottery (wood, wax, brass, tea) in one slightly uneven colour."""

    def fire(slip: Slip, options: Options) -> Fired:
        chart = slip.chart
        shade = 1 + 0.08 * noise(chart, slip.rng, 1.5)
        fired = Fired(
            srgb(code) * shade[..., None],
            _fill(chart, rough),
            _fill(chart, 0) + slip.height,
            coat=coat,
        )
        for name, value in more.items():
            setattr(fired, name, value)
        fired.colour = _painted(slip, fired.colour)
        return fired

    return fire


def wood(slip: Slip, options: Options) -> Fired:
    """Dark oiled wood, its grain drawn out along the surface."""
    chart = slip.chart
    grain = noise(chart, slip.rng, 0.35, 14.0) + 0.6 * noise(chart, slip.rng, 2.0, 8.0)
    colour = _mix(srgb("#5a3a26"), srgb("#332014"), ramp(grain, -0.9, 0.9))
    return Fired(
        colour.astype(np.float32), _fill(chart, 0.5), 0.01 * grain, coat=0.15, coat_rough=0.35
    )


def bamboo(slip: Slip, options: Options) -> Fired:
    """Split cane wound round a handle."""
    chart = slip.chart
    s = np.arange(chart.height)[:, None] / chart.per_cm
    u = np.arange(chart.width)[None, :] / chart.width
    turn = np.abs(((s / 0.42 + u) % 1) - 0.5) * 2
    fibre = noise(chart, slip.rng, 0.2, 0.3)
    colour = _mix(srgb("#c79a5b"), srgb("#a3743c"), ramp(fibre, -0.8, 0.8))
    colour = _mix(colour, srgb("#4a2f17"), ramp(_full(chart, turn.astype(np.float32)), 0.72, 1.0))
    height = 0.06 * np.sqrt(np.clip(1 - turn.astype(np.float32) ** 2, 0, 1))
    return Fired(
        colour.astype(np.float32),
        _fill(chart, 0.45),
        _full(chart, height),
        coat=0.3,
        coat_rough=0.25,
    )


GLAZES: dict[str, Glaze] = {
    "hoa-lam": hoa_lam,
    "men-ngoc": men_ngoc,
    "men-ran": men_ran,
    "men-nau": men_nau,
    "da-luon": da_luon,
    "xanh-reu": xanh_reu,
    "trang-nga": trang_nga,
    "men-chay": flowing(men_nau, IVORY_POUR),
    "chay-nau-ngoai-nga": flowing(trang_nga, BROWN_POUR),
    "chay-reu-ngoai-nau": flowing(men_nau, MOSS_POUR),
    "chay-lam-ngoai-nau": flowing(men_nau, MILK_BLUE_POUR),
    "chay-nga-ngoai-reu": flowing(xanh_reu, IVORY_ON_MOSS_POUR),
    "hoa-bien": hoa_bien,
    "dong-den": dong_den,
    "ran-nhung-nau": ran_nhung_nau,
    "moc": moc,
    "tu-sa": _fine_clay("#5b3a31", "#452a26", "#a98472"),
    "hong-sa": _fine_clay("#a05236", "#843f2a", "#d39a7a"),
    "moc-xoa": moc_xoa,
    "nga-reu": nga_reu,
    "wood": wood,
    "bamboo": bamboo,
    "brass": plain("#c79a4a", 0.3, metal=1.0),
    "wax": plain("#efe6d0", 0.5, coat=0.2, skin=0.4),
    "red-wax": plain("#a3231d", 0.45, coat=0.3, skin=0.3),
    "flame": plain("#ffb35a", 0.5, glow=9.0),
    "lamp-light": plain("#ffab4a", 0.5, glow=42.0),
    "bark": plain("#4a3527", 0.8),
    "blossom": plain("#e8a3ad", 0.6),
    "leaf": plain("#55702f", 0.5, coat=0.2),
    "lotus-leaf": plain("#4f7a45", 0.6, coat=0.1),
    "lotus-petal": plain("#e9b3bf", 0.55, skin=0.3),
    "lotus-seed": plain("#cdb44e", 0.7),
    "eggplant": plain("#e6ead2", 0.35, coat=0.4),
    "coffee": plain("#1d0d05", 0.08, shine=0.35),
    "scented-oil": plain("#c9c58a", 0.1, shine=0.4),
    "shallows": plain("#7d9c87", 0.04, shine=0.5),
    "water": plain("#1c2a24", 0.04, shine=0.5),
    "soil": plain("#2b2019", 0.95),
    "mandarin": plain("#e07a12", 0.4, coat=0.25, skin=0.1),
    "tea": plain("#5c2f08", 0.08, shine=0.35),
    "broth": plain("#b07b3a", 0.1, shine=0.35),
    "tea-leaf": plain("#35331f", 0.9),
    "rice": plain("#f3f0e8", 0.6, skin=0.15),
    "plaster": plain("#d9d3c4", 0.85),
    "ash": plain("#a9a49a", 0.95),
    "incense": plain("#8a2f24", 0.8),
    "bamboo-stick": plain("#b98d52", 0.6),
}


def fire(slip: Slip, glaze: str, options: Options, bare_foot: float) -> Fired:
    """The surface after firing; its foot, and wherever the slip says so, stays bare clay."""
    slip.settle()
    fired = GLAZES[glaze](slip, options)
    if glaze in UNGLAZED:
        return fired
    bare = slip.bare
    chart = slip.chart
    if bare_foot and not chart.planar:
        edge = chart.z - bare_foot - 0.06 * noise(chart, slip.rng, 2.5, octaves=2)
        bare = np.maximum(bare, ramp(edge, 0.03, -0.03))
    if not bare.any():
        return fired
    dark = options.get("slip", 0.0) if "bare" in slip.painted else 0.1
    _leave_bare(fired, slip, bare, dark)
    return fired


def _leave_bare(fired: Fired, slip: Slip, bare: Array, dark: float) -> None:
    """Put clay where ``bare`` is 1; only the rows it reaches are worked, as most feet are low."""
    chart = slip.chart
    top = min(chart.height, int(np.nonzero(bare.any(1))[0][-1]) + int(0.3 * chart.per_cm))
    fields = {name: getattr(chart, name)[:top] for name in ("radius", "z", "thin", "pool")}
    if chart.spots is not None:
        fields["spots"] = chart.spots[:top]
    low = Slip(replace(chart, height=top, **fields), slip.rng)
    low.height, mask = slip.height[:top], bare[:top]
    clay = moc(low, {"dark": dark})
    step = gaussian_filter(mask, 0.03 * chart.per_cm, truncate=3.0)
    if "height" in slip.painted:
        sunk = low.height - gaussian_filter(low.height, 0.5 * chart.per_cm, truncate=2.5)
        clay.colour = clay.colour * (0.55 + 0.75 * ramp(sunk, -0.08, 0.1))[..., None]
    colour = _mix(fired.colour[:top], clay.colour, mask)
    line = np.exp(-(((step - 0.35) / 0.16) ** 2)) * (mask < 0.5)
    fired.colour[:top] = _mix(colour, srgb("#a5643a"), 0.45 * line)
    fired.rough[:top] += (clay.rough - fired.rough[:top]) * mask
    fired.height[:top] -= 0.03 * step
    fired.bare = bare
