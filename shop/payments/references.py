"""Transfer references: what a buyer's bank carries to ours so that the payment finds its order.

`BT`, six random characters and a check character. Banks change case, drop punctuation, insert
spaces and put their own numbers before and after; people type by hand. So the alphabet has no two
characters that look alike (no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U), and its size is prime, so the check
character catches every single wrong character and every exchange of two.
"""

import re
import secrets

from shop.core.vietnamese import nfc

PREFIX = "BT"
ALPHABET = "34679ACDEFGHJKMNPRTVWXY"
_RANDOM_CHARACTERS = 6

# A look-ahead, so that a BT inside another match is not passed over.
_CANDIDATE = re.compile(rf"(?={PREFIX}([{ALPHABET}]{{{_RANDOM_CHARACTERS}}})([{ALPHABET}]))")


def payment_reference() -> str:
    """Return a new reference such as `BT7KX9MP4`, one of 148 million; the caller keeps it unique.

    It identifies a payment and authorises nothing.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return f"{PREFIX}{body}{_check_character(body)}"


def find_references(text: str) -> list[str]:
    """Return every distinct valid reference in a statement's free text, in order of appearance."""
    packed = re.sub(r"[^0-9A-Z]", "", nfc(text).upper())
    valid = (
        f"{PREFIX}{body}{check}"
        for body, check in _CANDIDATE.findall(packed)
        if _check_character(body) == check
    )
    return list(dict.fromkeys(valid))


def normalise_reference(text: str) -> str | None:
    """Return the one valid reference in `text` as it was issued.

    None if there is none, or if there are several: which one was meant is then for a person.
    """
    found = find_references(text)
    return found[0] if len(found) == 1 else None


def _check_character(body: str) -> str:
    """Weigh each character by its place, modulo the prime size of the alphabet."""
    total = sum(
        weight * ALPHABET.index(character) for weight, character in enumerate(body, start=1)
    )
    # The check character's own weight is -1: its exchange with a neighbour is caught too.
    return ALPHABET[total % len(ALPHABET)]
