"""A guide to hear or to see signed: no recording without its words, rights and credit."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import StopValidation

from shop.accounts.fields import Filled, choice, one_of
from shop.accounts.fields import label as _l
from shop.core.i18n import LANGUAGE_NAMES
from shop.media.models import Cue, RecordingKind
from shop.media.recordings.captions import read_captions
from shop.media.recordings.ingest import CleanRecording, ingest_recording
from shop.office.forms.fields import LONGEST_TEXT, ParagraphField, at_most, line, rights
from shop.office.forms.sent_files import SentFileField

NAME_SOMEBODY = _l("Say whom to name for this recording.")
NOT_ON_THE_LIST = _l("Choose one of the list.")
RECORDINGS = ".mp3,.m4a,.ogg,.mp4,.webm,audio/*,video/mp4,video/webm"


class RecordingFileField(SentFileField):
    def taken_in(self, file: bytes, form: Any) -> CleanRecording | None:
        try:
            kind = RecordingKind(form.kind.data)
        except ValueError:
            return None  # The kind is refused beside its own field.
        return ingest_recording(file, kind)


class CaptionsFileField(SentFileField):
    """Stands behind the recording's own field, whose length captions must not pass."""

    def taken_in(self, file: bytes, form: Any) -> list[Cue] | None:
        recording = form.file.data
        return read_captions(file, recording.duration_ms) if recording else None


class SoundForm(FlaskForm):  # type: ignore[misc]
    kind = one_of(
        _l("What it is"),
        NOT_ON_THE_LIST,
        choices=[
            choice(RecordingKind.AUDIO, _l("A spoken guide")),
            choice(RecordingKind.SIGN, _l("A guide in sign language")),
        ],
    )
    language = one_of(
        _l("Language"),
        NOT_ON_THE_LIST,
        choices=[choice(code, name) for code, name in LANGUAGE_NAMES.items()],
    )
    file = RecordingFileField(_l("Recording"))
    transcript = ParagraphField(
        _l("All of its words"),
        [
            Filled(_l("Write down what is said, for those who do not hear it.")),
            at_most(LONGEST_TEXT),
        ],
        render_kw={"rows": 5},
    )
    captions = CaptionsFileField(_l("Captions"))
    credit_vi = line(_l("Credit"), 300, NAME_SOMEBODY)
    credit_en = line(_l("Credit"), 300, NAME_SOMEBODY)
    rights = rights()
    is_synthetic = BooleanField(_l("It is spoken by a machine"))

    @property
    def recording(self) -> CleanRecording:
        """For a form that has been found valid."""
        if not isinstance(self.file.data, CleanRecording):
            raise TypeError("the form has not been found valid")
        return self.file.data

    @property
    def cues(self) -> list[Cue] | None:
        """The captions that were sent with it; None when they are to be made of the words."""
        return cast("list[Cue] | None", self.captions.data)

    def validate_file(self, field: RecordingFileField) -> None:
        if not field.was_sent:
            raise StopValidation(gettext("Choose a recording."))
