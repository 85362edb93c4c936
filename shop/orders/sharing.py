"""Dividing what goes back of a sale over everybody it was shared out to, to the đồng."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from shop.core.db import db
from shop.core.money import Money
from shop.ledger.charges import Withheld
from shop.ledger.models import Account, LedgerEntry, LedgerTransaction, Side, TaxedAs
from shop.ledger.queries.books import transaction_of_cause
from shop.orders.models import Order, OrderWithholding, RefundShare

BUYERS_SIDE = (Account.BUYERS_ADVANCES, Account.REFUNDS_OWED)
VAT, PIT = Side(Account.WITHHELD_VAT), Side(Account.WITHHELD_PIT)


@dataclass(frozen=True, slots=True)
class _Shared:
    """How a sale was shared out, credits positive: at first, and what is left after refunds."""

    first: dict[Side, int]
    left: dict[Side, int]

    @property
    def taken(self) -> dict[Side, int]:
        return {side: amount - self.left.get(side, 0) for side, amount in self.first.items()}


def _shared(order: Order, sale: int) -> _Shared:
    postage = transaction_of_cause(f"postage:{order.public_id}")
    of_sale = [key for key in (sale, postage) if key is not None]
    first = _credits_of(LedgerTransaction.id.in_(of_sale))
    left = _credits_of(
        or_(LedgerTransaction.id.in_(of_sale), LedgerTransaction.reverses_id == sale)
    )
    return _Shared(first, left)


def _credits_of(condition: ColumnElement[bool]) -> dict[Side, int]:
    rows = db.session.execute(
        select(LedgerEntry.account, LedgerEntry.workshop_id, func.sum(LedgerEntry.amount))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(condition, LedgerEntry.account.not_in(BUYERS_SIDE))
        .group_by(LedgerEntry.account, LedgerEntry.workshop_id)
    )
    found = {Side(account, workshop_id): -int(total) for account, workshop_id, total in rows}
    order = list(Account)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0].account)))


def taken_from_sale(
    order: Order, sale: int, amount: int, named: Mapping[TaxedAs, int]
) -> dict[Side, int]:
    """Debits that take `amount` back in proportion to what is left of the sale, by largest
    remainder; negative, they give it again in proportion to what was taken.

    What of it is `named` as for pieces of one kind of supply takes back the tax that this kind
    bears, where the order has several.
    """
    shared = _shared(order, sale)
    if amount < 0:
        return in_proportion(amount, shared.taken)
    kinds = kinds_of(order) if named else {}
    if len(kinds) > 1:
        return by_kind(amount, named, kinds, shared.left)
    return in_proportion(amount, shared.left)


def in_proportion(amount: int, weights: Mapping[Side, int]) -> dict[Side, int]:
    sides = [side for side, weight in weights.items() if weight > 0]
    if not amount:
        return {}
    parts = Money(amount).split([weights[side] for side in sides])
    return {side: part.dong for side, part in zip(sides, parts, strict=True)}


def by_kind(
    amount: int,
    named: Mapping[TaxedAs, int],
    kinds: Mapping[TaxedAs, Withheld],
    left: Mapping[Side, int],
) -> dict[Side, int]:
    """Tax as each named kind bears it, the rest of what is named over the others, and what is
    not named over all; of no side more than it has left."""
    vat = sum(_part(a, kinds[kind], kinds[kind].vat) for kind, a in named.items())
    pit = sum(_part(a, kinds[kind], kinds[kind].pit) for kind, a in named.items())
    tax = {VAT: min(vat, left.get(VAT, 0)), PIT: min(pit, left.get(PIT, 0))}
    others = {side: weight for side, weight in left.items() if side not in tax}
    rest = sum(named.values()) - sum(tax.values())
    if amount == sum(left.values()) or rest > sum(others.values()):
        return in_proportion(amount, left)
    taken = {**tax, **in_proportion(rest, others)}
    over = {side: weight - taken.get(side, 0) for side, weight in left.items()}
    for side, part in in_proportion(amount - sum(named.values()), over).items():
        taken[side] = taken.get(side, 0) + part
    return taken


def _part(amount: int, kind: Withheld, tax: int) -> int:
    """Of a kind's tax what `amount` of its pieces bears, to the nearest đồng."""
    return (2 * amount * tax + kind.base) // (2 * kind.base) if kind.base else 0


def kinds_of(order: Order) -> dict[TaxedAs, Withheld]:
    """What is withheld of each kind of supply in the order, as frozen."""
    rows = db.session.scalars(select(OrderWithholding).where(OrderWithholding.order_id == order.id))
    return {row.taxed_as: row.withheld for row in rows}


def named_of(order: Order) -> dict[TaxedAs, int]:
    """What has been given back of the order for pieces of one kind of supply."""
    rows = db.session.execute(
        select(RefundShare.taxed_as, func.sum(RefundShare.amount))
        .where(RefundShare.order_id == order.id, RefundShare.taxed_as.is_not(None))
        .group_by(RefundShare.taxed_as)
    )
    return {kind: int(total) for kind, total in rows if kind is not None}
