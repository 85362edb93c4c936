"""The draft as visitors would see it, for whoever holds its link; search engines stay outside."""

from __future__ import annotations

from flask import Response, make_response

from shop.core import clock
from shop.core.access import Audience, audience
from shop.exhibitions.queries import Published, draft_by_preview_key, published
from shop.exhibitions.views.base import blueprint
from shop.exhibitions.views.index import show_exhibition
from shop.exhibitions.views.objects import show_exhibit
from shop.exhibitions.views.rooms import show_room
from shop.exhibitions.ways import Way


@blueprint.get("/preview/<key>")
@audience(Audience.PUBLIC)
def preview(key: str) -> Response:
    tree = draft_by_preview_key(key)
    return _unlisted(show_exhibition(Way(tree.slug, key), Published(tree, clock.now(), None)))


@blueprint.get("/preview/<key>/<room>")
@audience(Audience.PUBLIC)
def preview_room(key: str, room: str) -> Response:
    tree = draft_by_preview_key(key)
    return _unlisted(show_room(Way(tree.slug, key), tree, room))


@blueprint.get("/preview/<key>/<room>/<exhibit>")
@audience(Audience.PUBLIC)
def preview_exhibit(key: str, room: str, exhibit: str) -> Response:
    tree = draft_by_preview_key(key)
    return _unlisted(
        show_exhibit(Way(tree.slug, key), tree, (room, exhibit), published(clock.now()))
    )


def _unlisted(page: str) -> Response:
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    # The address is the key: other sites shall not learn it from a link followed here.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
