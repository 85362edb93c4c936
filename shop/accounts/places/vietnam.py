"""The provinces and cities of Vietnam and their communes, wards and special zones."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from shop.core.vietnamese import sort_key

DATASET_VERSION = "vn-2026-09"
"""Names the table in use; its first lines say where it is from. At most 20 characters."""

ShippingZone = Literal["ha-noi", "north", "centre", "south"]
_ZONES: Mapping[str, ShippingZone] = {zone: zone for zone in get_args(ShippingZone)}


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city of that rank. `code` has 2 digits, `name` is as written officially."""

    code: str
    name: str
    kind: str
    zone: ShippingZone

    @property
    def short_name(self) -> str:
        """The name without its kind: Hà Nội."""
        return _without_kind(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class Ward:
    """A commune (xã), ward (phường) or special zone (đặc khu). `code` has 5 digits."""

    code: str
    name: str
    kind: str
    province_code: str

    @property
    def short_name(self) -> str:
        """The name without its kind: Bát Tràng."""
        return _without_kind(self.name, self.kind)


def provinces() -> tuple[Province, ...]:
    """Return all 34 in Vietnamese alphabetical order of their short names."""
    return _table().provinces


def wards_of(province_code: str) -> tuple[Ward, ...]:
    """Return a province's wards in Vietnamese alphabetical order; none for an unknown code."""
    if province(province_code) is None:
        return ()
    return _sorted_wards(province_code)


def province(code: str) -> Province | None:
    """Return the province with this code, `"01"` being Hà Nội."""
    return _table().province_by_code.get(code)


def ward(code: str) -> Ward | None:
    """Return the ward with this code, `"00577"` being Xã Bát Tràng."""
    return _table().ward_by_code.get(code)


def in_province(ward_code: str, province_code: str) -> bool:
    """Say whether a ward of this code exists and lies in the province."""
    found = ward(ward_code)
    return found is not None and found.province_code == province_code


class _Table(NamedTuple):
    provinces: tuple[Province, ...]
    province_by_code: Mapping[str, Province]
    ward_by_code: Mapping[str, Ward]
    wards_by_province: Mapping[str, list[Ward]]


@cache
def _table() -> _Table:
    """Read the tables once, when an address is first needed."""
    zones = {row["province_code"]: _ZONES[row["zone"]] for row in _rows("zones.csv")}
    found: list[Province] = []
    wards: dict[str, Ward] = {}
    by_province: defaultdict[str, list[Ward]] = defaultdict(list)
    for row in _rows(f"{DATASET_VERSION}.csv"):
        code, home = row["code"], row["province_code"]
        if home:
            wards[code] = Ward(code, row["name"], row["kind"], home)
            by_province[home].append(wards[code])
        else:
            found.append(Province(code, row["name"], row["kind"], zones[code]))
    found.sort(key=lambda place: sort_key(place.short_name))
    return _Table(tuple(found), {place.code: place for place in found}, wards, by_province)


@cache
def _sorted_wards(known_province_code: str) -> tuple[Ward, ...]:
    wards = _table().wards_by_province[known_province_code]
    return tuple(sorted(wards, key=lambda place: (sort_key(place.short_name), place.code)))


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Read a table of this folder; lines starting with # say where it is from."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _without_kind(name: str, kind: str) -> str:
    return name[len(kind) :].lstrip()
