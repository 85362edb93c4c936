"""The workshop's own desk: its orders."""

from shop.studio.views import orders, taxes
from shop.studio.views.base import blueprint

__all__ = ["blueprint", "orders", "taxes"]
