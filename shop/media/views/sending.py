"""How stored files go out: kept for good by whoever gets them, in parts when asked for."""

from __future__ import annotations

import re

from flask import Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from shop.core.errors import Missing
from shop.media.current import media_storage
from shop.media.storage import NotStored, private_key

PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
ONE_YEAR = 365 * 24 * 3600


def refuse_other_ids(public_id: str) -> None:
    if not PUBLIC_ID.fullmatch(public_id):
        raise Missing


def send_stored(key: str, mimetype: str) -> Response:
    """A file never changes under its address, so whoever has it need not ask again."""
    try:
        path = media_storage().path(key)
    except NotStored:
        raise Missing from None
    try:
        response = send_file(path, mimetype=mimetype, etag=path.stem, max_age=ONE_YEAR)
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{path.stat().st_size}"})
    keep_for_good(response)
    if request.method == "HEAD" or response.status_code == 304:
        response.close()  # Nobody reads the file that send_file has opened.
    return response


def send_privately(public_id: str) -> Response:
    """A private picture to who may see it: kept by nobody on the way."""
    try:
        path = media_storage().path(private_key(public_id))
    except NotStored:
        raise Missing from None
    response = send_file(path, mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def keep_for_good(response: Response) -> None:
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.cache_control.max_age = ONE_YEAR
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"


def open_to_other_sites(response: Response) -> Response:
    """Any page may read it, as viewers elsewhere must."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
