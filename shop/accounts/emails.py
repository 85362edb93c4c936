"""E-mail addresses: one stored form, so that one mailbox has one account."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254


class InvalidEmail(ValueError):
    """A text that is no e-mail address."""


def parse_email(text: str) -> str:
    """The address as it is stored: NFC, without spaces around it, lower case.

    RFC 5321 lets the part before @ differ by case; no provider in use does. Raises InvalidEmail.
    Whether mail arrives there is not asked: only a followed link proves that.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidEmail(str(error)) from error
    address = found.normalized.lower()
    if len(address) > LONGEST_ADDRESS:
        raise InvalidEmail("longer than SMTP carries")
    return address
