"""Saving an exhibition whole, and letting visitors see what was saved, now or on a day."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Message
from shop.core.ids import secret_token
from shop.exhibitions.compose import compose
from shop.exhibitions.gaps import Gap, gaps_of
from shop.exhibitions.models.editions import Publication, Revision
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.shown import as_content

CLOSES_BEFORE_OPENING: Message = lazy_gettext("It has to close after it opens.")


class Incomplete(Invalid):
    """The exhibition lacks something visitors are owed; `gaps` say what and where."""

    message = lazy_gettext("This exhibition is not complete yet.")

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__()
        self.gaps = gaps


class HasBegun(Conflict):
    message = lazy_gettext("This publication has begun already. Withdraw the exhibition instead.")


def record_revision(
    exhibition: Exhibition, *, by: int | None, at: datetime, summary: str
) -> Revision:
    """Keep the draft as it stands now; the last revision itself when nothing changed since.

    `by` is a person's key; `summary` says what was changed, for the list of revisions.
    """
    db.session.flush()
    db.session.execute(for_update(select(Exhibition).where(Exhibition.id == exhibition.id)))
    content = as_content(compose(exhibition))
    digest = content_digest(content)
    last = latest_revision(exhibition.id)
    if last is not None and last.digest == digest:
        return last
    revision = Revision(
        exhibition_id=exhibition.id,
        number=last.number + 1 if last else 1,
        at=at,
        by_person_id=by,
        summary=summary,
        digest=digest,
        content=content,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def content_digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content, in hexadecimal, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def latest_revision(exhibition_id: int) -> Revision | None:
    """What was saved last, published or not."""
    return db.session.scalar(
        select(Revision)
        .where(Revision.exhibition_id == exhibition_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def publish(
    exhibition: Exhibition,
    *,
    by: int | None,
    at: datetime,
    goes_live_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Publication:
    """Show the draft as it stands now, at once or from `goes_live_at` on.

    What is planned and has not begun gives way to this. Raises Incomplete, saying what is
    missing, or Invalid for a closing before the opening.
    """
    opens = max(goes_live_at or at, at)
    if closes_at is not None and closes_at <= opens:
        raise Invalid(fields={"closes_at": CLOSES_BEFORE_OPENING})
    revision = record_revision(exhibition, by=by, at=at, summary="")
    gaps = gaps_of(compose(exhibition))
    if gaps:
        raise Incomplete(gaps)
    cancel_plans(exhibition, at=at)
    return _announce(exhibition, revision, by=by, at=at, opens=opens, closes_at=closes_at)


def withdraw(exhibition: Exhibition, *, by: int | None, at: datetime) -> Publication:
    """Take it off the public pages at once, with all that is planned; the draft stays."""
    cancel_plans(exhibition, at=at)
    return _announce(exhibition, None, by=by, at=at, opens=at, closes_at=None)


def cancel_plans(exhibition: Exhibition, *, at: datetime) -> int:
    """Call off every publication that has not begun; how many there were."""
    planned = db.session.scalars(
        select(Publication).where(
            Publication.exhibition_id == exhibition.id,
            Publication.goes_live_at > at,
            Publication.cancelled_at.is_(None),
        )
    ).all()
    for publication in planned:
        publication.cancelled_at = at
    return len(planned)


def cancel_plan(publication: Publication, *, at: datetime) -> None:
    """Call one off. Raises HasBegun for one that visitors may have seen."""
    if publication.goes_live_at <= at:
        raise HasBegun
    publication.cancelled_at = at


def renew_preview_key(exhibition: Exhibition) -> None:
    """Close the link by which the draft could be read, and open another."""
    exhibition.preview_key = secret_token()


def _announce(
    exhibition: Exhibition,
    revision: Revision | None,
    *,
    by: int | None,
    at: datetime,
    opens: datetime,
    closes_at: datetime | None,
) -> Publication:
    publication = Publication(
        exhibition_id=exhibition.id,
        revision_id=revision.id if revision else None,
        goes_live_at=opens,
        closes_at=closes_at,
        at=at,
        by_person_id=by,
    )
    db.session.add(publication)
    db.session.flush()
    return publication
