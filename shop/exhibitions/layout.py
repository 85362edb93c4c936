"""A room in the order in which it is read, and the pictures that are seen on each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import dist

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


# A sign is 44 px wide, and the narrowest picture that carries one 340 px; pictures stand 4:5.
WIDTH_OF_A_SIGN = 0.13
HEIGHT_TO_WIDTH = 1.25
MOST_ROUNDS = 30


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
    """The notes that point at this picture, each in the middle of its region or close to it."""
    noted = [
        (number, detail, detail.region)
        for number, detail in enumerate(exhibit.details, start=1)
        if detail.region and _lies_on(detail, image, exhibit.artefact)
    ]
    middles = [(left + width / 2, top + height / 2) for _, _, (left, top, width, height) in noted]
    return [
        Pin(number, detail, round(100 * x, 2), round(100 * y, 2))
        for (number, detail, _), (x, y) in zip(noted, apart(middles), strict=True)
    ]


def apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """These places, in parts of a picture's sides, moved until no two signs cover each other.

    Each of two that are too close gives way by half of what is missing, along the line between
    them; where they are one, the earlier goes to the left.
    """
    moved = [[x, y * HEIGHT_TO_WIDTH] for x, y in places]
    for _round in range(MOST_ROUNDS):
        close = [(a, b) for a, b in combinations(moved, 2) if dist(a, b) < WIDTH_OF_A_SIGN]
        if not close:
            break
        for one, other in close:
            _part(one, other)
    return [(x, y / HEIGHT_TO_WIDTH) for x, y in moved]


def _part(one: list[float], other: list[float]) -> None:
    between = dist(one, other)
    missing = WIDTH_OF_A_SIGN * 1.01 - between
    for axis, longest in enumerate((1.0, HEIGHT_TO_WIDTH)):
        along = (other[axis] - one[axis]) / between if between else 1.0 - axis
        for place, way in ((one, -1), (other, 1)):
            pushed = place[axis] + way * along * missing / 2
            edge = WIDTH_OF_A_SIGN / 2
            place[axis] = min(max(pushed, edge), longest - edge)


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
