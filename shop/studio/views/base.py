"""The studio's blueprint, its door, and who is at work for which workshop."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from shop.accounts.current import current_person
from shop.accounts.links import Door, offer_door
from shop.accounts.models import Person
from shop.core import clock
from shop.core.errors import Missing
from shop.core.i18n import localized, localized_blueprint
from shop.studio.access import my_workshops
from shop.studio.queries import MyWorkshop, workshops_of
from shop.studio.words import deadline, fragility_word, piece_name, sets_word, weekday

blueprint = localized_blueprint("studio", __name__, "/studio")


@blueprint.record_once
def _offer_door(state: BlueprintSetupState) -> None:
    offer_door(state.app, _door)


def _door(person: Person) -> Door | None:
    mine = workshops_of(person.id)
    if not mine:
        return None
    names = ", ".join(localized(workshop, "name") for workshop in mine)
    return Door(url_for("studio.desk"), gettext("The workshop's desk"), names)


@blueprint.context_processor
def _for_every_page() -> dict[str, Any]:
    return {
        "my_workshops": my_workshops(),
        "deadline": lambda due: deadline(due, clock.now()),
        "fragility_word": fragility_word,
        "piece_name": piece_name,
        "sets_word": sets_word,
        "weekday": weekday,
    }


def my_ids() -> list[int]:
    return [workshop.id for workshop in my_workshops()]


def chosen() -> MyWorkshop:
    """The workshop named in the address, else the first. Raises Missing for another's."""
    wanted = request.args.get("workshop")
    mine = my_workshops()
    if wanted is None:
        return mine[0]
    found = next((workshop for workshop in mine if workshop.slug == wanted), None)
    if found is None:
        raise Missing
    return found


def me() -> Person:
    person = current_person()
    if person is None:
        raise Missing
    return person
