"""Where exhibitions and rooms are now that had another address before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from shop.core.db import db
from shop.exhibitions.models.editions import FormerAddress
from shop.exhibitions.models.rooms import Room
from shop.exhibitions.queries import Published, published


def present_place(exhibition: str, room: str | None, at: datetime) -> tuple[str, str | None] | None:
    """What visitors call now the exhibition, and the room of it, that were called so before.

    None where nothing that is open was called so, or where it is called so still.
    """
    open_now = published(at)
    found = next((each for each in open_now if each.tree.slug == exhibition), None)
    found = found or _once_called(exhibition, open_now)
    if found is None:
        return None
    there = room and next((s for s in _names(found, room) if found.tree.room(s)), None)
    if (room and not there) or (found.tree.slug, there) == (exhibition, room):
        return None
    return found.tree.slug, there


def _once_called(slug: str, open_now: list[Published]) -> Published | None:
    """The one that had the address last."""
    key = db.session.scalar(
        select(FormerAddress.exhibition_id)
        .where(FormerAddress.slug == slug, FormerAddress.room_id.is_(None))
        .order_by(FormerAddress.id.desc())
        .limit(1)
    )
    return next((each for each in open_now if each.key == key), None)


def _names(found: Published, slug: str) -> Iterator[str]:
    """By what a room may be known to visitors: so, or as it is called in the draft or was."""
    yield slug
    former = select(FormerAddress).where(FormerAddress.exhibition_id == found.key)
    row = db.session.scalars(
        former.where(FormerAddress.slug == slug, FormerAddress.room_id.is_not(None)).order_by(
            FormerAddress.id.desc()
        )
    ).first()
    if row is None:
        return
    yield from db.session.scalars(select(Room.slug).where(Room.id == row.room_id))
    others = former.where(FormerAddress.room_id == row.room_id).order_by(FormerAddress.id.desc())
    yield from (each.slug for each in db.session.scalars(others))
