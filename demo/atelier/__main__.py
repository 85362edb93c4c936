"""The atelier's one command: draw photographs, marks and contact sheets."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from .piece import Piece
    from .studio import Shot

    Job = tuple[Path, str, Shot, tuple[int, int]]

DEMO = Path(__file__).resolve().parents[1]
MODELS = DEMO / "models"
GALLERY = DEMO / "gallery"
VIEWS = {"front": (1200, 1500), "detail": (800, 1000), "setting": (800, 1000)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.atelier", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    draw = steps.add_parser("draw", help="photograph one piece, several, or all")
    draw.add_argument("slugs", nargs="*", help="piece slugs, hero or night; none means all")
    draw.add_argument("--view", action="append", choices=list(VIEWS), help="only these views")
    draw.add_argument("--again", action="store_true", help="draw over what is there")
    draw.add_argument("--preview", action="store_true", help="quick small pictures in previews/")
    draw.add_argument("--samples", type=int, default=16, help="light samples a pixel (16)")
    models = steps.add_parser("models", help="make 3D models of one piece, several, or all")
    models.add_argument("slugs", nargs="*", help="piece slugs; none means all")
    models.add_argument("--again", action="store_true", help="make over what is there")
    models.add_argument("--table", action="store_true", help="only say what there is")
    rooms = steps.add_parser("rooms", help="draw the exhibitions' rooms, one, several, or all")
    rooms.add_argument("names", nargs="*", help="room slugs; none means all")
    rooms.add_argument("--again", action="store_true", help="draw over what is there")
    rooms.add_argument("--preview", action="store_true", help="quick small pictures in previews/")
    gallery = steps.add_parser("gallery", help="photograph the stages of making and the kilns")
    gallery.add_argument("slugs", nargs="*", help="artefact slugs; none means all")
    gallery.add_argument("--again", action="store_true", help="draw over what is there")
    gallery.add_argument("--preview", action="store_true", help="quick small pictures in previews/")
    gallery.add_argument("--samples", type=int, default=14, help="light samples a pixel (14)")
    night = steps.add_parser("night", help="photograph pieces in the gallery's light")
    night.add_argument("slugs", nargs="+", help="piece slugs")
    night.add_argument("--preview", action="store_true", help="quick small pictures in previews/")
    zoom = steps.add_parser("zoom", help="photograph the masterpieces twice as fine")
    zoom.add_argument("slugs", nargs="*", help="piece slugs; none means the masterpieces")
    zoom.add_argument("--samples", type=int, default=10, help="light samples a pixel (10)")
    marks = steps.add_parser("marks", help="paint the workshops' marks")
    marks.add_argument("--again", action="store_true")
    sheet = steps.add_parser("sheet", help="lay out what is drawn on contact sheets in sheets/")
    sheet.add_argument("--previews", action="store_true", help="of the previews instead")
    chosen = parser.parse_args()
    if chosen.step == "models":
        return show_models() if chosen.table else make_models(chosen.slugs, chosen.again)
    if chosen.step == "rooms":
        return draw_rooms(chosen.names, chosen.again, chosen.preview)
    if chosen.step == "gallery":
        return draw_gallery(chosen)
    if chosen.step == "night":
        return draw_by_night(chosen.slugs, chosen.preview)
    if chosen.step == "zoom":
        return draw_closer(chosen.slugs, chosen.samples)
    if chosen.step == "marks":
        return paint_marks(chosen.again)
    if chosen.step == "sheet":
        return contact_sheets(chosen.previews)
    return draw_all(chosen.slugs, chosen.view or list(VIEWS), chosen)


def draw_all(slugs: list[str], views: list[str], chosen: argparse.Namespace) -> int:
    """Photograph the pieces named (all if none), fronts first; returns the exit code."""
    from .studio import Finish, photograph

    jobs = list(_jobs(slugs, views, chosen.preview))
    if not jobs:
        print(f"no such piece: {', '.join(slugs)}", file=sys.stderr)
        return 2
    for number, (path, slug, shot, size) in enumerate(jobs, 1):
        label = f"[{number}/{len(jobs)}] {slug} {path.stem}"
        if path.exists() and not chosen.again:
            print(f"{label}: already drawn", flush=True)
            continue
        start = time.monotonic()
        fineness = 0.5 if path.stem == "setting" else 1.0
        finish = Finish(*size, samples=chosen.samples, texture=fineness)
        if chosen.preview:
            finish = Finish(*size, samples=6, texture=0.3)
        with quiet():
            photograph(shot, finish, slug, path)
        took = time.monotonic() - start
        print(f"{label}: {took:.0f} s, {path.stat().st_size // 1000} kB", flush=True)
    return 0


def _jobs(slugs: list[str], views: list[str], preview: bool) -> Iterator[Job]:
    from .entries import EXTRAS, all_pieces

    base = DEMO / "atelier" / "previews" if preview else DEMO / "photographs"
    shrink = 4 if preview else 1
    pieces = [piece for piece in all_pieces() if not slugs or piece.slug in slugs]
    fronts = [(piece, "front") for piece in pieces]
    others = [(piece, view) for piece in pieces for view in VIEWS if view != "front"]
    for piece, view in fronts:
        if view in views:
            yield _job(base, piece, view, preview)
    for name, width, height, shot in EXTRAS:
        if name in slugs or (not slugs and "front" in views):
            yield base / f"{name}.webp", name, shot, (width // shrink, height // shrink)
    for piece, view in others:
        if view in views:
            yield _job(base, piece, view, preview)


def _job(base: Path, piece: Piece, view: str, preview: bool) -> Job:
    size = (300, 375) if preview else VIEWS[view]
    return base / piece.slug / f"{view}.webp", piece.slug, getattr(piece, view), size


def draw_gallery(chosen: argparse.Namespace) -> int:
    """Photograph the stages and kilns named (all if none) for the exhibition on making."""
    from .stages import PICTURES, seed_slug
    from .studio import Finish, photograph

    unknown = set(chosen.slugs) - PICTURES.keys()
    if unknown:
        print(f"no such picture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    base = DEMO / "atelier" / "previews" if chosen.preview else DEMO / "gallery" / "photographs"
    finish = Finish(1000, 1250, samples=chosen.samples, quality=82)
    if chosen.preview:
        finish = Finish(400, 500, samples=6, texture=0.4)
    for slug in chosen.slugs or PICTURES:
        name, shot = PICTURES[slug]
        path = base / slug / f"{name}.webp"
        if path.exists() and not chosen.again:
            print(f"{slug}: already drawn", flush=True)
            continue
        start = time.monotonic()
        with quiet():
            photograph(shot(), finish, seed_slug(slug), path)
        took = time.monotonic() - start
        print(f"{slug}: {took:.0f} s, {path.stat().st_size // 1000} kB", flush=True)
    return 0


def draw_by_night(slugs: list[str], preview: bool) -> int:
    """The pieces as their fronts show them, framed alike, but lit by one lamp in the dark."""
    from .entries import all_pieces
    from .studio import Finish, photograph

    base = DEMO / "atelier" / "previews" if preview else GALLERY / "photographs"
    finish = Finish(960, 1200, samples=6, texture=0.6, quality=82)
    if preview:
        finish = Finish(300, 375, samples=6, texture=0.3)
    for piece in all_pieces():
        path = base / piece.slug / "night.webp"
        if piece.slug not in slugs or path.exists():
            continue
        start = time.monotonic()
        with quiet():
            photograph(replace(piece.front, light="night"), finish, piece.slug, path)
        took = time.monotonic() - start
        print(f"{piece.slug}: {took:.0f} s, {path.stat().st_size // 1000} kB", flush=True)
    return 0


def draw_closer(slugs: list[str], samples: int) -> int:
    """The fronts of the pieces named (else the masterpieces) at 2400 by 3000 pixels."""
    from .entries import all_pieces
    from .zoom import MASTERPIECES, zoom

    known = {piece.slug: piece for piece in all_pieces()}
    for slug in slugs or MASTERPIECES:
        path = GALLERY / "photographs" / slug / "zoom.webp"
        if path.exists():
            print(f"{slug}: already drawn", flush=True)
            continue
        start = time.monotonic()
        with quiet():
            zoom(known[slug], DEMO / "photographs" / slug / "front.webp", path, samples)
        took = time.monotonic() - start
        print(f"{slug}: {took:.0f} s, {path.stat().st_size // 1000} kB", flush=True)
    return 0


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the renderer's own chatter off the terminal."""
    sys.stdout.flush()
    kept = os.dup(1)
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(sink)
        os.close(kept)


