"""What an officer copies from the bank's statement, and how a workshop is reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field
from wtforms.validators import Length, StopValidation, ValidationError
from wtforms.widgets import TextInput

from shop.accounts.fields import (
    DongField,
    EmailField,
    Filled,
    PhoneField,
    TextField,
    choice,
    day_field,
    key_field,
    one_of,
    typed,
)
from shop.accounts.fields import label as _l
from shop.accounts.places.vietnam import wards_of
from shop.core.clock import today_in_hanoi
from shop.ledger.actions.rates import RateDetails
from shop.ledger.models import RateKind, Sellers, TaxedAs
from shop.ledger.rate_lists import parse_percent
from shop.office.words import RATE_WORDS, SELLERS_WORDS, TAXED_AS_WORDS

HA_NOI = "01"
BAT_TRANG = "00577"


def _at_most(count: int) -> Length:
    return Length(max=count, message=_l("This is too long."))


class TransferForm(FlaskForm):  # type: ignore[misc]
    """Nothing is filled in from what we expect: both come from the statement and must agree."""

    reference = TextField(
        _l("Text or reference"),
        [Filled(_l("Copy the transfer's text from the statement.")), _at_most(300)],
        render_kw={"maxlength": 300, "autocomplete": "off", "spellcheck": "false"},
    )
    amount = DongField(_l("Amount"), [Filled(_l("Copy the amount from the statement."))])
    bank_entry = TextField(
        _l("Entry number"),
        [Filled(_l("Copy the bank's number of this entry.")), _at_most(80)],
        render_kw={"maxlength": 80, "autocomplete": "off", "spellcheck": "false"},
    )
    received_on = day_field(
        _l("Received on"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say on which day it came in."))],
        default=today_in_hanoi,
    )

    @property
    def day(self) -> date:
        """When the money came in; for a form that has been found valid."""
        if self.received_on.data is None:
            raise ValueError("the form has not been found valid")
        return self.received_on.data

    def validate_received_on(self, field: DateField) -> None:
        if field.data and field.data > today_in_hanoi():
            raise ValidationError(gettext("This day has not come yet."))


class ContactForm(FlaskForm):  # type: ignore[misc]
    """Several stand on one page, so each one's fields are named after its workshop."""

    street = TextField(
        _l("House number and street"),
        [Filled(_l("Give the house number and street.")), _at_most(300)],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )
    ward_code = one_of(_l("Ward or commune (Hà Nội)"), _l("Choose the ward or commune."))
    phone = PhoneField(
        _l("Telephone"), [Filled(_l("Give a number."))], render_kw={"autocomplete": "off"}
    )
    email = EmailField(
        _l("E-mail"), [Filled(_l("Give an address."))], render_kw={"autocomplete": "off"}
    )

    def __init__(self, slug: str, **kwargs: Any) -> None:
        super().__init__(prefix=f"{slug}-", **kwargs)
        self.ward_code.flags.required = True
        self.ward_code.choices = [choice(place.code, place.name) for place in wards_of(HA_NOI)]
        if not self.ward_code.data:
            self.ward_code.data = BAT_TRANG


class PercentField(Field):
    """`data` is hundredths of a percent once what was typed, 9 or 0,5 %, has been found a rate."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def pre_validate(self, form: Any) -> None:
        typed = str(self.data or "").strip()
        self.data = None
        if not typed:
            return
        try:
            self.data = parse_percent(typed)
        except ValueError:
            raise StopValidation(gettext("Write a percentage, such as 9 or 0.5.")) from None


class RateForm(FlaskForm):  # type: ignore[misc]
    """A new rate, from a day to come."""

    kind = one_of(_l("What is charged"), _l("Choose what is charged."))
    sellers = one_of(_l("For the sales of"), _l("Choose whose sales it is for."))
    taxed_as = one_of(
        _l("For what is sold"), _l("Choose what it is for."), default=TaxedAs.ALL.value
    )
    percent = PercentField(
        _l("Percent"),
        [Filled(_l("Give the percentage."))],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 10},
    )
    valid_from = day_field(
        _l("From"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say from which day on."))],
    )
    source = TextField(
        _l("Source"),
        [Filled(_l("Say where this rate comes from.")), _at_most(300)],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.flags.required = self.sellers.flags.required = True
        self.taxed_as.flags.required = True
        self.taxed_as.choices = [choice(what, str(words)) for what, words in TAXED_AS_WORDS.items()]
        self.kind.choices = [choice(kind, str(words)) for kind, words in RATE_WORDS.items()]
        self.sellers.choices = [choice(who, str(words)) for who, words in SELLERS_WORDS.items()]

    @property
    def details(self) -> RateDetails:
        """For a form that has been found valid."""
        if self.valid_from.data is None:
            raise ValueError("the form has not been found valid")
        return RateDetails(
            kind=RateKind(self.kind.data),
            sellers=Sellers(self.sellers.data),
            basis_points=self.percent.data,
            valid_from=self.valid_from.data,
            source=typed(self.source),
            taxed_as=TaxedAs(self.taxed_as.data),
        )


class HandInForm(FlaskForm):  # type: ignore[misc]
    """Several stand on one page, so each one's fields are named after its workshop."""

    amount = DongField(_l("Amount handed in"), [Filled(_l("Count what was handed in."))])
    key = key_field()

    def __init__(self, slug: str, **kwargs: Any) -> None:
        super().__init__(prefix=f"{slug}-", **kwargs)


class NettingForm(FlaskForm):  # type: ignore[misc]
    key = key_field()
