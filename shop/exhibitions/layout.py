"""A room in the order in which it is read, and the pictures that are seen on each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shop.exhibitions import shown


@dataclass(frozen=True, slots=True)
class Block:
    """Exhibits that stand together, or the one section that comes between."""

    exhibits: tuple[shown.Exhibit, ...] = ()
    section: shown.Section | None = None


def blocks_of(room: shown.Room) -> list[Block]:
    """Exhibits and sections as they follow each other."""
    blocks: list[Block] = []
    together: list[shown.Exhibit] = []
    for exhibit in (*room.exhibits, None):
        sections = room.sections_before(exhibit)
        if together and (sections or exhibit is None):
            blocks.append(Block(exhibits=tuple(together)))
            together = []
        blocks.extend(Block(section=section) for section in sections)
        if exhibit is not None:
            together.append(exhibit)
    return blocks


def images_on_list(exhibitions: Iterable[shown.Exhibition]) -> set[str]:
    """Public ids of what stands for the exhibitions."""
    return _ids(*(each.face for each in exhibitions))


def images_in_exhibition(exhibition: shown.Exhibition) -> set[str]:
    """Those of its own page: the cover, its rooms as one enters them, its sections."""
    views = (room.view for room in exhibition.rooms)
    fronts = (each.artefact.lit for room in exhibition.rooms for each in room.exhibits[:1])
    return _ids(exhibition.face, *views, *fronts, *_in_sections(exhibition.sections))


def images_in_room(room: shown.Room, *beside: shown.Room | None) -> set[str]:
    """Those of a room's page; of the rooms beside it what one sees on entering."""
    views = (each.view for each in beside if each)
    fronts = (each.artefact.lit for each in room.exhibits)
    return _ids(room.view, room.panorama, *views, *fronts, *_in_sections(room.sections))


def images_at_exhibit(
    exhibit: shown.Exhibit, room: shown.Room, related: Iterable[shown.Exhibit]
) -> set[str]:
    """Those of an exhibit's page: all its own, and the faces of what is shown beside it."""
    fronts = (each.artefact.lit for each in (*room.exhibits, *related))
    on_details = {each.picture for each in exhibit.details if each.picture}
    return _ids(*exhibit.artefact.pictures, *fronts) | on_details


@dataclass(frozen=True, slots=True)
class Pin:
    """A note's number where it belongs on the picture, in hundredths of its sides."""

    number: int
    detail: shown.Detail
    x: float
    y: float


def main_picture(exhibit: shown.Exhibit) -> str | None:
    """The picture that is shown large: that which most notes point at, else the one in its light.

    Of those taken from one place it is the one in its light.
    """
    artefact = exhibit.artefact
    lit = artefact.lit.image if artefact.lit else None
    on = Counter(each.picture for each in exhibit.details if each.picture)
    most = on.most_common(1)[0][0] if on else lit
    return lit if artefact.is_framed_alike(most) and artefact.is_framed_alike(lit) else most


def pins_on(exhibit: shown.Exhibit, image: str | None) -> list[Pin]:
    """The notes that point at this picture, each in the middle of its region."""
    return [
        Pin(
            number,
            detail,
            round(100 * (detail.region[0] + detail.region[2] / 2), 2),
            round(100 * (detail.region[1] + detail.region[3] / 2), 2),
        )
        for number, detail in enumerate(exhibit.details, start=1)
        if detail.region and _lies_on(detail, image, exhibit.artefact)
    ]


def _lies_on(detail: shown.Detail, image: str | None, artefact: shown.Artefact) -> bool:
    alike = artefact.is_framed_alike(image) and artefact.is_framed_alike(detail.picture)
    return detail.picture == image or alike


@dataclass(frozen=True, slots=True)
class Point:
    """A note on the model, with its number."""

    number: int
    detail: shown.Detail


def points_on(exhibit: shown.Exhibit) -> list[Point]:
    """The notes that point at the model."""
    numbered = enumerate(exhibit.details, start=1)
    return [Point(number, detail) for number, detail in numbered if detail.point and detail.orbit]


def _ids(*pictures: shown.Picture | None) -> set[str]:
    return {picture.image for picture in pictures if picture}


def _in_sections(sections: Iterable[shown.Section]) -> Iterator[shown.Picture]:
    return (each.picture for section in sections for each in section.pictures)


def entries_in(sections: Iterable[shown.Section]) -> set[str]:
    """Slugs of the timeline's entries that the sections tell of."""
    return {slug for section in sections for slug in section.entries}


def has_map(sections: Iterable[shown.Section]) -> bool:
    return any(section.workshops for section in sections)
