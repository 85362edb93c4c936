"""A glaze as a field of its own colour, with ink that can be read on it."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalogue.queries.counts import GlazeCount

LIGHT_INK, DARK_INK = "#ffffff", "#0b1230"
GROUND_WITHOUT_COLOUR = "#dfe5f6"


@dataclass(frozen=True, slots=True)
class GlazeTile:
    glaze: GlazeCount

    @property
    def colour(self) -> str:
        return self.glaze.colour or GROUND_WITHOUT_COLOUR

    @property
    def ink(self) -> str:
        return ink_on(self.colour)


def ink_on(colour: str) -> str:
    """ "light" or "dark", whichever stands out more; at least 4.5:1 on any colour."""
    light, dark = (contrast(colour, ink) for ink in (LIGHT_INK, DARK_INK))
    return "light" if light >= dark else "dark"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
