"""A period's payout: in one transaction every due entry of every workshop is claimed, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import insert, select

from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.ids import public_id
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, LedgerEntry, Side, TransactionKind
from shop.ledger.queries.books import balances
from shop.ledger.queries.terms import TermBook, term_book
from shop.payouts.models import (
    AccountStatus,
    Payout,
    PayoutEntry,
    PayoutEvent,
    PayoutRun,
    PayoutStatus,
    WorkshopAccount,
)
from shop.payouts.queries.due import Earning, unclaimed
from shop.workshops.cash import net_cash
from shop.workshops.models import Workshop

REFERENCE_PREFIX = "CT"


class NothingDue(Conflict):
    message = lazy_gettext("Nothing is due up to this day; perhaps somebody has just prepared it.")


@dataclass(slots=True)
class Part:
    """One workshop's: its entries that are due, all it has earned, the cash it keeps, in đồng."""

    workshop_id: int
    due: list[Earning] = field(default_factory=list)
    earned: int = 0
    cash: int = 0
    account_id: int | None = None

    @property
    def amount(self) -> int:
        """What it would be paid; negative when it owes, which waits for the next time."""
        return sum(earning.amount for earning in self.due) - self.cash

    @property
    def is_paid(self) -> bool:
        return self.amount > 0 and self.account_id is not None


def parts_of(earnings: Iterable[Earning], on: date, terms: TermBook) -> list[Part]:
    """Each workshop's part of a payout up to the end of the day, in key order.

    Raises TermMissing.
    """
    parts: dict[int, Part] = {}
    for earning in earnings:
        part = parts.setdefault(earning.workshop_id, Part(earning.workshop_id))
        part.earned += earning.amount
        if earning.is_due(on, terms):
            part.due.append(earning)
    for side, held in balances().items():
        if side.account is Account.CASH_WITH_WORKSHOP and side.workshop_id is not None and held:
            parts.setdefault(side.workshop_id, Part(side.workshop_id)).cash = held
    for workshop_id, account_id in _confirmed_accounts().items():
        if workshop_id in parts:
            parts[workshop_id].account_id = account_id
    return [parts[key] for key in sorted(parts)]


def _confirmed_accounts() -> dict[int, int]:
    rows = db.session.execute(
        select(WorkshopAccount.workshop_id, WorkshopAccount.id).where(
            WorkshopAccount.status == AccountStatus.CONFIRMED
        )
    )
    return dict(rows.all())


def prepare_payouts(up_to: date, *, key: str, by_id: int, at: datetime) -> PayoutRun:
    """Claim what is due up to the end of a day for every workshop that is owed something and has
    a confirmed account. Once per key; the standing run when it was prepared before.

    What a workshop keeps of buyers' cash is netted first. One that would get nothing, or has no
    confirmed account, is passed over and nothing of it is touched. Raises Invalid for a day to
    come, NothingDue, or TermMissing.
    """
    if up_to > at.astimezone(HANOI).date():
        raise Invalid(fields={"up_to": lazy_gettext("This day has not come yet.")})
    _lock_workshops()
    standing = db.session.scalar(select(PayoutRun).where(PayoutRun.key == key))
    if standing is not None:
        return standing
    paid = [part for part in parts_of(unclaimed(), up_to, term_book()) if part.is_paid]
    if not paid:
        raise NothingDue
    run = PayoutRun(key=key, up_to=up_to, by_person_id=by_id, created_at=at)
    db.session.add(run)
    db.session.flush()
    for part in paid:
        _claim(run, part, by_id, at)
    return run


def _lock_workshops() -> None:
    """Two officers take turns. The lock lets others go on booking sales meanwhile: a plain one
    would meet the foreign keys of their entries, and two could wait for one another."""
    db.session.execute(
        select(Workshop.id).order_by(Workshop.id).with_for_update(key_share=True)
    ).all()


def _claim(run: PayoutRun, part: Part, by_id: int, at: datetime) -> None:
    entry_ids = [earning.entry_id for earning in part.due]
    if part.cash:
        netting = net_cash(
            part.workshop_id, key=run.public_id, by_id=by_id, at=at, amount=part.cash
        )
        entry_ids += _entries_of_netting(netting)
    payout = Payout(
        public_id=public_id(),
        reference=f"{REFERENCE_PREFIX}{public_id(8).upper()}",
        run_id=run.id,
        workshop_id=part.workshop_id,
        account_id=part.account_id,
        amount=part.amount,
        earned_before=part.earned - part.cash,
        status=PayoutStatus.PREPARED,
        created_at=at,
    )
    db.session.add(payout)
    db.session.flush()
    _take_entries(payout, entry_ids)
    db.session.add(
        PayoutEvent(payout_id=payout.id, to_status=PayoutStatus.PREPARED, at=at, by_person_id=by_id)
    )
    post(
        Posting(
            cause=f"payout:{payout.public_id}:claimed",
            kind=TransactionKind.PAYOUT_CLAIMED,
            sides={
                Side(Account.WORKSHOP_PAYABLE, payout.workshop_id): payout.amount,
                Side(Account.PAYOUTS_DUE): -payout.amount,
            },
            about=payout.public_id,
            by_id=by_id,
        ),
        at=at,
    )


def _entries_of_netting(transaction_id: int | None) -> Sequence[int]:
    return db.session.scalars(
        select(LedgerEntry.id).where(
            LedgerEntry.transaction_id == transaction_id,
            LedgerEntry.account == Account.WORKSHOP_PAYABLE,
        )
    ).all()


def _take_entries(payout: Payout, entry_ids: Sequence[int]) -> None:
    """The database refuses an entry that a standing payout has."""
    db.session.execute(
        insert(PayoutEntry),
        [{"payout_id": payout.id, "entry_id": key, "released_at": None} for key in entry_ids],
    )
