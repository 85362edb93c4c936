"""Keeping exhibits, noting something of them, and showing others what was kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select

from shop.core.db import db
from shop.core.errors import Conflict, Missing
from shop.core.ids import public_id, secret_token, token_digest
from shop.exhibitions.queries import standing_exhibit
from shop.visits.models import KeptExhibit, Visit
from shop.visits.queries.visits import visit_by_token

MOST_KEPT = 120
LIFE = timedelta(days=180)
"""After so long without use a visit is forgotten, with all its notes."""
SHARE_ID_LENGTH = 20
"""100 random bits: whoever has the address may read, and nobody guesses it."""


class KeepsTooMany(Conflict):
    message = lazy_gettext(
        "A visit holds at most %(most)s objects. Take one out before you keep another.",
        most=MOST_KEPT,
    )


def visit_to_fill(token: str | None, at: datetime) -> tuple[Visit, str | None]:
    """The visit of this cookie, locked; else a new one and the token that opens it."""
    visit = visit_by_token(token, lock=True)
    if visit is not None:
        visit.used_at = at
        return visit, None
    token = secret_token()
    visit = Visit(token_digest=token_digest(token), used_at=at)
    db.session.add(visit)
    db.session.flush()
    return visit, token


def visit_to_change(token: str | None, at: datetime) -> Visit:
    """The visit of this cookie, locked. Raises Missing where there is none."""
    visit = visit_by_token(token, lock=True)
    if visit is None:
        raise Missing
    visit.used_at = at
    return visit


def keep_exhibit(visit: Visit, key: str, at: datetime) -> None:
    """Keep what is on show; keeping it twice changes nothing.

    Raises Missing for what is not on show, KeepsTooMany beyond MOST_KEPT.
    """
    place = standing_exhibit(key, at)
    own = KeptExhibit.visit_id == visit.id
    if db.session.get(KeptExhibit, (visit.id, place.exhibit.key)) is not None:
        return
    held = db.session.scalar(select(func.count()).select_from(KeptExhibit).where(own)) or 0
    if held >= MOST_KEPT:
        raise KeepsTooMany
    db.session.add(KeptExhibit(visit_id=visit.id, exhibit_key=place.exhibit.key, kept_at=at))


def let_go(visit: Visit, key: str) -> None:
    """Take it out again, with its note. Raises Missing for what is not kept."""
    db.session.delete(_kept(visit, key))


def write_note(visit: Visit, key: str, note: str) -> None:
    """An empty note is none. Raises Missing for what is not kept."""
    _kept(visit, key).note = note


def open_link(visit: Visit) -> str:
    """Let whoever has the address read what was kept; the address it has already, if any."""
    visit.share_id = visit.share_id or public_id(SHARE_ID_LENGTH)
    return visit.share_id


def close_link(visit: Visit) -> None:
    """The address opens nothing any more; the next one will be another."""
    visit.share_id = None


def forget(visit: Visit) -> None:
    """Erase it with all that was kept and noted."""
    db.session.delete(visit)


def forget_unused(at: datetime) -> int:
    """Erase the visits nobody has used for LIFE; returns how many."""
    gone = db.session.execute(delete(Visit).where(Visit.used_at < at - LIFE))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _kept(visit: Visit, key: str) -> KeptExhibit:
    kept = db.session.get(KeptExhibit, (visit.id, key))
    if kept is None:
        raise Missing
    return kept
