"""The audio guide and the signed one of a room or an exhibit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.rooms import Exhibit, Room
from shop.exhibitions.models.sounds import Sound
from shop.media.models import Recording

NO_CREDIT: Message = lazy_gettext("Say whom to name for this recording.")
ONE_EACH: Message = lazy_gettext("There is a guide of this kind in this language already.")


@dataclass(frozen=True, slots=True)
class SoundDetails:
    recording: Recording
    rights: Rights
    credit_vi: str
    credit_en: str


def set_sounds(owner: Room | Exhibit, sounds: Sequence[SoundDetails]) -> bool:
    """These recordings and no others, at most one of a kind in a language; whether that was news.

    Raises Invalid when nobody is credited, or for a second of one kind in one language.
    """
    _refuse(sounds)
    rows = {row.recording_id: row for row in sounds_of(owner)}
    wanted = {each.recording.id: each for each in sounds}
    gone = rows.keys() - wanted.keys()
    for key in gone:
        db.session.delete(rows[key])
    changed = bool(gone)
    for key, each in wanted.items():
        row = rows.get(key)
        if row is None:
            row = Sound(recording_id=key, **_owner_columns(owner))
            db.session.add(row)
            changed = True
        changed |= take_over(
            row,
            {"rights": each.rights, "credit_vi": each.credit_vi, "credit_en": each.credit_en},
        )
    db.session.flush()
    return changed


def sounds_of(owner: Room | Exhibit) -> Sequence[Sound]:
    """With their recordings; one SQL statement."""
    return db.session.scalars(
        select(Sound).where(_is_of(owner)).order_by(Sound.id).options(joinedload(Sound.recording))
    ).all()


def _refuse(sounds: Sequence[SoundDetails]) -> None:
    for each in sounds:
        credits_ = {"credit_vi": each.credit_vi, "credit_en": each.credit_en}
        missing = {name: NO_CREDIT for name, text in credits_.items() if not text.strip()}
        if missing:
            raise Invalid(fields=missing)
    kinds = [(each.recording.kind, each.recording.language) for each in sounds]
    if len(set(kinds)) < len(kinds):
        raise Invalid(fields={"file": ONE_EACH})


def _is_of(owner: Room | Exhibit) -> ColumnElement[bool]:
    column = Sound.room_id if isinstance(owner, Room) else Sound.exhibit_id
    return column == owner.id


def _owner_columns(owner: Room | Exhibit) -> dict[str, int]:
    return {"room_id" if isinstance(owner, Room) else "exhibit_id": owner.id}
