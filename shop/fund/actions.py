"""What officers do with the fund: propose, decide, pay, keep papers, write down apprentices.

Two proposals decided at once must not give the same money: whoever decides locks every open
proposal first, and reads the balance after that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import Person
from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.i18n import money
from shop.core.vietnamese import fold
from shop.fund.models import (
    ApprenticeCount,
    Grant,
    GrantEvent,
    GrantPaper,
    GrantStatus,
    PaperKind,
)
from shop.fund.queries.grants import fund_balance, promised
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.media.storage import Storage
from shop.workshops.models import Workshop, WorkshopMember

FUND, OWED, BANK = (
    Side(account) for account in (Account.CRAFT_FUND, Account.GRANTS_OWED, Account.CLEARING_BANK)
)


class WrongGrantMove(Conflict):
    message = lazy_gettext("Somebody else has decided on this grant in the meantime.")


class SameOfficer(Conflict):
    message = lazy_gettext("Whoever proposed a grant does not decide on it. A second officer does.")


class OwnGrant(Conflict):
    message = lazy_gettext(
        "Nobody proposes or approves a grant to themselves or to their workshop."
    )


class ReferenceUsed(Invalid):
    def __init__(self) -> None:
        super().__init__(
            fields={"bank_reference": lazy_gettext("Another grant was paid with this reference.")}
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """`workshop_slug` when the recipient is a workshop, whose name stands then; amount in đồng."""

    recipient: str
    workshop_slug: str | None
    purpose_vi: str
    purpose_en: str
    amount: int
    is_illustrative: bool = False


def propose_grant(proposal: Proposal, *, by: Person, at: datetime) -> Grant:
    """Raises Invalid for more than is left besides other proposals, OwnGrant, or Missing."""
    workshop = _workshop(proposal.workshop_slug)
    recipient = workshop.name_vi if workshop else proposal.recipient
    _refuse_recipient(by, recipient, workshop.id if workshop else None)
    left = fund_balance() - promised()
    if proposal.amount > left:
        raise _too_much(left)
    grant = Grant(
        recipient=recipient,
        workshop_id=workshop.id if workshop else None,
        purpose_vi=proposal.purpose_vi,
        purpose_en=proposal.purpose_en,
        amount=proposal.amount,
        status=GrantStatus.PROPOSED,
        proposed_by_id=by.id,
        proposed_at=at,
        is_illustrative=proposal.is_illustrative,
    )
    db.session.add(grant)
    db.session.flush()
    _note(grant, None, by, at)
    return grant


def _workshop(slug: str | None) -> Workshop | None:
    if not slug:
        return None
    found = db.session.scalar(select(Workshop).where(Workshop.slug == slug))
    if found is None:
        raise Missing
    return found


def _too_much(left: int) -> Invalid:
    words = lazy_gettext("The fund has %(left)s left to give.", left=money(max(left, 0)))
    return Invalid(fields={"amount": words})


def _refuse_recipient(officer: Person, recipient: str, workshop_id: int | None) -> None:
    is_member = workshop_id is not None and db.session.scalar(
        select(WorkshopMember.id).where(
            WorkshopMember.workshop_id == workshop_id, WorkshopMember.person_id == officer.id
        )
    )
    if is_member or fold(officer.name) == fold(recipient):
        raise OwnGrant


def approve_grant(public_id: str, *, by: Person, at: datetime) -> Grant:
    """The money leaves the fund and is owed. Raises SameOfficer, OwnGrant, WrongGrantMove, or
    Invalid when the fund no longer has it."""
    grant = _to_decide(public_id, by)
    _refuse_recipient(by, grant.recipient, grant.workshop_id)
    left = fund_balance()
    if grant.amount > left:
        raise _too_much(left)
    _decide(grant, GrantStatus.APPROVED, by, at)
    _book(grant, TransactionKind.GRANT_APPROVED, {FUND: grant.amount, OWED: -grant.amount}, by, at)
    return grant


def refuse_grant(public_id: str, reason: str, *, by: Person, at: datetime) -> Grant:
    """Raises SameOfficer or WrongGrantMove."""
    grant = _to_decide(public_id, by)
    grant.refusal = reason
    _decide(grant, GrantStatus.REFUSED, by, at, reason)
    return grant


def _to_decide(public_id: str, by: Person) -> Grant:
    db.session.scalars(
        for_update(select(Grant.id).where(Grant.status == GrantStatus.PROPOSED).order_by(Grant.id))
    ).all()
    grant = _locked(public_id)
    if grant.status is not GrantStatus.PROPOSED:
        raise WrongGrantMove
    if grant.proposed_by_id == by.id:
        raise SameOfficer
    return grant


def _locked(public_id: str) -> Grant:
    grant = db.session.scalar(for_update(select(Grant).where(Grant.public_id == public_id)))
    if grant is None:
        raise Missing
    return grant


def _decide(grant: Grant, to: GrantStatus, by: Person, at: datetime, note: str = "") -> None:
    grant.decided_by_id, grant.decided_at = by.id, at
    _move(grant, to, by, at, note)


def pay_grant(
    public_id: str, *, bank_reference: str, paid_on: date, by: Person, at: datetime
) -> Grant:
    """An officer has transferred it. Raises WrongGrantMove, or ReferenceUsed."""
    grant = _locked(public_id)
    if not grant.may_become(GrantStatus.PAID):
        raise WrongGrantMove
    if db.session.scalar(select(Grant.id).where(Grant.bank_reference == bank_reference)):
        raise ReferenceUsed
    grant.bank_reference, grant.paid_on = bank_reference, paid_on
    _move(grant, GrantStatus.PAID, by, at, bank_reference)
    _book(grant, TransactionKind.GRANT_PAID, {OWED: grant.amount, BANK: -grant.amount}, by, at)
    return grant


def _move(grant: Grant, to: GrantStatus, by: Person, at: datetime, note: str) -> None:
    before, grant.status = grant.status, to
    _note(grant, before, by, at, note)


def _note(
    grant: Grant, before: GrantStatus | None, by: Person, at: datetime, note: str = ""
) -> None:
    db.session.add(
        GrantEvent(
            grant_id=grant.id,
            from_status=before,
            to_status=grant.status,
            at=at,
            by_person_id=by.id,
            note=note,
        )
    )
    db.session.flush()


def _book(
    grant: Grant, kind: TransactionKind, sides: dict[Side, int], by: Person, at: datetime
) -> None:
    post(
        Posting(
            cause=f"{kind.value}:{grant.public_id}",
            kind=kind,
            sides=sides,
            about=grant.public_id,
            by_id=by.id,
        ),
        at=at,
    )


def add_paper(
    grant: Grant,
    data: bytes,
    kind: PaperKind,
    *,
    title_vi: str,
    title_en: str,
    by: Person,
    at: datetime,
    storage: Storage,
) -> GrantPaper:
    """Keep a document for the office; its file stands before its row does."""
    paper = GrantPaper(
        grant_id=grant.id,
        kind=kind,
        title_vi=title_vi,
        title_en=title_en,
        sha256=hashlib.sha256(data).hexdigest(),
        byte_count=len(data),
        added_by_id=by.id,
        added_at=at,
    )
    db.session.add(paper)
    db.session.flush()
    storage.put(paper.storage_key, data)
    return paper


def show_paper(paper: GrantPaper, *, by: Person, at: datetime) -> None:
    """Anybody may read it from now on."""
    if not paper.is_public:
        paper.public_at, paper.public_by_id = at, by.id


def hide_paper(paper: GrantPaper) -> None:
    """For the office alone again."""
    paper.public_at = paper.public_by_id = None


def count_apprentices(
    workshop_slug: str,
    year: int,
    apprentices: int,
    source: str,
    *,
    by: Person,
    at: datetime,
    is_illustrative: bool = False,
) -> None:
    """Write a workshop's year down, in place of what stood there. Raises Missing."""
    workshop, by_id = _workshop(workshop_slug), by.id
    if workshop is None:
        raise Missing
    count = db.session.scalar(
        select(ApprenticeCount).where(
            ApprenticeCount.workshop_id == workshop.id, ApprenticeCount.year == year
        )
    )
    if count is None:
        count = ApprenticeCount(workshop_id=workshop.id, year=year)
        db.session.add(count)
    count.apprentices, count.source = apprentices, source
    count.entered_by_id, count.entered_at = by_id, at
    count.is_illustrative = is_illustrative
    db.session.flush()
