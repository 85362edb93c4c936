"""One room from its plan to its two pictures and the directions in which its things are seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import making, shades
from .camera import Look, panorama, view
from .hall import EYE, Hall
from .places import Where, note

PANORAMA_BYTES, VIEW_BYTES = 330_000, 110_000


@dataclass(frozen=True)
class Room:
    exhibition: str
    slug: str
    build: Callable[[Hall], None]
    look: Look
    start: Where = (0.0, -4.0)

    @property
    def name(self) -> str:
        return f"{self.exhibition}-{self.slug}"


@dataclass(frozen=True)
class Fineness:
    """Widths in pixels of the panorama and the view, samples, and how fine textures are."""

    panorama: int = 4096
    view: int = 1600
    samples: int = 7
    texture: float = 0.35


FINAL, PREVIEW = Fineness(), Fineness(768, 480, 5, 0.1)

ROOMS = (
    Room("sac-lam", "truoc-mau-lam", shades.truoc_mau_lam, Look((0, -2.4, EYE), (0, 2, 1.45), 84)),
    Room("sac-lam", "net-lam-dau", shades.net_lam_dau, Look((0, -2.3, EYE), (0, 2, 1.5), 80)),
    Room("sac-lam", "lam-reu-ran", shades.lam_reu_ran, Look((0, -2.5, EYE), (0, 2, 1.5), 84)),
    Room("sac-lam", "lam-tro-lai", shades.lam_tro_lai, Look((0, -2.6, EYE), (0, 2, 1.45), 84)),
    Room("sac-lam", "hom-nay", shades.hom_nay, Look((0, -2.8, EYE), (0, 2, 1.35), 84)),
    Room("dat-nuoc-lua", "dat", making.dat, Look((0, -2.3, EYE), (0, 2, 1.4), 84)),
    Room("dat-nuoc-lua", "nuoc", making.nuoc, Look((0, -2.6, EYE), (0, 2, 1.3), 84)),
    Room("dat-nuoc-lua", "lua", making.lua, Look((0, -2.2, EYE), (0, 2, 1.5), 84)),
)


def named(names: list[str]) -> list[Room]:
    """The rooms called so, by slug or exhibition-slug; all when none is named."""
    return [room for room in ROOMS if not names or {room.slug, room.name} & set(names)]


def draw(room: Room, folder: Path, fine: Fineness, again: bool = False) -> list[Path]:
    """Write the panorama, the view and the directions of ``room`` under ``folder``.

    A picture that exists is left alone unless ``again``; returns those written.
    """
    hall = Hall(fine.texture)
    room.build(hall)
    order = [f"{each.exhibition}/{each.slug}" for each in ROOMS]
    key = f"{room.exhibition}/{room.slug}"
    note(folder / "places.toml", key, room.start, hall.places, order)
    written = []
    for kind in ("panoramas", "views"):
        path = folder / kind / f"{room.name}.webp"
        if path.exists() and not again:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "panoramas":
            panorama(hall, path, fine.panorama, fine.samples, PANORAMA_BYTES)
        else:
            view(hall, room.look, path, fine.view, fine.samples, VIEW_BYTES)
        written.append(path)
    return written
