"""Asking for the link to an order again, and saying where money is to go back to."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import Length, ValidationError

from shop.accounts.emails import InvalidEmail, parse_email
from shop.accounts.fields import Filled, TextField, choice, one_of, typed
from shop.accounts.fields import label as _l
from shop.core.phones import InvalidPhone, parse_phone
from shop.payments.bank_details import CardNumber, GivenAccount, parse_account, parse_holder
from shop.payments.banks import BANKS
from shop.payments.references import normalise_reference


class FindForm(FlaskForm):  # type: ignore[misc]
    """`reference`, and `email` or `phone`, hold stored forms once the form was found valid."""

    reference = TextField(
        _l("Order number"),
        [
            Filled(_l("Give the order number.")),
            Length(max=40, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "maxlength": 40},
    )
    contact = TextField(
        _l("E-mail or telephone of the order"),
        [
            Filled(_l("Give the e-mail address or telephone number.")),
            Length(max=254, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "email", "maxlength": 254},
    )
    email: str | None = None
    phone: str | None = None

    def validate_reference(self, field: Field) -> None:
        if normalise_reference(field.data) is None:
            raise ValidationError(
                _l("This is not one of our order numbers. They look like BT7KX9MP4.")
            )

    def validate_contact(self, field: Field) -> None:
        try:
            if "@" in field.data:
                self.email = parse_email(field.data)
            else:
                self.phone = parse_phone(field.data)
        except (InvalidEmail, InvalidPhone):
            raise ValidationError(
                _l("This is neither a whole e-mail address nor a telephone number.")
            ) from None

    @property
    def normal_reference(self) -> str:
        return normalise_reference(self.reference.data or "") or ""


class BankDetailsForm(FlaskForm):  # type: ignore[misc]
    """`account` and `holder` hold stored forms once the form was found valid."""

    bank = one_of(
        _l("Bank"),
        _l("Choose your bank."),
        [Filled(_l("Choose your bank."))],
        render_kw={"autocomplete": "off"},
    )
    account = TextField(
        _l("Account number"),
        [Filled(_l("Give the account number.")), Length(max=40, message=_l("This is too long."))],
        render_kw={"autocomplete": "off", "maxlength": 40, "spellcheck": "false"},
    )
    holder = TextField(
        _l("Account holder"),
        [
            Filled(_l("Give the name the account is kept under.")),
            Length(max=80, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "name", "maxlength": 80, "spellcheck": "false"},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bank.choices = [choice("", _l("Choose a bank"))]
        self.bank.choices += [choice(number, name) for number, name in BANKS.items()]

    def validate_account(self, field: Field) -> None:
        try:
            field.data = parse_account(field.data)
        except CardNumber:
            raise ValidationError(
                _l("This is the number on a card. The account number is shown in your banking app.")
            ) from None
        except ValueError:
            raise ValidationError(_l("An account number is 4 to 19 letters or digits.")) from None

    def validate_holder(self, field: Field) -> None:
        try:
            field.data = parse_holder(field.data)
        except ValueError:
            raise ValidationError(
                _l("Write the name as your bank does, such as TRAN MAI LAN.")
            ) from None

    @property
    def given(self) -> GivenAccount:
        """For a form that has been found valid."""
        return GivenAccount(typed(self.bank), typed(self.account), typed(self.holder))
