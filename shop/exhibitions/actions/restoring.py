"""Writing a draft back from a revision: its rooms, exhibits, notes and sections, its artefacts.

Exhibits are known by their keys, rooms and artefacts by their addresses. What a revision names
and the gallery has no more is left out, and told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions import shown
from shop.exhibitions.actions.removal import remove_exhibit, remove_room
from shop.exhibitions.actions.restored_artefacts import (
    Loss,
    Losses,
    Lost,
    picture_by_image,
    picture_of,
    record_of,
    restore_artefacts,
)
from shop.exhibitions.actions.rooms import (
    DetailDetails,
    DoorDetails,
    ExhibitDetails,
    ExhibitionDetails,
    RoomDetails,
    put_exhibit,
    put_exhibition,
    put_room,
    set_details,
    set_doors,
)
from shop.exhibitions.actions.sections import LabelledPicture, SectionDetails, set_sections
from shop.exhibitions.actions.sounds import SoundDetails, set_sounds
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.rooms import (
    PICTURES_OF_SECTION,
    Exhibit,
    Exhibition,
    Room,
    Section,
)
from shop.heritage.models import TimelineEntry
from shop.media.queries import recording_by_public_id
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Restored:
    """What could not be restored, and the keys of the artefacts whose own texts changed."""

    losses: tuple[Loss, ...]
    artefacts: frozenset[int]


def restore(exhibition: Exhibition, tree: shown.Exhibition) -> Restored:
    """Make the draft read as this revision. The caller has locked it, and records a revision.

    The exhibition's own address stays as it is now; so do placards, which are printed.
    """
    losses = Losses()
    artefacts, changed = restore_artefacts(
        (exhibit.artefact for _room, exhibit in tree.exhibits()), losses
    )
    put_exhibition(
        exhibition.slug,
        record_of(tree, ExhibitionDetails),
        cover=picture_of(tree.cover, losses, tree.slug),
        position=exhibition.position,
    )
    _take_out_what_was_not_there(exhibition, tree)
    rooms = _restore_rooms(exhibition, tree, losses)
    exhibits = _restore_exhibits(tree, rooms, artefacts, losses)
    _remove_other_rooms(exhibition, rooms)
    _restore_doors(tree, rooms)
    for part in tree.rooms:
        _restore_sounds(rooms[part.slug], part.sounds, part.slug, losses)
    _restore_sections(exhibition, None, tree.sections, exhibits, losses)
    for part in tree.rooms:
        _restore_sections(exhibition, rooms[part.slug], part.sections, exhibits, losses)
    db.session.flush()
    return Restored(tuple(losses.found), frozenset(changed))


def _take_out_what_was_not_there(exhibition: Exhibition, tree: shown.Exhibition) -> None:
    """Exhibits first, since a room takes what stands in it along; those that only moved stay."""
    kept = {exhibit.key for _room, exhibit in tree.exhibits()}
    ours = Room.exhibition_id == exhibition.id
    for exhibit in db.session.scalars(select(Exhibit).join(Room).where(ours)).all():
        if exhibit.key not in kept:
            remove_exhibit(exhibit)
    # Sections point at rooms and exhibits; they are written anew at the end.
    for section in db.session.scalars(
        select(Section).where(Section.exhibition_id == exhibition.id)
    ):
        section.before_id = None
    db.session.flush()


def _restore_rooms(
    exhibition: Exhibition, tree: shown.Exhibition, losses: Losses
) -> dict[str, Room]:
    rooms = {}
    for position, part in enumerate(tree.rooms):
        rooms[part.slug], _ = put_room(
            exhibition,
            part.slug,
            record_of(part, RoomDetails),
            position=position,
            panorama=picture_of(part.panorama, losses, part.slug),
            view=picture_of(part.view, losses, part.slug),
        )
    return rooms


def _restore_exhibits(
    tree: shown.Exhibition,
    rooms: dict[str, Room],
    artefacts: dict[str, Artefact],
    losses: Losses,
) -> dict[str, Exhibit]:
    _move_by_key(tree, rooms)
    exhibits = {}
    for room_part in tree.rooms:
        for position, part in enumerate(room_part.exhibits):
            room, artefact = rooms[room_part.slug], artefacts[part.artefact.slug]
            row, _ = put_exhibit(
                room,
                artefact,
                record_of(part, ExhibitDetails),
                slug=part.slug,
                position=position,
            )
            row.key = part.key
            db.session.flush()
            exhibits[part.key] = row
            notes = [note for each in part.details if (note := _note(each, part, losses))]
            set_details(row, notes)
            _restore_sounds(row, part.sounds, part.artefact.slug, losses)
    return exhibits


def _move_by_key(tree: shown.Exhibition, rooms: dict[str, Room]) -> None:
    """Put each exhibit there is into its room under its address, so that it is found by them.

    All addresses are freed first: two exhibits may have exchanged theirs.
    """
    wanted = {e.key: (rooms[r.slug].id, e.slug) for r, e in tree.exhibits()}
    rows = db.session.scalars(select(Exhibit).where(Exhibit.key.in_(wanted))).all()
    for row in rows:
        row.slug = f"~{row.key}"
    db.session.flush()
    for row in rows:
        row.room_id, row.slug = wanted[row.key]
    db.session.flush()


def _remove_other_rooms(exhibition: Exhibition, rooms: dict[str, Room]) -> None:
    """What of theirs is kept has been moved out by now."""
    kept = {room.id for room in rooms.values()}
    ours = select(Room).where(Room.exhibition_id == exhibition.id)
    for room in db.session.scalars(ours).all():
        if room.id not in kept:
            remove_room(room)


def _note(part: shown.Detail, exhibit: shown.Exhibit, losses: Losses) -> DetailDetails | None:
    picture = picture_by_image(part.picture) if part.picture else None
    if part.picture and picture is None:
        losses.tell(Lost.NOTE, part.name_vi or part.name_en, exhibit.artefact.slug)
        return None
    return record_of(part, DetailDetails, picture=picture)


def _restore_sounds(
    owner: Room | Exhibit, parts: Iterable[shown.Sound], of: str, losses: Losses
) -> None:
    sounds = []
    for part in parts:
        try:
            recording = recording_by_public_id(part.recording)
        except Missing:
            losses.tell(Lost.RECORDING, part.recording, of)
            continue
        sounds.append(record_of(part, SoundDetails, recording=recording))
    set_sounds(owner, sounds)


def _restore_doors(tree: shown.Exhibition, rooms: dict[str, Room]) -> None:
    for part in tree.rooms:
        doors = [DoorDetails(rooms[d.room], d.yaw, d.pitch) for d in part.doors if d.room in rooms]
        set_doors(rooms[part.slug], doors)


def _restore_sections(
    exhibition: Exhibition,
    room: Room | None,
    parts: Iterable[shown.Section],
    exhibits: dict[str, Exhibit],
    losses: Losses,
) -> None:
    sections = []
    for part in parts:
        of = part.heading_vi or part.heading_en or part.kind
        pictures = [
            record_of(each, LabelledPicture, picture=picture)
            for each in part.pictures
            if (picture := picture_of(each.picture, losses, of))
        ]
        if len(pictures) not in PICTURES_OF_SECTION[part.kind]:
            losses.tell(Lost.SECTION, of)
            continue
        sections.append(
            record_of(
                part,
                SectionDetails,
                before=exhibits.get(part.before) if part.before else None,
                pictures=pictures,
                entries=_rows(TimelineEntry, part.entries, Lost.YEAR, of, losses),
                workshops=_rows(Workshop, part.workshops, Lost.WORKSHOP, of, losses),
            )
        )
    set_sections(exhibition, room, sections)


def _rows(
    kind: type[TimelineEntry | Workshop],
    slugs: tuple[str, ...],
    what: Lost,
    of: str,
    losses: Losses,
) -> list[Any]:
    rows: Iterable[Any] = db.session.scalars(select(kind))
    found = {row.slug: row for row in rows}
    for slug in slugs:
        if slug not in found:
            losses.tell(what, slug, of)
    return [found[slug] for slug in slugs if slug in found]
