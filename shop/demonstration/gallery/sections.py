"""The sections of a room, or of an exhibition's own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import ColumnElement, select

from shop.core.db import Base, db
from shop.core.tables import BadTable, Table, build, build_part, tables
from shop.demonstration.gallery.artefacts import Artefacts
from shop.exhibitions.actions.sections import LabelledPicture, SectionDetails, set_sections
from shop.exhibitions.models.rooms import PICTURES_OF_SECTION, Exhibit, Exhibition, Room
from shop.heritage.models import TimelineEntry
from shop.workshops.models import Workshop

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Around:
    """What the parts of an exhibition are put together from."""

    exhibition: Exhibition
    artefacts: Artefacts


@dataclass(frozen=True, slots=True)
class _Named:
    """Years and workshops by their slugs, the exhibit it precedes by its artefact's."""

    before: str = ""
    entries: list[str] = field(default_factory=list)
    workshops: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Labels:
    label_vi: str = ""
    label_en: str = ""
    text_vi: str = ""
    text_en: str = ""


def put_sections_of(
    around: Around,
    room: Room | None,
    exhibits: Mapping[str, Exhibit],
    found: Sequence[Table],
    where: str,
) -> bool:
    """Whether anything changed. A section waits until its pictures are drawn. Raises BadTable."""
    read = [
        _section(around.artefacts, exhibits, table, f"{where}, section {number}")
        for number, table in enumerate(found, start=1)
    ]
    whole = [each for each in read if len(each.pictures) in PICTURES_OF_SECTION[each.kind]]
    return set_sections(around.exhibition, room, whole)


def _section(
    artefacts: Artefacts, exhibits: Mapping[str, Exhibit], table: Table, where: str
) -> SectionDetails:
    named, rest = build_part(_Named, table, where)
    if named.before and named.before not in exhibits:
        raise BadTable(f"{where}: there is no exhibit called {named.before!r} in the room")
    return build(
        SectionDetails,
        {key: value for key, value in rest.items() if key != "picture"},
        where,
        before=exhibits.get(named.before),
        pictures=_pictures(artefacts, tables(table, "picture", where), where),
        entries=_rows(TimelineEntry, TimelineEntry.slug, named.entries, where),
        workshops=_rows(Workshop, Workshop.slug, named.workshops, where),
    )


def _pictures(
    artefacts: Artefacts, rows: Iterable[Table], where: str
) -> tuple[LabelledPicture, ...]:
    labelled = []
    for row in rows:
        name = row.get("of")
        if not isinstance(name, str):
            raise BadTable(f"{where}: a picture lacks `of`, its artefact/role")
        words = build(_Labels, {key: value for key, value in row.items() if key != "of"}, where)
        picture = artefacts.picture(name, where)
        if picture is not None:
            texts = (words.label_vi, words.label_en, words.text_vi, words.text_en)
            labelled.append(LabelledPicture(picture, *texts))
    return tuple(labelled)


def _rows(
    kind: type[Row], slug: ColumnElement[str] | object, wanted: Sequence[str], where: str
) -> tuple[Row, ...]:
    if not wanted:
        return ()
    column: ColumnElement[str] = slug  # type: ignore[assignment]
    rows = {row.slug: row for row in db.session.scalars(select(kind).where(column.in_(wanted)))}  # type: ignore[attr-defined]
    unknown = [name for name in wanted if name not in rows]
    if unknown:
        raise BadTable(f"{where}: nothing is called {', '.join(unknown)}")
    return tuple(rows[name] for name in wanted)
