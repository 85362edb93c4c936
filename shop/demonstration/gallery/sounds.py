"""The audio guide: what espeak-ng spoke of the transcripts, said to be synthetic."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shop.core.tables import BadTable, build, read_toml, tables
from shop.demonstration.gallery_files import GalleryFiles
from shop.exhibitions.actions.sounds import SoundDetails, set_sounds
from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.rooms import Exhibit, Room
from shop.media.actions import add_recording, describe_recording, restore_recording
from shop.media.models import Cue, Recording, RecordingKind
from shop.media.queries import recording_by_sha256
from shop.media.recordings.faults import NotARecording
from shop.media.recordings.ingest import CleanRecording, ingest_recording
from shop.media.storage import Storage, recording_key

CREDIT_VI = "Giọng máy (eSpeak NG), làng gốm Bát Tràng, 2026"
CREDIT_EN = "Synthetic voice (eSpeak NG), Bát Tràng pottery village, 2026"


@dataclass(frozen=True, slots=True)
class _Spoken:
    start_ms: int
    end_ms: int
    text: str


def put_sounds(
    files: GalleryFiles,
    exhibition: str,
    owner: Room | Exhibit,
    transcripts: Mapping[str, str],
    storage: Storage,
) -> bool:
    """What was spoken of these transcripts, by language; whether anything changed.

    A transcript that nobody has spoken yet waits. Raises BadTable for a file that is no recording.
    """
    sounds, changed = [], False
    for language, transcript in transcripts.items():
        path = files.spoken(exhibition, owner.slug, language)
        if not (transcript and path.is_file()):
            continue
        recording, is_changed = _put_recording(path, language, transcript, storage)
        sounds.append(SoundDetails(recording, Rights.CC_BY, CREDIT_VI, CREDIT_EN))
        changed |= is_changed
    return set_sounds(owner, sounds) or changed


def _put_recording(
    path: Path, language: str, transcript: str, storage: Storage
) -> tuple[Recording, bool]:
    data = path.read_bytes()
    cues = list(_cues(path.with_suffix(".toml")))
    kept = recording_by_sha256(hashlib.sha256(data).hexdigest(), language)
    if kept is None:
        file = _look_at(path, data)
        kept = recording_by_sha256(file.sha256, language)
    if kept is None:
        words = {"language": language, "transcript": transcript, "is_synthetic": True}
        return add_recording(file, cues=cues, storage=storage, **words), True  # type: ignore[arg-type]
    changed = describe_recording(kept, transcript=transcript, cues=cues, is_synthetic=True)
    if not storage.has(recording_key(kept.public_id, kept.ending)):
        changed |= restore_recording(kept, _look_at(path, data), storage)
    return kept, changed


def _look_at(path: Path, data: bytes) -> CleanRecording:
    try:
        return ingest_recording(data, RecordingKind.AUDIO)
    except NotARecording as error:
        raise BadTable(f"{path}: {error.message}") from error


def _cues(path: Path) -> Iterator[Cue]:
    for row in tables(read_toml(path), "cue", path.name):
        spoken = build(_Spoken, row, path.name)
        yield Cue(start_ms=spoken.start_ms, end_ms=spoken.end_ms, text=spoken.text)
