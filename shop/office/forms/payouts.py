"""What an officer types about payouts: up to which day, why one failed, terms of trade."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import Length, StopValidation
from wtforms.widgets import TextInput

from shop.accounts.fields import Filled, TextField, choice, day_field, key_field, one_of, typed
from shop.accounts.fields import label as _l
from shop.core.clock import today_in_hanoi
from shop.ledger.actions.terms import TermDetails
from shop.ledger.models import TermOfTrade
from shop.office.words import TERM_WORDS


class PrepareForm(FlaskForm):  # type: ignore[misc]
    """`key` lets a page that is sent twice prepare once."""

    up_to = day_field(
        _l("Up to the end of"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say up to which day."))],
        default=today_in_hanoi,
    )
    key = key_field()

    @property
    def day(self) -> date:
        """For a form that has been found valid."""
        if self.up_to.data is None:
            raise ValueError("the form has not been found valid")
        return self.up_to.data


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Several stand on one page, so each one's fields are named after what it is about."""

    note = TextField(
        _l("Reason"),
        [Length(max=300, message=_l("This is too long."))],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(prefix=f"{about}-", **kwargs)
        self.note.flags.required = True


class WholeNumberField(Field):
    """`data` is a whole number once what was typed has been found one."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def pre_validate(self, form: Any) -> None:
        text = str(self.data or "").strip()
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 3):
            raise StopValidation(gettext("Write a whole number."))
        self.data = int(text)


class TermForm(FlaskForm):  # type: ignore[misc]
    """A new term of trade, from a day to come."""

    kind = one_of(_l("Term"), _l("Choose the term."))
    value = WholeNumberField(
        _l("Number"),
        [Filled(_l("Write a whole number."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 3},
    )
    valid_from = day_field(
        _l("From"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say from which day on."))],
    )
    source = TextField(
        _l("Who settled it"),
        [Filled(_l("Say who settled this.")), Length(max=300, message=_l("This is too long."))],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.flags.required = True
        self.kind.choices = [choice(kind, str(words)) for kind, words in TERM_WORDS.items()]

    @property
    def details(self) -> TermDetails:
        """For a form that has been found valid."""
        if self.valid_from.data is None:
            raise ValueError("the form has not been found valid")
        return TermDetails(
            kind=TermOfTrade(self.kind.data),
            value=self.value.data,
            valid_from=self.valid_from.data,
            source=typed(self.source),
        )
