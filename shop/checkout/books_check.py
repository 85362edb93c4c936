"""Whether the books and what happened agree: every order anew from its state, and the whole.

The expectation is reckoned from orders, shares and refunds alone, never from a posting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from shop.checkout.gift_states import GiftState, expected_gift, gift_states
from shop.checkout.line_states import (
    LineState,
    bank_balance,
    expected_line,
    line_states,
)
from shop.checkout.order_states import (
    FAILED_ELSEWHERE,
    OrderState,
    expected_money,
    order_states,
)
from shop.checkout.payouts_check import (
    Standing,
    claim_faults,
    paid_from_bank,
    payable_faults,
    posting_faults,
    standing_payouts,
)
from shop.checkout.provider_check import balance_faults, provider_faults
from shop.checkout.sharing_check import sharing_faults
from shop.core import clock
from shop.core.db import db
from shop.fund.queries.figures import fund_figures, prove
from shop.fund.queries.standings import GrantStanding, grant_standings
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, TransactionKind
from shop.ledger.queries.books import balances, unbalanced_transactions
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund
from shop.returns.models import RefusedParcel, ReturnRequest

SHARED_OUT = (
    Account.WORKSHOP_PAYABLE,
    Account.SHIPPING,
    Account.COMMISSION,
    Account.COMMISSION_VAT,
    Account.CRAFT_FUND,
    Account.WITHHELD_VAT,
    Account.WITHHELD_PIT,
    Account.BREAKAGE_COVER,
)


class CheckName(StrEnum):
    BALANCED = "balanced"
    CAPTURED = "captured"
    REFUNDS = "refunds"
    ORDERS = "orders"
    CLEARING = "clearing"
    GIFTS = "gifts"
    FUND = "fund"
    FUND_PAGE = "fund_page"
    GRANTS = "grants"
    CLAIMS = "claims"
    PAYOUTS = "payouts"
    PAYABLE = "payable"
    PROVIDER = "provider"
    BALANCE = "balance"
    COMPENSATIONS = "compensations"
    TRANSFERS = "transfers"
    BANK_BALANCE = "bank_balance"


@dataclass(frozen=True, slots=True)
class Check:
    """`looked_at` rows were compared; `faults` name what does not agree, by public id."""

    name: CheckName
    looked_at: int
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def check_books() -> list[Check]:
    """Every check there is; some thirty SQL statements, however many orders."""
    states, gifts, lines = order_states(), gift_states(), line_states()
    payouts, grants = standing_payouts(), grant_standings()
    found = _by_about()
    return [
        _balanced(),
        _captured(states, gifts),
        _refunds(states),
        Check(
            CheckName.ORDERS,
            len(states),
            tuple(fault for state in states for fault in _order_faults(state, found)),
        ),
        _clearing(states, gifts, payouts, grants, lines, found),
        _gifts(gifts, found),
        _fund(states, gifts, grants),
        _fund_page(),
        _grants(grants, found),
        *_payouts(payouts, found),
        Check(CheckName.PROVIDER, 3, tuple(provider_faults(states, gifts))),
        Check(CheckName.BALANCE, 1, tuple(balance_faults(clock.now()))),
        _compensations(found),
        _transfers(lines, states, gifts, found),
        _bank_balance(),
    ]


def _by_about() -> dict[str, dict[Account, int]]:
    rows = db.session.execute(
        select(LedgerTransaction.about, LedgerEntry.account, func.sum(LedgerEntry.amount))
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerTransaction.about.is_not(None))
        .group_by(LedgerTransaction.about, LedgerEntry.account)
    )
    found: dict[str, dict[Account, int]] = {}
    for about, account, total in rows:
        found.setdefault(str(about), {})[account] = int(total)
    return found


def _balanced() -> Check:
    """Each transaction comes to nothing, and so do all accounts together."""
    wrong = [str(number) for number in unbalanced_transactions()]
    count = db.session.scalar(select(func.count(LedgerTransaction.id))) or 0
    if sum(balances().values()):
        wrong.append("total")
    return Check(CheckName.BALANCED, count, tuple(wrong))


def _captured(states: list[OrderState], gifts: list[GiftState]) -> Check:
    """What a payment brought in is what its orders have captured and the gift with them."""
    captured = {gift.payment: gift.captured for gift in gifts}
    open_shares: dict[str, int] = {}
    payments = {state.payment: state for state in states}
    for state in states:
        captured[state.payment] = captured.get(state.payment, 0) + state.captured
        if not (state.is_cancelled or state.is_refused):
            waits = state.due - state.captured
            open_shares[state.payment] = open_shares.get(state.payment, 0) + waits
    wrong = [
        key
        for key, payment in payments.items()
        if not _agrees(payment, captured[key], open_shares.get(key, 0))
    ]
    return Check(CheckName.CAPTURED, len(payments), tuple(wrong))


def _agrees(payment: OrderState, captured: int, still_open: int) -> bool:
    is_paid = payment.payment_status is PaymentStatus.PAID
    if payment.method is PaymentMethod.CASH:
        return is_paid == (still_open == 0 and captured > 0)
    return captured == (payment.payment_amount if is_paid else 0)


def _refunds(states: list[OrderState]) -> Check:
    """Never more back than came in, of an order and of a payment, and each share accounted for."""
    wrong = [
        state.public_id
        for state in states
        if state.refunded > state.captured or state.refunded != state.returned.shared
    ]
    rows = db.session.execute(
        select(Payment.public_id)
        .join(Refund, Refund.payment_id == Payment.id)
        .where(~FAILED_ELSEWHERE)
        .group_by(Payment.public_id, Payment.amount)
        .having(func.sum(Refund.amount) > Payment.amount)
    )
    wrong += [row.public_id for row in rows]
    return Check(CheckName.REFUNDS, len(states), tuple(wrong))


def _order_faults(state: OrderState, found: Mapping[str, Mapping[Account, int]]) -> Iterator[str]:
    """Where one order's accounts are not what its state makes them."""
    books = found.get(state.public_id, {})
    expected = expected_money(state)
    for account in Account:
        if account in SHARED_OUT:
            continue
        if books.get(account, 0) != expected.get(account, 0):
            yield f"{state.public_id} {account.value}"
    shared = {account: -books.get(account, 0) for account in SHARED_OUT}
    yield from sharing_faults(state, shared)


