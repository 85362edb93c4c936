"""A guide to hear or to see signed: no recording without its words, rights and credit."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import StopValidation

from shop.accounts.fields import Filled, choice, one_of
from shop.accounts.fields import label as _l
from shop.core.errors import Invalid
from shop.core.i18n import LANGUAGE_NAMES
from shop.media.models import Cue, RecordingKind
from shop.media.recordings.captions import read_captions
from shop.media.recordings.ingest import CleanRecording, ingest_recording
from shop.office.forms.fields import LONGEST_TEXT, ParagraphField, at_most, line, rights

NAME_SOMEBODY = _l("Say whom to name for this recording.")
NOT_ON_THE_LIST = _l("Choose one of the list.")
RECORDINGS = ".mp3,.m4a,.ogg,.mp4,.webm,audio/*,video/mp4,video/webm"


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
    file = FileField(_l("Recording"))
    transcript = ParagraphField(
        _l("All of its words"),
        [
            Filled(_l("Write down what is said, for those who do not hear it.")),
            at_most(LONGEST_TEXT),
        ],
        render_kw={"rows": 5},
    )
    captions = FileField(_l("Captions"))
    credit_vi = line(_l("Credit"), 300, NAME_SOMEBODY)
    credit_en = line(_l("Credit"), 300, NAME_SOMEBODY)
    rights = rights()
    is_synthetic = BooleanField(_l("It is spoken by a machine"))

    recording: CleanRecording
    cues: list[Cue] | None = None

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise StopValidation(gettext("Choose a recording."))
        try:
            self.recording = ingest_recording(field.data.read(), RecordingKind(self.kind.data))
        except ValueError:
            return  # The kind is refused beside its own field.
        except Invalid as error:
            raise StopValidation(str(error.message)) from error

    def validate_captions(self, field: Any) -> None:
        if not field.data or not hasattr(self, "recording"):
            return
        try:
            self.cues = read_captions(field.data.read(), self.recording.duration_ms)
        except Invalid as error:
            raise StopValidation(str(error.message)) from error
