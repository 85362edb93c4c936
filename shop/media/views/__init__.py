"""Pictures, models and recordings as files: no language, no session, no SQL."""

from shop.media.views.files import blueprint
from shop.media.views.iiif import blueprint as iiif_blueprint

__all__ = ["blueprint", "iiif_blueprint"]
