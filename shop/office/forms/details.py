"""A note on a picture or on a 3D model, and places in a panorama."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import ValidationError

from shop.accounts.fields import Filled
from shop.accounts.fields import label as _l
from shop.office.forms.fields import NumberField, line, paragraphs, seen_field

POINT_AT_IT = _l("Point at the place, or write the numbers.")


class NoteForm(FlaskForm):  # type: ignore[misc]
    name_vi = line(_l("Name of the note"), 120)
    name_en = line(_l("Name of the note"), 120)
    text_vi = paragraphs(_l("Text of the note"), 5)
    text_en = paragraphs(_l("Text of the note"), 5)
    seen = seen_field()
    after = HiddenField(default="0")
    """How many notes there were when a form for a new one was opened."""


def _percent(label: str, lowest: float = 0) -> NumberField:
    return NumberField(label, [Filled(POINT_AT_IT)], lowest=lowest, highest=100, unit=0.01)


class RegionForm(NoteForm):
    """A rectangle on a picture, in percent of its width and height; kept as fractions."""

    x = _percent(_l("From the left, %"))
    y = _percent(_l("From the top, %"))
    width = _percent(_l("Width, %"), 0.5)
    height = _percent(_l("Height, %"), 0.5)

    def validate_width(self, field: NumberField) -> None:
        self._refuse_beyond(self.x.data, field.data)

    def validate_height(self, field: NumberField) -> None:
        self._refuse_beyond(self.y.data, field.data)

    def _refuse_beyond(self, start: float | None, length: float | None) -> None:
        if start is not None and length is not None and start + length > 1.00005:
            raise ValidationError(gettext("This goes beyond the picture."))

    @property
    def place(self) -> dict[str, Any]:
        values = (self.x.data, self.y.data, self.width.data, self.height.data)
        return {"region": values}


def _metres(label: str) -> NumberField:
    return NumberField(label, [Filled(POINT_AT_IT)], lowest=-20, highest=20)


class PointForm(NoteForm):
    """A point on the model and where the camera stands to see it."""

    point_x = _metres(_l("To the right, m"))
    point_y = _metres(_l("Up, m"))
    point_z = _metres(_l("To the front, m"))
    azimuth = NumberField(_l("Camera about, °"), [Filled(POINT_AT_IT)], lowest=-360, highest=360)
    polar = NumberField(_l("Camera from above, °"), [Filled(POINT_AT_IT)], lowest=0, highest=180)
    distance = NumberField(
        _l("Camera's distance, m"), [Filled(POINT_AT_IT)], lowest=0.01, highest=100
    )

    @property
    def place(self) -> dict[str, Any]:
        return {
            "point": (self.point_x.data, self.point_y.data, self.point_z.data),
            "orbit": (self.azimuth.data, self.polar.data, self.distance.data),
        }


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """One place in a panorama; both angles or neither. Many stand on one page, by their prefix."""

    class Meta:
        csrf = False

    yaw = NumberField(_l("To the side, °"), lowest=-180, highest=180)
    pitch = NumberField(_l("Up or down, °"), lowest=-90, highest=90)

    def validate_pitch(self, field: NumberField) -> None:
        if (field.data is None) != (self.yaw.data is None) and not self.yaw.errors:
            raise ValidationError(gettext("Give both numbers, or neither."))
