"""The workshop's own desk: its orders and its money."""

from shop.studio.views import money, orders, returns, taxes, undelivered
from shop.studio.views.base import blueprint

__all__ = ["blueprint", "money", "orders", "returns", "taxes", "undelivered"]
