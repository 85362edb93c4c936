"""Booking what happened before the books were kept, from where orders and refunds stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.checkout.refunds import bring_up, share_of_late_order, share_over_orders
from shop.core.db import db
from shop.orders.books import book_capture, book_cash_taken, book_delivery
from shop.orders.models import Order, OrderStatus
from shop.payments.models import Payment, PaymentMethod, Refund


def open_books(at: datetime) -> int:
    """Book every order and refund as it stands; what is booked already is left. Returns how many
    orders were looked at.

    Belongs inside a transaction. Raises RatesMissing when no rates are set for an order's day.
    """
    orders = db.session.scalars(
        select(Order)
        .options(joinedload(Order.share), joinedload(Order.shipment))
        .order_by(Order.id)
    ).all()
    methods = dict(db.session.execute(select(Payment.id, Payment.method)).all())
    for order in orders:
        _open_capture(order, methods[order.share.payment_id], at)
    for refund in db.session.scalars(select(Refund).order_by(Refund.id)).all():
        _open_refund(refund)
    for order in orders:
        _open_delivery(order, methods[order.share.payment_id], at)
    return len(orders)


def _open_capture(order: Order, method: PaymentMethod, at: datetime) -> None:
    share = order.share
    if share.captured and method is not PaymentMethod.CASH:
        book_capture(
            order,
            method,
            share.captured,
            at=share.captured_at or at,
            by_id=share.captured_by_id,
        )


def _open_delivery(order: Order, method: PaymentMethod, at: datetime) -> None:
    share = order.share
    if order.status is OrderStatus.DELIVERED:
        delivered_at = order.shipment.delivered_at if order.shipment else None
        book_delivery(order, at=delivered_at or at)
    if share.captured and method is PaymentMethod.CASH:
        book_cash_taken(
            order, share.captured, at=share.captured_at or at, by_id=share.captured_by_id
        )


def _open_refund(refund: Refund) -> None:
    if refund.is_foreign:
        share_over_orders(refund)
    else:
        share_of_late_order(refund)
    bring_up(refund, at=refund.sent_at or refund.created_at, by_id=refund.settled_by_id)
