"""What a buyer says to have something put right, and what workshop and office answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, StopValidation, ValidationError

from shop.accounts.fields import Filled, choice, one_of
from shop.accounts.fields import label as _l
from shop.core.errors import Invalid
from shop.core.vietnamese import nfc
from shop.media.pictures import CleanPicture, ingest
from shop.returns.actions import MOST_PHOTOGRAPHS
from shop.returns.models import ReturnReason
from shop.returns.words import REASON_WORDS

PHOTOGRAPHS = "image/jpeg,image/png,image/webp,image/avif,image/heic"
LONGEST_SIDE = 1600
"""Pixels: enough to see a crack, and soon sent to a telephone."""
LONGEST_TEXT = 2000


class WordsField(TextAreaField):
    """Sentences in NFC, with their line breaks."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            text = nfc(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")
            self.data = text.strip()


def words_field(label: str, required: str = "") -> WordsField:
    validators: list[Any] = [Filled(required)] if required else []
    validators.append(Length(max=LONGEST_TEXT, message=_l("This is too long.")))
    return WordsField(label, validators, render_kw={"maxlength": LONGEST_TEXT, "rows": 4})


class PhotographsField(MultipleFileField):  # type: ignore[misc]
    """`data` is the clean pictures; what cannot be read is named in the error, the others stay."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.sent = [file for file in valuelist if getattr(file, "filename", "")]
        self.data = []

    def pre_validate(self, form: Any) -> None:
        faults = []
        for file in getattr(self, "sent", [])[: MOST_PHOTOGRAPHS + 1]:
            try:
                self.data.append(ingest(file.read(), longest_side=LONGEST_SIDE))
            except Invalid as error:
                faults.append(f"{file.filename}: {error.message}")
        if faults:
            raise StopValidation(faults[0])


def photographs_field(label: str) -> PhotographsField:
    return PhotographsField(label, render_kw={"accept": PHOTOGRAPHS, "multiple": True})


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="photographs of a return")


class AskForm(FlaskForm):  # type: ignore[misc]
    """With a count for each line. `kept` holds photographs that came with a refused form, signed,
    so that they need not be chosen again."""

    reason = one_of(_l("What is it"), _l("Choose what it is."))
    text = words_field(
        _l("What has happened"), _l("Tell the workshop in a sentence or two what has happened.")
    )
    photos = photographs_field(_l("Photographs"))
    kept = HiddenField()

    def __init__(self, order_id: str, reasons: Sequence[ReturnReason], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.order_id = order_id
        self.reason.flags.required = True
        self.reason.choices = [choice(reason, str(REASON_WORDS[reason])) for reason in reasons]

    @property
    def kept_ids(self) -> list[str]:
        """Public ids of photographs sent before; none where the signature does not hold."""
        try:
            order_id, public_ids = _serializer().loads(self.kept.data or "")
        except (BadSignature, ValueError, TypeError):
            return []
        return [str(key) for key in public_ids] if order_id == self.order_id else []

    def keep(self, public_ids: Sequence[str]) -> None:
        self.kept.data = _serializer().dumps([self.order_id, list(public_ids)])

    @property
    def pictures(self) -> list[CleanPicture]:
        return list(self.photos.data or [])

    def validate_photos(self, field: PhotographsField) -> None:
        if len(field.data) + len(self.kept_ids) > MOST_PHOTOGRAPHS:
            field.data = field.data[: MOST_PHOTOGRAPHS - len(self.kept_ids)]
            raise ValidationError(gettext("Five photographs at most."))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is refused, appealed or handed on."""

    reason = words_field(_l("Why"), _l("Say in a sentence why."))


class AcceptForm(FlaskForm):  # type: ignore[misc]
    goes_back = one_of(_l("Has it to be sent back?"), _l("Say whether it has to be sent back."))
    note = words_field(_l("A word to the buyer"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.goes_back.flags.required = True
        self.goes_back.choices = [
            choice("no", gettext("No, the money goes back at once")),
            choice("yes", gettext("Yes, the money goes back when it is here")),
        ]


class PackingPhotoForm(FlaskForm):  # type: ignore[misc]
    photos = photographs_field(_l("Packing photograph"))

    @property
    def pictures(self) -> list[CleanPicture]:
        return list(self.photos.data or [])

    def validate_photos(self, field: PhotographsField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose a photograph."))
        if len(field.data) > MOST_PHOTOGRAPHS:
            raise ValidationError(gettext("Five photographs at most."))
