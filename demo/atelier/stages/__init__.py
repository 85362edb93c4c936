"""The photographs of the exhibition on making: ten stages of one vase, and the five kilns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..glazes import GLAZES
from ..kilns import KILNS, stood
from ..studio import Shot
from . import scenes
from .raw import RAW

GLAZES.update(RAW)

SLUG = "binh-hoa-lam-sen-day"


def _kiln(slug: str, elevation: float, azimuth: float) -> Shot:
    return Shot(stood(slug, (0, 0, 0)), elevation=elevation, azimuth=azimuth, fill=0.92)


STAGES: dict[str, Callable[[], Shot]] = {
    "buoc-chon-dat": scenes.choosing,
    "buoc-xu-ly-dat": scenes.preparing,
    "buoc-tao-hinh": scenes.forming,
    "buoc-phoi-say": scenes.drying,
    "buoc-sua-hang-moc": scenes.trimming,
    "buoc-ve-khac": scenes.drawing,
    "buoc-trang-men": scenes.glazing,
    "buoc-chong-lo": scenes.loading,
    "buoc-dot-lo": scenes.firing,
    "buoc-ra-lo": scenes.unpacking,
}
VIEWS = {
    "mo-hinh-lo-ech": (27, 30),
    "mo-hinh-lo-dan": (26, 27),
    "mo-hinh-lo-bau": (24, 27),
    "mo-hinh-lo-hop": (14, 28),
    "mo-hinh-lo-con-thoi": (24, 30),
}
PICTURES: dict[str, tuple[str, Callable[[], Shot]]] = {
    **{slug: ("stage", shot) for slug, shot in STAGES.items()},
    **{slug: ("model", partial(_kiln, slug, *VIEWS[slug])) for slug in KILNS},
}


def seed_slug(slug: str) -> str:
    """Every stage is the same vase, drawn by the same hand; a kiln is its own."""
    return SLUG if slug in STAGES else slug
