"""Single guides of a room or an exhibit, sent and taken off by curators."""

from __future__ import annotations

from dataclasses import dataclass

from shop.core.errors import Missing
from shop.exhibitions.actions.sounds import SoundDetails, set_sounds, sounds_of
from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.rooms import Exhibit, Room
from shop.exhibitions.models.sounds import Sound
from shop.media.actions import add_recording
from shop.media.models import Cue
from shop.media.queries import recording_by_sha256
from shop.media.recordings.ingest import CleanRecording
from shop.media.storage import Storage


@dataclass(frozen=True, slots=True)
class Guide:
    """A recording as it was sent; without cues, captions are made of the transcript."""

    file: CleanRecording
    language: str
    transcript: str
    cues: list[Cue] | None
    is_synthetic: bool
    rights: Rights
    credit_vi: str
    credit_en: str


def put_guide(owner: Room | Exhibit, guide: Guide, *, storage: Storage) -> bool:
    """In the place of the one of its kind and language; sent twice, it is kept once.

    Raises Invalid for missing words or credit, and for captions out of order.
    """
    kept = recording_by_sha256(guide.file.sha256, guide.language)
    words = (guide.transcript, guide.is_synthetic)
    if kept is None or guide.cues is not None or (kept.transcript, kept.is_synthetic) != words:
        kept = add_recording(
            guide.file,
            language=guide.language,
            transcript=guide.transcript,
            cues=guide.cues,
            is_synthetic=guide.is_synthetic,
            storage=storage,
        )
    mine = SoundDetails(kept, guide.rights, guide.credit_vi, guide.credit_en)
    others = [
        _details(sound)
        for sound in sounds_of(owner)
        if (sound.recording.kind, sound.recording.language) != (kept.kind, kept.language)
    ]
    return set_sounds(owner, [*others, mine])


def take_guide_off(owner: Room | Exhibit, public_id: str) -> None:
    """The file stays. Raises Missing for what the owner has not."""
    sounds = sounds_of(owner)
    kept = [sound for sound in sounds if sound.recording.public_id != public_id]
    if len(kept) == len(sounds):
        raise Missing
    set_sounds(owner, [_details(sound) for sound in kept])


def _details(sound: Sound) -> SoundDetails:
    return SoundDetails(sound.recording, sound.rights, sound.credit_vi, sound.credit_en)
