"""What is done with pictures, 3D models and recordings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.core.ids import public_id
from shop.media.glb.ingest import CleanModel
from shop.media.glb.scene import FirstView
from shop.media.models import VIEW, Cue, Image, Model3D, PrivatePicture, Recording
from shop.media.pictures import CleanPicture
from shop.media.recordings.captions import checked, cues_of_transcript
from shop.media.recordings.ingest import CleanRecording
from shop.media.storage import Storage, model_key, original_key, private_key, recording_key

OF_A_PHOTOGRAPH: Message = lazy_gettext("Say in a sentence what the photograph shows.")
OF_A_MODEL: Message = lazy_gettext("Say in a sentence what the 3D model shows.")
OF_A_RECORDING: Message = lazy_gettext(
    "Write down what is said, for those who cannot hear it or would rather read."
)


class NotAPanorama(Invalid):
    message = lazy_gettext(
        "A panorama all around is exactly twice as wide as it is high. This picture is not."
    )


def _refuse_missing_words(alt_vi: str, alt_en: str, what: Message = OF_A_PHOTOGRAPH) -> None:
    words = {"alt_vi": alt_vi, "alt_en": alt_en}
    missing = {name: what for name, text in words.items() if not text.strip()}
    if missing:
        raise Invalid(fields=missing)


def add_image(
    picture: CleanPicture,
    alt_vi: str,
    alt_en: str,
    *,
    is_rendering: bool = False,
    is_panorama: bool = False,
    storage: Storage,
) -> Image:
    """Keep a picture with its words in both languages; its file stands before its row does.

    The caller asks for its renditions (media.jobs.make_renditions) once that has been committed.
    Raises Invalid when words are missing, NotAPanorama when it should be one.
    """
    _refuse_missing_words(alt_vi, alt_en)
    if is_panorama and picture.width != 2 * picture.height:
        raise NotAPanorama
    image = Image(
        public_id=public_id(),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.webp),
        alt_vi=alt_vi,
        alt_en=alt_en,
        is_rendering=is_rendering,
        is_panorama=is_panorama,
    )
    storage.put(original_key(image.public_id), picture.webp)
    db.session.add(image)
    db.session.flush()
    return image


def keep_privately(picture: CleanPicture, storage: Storage) -> PrivatePicture:
    """Keep a photograph for those who may see it; its file stands before its row does."""
    kept = PrivatePicture(
        public_id=public_id(),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.webp),
    )
    storage.put(private_key(kept.public_id), picture.webp)
    db.session.add(kept)
    db.session.flush()
    return kept


def describe_image(image: Image, alt_vi: str, alt_en: str) -> None:
    """Give a picture other words. Raises Invalid when some are missing."""
    _refuse_missing_words(alt_vi, alt_en)
    image.alt_vi, image.alt_en = alt_vi, alt_en


def mark_renditions(image: Image, at: datetime) -> None:
    """All renditions stand; pages may point to them from now on."""
    image.renditions_at = at


def ask_for_tiles(image: Image) -> bool:
    """Let a picture be looked at closely; False when that was asked for already.

    The caller queues the work (media.jobs.make_tiles) once that has been committed; the sweep
    would find it too.
    """
    return take_over(image, {"wants_tiles": True})


def mark_tiles(image: Image, at: datetime) -> None:
    """All tiles stand; pages may point to them from now on."""
    image.tiles_at = at


def restore_original(image: Image, picture: CleanPicture, storage: Storage) -> bool:
    """Put a lost file back and ask for what is made of it anew; False when nothing was lost."""
    restored = storage.put(original_key(image.public_id), picture.webp)
    if restored:
        image.renditions_at = image.tiles_at = None
    return restored


def add_model(
    model: CleanModel,
    alt_vi: str,
    alt_en: str,
    *,
    poster: Image,
    is_rendering: bool = False,
    storage: Storage,
) -> Model3D:
    """Keep a 3D model with its words and its poster; its file stands before its row does.

    Raises Invalid when words are missing.
    """
    _refuse_missing_words(alt_vi, alt_en, OF_A_MODEL)
    kept = Model3D(
        public_id=public_id(),
        sha256=model.sha256,
        byte_count=len(model.glb),
        triangles=model.triangles,
        texture_px=model.texture_px,
        width_mm=model.width_mm,
        height_mm=model.height_mm,
        depth_mm=model.depth_mm,
        alt_vi=alt_vi,
        alt_en=alt_en,
        is_rendering=is_rendering,
        poster_id=poster.id,
        **_view_columns(model.view),
    )
    storage.put(model_key(kept.public_id), model.glb)
    db.session.add(kept)
    db.session.flush()
    return kept


def _view_columns(view: FirstView | None) -> dict[str, float]:
    if view is None:
        return {}
    target = (1000 * each for each in view.target)
    values = (view.azimuth, view.polar, 1000 * view.distance, view.field, *target)
    return dict(zip(VIEW, values, strict=True))


def describe_model(model: Model3D, alt_vi: str, alt_en: str, *, poster: Image) -> bool:
    """Give a 3D model other words or another poster; False when it has them already.

    Raises Invalid when words are missing.
    """
    _refuse_missing_words(alt_vi, alt_en, OF_A_MODEL)
    return take_over(model, {"alt_vi": alt_vi, "alt_en": alt_en, "poster_id": poster.id})


def restore_model(model: Model3D, file: CleanModel, storage: Storage) -> bool:
    """Put a lost file back; False when it stands."""
    return storage.put(model_key(model.public_id), file.glb)


def _spoken_words(
    transcript: str, cues: Sequence[Cue] | None, duration_ms: int
) -> dict[str, object]:
    if not transcript.strip():
        raise Invalid(fields={"transcript": OF_A_RECORDING})
    kept = checked(cues, duration_ms) if cues else cues_of_transcript(transcript, duration_ms)
    return {"transcript": transcript, "cues": kept}


def add_recording(
    file: CleanRecording,
    *,
    language: str,
    transcript: str,
    cues: Sequence[Cue] | None = None,
    is_synthetic: bool = False,
    storage: Storage,
) -> Recording:
    """Keep a recording with its words; its file stands before its row does.

    Without cues, captions are made of the transcript. Raises Invalid without a transcript,
    CaptionsOutOfOrder for cues that do not follow one another within the recording.
    """
    kept = Recording(
        public_id=public_id(),
        sha256=file.sha256,
        kind=file.kind,
        mime=file.mime,
        byte_count=len(file.data),
        duration_ms=file.duration_ms,
        width=file.width,
        height=file.height,
        language=language,
        is_synthetic=is_synthetic,
        **_spoken_words(transcript, cues, file.duration_ms),
    )
    storage.put(recording_key(kept.public_id, kept.ending), file.data)
    db.session.add(kept)
    db.session.flush()
    return kept


def describe_recording(
    recording: Recording,
    *,
    transcript: str,
    cues: Sequence[Cue] | None = None,
    is_synthetic: bool,
) -> bool:
    """Give a recording other words; False when it has them already. Raises as add_recording."""
    words = _spoken_words(transcript, cues, recording.duration_ms)
    return take_over(recording, {**words, "is_synthetic": is_synthetic})


def restore_recording(recording: Recording, file: CleanRecording, storage: Storage) -> bool:
    """Put a lost file back; False when it stands."""
    return storage.put(recording_key(recording.public_id, recording.ending), file.data)
