"""What an exhibition lacks, in words, and where to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext

from shop.core.i18n import localized
from shop.exhibitions import shown
from shop.exhibitions.drafts import detail_keys, section_keys
from shop.exhibitions.gaps import Gap, Lack
from shop.exhibitions.models.rooms import Exhibition

FIELDS = {
    "title": lazy_gettext("title"),
    "subtitle": lazy_gettext("subtitle"),
    "intro": lazy_gettext("introduction"),
    "curator": lazy_gettext("curated by"),
    "name": lazy_gettext("name"),
    "simple": lazy_gettext("simple words"),
    "text": lazy_gettext("text"),
    "summary": lazy_gettext("summary"),
    "description": lazy_gettext("description"),
    "when": lazy_gettext("dating"),
    "place": lazy_gettext("place"),
    "heading": lazy_gettext("heading"),
    "attribution": lazy_gettext("who said it"),
    "label": lazy_gettext("label of a picture"),
}
IN_LANGUAGE = {
    "vi": lazy_gettext("%(what)s: Vietnamese is missing"),
    "en": lazy_gettext("%(what)s: English is missing"),
}
LACKS = {
    Lack.SOURCE: lazy_gettext("the source is missing"),
    Lack.CERTAINTY: lazy_gettext("how certain it is has not been said"),
    Lack.PICTURE: lazy_gettext("a picture is missing"),
    Lack.ROOMS: lazy_gettext("there is no room yet"),
    Lack.EXHIBITS: lazy_gettext("nothing stands in this room yet"),
    Lack.CREDIT: lazy_gettext("whom to name is missing in one language or both"),
}
ANCHORS = {
    Lack.SOURCE: "source",
    Lack.CERTAINTY: "certainty",
    Lack.PICTURE: "pictures",
    Lack.ROOMS: "rooms",
    Lack.EXHIBITS: "exhibits",
    Lack.CREDIT: "credit_vi",
}


@dataclass(frozen=True, slots=True)
class Told:
    """`where` names the place from the room inwards, empty for the exhibition itself."""

    where: str
    what: str
    url: str


def told(exhibition: Exhibition, tree: shown.Exhibition, gaps: Sequence[Gap]) -> list[Told]:
    """Each gap in words, with a link to the very field."""
    links = _Links(exhibition, gaps)
    return [Told(_where(gap, tree), _what(gap), links.to(gap)) for gap in gaps]


def _what(gap: Gap) -> str:
    words = FIELDS.get(gap.field, gap.field)
    if gap.lack is Lack.TRANSLATION:
        return str(IN_LANGUAGE[gap.language]) % {"what": words}
    if gap.lack is Lack.TEXT:
        return gettext("%(what)s is missing", what=words)
    return str(LACKS[gap.lack])


def _where(gap: Gap, tree: shown.Exhibition) -> str:
    room = tree.room(gap.room) if gap.room else None
    exhibit = room.exhibit(gap.exhibit) if room and gap.exhibit else None
    parts = [localized(room, "name")] if room else []
    if exhibit:
        parts.append(localized(exhibit.artefact, "name"))
    if gap.detail:
        parts.append(gettext("note %(number)d", number=gap.detail))
    if gap.section:
        parts.append(gettext("section %(number)d", number=gap.section))
    if gap.artefact:
        parts.append(gettext("the artefact itself"))
    return " › ".join(parts)


class _Links:
    """Notes and sections are looked up once, and only when a gap is in one."""

    def __init__(self, exhibition: Exhibition, gaps: Sequence[Gap]) -> None:
        self.slug = exhibition.slug
        self.details = detail_keys(exhibition) if any(gap.detail for gap in gaps) else {}
        self.sections = section_keys(exhibition) if any(gap.section for gap in gaps) else {}

    def to(self, gap: Gap) -> str:
        anchor = ANCHORS.get(gap.lack) or f"{gap.field}_{gap.language or 'vi'}"
        slug = self.slug
        if gap.artefact:
            return url_for("office.artefact", slug=gap.artefact, _anchor=anchor)
        if gap.section:
            key = self.sections[gap.room, gap.section]
            return url_for("office.gallery_section", slug=slug, key=key, _anchor=anchor)
        if gap.detail:
            key = self.details[gap.room, gap.exhibit, gap.detail]
            at: dict[str, Any] = {"room_slug": gap.room, "exhibit_slug": gap.exhibit, "key": key}
            return url_for("office.gallery_detail", slug=slug, _anchor=anchor, **at)
        if gap.exhibit:
            at = {"room_slug": gap.room, "exhibit_slug": gap.exhibit}
            return url_for("office.gallery_exhibit", slug=slug, _anchor=anchor, **at)
        if gap.room:
            return url_for("office.gallery_room", slug=slug, room_slug=gap.room, _anchor=anchor)
        return url_for("office.gallery_exhibition", slug=slug, _anchor=anchor)
