"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("catalogue", __name__, "/ceramics")


@blueprint.get("")
@audience(Audience.PUBLIC)
def browse() -> str:
    return ""


@blueprint.get("/<slug>")
@audience(Audience.PUBLIC)
def product(slug: str) -> str:
    return ""
