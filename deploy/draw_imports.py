"""Draw docs/imports.svg: the packages in their layers and who imports whom, from the code itself.

`python deploy/draw_imports.py` writes the picture; with `--check` it fails when the picture that
is there is not what the code says.
"""

from __future__ import annotations

import sys
import tomllib
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import grimp

PROJECT = Path(__file__).resolve().parents[1]
PICTURE = PROJECT / "docs" / "imports.svg"
WIDTH, ROW, BOX_WIDTH, BOX_HEIGHT = 900, 92, 128, 38
Point = tuple[float, float]


def layers() -> list[list[str]]:
    """The rows of the import rule in pyproject.toml, from the top."""
    rules = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    contracts = rules["tool"]["importlinter"]["contracts"]
    rows = next(rule["layers"] for rule in contracts if rule["id"] == "layers")
    return [[name.strip() for name in row.split("|")] for row in rows]


def places(rows: list[list[str]]) -> dict[str, Point]:
    """The middle of each package's box."""
    found: dict[str, Point] = {}
    for down, row in enumerate(rows):
        for across, name in enumerate(row):
            found[name] = (WIDTH * (across + 1) / (len(row) + 1), ROW * down + BOX_HEIGHT)
    return found


def imports(names: set[str]) -> list[tuple[str, str]]:
    """Who imports whom, package by package."""
    graph = grimp.build_graph("shop", cache_dir=None)
    pairs = {
        (importer.split(".")[1], imported.split(".")[1])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.count(".") and imported.count(".")
    }
    return sorted((a, b) for a, b in pairs if a != b and {a, b} <= names)


def _arrow(start: Point, end: Point) -> str:
    (x1, y1), (x2, y2) = start, end
    top, bottom = y1 + BOX_HEIGHT / 2, y2 - BOX_HEIGHT / 2
    middle = (top + bottom) / 2
    curve = f"M{x1:.0f} {top:.0f}C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {bottom:.0f}"
    return f'<path d="{curve}"/>'


def _box(name: str, at: Point) -> str:
    x, y = at
    return (
        f'<rect x="{x - BOX_WIDTH / 2:.0f}" y="{y - BOX_HEIGHT / 2:.0f}"'
        f' width="{BOX_WIDTH}" height="{BOX_HEIGHT}"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}">{escape(name)}</text>'
    )


def draw() -> str:
    rows = layers()
    where = places(rows)
    arrows = "".join(_arrow(where[a], where[b]) for a, b in imports(set(where)))
    boxes = "".join(_box(name, at) for name, at in where.items())
    height = ROW * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' role="img" aria-label="Packages in layers; every arrow points down">'
        f'<rect width="{WIDTH}" height="{height}" fill="#f5f7f9"/>'
        f'<g fill="none" stroke="#1f35a8" stroke-opacity=".28">{arrows}</g>'
        f'<g fill="#fff" stroke="#1f35a8">{boxes}</g>'.replace("<text", '<text class="n"')
        + "<style>.n{font:15px sans-serif;fill:#14205a;stroke:none;text-anchor:middle}</style>"
        "</svg>\n"
    )


def main() -> None:
    picture = draw()
    if "--check" in sys.argv:
        if not PICTURE.exists() or PICTURE.read_text() != picture:
            raise SystemExit("docs/imports.svg is not what the code says: make picture")
        return
    PICTURE.write_text(picture)


if __name__ == "__main__":
    main()
