"""The gallery's blueprints, and the words its templates share."""

from __future__ import annotations

from flask import Blueprint, current_app

from shop.core.i18n import localized_blueprint
from shop.exhibitions import reading
from shop.exhibitions.models.artefacts import RIGHTS_URIS, Rights
from shop.exhibitions.true_size import true_size
from shop.exhibitions.words import RIGHTS_NAMES, paragraphs
from shop.heritage import words as heritage_words
from shop.heritage.models import Certainty

blueprint = localized_blueprint("gallery", __name__, "/gallery")
open_blueprint = Blueprint("open_gallery", __name__, url_prefix="/gallery")


@blueprint.context_processor
def words() -> dict[str, object]:
    return {
        "CERTAINTY_NAMES": heritage_words.CERTAINTY_NAMES,
        "CERTAINTY_MEANINGS": heritage_words.CERTAINTY_MEANINGS,
        "KIND_NAMES": heritage_words.KIND_NAMES,
        "Certainty": Certainty,
        "when": heritage_words.when,
        "FORMAT_NAMES": reading.FORMAT_NAMES,
        "Format": reading.Format,
        "chosen_format": reading.chosen_format,
        "RIGHTS_NAMES": RIGHTS_NAMES,
        "RIGHTS_URIS": RIGHTS_URIS,
        "Rights": Rights,
        "paragraphs": paragraphs,
        "is_there": is_there,
        "true_size": true_size,
    }


def is_there(endpoint: str) -> bool:
    """Whether the site has such a page: the gallery stands without those that build on it."""
    return endpoint in current_app.view_functions
