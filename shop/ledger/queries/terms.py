"""The terms of trade: what is in force on a day, and all that were ever set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Unavailable
from shop.ledger.models import DatedTerm, TermOfTrade


class TermMissing(Unavailable):
    """No term of this kind was ever set."""

    message = lazy_gettext("The village office has not set all of its terms yet.")


@dataclass(frozen=True, slots=True)
class TermBook:
    """Every term that was not withdrawn: kind, first day and value, the latest first."""

    rows: Sequence[tuple[TermOfTrade, date, int]]

    def value(self, kind: TermOfTrade, on: date) -> int:
        """What is in force on the day; before the first was set, that one.

        Raises TermMissing when none was ever set.
        """
        of_kind = [(start, value) for row_kind, start, value in self.rows if row_kind is kind]
        if not of_kind:
            raise TermMissing
        return next((value for start, value in of_kind if start <= on), of_kind[-1][1])


def term_book() -> TermBook:
    """One SQL statement."""
    rows = db.session.execute(
        select(DatedTerm.kind, DatedTerm.valid_from, DatedTerm.value)
        .where(DatedTerm.withdrawn_at.is_(None))
        .order_by(DatedTerm.valid_from.desc())
    )
    return TermBook([(kind, start, value) for kind, start, value in rows])


def terms_set() -> list[DatedTerm]:
    """All that were ever set, by kind, the latest first; the withdrawn ones too."""
    rows = db.session.scalars(
        select(DatedTerm).order_by(DatedTerm.valid_from.desc(), DatedTerm.id.desc())
    )
    kinds = list(TermOfTrade)
    return sorted(rows, key=lambda row: kinds.index(row.kind))
