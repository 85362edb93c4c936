"""What is typed on the account pages."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import Length, Optional, ValidationError

from shop.accounts.fields import EmailField, Filled, PhoneField, TextField, choice, one_of
from shop.accounts.fields import label as _l
from shop.accounts.passwords import MAXIMUM_LENGTH, fault_of_new_password
from shop.core.i18n import LANGUAGE_NAMES

LANGUAGES = [choice(code, name) for code, name in LANGUAGE_NAMES.items()]


def _email() -> EmailField:
    return EmailField(_l("E-mail"), [Filled(_l("Give your e-mail address."))])


def _known_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [
            Filled(_l("Type your password.")),
            Length(max=MAXIMUM_LENGTH, message=_l("This is too long.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [Filled(_l("Choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = _email()
    password = _known_password(_l("Password"))


class _NewPassword(FlaskForm):  # type: ignore[misc]
    """Refuses what anyone would guess, the person's own words included."""

    def own_words(self) -> list[str]:
        """The person's name and address, where the form or its caller knows them."""
        return []

    def validate_password(self, field: PasswordField) -> None:
        fault = fault_of_new_password(field.data or "", self.own_words())
        if fault:
            raise ValidationError(fault)


class ProfileFields:
    name = TextField(
        _l("Your name"),
        [
            Filled(_l("Give your name as it should stand on a parcel.")),
            Length(max=120, message=_l("At most 120 characters.")),
        ],
        render_kw={"autocomplete": "name", "maxlength": 120},
    )
    phone = PhoneField(_l("Telephone"), [Optional()])
    language = one_of(
        _l("Language of our mails"),
        _l("Choose a language."),
        [Filled(_l("Choose a language."))],
        choices=LANGUAGES,
    )


class RegisterForm(ProfileFields, _NewPassword):
    email = _email()
    password = _new_password(_l("Password"))

    def own_words(self) -> list[str]:
        return [self.email.data or "", self.name.data or ""]


class ProfileForm(ProfileFields, FlaskForm):  # type: ignore[misc]
    pass


class ForgottenPasswordForm(FlaskForm):  # type: ignore[misc]
    email = _email()


class NewPasswordForm(_NewPassword):
    """For a person known already: `own` are their address and name."""

    password = _new_password(_l("New password"))

    def __init__(self, *args: Any, own: list[str], **kwargs: Any) -> None:
        self._own = own
        super().__init__(*args, **kwargs)

    def own_words(self) -> list[str]:
        return self._own


class ChangePasswordForm(NewPasswordForm):
    current = _known_password(_l("Password until now"))


class ChangeEmailForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("New e-mail"), [Filled(_l("Give your e-mail address."))])
    current = _known_password(_l("Your password"))
