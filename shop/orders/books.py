"""What happens to an order, in double entry: captured, delivered, paid in cash, given back.

docs/decisions/010 explains the scheme with an example. Every function may be repeated: what was
booked under its cause stands. Debit is positive, credit negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from shop.core.clock import HANOI
from shop.core.db import db
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import (
    Account,
    LedgerEntry,
    LedgerTransaction,
    Side,
    TaxedAs,
    TransactionKind,
)
from shop.ledger.queries.books import entries_of, transaction_of_cause
from shop.ledger.queries.rates import charge_rates
from shop.orders.books_refused import ADVANCES, taken_before_sale
from shop.orders.charges import frozen_charges
from shop.orders.models import Order, OrderCharges, OrderLine, PaymentShare, RefundShare
from shop.orders.sharing import named_of, taken_from_sale
from shop.payments.models import Payment, PaymentMethod, Refund, RefundStatus
from shop.workshops.models import Workshop

CLEARING = {
    PaymentMethod.STRIPE: Account.CLEARING_STRIPE,
    PaymentMethod.VIETQR: Account.CLEARING_BANK,
}
OWED = Side(Account.REFUNDS_OWED)


def sale_cause(order: Order) -> str:
    return f"sale:{order.public_id}"


def door_cause(order: Order) -> str:
    return f"cash-owed:{order.public_id}"


def book_capture(
    order: Order,
    method: PaymentMethod,
    amount: int,
    *,
    at: datetime,
    by_id: int | None = None,
    held_as: Account | None = None,
) -> None:
    """The buyer paid in advance: we hold their money until the parcel has arrived. A transfer has
    arrived before, and stood in `held_as` as nobody's."""
    _post(
        order,
        f"capture:{order.public_id}",
        TransactionKind.TRANSFER_CLAIMED if held_as else TransactionKind.CAPTURE,
        {Side(held_as or CLEARING[method]): amount, ADVANCES: -amount},
        at=at,
        by_id=by_id,
    )


def book_cash_taken(order: Order, amount: int, *, at: datetime, by_id: int | None = None) -> None:
    """The workshop has the buyer's cash; if the parcel was delivered before, whoever owed it is
    owed no more."""
    door = transaction_of_cause(door_cause(order))
    owed_by = ADVANCES if door is None else _debit_side(entries_of(door))
    held = Side(Account.CASH_WITH_WORKSHOP, order.workshop_id)
    if held != owed_by:
        _post(
            order,
            f"cash:{order.public_id}",
            TransactionKind.CASH_TAKEN,
            {held: amount, owed_by: -amount},
            at=at,
            by_id=by_id,
        )


def _debit_side(entries: Mapping[Side, int]) -> Side:
    return next(side for side, amount in entries.items() if amount > 0)


def book_delivery(order: Order, *, at: datetime, by_id: int | None = None) -> None:
    """The sale is made: what the buyer paid, or owes at the door, is shared out as frozen.

    What was given back before, or is not due any more, is taken from the shares again, so that
    they hold what was kept.
    """
    if transaction_of_cause(sale_cause(order)) is not None:
        return
    share, method = db.session.execute(
        select(PaymentShare, Payment.method)
        .join(Payment, Payment.id == PaymentShare.payment_id)
        .where(PaymentShare.order_id == order.id)
    ).one()
    if method is PaymentMethod.CASH and share.captured == 0:
        _book_cash_owed(order, share.due, at=at, by_id=by_id)
    sale = _post(
        order, sale_cause(order), TransactionKind.SALE, _sale_sides(order), at=at, by_id=by_id
    )
    _book_postage(order, at=at, by_id=by_id)
    gone = share.refunded + share.waived
    if gone and sale:
        taken = taken_from_sale(order, sale, gone, named_of(order))
        _post(
            order,
            f"sale-given-back:{order.public_id}",
            TransactionKind.REFUND_OWED,
            {**taken, ADVANCES: -gone},
            at=at,
            reverses_id=sale,
        )


def _book_cash_owed(order: Order, amount: int, *, at: datetime, by_id: int | None) -> None:
    owes = (
        Side(Account.CASH_WITH_WORKSHOP, order.workshop_id)
        if order.is_collected
        else Side(Account.CASH_WITH_CARRIER)
    )
    _post(
        order,
        door_cause(order),
        TransactionKind.CASH_OWED,
        {owes: amount, ADVANCES: -amount},
        at=at,
        by_id=by_id,
    )


def _sale_sides(order: Order) -> dict[Side, int]:
    charged = charges_of(order).charged
    return {
        ADVANCES: order.total,
        Side(Account.WORKSHOP_PAYABLE, order.workshop_id): -charged.for_workshop,
        Side(Account.COMMISSION): -charged.for_village,
        Side(Account.COMMISSION_VAT): -charged.commission_vat,
        Side(Account.CRAFT_FUND): -charged.fund_share,
        Side(Account.WITHHELD_VAT): -charged.withheld_vat,
        Side(Account.WITHHELD_PIT): -charged.withheld_pit,
        Side(Account.BREAKAGE_COVER): -charged.cover_share,
        Side(Account.SHIPPING): -order.shipping_total,
    }


