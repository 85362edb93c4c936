"""The account a workshop is paid to: its owner enters it, an officer confirms it, then it is used.

Whoever has got into an owner's account must not be able to turn the money away: a change is held
until an officer has asked, and every owner is told of it by mail.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.payments.bank_details import GivenAccount
from shop.payouts.models import AccountStatus, WorkshopAccount
from shop.workshops.models import Workshop, WorkshopMember


def _lock(workshop_id: int) -> None:
    found = db.session.scalar(
        select(Workshop.id).where(Workshop.id == workshop_id).with_for_update(key_share=True)
    )
    if found is None:
        raise Missing


def _of(workshop_id: int, status: AccountStatus) -> WorkshopAccount | None:
    return db.session.scalar(
        for_update(
            select(WorkshopAccount).where(
                WorkshopAccount.workshop_id == workshop_id, WorkshopAccount.status == status
            )
        )
    )


def enter_account(
    workshop_id: int, given: GivenAccount, *, by_id: int, at: datetime
) -> WorkshopAccount | None:
    """Keep what the owner entered, held until an officer confirms it; the one in use stays in use.

    None when it is what is in use or held already.
    """
    _lock(workshop_id)
    for status in (AccountStatus.HELD, AccountStatus.CONFIRMED):
        standing = _of(workshop_id, status)
        if standing is None:
            continue
        if (standing.bank_bin, standing.number, standing.holder) == (
            given.bank_bin,
            given.account,
            given.holder,
        ):
            return None
        if status is AccountStatus.HELD:
            _decide(standing, AccountStatus.REPLACED, by_id, at)
    entered = WorkshopAccount(
        workshop_id=workshop_id,
        bank_bin=given.bank_bin,
        number=given.account,
        holder=given.holder,
        status=AccountStatus.HELD,
        entered_at=at,
        entered_by_id=by_id,
    )
    db.session.add(entered)
    db.session.flush()
    return entered


def _decide(
    account: WorkshopAccount, status: AccountStatus, by_id: int, at: datetime, note: str = ""
) -> None:
    account.status, account.decided_by_id, account.decided_at = status, by_id, at
    account.note = note
    db.session.flush()


def _held(public_id: str) -> WorkshopAccount:
    workshop_id = db.session.scalar(
        select(WorkshopAccount.workshop_id).where(WorkshopAccount.public_id == public_id)
    )
    if workshop_id is None:
        raise Missing
    _lock(workshop_id)
    account = _of(workshop_id, AccountStatus.HELD)
    if account is None or account.public_id != public_id:
        raise Conflict(lazy_gettext("This account has been changed or decided on already."))
    return account


def confirm_account(public_id: str, *, by_id: int, at: datetime) -> WorkshopAccount:
    """From now on the workshop is paid to it. Raises Missing, or Conflict when it is not held any
    more, or when the officer belongs to the workshop: nobody confirms their own."""
    account = _held(public_id)
    belongs = db.session.scalar(
        select(WorkshopMember.id).where(
            WorkshopMember.workshop_id == account.workshop_id, WorkshopMember.person_id == by_id
        )
    )
    if belongs is not None or account.entered_by_id == by_id:
        raise Conflict(lazy_gettext("Somebody who does not belong to the workshop confirms it."))
    before = _of(account.workshop_id, AccountStatus.CONFIRMED)
    if before is not None:
        _decide(before, AccountStatus.REPLACED, by_id, at)
    _decide(account, AccountStatus.CONFIRMED, by_id, at)
    return account


def refuse_account(public_id: str, *, by_id: int, at: datetime, note: str) -> WorkshopAccount:
    """It is not used. Raises Missing, Conflict when it is not held any more, Invalid without a
    reason."""
    if not note.strip():
        raise Invalid(fields={"note": lazy_gettext("Say why it is refused.")})
    account = _held(public_id)
    _decide(account, AccountStatus.REFUSED, by_id, at, note)
    return account
