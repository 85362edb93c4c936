"""Rates and terms of trade from a file, for the first time and for a new year's law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shop.core.tables import BadTable, Table, build, read_toml, tables
from shop.ledger.actions.rates import RateDetails, put_rate, put_threshold
from shop.ledger.actions.terms import TermDetails, put_term
from shop.ledger.models import RateKind, Sellers, TaxedAs, TermOfTrade

_PERCENT = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<decimals>[0-9]{1,2}))?\s*%?")


@dataclass(frozen=True, slots=True)
class RateListChanges:
    """How many rates and terms of trade the file names, and how many of them were new."""

    total: int
    new: int
    terms: int = 0
    new_terms: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    kind: RateKind
    percent: str
    valid_from: date
    source: str
    sellers: Sellers = Sellers.ALL
    taxed_as: TaxedAs = TaxedAs.ALL


@dataclass(frozen=True, slots=True)
class _ThresholdRow:
    amount: int
    valid_from: date
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class _TermRow:
    kind: TermOfTrade
    value: int
    valid_from: date
    source: str


def load_rate_list(path: Path, at: datetime) -> RateListChanges:
    """Set every [[rate]] and [[term]] of the file not set yet; what stands is never changed.

    A rate: kind, percent as text ("0.5"), valid_from, source, sellers for a tax, and taxed_as for
    what is withheld of anything but goods. A term of trade: kind, value, valid_from, source.
    A [[threshold]] of a year's revenue: amount in đồng, valid_from, source, is_verified.
    Raises BadTable, or Invalid for what the books refuse.
    """
    content = read_toml(path)
    unknown = content.keys() - {"rate", "term", "threshold"}
    if unknown:
        raise BadTable(f"{path.name}: does not know {', '.join(sorted(unknown))}")
    rows = tables(content, "rate", path.name)
    new = [put_rate(_details(row, path.name), by_id=None, at=at) for row in rows]
    terms = tables(content, "term", path.name)
    for row in tables(content, "threshold", path.name):
        _put_threshold(row, path.name, at)
    new_terms = [put_term(_term_details(row, path.name), by_id=None, at=at) for row in terms]
    return RateListChanges(len(rows), sum(new), len(terms), sum(new_terms))


def _put_threshold(table: Table, where: str, at: datetime) -> None:
    row = build(_ThresholdRow, table, f"{where}, threshold from {table.get('valid_from')}")
    put_threshold(row.amount, row.valid_from, source=row.source, is_verified=row.is_verified, at=at)


def _term_details(table: Table, where: str) -> TermDetails:
    place = f"{where}, {table.get('kind')} from {table.get('valid_from')}"
    row = build(_TermRow, table, place)
    return TermDetails(row.kind, row.value, row.valid_from, row.source)


def _details(table: Table, where: str) -> RateDetails:
    place = f"{where}, {table.get('kind')} from {table.get('valid_from')}"
    row = build(_Row, table, place)
    try:
        points = parse_percent(row.percent)
    except ValueError as error:
        raise BadTable(f"{place}: {error}") from error
    return RateDetails(row.kind, row.sellers, points, row.valid_from, row.source, row.taxed_as)


def parse_percent(text: str) -> int:
    """Hundredths of a percent: 50 of "0.5", "0,5" or "0,5 %". Raises ValueError for all else."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a percentage with two decimals at most: {text!r}")
    whole, decimals = match["whole"], match["decimals"] or ""
    return int(whole + decimals.ljust(2, "0"))
