"""What an exhibition still lacks before visitors may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shop.core.settings import LANGUAGES
from shop.exhibitions import shown
from shop.exhibitions.models.rooms import SectionKind


class Lack(StrEnum):
    TEXT = "text"
    TRANSLATION = "translation"
    SOURCE = "source"
    CERTAINTY = "certainty"
    PICTURE = "picture"
    ROOMS = "rooms"
    EXHIBITS = "exhibits"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Gap:
    """`field` is the text's name without its language, `language` the one that is missing.

    `room` and `exhibit` are slugs; of a section its number within the room or page, from 1.
    """

    lack: Lack
    field: str = ""
    language: str = ""
    room: str = ""
    exhibit: str = ""
    section: int = 0
    detail: int = 0
    artefact: str = ""


SAID_SO = (SectionKind.PROSE, SectionKind.QUOTATION)
"""Sections that state something, and so need a text, a source and a certainty."""


def gaps_of(exhibition: shown.Exhibition) -> list[Gap]:
    """Everything that is missing, in the order of the walk; none when it may be published."""
    return list(_gaps(exhibition))


def untranslated(exhibition: shown.Exhibition) -> list[Gap]:
    """Only what one language says and the other does not."""
    return [gap for gap in gaps_of(exhibition) if gap.lack is Lack.TRANSLATION]


def _gaps(exhibition: shown.Exhibition) -> Iterator[Gap]:
    yield from _texts(exhibition, needed=("title", "intro"), optional=("subtitle", "curator"))
    yield from _stated(exhibition)
    if not exhibition.rooms:
        yield Gap(Lack.ROOMS)
    for number, section in enumerate(exhibition.sections, start=1):
        yield from _of_section(section, section=number)
    for room in exhibition.rooms:
        yield from _of_room(room)


def _of_room(room: shown.Room) -> Iterator[Gap]:
    yield from _texts(room, needed=("name", "intro"), optional=("simple",), room=room.slug)
    yield from _stated(room, room=room.slug)
    if not room.exhibits:
        yield Gap(Lack.EXHIBITS, room=room.slug)
    for exhibit in room.exhibits:
        yield from _of_exhibit(room, exhibit)
    for number, section in enumerate(room.sections, start=1):
        yield from _of_section(section, room=room.slug, section=number)


def _of_exhibit(room: shown.Room, exhibit: shown.Exhibit) -> Iterator[Gap]:
    at: dict[str, Any] = {"room": room.slug, "exhibit": exhibit.slug}
    yield from _texts(exhibit, needed=("text",), optional=("simple",), **at)
    yield from _stated(exhibit, **at)
    for number, detail in enumerate(exhibit.details, start=1):
        yield from _texts(detail, needed=("name",), optional=("text",), detail=number, **at)
    artefact, at = exhibit.artefact, {**at, "artefact": exhibit.artefact.slug}
    yield from _texts(artefact, needed=("name", "summary"), optional=TOLD_OF_ARTEFACTS, **at)
    yield from _stated(artefact, **at)
    if not artefact.pictures:
        yield Gap(Lack.PICTURE, **at)
    if not (artefact.credit_vi.strip() and artefact.credit_en.strip()):
        yield Gap(Lack.CREDIT, **at)


TOLD_OF_ARTEFACTS = ("description", "when", "place")


def _of_section(part: shown.Section, **at: Any) -> Iterator[Gap]:
    states = part.kind in SAID_SO
    yield from _texts(
        part,
        needed=("text",) if states else (),
        optional=("heading", "attribution") if states else ("heading", "attribution", "text"),
        **at,
    )
    if states:
        yield from _stated(part, **at)
    for each in part.pictures:
        yield from _texts(each, needed=(), optional=("label", "text"), **at)


def _texts(
    row: object, *, needed: tuple[str, ...], optional: tuple[str, ...], **at: Any
) -> Iterator[Gap]:
    for field in (*needed, *optional):
        written = [code for code in LANGUAGES if getattr(row, f"{field}_{code}").strip()]
        if not written and field in needed:
            yield Gap(Lack.TEXT, field=field, **at)
        elif written and len(written) < len(LANGUAGES):
            absent = next(code for code in LANGUAGES if code not in written)
            yield Gap(Lack.TRANSLATION, field=field, language=absent, **at)


def _stated(row: Any, **at: Any) -> Iterator[Gap]:
    if not row.source.strip():
        yield Gap(Lack.SOURCE, **at)
    if row.certainty is None:
        yield Gap(Lack.CERTAINTY, **at)
