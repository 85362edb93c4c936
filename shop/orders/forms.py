"""Asking for the link to an order again."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import Length, ValidationError

from shop.accounts.emails import InvalidEmail, parse_email
from shop.accounts.fields import Filled, TextField
from shop.accounts.fields import label as _l
from shop.core.phones import InvalidPhone, parse_phone
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
