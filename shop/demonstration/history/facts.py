"""Who buys, from where and in what season, as demo/village/history.toml says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from shop.accounts.places import country, province
from shop.core.db import db
from shop.core.tables import BadTable, Table, build, read_toml, tables
from shop.heritage.models import Term, TermKind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Season:
    """Multipliers of what some forms sell: in the weeks before Tết, and in some months."""

    forms: list[str]
    before_tet: float = 1.0
    months: list[int] = field(default_factory=list)
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class GiftDay:
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class ProvinceShare:
    """`weight` in hundredths of the buyers in Vietnam."""

    code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Abroad:
    country: str
    city: str
    region: str
    postcode: str
    street: str
    language: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class Facts:
    seed: str
    tet: list[date]
    seasons: list[Season]
    gift_days: list[GiftDay]
    surnames: list[str]
    given: list[str]
    streets: list[str]
    provinces: list[ProvinceShare]
    abroad: list[Abroad]
    notes: dict[str, list[str]]


def read_facts(path: Path) -> Facts:
    """Raises BadTable naming the place in the file."""
    content = read_toml(path)
    facts = build(
        Facts,
        {key: content[key] for key in ("seed", "tet", "notes") if key in content},
        path.name,
        seasons=_rows(Season, content, "season", path),
        gift_days=_rows(GiftDay, content, "gift_day", path),
        surnames=_words(content, "names", "surnames", path),
        given=_words(content, "names", "given", path),
        streets=_words(content, "streets", "names", path),
        provinces=_rows(ProvinceShare, content, "province", path),
        abroad=_rows(Abroad, content, "abroad", path),
    )
    _refuse_unknown(facts, path.name)
    return facts


def _rows(kind: type[Row], content: Table, name: str, path: Path) -> list[Row]:
    rows = enumerate(tables(content, name, path.name), start=1)
    return [build(kind, row, f"{path.name}, {name} {number}") for number, row in rows]


def _words(content: Table, table: str, key: str, path: Path) -> list[str]:
    found: Any = content.get(table, {}).get(key)
    if not isinstance(found, list) or not found:
        raise BadTable(f"{path.name}, {table}: lacks {key}")
    return found


def _refuse_unknown(facts: Facts, where: str) -> None:
    forms = set(db.session.scalars(select(Term.slug).where(Term.kind == TermKind.FORM)))
    unknown = [form for season in facts.seasons for form in season.forms if form not in forms]
    unknown += [share.code for share in facts.provinces if province(share.code) is None]
    unknown += [row.country for row in facts.abroad if country(row.country, "en") is None]
    if unknown:
        raise BadTable(f"{where}: does not know {', '.join(unknown)}")
