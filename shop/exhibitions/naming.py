"""Names: none may be blank, and the last part of an address is made from the Vietnamese one."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext

from shop.core.errors import Message
from shop.core.vietnamese import fold

NO_NAME: Message = lazy_gettext("Give it a name.")
LONGEST = 120
OWN_ADDRESSES = frozenset({"format", "o", "preview", "saved", "search", "stop"})
"""What /gallery/… leads to besides exhibitions, so that none of them may be called so."""
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Small Latin letters, digits and hyphens: `Sắc lam qua các thế kỷ` → `sac-lam-qua-cac-the-ky`.

    Empty when the name holds none that could be kept.
    """
    return NOT_IN_SLUGS.sub("-", fold(name))[:LONGEST].strip("-")


def unnamed(**names: str) -> dict[str, Message]:
    """What to say of each of these names that is blank."""
    return {field: NO_NAME for field, name in names.items() if not name.strip()}
