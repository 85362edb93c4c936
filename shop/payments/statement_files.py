"""A bank's statement file as rows of text: its encoding, its delimiter, its quotes.

Raises UnreadableStatement, whose message an officer can act on, for everything that is no whole
table of text.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter

from flask_babel import lazy_gettext

from shop.core.errors import Invalid, Message
from shop.core.vietnamese import nfc

LARGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 10_000
WIDEST_CELL = 20_000
DELIMITERS = (",", ";", "\t", "|")
_FOREIGN_KINDS: tuple[tuple[bytes, Message], ...] = (
    (b"PK\x03\x04", lazy_gettext("This is an Excel workbook. Save it as CSV and send that.")),
    (b"\xd0\xcf\x11\xe0", lazy_gettext("This is an Excel workbook. Save it as CSV and send that.")),
    (b"%PDF", lazy_gettext("This is a PDF. Ask the bank for the same statement as CSV.")),
)


class UnreadableStatement(Invalid):
    """The file cannot be taken; the message says why. Stands beside the field `file`."""

    def __init__(self, message: Message) -> None:
        super().__init__(message, {"file": message})


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a mark, or Windows-1258 or -1252."""
    if not raw.strip():
        raise UnreadableStatement(lazy_gettext("The file is empty."))
    if len(raw) > LARGEST_FILE:
        raise UnreadableStatement(
            lazy_gettext("The file is too large; 2 MB are taken. Ask the bank for fewer days.")
        )
    for beginning, message in _FOREIGN_KINDS:
        if raw.startswith(beginning):
            raise UnreadableStatement(message)
    text = nfc(_decoded(raw))
    if _is_garbled(text):
        raise UnreadableStatement(
            lazy_gettext("The letters cannot be read. Save the file as CSV in UTF-8.")
        )
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise UnreadableStatement(
            lazy_gettext("This is a web page, not a table. Save it as CSV and send that.")
        )
    return text


def _decoded(raw: bytes) -> str:
    utf16 = _utf16_kind(raw)
    try:
        return raw.decode(utf16 or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return "\0" if utf16 else _windows(raw)


def _utf16_kind(raw: bytes) -> str | None:
    """By its mark, or by every other byte being nothing, as it is in a table of figures."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = raw[:400]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 4 else None


def _windows(raw: bytes) -> str:
    """Windows-1258 writes tones as marks of their own, which join the vowel before them; where one
    is left over, the file is in Windows-1252."""
    try:
        text = nfc(raw.decode("cp1258"))
        if not any(unicodedata.combining(character) for character in text):
            return text
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "\0"


def _is_garbled(text: str) -> bool:
    return "\ufffd" in text or any(
        unicodedata.category(character) == "Cc" and character not in "\t\r\n" for character in text
    )


def table(text: str) -> list[list[str]]:
    """Rows of cells without blanks around them, in the file's order. Raises UnreadableStatement."""
    width, delimiter = max((_usual_width(_rows(text, each)), each) for each in DELIMITERS)
    rows = _whole_rows(text, delimiter)
    if not width:
        raise UnreadableStatement(
            lazy_gettext("This is not a table: no line has three columns or more.")
        )
    if len(rows) > MOST_ROWS:
        raise UnreadableStatement(
            lazy_gettext("The file has too many lines; 10 000 are taken. Ask for fewer days.")
        )
    return rows


def _whole_rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return _rows(text, delimiter, strict=True)
    except csv.Error:
        raise UnreadableStatement(
            lazy_gettext(
                "After line %(line)s a quotation mark is not closed: the file seems to be cut off."
                " Nothing was imported.",
                line=_lines_before_open_quote(text, delimiter),
            )
        ) from None


def _rows(text: str, delimiter: str, *, strict: bool = False) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return [[" ".join(cell.split()) for cell in row] for row in reader]


def _lines_before_open_quote(text: str, delimiter: str) -> int:
    """A quote that stays open swallows all that follows into one last row."""
    return max(len(_rows(text, delimiter)) - 1, 1)


def _usual_width(rows: list[list[str]]) -> float:
    """How many cells most rows have; a whole number apart from a tie-break by how many they are."""
    widths = Counter(len(row) for row in rows if any(row))
    wide = {width: count for width, count in widths.items() if width >= 3}
    if not wide:
        return 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return width + count / (2 * len(rows))
