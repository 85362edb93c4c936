"""TOML files of facts: read, brought to NFC, and turned into what the code calls them.

A file a person edits is wrong in ways that person has to be told of: which table, which key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from shop.core.vietnamese import nfc

Details = TypeVar("Details")
Table = Mapping[str, Any]


class BadTable(ValueError):
    """A file of facts that cannot be read as such; the message says where and why."""


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables with every text in NFC and without blanks around it. Raises BadTable."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTable(f"{path.name}: {error}") from error
    return {key: _tidy(value) for key, value in content.items()}


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).strip()
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    return value


def tables(content: Table, name: str, where: str) -> list[dict[str, Any]]:
    """The [[name]] tables, none when there are none. Raises BadTable when it is no such list."""
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise BadTable(f"{where}: {name} must be written as [[{name}]]")
    return found


def build(kind: type[Details], table: Table, where: str, **given: object) -> Details:
    """The dataclass `kind` from the table's keys, enums by their value; `given` come ready-made.

    Raises BadTable for a key that is missing, not known, or of another type than declared.
    """
    hints = get_type_hints(kind)
    declared = {f.name: f for f in fields(kind) if f.name not in given}  # type: ignore[arg-type]
    unknown = sorted(table.keys() - declared.keys())
    missing = sorted(
        name
        for name, f in declared.items()
        if name not in table and f.default is MISSING and f.default_factory is MISSING
    )
    if unknown or missing:
        raise BadTable(f"{where}: {_faults(missing, unknown)}")
    values = {name: _value(hints[name], table[name], f"{where}, {name}") for name in table}
    return kind(**values, **given)


def build_part(kind: type[Details], table: Table, where: str) -> tuple[Details, dict[str, Any]]:
    """The dataclass `kind` from its own keys, and what the table says beside them."""
    own = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    part = build(kind, {key: value for key, value in table.items() if key in own}, where)
    return part, {key: value for key, value in table.items() if key not in own}


def _faults(missing: list[str], unknown: list[str]) -> str:
    faults = {"lacks": missing, "does not know": unknown}
    return "; ".join(f"{word} {', '.join(names)}" for word, names in faults.items() if names)


def _value(hint: Any, value: Any, where: str) -> Any:
    hinted = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kinds = [get_origin(kind) or kind for kind in hinted]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _member(kind, value, where)
    # bool is an int to Python, and a date-time a date; in a file of facts they are not.
    if type(value) not in kinds:
        names = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
        raise BadTable(f"{where}: {value!r} is not of the kind {names}")
    return value


def _member(kind: type[Enum], value: Any, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise BadTable(f"{where}: {value!r} is none of {known}") from None
