"""Captions: read from WebVTT or SubRip, made of a transcript where there are none, and written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

import webvtt
from flask_babel import lazy_gettext
from webvtt.errors import MalformedCaptionError, MalformedFileError

from shop.core.errors import Invalid
from shop.media.models import Cue

LONGEST_FILE = 500_000
LONGEST_CAPTION = 90
"""Characters: two lines of a telephone held upright."""
SENTENCE = re.compile(r"[^.?!…;:\n]+(?:[.?!…;:]+[”\"’)]*|\n|$)\s*")
BLANKS = re.compile(r"\s+")


class NoCaptions(Invalid):
    message = lazy_gettext(
        "These are no captions we can read. WebVTT (.vtt) and SubRip (.srt) are."
    )


class CaptionsOutOfOrder(Invalid):
    """`number` counts captions from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(
            lazy_gettext(
                "Caption %(number)s ends before it begins, begins before the one before it, or goes"
                " on after the recording has ended.",
                number=number,
            )
        )


def read_captions(data: bytes, duration_ms: int) -> list[Cue]:
    """The cues of an uploaded file, which its content shows to be WebVTT or SubRip.

    Raises NoCaptions or CaptionsOutOfOrder.
    """
    text = _text(data)
    kind = "vtt" if text.startswith("WEBVTT") else "srt"
    try:
        captions = webvtt.from_buffer(StringIO(text), format=kind, strict=True).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise NoCaptions from error
    cues = [
        Cue(
            start_ms=_milliseconds(caption.start_in_seconds, caption.start),
            end_ms=_milliseconds(caption.end_in_seconds, caption.end),
            text=_one_line(html.unescape(caption.text)),
        )
        for caption in captions
    ]
    return checked([cue for cue in cues if cue["text"]], duration_ms)


def _text(data: bytes) -> str:
    if len(data) > LONGEST_FILE:
        raise NoCaptions
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError as error:
        raise NoCaptions from error


def _milliseconds(seconds: int, stamp: str) -> int:
    return int(seconds) * 1000 + int(stamp.rpartition(".")[2])


def _one_line(text: str) -> str:
    return BLANKS.sub(" ", text).strip()


def checked(cues: Sequence[Cue], duration_ms: int) -> list[Cue]:
    """The cues as they are, when they follow one another. Raises NoCaptions, CaptionsOutOfOrder."""
    if not cues:
        raise NoCaptions
    before = 0
    for number, cue in enumerate(cues, 1):
        # Half a second of grace: programs round, and cut silence off the end.
        if not before <= cue["start_ms"] < cue["end_ms"] <= duration_ms + 500:
            raise CaptionsOutOfOrder(number)
        before = cue["start_ms"]
    return list(cues)


def cues_of_transcript(transcript: str, duration_ms: int) -> list[Cue]:
    """Sentences spread over the recording by their length, as an even voice would speak them."""
    lines = [line for sentence in SENTENCE.findall(transcript) for line in _lines(sentence)]
    whole = sum(map(len, lines))
    cues, spoken = [], 0
    for line in lines:
        start, spoken = spoken, spoken + len(line)
        cues.append(
            Cue(
                start_ms=start * duration_ms // whole,
                end_ms=spoken * duration_ms // whole,
                text=line,
            )
        )
    return cues


def _lines(sentence: str) -> Iterator[str]:
    """A sentence in pieces of about equal length, none longer than a caption, cut between words."""
    words = _one_line(sentence).split(" ")
    total = len(" ".join(words))
    aim = total / max(1, -(-total // LONGEST_CAPTION))
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > aim + len(word) / 2:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def as_webvtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file (W3C, WebVTT: section 4) of cues of one line each."""
    blocks = (
        f"{_stamp(cue['start_ms'])} --> {_stamp(cue['end_ms'])}\n"
        f"{html.escape(_one_line(cue['text']), quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
