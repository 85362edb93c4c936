"""Pictures and 3D models as files, straight from storage: no language, no session, no SQL."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.blueprints import BlueprintSetupState

from shop.core.access import Audience, audience
from shop.media.current import EXTENSION
from shop.media.renditions import ENCODINGS, panorama_widths, rendition_widths
from shop.media.storage import DiskStorage, model_key, original_key, rendition_key
from shop.media.views.sending import open_to_other_sites, refuse_other_ids, send_stored

blueprint = Blueprint("media", __name__, url_prefix="/media")
blueprint.add_app_template_global(rendition_widths)
blueprint.add_app_template_global(panorama_widths)


@blueprint.record
def keep_storage(state: BlueprintSetupState) -> None:
    folder = state.app.config["SHOP"].var / "media"
    state.app.extensions.setdefault(EXTENSION, DiskStorage(folder))


@blueprint.get("/<string(length=12):public_id>.webp")
@audience(Audience.PUBLIC)
def original(public_id: str) -> Response:
    refuse_other_ids(public_id)
    return send_stored(original_key(public_id), "image/webp")


@blueprint.get(f"/<string(length=12):public_id>-<int:width>.<any({','.join(ENCODINGS)}):kind>")
@audience(Audience.PUBLIC)
def rendition(public_id: str, width: int, kind: str) -> Response:
    refuse_other_ids(public_id)
    return send_stored(rendition_key(public_id, width, kind), f"image/{kind}")


@blueprint.get("/<string(length=12):public_id>.glb")
@audience(Audience.PUBLIC)
def model(public_id: str) -> Response:
    """Open to other sites' viewers too, as a telephone's own is one."""
    refuse_other_ids(public_id)
    return open_to_other_sites(send_stored(model_key(public_id), "model/gltf-binary"))
