"""Pictures and 3D models as files, straight from storage: no language, no session, no SQL."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request, send_file
from flask.blueprints import BlueprintSetupState

from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.media.current import EXTENSION, media_storage
from shop.media.renditions import ENCODINGS, rendition_widths
from shop.media.storage import DiskStorage, NotStored, model_key, original_key, rendition_key

PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
ONE_YEAR = 365 * 24 * 3600

blueprint = Blueprint("media", __name__, url_prefix="/media")
blueprint.add_app_template_global(rendition_widths)


@blueprint.record
def keep_storage(state: BlueprintSetupState) -> None:
    folder = state.app.config["SHOP"].var / "media"
    state.app.extensions.setdefault(EXTENSION, DiskStorage(folder))


@blueprint.get("/<string(length=12):public_id>.webp")
@audience(Audience.PUBLIC)
def original(public_id: str) -> Response:
    _refuse_other_ids(public_id)
    return _send(original_key(public_id), "image/webp")


@blueprint.get(f"/<string(length=12):public_id>-<int:width>.<any({','.join(ENCODINGS)}):kind>")
@audience(Audience.PUBLIC)
def rendition(public_id: str, width: int, kind: str) -> Response:
    _refuse_other_ids(public_id)
    return _send(rendition_key(public_id, width, kind), f"image/{kind}")


@blueprint.get("/<string(length=12):public_id>.glb")
@audience(Audience.PUBLIC)
def model(public_id: str) -> Response:
    """Open to other sites' viewers too, as a telephone's own is one."""
    _refuse_other_ids(public_id)
    response = _send(model_key(public_id), "model/gltf-binary")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _refuse_other_ids(public_id: str) -> None:
    if not PUBLIC_ID.fullmatch(public_id):
        raise Missing


def _send(key: str, mimetype: str) -> Response:
    """A file never changes under its address, so whoever has it need not ask again."""
    try:
        path = media_storage().path(key)
    except NotStored:
        raise Missing from None
    response = send_file(path, mimetype=mimetype, etag=path.stem, max_age=ONE_YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.method == "HEAD" or response.status_code == 304:
        response.close()  # Nobody reads the file that send_file has opened.
    return response
