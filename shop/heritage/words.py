"""Kinds of terms, certainties and years in the words of the page."""

from __future__ import annotations

from flask_babel import LazyString, gettext, lazy_gettext

from shop.core.i18n import localized
from shop.heritage.models import Certainty, TermKind, TimelineEntry
from shop.heritage.queries import Mention

KIND_NAMES: dict[TermKind, LazyString] = {
    TermKind.GLAZE: lazy_gettext("Glaze"),
    TermKind.FORM: lazy_gettext("Form"),
    TermKind.DECORATION: lazy_gettext("Motif"),
    TermKind.TECHNIQUE: lazy_gettext("Technique"),
    TermKind.BODY: lazy_gettext("Clay body"),
    TermKind.KILN: lazy_gettext("Kiln"),
    TermKind.WORD: lazy_gettext("Word of the trade"),
}
CERTAINTY_NAMES: dict[Certainty, LazyString] = {
    Certainty.DOCUMENTED: lazy_gettext("Documented"),
    Certainty.TRADITION: lazy_gettext("Tradition"),
    Certainty.CONTESTED: lazy_gettext("Contested"),
}
CERTAINTY_MEANINGS: dict[Certainty, LazyString] = {
    Certainty.DOCUMENTED: lazy_gettext("The source named here says so."),
    Certainty.TRADITION: lazy_gettext(
        "So it is told or called in the village. We have seen no document that confirms it."
    ),
    Certainty.CONTESTED: lazy_gettext("Sources disagree, and the text says on what."),
}


def when(entry: TimelineEntry | Mention) -> str:
    """The time as a person writes it: in its own words, else from the years."""
    written = localized(entry, "when")
    if written:
        return written
    years = str(entry.year_from)
    if entry.year_to is not None and entry.year_to != entry.year_from:
        years = f"{entry.year_from}–{entry.year_to}"
    return gettext("about %(years)s", years=years) if entry.is_about else years
