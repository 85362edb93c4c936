"""Links to addresses that exhibitions and rooms had before lead to where they are now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from shop.core import clock
from shop.core.errors import Missing
from shop.exhibitions.former_addresses import present_place
from shop.media.views.sending import open_to_other_sites

View = Callable[..., ResponseReturnValue]


def forwarding(view: View) -> View:
    """For views of `exhibition`, and perhaps `room`: a page that has moved is a redirect (301)."""

    @wraps(view)
    def forwarded(**place: str) -> ResponseReturnValue:
        try:
            return view(**place)
        except Missing:
            now = present_place(place["exhibition"], place.get("room"), clock.now())
            if now is None:
                raise
            # Manifests have such links too, which other sites' viewers follow.
            return open_to_other_sites(make_response(redirect(_moved(place, *now), 301)))

    return forwarded


def _moved(place: dict[str, str], exhibition: str, room: str | None) -> str:
    values: dict[str, Any] = {**place, "exhibition": exhibition}
    if room:
        values["room"] = room
    path = url_for(request.endpoint or "", **values)
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path
