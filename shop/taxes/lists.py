"""A month's lines as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext

from shop.core.clock import HANOI
from shop.core.i18n import localized
from shop.core.spreadsheets import csv_file
from shop.taxes.queries.months import TaxLine, WorkshopMonth


def month_csv(months: Iterable[WorkshopMonth]) -> bytes:
    """Every sale and everything given back, and at the end what all lines add up to; in đồng."""
    found = list(months)
    rows = [_cells(month, line) for month in found for line in month.lines]
    sums = (
        sum(month.base for month in found),
        sum(month.vat for month in found),
        sum(month.pit for month in found),
    )
    return csv_file([_heads(), *rows, [gettext("Total"), "", "", "", "", *sums]])


def _heads() -> list[str]:
    return [
        gettext("Workshop"),
        gettext("Tax number"),
        gettext("Order"),
        gettext("When"),
        gettext("What"),
        gettext("Goods"),
        gettext("VAT withheld"),
        gettext("Personal income tax withheld"),
    ]


def _cells(month: WorkshopMonth, line: TaxLine) -> list[str | int]:
    return [
        localized(month, "name"),
        month.tax_id,
        line.reference,
        _moment(line.at),
        line_word(line),
        line.base,
        line.vat,
        line.pit,
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(HANOI):%Y-%m-%d %H:%M}"


def line_word(line: TaxLine) -> str:
    if line.is_sale:
        return gettext("Sold")
    return gettext("Given back") if line.base <= 0 else gettext("Giving back undone")
