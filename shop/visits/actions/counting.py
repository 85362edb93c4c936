"""Counting what placards led to."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite

from shop.core.db import db, is_sqlite
from shop.visits.models import PlacardCount, Stage


def count_stage(placard_id: int, day: date, stage: Stage) -> None:
    """One more visit reached the stage; visits that come at once are all counted."""
    insert = sqlite.insert if is_sqlite(db.engine) else postgresql.insert
    row = insert(PlacardCount).values(placard_id=placard_id, day=day, stage=stage, count=1)
    key = (PlacardCount.placard_id, PlacardCount.day, PlacardCount.stage)
    db.session.execute(
        row.on_conflict_do_update(index_elements=key, set_={"count": PlacardCount.count + 1})
    )
