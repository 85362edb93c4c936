"""Placards that lead from the shelf into the gallery, what is counted of that, and what is kept."""

from shop.visits import jobs
from shop.visits.views import counting, guarding, leading, visit
from shop.visits.views.base import blueprint, open_blueprint
from shop.visits.views.kiosk import blueprint as kiosk_blueprint
from shop.visits.views.offline import blueprint as offline_blueprint
from shop.visits.views.placards import blueprint as placard_blueprint

__all__ = [
    "blueprint",
    "counting",
    "guarding",
    "jobs",
    "kiosk_blueprint",
    "leading",
    "offline_blueprint",
    "open_blueprint",
    "placard_blueprint",
    "visit",
]
