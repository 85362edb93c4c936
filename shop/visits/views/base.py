"""The blueprint of addresses without a language, and where exhibits and rooms have their pages."""

from __future__ import annotations

from flask import Blueprint

from shop.core.i18n import language
from shop.exhibitions import shown
from shop.exhibitions.queries import Standing

open_blueprint = Blueprint("visits_open", __name__)


@open_blueprint.app_template_global()
def exhibit_url(place: Standing) -> str:
    return f"{room_url(place.exhibition, place.room)}/{place.exhibit.slug}"


@open_blueprint.app_template_global()
def room_url(exhibition: shown.Exhibition, room: shown.Room) -> str:
    return f"/{language()}/gallery/{exhibition.slug}/{room.slug}"
