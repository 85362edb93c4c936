"""The village office: what waits, orders, the books, payouts, rates, gallery, placards."""

from shop.office.views import (
    bank,
    books,
    cards,
    desk,
    fund,
    gallery,
    paying_back,
    payouts,
    placards,
    rates,
    returns,
    taxed_as,
    taxes,
    undelivered,
)
from shop.office.views.base import blueprint

__all__ = [
    "bank",
    "blueprint",
    "books",
    "cards",
    "desk",
    "fund",
    "gallery",
    "paying_back",
    "payouts",
    "placards",
    "rates",
    "returns",
    "taxed_as",
    "taxes",
    "undelivered",
]
