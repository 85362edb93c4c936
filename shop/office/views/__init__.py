"""The village office: what waits, orders, the books, and what sales are charged."""

from shop.office.views import books, desk, rates
from shop.office.views.base import blueprint

__all__ = ["blueprint", "books", "desk", "rates"]
