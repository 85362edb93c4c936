"""The invented years' payouts: an account for each workshop, and the village paid every month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select

from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.vietnamese import strip_marks
from shop.ledger.queries.terms import term_book
from shop.orders.terms import payout_day_from
from shop.payments.bank_details import GivenAccount
from shop.payouts.actions.accounts import confirm_account, enter_account
from shop.payouts.actions.claiming import NothingDue, prepare_payouts
from shop.payouts.actions.moving import move_run
from shop.payouts.models import PayoutStatus
from shop.workshops.models import Workshop

BANK = "970436"
PREPARED, SENT, PAID = time(9, 10), time(10, 5), time(15, 40)


class Payday(StrEnum):
    """What the office does about payouts, one after another."""

    ACCOUNTS = "accounts"
    PREPARE = "prepare"
    SEND = "send"
    PAY = "pay"


def paydays(first: datetime, last: datetime) -> list[tuple[datetime, Payday]]:
    """The first payout day of each month between these moments; none while no terms are set."""
    terms = term_book()
    if not terms.rows:
        return []
    found = [(first, Payday.ACCOUNTS)]
    month = first.astimezone(HANOI).date().replace(day=1)
    while month <= last.astimezone(HANOI).date():
        day = payout_day_from(month, terms)
        for at, act in ((PREPARED, Payday.PREPARE), (SENT, Payday.SEND), (PAID, Payday.PAY)):
            found.append((datetime.combine(day, at, HANOI).astimezone(UTC), act))
        month = (month + timedelta(days=32)).replace(day=1)
    return [(at, act) for at, act in found if first <= at <= last]


class Paydays:
    """Carries them out; `owners` are the owners' keys by their workshops'."""

    def __init__(self, owners: Mapping[int, int], officer_id: int) -> None:
        self.owners = owners
        self.officer_id = officer_id
        self.run: str | None = None

    def carry_out(self, act: Payday, at: datetime) -> None:
        match act:
            case Payday.ACCOUNTS:
                self._enter_accounts(at)
            case Payday.PREPARE:
                self._prepare(at)
            case Payday.SEND:
                self._move(PayoutStatus.SENT, at)
            case Payday.PAY:
                self._move(PayoutStatus.PAID, at)

    def _enter_accounts(self, at: datetime) -> None:
        """Visibly nobody's: numbers of noughts, and a holder that says so."""
        names = dict(db.session.execute(select(Workshop.id, Workshop.name_vi)).all())
        for workshop_id, owner_id in sorted(self.owners.items()):
            holder = f"MINH HOA {strip_marks(names[workshop_id]).upper()}"
            given = GivenAccount(BANK, f"0000000{workshop_id:04}", holder)
            entered = enter_account(workshop_id, given, by_id=owner_id, at=at)
            if entered is not None and owner_id != self.officer_id:
                confirm_account(entered.public_id, by_id=self.officer_id, at=at)

    def _prepare(self, at: datetime) -> None:
        day = at.astimezone(HANOI).date()
        try:
            run = prepare_payouts(day, key=f"history:{day}", by_id=self.officer_id, at=at)
        except NothingDue:
            self.run = None
        else:
            self.run = run.public_id

    def _move(self, to: PayoutStatus, at: datetime) -> None:
        if self.run is not None:
            move_run(self.run, to, by_id=self.officer_id, at=at)
