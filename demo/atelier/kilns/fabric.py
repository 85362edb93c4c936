"""What kilns are built of: brick inside and out, clay, coal, iron and sheet steel."""

from __future__ import annotations

import numpy as np

from ..brush import Slip
from ..chart import noise, ramp
from ..glazes import Fired, Glaze, Options, plain, srgb


def _mixed(*codes: str, at: np.ndarray) -> np.ndarray:
    """Colours one after the other as ``at`` goes from 0 to 1."""
    marks = np.linspace(0, 1, len(codes))
    table = np.array([srgb(code) for code in codes])
    return np.stack([np.interp(at, marks, table[:, k]) for k in range(3)], -1)


def brick(codes: tuple[str, ...], soot: str, share: float = 0.5, shine: float = 0.0) -> Glaze:
    """Bricks that differ each from the next, gritty, smoked by ``soot`` as far as ``share``."""

    def fire(slip: Slip, options: Options) -> Fired:
        chart, rng = slip.chart, slip.rng
        broad = 0.5 + 0.62 * noise(chart, rng, 2.6, octaves=2)
        grain = noise(chart, rng, 0.12, octaves=2)
        colour = _mixed(*codes, at=np.clip(broad, 0, 1))
        smoke = share * ramp(noise(chart, rng, 5.0) + 0.4 * noise(chart, rng, 0.6), -0.3, 1.1)
        colour = colour + (srgb(soot) - colour) * smoke[..., None]
        colour *= (1 + 0.13 * grain)[..., None]
        rough = np.full(chart.shape, 0.9 if not shine else 0.45, np.float32)
        height = (0.012 * grain).astype(np.float32)
        return Fired(colour.astype(np.float32), rough, height, coat=shine, coat_rough=0.2)

    return fire


FABRICS: dict[str, Glaze] = {
    "lo-gach": brick(("#7d4a35", "#9a6044", "#b07a56", "#8a5640"), "#3f332c"),
    "lo-gach-cu": brick(("#8a6a54", "#a5825f", "#b99a76", "#7c5a48"), "#4a4038", 0.55),
    "lo-ruot": brick(("#5a4232", "#7a5a3c", "#8d6a42", "#4a382c"), "#211a16", 0.6, 0.35),
    "lo-gach-chiu-lua": brick(("#cbb083", "#d8c39a", "#c3a274", "#d2b88c"), "#8a6f50", 0.3),
    "lo-vua": brick(("#a3907a", "#978570", "#b1a08a"), "#6a5d50", 0.3),
    "lo-nen": brick(("#97826a", "#8a7358", "#7b6549"), "#6a5844", 0.3),
    "bao-nung": brick(("#bd9c78", "#b08d68", "#9c7a56"), "#7a5a42", 0.3),
    "than": brick(("#26241f", "#1c1b19", "#312e29"), "#12110f", 0.4),
    "sat": brick(("#4a4640", "#5a4a3c", "#3c3a37"), "#7a4a2c", 0.35),
    "thep-son": plain("#4f6672", 0.45, coat=0.25),
    "thep": plain("#8d9397", 0.34, metal=0.8),
    "vai-gom": plain("#ece8de", 0.95),
    "ong-gas": plain("#c9a227", 0.4, coat=0.3),
    "binh-gas": plain("#5d6f7c", 0.4, coat=0.4),
    "lo-toi": plain("#0d0a08", 0.95),
    "than-hong": plain("#ff6a1c", 0.8, glow=5.0),
}
