"""The gallery's pages for visitors, and what it gives to other sites."""

from shop.exhibitions.views import embedding, index, objects, preview, rooms
from shop.exhibitions.views.base import blueprint, open_blueprint
from shop.exhibitions.views.presentation import blueprint as presentation_blueprint

__all__ = [
    "blueprint",
    "embedding",
    "index",
    "objects",
    "open_blueprint",
    "presentation_blueprint",
    "preview",
    "rooms",
]
