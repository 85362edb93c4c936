"""Titles, places, covers and comments taken out of a recording, the sound untouched.

Nothing moves inside a file: what is taken out of MP4, Ogg and WebM becomes padding as long as it
was, since other parts of the file count bytes from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shop.media.recordings.ogg import without_comments
from shop.media.recordings.webm import without_tags

ID3_HEADER = 10
ID3_FOOTER = 0x10
ID3V1_LENGTH = 128
APE_FOOTER = 32
BOXES_WITH_BOXES = frozenset({b"moov", b"trak", b"moof", b"traf", b"mdia", b"minf", b"stbl"})
BOXES_TO_EMPTY = frozenset({b"udta", b"meta", b"uuid"})


def without_metadata(data: bytes, mime: str) -> bytes:
    """The same recording and no more. What cannot be followed is left as it is."""
    return STRIPPERS[mime.split("/")[1]](data)


def _mpeg_audio(data: bytes) -> bytes:
    """ID3v2 before (id3.org, version 2.4 section 3), APEv2 and ID3v1 behind the sound."""
    while data[:3] == b"ID3" and len(data) > ID3_HEADER:
        length = 0
        for byte in data[6:10]:
            length = length << 7 | byte & 0x7F
        data = data[ID3_HEADER * (2 if data[5] & ID3_FOOTER else 1) + length :]
    if data[-ID3V1_LENGTH:][:3] == b"TAG":
        data = data[:-ID3V1_LENGTH]
    footer = data[-APE_FOOTER:]
    if footer[:8] == b"APETAGEX":
        has_header = footer[23] & 0x80
        length = int.from_bytes(footer[12:16], "little") + (APE_FOOTER if has_header else 0)
        data = data[:-length]
    return data


def _mp4(data: bytes) -> bytes:
    """User data, metadata and extensions become free space (ISO/IEC 14496-12, section 8.1.2)."""
    file = bytearray(data)
    for start, body, end in list(_boxes_to_empty(file, 0, len(file))):
        file[start + 4 : start + 8] = b"free"
        file[body:end] = bytes(end - body)
    return bytes(file)


def _boxes_to_empty(file: bytearray, place: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each begins, where its content begins, and where it ends."""
    while place + 8 <= end:
        length, body = int.from_bytes(file[place : place + 4]), place + 8
        name = bytes(file[place + 4 : body])
        if length == 1:
            length, body = int.from_bytes(file[body : body + 8]), body + 8
        elif length == 0:
            length = end - place
        if length < body - place or place + length > end:
            return
        if name in BOXES_TO_EMPTY:
            yield place, body, place + length
        elif name in BOXES_WITH_BOXES:
            yield from _boxes_to_empty(file, body, place + length)
        place += length


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "mpeg": _mpeg_audio,
    "mp4": _mp4,
    "ogg": without_comments,
    "webm": without_tags,
}
