"""Which orders' money waits because something is open about them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_

from shop.orders.models import Order, PaymentShare
from shop.payments.models import Dispute, DisputeStatus
from shop.payments.models.card_provider import ENDED
from shop.returns.models import ReturnRequest, ReturnStatus

OPEN_REQUESTS = (
    ReturnStatus.ASKED,
    ReturnStatus.ESCALATED,
    ReturnStatus.ACCEPTED,
    ReturnStatus.RECEIVED,
)
OPEN_DISPUTES = tuple(status for status in DisputeStatus if status not in ENDED)


def order_is_held() -> ColumnElement[bool]:
    """True of an Order whose buyer asks something back that is not settled, or whose payment the
    buyer's bank disputes."""
    asked = exists().where(
        ReturnRequest.order_id == Order.id, ReturnRequest.status.in_(OPEN_REQUESTS)
    )
    disputed = exists().where(
        PaymentShare.order_id == Order.id,
        Dispute.payment_id == PaymentShare.payment_id,
        Dispute.status.in_(OPEN_DISPUTES),
    )
    return or_(asked, disputed)
