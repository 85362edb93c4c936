"""What a visitor has kept, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core.db import db, for_update
from shop.core.errors import Missing
from shop.core.ids import token_digest
from shop.exhibitions.queries import Standing, once_shown, standing
from shop.visits.models import KeptExhibit, Visit
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Kept:
    """`place` is where it stands or stood last, None when that cannot be told any more."""

    key: str
    note: str
    place: Standing | None
    is_on_show: bool


def visit_by_token(token: str | None, *, lock: bool = False) -> Visit | None:
    """The visit this cookie opens."""
    if not token:
        return None
    found = select(Visit).where(Visit.token_digest == token_digest(token))
    return db.session.scalar(for_update(found) if lock else found)


def shared_visit(share_id: str) -> Visit:
    """The visit whose owner opened it under this address. Raises Missing."""
    visit = db.session.scalar(select(Visit).where(Visit.share_id == share_id))
    if visit is None:
        raise Missing
    return visit


def kept_keys(token: str | None) -> frozenset[str]:
    """The exhibits kept, by their keys; one SQL statement with a cookie, none without."""
    if not token:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(KeptExhibit.exhibit_key)
            .join(Visit, Visit.id == KeptExhibit.visit_id)
            .where(Visit.token_digest == token_digest(token))
        )
    )


def kept_exhibits(visit_id: int, at: datetime) -> list[Kept]:
    """In the order they were kept, each where it stands now or stood last."""
    rows = db.session.execute(
        select(KeptExhibit.exhibit_key, KeptExhibit.note)
        .where(KeptExhibit.visit_id == visit_id)
        .order_by(KeptExhibit.kept_at, KeptExhibit.exhibit_key)
    ).all()
    if not rows:
        return []
    on_show = {each.exhibit.key: each for each in standing(at)}
    return [
        Kept(key, note, on_show.get(key) or once_shown(key, at), key in on_show)
        for key, note in rows
    ]


def workshops_of_products(slugs: frozenset[str]) -> dict[str, str]:
    """The workshop's slug by the piece's; one SQL statement, none for no pieces."""
    if not slugs:
        return {}
    rows = db.session.execute(
        select(Product.slug, Workshop.slug)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(Product.slug.in_(slugs))
    )
    return {row[0]: row[1] for row in rows}
