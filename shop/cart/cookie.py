"""The cookie that opens a visitor's basket; the database knows only its token's digest."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from shop.accounts.current import current_person
from shop.cart.queries import Holder

BASKET_COOKIE = "__Host-basket"
LIFE = timedelta(days=60)


def holder() -> Holder:
    """Whose basket this request is about."""
    person = current_person()
    return Holder(person.id if person else None, request.cookies.get(BASKET_COOKIE))


def keep_token(response: Response, token: str | None) -> Response:
    """Hand a new basket's token to the browser, or let the one it has live on from today."""
    token = token or request.cookies.get(BASKET_COOKIE)
    if token:
        response.set_cookie(
            BASKET_COOKIE, token, max_age=LIFE, secure=True, httponly=True, samesite="Lax", path="/"
        )
    return response
