"""A picture sent by a curator: no file without its words in both languages, rights and credit."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import StopValidation

from shop.accounts.fields import label as _l
from shop.media.pictures import CleanPicture, ingest
from shop.office.forms.fields import line, rights
from shop.office.forms.sent_files import SentFileField

SAY_WHAT_IT_SHOWS = _l("Say in a sentence what the picture shows.")
NAME_SOMEBODY = _l("Say whom to name for this picture.")
PICTURES = "image/jpeg,image/png,image/webp,image/avif,image/heic"


class PictureFileField(SentFileField):
    def taken_in(self, file: bytes, form: Any) -> CleanPicture:
        return ingest(file)


class PictureWordsForm(FlaskForm):  # type: ignore[misc]
    """What every picture of the gallery carries. Several stand on one page, hence the prefix."""

    alt_vi = line(_l("What it shows"), 300, SAY_WHAT_IT_SHOWS)
    alt_en = line(_l("What it shows"), 300, SAY_WHAT_IT_SHOWS)
    credit_vi = line(_l("Credit"), 300, NAME_SOMEBODY)
    credit_en = line(_l("Credit"), 300, NAME_SOMEBODY)
    rights = rights()


class PictureForm(PictureWordsForm):
    file = PictureFileField(_l("File"))
    is_rendering = BooleanField(_l("This is a rendering, not a photograph"))

    @property
    def picture(self) -> CleanPicture:
        """For a form that has been found valid."""
        if not isinstance(self.file.data, CleanPicture):
            raise TypeError("the form has not been found valid")
        return self.file.data

    def validate_file(self, field: PictureFileField) -> None:
        if field.data is None:
            raise StopValidation(gettext("Choose a picture."))
        self._refuse_shape(field.data)

    def _refuse_shape(self, picture: CleanPicture) -> None:
        """A form for pictures of a certain shape refuses others here."""


class PanoramaForm(PictureForm):
    """All around: twice as wide as high (equirectangular)."""

    def _refuse_shape(self, picture: CleanPicture) -> None:
        if abs(picture.width - 2 * picture.height) > picture.height * 0.02:
            raise StopValidation(
                gettext(
                    "A panorama is twice as wide as high; this picture has %(width)d by %(height)d "
                    "pixels.",
                    width=picture.width,
                    height=picture.height,
                )
            )
