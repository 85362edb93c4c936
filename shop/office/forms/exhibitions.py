"""An exhibition's and a room's texts, when it opens, and what stands in a room."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Form
from wtforms.validators import ValidationError

from shop.accounts.fields import label as _l
from shop.core import clock
from shop.exhibitions.actions.publishing import CLOSES_BEFORE_OPENING
from shop.exhibitions.naming import slug_of
from shop.office.forms.fields import (
    MomentField,
    certainty,
    line,
    paragraphs,
    seen_field,
    slug,
)

NAME_IT = _l("Give it a name in this language.")
Record = TypeVar("Record")


def record(form: Form, kind: type[Record], **given: Any) -> Record:
    """A dataclass of the form's fields of the same names; what the form has not, it leaves out."""
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    values = {name: form[name].data for name in names if name in form and name not in given}
    return kind(**values, **given)


class StatedForm(FlaskForm):  # type: ignore[misc]
    """Texts that state something; publishing asks for certainty and source, saving does not."""

    certainty = certainty()
    source = line(_l("Source of what is said"))
    seen = seen_field()


class SluggedForm(StatedForm):
    """The address is made from the Vietnamese name when it is left empty."""

    slug = slug(_l("Address"))
    named_by = "name_vi"

    def address(self) -> str:
        return self.slug.data or slug_of(str(self[self.named_by].data)) or "trung-bay"


class ExhibitionForm(SluggedForm):
    named_by = "title_vi"
    title_vi = line(_l("Title"), 120, NAME_IT)
    title_en = line(_l("Title"), 120, NAME_IT)
    subtitle_vi = line(_l("Subtitle"))
    subtitle_en = line(_l("Subtitle"))
    intro_vi = paragraphs(_l("Introduction"), 9)
    intro_en = paragraphs(_l("Introduction"), 9)
    curator_vi = line(_l("Curated by"))
    curator_en = line(_l("Curated by"))


class NewExhibitionForm(FlaskForm):  # type: ignore[misc]
    title_vi = line(_l("Title"), 120, NAME_IT)
    title_en = line(_l("Title"), 120, NAME_IT)
    slug = slug(_l("Address"))

    def address(self) -> str:
        return self.slug.data or slug_of(str(self.title_vi.data)) or "trung-bay"


class NewRoomForm(FlaskForm):  # type: ignore[misc]
    name_vi = line(_l("Name of the room"), 120, NAME_IT)
    name_en = line(_l("Name of the room"), 120, NAME_IT)
    slug = slug(_l("Address"))

    def address(self) -> str:
        return self.slug.data or slug_of(str(self.name_vi.data)) or "phong"


class RoomForm(SluggedForm):
    name_vi = line(_l("Name of the room"), 120, NAME_IT)
    name_en = line(_l("Name of the room"), 120, NAME_IT)
    intro_vi = paragraphs(_l("Introduction"), 7)
    intro_en = paragraphs(_l("Introduction"), 7)
    simple_vi = paragraphs(_l("In simple words"), 4)
    simple_en = paragraphs(_l("In simple words"), 4)


class ExhibitForm(StatedForm):
    text_vi = paragraphs(_l("Why it stands here"), 8)
    text_en = paragraphs(_l("Why it stands here"), 8)
    simple_vi = paragraphs(_l("In simple words"), 4)
    simple_en = paragraphs(_l("In simple words"), 4)


class PublicationForm(FlaskForm):  # type: ignore[misc]
    """Both may be left empty: it opens at once, and stays open."""

    opens_at = MomentField(_l("Opens"))
    closes_at = MomentField(_l("Closes"))

    def validate_opens_at(self, field: MomentField) -> None:
        if field.data and field.data <= clock.now():
            raise ValidationError(gettext("This time has passed. Leave it empty to open at once."))

    def validate_closes_at(self, field: MomentField) -> None:
        if field.data and field.data <= self._opening():
            raise ValidationError(str(CLOSES_BEFORE_OPENING))

    def _opening(self) -> datetime:
        opens: datetime | None = self.opens_at.data
        return opens or clock.now()


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A button alone, with its token."""
