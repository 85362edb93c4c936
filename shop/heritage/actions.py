"""What is done with the vocabulary."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Invalid, Message
from shop.heritage.models import Certainty, Term, TermKind

NOT_IN_LIST = lazy_gettext("Choose one from the list.")


@dataclass(frozen=True, slots=True)
class TermDetails:
    """Synonyms are what people also search by, with commas between; colour is #rrggbb."""

    name_vi: str
    name_en: str
    description_vi: str
    description_en: str
    certainty: Certainty
    source: str
    synonyms_vi: str = ""
    synonyms_en: str = ""
    colour: str | None = None
    position: int = 0


def put_term(kind: TermKind, slug: str, details: TermDetails) -> tuple[Term, bool]:
    """The term, new or brought up to date, and whether anything changed.

    Raises Invalid for a statement without its source.
    """
    if not details.source.strip():
        missing: dict[str, Message] = {"source": lazy_gettext("Say where this is known from.")}
        raise Invalid(fields=missing)
    term = db.session.scalar(select(Term).where(Term.kind == kind, Term.slug == slug))
    if term is not None:
        return term, take_over(term, asdict(details))
    term = Term(kind=kind, slug=slug, **asdict(details))
    db.session.add(term)
    db.session.flush()
    return term, True
