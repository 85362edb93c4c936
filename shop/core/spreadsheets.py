"""Files for people's spreadsheets: CSV in UTF-8, marked as such, and no cell a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(rows: Iterable[Iterable[str | int]]) -> bytes:
    """Numbers stay numbers; a text that begins like a formula is marked as text."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([plain(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
