"""The blueprints of this package, and where exhibits and rooms have their pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, current_app

from shop.core import clock
from shop.core.i18n import day, localized, localized_blueprint
from shop.exhibitions import shown
from shop.exhibitions.queries import Standing
from shop.exhibitions.ways import Way
from shop.visits.route import STARTS
from shop.visits.walk import BEARING_NAMES, START_NAMES

blueprint = localized_blueprint("visits", __name__, "/visit")
open_blueprint = Blueprint("visits_open", __name__)


@open_blueprint.app_template_global()
def exhibit_url(place: Standing) -> str:
    return Way(place.exhibition.slug).to_exhibit(place.room, place.exhibit)


@open_blueprint.app_template_global()
def room_url(exhibition: shown.Exhibition, room: shown.Room) -> str:
    return Way(exhibition.slug).to_room(room)


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {
        "start_names": START_NAMES,
        "bearing_names": BEARING_NAMES,
        "starts": STARTS,
        "names_of": names_of,
        "placard_address": placard_address,
        "now_day": lambda: day(clock.now()),
    }


def names_of(artefacts: Iterable[shown.Artefact]) -> str:
    return ", ".join(localized(each, "name") for each in artefacts)


def placard_address(code: str) -> str:
    """As one types it: without a scheme."""
    return f"{current_app.config['SHOP'].public_url}/p/{code}".partition("://")[2]
