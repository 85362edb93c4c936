"""Which orders' money waits because something is open about them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_

from shop.orders.models import Order, PaymentShare
from shop.payments.models import Dispute, DisputeStatus, Payment, PaymentMethod
from shop.payments.models.card_provider import ENDED
from shop.returns.models import ReturnRequest, ReturnStatus
from shop.shipping.models import DeliveryKind

OPEN_REQUESTS = (
    ReturnStatus.ASKED,
    ReturnStatus.ESCALATED,
    ReturnStatus.ACCEPTED,
    ReturnStatus.RECEIVED,
)
OPEN_DISPUTES = tuple(status for status in DisputeStatus if status not in ENDED)


def order_is_held() -> ColumnElement[bool]:
    """True of an Order whose buyer asks something back that is not settled, whose payment the
    buyer's bank disputes, or whose cash a carrier took and the workshop has not written down.

    Were that order paid out, the workshop would have its money twice once the carrier brings it.
    """
    asked = exists().where(
        ReturnRequest.order_id == Order.id, ReturnRequest.status.in_(OPEN_REQUESTS)
    )
    disputed = exists().where(
        PaymentShare.order_id == Order.id,
        Dispute.payment_id == PaymentShare.payment_id,
        Dispute.status.in_(OPEN_DISPUTES),
    )
    return or_(asked, disputed, awaits_cash())


def awaits_cash() -> ColumnElement[bool]:
    """True of a parcel's Order some of whose cash is not with its workshop yet."""
    return (Order.delivery_kind != DeliveryKind.COLLECTION) & exists().where(
        PaymentShare.order_id == Order.id,
        PaymentShare.captured + PaymentShare.waived < PaymentShare.amount,
        Payment.id == PaymentShare.payment_id,
        Payment.method == PaymentMethod.CASH,
    )
