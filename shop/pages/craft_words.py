"""The craft's kinds and eras in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from shop.core.i18n import localized
from shop.core.vietnamese import fold
from shop.heritage.models import Term, TermKind, TimelineEntry

KIND_TITLES: dict[TermKind, LazyString] = {
    TermKind.GLAZE: lazy_gettext("Glazes"),
    TermKind.FORM: lazy_gettext("Forms"),
    TermKind.DECORATION: lazy_gettext("Motifs"),
    TermKind.TECHNIQUE: lazy_gettext("Techniques"),
    TermKind.BODY: lazy_gettext("Clay bodies"),
    TermKind.KILN: lazy_gettext("Kilns"),
    TermKind.WORD: lazy_gettext("Words of the trade"),
}


@dataclass(frozen=True, slots=True)
class Era:
    """Years up to and including `last`; no `last` means to this day."""

    last: int | None
    title: LazyString


ERAS = (
    Era(1400, lazy_gettext("Up to the 14th century")),
    Era(1700, lazy_gettext("15th to 17th century")),
    Era(1900, lazy_gettext("18th and 19th century")),
    Era(2000, lazy_gettext("20th century")),
    Era(None, lazy_gettext("Since 2001")),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    number: int
    title: str
    entries: tuple[TimelineEntry, ...]


def chapters(entries: Sequence[TimelineEntry]) -> list[Chapter]:
    """The entries by the era in which they begin; eras of which nothing is told are left out."""
    first = 0
    found = []
    for number, era in enumerate(ERAS, start=1):
        last = era.last or 9999
        within = tuple(entry for entry in entries if first <= entry.year_from <= last)
        first = last + 1
        if within:
            found.append(Chapter(number, str(era.title), within))
    return found


def synonyms(term: Term) -> list[str]:
    """Other names in the language of the page: neither the term's own nor one in two spellings."""
    name = localized(term, "name")
    seen = {_spoken(part) for part in (name, *name.rstrip(")").split(" ("))}
    others = []
    for word in localized(term, "synonyms").split(","):
        if word.strip() and _spoken(word) not in seen:
            seen.add(_spoken(word))
            others.append(word.strip())
    return others


def _spoken(word: str) -> str:
    return fold(word).replace("-", " ")


def first_sentence(text: str) -> str:
    """A description's beginning, long enough to define: up to the first full stop in a line."""
    head, stop, _ = " ".join(text.split()).partition(". ")
    return f"{head}." if stop else head


def by_kind(terms: Sequence[Term]) -> Iterator[tuple[TermKind, list[Term]]]:
    """Kinds in the order of reading, each with its terms; kinds without any are left out."""
    for kind in KIND_TITLES:
        of_kind = [term for term in terms if term.kind is kind]
        if of_kind:
            yield kind, of_kind
