"""The comments of an Ogg Opus file (RFC 3533, RFC 7845 section 5.2), emptied in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PAGE_HEADER = 27
CHECKSUM = slice(22, 26)
COMMENTS = b"OpusTags"
POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page begins, where its content does, the lengths inside, and where it ends."""

    start: int
    body: int
    lacing: bytes
    end: int


def _pages(file: bytearray) -> Iterator[Page]:
    place = 0
    while file[place : place + 4] == b"OggS" and place + PAGE_HEADER <= len(file):
        body = place + PAGE_HEADER + file[place + PAGE_HEADER - 1]
        lacing = bytes(file[place + PAGE_HEADER : body])
        end = body + sum(lacing)
        yield Page(place, body, lacing, end)
        place = end


def without_comments(data: bytes) -> bytes:
    """No vendor, no comment, and zeros where they were, which readers pass over."""
    file = bytearray(data)
    pages = _pages(file)
    next(pages, None)  # The first holds nothing but what kind of stream this is.
    skip = len(COMMENTS)
    for page in pages:
        if skip and file[page.body : page.body + skip] != COMMENTS:
            break
        length, is_last = _of_first_packet(page.lacing)
        file[page.body + skip : page.body + length] = bytes(max(0, length - skip))
        file[page.start : page.end] = _with_checksum(file[page.start : page.end])
        skip = 0
        if is_last:
            break
    return bytes(file)


def _of_first_packet(lacing: bytes) -> tuple[int, bool]:
    """How much of a page its first packet takes, and whether it ends there."""
    length = 0
    for value in lacing:
        length += value
        if value < 255:
            return length, True
    return length, False


def _with_checksum(page: bytearray) -> bytearray:
    page[CHECKSUM] = bytes(4)
    checksum = 0
    for byte in page:
        checksum = (checksum << 8) & 0xFFFFFFFF ^ TABLE[checksum >> 24 ^ byte]
    page[CHECKSUM] = checksum.to_bytes(4, "little")
    return page


def _table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return table


TABLE = _table()
