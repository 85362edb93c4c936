"""The page that an address asks for, read alike wherever a list has pages."""

from __future__ import annotations

LAST_CONCEIVABLE_PAGE = 1_000_000
"""Far beyond any list here, and small enough that no database stumbles over what it skips."""
MOST_DIGITS = len(str(LAST_CONCEIVABLE_PAGE))


def page_number(text: str | None) -> int:
    """1 for the first page, and for what is no page number; never beyond the last conceivable."""
    if not (text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return 1
    return min(max(int(text), 1), LAST_CONCEIVABLE_PAGE)
