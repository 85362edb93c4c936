"""Manifests, collections and searches, open to viewers on any site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request, url_for

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.exhibitions import shown
from shop.exhibitions.presentation.collections import (
    exhibition_collection,
    gallery_collection,
    room_collection,
)
from shop.exhibitions.presentation.manifests import manifest as manifest_of
from shop.exhibitions.presentation.search import found_notes
from shop.exhibitions.presentation.values import CONTEXT, SEARCH_CONTEXT, Json
from shop.exhibitions.queries import (
    images_of,
    published,
    published_exhibition,
    recordings_of,
    standing_exhibit,
)
from shop.exhibitions.views.forwarding import forwarding
from shop.media.models import Image

FIVE_MINUTES = 300

blueprint = Blueprint("presentation", __name__)


@blueprint.get("/iiif/collection")
@audience(Audience.PUBLIC)
def gallery() -> Response:
    found = published(clock.now())
    covers = {each.tree.cover.image for each in found if each.tree.cover}
    return send(gallery_collection(found, images_of(covers)))


@blueprint.get("/iiif/exhibition/<exhibition>/collection")
@audience(Audience.PUBLIC)
@forwarding
def of_exhibition(exhibition: str) -> Response:
    tree = published_exhibition(exhibition, clock.now()).tree
    pictures = [tree.cover, *(room.view for room in tree.rooms)]
    wanted = {picture.image for picture in pictures if picture}
    return send(exhibition_collection(tree, images_of(wanted)))


@blueprint.get("/iiif/exhibition/<exhibition>/<room>/collection")
@audience(Audience.PUBLIC)
@forwarding
def of_room(exhibition: str, room: str) -> Response:
    tree = published_exhibition(exhibition, clock.now()).tree
    found = tree.room(room)
    if found is None:
        raise Missing
    fronts = [found.view, *(exhibit.artefact.front for exhibit in found.exhibits)]
    wanted = {picture.image for picture in fronts if picture}
    return send(room_collection(tree, found, images_of(wanted)))


@blueprint.get("/iiif/object/<key>/manifest")
@audience(Audience.PUBLIC)
def manifest(key: str) -> Response:
    found = standing_exhibit(key, clock.now())
    guides = recordings_of({sound.recording for sound in found.exhibit.sounds})
    return send(manifest_of(found, pictures_of([found.exhibit]), guides))


@blueprint.get("/iiif/object/<key>/search")
@audience(Audience.PUBLIC)
def search_object(key: str) -> Response:
    return _send_notes([standing_exhibit(key, clock.now()).exhibit])


@blueprint.get("/iiif/exhibition/<exhibition>/search")
@audience(Audience.PUBLIC)
@forwarding
def search_exhibition(exhibition: str) -> Response:
    tree = published_exhibition(exhibition, clock.now()).tree
    return _send_notes([each for _, each in tree.exhibits()])


def pictures_of(exhibits: Iterable[shown.Exhibit]) -> dict[str, Image]:
    """The pictures of their artefacts by public id; one SQL statement."""
    return images_of({p.image for exhibit in exhibits for p in exhibit.artefact.pictures})


def _send_notes(exhibits: list[shown.Exhibit]) -> Response:
    path = url_for(request.endpoint or "", **(request.view_args or {}))
    query = urlencode(list(request.args.items(multi=True)))
    address = f"{current_app.config['SHOP'].public_url}{path}" + (f"?{query}" if query else "")
    return send(found_notes(address, request.args, exhibits, pictures_of(exhibits)))


def send(data: Json, mimetype: str | None = None) -> Response:
    """As linked data, or as `mimetype`; cached for five minutes, since the gallery changes."""
    profile = SEARCH_CONTEXT if data.get("@context") == SEARCH_CONTEXT else CONTEXT
    kind = mimetype or f'application/ld+json;profile="{profile}"'
    response = Response(json.dumps(data, ensure_ascii=False), content_type=kind)
    response.cache_control.public = True
    response.cache_control.max_age = FIVE_MINUTES
    response.add_etag()
    response.make_conditional(request)
    return open_to_all(response)


def open_to_all(response: Response) -> Response:
    """To viewers on any site: nothing here is for one person only."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