def make_models(slugs: list[str], again: bool) -> int:
    """Make the 3D models of the pieces named (all if none), and posters where they need one."""
    from .entries import all_pieces
    from .turntable.make import make, make_poster, needs_poster

    pieces = [piece for piece in all_pieces() if not slugs or piece.slug in slugs]
    if not pieces:
        print(f"no such piece: {', '.join(slugs)}", file=sys.stderr)
        return 2
    for number, piece in enumerate(pieces, 1):
        path, label = MODELS / f"{piece.slug}.glb", f"[{number}/{len(pieces)}] {piece.slug}"
        start = time.monotonic()
        if again or not path.exists():
            with quiet():
                made = make(piece, path)
            print(f"{label}: {time.monotonic() - start:.0f} s, {made}", flush=True)
        poster = path.with_suffix(".webp")
        if needs_poster(piece) and (again or not poster.exists()):
            with quiet():
                make_poster(piece, poster)
            print(f"{label}: poster, {poster.stat().st_size // 1000} kB", flush=True)
    return 0


def show_models() -> int:
    """A line for each model: bytes, triangles, the colours' side in pixels, size in cm."""
    from .turntable.read import facts_of

    for path in sorted(MODELS.glob("*.glb")):
        print(f"{path.stem:36} {facts_of(path.read_bytes())}")
    return 0


