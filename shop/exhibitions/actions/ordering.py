"""Putting rooms, exhibits, notes, sections and pictures into another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from shop.core.db import db

Move = tuple[str, int]
"""The name of a row, and how many places it goes up (-1) or down (1)."""


class Placed(Protocol):
    id: Any
    position: Any


def reorder(rows: Sequence[Placed], names: Sequence[str], asked: Move | list[str]) -> bool:
    """Move one row, or put all in the order asked for; whether that was news.

    `names` as in set_order; a move of something that is no row's name changes nothing.
    """
    if isinstance(asked, list):
        return set_order(rows, asked, names)
    name, by = asked
    return name in names and move(rows, rows[names.index(name)], by)


def set_order(rows: Sequence[Placed], wanted: Sequence[str], names: Sequence[str]) -> bool:
    """Number the rows from 0 in the order in which `wanted` names them; whether that was news.

    `names` are the rows' own, in the same order as the rows. A row that is not wanted anywhere,
    since it came meanwhile, keeps its place after the others; a name that is no row's is passed
    over.
    """
    asked = {name: place for place, name in reversed(list(enumerate(wanted)))}
    ranked = sorted(
        range(len(rows)), key=lambda place: (asked.get(names[place], len(wanted)), place)
    )
    return _number([rows[place] for place in ranked])


def move(rows: Sequence[Placed], row: Placed, by: int) -> bool:
    """One place up (-1) or down (1); at the end of the list nothing happens."""
    order = list(rows)
    place = order.index(row)
    there = place + by
    if not 0 <= there < len(order):
        return False
    order[place], order[there] = order[there], order[place]
    return _number(order)


def _number(rows: Sequence[Placed]) -> bool:
    changed = [row for place, row in enumerate(rows) if row.position != place]
    for place, row in enumerate(rows):
        row.position = place
    db.session.flush()
    return bool(changed)
