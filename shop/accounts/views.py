"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("accounts", __name__, "")


@blueprint.get("/sign-in")
@audience(Audience.PUBLIC)
def sign_in() -> str:
    return ""


@blueprint.get("/account")
@audience(Audience.PUBLIC)
def home() -> str:
    return ""
