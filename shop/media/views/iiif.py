"""Deep zoom over HTTP: level 0 of the IIIF Image API 3.0, for our pages and anybody's viewer."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for

from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import absolute_url
from shop.media.current import media_storage
from shop.media.storage import NotStored
from shop.media.tiles import ENCODINGS, read_description, read_tile
from shop.media.views.sending import keep_for_good, open_to_other_sites, refuse_other_ids

MIME = {"jpg": "image/jpeg", "webp": "image/webp"}
JSON_LD = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
ONE_HOUR = 3600
ADDRESS = "/<string(length=12):public_id>"

blueprint = Blueprint("iiif", __name__, url_prefix="/iiif/image")


@blueprint.get(ADDRESS)
@audience(Audience.PUBLIC)
def image(public_id: str) -> Response:
    """The service's own address leads to its description (section 5.2)."""
    info(public_id)
    return open_to_other_sites(
        Response(status=303, headers={"Location": url_for("iiif.info", public_id=public_id)})
    )


@blueprint.get(f"{ADDRESS}/info.json")
@audience(Audience.PUBLIC)
def info(public_id: str) -> Response:
    """Kept for an hour: it names the site's address, which may change."""
    refuse_other_ids(public_id)
    try:
        described = read_description(media_storage(), public_id)
    except NotStored:
        raise Missing from None
    described["id"] = absolute_url("iiif.image", public_id=public_id)
    response = Response(json.dumps(described), content_type=JSON_LD)
    response.cache_control.public = True
    response.cache_control.max_age = ONE_HOUR
    return open_to_other_sites(response)


@blueprint.get(f"{ADDRESS}/<region>/<size>/0/default.<any({','.join(ENCODINGS)}):kind>")
@audience(Audience.PUBLIC)
def tile(public_id: str, region: str, size: str, kind: str) -> Response:
    refuse_other_ids(public_id)
    try:
        data = read_tile(media_storage(), public_id, region, size, kind)
    except NotStored:
        raise Missing from None
    response = Response(data, mimetype=MIME[kind])
    keep_for_good(response)
    response.add_etag()
    response.make_conditional(request)
    return open_to_other_sites(response)
