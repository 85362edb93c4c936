"""Placards that lead from the shelf into the gallery, and what is counted of that."""

from shop.visits.views import counting
from shop.visits.views.base import open_blueprint
from shop.visits.views.placards import blueprint as placard_blueprint

__all__ = ["counting", "open_blueprint", "placard_blueprint"]
