"""Recordings from outside: told apart by their content, measured, refused with the reason.

MediaInfo reads what a file is; nothing is encoded anew, for that would cost quality and minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pymediainfo import MediaInfo

from shop.media.models import RecordingKind
from shop.media.recordings.faults import (
    DamagedRecording,
    EmptyRecording,
    LengthUnknown,
    NotARecording,
    NotASignVideo,
    PictureInSound,
    PictureIsMissing,
    ProtectedRecording,
    SoundIsMissing,
    TooLargeSound,
    TooLargeVideo,
    TooLong,
    UnknownPacking,
)
from shop.media.recordings.stripping import without_metadata

LONGEST_MS = 15 * 60 * 1000
MOST_BYTES = {RecordingKind.AUDIO: 12_000_000, RecordingKind.SIGN: 60_000_000}
LOCKED_CODECS = frozenset({"enca", "encv", "drms", "drmi"})


@dataclass(frozen=True, slots=True)
class Packing:
    """A container browsers play, with the codecs they play in it, as MediaInfo names them."""

    mime: str
    sound: frozenset[str]
    picture: frozenset[str] = frozenset()


PACKINGS: Mapping[RecordingKind, Mapping[str, Packing]] = {
    RecordingKind.AUDIO: {
        "MPEG Audio": Packing("audio/mpeg", frozenset({"Layer 3"})),
        "MPEG-4": Packing("audio/mp4", frozenset({"AAC"})),
        "Ogg": Packing("audio/ogg", frozenset({"Opus"})),
    },
    RecordingKind.SIGN: {
        "MPEG-4": Packing("video/mp4", frozenset({"AAC"}), frozenset({"AVC"})),
        "WebM": Packing(
            "video/webm", frozenset({"Opus", "Vorbis"}), frozenset({"VP8", "VP9", "AV1"})
        ),
    },
}


@dataclass(frozen=True, slots=True)
class CleanRecording:
    """A file browsers play, without metadata; width and height in pixels, of a video only."""

    data: bytes
    sha256: str
    kind: RecordingKind
    mime: str
    duration_ms: int
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What MediaInfo says of a file and of the streams inside."""

    general: dict[str, Any]
    sounds: list[dict[str, Any]]
    pictures: list[dict[str, Any]]

    @property
    def packing(self) -> str:
        return str(self.general.get("format", ""))


def ingest_recording(data: bytes, kind: RecordingKind) -> CleanRecording:
    """Check a file someone sent and free it of titles, places, covers and comments.

    Raises NotARecording, or one of its kinds, saying what is wrong.
    """
    if not data:
        raise EmptyRecording
    if len(data) > MOST_BYTES[kind]:
        raise TooLargeVideo if kind is RecordingKind.SIGN else TooLargeSound
    facts = _facts(data)
    packing = _packing(facts, kind)
    _refuse_locked(facts)
    _refuse_wrong_streams(facts, kind)
    _refuse_damaged(facts, len(data))
    _refuse_unknown_codecs(facts, packing)
    duration = _duration_ms(facts)
    clean = without_metadata(data, packing.mime)
    width, height = _size(facts) if kind is RecordingKind.SIGN else (None, None)
    digest = hashlib.sha256(clean).hexdigest()
    return CleanRecording(clean, digest, kind, packing.mime, duration, width, height)


def _facts(data: bytes) -> Facts:
    tracks = [track.to_data() for track in MediaInfo.parse(BytesIO(data)).tracks]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for track in tracks:
        kinds.setdefault(track["track_type"], []).append(track)
    general = kinds.get("General", [{}])[0]
    return Facts(general, kinds.get("Audio", []), kinds.get("Video", []))


def _packing(facts: Facts, kind: RecordingKind) -> Packing:
    """Raises NotARecording for no recording at all, UnknownPacking for one that is not played."""
    found = PACKINGS[kind].get(facts.packing)
    if found is not None:
        return found
    if kind is RecordingKind.AUDIO and facts.pictures:
        raise PictureInSound
    if facts.sounds or facts.pictures:
        raise UnknownPacking(facts.packing or _codec((facts.sounds + facts.pictures)[0]))
    raise NotASignVideo if kind is RecordingKind.SIGN else NotARecording


def _codec(track: Mapping[str, Any]) -> str:
    if track.get("format") == "MPEG Audio":
        return str(track.get("format_profile", ""))
    return str(track.get("format", track.get("codec_id", "")))


def _refuse_locked(facts: Facts) -> None:
    for track in (facts.general, *facts.sounds, *facts.pictures):
        if track.get("codec_id") in LOCKED_CODECS or "encryption" in track:
            raise ProtectedRecording


def _refuse_wrong_streams(facts: Facts, kind: RecordingKind) -> None:
    if not facts.sounds and not facts.pictures:
        raise DamagedRecording
    if kind is RecordingKind.AUDIO and facts.pictures:
        raise PictureInSound
    if kind is RecordingKind.AUDIO and not facts.sounds:
        raise SoundIsMissing
    if kind is RecordingKind.SIGN and not facts.pictures:
        raise PictureIsMissing


def _refuse_unknown_codecs(facts: Facts, packing: Packing) -> None:
    for known, tracks in ((packing.sound, facts.sounds), (packing.picture, facts.pictures)):
        for track in tracks:
            if _codec(track) not in known:
                raise UnknownPacking(_codec(track))


def _refuse_damaged(facts: Facts, length: int) -> None:
    """A file that ends early is told by MediaInfo, or promises more bytes than there are."""
    promised = sum(int(track.get("stream_size", 0)) for track in facts.sounds + facts.pictures)
    if facts.general.get("istruncated") or "conformance_errors" in facts.general:
        raise DamagedRecording
    if promised > length:
        raise DamagedRecording


def _duration_ms(facts: Facts) -> int:
    duration = max(
        round(float(track.get("duration", 0)))
        for track in (facts.general, *facts.sounds, *facts.pictures)
    )
    if duration <= 0:
        raise LengthUnknown
    if duration > LONGEST_MS:
        raise TooLong
    return duration


def _size(facts: Facts) -> tuple[int, int]:
    """As it is shown: a telephone held upright says so in a rotation."""
    picture = facts.pictures[0]
    width, height = int(picture["width"]), int(picture["height"])
    return (height, width) if _lies_on_its_side(picture) else (width, height)


def _lies_on_its_side(picture: Mapping[str, Any]) -> bool:
    return round(float(picture.get("rotation", 0))) % 180 == 90
