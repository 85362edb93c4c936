"""A section of an exhibition or of a room: each kind asks for what it shows."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from wtforms import FieldList, Form, FormField, HiddenField

from shop.accounts.fields import choice, one_of
from shop.accounts.fields import label as _l
from shop.exhibitions.models.rooms import PICTURES_OF_SECTION, SectionKind
from shop.office.forms.exhibitions import StatedForm
from shop.office.forms.fields import NumberField, line, paragraphs, several_of

NOT_ON_THE_LIST = _l("Choose one of the list.")
SPARE_ROWS = 2
MOST_ROWS = 30


class ShownForm(Form):
    """A picture of the section, by the public id of its image, and what is written beside it."""

    picture = one_of(_l("Picture"), NOT_ON_THE_LIST, default="")
    place = NumberField(_l("Place in the order"), lowest=1, highest=99, whole=True)
    label_vi = line(_l("Label"))
    label_en = line(_l("Label"))
    text_vi = paragraphs(_l("Text beside the picture"), 2)
    text_en = paragraphs(_l("Text beside the picture"), 2)


class SectionForm(StatedForm):
    heading_vi = line(_l("Heading"))
    heading_en = line(_l("Heading"))
    text_vi = paragraphs(_l("Text of the section"), 7)
    text_en = paragraphs(_l("Text of the section"), 7)
    attribution_vi = line(_l("Who said it, and where"))
    attribution_en = line(_l("Who said it, and where"))
    before = one_of(_l("Where it stands"), NOT_ON_THE_LIST, default="")
    entries = several_of(_l("Years to show"))
    workshops = several_of(_l("Workshops to show"))
    pictures = FieldList(FormField(ShownForm), max_entries=MOST_ROWS + SPARE_ROWS)
    after = HiddenField(default="0")

    def offer(
        self,
        *,
        pictures: list[Any],
        exhibits: list[tuple[str, str]],
        entries: list[tuple[str, str]],
        workshops: list[tuple[str, str]],
    ) -> None:
        """What may be chosen. To be called before the form is looked at or shown."""
        self.before.choices = [choice("", gettext("After all exhibits"))]
        self.before.choices += [
            choice(key, gettext("Before “%(name)s”", name=name)) for key, name in exhibits
        ]
        self.entries.choices = [choice(*each) for each in entries]
        self.workshops.choices = [choice(*each) for each in workshops]
        for row in self.pictures:
            row.form.picture.choices = [choice("", gettext("None")), *pictures]

    def leave_room(self, kind: SectionKind) -> None:
        """Empty rows for as many pictures as the kind takes, and two more for a sequence."""
        takes = PICTURES_OF_SECTION[kind]
        wanted = takes[-1] if takes[-1] < MOST_ROWS else len(self.pictures) + SPARE_ROWS
        while len(self.pictures) < min(wanted, MOST_ROWS):
            self.pictures.append_entry()

    def chosen(self) -> list[Any]:
        """The rows that have a picture, in the order their numbers give."""
        rows = [row.form for row in self.pictures if row.form.picture.data]
        return sorted(rows, key=lambda row: row.place.data or MOST_ROWS + 1)
