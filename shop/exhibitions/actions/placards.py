"""Codes and numbers for the signs in front of the shelf."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.ids import public_id
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibit

CODE_LENGTH = 5
"""33 million codes. One names a sign and opens nothing, so that nobody gains by guessing."""


class NumberTaken(Invalid):
    message = lazy_gettext("Another placard has this number already.")


def give_placard(exhibit: Exhibit, number: int | None = None) -> tuple[Placard, bool]:
    """The exhibit's sign, made when it has none, and whether it was made or renumbered now.

    Without a number the next one is given. Raises NumberTaken.
    """
    placard = db.session.scalar(select(Placard).where(Placard.exhibit_key == exhibit.key))
    if placard is not None and number in (None, placard.number):
        return placard, False
    if number is not None and _is_taken(number):
        raise NumberTaken(fields={"number": NumberTaken.message})
    if placard is not None:
        placard.number = number or placard.number
        return placard, True
    placard = Placard(code=_free_code(), number=number or _next_number(), exhibit_key=exhibit.key)
    db.session.add(placard)
    db.session.flush()
    return placard, True


def _is_taken(number: int) -> bool:
    found = db.session.scalar(select(Placard.id).where(Placard.number == number))
    return found is not None


def _next_number() -> int:
    return (db.session.scalar(select(func.max(Placard.number))) or 0) + 1


def _free_code() -> str:
    while True:
        code = public_id(CODE_LENGTH)
        if db.session.scalar(select(Placard.id).where(Placard.code == code)) is None:
            return code
