"""Make the front page's pictures from the atelier's, in widths and formats to choose from.

Run again when hero.webp or night.webp in demo/photographs has been drawn anew:
    .venv/bin/python demo/site_pictures.py night
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "demo" / "photographs"
TARGET = PROJECT / "static" / "img"
WIDTHS = {"hero": (480, 800, 1200, 1600), "night": (640, 960, 1600)}
AVIF = {"quality": 60, "speed": 4}
WEBP = {"quality": 82, "method": 6}


def make_pictures(source: Path, name: str, target: Path) -> None:
    """Write <name>-<width>.avif and .webp of every width, the picture's proportions kept."""
    with Image.open(source / f"{name}.webp") as picture:
        whole = picture.convert("RGB")
    for width in WIDTHS[name]:
        height = round(whole.height * width / whole.width)
        scaled = whole.resize((width, height), Image.Resampling.LANCZOS)
        scaled.save(target / f"{name}-{width}.avif", **AVIF)
        scaled.save(target / f"{name}-{width}.webp", **WEBP)


if __name__ == "__main__":
    for name in sys.argv[1:] or WIDTHS:
        make_pictures(SOURCE, name, TARGET)
