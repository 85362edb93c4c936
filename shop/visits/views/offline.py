"""Rooms to take along where there is no network: what each needs, the worker that answers from
what was saved, and the list of what was."""

from __future__ import annotations

from functools import lru_cache

from flask import Response, current_app, jsonify, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.assets import asset, asset_at, assets_version
from shop.core.errors import Missing
from shop.core.i18n import language, localized, localized_blueprint
from shop.exhibitions.queries import Published, images_of, published, published_exhibition
from shop.exhibitions.views.base import words as words_of_gallery
from shop.exhibitions.views.objects import show_exhibit
from shop.exhibitions.views.rooms import show_room
from shop.exhibitions.ways import Way
from shop.media.current import media_storage
from shop.media.models import Image
from shop.visits.packs import Media, Pack, make_pack, pictures_in, recordings_in
from shop.visits.queries.packs import recordings_of
from shop.visits.views.base import open_blueprint

blueprint = localized_blueprint("offline", __name__, "/gallery")
blueprint.context_processor(words_of_gallery)
KEPT_FOR = 600
"""Seconds; pictures are scaled by the worker meanwhile, and pieces sold."""


@open_blueprint.get("/sw.js")
@audience(Audience.PUBLIC)
def service_worker() -> Response:
    """At the root, since a worker answers for the folder it comes from and those below."""
    code = asset_at(asset("js/sw.js")).read_text()
    response = make_response(f'const VERSION = "{assets_version()}";\n{code}')
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/saved")
@audience(Audience.PUBLIC)
def saved() -> str:
    return render_template("visits/saved.html")


@blueprint.get("/<exhibition>/<room>/pack.json")
@audience(Audience.PUBLIC)
def pack(exhibition: str, room: str) -> ResponseReturnValue:
    found = published_exhibition(exhibition, clock.now())
    place = found.tree.room(room)
    if place is None:
        raise Missing
    until = int(clock.now().timestamp()) // KEPT_FOR
    made = _pack(current_app.config["SHOP"].var, found.digest, room, language(), until)
    return jsonify(
        room=f"{exhibition}/{room}",
        language=language(),
        name=localized(place, "name"),
        exhibition=localized(found.tree, "title"),
        revision=made.revision,
        bytes=made.bytes,
        pages=[each.url for each in made.pages],
        files=[each.url for each in made.files],
        placards=made.placards,
        numbers=made.numbers,
    )


@lru_cache(maxsize=64)
def _pack(_site: object, digest: str, room_slug: str, _language: str, _until: int) -> Pack:
    """Kept a while in this process: it takes a rendering of every page."""
    open_now = published(clock.now())
    found = next((each for each in open_now if each.digest == digest), None)
    room = found.tree.room(room_slug) if found else None
    if found is None or room is None:
        raise Missing
    way = Way(found.tree.slug)
    exhibits = {way.to_exhibit(room, each): each for each in room.exhibits}
    pages = {way.to_room(room): show_room(way, found.tree, room.slug)}
    for url, each in exhibits.items():
        pages[url] = show_exhibit(way, found.tree, (room.slug, each.slug), open_now)
    pages[url_for("offline.saved")] = render_template("visits/saved.html")
    media = Media(
        _small_images(found, pages),
        recordings_of(recordings_in(room, language())),
        media_storage(),
    )
    return make_pack(digest, pages, exhibits, media)


def _small_images(found: Published, pages: dict[str, str]) -> dict[str, Image]:
    """Without the panoramas: to walk in a room takes a viewer, which is not saved."""
    panoramas = {room.panorama.image for room in found.tree.rooms if room.panorama}
    return images_of(pictures_in(pages.values()) - panoramas)
