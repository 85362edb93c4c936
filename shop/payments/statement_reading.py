"""A statement's rows as movements: where the table begins, which column is what, whether it is
whole. Amounts in đồng, days as Hà Nội counts them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from itertools import pairwise

from flask_babel import lazy_gettext

from shop.core.clock import HANOI
from shop.core.i18n import money
from shop.core.vietnamese import fold
from shop.payments.statement_files import UnreadableStatement

Row = Sequence[str]
LONGEST_ENTRY = 80
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?")
_YEAR_FIRST = re.compile(
    r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?"
)
_CURRENCY = re.compile(r"(?:₫|vnđ|vnd|đồng|đ)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:([.,  ])\d{3})(?:\1\d{3})*(?:[.,]0{1,2})?|\d+(?:[.,]0{1,2})?")
WORDS: dict[str, tuple[str, ...]] = {
    "date": ("ngay", "date", "thoi gian", "time"),
    "credit": ("ghi co", "phat sinh co", "tien vao", "credit", "so tien co", "co"),
    "debit": ("ghi no", "phat sinh no", "tien ra", "debit", "so tien no", "no"),
    "balance": ("so du", "balance"),
    "entry": ("but toan", "ma giao dich", "so ct", "tham chieu", "so gd", "reference", "ref",
              "transaction no", "transaction id", "entry", "chung tu", "ma gd"),
    "text": ("noi dung", "dien giai", "mo ta", "description", "remark", "chi tiet", "details",
             "content"),
    "amount": ("so tien", "amount", "gia tri"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of columns, from 0. Either `amount` with signs, or `credit` and `debit`."""

    date: int
    text: int
    amount: int | None = None
    credit: int | None = None
    debit: int | None = None
    entry: int | None = None
    balance: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.amount is not None or self.credit is not None

    @property
    def places(self) -> dict[str, int]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: place for name, place in values.items() if place is not None}

    def written(self) -> str:
        return ",".join(f"{name}={place}" for name, place in self.places.items())

    @classmethod
    def read(cls, text: str) -> Columns:
        pairs = (part.split("=") for part in text.split(",") if part)
        return cls(**{name: int(value) for name, value in pairs})


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the statement; `number` is its line in the file, for messages."""

    number: int
    day: date
    at: datetime
    amount: int
    text: str
    entry: str | None
    balance: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Movements in the order they happened, with the balances before and after where known."""

    movements: tuple[Movement, ...]
    opening: int | None
    closing: int | None


def parse_moment(text: str) -> tuple[date, datetime]:
    """The day in Hà Nội, and the moment in UTC: noon where no hour is given. Raises ValueError."""
    if found := _DAY_FIRST.fullmatch(text.strip()):
        day = date(int(found[3]), int(found[2]), int(found[1]))
    elif found := _YEAR_FIRST.fullmatch(text.strip()):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    else:
        raise ValueError(f"not a day: {text!r}")
    hour = time.fromisoformat(found[4].zfill(5)) if found[4] else time(12)
    return day, datetime.combine(day, hour, HANOI).astimezone(UTC)


def parse_amount(text: str) -> int:
    """Đồng with a sign: `-1.250.000,00`, `1,250,000.00 VND`, `(350.000)`. Raises ValueError.

    A separator before three digits parts thousands, before two it begins decimals, which the
    đồng does not have: they must be 00.
    """
    bare = _CURRENCY.sub("", text.strip().replace("\u00a0", " ")).strip()
    negative = bare.startswith(("-", "−")) or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.strip("+-−() ")
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"not a sum: {text!r}")
    whole = re.sub(r"[.,]0{1,2}$", "", bare)
    amount = int(re.sub(r"\D", "", whole))
    return -amount if negative else amount


def _is(parse: object, text: str) -> bool:
    try:
        parse(text)  # type: ignore[operator]
    except ValueError:
        return False
    return True


def head_of(rows: Sequence[Row]) -> int:
    """The place of the row that names the columns: the last full one before the first movement.

    Raises UnreadableStatement when there is no row with a day and a sum.
    """
    for place, row in enumerate(rows):
        with_day = any(_is(parse_moment, cell) for cell in row)
        if with_day and len(row) >= 3 and sum(_is(parse_amount, cell) for cell in row):
            heads = [p for p in range(place) if sum(map(bool, rows[p])) >= 3]
            if not heads:
                raise UnreadableStatement(
                    lazy_gettext("No row names the columns. Keep the bank's own head of the table.")
                )
            return heads[-1]
    raise UnreadableStatement(lazy_gettext("No line with a day and a sum was found in this file."))


def shape_of(head: Row) -> str:
    """What the same bank's next file has in common with this one."""
    return hashlib.sha256("|".join(fold(cell) for cell in head).encode()).hexdigest()


