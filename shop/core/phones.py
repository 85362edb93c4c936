"""Telephone numbers: stored in E.164, shown the way the reader would dial them."""

from enum import StrEnum

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

VIETNAM_COUNTRY_CODE = 84
# First digits after the leading 0 (numbering plan in force since 2018).
_VIETNAMESE_MOBILE = ("3", "5", "7", "8", "9")
_VIETNAMESE_LANDLINE = "2"


class PhoneProblem(StrEnum):
    """Why a telephone number was refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    INVALID = "invalid"
    NOT_A_NUMBER = "not_a_number"


class InvalidPhone(ValueError):
    """A text that is no telephone number in use; `reason` says why."""

    def __init__(self, reason: PhoneProblem) -> None:
        super().__init__(f"telephone number refused: {reason.value}")
        self.reason = reason


_PARSE_PROBLEMS = {
    NumberParseException.NOT_A_NUMBER: PhoneProblem.NOT_A_NUMBER,
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneProblem.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneProblem.TOO_SHORT,
    NumberParseException.TOO_LONG: PhoneProblem.TOO_LONG,
}
_LENGTH_PROBLEMS = {
    ValidationResult.TOO_SHORT: PhoneProblem.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: PhoneProblem.TOO_SHORT,
    ValidationResult.TOO_LONG: PhoneProblem.TOO_LONG,
}


def parse_phone(text: str, country: str = "VN") -> str:
    """Return the number in E.164 (`+84912345678`).

    A number without `+` is read as one of `country` (ISO code). Raises InvalidPhone; letters and
    extensions are refused rather than dropped, because E.164 has no place for them.
    """
    number = _parse(text, country)
    problem = _length_problem(number)
    if problem:
        raise InvalidPhone(problem)
    if number.extension or not phonenumbers.is_valid_number(number):
        raise InvalidPhone(PhoneProblem.INVALID)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def display(e164: str, lang: str) -> str:
    """Write a stored number for readers of `lang`.

    Vietnamese readers see Vietnamese numbers as they dial them (`0912 345 678`); everyone else
    sees the international form. What `parse_phone` would not have stored is shown as it stands:
    a letter or a page about an order must not fail for a number nobody can dial.
    """
    try:
        number = _parse(e164, None)
    except InvalidPhone:
        return e164
    at_home = lang == "vi" and number.country_code == VIETNAM_COUNTRY_CODE
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _parse(text: str, country: str | None) -> PhoneNumber:
    if any(character.isalpha() for character in text):
        raise InvalidPhone(PhoneProblem.NOT_A_NUMBER)
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException as error:
        raise InvalidPhone(_PARSE_PROBLEMS.get(error.error_type, PhoneProblem.INVALID)) from error


def _length_problem(number: PhoneNumber) -> PhoneProblem | None:
    """Say whether digits are missing or too many.

    Short service numbers make almost any length possible in Vietnam, so a number that begins like
    a mobile or a landline is measured as one.
    """
    problem = _LENGTH_PROBLEMS.get(phonenumbers.is_possible_number_with_reason(number))
    kind = _vietnamese_kind(number)
    if problem or kind is None or phonenumbers.is_valid_number(number):
        return problem
    return _LENGTH_PROBLEMS.get(phonenumbers.is_possible_number_for_type_with_reason(number, kind))


def _vietnamese_kind(number: PhoneNumber) -> int | None:
    """Guess from its first digit what a Vietnamese number was meant to be."""
    digits = str(number.national_number)
    if number.country_code != VIETNAM_COUNTRY_CODE:
        return None
    if digits.startswith(_VIETNAMESE_MOBILE):
        return PhoneNumberType.MOBILE
    return PhoneNumberType.FIXED_LINE if digits.startswith(_VIETNAMESE_LANDLINE) else None
