"""The last part of an address, made from a Vietnamese name."""

from __future__ import annotations

import re

from shop.core.vietnamese import fold

LONGEST = 120
OWN_ADDRESSES = frozenset({"format", "o", "preview", "saved", "search", "stop"})
"""What /gallery/… leads to besides exhibitions, so that none of them may be called so."""
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Small Latin letters, digits and hyphens: `Sắc lam qua các thế kỷ` → `sac-lam-qua-cac-the-ky`.

    Empty when the name holds none that could be kept.
    """
    return NOT_IN_SLUGS.sub("-", fold(name))[:LONGEST].strip("-")
