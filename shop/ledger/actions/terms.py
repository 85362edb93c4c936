"""Setting the terms of trade from a day on. A term that has begun stands for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Invalid
from shop.ledger.models import TERM_RANGES, DatedTerm, TermOfTrade


@dataclass(frozen=True, slots=True)
class TermDetails:
    """`source` says who settled it, or which law."""

    kind: TermOfTrade
    value: int
    valid_from: date
    source: str


def put_term(details: TermDetails, *, by_id: int | None, at: datetime) -> bool:
    """Set the term from its day on; False when the very same stands already.

    Raises Invalid for what cannot be, and when another stands for that day.
    """
    _refuse_wrong(details)
    standing = db.session.scalar(
        select(DatedTerm).where(
            DatedTerm.kind == details.kind,
            DatedTerm.valid_from == details.valid_from,
            DatedTerm.withdrawn_at.is_(None),
        )
    )
    if standing is not None:
        if standing.value != details.value:
            message = lazy_gettext("Another term begins on this day. Choose another day.")
            raise Invalid(fields={"valid_from": message})
        return False
    db.session.add(
        DatedTerm(
            kind=details.kind,
            value=details.value,
            valid_from=details.valid_from,
            source=details.source,
            set_by_id=by_id,
            created_at=at,
        )
    )
    db.session.flush()
    return True


def put_future_term(details: TermDetails, *, by_id: int, at: datetime) -> None:
    """As put_term, for the office: from tomorrow on, so that nothing changes under way.

    The first of its kind may begin today, for until then there is none.
    """
    today = at.astimezone(HANOI).date()
    is_first = not db.session.scalar(
        select(DatedTerm.id).where(DatedTerm.kind == details.kind, DatedTerm.valid_from <= today)
    )
    if details.valid_from <= today and not (is_first and details.valid_from == today):
        raise Invalid(fields={"valid_from": lazy_gettext("A new term begins tomorrow or later.")})
    if not put_term(details, by_id=by_id, at=at):
        raise Invalid(fields={"valid_from": lazy_gettext("This very term is set already.")})


def _refuse_wrong(details: TermDetails) -> None:
    least, most = TERM_RANGES[details.kind]
    if not least <= details.value <= most:
        message = lazy_gettext("A number from %(least)s to %(most)s.", least=least, most=most)
        raise Invalid(fields={"value": message})
    if not details.source:
        raise Invalid(fields={"source": lazy_gettext("Say who settled this.")})
