"""Which orders' money waits because something is open about them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false


def order_is_held() -> ColumnElement[bool]:
    """True of an Order that must not be paid out for now."""
    return false()
