"""Doors that packages above offer to a person from the account page: the studio, the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from flask.sansio.app import App

from shop.accounts.models import Person

EXTENSION = "account_doors"


@dataclass(frozen=True, slots=True)
class Door:
    """Where it leads, and what it says in the language of the page."""

    url: str
    name: str
    what: str


Offer = Callable[[Person], Door | None]


def offer_door(app: App, offer: Offer) -> None:
    """Ask `offer` for each person; None means that the door is not theirs."""
    app.extensions.setdefault(EXTENSION, []).append(offer)


def doors_of(person: Person) -> list[Door]:
    """The doors open to the person, the one they work behind first."""
    offers: list[Offer] = current_app.extensions.get(EXTENSION, [])
    return [door for offer in offers if (door := offer(person))]
