"""The office's blueprint, its door, and what all its pages show."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from shop.accounts.current import current_person
from shop.accounts.links import Door, offer_door
from shop.accounts.models import Person
from shop.core import clock
from shop.core.clock import HANOI
from shop.core.errors import Missing
from shop.core.i18n import localized_blueprint
from shop.office.words import waited

blueprint = localized_blueprint("office", __name__, "/office")


@blueprint.record_once
def _offer_door(state: BlueprintSetupState) -> None:
    offer_door(state.app, _door)


def _door(person: Person) -> Door | None:
    if not person.is_officer:
        return None
    return Door(
        url_for("office.desk"),
        gettext("The village office"),
        gettext("Transfers, late orders and looking up orders"),
    )


@blueprint.context_processor
def _for_every_page() -> dict[str, Any]:
    now = clock.now()
    return {
        "waited": lambda since: waited(since, now),
        "now": now,
        "hour": f"{now.astimezone(HANOI):%H:%M}",
    }


def officer() -> Person:
    """Who is at work here; the audience lets nobody else in."""
    person = current_person()
    if person is None:
        raise Missing
    return person
