"""The gallery's pages for visitors."""

from shop.exhibitions.views import index, objects, preview, rooms
from shop.exhibitions.views.base import blueprint, open_blueprint

__all__ = ["blueprint", "index", "objects", "open_blueprint", "preview", "rooms"]
