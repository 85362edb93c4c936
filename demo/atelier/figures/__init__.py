"""The modeller's figures, as the lumps of clay they are built from; each faces the camera (-y)."""

from __future__ import annotations

from .buffalo import BOY_FACE, BUFFALO
from .dragon import climbing_dragon
from .goat import GOAT
from .nghe import NGHE_MARKS, nghe
from .parts import Clay, curl, moved
from .toad import TOAD
from .ty_huu import TY_HUU

__all__ = [
    "BOY_FACE",
    "BUFFALO",
    "Clay",
    "GOAT",
    "NGHE_MARKS",
    "TOAD",
    "TY_HUU",
    "climbing_dragon",
    "curl",
    "moved",
    "nghe",
]
