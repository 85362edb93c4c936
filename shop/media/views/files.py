"""Pictures, 3D models and recordings as files: no session, and no SQL but for captions."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from shop.core.access import Audience, audience
from shop.media.current import EXTENSION
from shop.media.models import MIME_ENDINGS
from shop.media.queries import recording_by_public_id
from shop.media.recordings.captions import as_webvtt
from shop.media.renditions import ENCODINGS, panorama_widths, rendition_widths
from shop.media.storage import DiskStorage, model_key, original_key, recording_key, rendition_key
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
    """Open to other sites' viewers, as what manifests name has to be."""
    refuse_other_ids(public_id)
    return open_to_other_sites(send_stored(original_key(public_id), "image/webp"))


@blueprint.get(f"/<string(length=12):public_id>-<int:width>.<any({','.join(ENCODINGS)}):kind>")
@audience(Audience.PUBLIC)
def rendition(public_id: str, width: int, kind: str) -> Response:
    refuse_other_ids(public_id)
    return open_to_other_sites(send_stored(rendition_key(public_id, width, kind), f"image/{kind}"))


@blueprint.get("/<string(length=12):public_id>.glb")
@audience(Audience.PUBLIC)
def model(public_id: str) -> Response:
    """Open to other sites' viewers too, as a telephone's own is one."""
    refuse_other_ids(public_id)
    return open_to_other_sites(send_stored(model_key(public_id), "model/gltf-binary"))


@blueprint.get(
    f"/recordings/<string(length=12):public_id>.<any({','.join(MIME_ENDINGS.values())}):ending>"
)
@audience(Audience.PUBLIC)
def recording(public_id: str, ending: str) -> Response:
    """Also in parts, without which Safari plays nothing."""
    refuse_other_ids(public_id)
    mime = next(mime for mime, own in MIME_ENDINGS.items() if own == ending)
    return open_to_other_sites(send_stored(recording_key(public_id, ending), mime))


@blueprint.get("/recordings/<string(length=12):public_id>.vtt")
@audience(Audience.PUBLIC)
def captions(public_id: str) -> Response:
    """Asked for anew each time, since words are corrected while the sound stays."""
    refuse_other_ids(public_id)
    words = as_webvtt(recording_by_public_id(public_id).cues)
    response = Response(words, content_type="text/vtt; charset=utf-8")
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return open_to_other_sites(response)
