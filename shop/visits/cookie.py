"""The cookies of a visit: one opens what was kept, one says which placards were scanned."""

from __future__ import annotations

import re

from flask import Response, request

from shop.visits.actions.keeping import LIFE
from shop.visits.models import Stage

VISIT_COOKIE = "__Host-visit"
PLACARD_COOKIE = "__Host-placards"
MOST_PLACARDS = 60
"""Of one visit; the one scanned longest ago is forgotten first, for a cookie holds 4 kB."""
_ENTRY = re.compile(r"([0-9a-z]{1,12})-([svmb]*)")
_LETTERS = {Stage.SCAN: "s", Stage.VIEW: "v", Stage.MAKER: "m", Stage.BASKET: "b"}


def visit_token() -> str | None:
    return request.cookies.get(VISIT_COOKIE)


def keep_visit(response: Response, token: str | None) -> Response:
    """Hand a new visit's token to the browser, or let the one it has live on from today."""
    token = token or visit_token()
    if token:
        response.set_cookie(
            VISIT_COOKIE, token, max_age=LIFE, secure=True, httponly=True, samesite="Lax", path="/"
        )
    return response


def drop_cookie(response: Response, name: str) -> None:
    response.delete_cookie(name, secure=True, httponly=True, samesite="Lax", path="/")


class Scanned:
    """The placards of a visit, the one scanned last at the end, and the stages counted of each.

    It is as long as the browser is open, and holds nothing by which a person could be told.
    """

    def __init__(self, cookie: str | None) -> None:
        entries = (_ENTRY.fullmatch(part) for part in (cookie or "").split("."))
        self._stages = {entry[1]: entry[2] for entry in entries if entry}
        self.is_changed = False

    @property
    def last(self) -> str | None:
        return next(reversed(self._stages), None)

    def scan(self, code: str) -> None:
        self._stages[code] = self._stages.pop(code, "")
        self.is_changed = True

    def has_counted(self, code: str, stage: Stage) -> bool:
        return _LETTERS[stage] in self._stages.get(code, "")

    def count(self, code: str, stage: Stage) -> None:
        self._stages[code] += _LETTERS[stage]
        self.is_changed = True

    def write(self, response: Response) -> None:
        """As a cookie that ends with the browser: it is given no age."""
        entries = list(self._stages.items())[-MOST_PLACARDS:]
        value = ".".join(f"{code}-{stages}" for code, stages in entries)
        response.set_cookie(
            PLACARD_COOKIE, value, secure=True, httponly=True, samesite="Lax", path="/"
        )
