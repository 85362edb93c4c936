"""What officers type about the craft fund: grants, their papers, and apprentices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import Length, StopValidation, ValidationError

from shop.accounts.fields import (
    DongField,
    Filled,
    TextField,
    choice,
    day_field,
    one_of,
    typed,
)
from shop.accounts.fields import label as _l
from shop.core.clock import today_in_hanoi
from shop.core.i18n import localized
from shop.fund.actions import Proposal
from shop.fund.papers import Paper, read_paper
from shop.office.forms.fields import NumberField, line
from shop.office.forms.sent_files import SentFileField
from shop.workshops.queries import WorkshopRow

FIRST_YEAR = 1950


def _workshop_choices(workshops: Sequence[WorkshopRow]) -> list[Any]:
    return [choice(row.slug, localized(row, "name")) for row in workshops]


class ProposalForm(FlaskForm):  # type: ignore[misc]
    workshop = one_of(_l("Workshop"), _l("Choose a workshop of the list."))
    recipient = TextField(
        _l("Or somebody else"),
        [Length(max=120, message=_l("At most 120 characters."))],
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )
    amount = DongField(_l("Amount"), [Filled(_l("Say how much."))])
    purpose_vi = line(_l("Purpose"), 300, _l("Say what it is for, in Vietnamese."))
    purpose_en = line(_l("Purpose"), 300, _l("Say what it is for, in English."))

    def __init__(self, workshops: Sequence[WorkshopRow], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.workshop.choices = [choice("", gettext("None of them")), *_workshop_choices(workshops)]

    def validate_recipient(self, field: TextField) -> None:
        if not self.workshop.data and not field.data:
            raise ValidationError(gettext("Choose a workshop, or name who receives it."))
        if self.workshop.data and field.data:
            raise ValidationError(gettext("Either a workshop or somebody else, not both."))

    def validate_amount(self, field: DongField) -> None:
        if field.data == 0:
            raise ValidationError(gettext("Say how much."))

    @property
    def proposal(self) -> Proposal:
        """For a form that has been found valid."""
        return Proposal(
            recipient=typed(self.recipient),
            workshop_slug=self.workshop.data or None,
            purpose_vi=typed(self.purpose_vi),
            purpose_en=typed(self.purpose_en),
            amount=self.amount.data,
        )


class RefusalForm(FlaskForm):  # type: ignore[misc]
    reason = line(_l("Reason"), 300, _l("Say why. The reason stays with the grant."))


class GrantPaymentForm(FlaskForm):  # type: ignore[misc]
    bank_reference = TextField(
        _l("The bank's reference"),
        [
            Filled(_l("Copy the bank's reference of the transfer.")),
            Length(max=80, message=_l("This is too long.")),
        ],
        render_kw={"maxlength": 80, "autocomplete": "off", "spellcheck": "false"},
    )
    paid_on = day_field(
        _l("Paid on"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say on which day it was paid."))],
        default=today_in_hanoi,
    )

    @property
    def day(self) -> date:
        """For a form that has been found valid."""
        if self.paid_on.data is None:
            raise ValueError("the form has not been found valid")
        return self.paid_on.data

    def validate_paid_on(self, field: DateField) -> None:
        if field.data and field.data > today_in_hanoi():
            raise ValidationError(gettext("This day has not come yet."))


class PaperFileField(SentFileField):
    def taken_in(self, file: bytes, form: Any) -> Paper:
        return read_paper(file)


class PaperForm(FlaskForm):  # type: ignore[misc]
    file = PaperFileField(_l("PDF or picture"))
    title_vi = line(_l("Title"), 120, _l("Give the document a title in Vietnamese."))
    title_en = line(_l("Title"), 120, _l("Give the document a title in English."))

    def validate_file(self, field: PaperFileField) -> None:
        if field.data is None:
            raise StopValidation(gettext("Choose a document."))

    @property
    def paper(self) -> Paper:
        """For a form that has been found valid."""
        if not isinstance(self.file.data, Paper):
            raise TypeError("the form has not been found valid")
        return self.file.data


class ApprenticesForm(FlaskForm):  # type: ignore[misc]
    workshop = one_of(_l("Workshop"), _l("Choose a workshop of the list."))
    year = NumberField(
        _l("Year"), [Filled(_l("Give the year."))], lowest=FIRST_YEAR, highest=2100, whole=True
    )
    apprentices = NumberField(
        _l("Apprentices"),
        [Filled(_l("Say how many there were."))],
        lowest=0,
        highest=999,
        whole=True,
    )
    source = line(_l("Source"), 300, _l("Say who counted, and when."))

    def __init__(self, workshops: Sequence[WorkshopRow], **kwargs: Any) -> None:
        super().__init__(prefix="count-", **kwargs)
        self.workshop.flags.required = True
        self.workshop.choices = _workshop_choices(workshops)

    def validate_year(self, field: NumberField) -> None:
        if field.data is not None and field.data > today_in_hanoi().year:
            raise ValidationError(gettext("This year has not come yet."))
