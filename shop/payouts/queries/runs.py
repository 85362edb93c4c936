"""Payouts as the office reads them: what would be paid, runs, accounts to confirm, late cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Missing
from shop.ledger.models import TermOfTrade
from shop.ledger.queries.terms import TermBook
from shop.orders.models import Order, OrderGroup, OrderStatus, PaymentShare, Shipment
from shop.payments.models import PaymentMethod
from shop.payouts.models import (
    AccountStatus,
    BatchFile,
    Payout,
    PayoutRun,
    PayoutStatus,
    WorkshopAccount,
)
from shop.shipping.models import DeliveryKind
from shop.workshops.models import Workshop

PAGE_SIZE = 24
MOST_LATE = 50


@dataclass(frozen=True, slots=True)
class RunRow:
    """`counts` of its payouts by status, and their sum in đồng without those that failed."""

    public_id: str
    up_to: date
    at: datetime
    by: str
    counts: dict[PayoutStatus, int]
    total: int


def run_rows(page: int) -> tuple[list[RunRow], bool]:
    """A page of runs, the latest first, and whether there are more; two SQL statements."""
    runs = db.session.execute(
        select(PayoutRun, Person.name)
        .join(Person, Person.id == PayoutRun.by_person_id)
        .order_by(PayoutRun.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    rows = db.session.execute(
        select(Payout.run_id, Payout.status, func.count(), func.sum(Payout.amount))
        .where(Payout.run_id.in_([run.id for run, _ in runs]))
        .group_by(Payout.run_id, Payout.status)
    )
    counts: dict[int, dict[PayoutStatus, int]] = {}
    totals: dict[int, int] = {}
    for run_id, status, count, total in rows:
        counts.setdefault(run_id, {})[status] = count
        if status is not PayoutStatus.FAILED:
            totals[run_id] = totals.get(run_id, 0) + int(total)
    found = [
        RunRow(
            run.public_id,
            run.up_to,
            run.created_at,
            by,
            counts.get(run.id, {}),
            totals.get(run.id, 0),
        )
        for run, by in runs
    ]
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


@dataclass(frozen=True, slots=True)
class WholeRun:
    """`names` of those who acted, by key."""

    run: PayoutRun
    payouts: Sequence[Payout]
    files: Sequence[BatchFile]
    names: dict[int, str]

    def with_status(self, status: PayoutStatus) -> list[Payout]:
        return [payout for payout in self.payouts if payout.status is status]


def whole_run(public_id: str) -> WholeRun:
    """A run with its payouts, their accounts and their history; five SQL statements.

    Raises Missing.
    """
    run = db.session.scalar(select(PayoutRun).where(PayoutRun.public_id == public_id))
    if run is None:
        raise Missing
    payouts = db.session.scalars(
        select(Payout)
        .join(Workshop, Workshop.id == Payout.workshop_id)
        .where(Payout.run_id == run.id)
        .options(
            joinedload(Payout.workshop),
            joinedload(Payout.account),
            joinedload(Payout.run),
            selectinload(Payout.events),
        )
        .order_by(Workshop.name_sort, Payout.id)
    ).all()
    files = db.session.scalars(
        select(BatchFile).where(BatchFile.run_id == run.id).order_by(BatchFile.id.desc())
    ).all()
    keys = {event.by_person_id for payout in payouts for event in payout.events}
    keys |= {file.by_person_id for file in files} | {run.by_person_id}
    names = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(keys)))
    return WholeRun(run, payouts, files, dict(names.all()))


@dataclass(frozen=True, slots=True)
class AccountToConfirm:
    """`before` is the account in use, None when this is the first."""

    account: WorkshopAccount
    entered_by: str
    before: WorkshopAccount | None


def accounts_to_confirm() -> list[AccountToConfirm]:
    """The longest held first; one SQL statement."""
    before = aliased(WorkshopAccount)
    rows = db.session.execute(
        select(WorkshopAccount, Person.name, before)
        .join(Person, Person.id == WorkshopAccount.entered_by_id)
        .outerjoin(
            before,
            (before.workshop_id == WorkshopAccount.workshop_id)
            & (before.status == AccountStatus.CONFIRMED),
        )
        .where(WorkshopAccount.status == AccountStatus.HELD)
        .options(joinedload(WorkshopAccount.workshop))
        .order_by(WorkshopAccount.entered_at, WorkshopAccount.id)
    )
    return [AccountToConfirm(account, name, earlier) for account, name, earlier in rows]


def workshops_named(ids: Sequence[int]) -> dict[int, Workshop]:
    rows = db.session.scalars(
        select(Workshop).where(Workshop.id.in_(ids)).order_by(Workshop.name_sort, Workshop.id)
    )
    return {row.id: row for row in rows}


@dataclass(frozen=True, slots=True)
class LateCash:
    """An order whose cash a carrier took, and that nobody has written down since."""

    reference: str
    amount: int
    delivered_at: datetime
    carrier: str
    workshop_vi: str
    workshop_en: str


def late_cash(at: datetime, terms: TermBook) -> list[LateCash]:
    """Delivered longer ago than carriers are given, the oldest first; one SQL statement.

    Raises TermMissing.
    """
    days = terms.value(TermOfTrade.CASH_LATE_DAYS, at.date())
    rows: Sequence[Any] = db.session.execute(
        select(
            OrderGroup.reference,
            PaymentShare.amount - PaymentShare.waived - PaymentShare.captured,
            Shipment.delivered_at,
            Shipment.carrier_name,
            Workshop.name_vi,
            Workshop.name_en,
        )
        .join(Order, Order.group_id == OrderGroup.id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(Shipment, Shipment.order_id == Order.id)
        .join(Workshop, Workshop.id == Order.workshop_id)
        .where(
            OrderGroup.payment_method == PaymentMethod.CASH,
            Order.status == OrderStatus.DELIVERED,
            Order.delivery_kind != DeliveryKind.COLLECTION,
            PaymentShare.captured + PaymentShare.waived < PaymentShare.amount,
            Shipment.delivered_at < at - timedelta(days=days),
        )
        .order_by(Shipment.delivered_at, Order.id)
        .limit(MOST_LATE)
    ).all()
    return [LateCash(*row) for row in rows]


def batch_file_of(run_public_id: str, sha256: str) -> BatchFile:
    """Raises Missing."""
    found = db.session.scalar(
        select(BatchFile)
        .join(PayoutRun, PayoutRun.id == BatchFile.run_id)
        .where(PayoutRun.public_id == run_public_id, BatchFile.sha256 == sha256)
    )
    if found is None:
        raise Missing
    return found


def run_id_of_payout(public_id: str) -> str:
    """The public id of the run a payout belongs to. Raises Missing."""
    found = db.session.scalar(
        select(PayoutRun.public_id)
        .join(Payout, Payout.run_id == PayoutRun.id)
        .where(Payout.public_id == public_id)
    )
    if found is None:
        raise Missing
    return found
