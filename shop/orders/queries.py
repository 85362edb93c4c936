"""Orders as their buyer, their letters and the checkout need to read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from shop.accounts.addresses import Address
from shop.core.db import db
from shop.core.errors import Missing
from shop.orders.models import Order, OrderEvent, OrderGroup, OrderLine, OrderStatus
from shop.payments.models import (
    PartStatus,
    Payment,
    PaymentMethod,
    PaymentStatus,
    TransferPart,
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a person's last order went to, as a start for the next. `phone` in E.164."""

    name: str
    email: str
    phone: str
    address: Address


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of a person's list of orders; `statuses` are those of its parcels."""

    reference: str
    tracking_token: str
    placed_at: datetime
    total: int
    payment_method: PaymentMethod
    payment_status: PaymentStatus
    statuses: tuple[OrderStatus, ...]
    piece_names_vi: tuple[str, ...]
    piece_names_en: tuple[str, ...]


def _whole_group() -> Sequence[ORMOption]:
    orders = selectinload(OrderGroup.orders)
    return (
        joinedload(OrderGroup.payment),
        joinedload(OrderGroup.invoice_request),
        orders.joinedload(Order.workshop),
        orders.joinedload(Order.shipment),
        orders.joinedload(Order.share),
        orders.joinedload(Order.charges),
        orders.joinedload(Order.e_invoice),
        orders.selectinload(Order.lines).joinedload(OrderLine.image),
        orders.selectinload(Order.events),
    )


def _one_group(condition: ColumnElement[bool]) -> OrderGroup:
    group = db.session.scalar(
        select(OrderGroup)
        .where(condition)
        .options(*_whole_group())
        .execution_options(populate_existing=True)
    )
    if group is None:
        raise Missing
    return group


def group_by_token(token: str) -> OrderGroup:
    """The whole group behind a tracking link; four SQL statements. Raises Missing."""
    return _one_group(OrderGroup.tracking_token == token)


def whole_group(group_id: int) -> OrderGroup:
    """The group with payment, orders, lines, pictures and events; four SQL statements."""
    return _one_group(OrderGroup.id == group_id)


def token_of_placement(placement_key: str) -> str:
    """The tracking token of the group that was made of a basket, by the basket's public id."""
    return db.session.scalars(
        select(OrderGroup.tracking_token).where(OrderGroup.placement_key == placement_key)
    ).one()


def payment_of(group: OrderGroup) -> Payment:
    return db.session.get_one(Payment, group.payment_id)


def group_id_of_order(order_id: int) -> int:
    return db.session.scalars(select(Order.group_id).where(Order.id == order_id)).one()


def group_of_buyer(reference: str, *, email: str | None, phone: str | None) -> int | None:
    """The group of this reference if its buyer gave this e-mail or this number (E.164)."""
    contacts = [
        column == value
        for column, value in ((OrderGroup.email, email), (OrderGroup.phone, phone))
        if value
    ]
    return db.session.scalar(
        select(OrderGroup.id).where(OrderGroup.reference == reference, or_(false(), *contacts))
    )


def state_of(token: str) -> tuple[PaymentStatus, int, int]:
    """The payment's status, how many moves its orders have made, and the đồng kept for it while
    it is not complete; one SQL statement.

    Together they change whenever the tracking page would. Raises Missing.
    """
    held = (
        select(func.coalesce(func.sum(TransferPart.amount), 0))
        .where(TransferPart.payment_id == Payment.id, TransferPart.status == PartStatus.HELD)
        .correlate(Payment)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Payment.status, func.count(OrderEvent.id), held)
        .select_from(OrderGroup)
        .join(Payment, Payment.id == OrderGroup.payment_id)
        .join(Order, Order.group_id == OrderGroup.id)
        .join(OrderEvent, OrderEvent.order_id == Order.id)
        .where(OrderGroup.tracking_token == token)
        .group_by(Payment.id, Payment.status)
    ).one_or_none()
    if row is None:
        raise Missing
    return row[0], row[1], int(row[2])


def groups_of(person_id: int, *, skip: int, limit: int) -> list[GroupRow]:
    """A person's orders, newest first; two SQL statements."""
    groups = db.session.execute(
        select(OrderGroup, Payment.status)
        .join(Payment, Payment.id == OrderGroup.payment_id)
        .where(OrderGroup.person_id == person_id)
        .order_by(OrderGroup.placed_at.desc(), OrderGroup.id.desc())
        .offset(skip)
        .limit(limit)
    ).all()
    pieces = _pieces_of([group.id for group, _ in groups])
    return [_group_row(group, status, pieces[group.id]) for group, status in groups]


Piece: TypeAlias = tuple[int, OrderStatus, str, str]
"""Its order's key and status, and its name in both languages."""


def _pieces_of(group_ids: Sequence[int]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {key: [] for key in group_ids}
    rows = db.session.execute(
        select(Order.group_id, Order.id, Order.status, OrderLine.name_vi, OrderLine.name_en)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.group_id.in_(group_ids))
        .order_by(OrderLine.id)
    )
    for group_id, order_id, status, name_vi, name_en in rows:
        found[group_id].append((order_id, status, name_vi, name_en))
    return found


def _group_row(group: OrderGroup, status: PaymentStatus, pieces: Sequence[Piece]) -> GroupRow:
    statuses = {order_id: order_status for order_id, order_status, _, _ in pieces}
    return GroupRow(
        reference=group.reference,
        tracking_token=group.tracking_token,
        placed_at=group.placed_at,
        total=group.total,
        payment_method=group.payment_method,
        payment_status=status,
        statuses=tuple(statuses.values()),
        piece_names_vi=tuple(name for _, _, name, _ in pieces),
        piece_names_en=tuple(name for _, _, _, name in pieces),
    )


def guest_orders_of(email: str) -> int:
    """How many orders were placed with this address without an account."""
    return (
        db.session.scalar(
            select(func.count(OrderGroup.id)).where(
                OrderGroup.email == email, OrderGroup.person_id.is_(None)
            )
        )
        or 0
    )


def latest_recipient(person_id: int) -> Recipient | None:
    group = db.session.scalar(
        select(OrderGroup)
        .where(OrderGroup.person_id == person_id)
        .order_by(OrderGroup.placed_at.desc(), OrderGroup.id.desc())
        .limit(1)
    )
    if group is None:
        return None
    return Recipient(group.name, group.email, group.phone, group.address)
