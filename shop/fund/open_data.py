"""The fund's figures for others to use: the same as on the page, as JSON and as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from shop.fund.models import Grant
from shop.fund.queries.figures import Figures, Part, Proof, Year

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("section", "key", "name_vi", "name_en", "amount_vnd")


def as_json(
    figures: Figures, proof: Proof, grants: Sequence[Grant], years: Sequence[Year]
) -> dict[str, Any]:
    return {
        "as_of": proof.at.isoformat(),
        "matches_books": proof.holds,
        "currency": "VND",
        "balance": figures.balance,
        "came_in": {
            "total": figures.came_in,
            "shares_of_sales": figures.shares,
            "gifts": figures.gifts,
            "by_month": [
                {
                    "month": month.month,
                    "shares_of_sales": month.shares,
                    "gifts": month.gifts,
                    "granted": month.grants,
                    "balance_at_end": month.balance,
                }
                for month in figures.months
            ],
            "by_glaze": [_part(part) for part in figures.by_glaze],
            "by_exhibition": [_part(part) for part in figures.by_exhibition],
        },
        "granted": {"total": figures.grants, "grants": [_grant(grant) for grant in grants]},
        "growth": [
            {"year": y.year, "workshops_selling": y.workshops, "apprentices": y.apprentices}
            for y in years
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "slug": part.slug or None,
        "name_vi": part.name_vi or None,
        "name_en": part.name_en or None,
        "amount": part.amount,
    }


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.public_id,
        "recipient": grant.recipient,
        "purpose_vi": grant.purpose_vi,
        "purpose_en": grant.purpose_en,
        "amount": grant.amount,
        "status": grant.status.value,
        "approved_on": grant.decided_at.date().isoformat() if grant.decided_at else None,
        "paid_on": grant.paid_on.isoformat() if grant.paid_on else None,
        "illustrative": grant.is_illustrative,
    }


def as_csv(figures: Figures, grants: Sequence[Grant]) -> str:
    """One table, UTF-8 with a byte order mark; a cell never begins as a formula would."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in _rows(figures, grants))
    return BYTE_ORDER_MARK + sheet.getvalue()


def _safe(cell: object) -> object:
    """What begins like a formula would be one to a spreadsheet; a number below nothing is none."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _rows(figures: Figures, grants: Sequence[Grant]) -> Iterator[tuple[object, ...]]:
    for month in figures.months:
        yield "shares_of_sales", month.month, "", "", month.shares
        yield "gifts", month.month, "", "", month.gifts
        yield "granted", month.month, "", "", month.grants
        yield "balance_at_end", month.month, "", "", month.balance
    for section, parts in (
        ("by_glaze", figures.by_glaze),
        ("by_exhibition", figures.by_exhibition),
    ):
        for part in parts:
            yield section, part.slug or "directly", part.name_vi, part.name_en, part.amount
    for grant in grants:
        vi, en = (f"{grant.recipient}: {words}" for words in (grant.purpose_vi, grant.purpose_en))
        yield f"grant_{grant.status.value}", grant.public_id, vi, en, grant.amount
    yield "balance", "", "", "", figures.balance
