"""The guides to hear and to see signed that a page offers, in its own language where it can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.core.i18n import language
from shop.exhibitions import shown
from shop.media.models import Recording, RecordingKind


@dataclass(frozen=True, slots=True)
class Guide:
    """A recording as it is used here: whom to name is the use's, not the file's."""

    sound: shown.Sound
    recording: Recording


@dataclass(frozen=True, slots=True)
class Guides:
    audio: Guide | None
    sign: Guide | None


def guides_of(sounds: Sequence[shown.Sound], recordings: Mapping[str, Recording]) -> Guides:
    """One of each kind: in the page's language, else in another, else none."""
    return Guides(
        _first(sounds, recordings, RecordingKind.AUDIO),
        _first(sounds, recordings, RecordingKind.SIGN),
    )


def _first(
    sounds: Sequence[shown.Sound], recordings: Mapping[str, Recording], kind: RecordingKind
) -> Guide | None:
    there = [each for each in sounds if each.kind == kind.value and each.recording in recordings]
    best = min(there, key=lambda each: each.language != language(), default=None)
    return Guide(best, recordings[best.recording]) if best else None
