"""An exhibition as it is shown: one frozen tree, kept whole with each revision.

Preview and public page render the same tree; a page never reads the drafts' tables. Pictures,
models and recordings are named by their public ids, pieces, workshops, terms and years by their
slugs: what stands behind those names is read when the page is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.rooms import SectionKind
from shop.heritage.models import Certainty, TermKind

FRONT, ZOOM, NIGHT = "front", "zoom", "night"
FRAMED_ALIKE = (FRONT, ZOOM, NIGHT)
"""Roles of pictures taken from one place: by day, sharper, and in the gallery's light."""


@dataclass(frozen=True, slots=True)
class Picture:
    image: str
    rights: Rights
    credit_vi: str
    credit_en: str
    role: str = ""
    caption_vi: str = ""
    caption_en: str = ""


@dataclass(frozen=True, slots=True)
class TermName:
    kind: TermKind
    slug: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Artefact:
    slug: str
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    description_vi: str
    description_en: str
    when_vi: str
    when_en: str
    year_from: int | None
    year_to: int | None
    place_vi: str
    place_en: str
    height_mm: int | None
    width_mm: int | None
    depth_mm: int | None
    weight_g: int | None
    rights: Rights
    credit_vi: str
    credit_en: str
    may_download: bool
    certainty: Certainty | None
    source: str
    terms: tuple[TermName, ...]
    pictures: tuple[Picture, ...]
    model: str | None
    workshop: str | None
    product: str | None

    @property
    def front(self) -> Picture | None:
        """What stands for it in lists."""
        return self.pictures[0] if self.pictures else None

    @property
    def lit(self) -> Picture | None:
        """How it is shown in the gallery: the picture in its light, else the front."""
        return next((p for p in self.pictures if p.role == NIGHT), self.front)

    def is_framed_alike(self, image: str | None) -> bool:
        """Whether the picture shows it from the same place, so that notes lie alike on each."""
        return any(p.image == image and p.role in FRAMED_ALIKE for p in self.pictures)

    @property
    def sharpest(self) -> Picture | None:
        """What deep zoom opens: the picture made for it, else the front."""
        return next((p for p in self.pictures if p.role == ZOOM), self.front)


@dataclass(frozen=True, slots=True)
class Detail:
    """Of a picture: `picture` is its image and `region` x, y, width, height as fractions.

    Of the model: `point` x, y, z in metres, `orbit` azimuth°, polar° and distance in metres.
    """

    name_vi: str
    name_en: str
    text_vi: str
    text_en: str
    picture: str | None = None
    region: tuple[float, float, float, float] | None = None
    point: tuple[float, float, float] | None = None
    orbit: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording to hear, or to see signed; `kind` is audio or sign."""

    recording: str
    kind: str
    language: str
    rights: Rights
    credit_vi: str
    credit_en: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    key: str
    slug: str
    stop: int | None
    code: str | None
    text_vi: str
    text_en: str
    simple_vi: str
    simple_en: str
    certainty: Certainty | None
    source: str
    yaw: float | None
    pitch: float | None
    artefact: Artefact
    details: tuple[Detail, ...] = ()
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPicture:
    picture: Picture
    label_vi: str
    label_en: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Section:
    kind: SectionKind
    heading_vi: str
    heading_en: str
    text_vi: str
    text_en: str
    attribution_vi: str
    attribution_en: str
    certainty: Certainty | None
    source: str
    before: str | None = None
    pictures: tuple[SectionPicture, ...] = ()
    entries: tuple[str, ...] = ()
    workshops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    room: str
    yaw: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Room:
    slug: str
    name_vi: str
    name_en: str
    intro_vi: str
    intro_en: str
    simple_vi: str
    simple_en: str
    certainty: Certainty | None
    source: str
    panorama: Picture | None
    view: Picture | None
    start_yaw: float
    start_pitch: float
    exhibits: tuple[Exhibit, ...] = ()
    sections: tuple[Section, ...] = ()
    doors: tuple[Door, ...] = ()
    sounds: tuple[Sound, ...] = ()

    def exhibit(self, slug: str) -> Exhibit | None:
        return next((each for each in self.exhibits if each.slug == slug), None)

    def sections_before(self, exhibit: Exhibit | None) -> tuple[Section, ...]:
        """Those that precede the exhibit; for None those after all of them."""
        key = exhibit.key if exhibit else None
        return tuple(each for each in self.sections if each.before == key)


@dataclass(frozen=True, slots=True)
class Exhibition:
    slug: str
    title_vi: str
    title_en: str
    subtitle_vi: str
    subtitle_en: str
    intro_vi: str
    intro_en: str
    curator_vi: str
    curator_en: str
    certainty: Certainty | None
    source: str
    cover: Picture | None
    rooms: tuple[Room, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def face(self) -> Picture | None:
        """What stands for it: its cover, else the first thing that is shown in it."""
        fronts = (each.artefact.front for room in self.rooms for each in room.exhibits)
        return self.cover or next((front for front in fronts if front), None)

    def room(self, slug: str) -> Room | None:
        return next((each for each in self.rooms if each.slug == slug), None)

    def number_of(self, room: Room) -> int:
        """Rooms are numbered from 1 in their order."""
        return self.rooms.index(room) + 1

    def neighbours(self, room: Room) -> tuple[Room | None, Room | None]:
        """The room before and the one after."""
        place = self.rooms.index(room)
        before = self.rooms[place - 1] if place else None
        after = self.rooms[place + 1] if place + 1 < len(self.rooms) else None
        return before, after

    def exhibits(self) -> Iterator[tuple[Room, Exhibit]]:
        """Every exhibit with its room, in the order of the walk."""
        return ((room, exhibit) for room in self.rooms for exhibit in room.exhibits)

    def placed(self, key: str) -> tuple[Room, Exhibit] | None:
        """Where the exhibit of this key stands."""
        return next((pair for pair in self.exhibits() if pair[1].key == key), None)


def as_content(exhibition: Exhibition) -> dict[str, Any]:
    """What a revision keeps: JSON's own types only."""
    content: dict[str, Any] = msgspec.to_builtins(exhibition)
    return content


def from_content(content: dict[str, Any]) -> Exhibition:
    """The tree of a revision; a field added since reads as its default."""
    return msgspec.convert(content, Exhibition)
