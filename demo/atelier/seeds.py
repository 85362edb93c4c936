"""Seeds: the same words always give the same hand."""

from __future__ import annotations

import zlib


def seed_of(*words: object) -> int:
    """A seed from words such as a slug and a part's number."""
    return zlib.crc32("/".join(map(str, words)).encode())
