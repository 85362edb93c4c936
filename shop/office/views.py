"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("office", __name__, "/office")


@blueprint.get("")
@audience(Audience.PUBLIC)
def desk() -> str:
    return ""
