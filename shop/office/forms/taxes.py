"""What was paid to the tax office, and what pieces are taxed as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from shop.accounts.fields import DongField, Filled, TextField, choice, day_field, one_of, typed
from shop.accounts.fields import label as _l
from shop.core.clock import today_in_hanoi
from shop.ledger.models import TaxedAs
from shop.office.forms.fields import NumberField
from shop.office.words import TAXED_AS_WORDS
from shop.taxes.actions.payments import PaidTax


class TaxPaymentForm(FlaskForm):  # type: ignore[misc]
    """`number` says which payment of the month the page offered to write down."""

    number = NumberField(
        validators=[Filled(_l("Please try again."))],
        lowest=1,
        highest=1000,
        whole=True,
        widget=HiddenInput(),
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


class TaxedAsForm(FlaskForm):  # type: ignore[misc]
    """What a piece is to the tax office; `pieces` are slugs with their names."""

    slug = one_of(_l("Piece"), _l("Choose a piece."))
    taxed_as = one_of(_l("Taxed as"), _l("Choose what it is taxed as."))
    note = TextField(
        _l("Why"),
        [
            Filled(_l("Say who has found so, and why.")),
            Length(max=300, message=_l("This is too long.")),
        ],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )

    def __init__(self, pieces: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.slug.flags.required = self.taxed_as.flags.required = True
        self.slug.choices = [choice(slug, name) for slug, name in pieces]
        self.taxed_as.choices = [
            choice(what, str(words))
            for what, words in TAXED_AS_WORDS.items()
            if what is not TaxedAs.ALL
        ]
