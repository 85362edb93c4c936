"""The workshops with their marks, members and makers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.tables import BadTable, Table, build, build_part, tables
from shop.demonstration.people import put_member_person
from shop.demonstration.shelf import Shelf
from shop.demonstration.village import Account, AccountRole, Member, Photo, Village
from shop.workshops.actions import (
    WorkshopDetails,
    add_maker,
    add_member,
    create_workshop,
    edit_workshop,
    set_mark,
)
from shop.workshops.models import Maker, Workshop

LISTS = ("member", "maker")


@dataclass(frozen=True, slots=True)
class _Head:
    slug: str
    mark: str
    mark_alt_vi: str
    mark_alt_en: str

    @property
    def photo(self) -> Photo:
        return Photo(self.mark, self.mark_alt_vi, self.mark_alt_en)


@dataclass(frozen=True, slots=True)
class _Hands:
    name: str
    craft_vi: str
    craft_en: str


@dataclass(slots=True)
class Workshops:
    by_slug: dict[str, Workshop] = field(default_factory=dict)
    makers: dict[tuple[str, str], Maker] = field(default_factory=dict)
    changed: int = 0

    def maker(self, slug: str, name: str, where: str) -> Maker:
        """Raises BadTable for someone who does not work there."""
        if (slug, name) not in self.makers:
            raise BadTable(f"{where}: {name} makes nothing at {slug}")
        return self.makers[slug, name]


def put_workshops(
    village: Village, people: Mapping[str, Person], shelf: Shelf, at: datetime
) -> Workshops:
    """All workshops. Raises BadTable for an artisan's account that is no member of its workshop."""
    workshops = Workshops()
    for table in village.workshops:
        where = f"workshops/{table.get('slug')}.toml"
        head, rest = build_part(_Head, table, where)
        _refuse_strangers(village.accounts, head.slug, table, where)
        workshop, changed = _put_workshop(head, rest, where)
        mark = shelf.image(village.mark(head.mark), head.photo, is_rendering=False)
        changed |= mark is not None and set_mark(workshop, mark)
        changed |= _put_members(workshop, table, people, at, where)
        changed |= _put_makers(workshop, table, workshops, where)
        workshops.by_slug[head.slug] = workshop
        workshops.changed += changed
    return workshops


def _put_workshop(head: _Head, table: dict[str, Any], where: str) -> tuple[Workshop, bool]:
    rest = {key: value for key, value in table.items() if key not in LISTS}
    details = build(WorkshopDetails, {**rest, "is_demonstration": True}, where)
    workshop = db.session.scalar(select(Workshop).where(Workshop.slug == head.slug))
    if workshop is None:
        return create_workshop(head.slug, details), True
    return workshop, edit_workshop(workshop, details)


def _members(table: Table, where: str) -> list[Member]:
    return [build(Member, row, f"{where}, member") for row in tables(table, "member", where)]


def _refuse_strangers(accounts: tuple[Account, ...], slug: str, table: Table, where: str) -> None:
    known = {member.email for member in _members(table, where)}
    for account in accounts:
        is_theirs = account.role is AccountRole.ARTISAN and account.workshop == slug
        if is_theirs and account.email not in known:
            raise BadTable(f"{where}: {account.email} of people.toml is no member")


def _put_members(
    workshop: Workshop, table: Table, people: Mapping[str, Person], at: datetime, where: str
) -> bool:
    changed = False
    for member in _members(table, where):
        person, is_new = people.get(member.email), False
        if person is None:
            person, is_new = put_member_person(member, at)
        changed |= add_member(workshop, person, member.role) or is_new
    return changed


def _put_makers(workshop: Workshop, table: Table, workshops: Workshops, where: str) -> bool:
    changed = False
    for position, row in enumerate(tables(table, "maker", where), start=1):
        hands = build(_Hands, row, f"{where}, maker")
        maker, is_changed = add_maker(
            workshop, hands.name, hands.craft_vi, hands.craft_en, position
        )
        workshops.makers[workshop.slug, hands.name] = maker
        changed |= is_changed
    return changed
