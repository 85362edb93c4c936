"""The village office: what waits, orders, and what sales are charged."""

from shop.office.views import desk, rates
from shop.office.views.base import blueprint

__all__ = ["blueprint", "desk", "rates"]
