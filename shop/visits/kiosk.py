"""A kiosk: a screen in the hall that shows the gallery and leads nowhere else.

Its browser carries a signed cookie which says where it begins, in which language, and what code
leaves it. Of the code there is only a digest that nobody makes without the site's secret.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import ClassVar

from itsdangerous import BadSignature, URLSafeSerializer

from shop.core.ids import public_id
from shop.core.settings import LANGUAGES

CODE_LENGTH = 8
"""40 random bits, tried a few times a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """Where it begins: an exhibition's slug and a language; and what leaves it, as a digest."""

    exhibition: str
    language: str
    leaving: str
    idle_seconds: ClassVar[int] = 90
    countdown_seconds: ClassVar[int] = 15


def _signer(secret: str, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"kiosk-{salt}")


def new_kiosk(exhibition: str, language: str, secret: str) -> tuple[Kiosk, str]:
    """A kiosk, and the code that leaves it, which is told once."""
    code = public_id(CODE_LENGTH)
    return Kiosk(exhibition, language, code_digest(code, secret)), code


def code_digest(code: str, secret: str) -> str:
    """Of a code as it is typed: in any case, with or without spaces."""
    plain = "".join(code.split()).lower()
    return hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()


def opens(kiosk: Kiosk, code: str, secret: str) -> bool:
    """Whether this code leaves the kiosk."""
    return hmac.compare_digest(kiosk.leaving, code_digest(code, secret))


def as_cookie(kiosk: Kiosk, secret: str) -> str:
    signed: str = _signer(secret, "cookie").dumps([kiosk.exhibition, kiosk.language, kiosk.leaving])
    return signed


def from_cookie(cookie: str | None, secret: str) -> Kiosk | None:
    """None for no cookie, and for one that this site did not write."""
    try:
        exhibition, language, leaving = _signer(secret, "cookie").loads(cookie or "")
    except (BadSignature, ValueError, TypeError):
        return None
    return Kiosk(exhibition, language, leaving) if language in LANGUAGES else None


def signed_address(address: str, secret: str) -> str:
    """An address that may be handed over: nobody else's can be shown under our name."""
    signed: str = _signer(secret, "address").dumps(address)
    return signed


def address_of(signed: str, secret: str) -> str | None:
    """None for what this site did not sign."""
    try:
        return str(_signer(secret, "address").loads(signed))
    except BadSignature:
        return None
