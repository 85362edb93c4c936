"""How a visitor wants to be told: chosen once, remembered from room to room."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import Response, request
from flask_babel import LazyString, lazy_gettext

COOKIE = "gallery-format"
REMEMBERED = timedelta(days=30)


class Format(StrEnum):
    """To read, to hear, to see signed, or to read in plain words."""

    READ = "read"
    LISTEN = "listen"
    SIGN = "sign"
    SIMPLE = "simple"


FORMAT_NAMES: dict[Format, LazyString] = {
    Format.READ: lazy_gettext("Read"),
    Format.LISTEN: lazy_gettext("Listen"),
    Format.SIGN: lazy_gettext("Sign language"),
    Format.SIMPLE: lazy_gettext("Plain words"),
}


def chosen_format() -> Format:
    """What was chosen before, else to read."""
    return as_format(request.cookies.get(COOKIE)) or Format.READ


def as_format(text: str | None) -> Format | None:
    return Format(text) if text in set(Format) else None


def remember_format(response: Response, chosen: Format) -> None:
    response.set_cookie(
        COOKIE, chosen.value, max_age=REMEMBERED, secure=True, httponly=True, samesite="Lax"
    )
