"""Placards and labels to print: in both languages, with a code that leads to the exhibit's page."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import typst

from shop.core.settings import PROJECT
from shop.exhibitions import shown
from shop.visits.codes import code_drawing

TEMPLATE = PROJECT / "templates" / "visits" / "placards.typ"
FONTS = PROJECT / "static" / "vendor" / "print"


class SheetFormat(StrEnum):
    """A placard a page, two a page to cut apart, or eight labels a page; all on A4."""

    A4 = "a4"
    A5 = "a5"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Sign:
    """Every word on one placard, and its code as a drawing."""

    number: int
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    when_vi: str
    when_en: str
    room_vi: str
    room_en: str
    qr: str
    address: str


def signs_of(
    exhibition: shown.Exhibition,
    public_url: str,
    *,
    room: str | None = None,
    keys: Iterable[str] = (),
) -> list[Sign]:
    """The signs of a room (by slug), of the exhibits of these keys, or of all, in their order.

    Exhibits without a placard have none. `public_url` is the site's, without a slash at its end.
    """
    wanted = frozenset(keys)
    return [
        _sign(place, exhibit, public_url)
        for place, exhibit in exhibition.exhibits()
        if (not room or place.slug == room) and (not wanted or exhibit.key in wanted)
        if exhibit.code and exhibit.stop
    ]


def _sign(room: shown.Room, exhibit: shown.Exhibit, public_url: str) -> Sign:
    url = f"{public_url}/p/{exhibit.code}"
    artefact = exhibit.artefact
    return Sign(
        number=exhibit.stop or 0,
        name_vi=artefact.name_vi,
        name_en=artefact.name_en,
        summary_vi=first_sentence(artefact.summary_vi),
        summary_en=first_sentence(artefact.summary_en),
        when_vi=artefact.when_vi,
        when_en=artefact.when_en,
        room_vi=room.name_vi,
        room_en=room.name_en,
        qr=code_drawing(url),
        address=url.partition("://")[2],
    )


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence: one that a capital letter follows."""
    words = text.split()
    for place, word in enumerate(words[:-1]):
        if word.endswith((".", "?", "…")) and words[place + 1][:1].isupper():
            return " ".join(words[: place + 1])
    return " ".join(words)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def placard_sheets(signs: Sequence[Sign], kind: SheetFormat, title: str) -> bytes:
    """A PDF on A4. `signs` is at least one; `title` names the document in the reader's window."""
    data = {"kind": kind.value, "title": title, "signs": [asdict(sign) for sign in signs]}
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheets": json.dumps(data)},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf
