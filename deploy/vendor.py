"""Lay the browser libraries' own files, and only those needed, under static/vendor."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path

from progress import PROJECT

NODE_MODULES = PROJECT / "node_modules"
VENDOR = PROJECT / "static" / "vendor"
# The build that holds all it needs, three.js and Meshopt's decoder included.
VIEWER = "@google/model-viewer"
TEXT_FACE = "@fontsource/be-vietnam-pro"
DISPLAY_FACE = "@fontsource-variable/noto-serif-display"
# The same text face whole and uncompressed, as documents that are printed need it.
PRINT_FACE = "@expo-google-fonts/be-vietnam-pro"
PRINT_WEIGHTS = ("400Regular", "600SemiBold")
SUBSETS = ("vietnamese", "latin")
TEXT_WEIGHTS = (400, 600)


def wanted_files() -> dict[str, str]:
    """Where each file goes under static/vendor, and where in node_modules it comes from."""
    files = {
        "htmx.min.js": "htmx.org/dist/htmx.min.js",
        "htmx.LICENSE": "htmx.org/LICENSE",
        "model-viewer.min.js": f"{VIEWER}/dist/model-viewer.min.js",
        "model-viewer.LICENSE": f"{VIEWER}/LICENSE",
        "openseadragon.min.js": "openseadragon/build/openseadragon/openseadragon.min.js",
        "openseadragon.LICENSE": "openseadragon/LICENSE.txt",
        "pannellum.js": "pannellum/build/pannellum.js",
        "pannellum.css": "pannellum/build/pannellum.css",
        "pannellum.LICENSE": "pannellum/COPYING",
        "fonts/be-vietnam-pro.LICENSE": f"{TEXT_FACE}/LICENSE",
        "fonts/noto-serif-display.LICENSE": f"{DISPLAY_FACE}/LICENSE",
    }
    files["print/be-vietnam-pro.LICENSE"] = f"{PRINT_FACE}/LICENSE_FONT"
    for weight in PRINT_WEIGHTS:
        name = f"BeVietnamPro_{weight}.ttf"
        files[f"print/{name}"] = f"{PRINT_FACE}/{weight}/{name}"
    for subset in SUBSETS:
        names = [(DISPLAY_FACE, f"noto-serif-display-{subset}-wght-normal.woff2")]
        names += [
            (TEXT_FACE, f"be-vietnam-pro-{subset}-{weight}-normal.woff2") for weight in TEXT_WEIGHTS
        ]
        files |= {f"fonts/{name}": f"{face}/files/{name}" for face, name in names}
    return files


def vendor_browser_libraries() -> None:
    """Copy what is missing or changed, remove what is no longer wanted."""
    files = wanted_files()
    for place, source in files.items():
        _copy_if_changed(NODE_MODULES / source, VENDOR / place)
    for path in VENDOR.rglob("*"):
        if path.is_file() and path.relative_to(VENDOR).as_posix() not in files:
            path.unlink()


def _copy_if_changed(source: Path, target: Path) -> None:
    if target.exists() and filecmp.cmp(source, target, shallow=False):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    vendor_browser_libraries()