def guessed_columns(head: Row) -> dict[str, int]:
    """What each column seems to be by its name; an officer confirms it."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        folded = fold(cell)
        for name, words in WORDS.items():
            if name not in found and any(_says(folded, word) for word in words):
                found[name] = place
                break
    if "credit" in found:
        found.pop("amount", None)
    return found


def _says(folded: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", folded) is not None


def read_movements(rows: Sequence[Row], columns: Columns) -> Reading:
    """Every movement below the head, in the order they happened.

    Raises UnreadableStatement for a line that cannot be read, one that is cut off, and balances
    that do not follow from one another.
    """
    head = head_of(rows)
    body = list(enumerate(rows))[head + 1 :]
    dated = [place for place, row in body if _is_dated(row, columns)]
    if not dated:
        raise UnreadableStatement(lazy_gettext("In the column of days there is no day."))
    movements = [
        _movement(place, row, columns, len(rows[head]))
        for place, row in body
        if any(row) and (place <= dated[-1] or _seems_cut(row))
    ]
    return _in_order([each for each in movements if each.amount])


def _is_dated(row: Row, columns: Columns) -> bool:
    return columns.date < len(row) and _is(parse_moment, row[columns.date])


def _seems_cut(row: Row) -> bool:
    """After the last whole line come sums and signatures, in words; figures there are a rest."""
    first = next((cell for cell in row if cell), "")
    return bool(re.match(r"\d", first)) and sum(map(bool, row)) < 3


def _movement(place: int, row: Row, columns: Columns, width: int) -> Movement:
    number = place + 1
    if len(row) < width and len(row) <= max(columns.date, columns.text, *_sums(columns)):
        raise UnreadableStatement(
            lazy_gettext(
                "Line %(line)s is not complete: the file seems to be cut off. Nothing was"
                " imported.",
                line=number,
            )
        )
    try:
        day, at = parse_moment(row[columns.date])
        amount = _amount(row, columns)
        balance = _sum_at(row, columns.balance) if columns.balance is not None else None
    except ValueError:
        raise UnreadableStatement(
            lazy_gettext(
                "Line %(line)s cannot be read as a day and a sum: %(text)s",
                line=number,
                text=" | ".join(row)[:120],
            )
        ) from None
    entry = row[columns.entry][:LONGEST_ENTRY] if columns.entry is not None else ""
    return Movement(number, day, at, amount, row[columns.text], entry or None, balance)


def _sums(columns: Columns) -> list[int]:
    places = (columns.amount, columns.credit, columns.debit, columns.balance, columns.entry)
    return [place for place in places if place is not None]


def _sum_at(row: Row, place: int | None) -> int | None:
    cell = row[place] if place is not None and place < len(row) else ""
    return parse_amount(cell) if cell.strip("- ") else None


def _amount(row: Row, columns: Columns) -> int:
    """In is a plus, out a minus, whichever way the bank writes it. Raises ValueError for none."""
    if columns.amount is not None:
        amount = _sum_at(row, columns.amount)
    else:
        came, went = _sum_at(row, columns.credit), _sum_at(row, columns.debit)
        amount = None if came is None and went is None else abs(came or 0) - abs(went or 0)
    if amount is None:
        raise ValueError("no sum")
    return amount


def _in_order(movements: list[Movement]) -> Reading:
    """Oldest first. Banks list either way; balances, or else the days, tell which."""
    if not movements:
        raise UnreadableStatement(lazy_gettext("The statement has no movement."))
    backwards = movements[::-1]
    if any(movement.balance is None for movement in movements):
        is_backwards = movements[0].at > movements[-1].at
        return Reading(tuple(backwards if is_backwards else movements), None, None)
    breaks = [_first_break(movements), _first_break(backwards)]
    if None not in breaks:
        movement, expected = breaks[movements[0].at > movements[-1].at] or (movements[0], 0)
        raise UnreadableStatement(
            lazy_gettext(
                "At line %(line)s the balance should be %(expected)s and is %(given)s: lines are"
                " missing or were changed. Nothing was imported.",
                line=movement.number,
                expected=money(expected),
                given=money(movement.balance or 0),
            )
        )
    ordered = movements if breaks[0] is None else backwards
    opening = (ordered[0].balance or 0) - ordered[0].amount
    return Reading(tuple(ordered), opening, ordered[-1].balance)


def _first_break(movements: Sequence[Movement]) -> tuple[Movement, int] | None:
    """Where a balance is not the one before with the movement added, and what it should be."""
    for before, after in pairwise(movements):
        expected = (before.balance or 0) + after.amount
        if after.balance != expected:
            return after, expected
    return None


def columns_from(chosen: Mapping[str, int | None] | Mapping[str, int]) -> Columns | None:
    """Columns when enough of them are chosen, else None."""
    picked = {name: place for name, place in chosen.items() if place is not None}
    if "date" not in picked or "text" not in picked:
        return None
    columns = Columns(**picked)
    return columns if columns.is_whole else None
