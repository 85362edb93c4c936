"""How pages and refusals are rendered; the few template helpers that every page uses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Missing, Refused, ShopError, TooMany, Unavailable
from shop.core.transaction import refuse_unsaved_work

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
SAFE = ("GET", "HEAD", "OPTIONS")
DESIGNED = (403, 404, 409, 422, 429, 500, 503)


def is_fragment_request() -> bool:
    """Whether htmx asks for a part of the page (and not for a restored history entry)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def render_refusal(status: int, message: str) -> ResponseReturnValue:
    """The designed page for a refusal, its fragment for htmx, or JSON, by what was asked for."""
    if _wants_json():
        return jsonify(error=message, status=status), status
    if is_fragment_request():
        response = make_response(render_template("errors/notice.html", message=message), status)
        response.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
        return response
    template = f"errors/{status}.html" if status in DESIGNED else "errors/422.html"
    return render_template(template, message=message, status=status), status


def _on_shop_error(error: ShopError) -> ResponseReturnValue:
    db.session.rollback()
    return render_refusal(error.status, str(error.message))


FROM_HTTP: dict[int, type[ShopError]] = {
    403: Refused,
    404: Missing,
    405: Missing,
    409: Conflict,
    422: Invalid,
    429: TooMany,
    503: Unavailable,
}


def _on_http_exception(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, CSRFError):
        return render_refusal(
            422, gettext("This form was open too long. Go back, reload the page and send it again.")
        )
    if isinstance(error, InternalServerError):
        return _render_crash()
    if error.code == 413:
        return render_refusal(422, gettext("What was sent is too large."))
    kind = FROM_HTTP.get(error.code, ShopError)
    return render_refusal(kind.status, str(kind.message))


def _on_rate_limit(_error: RateLimitExceeded) -> ResponseReturnValue:
    return render_refusal(TooMany.status, str(TooMany.message))


def _render_crash() -> ResponseReturnValue:
    """Whatever broke, in the view or around it; Flask has had it logged (logs.py)."""
    db.session.rollback()
    if request.method not in SAFE and g.get("has_committed"):
        message = gettext(
            "Something broke on our side. Part of what you sent may have been carried out: "
            "look before you send it again."
        )
    else:
        message = gettext("Something broke on our side. Nothing you sent was carried out.")
    return render_refusal(500, message)


def _refuse_null_characters() -> None:
    """PostgreSQL keeps none in a text, SQLite does: both databases shall answer alike.

    Names are looked at too, since some are kept: what a buyer agreed to is named by its field.
    """
    if "\x00" in request.path:
        raise Missing
    if any("\x00" in text for text in _texts_sent()):
        raise Invalid


def _texts_sent() -> Iterator[str]:
    pairs = [*request.args.items(multi=True), *request.cookies.items(multi=True)]
    if request.mimetype in FORM_TYPES:
        pairs += request.form.items(multi=True)
        pairs += [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    return chain.from_iterable(pairs)


def _refuse_json_from_people() -> None:
    # Flask-WTF would fill a form from JSON, where there are numbers, lists and null characters
    # that no form sends. Providers' messages come under no language and are read as bytes.
    if (
        request.is_json
        and request.endpoint
        and current_app.url_map.is_endpoint_expecting(request.endpoint, "lang_code")
    ):
        raise Invalid(gettext("This page takes forms only."))


def init_web(app: Flask) -> None:
    app.before_request(_refuse_json_from_people)
    app.before_request(_refuse_null_characters)
    app.register_error_handler(ShopError, _on_shop_error)
    app.register_error_handler(RateLimitExceeded, _on_rate_limit)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(_refuse_unsaved_work)


def _refuse_unsaved_work(response: Any) -> Any:
    refuse_unsaved_work()
    return response
