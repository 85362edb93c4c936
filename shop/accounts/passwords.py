"""Passwords: kept as Argon2id hashes, and refused when anyone would guess them.

The rules are those of NIST SP 800-63B-4, section 3.1.1.2: length counts, composition does not;
nothing is asked to expire; what is common, or made of the person's own name, is refused.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext, ngettext

from shop.core.vietnamese import fold

MINIMUM_LENGTH = 12
# Longer ones would only let a visitor make the server hash for longer.
MAXIMUM_LENGTH = 256
FEWEST_DIFFERENT = 5
FEWEST_BEYOND_OWN_WORDS = 8
SHORTEST_OWN_WORD = 4
NAME_OF_THE_SITE = "battrang"
ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@functools.cache
def _hasher(*, is_test: bool) -> PasswordHasher:
    """OWASP's Password Storage Cheat Sheet (2025) asks for 19 MiB, two passes and one lane."""
    if is_test:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def _current_hasher() -> PasswordHasher:
    return _hasher(is_test=current_app.config["SHOP"].is_test)


def _normal(password: str) -> str:
    """One form for what keyboards write in several: NFKC, as NIST SP 800-63B-4 suggests."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """An Argon2id hash in PHC form, salted; about 97 characters. Takes tens of milliseconds."""
    return _current_hasher().hash(_normal(password))


def verify_password(password_hash: str, password: str) -> bool:
    """Whether this is the password; False for a hash that is none."""
    try:
        return _current_hasher().verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _current_hasher().check_needs_rehash(password_hash)


@functools.cache
def _hash_of_nobody(*, is_test: bool) -> str:
    return _hasher(is_test=is_test).hash("nobody's password, never accepted")


def verify_nobodys_password(password: str) -> None:
    """Take as long as verifying a password does, when there is no such person."""
    verify_password(_hash_of_nobody(is_test=current_app.config["SHOP"].is_test), password)


@functools.cache
def _common() -> frozenset[str]:
    lines = files("shop.accounts").joinpath("common_passwords.txt").read_text().splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_walk(folded: str) -> bool:
    """Whether it walks along the alphabet, the digits or a row of keys, either way, over again."""
    times = MAXIMUM_LENGTH
    return any(folded in row * times or folded in row[::-1] * times for row in ROWS)


def _own_words(own: Iterable[str]) -> list[str]:
    """The person's words as they would be typed, longest first, the e-mail's name by itself too."""
    words = {NAME_OF_THE_SITE}
    for text in own:
        packed = fold(text).replace(" ", "")
        words |= {packed, packed.partition("@")[0]}
    return sorted((w for w in words if len(w) >= SHORTEST_OWN_WORD), key=len, reverse=True)


def _is_made_of(packed: str, own: Iterable[str]) -> bool:
    rest = packed
    for word in _own_words(own):
        rest = rest.replace(word, "")
    return rest != packed and len(rest) < FEWEST_BEYOND_OWN_WORDS


def fault_of_new_password(password: str, own: Iterable[str] = ()) -> str | None:
    """Why a new password is refused, in the reader's words, or None when it is good.

    `own` are the person's e-mail address and name.
    """
    normal = _normal(password)
    if len(normal) < MINIMUM_LENGTH:
        return ngettext(
            "Only %(num)d character; at least %(count)d are needed.",
            "Only %(num)d characters; at least %(count)d are needed.",
            len(normal),
            count=MINIMUM_LENGTH,
        )
    if len(normal) > MAXIMUM_LENGTH:
        return gettext("At most %(count)d characters.", count=MAXIMUM_LENGTH)
    packed = fold(normal).replace(" ", "")
    if packed in _common() or len(set(packed)) < FEWEST_DIFFERENT or _is_walk(packed):
        return gettext("Too many people use this one, so it is the first to be tried.")
    if _is_made_of(packed, own):
        return gettext(
            "Your own name or address, or the village's name, is what others would try first."
        )
    return None
