"""Captions come from a file or a transcript, and go out as WebVTT."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shop.media.models import Cue
from shop.media.recordings.captions import (
    CaptionsOutOfOrder,
    NoCaptions,
    as_webvtt,
    cues_of_transcript,
    read_captions,
)

VTT = (
    b"\xef\xbb\xbfWEBVTT\n\nNOTE made by hand\n\n1\n00:00.500 --> 00:02.000 align:start\n"
    b"<v Lan>Men r\xe1\xba\xa1n &lt;crackle&gt;\nhai d\xc3\xb2ng\n\n"
    b"00:01:02.000 --> 01:00:03.250\nEnd\n"
)
SRT = (
    b"1\r\n00:00:00,500 --> 00:00:02,000\r\n<i>Men</i> ran\r\n\r\n"
    b"2\r\n00:00:02,000 --> 00:00:03,000\r\nHai\r\n"
)


def test_webvtt_and_subrip_are_told_by_their_content() -> None:
    assert read_captions(VTT, 3_603_250) == [
        Cue(start_ms=500, end_ms=2000, text="Men rạn <crackle> hai dòng"),
        Cue(start_ms=62_000, end_ms=3_603_250, text="End"),
    ]
    assert read_captions(SRT, 3000) == [
        Cue(start_ms=500, end_ms=2000, text="Men ran"),
        Cue(start_ms=2000, end_ms=3000, text="Hai"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WEBVTT\n",
        b"Just a letter.",
        b"WEBVTT\n\n00:01.000 --> later\nx\n",
        "Chữ".encode("utf-16"),
        b"\x00\xff\xd8\xff",
        b"WEBVTT\n\n" + b"x" * 500_000,
    ],
)
def test_anything_else_is_no_captions(data: bytes) -> None:
    with pytest.raises(NoCaptions):
        read_captions(data, 10_000)


@pytest.mark.parametrize(
    ("times", "duration"),
    [
        ("00:02.000 --> 00:01.000", 9000),
        ("00:01.000 --> 00:01.000", 9000),
        ("00:01.000 --> 00:10.000", 9000),
        ("00:03.000 --> 00:04.000\na\n\n00:02.000 --> 00:05.000", 9000),
    ],
)
def test_captions_follow_one_another_within_the_recording(times: str, duration: int) -> None:
    with pytest.raises(CaptionsOutOfOrder):
        read_captions(f"WEBVTT\n\n{times}\nx\n".encode(), duration)


def test_a_transcript_is_spread_over_the_recording() -> None:
    long = "Nét bút lam chạy quanh vai bình, " * 6
    transcript = f"Đây là chiếc bình. Men trắng ngà, hơi xanh.\n\n{long.strip()}."
    cues = cues_of_transcript(transcript, 20_000)
    assert " ".join(cue["text"] for cue in cues) == " ".join(transcript.split())
    assert [cue["text"] for cue in cues[:2]] == ["Đây là chiếc bình.", "Men trắng ngà, hơi xanh."]
    assert all(len(cue["text"]) <= 100 for cue in cues)
    assert (cues[0]["start_ms"], cues[-1]["end_ms"]) == (0, 20_000)
    for cue, following in pairwise(cues):
        assert cue["start_ms"] < cue["end_ms"] == following["start_ms"]
    assert cues_of_transcript("Một từ", 900) == [Cue(start_ms=0, end_ms=900, text="Một từ")]


def test_what_is_written_can_be_read_and_holds_no_markup() -> None:
    cues = [
        Cue(start_ms=0, end_ms=1500, text="a --> b & <c>"),
        Cue(start_ms=1500, end_ms=3_723_004, text="Men\n\nrạn"),
    ]
    text = as_webvtt(cues)
    assert text.startswith(
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\na --&gt; b &amp; &lt;c&gt;\n\n"
    )
    assert "00:00:01.500 --> 01:02:03.004\nMen rạn\n" in text
    read = read_captions(text.encode(), 3_723_004)
    assert [cue["text"] for cue in read] == ["a --> b & <c>", "Men rạn"]
