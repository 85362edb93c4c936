"""Where things are in a room's panorama, as curators point at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.core.changes import take_over
from shop.core.db import db
from shop.exhibitions.actions.rooms import DoorDetails, set_doors
from shop.exhibitions.models.rooms import Exhibit, Room

Angles = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Places:
    """Yaw and pitch in degrees; None where a thing has no place. Exhibits by their keys."""

    start: Angles
    exhibits: Mapping[str, Angles | None]
    doors: Sequence[DoorDetails]


def put_places(room: Room, exhibits: Sequence[Exhibit], places: Places) -> bool:
    """Take these over; whether that was news. Exhibits that are not named keep their places."""
    changed = take_over(room, {"start_yaw": places.start[0], "start_pitch": places.start[1]})
    for exhibit in exhibits:
        if exhibit.key in places.exhibits:
            yaw, pitch = places.exhibits[exhibit.key] or (None, None)
            changed |= take_over(exhibit, {"yaw": yaw, "pitch": pitch})
    changed |= set_doors(room, places.doors)
    db.session.flush()
    return changed
