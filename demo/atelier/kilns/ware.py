"""What stands in a miniature kiln: saggars, jars, vases and shelves, each a few centimetres."""

from __future__ import annotations

from ..forms import Lathe, Part, Slab

SAGGAR: tuple[Part, ...] = (
    Lathe(
        ((1.0, 0), (1.05, 0.1), (1.05, 0.6), (1.05, 1.2), (1.0, 1.25)),
        "bao-nung",
        wall=0.16,
        bare_foot=0,
        texture=192,
        around=48,
    ),
)
LID: tuple[Part, ...] = (
    Lathe(
        ((0.9, 0), (1.05, 0.05), (1.05, 0.22), (0.9, 0.26), (0, 0.28)),
        "bao-nung",
        wall=0,
        bare_foot=0,
        texture=128,
        around=48,
    ),
)
JAR: tuple[Part, ...] = (
    Lathe(
        ((0.55, 0), (0.75, 0.4), (1.0, 1.2), (0.95, 1.7), (0.6, 2.05), (0.55, 2.2), (0.66, 2.3)),
        "men-nau",
        wall=0.1,
        bare_foot=0.1,
        texture=256,
        around=64,
    ),
)
BOWL: tuple[Part, ...] = (
    Lathe(
        ((0.4, 0), (0.42, 0.14), (0.8, 0.4), (1.0, 0.8)),
        "men-ngoc",
        wall=0.07,
        bare_foot=0.1,
        texture=192,
        around=48,
    ),
)
VASE: tuple[Part, ...] = (
    Lathe(
        (
            (0.7, 0),
            (0.7, 0.3),
            (1.0, 1.3),
            (1.3, 2.4),
            (1.1, 3.1),
            (0.6, 3.5),
            (0.55, 3.9),
            (0.8, 4.3),
        ),
        "trang-nga",
        wall=0.1,
        bare_foot=0.1,
        texture=256,
        around=64,
    ),
)
COAL_CAKE: tuple[Part, ...] = (
    Lathe(
        ((0.85, 0), (0.95, 0.12), (0.95, 0.42), (0.85, 0.5), (0, 0.5)),
        "than",
        wall=0,
        bare_foot=0,
        texture=128,
        around=40,
    ),
)
CYLINDER: tuple[Part, ...] = (
    Lathe(
        (
            (2.0, 0),
            (2.1, 0.3),
            (2.1, 6),
            (2.0, 8.4),
            (1.5, 9.3),
            (0.6, 9.7),
            (0.5, 10.4),
            (0, 10.5),
        ),
        "binh-gas",
        wall=0,
        bare_foot=0,
        texture=256,
    ),
    Lathe(((1.2, 0), (1.2, 1.1)), "binh-gas", wall=0.1, bare_foot=0, texture=128, at=(0, 0, 9.2)),
)


def base(width: float, depth: float) -> tuple[Part, ...]:
    """A wooden board with beaten earth on it; the earth's top is at 0."""
    return (
        Slab((width + 1.6, depth + 1.6, 1.4), "wood", 0.25, (0, 0, -2.1)),
        Slab((width, depth, 0.8), "lo-nen", 0.12, (0, 0, -0.8)),
    )
