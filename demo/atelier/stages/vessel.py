"""The lotus vase before it is finished: its form on the wheel, and what is done to its wall."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..brush import Slip
from ..entries.net_lam import LOTUS_VASE
from ..forms import Decor, Lathe, Part

VASE = LOTUS_VASE[0]
HIGH = 42.0


def glazed(glaze: str, **options: float) -> tuple[Part, ...]:
    """The vase in its final form and drawing under another surface."""
    return (replace(VASE, glaze=glaze, bare_foot=0, options=tuple(options.items())),)


def ringed(depth: float, pitch: float = 1.0) -> Decor:
    """The spiral the fingers leave as the wall is raised, ``pitch`` cm from turn to turn."""

    def raise_(slip: Slip) -> None:
        slip.painted.add("height")
        chart = slip.chart
        s = np.arange(chart.height, dtype=np.float32)[:, None] / chart.per_cm
        u = np.arange(chart.width, dtype=np.float32)[None, :] / chart.width
        wave = np.sin(2 * np.pi * (s / pitch + u) + 0.9 * np.sin(0.7 * s))
        firm = 0.55 + 0.45 * np.sin(0.41 * s + 1.0) ** 2
        slip.height += (depth * firm * wave).astype(np.float32)

    return raise_


def thrown(glaze: str, depth: float) -> tuple[Part, ...]:
    """The vase as it comes off the wheel: thick at the foot, finger spirals up its wall."""
    foot = ((8.9, 0), (8.7, 0.7), (8.4, 2.4), (8.4, 5.2))
    return (
        Lathe(
            profile=(*foot, *VASE.profile[4:]),
            glaze=glaze,
            wall=0.7,
            bare_foot=0,
            decor=(ringed(depth),),
            relief=True,
            texture=2048,
            off_round=1.6,
            rings=2.0,
        ),
    )
