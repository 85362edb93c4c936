"""Recordings are told by their content, freed of what rides along, and refused with the reason.

The files under recordings/ were made by espeak-ng and FFmpeg, each with a title, a comment or a
place in it that begins with "Secret" or +21.
"""

from __future__ import annotations

import random
import wave
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pixels
from pymediainfo import MediaInfo

from shop.core.i18n import in_language
from shop.media.models import RecordingKind
from shop.media.recordings import ingest as ingesting
from shop.media.recordings.faults import (
    DamagedRecording,
    EmptyRecording,
    NotARecording,
    NotASignVideo,
    PictureInSound,
    PictureIsMissing,
    ProtectedRecording,
    TooLargeSound,
    TooLargeVideo,
    TooLong,
    UnknownPacking,
)
from shop.media.recordings.ingest import ingest_recording
from tests.glb_files import sound_model

FILES = Path(__file__).parent / "recordings"
AUDIO, SIGN = RecordingKind.AUDIO, RecordingKind.SIGN
KINDS = {
    "spoken.mp3": (AUDIO, "audio/mpeg", 2376, None),
    "spoken.m4a": (AUDIO, "audio/mp4", 2181, None),
    "spoken.ogg": (AUDIO, "audio/ogg", 2187, None),
    "signed.mp4": (SIGN, "video/mp4", 1536, (64, 48)),
    "signed.webm": (SIGN, "video/webm", 1500, (64, 48)),
}


def file(name: str) -> bytes:
    return (FILES / name).read_bytes()


def streams(data: bytes) -> list[tuple[str, str, float]]:
    return [
        (track.track_type, track.format, float(track.duration))
        for track in MediaInfo.parse(BytesIO(data)).tracks
        if track.track_type in ("Audio", "Video")
    ]


@pytest.mark.parametrize("name", KINDS)
def test_a_recording_is_what_it_is_without_what_rides_along(name: str) -> None:
    kind, mime, duration, size = KINDS[name]
    clean = ingest_recording(file(name), kind)
    assert (clean.kind, clean.mime, clean.duration_ms) == (kind, mime, duration)
    assert (clean.width, clean.height) == (size or (None, None))
    assert b"Secret" in file(name)
    for secret in (b"Secret", b"+21", b"JFIF", b"TAG"):
        assert secret not in clean.data
    assert streams(clean.data) == streams(file(name))
    assert ingest_recording(clean.data, kind) == clean


def checksum(page: bytes) -> int:
    """RFC 3533, section 6: polynomial 0x04c11db7, nothing reflected, from zero."""
    value = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return value


@pytest.mark.parametrize(
    "data", [file("spoken.ogg"), ingest_recording(file("spoken.ogg"), AUDIO).data]
)
def test_every_page_of_an_ogg_file_bears_its_checksum(data: bytes) -> None:
    pages = [b"OggS" + page for page in data.split(b"OggS")[1:]]
    assert len(pages) > 2
    for page in pages:
        assert checksum(page) == int.from_bytes(page[22:26], "little")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("part", [0.6, 0.9])
def test_what_was_not_sent_to_its_end_is_damaged(name: str, part: float) -> None:
    data = file(name)
    with pytest.raises(DamagedRecording):
        ingest_recording(data[: int(len(data) * part)], KINDS[name][0])


@pytest.mark.parametrize("name", KINDS)
def test_whatever_was_changed_it_is_taken_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        data = bytearray(file(name))
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            clean = ingest_recording(bytes(data), KINDS[name][0])
        except NotARecording:
            continue
        assert 0 < clean.duration_ms <= ingesting.LONGEST_MS


def wave_file() -> bytes:
    written = BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return written.getvalue()


def photograph() -> bytes:
    written = BytesIO()
    Pixels.new("RGB", (40, 40)).save(written, "JPEG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "refusal"),
    [
        (b"", AUDIO, EmptyRecording),
        (b"WEBVTT\n\nnothing to hear", AUDIO, NotARecording),
        (b"<!doctype html><script>alert(1)</script>", SIGN, NotASignVideo),
        (photograph(), AUDIO, NotARecording),
        (photograph(), SIGN, NotASignVideo),
        (sound_model(), AUDIO, NotARecording),
        (random.Random(4).randbytes(4000), AUDIO, NotARecording),
        (file("signed.mp4"), AUDIO, PictureInSound),
        (file("signed.webm"), AUDIO, PictureInSound),
        (file("spoken.m4a"), SIGN, PictureIsMissing),
        (file("spoken.mp3"), SIGN, UnknownPacking),
        (wave_file(), AUDIO, UnknownPacking),
        (file("spoken.m4a").replace(b"mp4a", b"enca"), AUDIO, ProtectedRecording),
        (file("signed.mp4").replace(b"avc1", b"encv"), SIGN, ProtectedRecording),
    ],
)
def test_what_is_no_recording_is_refused(
    data: bytes, kind: RecordingKind, refusal: type[NotARecording]
) -> None:
    with pytest.raises(NotARecording) as refused:
        ingest_recording(data, kind)
    assert type(refused.value) is refusal


def test_recordings_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as shorter:
        shorter.setattr(ingesting, "LONGEST_MS", 2180)
        with pytest.raises(TooLong):
            ingest_recording(file("spoken.m4a"), AUDIO)
    with pytest.raises(TooLargeSound):
        ingest_recording(bytes(12_000_001), AUDIO)
    with pytest.raises(TooLargeVideo):
        ingest_recording(bytes(60_000_001), SIGN)


def test_the_reason_names_what_is_wrong(context: object) -> None:
    with pytest.raises(UnknownPacking) as refused:
        ingest_recording(wave_file(), AUDIO)
    with in_language("vi"):
        assert "“Wave”" in str(refused.value.message)
        assert "không" in str(refused.value.message)
