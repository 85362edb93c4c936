"""Single notes on an exhibit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from shop.core.changes import take_over
from shop.core.db import db
from shop.exhibitions.actions.editing import change
from shop.exhibitions.actions.rooms import DetailDetails, columns_of_detail, next_position
from shop.exhibitions.models.rooms import Detail, Exhibit


def count_details(exhibit: Exhibit) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(Detail).where(Detail.exhibit_id == exhibit.id)
        )
        or 0
    )


def add_detail(exhibit: Exhibit, details: DetailDetails, *, after: int) -> Detail:
    """Behind the others; sent twice, it is the one that was added since there were `after`."""
    values = columns_of_detail(details)
    for row in db.session.scalars(
        select(Detail)
        .where(Detail.exhibit_id == exhibit.id)
        .order_by(Detail.position, Detail.id)
        .offset(after)
    ):
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
    row = Detail(exhibit_id=exhibit.id)
    last = next_position(Detail.position, Detail.exhibit_id == exhibit.id)
    take_over(row, {"position": last, **values})
    db.session.add(row)
    db.session.flush()
    return row


def edit_detail(detail: Detail, details: DetailDetails, *, seen: str) -> bool:
    """Raises ChangedMeanwhile."""
    return change(detail, watched_of_detail(details), seen=seen)


def watched_of_detail(details: DetailDetails) -> dict[str, Any]:
    """What its form edits: not which picture it is on."""
    values = columns_of_detail(details)
    del values["picture_id"]
    return values
