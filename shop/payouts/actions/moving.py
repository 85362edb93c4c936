"""How a payout goes on: sent to the bank, paid, or failed and due again."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.core.db import db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import transaction_of_cause
from shop.payouts.models import Payout, PayoutEntry, PayoutEvent, PayoutRun, PayoutStatus


class WrongPayoutMove(Conflict):
    message = lazy_gettext("This payout has moved on in the meantime. Look at where it stands.")


def _locked(public_id: str) -> Payout:
    payout = db.session.scalar(for_update(select(Payout).where(Payout.public_id == public_id)))
    if payout is None:
        raise Missing
    return payout


def _move(payout: Payout, to: PayoutStatus, by_id: int, at: datetime, note: str) -> None:
    if not payout.may_become(to):
        raise WrongPayoutMove
    before, payout.status = payout.status, to
    db.session.add(
        PayoutEvent(
            payout_id=payout.id,
            from_status=before,
            to_status=to,
            at=at,
            by_person_id=by_id,
            note=note,
        )
    )


def send_payout(public_id: str, *, by_id: int, at: datetime, note: str = "") -> None:
    """It has been given to the bank. Raises Missing or WrongPayoutMove."""
    _send(_locked(public_id), by_id, at, note)


def _send(payout: Payout, by_id: int, at: datetime, note: str = "") -> None:
    _move(payout, PayoutStatus.SENT, by_id, at, note)


def pay_payout(public_id: str, *, by_id: int, at: datetime, note: str = "") -> None:
    """The bank has carried it out. Raises Missing or WrongPayoutMove."""
    _pay(_locked(public_id), by_id, at, note)


def _pay(payout: Payout, by_id: int, at: datetime, note: str = "") -> None:
    _move(payout, PayoutStatus.PAID, by_id, at, note)
    post(
        Posting(
            cause=f"payout:{payout.public_id}:paid",
            kind=TransactionKind.PAYOUT_PAID,
            sides={
                Side(Account.PAYOUTS_DUE): payout.amount,
                Side(Account.CLEARING_BANK): -payout.amount,
            },
            about=payout.public_id,
            by_id=by_id,
            note=note,
        ),
        at=at,
    )


def fail_payout(public_id: str, *, by_id: int, at: datetime, note: str) -> None:
    """It did not arrive: the workshop is owed it again, and the next payout may claim it.

    Raises Missing, WrongPayoutMove, or Invalid without a reason.
    """
    if not note.strip():
        raise Invalid(fields={"note": lazy_gettext("Say why it failed.")})
    payout = _locked(public_id)
    _move(payout, PayoutStatus.FAILED, by_id, at, note)
    db.session.execute(
        update(PayoutEntry).where(PayoutEntry.payout_id == payout.id).values(released_at=at)
    )
    post(
        Posting(
            cause=f"payout:{payout.public_id}:failed",
            kind=TransactionKind.PAYOUT_FAILED,
            sides={
                Side(Account.PAYOUTS_DUE): payout.amount,
                Side(Account.WORKSHOP_PAYABLE, payout.workshop_id): -payout.amount,
            },
            about=payout.public_id,
            reverses_id=transaction_of_cause(f"payout:{payout.public_id}:claimed"),
            by_id=by_id,
            note=note,
        ),
        at=at,
    )


def move_run(public_id: str, to: PayoutStatus, *, by_id: int, at: datetime) -> int:
    """Send what is prepared of a run, or pay what is sent, in key order; returns how many.

    Raises Missing.
    """
    before, step = {
        PayoutStatus.SENT: (PayoutStatus.PREPARED, _send),
        PayoutStatus.PAID: (PayoutStatus.SENT, _pay),
    }[to]
    run_id = db.session.scalar(select(PayoutRun.id).where(PayoutRun.public_id == public_id))
    if run_id is None:
        raise Missing
    found = db.session.scalars(
        for_update(
            select(Payout)
            .where(Payout.run_id == run_id, Payout.status == before)
            .order_by(Payout.id)
        )
    ).all()
    for payout in found:
        step(payout, by_id, at)
    db.session.flush()
    return len(found)
