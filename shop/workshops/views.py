"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("workshops", __name__, "/workshops")


@blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    return ""


@blueprint.get("/<slug>")
@audience(Audience.PUBLIC)
def workshop(slug: str) -> str:
    return ""
