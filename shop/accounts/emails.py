"""E-mail addresses: one stored form, so that one mailbox has one account."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254


class InvalidEmail(ValueError):
    """A text that is no e-mail address."""


class AccentedEmail(InvalidEmail):
    """Letters before @ that few mail servers take (RFC 6531), and ours does not send to."""


def parse_email(text: str) -> str:
    """The address as it is stored and written to: ASCII, without spaces around it, lower case.

    A domain in other letters becomes punycode (RFC 5891); before @ they are refused. RFC 5321
    lets the part before @ differ by case; no provider in use does. Raises InvalidEmail. Whether
    mail arrives there is not asked: only a followed link proves that.
    """
    typed = text.strip()
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        is_accented = not typed.rpartition("@")[0].isascii()
        raise (AccentedEmail if is_accented else InvalidEmail)(str(error)) from error
    address = (found.ascii_email or "").lower()
    if len(address) > LONGEST_ADDRESS:
        raise InvalidEmail("longer than SMTP carries")
    return address
