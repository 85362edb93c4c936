"""Whom an e-invoice is made out to, and how it is found once it has been issued."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field
from wtforms.validators import Length, StopValidation, ValidationError

from shop.accounts.fields import EmailField, Filled, TextField, day_field, typed
from shop.accounts.fields import label as _l
from shop.core.clock import today_in_hanoi
from shop.orders.papers.invoices import InvoiceParty
from shop.orders.papers.tax_codes import InvalidTaxCode, MistypedTaxCode, parse_tax_code

SERIES = re.compile(r"[1-9]?[CK][0-9]{2}[TDLMNBGHX][A-Z]{2}")
"""The sign of an e-invoice since Circular 78/2021/TT-BTC: kind, coded or not, year, use, own."""
NUMBER = re.compile(r"[0-9]{1,8}")
SPACES = re.compile(r"\s")


class Wanted:
    """Filled where an e-invoice is asked for; else what stands there is not looked at."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if not form.asks_for_invoice:
            field.errors = []
            raise StopValidation
        Filled(self.message)(form, field)


class InvoiceEmailField(EmailField):
    def pre_validate(self, form: Any) -> None:
        if form.asks_for_invoice:
            super().pre_validate(form)


def _line(label: str, message: str, longest: int, completed: str) -> TextField:
    too_long = _l("This is too long.")
    return TextField(
        label,
        [Wanted(message), Length(max=longest, message=too_long)],
        render_kw={"maxlength": longest, "autocomplete": completed},
    )


class InvoiceFields:
    """Mixed into the checkout, where they are optional, and into a form of their own."""

    company = _line(_l("Company"), _l("Give the company's registered name."), 300, "organization")
    tax_code = _line(_l("Tax code"), _l("Give the company's tax code."), 20, "off")
    invoice_address = _line(
        _l("Registered address"), _l("Give the company's registered address."), 300, "off"
    )
    invoice_email = InvoiceEmailField(
        _l("E-mail for the e-invoice"),
        [Wanted(_l("Give the address the e-invoice goes to."))],
        render_kw={"autocomplete": "off"},
    )

    @property
    def asks_for_invoice(self) -> bool:
        return True

    def validate_tax_code(self, field: Field) -> None:
        if not field.data:
            return
        try:
            field.data = parse_tax_code(field.data)
        except MistypedTaxCode:
            raise ValidationError(
                gettext("A digit is wrong: the last one does not fit the others.")
            ) from None
        except InvalidTaxCode:
            raise ValidationError(
                gettext("A tax code has 10 digits, or 10 and 3: 0100112437, 0100112437-001.")
            ) from None

    @property
    def invoice_party(self) -> InvoiceParty:
        """For a form that has been found valid and asks for an e-invoice."""
        return InvoiceParty(
            company=typed(self.company),
            tax_code=typed(self.tax_code),
            address=typed(self.invoice_address),
            email=typed(self.invoice_email),
        )


class OptionalInvoiceFields(InvoiceFields):
    wants_invoice = BooleanField(_l("I need an e-invoice made out to a company"))

    @property
    def asks_for_invoice(self) -> bool:
        return bool(self.wants_invoice.data)


class InvoiceForm(InvoiceFields, FlaskForm):  # type: ignore[misc]
    pass


class IssuedForm(FlaskForm):  # type: ignore[misc]
    """`series` and `number` hold what stands on the e-invoice once found valid."""

    series = TextField(
        _l("Series (ký hiệu)"),
        [Filled(_l("Copy the series from the e-invoice."))],
        render_kw={"maxlength": 12, "autocomplete": "off", "autocapitalize": "characters"},
    )
    number = TextField(
        _l("Number"),
        [Filled(_l("Copy the number from the e-invoice."))],
        render_kw={"maxlength": 12, "autocomplete": "off", "inputmode": "numeric"},
    )
    issued_on = day_field(
        _l("Issued on"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say on which day it was issued."))],
        default=today_in_hanoi,
    )

    def validate_series(self, field: Field) -> None:
        field.data = SPACES.sub("", field.data or "").upper()
        if not SERIES.fullmatch(field.data):
            raise ValidationError(gettext("A series looks like 1C26TAA."))

    def validate_number(self, field: Field) -> None:
        field.data = SPACES.sub("", field.data or "")
        if not NUMBER.fullmatch(field.data) or not int(field.data):
            raise ValidationError(gettext("The number has up to eight digits."))

    def validate_issued_on(self, field: DateField) -> None:
        if field.data and field.data > today_in_hanoi():
            raise ValidationError(gettext("This day has not come yet."))

    @property
    def day(self) -> date:
        """For a form that has been found valid."""
        if self.issued_on.data is None:
            raise ValueError("the form has not been found valid")
        return self.issued_on.data
