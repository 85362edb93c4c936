"""What was paid to the tax office, as the bank's statement has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import Length, NumberRange
from wtforms.widgets import HiddenInput

from shop.accounts.fields import DongField, Filled, TextField, day_field, typed
from shop.accounts.fields import label as _l
from shop.core.clock import today_in_hanoi
from shop.taxes.actions.payments import PaidTax


class TaxPaymentForm(FlaskForm):  # type: ignore[misc]
    """`number` says which payment of the month the page offered to write down."""

    number = IntegerField(
        validators=[NumberRange(1, 1000, message=_l("Please try again."))], widget=HiddenInput()
    )
    vat = DongField(_l("VAT paid"), [Filled(_l("Copy the sum from the statement, or 0."))])
    pit = DongField(_l("Income tax paid"), [Filled(_l("Copy the sum from the statement, or 0."))])
    paid_on = day_field(
        _l("Paid on"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say on which day it was paid."))],
        default=today_in_hanoi,
    )
    note = TextField(
        _l("Number of the payment"),
        [
            Filled(_l("Copy the number from the receipt of the state treasury or the bank.")),
            Length(max=120, message=_l("This is too long.")),
        ],
        render_kw={"maxlength": 120, "autocomplete": "off", "spellcheck": "false"},
    )

    def details(self, month: date) -> PaidTax:
        """For a form that has been found valid."""
        number: Any = self.number.data
        if number is None or self.paid_on.data is None:
            raise ValueError("the form has not been found valid")
        return PaidTax(
            month, number, self.vat.data, self.pit.data, self.paid_on.data, typed(self.note)
        )
