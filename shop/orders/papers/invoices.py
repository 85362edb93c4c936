"""Asking for e-invoices and writing down what was issued."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.orders.invoice_models import EInvoice, InvoiceRequest
from shop.orders.models import Order, OrderGroup, OrderStatus

NOT_YET = frozenset({OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELLED})


class AlreadyIssued(Conflict):
    message = lazy_gettext(
        "An e-invoice has been issued already, so this can no longer be changed here. Please write"
        " to the workshop."
    )


class NothingToInvoice(Conflict):
    message = lazy_gettext("An e-invoice is issued for an order that stands.")


@dataclass(frozen=True, slots=True)
class InvoiceParty:
    """`tax_code` as parse_tax_code gives it."""

    company: str
    tax_code: str
    address: str
    email: str


def ask_for_invoice(group_id: int, party: InvoiceParty, *, at: datetime) -> None:
    """Once per order group; asked again, it is corrected. Raises AlreadyIssued."""
    db.session.execute(for_update(select(OrderGroup.id).where(OrderGroup.id == group_id)))
    if _is_any_issued(group_id):
        raise AlreadyIssued
    request = request_of(group_id)
    if request is None:
        request = InvoiceRequest(group_id=group_id, asked_at=at)
    for name, value in asdict(party).items():
        setattr(request, name, value)
    request.asked_at = at
    db.session.add(request)
    db.session.flush()


def record_invoice(
    order: Order, *, series: str, number: str, issued_on: date, by_id: int, at: datetime
) -> None:
    """Write down what the workshop issued, in place of what was mistyped before.

    The order must be locked by the caller. Raises NothingToInvoice when none was asked for or the
    order does not stand.
    """
    if order.status in NOT_YET or request_of(order.group_id) is None:
        raise NothingToInvoice
    found = db.session.scalar(select(EInvoice).where(EInvoice.order_id == order.id))
    invoice = found or EInvoice(order_id=order.id)
    invoice.series, invoice.number, invoice.issued_on = series, number, issued_on
    invoice.recorded_by_id, invoice.recorded_at = by_id, at
    db.session.add(invoice)
    db.session.flush()


def request_of(group_id: int) -> InvoiceRequest | None:
    return db.session.scalar(select(InvoiceRequest).where(InvoiceRequest.group_id == group_id))


def _is_any_issued(group_id: int) -> bool:
    issued = (
        select(EInvoice.id)
        .join(Order, Order.id == EInvoice.order_id)
        .where(Order.group_id == group_id)
    )
    return db.session.scalar(issued.limit(1)) is not None


def may_be_invoiced(statuses: Collection[OrderStatus]) -> bool:
    return not set(statuses) <= NOT_YET
