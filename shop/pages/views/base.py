"""The blueprints of this package, and the cookie that remembers a visitor's language."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, g, request

from shop.core.i18n import LANGUAGE_COOKIE, localized_blueprint
from shop.core.settings import LANGUAGES

blueprint = localized_blueprint("pages", __name__)
open_blueprint = Blueprint("open_pages", __name__)
# Here and not in shop.workshops, for its pages show pieces, which workshops know nothing of.
workshops_blueprint = localized_blueprint("workshops", __name__, "/workshops")
# Likewise not in shop.heritage.
craft_blueprint = localized_blueprint("craft", __name__, "/craft")

REMEMBERED = timedelta(days=365)


@open_blueprint.after_app_request
def _remember_language(response: Response) -> Response:
    """Whoever last read a page in one language is led to that one from the bare address."""
    here = g.get("language")
    if (
        here in LANGUAGES
        and here != request.cookies.get(LANGUAGE_COOKIE)
        and _is_page_of_a_language(response)
    ):
        response.set_cookie(
            LANGUAGE_COOKIE,
            here,
            max_age=REMEMBERED,
            secure=True,
            httponly=True,
            samesite="Lax",
        )
    return response


def _is_page_of_a_language(response: Response) -> bool:
    return (
        request.method == "GET"
        and request.endpoint is not None
        and current_app.url_map.is_endpoint_expecting(request.endpoint, "lang_code")
        and response.status_code == 200
        and response.mimetype == "text/html"
    )
