"""Who belongs to a workshop, and to which."""

from __future__ import annotations

from flask import g

from shop.accounts.current import current_person
from shop.studio.queries import MyWorkshop, workshops_of


def my_workshops() -> tuple[MyWorkshop, ...]:
    """The viewer's workshops, read once a request; none for a visitor."""
    if "my_workshops" not in g:
        person = current_person()
        g.my_workshops = workshops_of(person.id) if person else ()
    found: tuple[MyWorkshop, ...] = g.my_workshops
    return found


def is_member() -> bool:
    return bool(my_workshops())
