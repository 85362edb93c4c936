"""Clay before the fire: dug, wet, firm, dry, painted, under raw glaze; and as it glows within."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from ..brush import Slip
from ..chart import Array, noise, ramp
from ..glazes import Fired, Glaze, Options, plain, srgb


def _mix(a: Array, b: Array, by: Array) -> Array:
    return a + (b - a) * by[..., None]


def _even(slip: Slip, value: float) -> Array:
    return np.full(slip.chart.shape, value, np.float32)


def dug(slip: Slip, options: Options) -> Fired:
    """Clay as it is dug: grey white and iron-stained; moist and dragged smooth where a wire cut it.

    ``cut`` is the place of that cut along y, in cm.
    """
    chart, rng = slip.chart, slip.rng
    broad = noise(chart, rng, 5.0)
    grain = noise(chart, rng, 0.3, octaves=4)
    colour = _mix(srgb("#cbc6b9"), srgb("#b0a99a"), ramp(broad, -0.7, 0.9))
    seam = np.exp(-((noise(chart, rng, 4.2, 0.35, octaves=4) / 0.07) ** 2))
    colour = _mix(colour, srgb("#b58a58"), 0.5 * seam * ramp(broad, -0.4, 0.6))
    colour = _mix(colour, srgb("#8d8678"), 0.5 * ramp(noise(chart, rng, 0.9), 0.3, 1.2))
    colour = colour * (1 + 0.1 * grain)[..., None]
    height = slip.height + 0.05 * grain + 0.1 * noise(chart, rng, 1.4)
    fired = Fired(colour.astype(np.float32), _even(slip, 0.93), height, coat=0.0, shine=0.3)
    if "cut" in options and chart.spots is not None:
        _cut_open(fired, chart.spots, slip, options["cut"])
    return fired


def _cut_open(fired: Fired, spots: Array, slip: Slip, place: float) -> None:
    """The face a wire left: darker, bluish, drawn in shallow bows, marbled with a little iron."""
    chart, rng = slip.chart, slip.rng
    face = ramp(np.abs(spots[..., 1] - place), 0.45, 0.2)
    bow = spots[..., 2] + 0.012 * spots[..., 0] ** 2 + 0.1 * noise(chart, rng, 2.0)
    drag = np.sin(2.1 * bow) + 0.6 * np.sin(5.3 * bow + 1.0) + 0.5 * np.sin(11.0 * bow)
    marble = np.exp(-((noise(chart, rng, 5.5, 0.5, octaves=3) / 0.09) ** 2))
    moist = _mix(srgb("#aaa69d"), srgb("#98948c"), ramp(noise(chart, rng, 4.0), -0.8, 0.9))
    moist = _mix(moist, srgb("#a98a64"), 0.4 * marble) * (1 + 0.02 * drag)[..., None]
    fired.colour = _mix(fired.colour, moist, face).astype(np.float32)
    fired.height = (fired.height * (1 - face) + 0.016 * drag * face).astype(np.float32)


def kneaded(slip: Slip, options: Options) -> Fired:
    """Prepared clay: even, damp, smooth from the heel of the hand."""
    chart, rng = slip.chart, slip.rng
    colour = _mix(srgb("#a59c8d"), srgb("#8e8576"), ramp(noise(chart, rng, 4.0), -0.8, 0.9))
    colour = colour * (1 + 0.04 * noise(chart, rng, 0.25, octaves=2))[..., None]
    height = slip.height + 0.02 * noise(chart, rng, 0.8)
    return Fired(colour.astype(np.float32), _even(slip, 0.6), height, coat=0.18, coat_rough=0.4)


def wet(slip: Slip, options: Options) -> Fired:
    """Fresh from the wheel: grey brown under a film of slurry that still shines."""
    chart, rng = slip.chart, slip.rng
    drawn = noise(chart, rng, 5.0, 0.05) + 0.5 * noise(chart, rng, 1.2, 0.06, octaves=2)
    colour = _mix(srgb("#8b8071"), srgb("#70665a"), ramp(drawn, -0.8, 0.9))
    slurry = ramp(noise(chart, rng, 3.0, 0.5) + 0.4 * drawn, 0.1, 0.9)
    colour = _mix(colour, srgb("#a2978a"), 0.32 * slurry)
    height = slip.height + 0.010 * drawn + 0.012 * slurry
    return Fired(colour.astype(np.float32), _even(slip, 0.42), height, coat=0.7, coat_rough=0.2)


def firm(slip: Slip, options: Options) -> Fired:
    """Leather hard: the shine is gone and the paleness comes down from the lip."""
    chart, rng = slip.chart, slip.rng
    drawn = noise(chart, rng, 5.0, 0.05) + 0.4 * noise(chart, rng, 1.2, 0.06, octaves=2)
    level = chart.z / max(float(chart.z.max()), 20.0)
    damp = ramp(level + 0.16 * noise(chart, rng, 7.0), 0.75, 0.0) * options.get("damp", 1.0)
    colour = _mix(srgb("#b9b2a6"), srgb("#8e867b"), damp)
    colour = colour * (1 + 0.035 * drawn)[..., None]
    height = slip.height + 0.006 * drawn
    return Fired(colour.astype(np.float32), _even(slip, 0.8), height, coat=0.0, shine=0.35)


def smeared(slip: Slip, options: Options) -> Fired:
    """A wheel head: grey cement under rings of half-dry slurry."""
    chart, rng = slip.chart, slip.rng
    rings = noise(chart, rng, 24.0, 0.03, octaves=3) + 0.25 * noise(chart, rng, 5.0)
    colour = _mix(srgb("#6f6c67"), srgb("#5b5853"), ramp(noise(chart, rng, 1.2), -0.8, 0.8))
    clay = ramp(rings, -0.25, 0.5)
    colour = _mix(colour, srgb("#a39a8c"), 0.85 * clay)
    height = slip.height + 0.04 * clay
    return Fired(colour.astype(np.float32), _even(slip, 0.7), height, coat=0.12, coat_rough=0.4)


def _dry(slip: Slip) -> Array:
    chart, rng = slip.chart, slip.rng
    colour = _mix(srgb("#d3cec3"), srgb("#c4beb1"), ramp(noise(chart, rng, 4.0), -0.8, 0.9))
    turned = noise(chart, rng, 0.3, 0.06, octaves=2)
    return colour * (1 + 0.02 * turned + 0.03 * noise(chart, rng, 0.1, octaves=1))[..., None]


def dry(slip: Slip, options: Options) -> Fired:
    """Bone dry: pale and chalky. Cobalt brushed on it is a dull grey violet until the fire."""
    chart, rng = slip.chart, slip.rng
    shown = 1 - np.exp(-1.15 * slip.cobalt)
    colour = _mix(_dry(slip), srgb("#544f62"), 0.94 * shown)
    height = slip.height + 0.004 * noise(chart, rng, 0.12, octaves=2)
    return Fired(colour.astype(np.float32), _even(slip, 0.95), height, coat=0.0, shine=0.25)


def raw_glaze(slip: Slip, options: Options) -> Fired:
    """Raw glaze: a coat of pale powder, the drawing a shadow under it, the foot wiped."""
    chart, rng = slip.chart, slip.rng
    runs = noise(chart, rng, 1.3, 7.0)
    thick = 1 + 0.25 * runs + 0.2 * noise(chart, rng, 3.5) - 0.35 * chart.thin
    shown = 1 - np.exp(-0.9 * gaussian_filter(slip.cobalt, 0.035 * chart.per_cm))
    coat = _mix(srgb("#e9e5de"), srgb("#f1efea"), ramp(thick, 0.6, 1.5))
    coat = coat * (1 + 0.022 * noise(chart, rng, 0.22, octaves=2))[..., None]
    coat = _mix(coat, srgb("#a5a0aa"), np.clip(0.62 * shown / np.maximum(thick, 0.6), 0, 0.75))
    edge = chart.z - 0.55 - 0.05 * noise(chart, rng, 2.5, octaves=2)
    wiped = ramp(edge, 0.04, -0.04)
    colour = _mix(coat, _dry(slip), wiped * np.ones_like(runs))
    grain = noise(chart, rng, 0.07, octaves=2)
    height = slip.height + 0.02 * runs + 0.003 * grain - 0.03 * wiped
    return Fired(colour.astype(np.float32), _even(slip, 1.0), height, coat=0.0, shine=0.15)


def in_the_fire(slip: Slip, options: Options) -> Fired:
    """At full heat: everything gives light, the drawing a shade darker than the glaze."""
    chart, rng = slip.chart, slip.rng
    shown = 1 - np.exp(-1.0 * slip.cobalt)
    heat = (
        0.5 + 0.3 * noise(chart, rng, 7.0) + 0.35 * (chart.z / max(float(chart.z.max()), 1) - 0.5)
    )
    colour = _mix(srgb("#ff8a2e"), srgb("#ffc267"), ramp(heat, 0.1, 0.9))
    colour = _mix(colour, srgb("#e0540e"), 0.8 * shown)
    return Fired(
        colour.astype(np.float32),
        _even(slip, 0.3),
        slip.height,
        coat=0.6,
        glow=options.get("glow", 1.0),
    )


RAW: dict[str, Glaze] = {
    "dat-moi": dug,
    "dat-nhao": kneaded,
    "dat-uot": wet,
    "dat-se": firm,
    "dat-kho": dry,
    "men-song": raw_glaze,
    "trong-lua": in_the_fire,
    "mat-ban-xoay": smeared,
    "thach-cao": plain("#e4e0d6", 0.9),
    "nuoc-ho": plain("#94897a", 0.12, coat=0.5, shine=0.5),
    "bot-bien": plain("#ab9468", 0.95),
}
