"""Sections: prose, quotation, years, map, two pictures compared, before and after, a sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.exhibitions.models.artefacts import Picture
from shop.exhibitions.models.rooms import (
    PICTURES_OF_SECTION,
    Exhibit,
    Exhibition,
    Room,
    Section,
    SectionKind,
    SectionPicture,
)
from shop.heritage.models import Certainty, TimelineEntry
from shop.workshops.models import Workshop

WRONG_NUMBER: dict[SectionKind, Message] = {
    SectionKind.COMPARISON: lazy_gettext("A comparison takes exactly two pictures."),
    SectionKind.SLIDER: lazy_gettext("Before and after take exactly two pictures."),
    SectionKind.MAKING: lazy_gettext("A sequence takes 1 to 30 pictures."),
    SectionKind.PROSE: lazy_gettext("Prose takes one picture at most."),
}
NO_PICTURES: Message = lazy_gettext("This kind of section takes no pictures.")
TEXTS = (
    "kind",
    "heading_vi",
    "heading_en",
    "text_vi",
    "text_en",
    "attribution_vi",
    "attribution_en",
    "certainty",
    "source",
)


@dataclass(frozen=True, slots=True)
class LabelledPicture:
    picture: Picture
    label_vi: str = ""
    label_en: str = ""
    text_vi: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class SectionDetails:
    kind: SectionKind
    heading_vi: str = ""
    heading_en: str = ""
    text_vi: str = ""
    text_en: str = ""
    attribution_vi: str = ""
    attribution_en: str = ""
    certainty: Certainty | None = None
    source: str = ""
    before: Exhibit | None = None
    pictures: Sequence[LabelledPicture] = ()
    entries: Sequence[TimelineEntry] = ()
    workshops: Sequence[Workshop] = ()


def set_sections(
    exhibition: Exhibition, room: Room | None, sections: Sequence[SectionDetails]
) -> bool:
    """These sections of the room, or of the exhibition's own page, and no others.

    Whether that was news. Raises Invalid for a number of pictures that its kind does not take.
    """
    rows = list(whole_sections(exhibition, room))
    changed = len(rows) != len(sections)
    for surplus in rows[len(sections) :]:
        db.session.delete(surplus)
    for position, details in enumerate(sections):
        row = rows[position] if position < len(rows) else None
        changed |= put_section(exhibition, room, row, details, position=position)[1]
    return changed


def put_section(
    exhibition: Exhibition,
    room: Room | None,
    section: Section | None,
    details: SectionDetails,
    *,
    position: int,
) -> tuple[Section, bool]:
    """Change a section to this, or make a new one. Raises Invalid as `set_sections` does."""
    refuse_wrong_number(details.kind, len(details.pictures))
    values = {
        **{name: getattr(details, name) for name in TEXTS},
        "room_id": room.id if room else None,
        "before_id": details.before.id if details.before else None,
        "position": position,
    }
    is_new = section is None
    if section is None:
        section = Section(exhibition_id=exhibition.id, pictures=[], entries=[], workshops=[])
        db.session.add(section)
    changed = take_over(section, values) or is_new
    changed |= _set_pictures(section, details.pictures)
    changed |= _set_list(section, "entries", details.entries)
    changed |= _set_list(section, "workshops", details.workshops)
    db.session.flush()
    return section, changed


def refuse_wrong_number(kind: SectionKind, pictures: int) -> None:
    """Raises Invalid when a section of this kind does not take so many pictures."""
    if pictures not in PICTURES_OF_SECTION[kind]:
        raise Invalid(fields={"pictures": WRONG_NUMBER.get(kind, NO_PICTURES)})


def whole_sections(exhibition: Exhibition, room: Room | None) -> Sequence[Section]:
    """Those of the room, or of the exhibition's own page, in their order, with all their parts."""
    of_room = Section.room_id == room.id if room else Section.room_id.is_(None)
    return db.session.scalars(
        select(Section)
        .where(Section.exhibition_id == exhibition.id, of_room)
        .order_by(Section.position, Section.id)
        .options(
            selectinload(Section.pictures),
            selectinload(Section.entries),
            selectinload(Section.workshops),
        )
    ).all()


def _set_pictures(section: Section, pictures: Sequence[LabelledPicture]) -> bool:
    changed = len(section.pictures) != len(pictures)
    del section.pictures[len(pictures) :]
    for position, each in enumerate(pictures):
        if position == len(section.pictures):
            section.pictures.append(SectionPicture())
        values = {
            "picture_id": each.picture.id,
            "position": position,
            "label_vi": each.label_vi,
            "label_en": each.label_en,
            "text_vi": each.text_vi,
            "text_en": each.text_en,
        }
        changed |= take_over(section.pictures[position], values)
    return changed


def _set_list(
    section: Section, name: str, wanted: Sequence[TimelineEntry] | Sequence[Workshop]
) -> bool:
    found = {row.id for row in getattr(section, name)}
    if found == {row.id for row in wanted}:
        return False
    setattr(section, name, list(wanted))
    return True
