"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("orders", __name__, "/orders")


@blueprint.get("/find")
@audience(Audience.PUBLIC)
def find() -> str:
    return ""
