"""An object drawn to scale beside something everybody knows: an open hand, or a rice bowl."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from shop.core.i18n import centimetres

HAND_MM = (105, 190)
"""Width and height of an open hand held upright: 19 cm from wrist to finger tip."""
BOWL_MM = (120, 60)
"""Diameter and height of a rice bowl."""
SMALLEST_BESIDE_A_HAND = 140
GAP = 40
MARGIN = 12


@dataclass(frozen=True, slots=True)
class TrueSize:
    """A drawing in millimetres: its own extent, where the floor is, where each thing stands."""

    width: int
    height: int
    floor: int
    left: int
    beside: int
    is_hand: bool
    words: str


def true_size(height_mm: int, width_mm: int) -> TrueSize:
    """Large things beside a hand, small ones beside a bowl."""
    is_hand = max(height_mm, width_mm) >= SMALLEST_BESIDE_A_HAND
    known = HAND_MM if is_hand else BOWL_MM
    floor = max(height_mm, known[1]) + MARGIN
    return TrueSize(
        width=MARGIN + width_mm + GAP + known[0] + MARGIN,
        height=floor + MARGIN,
        floor=floor,
        left=MARGIN,
        beside=MARGIN + width_mm + GAP,
        is_hand=is_hand,
        words=_words(height_mm, width_mm, is_hand),
    )


def _words(height_mm: int, width_mm: int, is_hand: bool) -> str:
    sizes = {"height": centimetres(height_mm), "width": centimetres(width_mm)}
    if is_hand:
        return gettext(
            "%(height)s high and %(width)s wide, beside a hand of %(hand)s",
            hand=centimetres(HAND_MM[1]),
            **sizes,
        )
    return gettext(
        "%(height)s high and %(width)s wide, beside a rice bowl of %(bowl)s",
        bowl=centimetres(BOWL_MM[0]),
        **sizes,
    )
