"""Make the front page's picture from the atelier's, in the widths and formats browsers choose from.

Run again when demo/photographs/hero.webp has been drawn anew:
    .venv/bin/python demo/site_pictures.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "demo" / "photographs" / "hero.webp"
TARGET = PROJECT / "static" / "img"
WIDTHS = (480, 800, 1200, 1600)
AVIF = {"quality": 60, "speed": 4}
WEBP = {"quality": 82, "method": 6}


def make_pictures(source: Path, target: Path) -> None:
    """Write hero-<width>.avif and .webp of every width, the picture's proportions kept."""
    with Image.open(source) as picture:
        whole = picture.convert("RGB")
    for width in WIDTHS:
        height = round(whole.height * width / whole.width)
        scaled = whole.resize((width, height), Image.Resampling.LANCZOS)
        scaled.save(target / f"hero-{width}.avif", **AVIF)
        scaled.save(target / f"hero-{width}.webp", **WEBP)


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE, TARGET)
