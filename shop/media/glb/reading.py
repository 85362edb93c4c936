"""Values out of a document nobody has vouched for: of the right kind and in bounds, or refused."""

from __future__ import annotations

import math
from typing import Any

from shop.media.glb.faults import DamagedModel

Table = dict[str, Any]
MOST_ENTRIES = 10_000


def rows(table: Table, name: str) -> list[Table]:
    """The list of objects under `name`, none when there are none."""
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise DamagedModel(f"{name} is no list of objects")
    if len(found) > MOST_ENTRIES:
        raise DamagedModel(f"more than {MOST_ENTRIES} {name}")
    return found


def part(table: Table, name: str) -> Table:
    """The object under `name`, an empty one when there is none."""
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise DamagedModel(f"{name} is no object")
    return found


def words(table: Table, name: str) -> list[str]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise DamagedModel(f"{name} is no list of words")
    return found


def whole(table: Table, name: str, default: int | None = None, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    found = table.get(name, default)
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found < 2**40:
        raise DamagedModel(f"{name} is {found!r:.40}")
    return found


def place(table: Table, name: str, among: int) -> int:
    """An index into a list of `among` entries."""
    found = whole(table, name)
    if found >= among:
        raise DamagedModel(f"{name} {found} of {among}")
    return found


def places(table: Table, name: str, among: int) -> list[int]:
    found = table.get(name, [])
    if not isinstance(found, list):
        raise DamagedModel(f"{name} is no list")
    return [place({name: each}, name, among) for each in found]


def numbers(table: Table, name: str, many: int) -> list[float] | None:
    """`many` finite numbers; None when they are not given."""
    if name not in table:
        return None
    found = table[name]
    if not isinstance(found, list) or len(found) != many or not all(map(_is_number, found)):
        raise DamagedModel(f"{name} is not {many} numbers")
    return [float(each) for each in found]


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < 1e30
