"""The exhibitions that links and placards stand for."""

from __future__ import annotations

from sqlalchemy import select

from shop.core.db import db
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room


def exhibition_id_of_slug(slug: str) -> int | None:
    return db.session.scalar(select(Exhibition.id).where(Exhibition.slug == slug))


def exhibition_id_of_placard(code: str) -> int | None:
    """Where what it stands before is shown now; None when that is gone."""
    return db.session.scalar(
        select(Room.exhibition_id)
        .join(Exhibit, Exhibit.room_id == Room.id)
        .join(Placard, Placard.exhibit_key == Exhibit.key)
        .where(Placard.code == code)
    )
