"""Placeholder, replaced by the package's owner."""

from __future__ import annotations

from shop.core.access import Audience, audience
from shop.core.i18n import localized_blueprint

blueprint = localized_blueprint("pages", __name__, "")


@blueprint.get("/")
@audience(Audience.PUBLIC)
def home() -> str:
    return ""


@blueprint.get("/delivery")
@audience(Audience.PUBLIC)
def delivery() -> str:
    return ""


@blueprint.get("/paying")
@audience(Audience.PUBLIC)
def paying() -> str:
    return ""


@blueprint.get("/privacy")
@audience(Audience.PUBLIC)
def privacy() -> str:
    return ""


@blueprint.get("/mailbox")
@audience(Audience.PUBLIC)
def mailbox() -> str:
    return ""


from flask import Blueprint

open_blueprint = Blueprint("open_pages", __name__)
