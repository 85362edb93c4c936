"""Issuing certificates of tax withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.accounts.models import Person
from shop.accounts.places.vietnam import ward
from shop.core.clock import HANOI
from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.taxes.models import TaxCertificate
from shop.taxes.months import has_ended
from shop.taxes.queries.certificates import certificates
from shop.taxes.queries.months import workshop_months
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Payer:
    """Who withheld the tax and owes it to the tax office."""

    name: str
    tax_id: str


def issue_certificate(
    workshop_id: int,
    month: date,
    *,
    payer: Payer,
    replaces: str | None,
    by: Person,
    at: datetime,
) -> TaxCertificate:
    """Certify the month as the books have it; `replaces` names the one that stood so far.

    Raises Conflict for a month that has not ended, for one in which nothing was withheld, and
    when another certificate than the named one stands: somebody else was quicker.
    """
    workshop = db.session.scalars(
        for_update(select(Workshop).where(Workshop.id == workshop_id))
    ).one()
    if not has_ended(month, at):
        raise Conflict(lazy_gettext("The month has not ended yet; its figures may still change."))
    rows = workshop_months(month=month, workshop_id=workshop_id)
    if not rows or not any(line.vat or line.pit for line in rows[0].lines):
        raise Conflict(lazy_gettext("Nothing was withheld of this workshop in the month."))
    standing = next(iter(certificates(month=month, workshop_id=workshop_id).values()), None)
    if (standing[0].paper.name if standing else None) != replaces:
        raise Conflict(lazy_gettext("A certificate of this month has been issued meanwhile."))
    year = at.astimezone(HANOI).year
    paper = TaxCertificate(
        year=year,
        number=_next_number(year),
        workshop_id=workshop_id,
        month=month,
        base=rows[0].base,
        vat=rows[0].vat,
        pit=rows[0].pit,
        seller_name=workshop.name_vi,
        seller_tax_id=workshop.tax_id,
        seller_address=_address(workshop),
        payer_name=payer.name,
        payer_tax_id=payer.tax_id,
        issued_at=at,
        issued_by_id=by.id,
        issued_by=by.name,
        replaces_id=standing[0].paper.id if standing else None,
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def _next_number(year: int) -> int:
    """Two at the same moment are kept apart by the database; the later is refused."""
    query = select(func.max(TaxCertificate.number)).where(TaxCertificate.year == year)
    return (db.session.scalar(query) or 0) + 1


def _address(workshop: Workshop) -> str:
    place = ward(workshop.ward_code) if workshop.ward_code else None
    parts = (workshop.street, place.name if place else "", "Hà Nội" if place else "")
    return ", ".join(part for part in parts if part)
