"""Taking things out of a draft, and artefacts out of the gallery when they stand nowhere."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from shop.core.db import db
from shop.core.errors import Conflict
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, artefact_term
from shop.exhibitions.models.rooms import (
    Detail,
    Door,
    Exhibit,
    Room,
    Section,
    SectionPicture,
    section_entry,
    section_workshop,
)
from shop.exhibitions.where_used import where_used


class StillUsed(Conflict):
    message = lazy_gettext(
        "This artefact stands in exhibitions. Take it out of all of them first, and publish them."
    )


def remove_exhibit(exhibit: Exhibit) -> None:
    """Take it out of its room with its notes; the artefact and a printed placard's code stay."""
    for section in db.session.scalars(select(Section).where(Section.before_id == exhibit.id)):
        section.before_id = None
    db.session.flush()
    key = exhibit.id
    db.session.execute(delete(Detail).where(Detail.exhibit_id == key))
    db.session.expunge(exhibit)
    db.session.execute(delete(Exhibit).where(Exhibit.id == key))


def remove_room(room: Room) -> None:
    """With all that stands in it and every door that leads to it; artefacts stay."""
    for section in db.session.scalars(select(Section).where(Section.room_id == room.id)).all():
        remove_section(section)
    for exhibit in db.session.scalars(select(Exhibit).where(Exhibit.room_id == room.id)).all():
        remove_exhibit(exhibit)
    key = room.id
    db.session.execute(delete(Door).where((Door.room_id == key) | (Door.to_room_id == key)))
    db.session.expunge(room)
    db.session.execute(delete(Room).where(Room.id == key))


def remove_section(section: Section) -> None:
    key = section.id
    db.session.execute(delete(SectionPicture).where(SectionPicture.section_id == key))
    db.session.execute(delete(section_entry).where(section_entry.c.section_id == key))
    db.session.execute(delete(section_workshop).where(section_workshop.c.section_id == key))
    db.session.expunge(section)
    db.session.execute(delete(Section).where(Section.id == key))


def remove_detail(detail: Detail) -> None:
    """A note; those after it move up by one number."""
    later = db.session.scalars(
        select(Detail).where(
            Detail.exhibit_id == detail.exhibit_id, Detail.position > detail.position
        )
    ).all()
    db.session.delete(detail)
    for each in later:
        each.position -= 1
    db.session.flush()


def remove_artefact(artefact: Artefact, *, at: datetime) -> None:
    """Raises StillUsed while it stands in a draft, or in what visitors see or are going to.

    Its pictures stay in the gallery, where sections may show them.
    """
    if where_used(artefact, at):
        raise StillUsed
    key = artefact.id
    db.session.execute(delete(ArtefactPicture).where(ArtefactPicture.artefact_id == key))
    db.session.execute(delete(artefact_term).where(artefact_term.c.artefact_id == key))
    db.session.expunge(artefact)
    db.session.execute(delete(Artefact).where(Artefact.id == key))
