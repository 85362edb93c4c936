"""What one saved state of an exhibition says otherwise than another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from shop.exhibitions import shown

NAMES = ("key", "room", "role", "slug", "image", "picture")


@dataclass(frozen=True, slots=True)
class Difference:
    """`path` are the names of the parts from the room inwards, `field` the field's own.

    `before` is empty for what came anew, `after` for what went; both are short words for a part
    that came or went as a whole.
    """

    path: tuple[str, ...]
    field: str
    before: str
    after: str


def differences(before: shown.Exhibition, after: shown.Exhibition) -> list[Difference]:
    """In the order of the fields; lists are compared part by part, by key, slug or number."""
    return list(_compare(before, after, ()))


def _compare(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    for each in fields(after):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old == new:
            continue
        if _is_list(old) or _is_list(new):
            yield from _compare_lists(each.name, old or (), new or (), path)
        elif is_dataclass(old) and is_dataclass(new):
            yield from _compare(old, new, (*path, each.name))
        else:
            yield Difference(path, each.name, _words(old), _words(new))


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple) and any(is_dataclass(each) for each in value)


def _compare_lists(
    name: str, old: tuple[Any, ...], new: tuple[Any, ...], path: tuple[str, ...]
) -> Iterator[Difference]:
    before, after = _named(old), _named(new)
    for key, part in after.items():
        if key not in before:
            yield Difference(path, name, "", _words(part))
        elif before[key] != part:
            yield from _compare(before[key], part, (*path, _words(part) or f"{name} {key}"))
    for key, part in before.items():
        if key not in after:
            yield Difference(path, name, _words(part), "")
    if list(before) != list(after) and set(before) == set(after):
        order = [
            ", ".join(_words(part) or str(key) for key, part in x.items()) for x in (before, after)
        ]
        yield Difference(path, f"{name}_order", *order)


def _named(parts: tuple[Any, ...]) -> dict[Any, Any]:
    return {_name(part, number): part for number, part in enumerate(parts, start=1)}


def _name(part: Any, number: int) -> Any:
    if isinstance(part, (shown.Detail, shown.Section, shown.SectionPicture)):
        return number
    return next((getattr(part, n) for n in NAMES if getattr(part, n, None)), number)


def _words(value: Any) -> str:
    """A part by what people call it, a value as it is written."""
    if value is None:
        return ""
    if isinstance(value, shown.Exhibit):
        return value.artefact.name_vi
    if is_dataclass(value):
        names = ("name_vi", "heading_vi", "label_vi", "role", "slug", "room", "image", "recording")
        return next((str(getattr(value, n)) for n in names if getattr(value, n, None)), "")
    if isinstance(value, tuple):
        return ", ".join(_words(each) for each in value)
    return str(value)
