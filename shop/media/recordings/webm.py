"""Tags, attachments and titles of a WebM file (RFC 8794, RFC 9559), made void in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEGMENT = 0x18538067
INFO = 0x1549A966
TO_EMPTY = frozenset({0x1254C367, 0x1941A469, 0x7BA9, 0x73A4, 0x7384, 0x4461})
"""Tags, Attachments, Title, SegmentUUID, SegmentFilename, DateUTC."""
VOID = 0xEC
LONG_SIZE = 8


@dataclass(frozen=True, slots=True)
class Element:
    """An id, where the element begins, its content begins and ends; an open end is None."""

    key: int
    start: int
    body: int
    end: int | None


def _number(file: bytearray, place: int, *, keep_marker: bool) -> tuple[int, int, bool]:
    """A variable-size integer, where it ends, and whether all its bits are set ("unknown")."""
    first = file[place]
    length = 9 - first.bit_length()
    value = int.from_bytes(file[place : place + length])
    bits = (1 << 7 * length) - 1
    return (value if keep_marker else value & bits), place + length, value & bits == bits


def _elements(file: bytearray, place: int, end: int) -> Iterator[Element]:
    while place + 2 <= end and file[place]:
        start = place
        key, place, _ = _number(file, place, keep_marker=True)
        if place >= end or not file[place]:
            return
        length, body, is_open = _number(file, place, keep_marker=False)
        if is_open:
            yield Element(key, start, body, None)
            return
        place = body + length
        if place > end:
            return
        yield Element(key, start, body, place)


def without_tags(data: bytes) -> bytes:
    file = bytearray(data)
    for element in list(_to_empty(file, 0, len(file))):
        _make_void(file, *element)
    return bytes(file)


def _to_empty(file: bytearray, place: int, end: int) -> Iterator[tuple[int, int]]:
    for element in _elements(file, place, end):
        if element.key in TO_EMPTY and element.end is not None:
            yield element.start, element.end
        elif element.key in (SEGMENT, INFO):
            yield from _to_empty(file, element.body, element.end or end)


def _make_void(file: bytearray, start: int, end: int) -> None:
    length = end - start
    wide = length > LONG_SIZE
    size = length - 1 - (LONG_SIZE if wide else 1)
    header = bytes([VOID]) + (
        (1 << 7 * LONG_SIZE | size).to_bytes(LONG_SIZE) if wide else bytes([0x80 | size])
    )
    file[start:end] = header + bytes(length - len(header))
