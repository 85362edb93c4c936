"""What is done to relief once it is modelled."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from .brush import Slip
from .chart import ramp
from .forms import Decor


def rubbed(low: float, high: float, density: float = 1.4) -> Decor:
    """Iron wash between two heights, wiped off the relief so that it stays in the hollows."""

    def rub(slip: Slip) -> None:
        chart = slip.chart
        slip.painted.add("iron")
        base, top = chart.row_of(low), chart.row_of(high)
        s = np.arange(chart.height, dtype=np.float32)[:, None] / chart.per_cm
        inside = ramp(s, base - 0.15, base) * ramp(s, top + 0.15, top)
        around = gaussian_filter(slip.height, 0.4 * chart.per_cm, truncate=2.5)
        hollow = np.clip((around - slip.height) / 0.07, 0, 1)
        slip.iron += (density * (0.1 + 0.9 * hollow) * inside).astype(np.float32)

    return rub