def draw_rooms(names: list[str], again: bool, preview: bool) -> int:
    """Draw the rooms named (all if none) and note where their things are seen."""
    from .rooms.make import FINAL, PREVIEW, draw, named

    rooms = named(names)
    if not rooms:
        print(f"no such room: {', '.join(names)}", file=sys.stderr)
        return 2
    folder = DEMO / "atelier" / "previews" if preview else GALLERY
    for number, room in enumerate(rooms, 1):
        start = time.monotonic()
        with quiet():
            written = draw(room, folder, PREVIEW if preview else FINAL, again or preview)
        sizes = ", ".join(
            f"{path.parent.name} {path.stat().st_size // 1000} kB" for path in written
        )
        took = time.monotonic() - start
        print(f"[{number}/{len(rooms)}] {room.name}: {took:.0f} s, {sizes or 'there'}", flush=True)
    return 0


def paint_marks(again: bool) -> int:
    """Paint each workshop's mark, 512 by 512 pixels."""
    from .marks import MARKS, paint

    for number, workshop in enumerate(MARKS, 1):
        path = DEMO / "marks" / f"{workshop}.webp"
        if again or not path.exists():
            paint(workshop, path)
        print(f"[{number}/{len(MARKS)}] {workshop}", flush=True)
    return 0


def contact_sheets(previews: bool) -> int:
    """One sheet a view, six pictures wide, in sheets/."""
    base = DEMO / "atelier" / "previews" if previews else DEMO / "photographs"
    target = DEMO / "atelier" / "sheets"
    target.mkdir(exist_ok=True)
    for view in VIEWS:
        found = sorted(base.glob(f"*/{view}.webp"))
        if found:
            _sheet(found).save(target / f"{'preview-' if previews else ''}{view}.png")
            print(f"{view}: {len(found)} pictures")
    return 0


def _sheet(found: list[Path], wide: int = 320, tall: int = 400, across: int = 6) -> Image.Image:
    rows = -(-len(found) // across)
    sheet = Image.new("RGB", (across * wide, rows * tall), "white")
    for k, path in enumerate(found):
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((wide - 6, tall - 6), Image.Resampling.LANCZOS)
        sheet.paste(small, (k % across * wide, k // across * tall))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
