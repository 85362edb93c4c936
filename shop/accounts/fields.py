"""Form fields that hold a stored form (E.164, whole đồng) and show what was typed."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, Field, HiddenField, SelectField, StringField, TelField
from wtforms import EmailField as PlainEmailField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, StopValidation
from wtforms.widgets import TextInput

from shop.accounts.emails import LONGEST_ADDRESS, AccentedEmail, InvalidEmail, parse_email
from shop.core.i18n import language
from shop.core.ids import public_id
from shop.core.money import parse_dong
from shop.core.phones import InvalidPhone, PhoneProblem, display, parse_phone
from shop.core.vietnamese import nfc


def label(text: str) -> str:
    """A text looked up when it is shown; WTForms' types know no lazy ones."""
    return cast(str, lazy_gettext(text))


_l = label
PHONE_PROBLEMS = {
    PhoneProblem.TOO_SHORT: _l("Digits are missing from this telephone number."),
    PhoneProblem.TOO_LONG: _l("This telephone number has too many digits."),
    PhoneProblem.INVALID: _l("There is no such telephone number."),
    PhoneProblem.NOT_A_NUMBER: _l("Digits only, with + and the country in front from abroad."),
}


def one_of(label: str, refusal: str, validators: Any = (), **kwargs: Any) -> SelectField:
    """A list to choose from; `refusal` answers what is not on it (WTForms' own is English)."""
    kwargs["invalid_choice_message"] = refusal  # Newer than the published types.
    kwargs.setdefault("choices", [])  # What is offered later; until then, nothing is.
    return SelectField(label, validators, **kwargs)


def day_field(label: str, refusal: str, validators: Any = (), **kwargs: Any) -> DateField:
    """A day; `refusal` answers what is none."""
    kwargs["invalid_value_message"] = refusal
    return DateField(label, validators, **kwargs)


def choice(value: str, shown: str) -> Any:
    """One option of a SelectField; tuples are on their way out of WTForms."""
    return SelectChoice(value, shown)


def typed(field: Field) -> str:
    """The text of a field that has been found valid; empty for one left empty."""
    return str(field.data or "")


class Filled:
    """Something must be left once the field has brought what was typed into its stored form.

    InputRequired looks at the raw text instead, so that blanks would pass for an answer.
    """

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, _form: Any, field: Field) -> None:
        blank = not field.data.strip() if isinstance(field.data, str) else field.data is None
        if not blank:
            return
        if field.errors and any(str(text).strip() for text in field.raw_data or ()):
            raise StopValidation  # The field has said why it cannot read what was typed.
        field.errors = []
        raise StopValidation(self.message)


def key_field() -> HiddenField:
    """Sent again with the same page, the same thing is done once."""
    too_long = Length(max=40, message=label("This is too long."))
    return HiddenField(validators=[Filled(label("Please try again.")), too_long], default=public_id)


class TextField(StringField):
    """A line of text, stored in NFC with single spaces."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = " ".join(nfc(valuelist[0]).split())


class EmailField(PlainEmailField):
    """`data` is the address as parse_email gives it, once it has been found valid."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs["render_kw"] = {
            "autocomplete": "email",
            "maxlength": LONGEST_ADDRESS,
            "spellcheck": "false",
            **kwargs.get("render_kw", {}),
        }
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        return str(self.raw_data[0] if self.raw_data else self.data or "")

    def pre_validate(self, form: Any) -> None:
        self.data = (self.data or "").strip()
        if not self.data:
            return
        try:
            self.data = parse_email(self.data)
        except AccentedEmail:
            raise StopValidation(
                gettext(
                    "Before the @ use plain letters without accents;"
                    " our mail does not arrive otherwise."
                )
            ) from None
        except InvalidEmail:
            raise StopValidation(
                gettext("This is not a whole e-mail address, such as lan@example.vn.")
            ) from None


class PhoneField(TelField):
    """`data` is the number in E.164 once it has been found valid, None when left empty."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs["render_kw"] = {
            "autocomplete": "tel",
            "maxlength": 40,
            **kwargs.get("render_kw", {}),
        }
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return display(self.data, language()) if self.data else ""

    def country(self, _form: Any) -> str:
        """Where a number without + is dialled, as an ISO code."""
        return "VN"

    def refusal(self, _form: Any, problem: PhoneProblem) -> str:
        return str(PHONE_PROBLEMS[problem])

    def pre_validate(self, form: Any) -> None:
        self.data = (self.data or "").strip() or None
        if self.data is None:
            return
        try:
            self.data = parse_phone(self.data, self.country(form))
        except InvalidPhone as error:
            raise StopValidation(self.refusal(form, error.reason)) from None


class DongField(Field):
    """`data` is whole đồng once what was typed, 1.250.000 or 1250000, has been found a sum."""

    widget = TextInput()

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs["render_kw"] = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 30,
            **kwargs.get("render_kw", {}),
        }
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def pre_validate(self, form: Any) -> None:
        typed = str(self.data or "").strip()
        self.data = None
        if not typed:
            return
        try:
            self.data = parse_dong(typed).dong
        except ValueError:
            raise StopValidation(gettext("Write a sum in đồng, such as 1.250.000.")) from None
