"""The pieces, one module a workshop, most important piece first. A new piece is one entry."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..piece import Piece

MODULES = {
    name.replace("_", "-"): import_module(f"{__name__}.{name}")
    for name in sorted(module.name for module in iter_modules(__path__))
}
WORKSHOPS: dict[str, tuple[Piece, ...]] = {slug: module.PIECES for slug, module in MODULES.items()}
EXTRAS = MODULES["net-lam"].EXTRAS


def all_pieces() -> list[Piece]:
    """Every piece, the first of each workshop, then the second of each, and so on."""
    longest = max(map(len, WORKSHOPS.values()))
    return [p[k] for k in range(longest) for p in WORKSHOPS.values() if k < len(p)]
