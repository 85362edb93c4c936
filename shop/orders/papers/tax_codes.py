"""Vietnamese tax codes of businesses: ten digits, the last of which checks the others, and three
more for a branch. The tests try the weights on the codes of known companies.
"""

from __future__ import annotations

import re

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_WRITTEN = re.compile(r"(?P<code>[0-9]{10})(?:-?(?P<branch>[0-9]{3}))?")
NO_BRANCH = "000"


class InvalidTaxCode(ValueError):
    """It is no tax code, or a digit of it is wrong."""


class MistypedTaxCode(InvalidTaxCode):
    """Its form is right, but its last digit does not fit the others."""


def parse_tax_code(text: str) -> str:
    """`0100112437` or `0100112437-001`, however it was spaced. Raises InvalidTaxCode."""
    match = _WRITTEN.fullmatch(re.sub(r"[\s.]", "", text).replace("–", "-"))
    if match is None or match["branch"] == NO_BRANCH:
        raise InvalidTaxCode(text)
    code = match["code"]
    if check_digit(code[:9]) != int(code[9]):
        raise MistypedTaxCode(text)
    return f"{code}-{match['branch']}" if match["branch"] else code


def check_digit(nine: str) -> int:
    """What the tenth digit has to be; 10, which no digit is, when no code begins like this."""
    return 10 - sum(w * int(d) for w, d in zip(WEIGHTS, nine, strict=True)) % 11
