"""Gifts to the craft fund in double entry: what came in with an order, and what went back of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from shop.core.db import db
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import transaction_of_cause
from shop.orders.books import CLEARING, OWED, goes_from, moved
from shop.orders.models import GiftRefund, OrderGroup
from shop.payments.models import PaymentMethod, Refund, RefundStatus

FUND = Side(Account.CRAFT_FUND)


def gift_cause(group: OrderGroup) -> str:
    return f"gift:{group.public_id}"


def book_gift(
    group: OrderGroup,
    method: PaymentMethod,
    *,
    at: datetime,
    by_id: int | None = None,
    held_as: Account | None = None,
) -> None:
    """The fund has what the buyer added, from the moment the money is here; see book_capture."""
    if group.gift:
        sides = {Side(held_as or CLEARING[method]): group.gift, FUND: -group.gift}
        _post(group, gift_cause(group), TransactionKind.GIFT, sides, at=at, by_id=by_id)


def book_gift_refund(refund: Refund, *, at: datetime, by_id: int | None = None) -> None:
    """Bring the books to where a refund that holds a gift stands: owed by the fund, and paid.

    The payment must be locked by the caller.
    """
    row = db.session.execute(
        select(OrderGroup, GiftRefund.amount)
        .join(GiftRefund, GiftRefund.group_id == OrderGroup.id)
        .where(GiftRefund.refund_id == refund.id)
    ).one_or_none()
    if row is None:
        return
    group, amount = row
    _bring_owed(refund, group, amount if refund.counts else 0, at)
    _bring_paid(refund, group, amount if refund.status is RefundStatus.DONE else 0, at, by_id)


def _bring_owed(refund: Refund, group: OrderGroup, wanted: int, at: datetime) -> None:
    prefix = f"refund:{refund.public_id}:gift:owed:"
    count, credit = moved(group.public_id, prefix)
    change = wanted + credit
    _post(
        group,
        f"{prefix}{count + 1}",
        TransactionKind.REFUND_OWED,
        {FUND: change, OWED: -change},
        at=at,
        reverses_id=transaction_of_cause(gift_cause(group)),
    )


def _bring_paid(
    refund: Refund, group: OrderGroup, wanted: int, at: datetime, by_id: int | None
) -> None:
    prefix = f"refund:{refund.public_id}:gift:paid:"
    count, debit = moved(group.public_id, prefix)
    change = wanted - debit
    _post(
        group,
        f"{prefix}{count + 1}",
        TransactionKind.REFUND_PAID,
        {OWED: change, goes_from(refund): -change},
        at=at,
        by_id=by_id,
    )


def _post(
    group: OrderGroup,
    cause: str,
    kind: TransactionKind,
    sides: Mapping[Side, int],
    *,
    at: datetime,
    by_id: int | None = None,
    reverses_id: int | None = None,
) -> None:
    post(
        Posting(
            cause=cause,
            kind=kind,
            sides=sides,
            about=group.public_id,
            by_id=by_id,
            reverses_id=reverses_id,
        ),
        at=at,
    )