CLEARED = (Account.CLEARING_STRIPE, Account.CLEARING_BANK)


def _clearing(
    states: list[OrderState],
    gifts: list[GiftState],
    payouts: list[Standing],
    grants: list[GrantStanding],
    lines: list[LineState],
    found: Mapping[str, Mapping[Account, int]],
) -> Check:
    """What should lie with the card provider and at the bank, from all payments, refunds, payouts,
    grants and lines of the bank."""
    wrong = []
    granted = sum(grant.paid for grant in grants)
    gone = {Account.CLEARING_BANK: paid_from_bank(payouts) + granted}
    for account in CLEARED:
        expected = sum(expected_money(state).get(account, 0) for state in states)
        expected += sum(expected_gift(gift).get(account, 0) for gift in gifts)
        expected += sum(expected_line(line).get(account, 0) for line in lines)
        expected -= gone.get(account, 0)
        booked = sum(accounts.get(account, 0) for accounts in found.values())
        if expected != booked:
            wrong.append(account.value)
    return Check(CheckName.CLEARING, len(CLEARED), tuple(wrong))


def _transfers(
    lines: list[LineState],
    states: list[OrderState],
    gifts: list[GiftState],
    found: Mapping[str, Mapping[Account, int]],
) -> Check:
    """Each line of the bank is divided to the last đồng, its accounts are what became of it, and
    what lines give to payments is what payments have received from lines."""
    wrong = [line.public_id for line in lines if not line.adds_up]
    for line in lines:
        books, expected = found.get(line.public_id, {}), expected_line(line)
        wrong += [
            f"{line.public_id} {account.value}"
            for account in Account
            if books.get(account, 0) != expected.get(account, 0)
        ]
    received = sum(state.captured for state in states if state.by_line)
    received += sum(gift.captured for gift in gifts if gift.by_line)
    if received != sum(line.claimed for line in lines):
        wrong.append(Account.UNCLAIMED_TRANSFERS.value)
    return Check(CheckName.TRANSFERS, len(lines), tuple(wrong))


def _bank_balance() -> Check:
    """The bank's balance at its last statement is the books', but for what is explained."""
    found = bank_balance()
    if found is None:
        return Check(CheckName.BANK_BALANCE, 0, ())
    faults = (f"{found.last_day}: {found.missing}",) if found.missing else ()
    return Check(CheckName.BANK_BALANCE, 1, faults)


