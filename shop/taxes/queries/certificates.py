"""Which certificates stand, and which were replaced by which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from shop.core.db import db
from shop.core.errors import Missing
from shop.taxes.models import TaxCertificate


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """A certificate with the names of the one it replaces and of the one that replaced it."""

    paper: TaxCertificate
    replaces: str | None
    replaced_by: str | None

    @property
    def stands(self) -> bool:
        return self.replaced_by is None


def certificates(
    *, month: date | None = None, workshop_id: int | None = None
) -> dict[tuple[int, date], list[KeptCertificate]]:
    """By workshop and month, the newest first; one SQL statement."""
    query = _kept()
    if month is not None:
        query = query.where(TaxCertificate.month == month)
    if workshop_id is not None:
        query = query.where(TaxCertificate.workshop_id == workshop_id)
    found: dict[tuple[int, date], list[KeptCertificate]] = {}
    for row in db.session.execute(query.order_by(TaxCertificate.id.desc())):
        kept = _certificate(*row)
        found.setdefault((kept.paper.workshop_id, kept.paper.month), []).append(kept)
    return found


def certificate(
    year: int, number: int, *, workshop_ids: list[int] | None = None
) -> KeptCertificate:
    """Raises Missing for one never issued, and for another workshop's unless all are asked for."""
    query = _kept().where(TaxCertificate.year == year, TaxCertificate.number == number)
    if workshop_ids is not None:
        query = query.where(TaxCertificate.workshop_id.in_(workshop_ids))
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing
    return _certificate(*row)


def _kept() -> Select[TaxCertificate, TaxCertificate, TaxCertificate]:
    old, new = aliased(TaxCertificate), aliased(TaxCertificate)
    return (
        select(TaxCertificate, old, new)
        .outerjoin(old, old.id == TaxCertificate.replaces_id)
        .outerjoin(new, new.replaces_id == TaxCertificate.id)
    )


def _certificate(
    paper: TaxCertificate, old: TaxCertificate | None, new: TaxCertificate | None
) -> KeptCertificate:
    return KeptCertificate(paper, old.name if old else None, new.name if new else None)
