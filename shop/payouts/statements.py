"""The statement of a payout, line by line, as PDF to print and as CSV for a spreadsheet."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

import typst
from flask import Response
from flask_babel import LazyString, gettext, lazy_gettext

from shop.core.clock import HANOI
from shop.core.i18n import day, language, localized, money, number
from shop.core.settings import PROJECT
from shop.core.spreadsheets import csv_file
from shop.payments.banks import bank_name
from shop.payouts.models import Payout
from shop.payouts.queries.lines import COLUMNS, Line, Sums, sum_up

TEMPLATE = PROJECT / "templates" / "payouts" / "statement.typ"
FONTS = PROJECT / "static" / "vendor" / "print"
COLUMN_WORDS: dict[str, LazyString] = {
    "goods": lazy_gettext("Goods"),
    "commission": lazy_gettext("Commission"),
    "commission_vat": lazy_gettext("VAT on it"),
    "fund": lazy_gettext("Craft fund"),
    "withheld_vat": lazy_gettext("VAT withheld"),
    "withheld_pit": lazy_gettext("Income tax withheld"),
    "postage": lazy_gettext("Postage"),
    "refunds": lazy_gettext("Given back to the buyer"),
    "compensation": lazy_gettext("Compensation"),
    "cash": lazy_gettext("Cash you have kept"),
    "other": lazy_gettext("Corrections"),
}


def line_words(line: Line) -> str:
    """What a line is about: an order's number, or cash and corrections."""
    if line.reference:
        return line.reference
    words = COLUMN_WORDS["cash" if line.sums.cash else "other"]
    return str(words)


def statement_rows(payout: Payout, lines: Sequence[Line]) -> list[list[str | int]]:
    """A heading, the lines, their sum, and what the workshop's account held before and after."""
    heading = [gettext("Day"), gettext("Order"), *(str(COLUMN_WORDS[name]) for name in COLUMNS)]
    rows: list[list[str | int]] = [[*heading, gettext("Total")]]
    for line in lines:
        on = f"{line.at.astimezone(HANOI):%Y-%m-%d}"
        rows.append([on, line_words(line), *_cells(line.sums)])
    rows.append(["", gettext("Total"), *_cells(sum_up(lines))])
    empty = [""] * len(COLUMNS)
    for words, amount in _balances(payout):
        rows.append(["", words, *empty, amount])
    return rows


def _balances(payout: Payout) -> list[tuple[str, int]]:
    """What the books owed the workshop, less this payout, is what is left for later."""
    return [
        (gettext("Earned before this payout"), payout.earned_before),
        (gettext("This payout"), -payout.amount),
        (gettext("Left for later"), payout.earned_before - payout.amount),
    ]


def _cells(sums: Sums) -> list[int]:
    return [*(getattr(sums, name) for name in COLUMNS), sums.total]


def _named(payout: Payout, ending: str) -> str:
    return f"{payout.reference}-{payout.run.up_to:%Y-%m-%d}.{ending}"


def statement_csv(payout: Payout, lines: Sequence[Line]) -> Response:
    return Response(
        csv_file(statement_rows(payout, lines)),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={_named(payout, 'csv')}"},
    )


def statement_pdf(payout: Payout, lines: Sequence[Line]) -> Response:
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"statement": json.dumps(statement_of(payout, lines))},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename={_named(payout, 'pdf')}"},
    )


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def statement_of(payout: Payout, lines: Sequence[Line]) -> dict[str, Any]:
    """Every word on the sheet, in the page's language; columns with nothing in them left out."""
    sums = sum_up(lines)
    columns = [name for name in COLUMNS if any(getattr(line.sums, name) for line in lines)]
    account = payout.account
    return {
        "language": language(),
        "title": gettext("Statement %(reference)s", reference=payout.reference),
        "heading": gettext("Statement of a payout"),
        "workshop": localized(payout.workshop, "name"),
        "reference": payout.reference,
        "period": gettext("up to %(day)s", day=day(payout.run.up_to)),
        "account": f"{bank_name(account.bank_bin)} {account.masked}, {account.holder}",
        "total_label": gettext("Total"),
        "total": money(payout.amount),
        "columns": [
            gettext("Day"),
            gettext("Order"),
            *(str(COLUMN_WORDS[name]) for name in columns),
            gettext("Total"),
        ],
        "lines": [
            [
                f"{line.at.astimezone(HANOI):%d/%m/%Y}",
                line_words(line),
                *_printed(line.sums, columns),
            ]
            for line in lines
        ],
        "sums": ["", gettext("Total"), *_printed(sums, columns)],
        "balances": [[words, money(amount)] for words, amount in _balances(payout)],
        "note": gettext("Sums in đồng. What was taken off is negative."),
        "footer": "Bát Tràng",
    }


def _printed(sums: Sums, columns: Sequence[str]) -> list[str]:
    return [*(number(getattr(sums, name)) for name in columns), number(sums.total)]