def _book_postage(order: Order, *, at: datetime, by_id: int | None) -> None:
    """The postage passes to who handed the parcel to the carrier and paid it: the workshop."""
    amount = order.shipping_total
    _post(
        order,
        f"postage:{order.public_id}",
        TransactionKind.POSTAGE,
        {
            Side(Account.SHIPPING): amount,
            Side(Account.WORKSHOP_PAYABLE, order.workshop_id): -amount,
        },
        at=at,
        by_id=by_id,
    )


def charges_of(order: Order) -> OrderCharges:
    """What the order is charged; one placed before rates were kept is frozen now, by the rates of
    its day. Raises RatesMissing when there are none."""
    found = db.session.scalar(select(OrderCharges).where(OrderCharges.order_id == order.id))
    if found is None:
        kind = db.session.scalars(
            select(Workshop.seller_kind).where(Workshop.id == order.workshop_id)
        ).one()
        lines = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).all()
        book = charge_rates(order.created_at.astimezone(HANOI).date())
        found, withheld = frozen_charges(order, lines, kind, book)
        db.session.add_all([found, *withheld])
        db.session.flush()
    return found


def _post(
    order: Order,
    cause: str,
    kind: TransactionKind,
    sides: Mapping[Side, int],
    *,
    at: datetime,
    by_id: int | None = None,
    reverses_id: int | None = None,
) -> int | None:
    return post(
        Posting(
            cause=cause,
            kind=kind,
            sides=sides,
            about=order.public_id,
            by_id=by_id,
            reverses_id=reverses_id,
        ),
        at=at,
    )


def book_refund(refund: Refund, *, at: datetime, by_id: int | None = None) -> None:
    """Bring the books to where the refund stands: owed out of each order's sale or advance, and
    paid once it has been done. The payment must be locked by the caller."""
    db.session.flush()
    rows = db.session.execute(
        select(Order, RefundShare.amount, RefundShare.taxed_as)
        .join(RefundShare, RefundShare.order_id == Order.id)
        .where(RefundShare.refund_id == refund.id)
        .order_by(Order.id)
    ).all()
    for order, amount, taxed_as in rows:
        _bring_owed(refund, order, amount if refund.counts else 0, taxed_as, at)
        _bring_paid(refund, order, amount if refund.status is RefundStatus.DONE else 0, at, by_id)


def _bring_owed(
    refund: Refund, order: Order, wanted: int, taxed_as: TaxedAs | None, at: datetime
) -> None:
    prefix = f"refund:{refund.public_id}:{order.public_id}:owed:"
    count, credit = moved(order.public_id, prefix)
    change = wanted + credit
    if change == 0:
        return
    sale = transaction_of_cause(sale_cause(order))
    named = {taxed_as: change} if taxed_as else {}
    taken = (
        taken_before_sale(order, change)
        if sale is None
        else taken_from_sale(order, sale, change, named)
    )
    _post(
        order,
        f"{prefix}{count + 1}",
        TransactionKind.REFUND_OWED,
        {**taken, OWED: -change},
        at=at,
        reverses_id=sale,
    )


def _bring_paid(refund: Refund, order: Order, wanted: int, at: datetime, by_id: int | None) -> None:
    prefix = f"refund:{refund.public_id}:{order.public_id}:paid:"
    count, debit = moved(order.public_id, prefix)
    change = wanted - debit
    _post(
        order,
        f"{prefix}{count + 1}",
        TransactionKind.REFUND_PAID,
        {OWED: change, goes_from(refund): -change},
        at=at,
        by_id=by_id,
    )


def goes_from(refund: Refund) -> Side:
    """By hand money goes from the bank, by a dispute from what is held back over it; what a
    card's bank sends back is there again."""
    if refund.settled_by_id is not None:
        return Side(Account.CLEARING_BANK)
    by_card = refund.dispute_id is None
    return Side(Account.CLEARING_STRIPE if by_card else Account.DISPUTED)


def moved(about: str, prefix: str) -> tuple[int, int]:
    """How many transactions there are of these causes, and what they did to refunds owed."""
    count, total = db.session.execute(
        select(
            func.count(func.distinct(LedgerTransaction.id)),
            func.coalesce(func.sum(LedgerEntry.amount), 0),
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(
            LedgerTransaction.about == about,
            LedgerTransaction.cause.startswith(prefix, autoescape=True),
            LedgerEntry.account == OWED.account,
        )
    ).one()
    return count, int(total)
