"""What a visitor may send about what is kept."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, Optional

from shop.accounts.fields import Filled
from shop.accounts.fields import label as _l

LONGEST_NOTE = 500


class KeepForm(FlaskForm):  # type: ignore[misc]
    exhibit = HiddenField(validators=[Filled(_l("Choose which object you would like to keep."))])


class NoteForm(FlaskForm):  # type: ignore[misc]
    note = TextAreaField(
        _l("Your note"),
        validators=[
            Optional(),
            Length(max=LONGEST_NOTE, message=_l("At most 500 characters.")),
        ],
    )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in (self.note.data or "").strip().splitlines())