def _gifts(gifts: list[GiftState], found: Mapping[str, Mapping[Account, int]]) -> Check:
    """Each gift's accounts are what payment and refunds make them; never more back than given."""
    wrong = [
        gift.public_id
        for gift in gifts
        if gift.refunded > gift.captured or gift.refunded != gift.shared
    ]
    for gift in gifts:
        books, expected = found.get(gift.public_id, {}), expected_gift(gift)
        wrong += [
            f"{gift.public_id} {account.value}"
            for account in Account
            if books.get(account, 0) != expected.get(account, 0)
        ]
    return Check(CheckName.GIFTS, len(gifts), tuple(wrong))


def _fund(states: list[OrderState], gifts: list[GiftState], grants: list[GrantStanding]) -> Check:
    """The craft fund holds every delivered order's share and every gift, less what refunds took
    back of them and what was granted."""
    of_fund = LedgerEntry.account == Account.CRAFT_FUND
    taken = db.session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(of_fund, LedgerTransaction.reverses_id.is_not(None))
    )
    total = db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(of_fund))
    delivered = [state for state in states if state.is_delivered]
    given = sum(state.charges.fund_share for state in delivered if state.charges)
    given += sum(gift.captured for gift in gifts) - sum(grant.granted for grant in grants)
    holds = -int(total or 0) == given - int(taken or 0)
    return Check(CheckName.FUND, len(delivered), () if holds else (Account.CRAFT_FUND.value,))


def _fund_page() -> Check:
    """What the public reads of the fund is what the account says."""
    now = clock.now()
    figures = fund_figures(now)
    return Check(CheckName.FUND_PAGE, len(figures.months), prove(figures, now).faults)


def _grants(grants: list[GrantStanding], found: Mapping[str, Mapping[Account, int]]) -> Check:
    """Each grant is booked as it stands, and no other is owed."""
    wrong = []
    for grant in grants:
        books = found.get(grant.public_id, {})
        wrong += [
            f"{grant.public_id} {account.value}"
            for account in Account
            if books.get(account, 0) != grant.expected.get(account, 0)
        ]
    owed = -sum(accounts.get(Account.GRANTS_OWED, 0) for accounts in found.values())
    if owed != sum(grant.granted - grant.paid for grant in grants):
        wrong.append(Account.GRANTS_OWED.value)
    return Check(CheckName.GRANTS, len(grants), tuple(wrong))


def _payouts(
    payouts: list[Standing], found: Mapping[str, Mapping[Account, int]]
) -> Iterator[Check]:
    """No earning paid twice, payouts booked as they stand, and the rest is what is unclaimed."""
    due = -sum(accounts.get(Account.PAYOUTS_DUE, 0) for accounts in found.values())
    yield Check(CheckName.CLAIMS, len(payouts), tuple(claim_faults(payouts)))
    yield Check(CheckName.PAYOUTS, len(payouts), tuple(posting_faults(payouts, found, due)))
    looked_at, wrong = payable_faults()
    yield Check(CheckName.PAYABLE, looked_at, tuple(wrong))


def _compensations(found: Mapping[str, Mapping[Account, int]]) -> Check:
    """The breakage cover gave workshops what is written down with refused parcels and requests,
    and nothing besides."""
    rows = [
        *db.session.execute(
            select(RefusedParcel.public_id, RefusedParcel.covered).where(RefusedParcel.covered > 0)
        ),
        *db.session.execute(
            select(ReturnRequest.public_id, ReturnRequest.compensated).where(
                ReturnRequest.compensated > 0
            )
        ),
    ]
    wrong = [
        public_id
        for public_id, amount in rows
        if found.get(public_id)
        != {Account.BREAKAGE_COVER: amount, Account.WORKSHOP_PAYABLE: -amount}
    ]
    booked = db.session.scalar(
        select(func.count(LedgerTransaction.id)).where(
            LedgerTransaction.kind == TransactionKind.COMPENSATION,
            LedgerTransaction.about.not_in([public_id for public_id, _ in rows]),
        )
    )
    if booked:
        wrong.append(Account.BREAKAGE_COVER.value)
    return Check(CheckName.COMPENSATIONS, len(rows), tuple(wrong))
