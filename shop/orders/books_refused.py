"""A parcel the carrier brought back, in double entry: the goods' price is the buyer's again, the
postage is the workshop's, which has paid the carrier.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shop.core.db import db
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.orders.models import Order, PaymentShare

ADVANCES = Side(Account.BUYERS_ADVANCES)


def book_kept_postage(order: Order, *, at: datetime, by_id: int | None = None) -> None:
    """Once the parcel is back; nothing when nothing had been paid for it."""
    kept = order.share.kept
    post(
        Posting(
            cause=f"postage-kept:{order.public_id}",
            kind=TransactionKind.POSTAGE,
            sides={ADVANCES: kept, Side(Account.WORKSHOP_PAYABLE, order.workshop_id): -kept},
            about=order.public_id,
            by_id=by_id,
        ),
        at=at,
    )


def taken_before_sale(order: Order, amount: int) -> dict[Side, int]:
    """Debits for a refund of an order that was never delivered; negative gives it again.

    It comes out of what the buyer has in advance, and what is more than that out of the postage
    that the workshop has kept of a refused parcel.
    """
    share = db.session.scalars(select(PaymentShare).where(PaymentShare.order_id == order.id)).one()
    before = min(share.kept, share.left + amount)
    from_postage = before - share.kept_now
    return {
        ADVANCES: amount - from_postage,
        Side(Account.WORKSHOP_PAYABLE, order.workshop_id): from_postage,
    }
