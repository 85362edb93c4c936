"""Single sections, added and changed as curators do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.core.db import db
from shop.exhibitions.actions.editing import refuse_changed
from shop.exhibitions.actions.rooms import next_position
from shop.exhibitions.actions.sections import TEXTS, SectionDetails, put_section, whole_sections
from shop.exhibitions.models.artefacts import Picture
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room, Section

WORDS_OF_PICTURES = ("label_vi", "label_en", "text_vi", "text_en")


def add_section(
    exhibition: Exhibition, room: Room | None, details: SectionDetails, *, after: int
) -> Section:
    """Behind the others; sent twice, it is the one that was added since there were `after`.

    Raises Invalid for a number of pictures that its kind does not take.
    """
    wanted = _wanted(details)
    for each in whole_sections(exhibition, room)[after:]:
        if section_values(each) == wanted:
            return each
    of_room = Section.room_id == room.id if room else Section.room_id.is_(None)
    position = next_position(Section.position, Section.exhibition_id == exhibition.id, of_room)
    return put_section(exhibition, room, None, details, position=position)[0]


def edit_section(
    exhibition: Exhibition,
    room: Room | None,
    section: Section,
    details: SectionDetails,
    *,
    seen: str,
) -> bool:
    """Raises Invalid as `add_section` does, and ChangedMeanwhile."""
    refuse_changed(seen, section_values(section), _wanted(details))
    return put_section(exhibition, room, section, details, position=section.position)[1]


def section_values(section: Section) -> dict[str, Any]:
    """What is edited of a section, by the names its form has for it. Its parts are loaded."""
    pictures = _images(each.picture_id for each in section.pictures)
    before = db.session.get(Exhibit, section.before_id) if section.before_id else None
    return {
        **{name: getattr(section, name) for name in TEXTS if name != "kind"},
        "before": before.key if before else "",
        "pictures": [
            {"picture": pictures[row.picture_id], **_words(row)} for row in section.pictures
        ],
        "entries": sorted(each.slug for each in section.entries),
        "workshops": sorted(each.slug for each in section.workshops),
    }


def _wanted(details: SectionDetails) -> dict[str, Any]:
    images = _images(each.picture.id for each in details.pictures)
    return {
        **{name: getattr(details, name) for name in TEXTS if name != "kind"},
        "before": details.before.key if details.before else "",
        "pictures": [
            {"picture": images[row.picture.id], **_words(row)} for row in details.pictures
        ],
        "entries": sorted(each.slug for each in details.entries),
        "workshops": sorted(each.slug for each in details.workshops),
    }


def _words(row: Any) -> dict[str, str]:
    return {name: getattr(row, name) for name in WORDS_OF_PICTURES}


def _images(keys: Any) -> dict[int, str]:
    """The public id of each picture's image."""
    rows = db.session.scalars(
        select(Picture).where(Picture.id.in_(list(keys))).options(selectinload(Picture.image))
    )
    return {row.id: row.image.public_id for row in rows}
