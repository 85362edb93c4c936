"""Buyers' cash that a workshop keeps: brought to the office, or netted with what it has earned."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.i18n import money
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import balance, transaction_of_cause
from shop.workshops.models import Workshop


def _lock(workshop_id: int) -> None:
    """Two officers at one workshop's cash take turns; sales go on being booked. Raises Missing."""
    locked = select(Workshop.id).where(Workshop.id == workshop_id).with_for_update(key_share=True)
    if db.session.scalar(locked) is None:
        raise Missing


def hand_in_cash(workshop_id: int, amount: int, *, key: str, by_id: int, at: datetime) -> None:
    """The workshop brought cash to the office; once per key, however often it is sent.

    Raises Invalid for nothing, or for more than it keeps.
    """
    _lock(workshop_id)
    cause = f"handed-in:{workshop_id}:{key}"
    if transaction_of_cause(cause) is not None:
        return
    held = balance(Account.CASH_WITH_WORKSHOP, workshop_id)
    if not 0 < amount <= held:
        message = lazy_gettext("The workshop keeps %(held)s of buyers' cash.", held=money(held))
        raise Invalid(fields={"amount": message})
    post(
        Posting(
            cause=cause,
            kind=TransactionKind.CASH_HANDED_IN,
            sides={
                Side(Account.CASH_AT_OFFICE): amount,
                Side(Account.CASH_WITH_WORKSHOP, workshop_id): -amount,
            },
            by_id=by_id,
        ),
        at=at,
    )


def net_cash(
    workshop_id: int, *, key: str, by_id: int, at: datetime, amount: int | None = None
) -> int | None:
    """Let the workshop keep all the cash it has, as part of what it has earned; once per key.

    `amount` nets so many đồng of it instead, for who has reckoned with a sum: a sale may bring
    more at any moment. What it has earned may become less than nothing: then it owes. Returns the
    transaction's id. Raises Conflict when it keeps no cash, or less than that.
    """
    _lock(workshop_id)
    cause = f"netting:{workshop_id}:{key}"
    standing = transaction_of_cause(cause)
    if standing is not None:
        return standing
    held = balance(Account.CASH_WITH_WORKSHOP, workshop_id)
    netted = held if amount is None else amount
    if not 0 < netted <= held:
        raise Conflict(lazy_gettext("This workshop keeps no cash any more."))
    return post(
        Posting(
            cause=cause,
            kind=TransactionKind.NETTING,
            sides={
                Side(Account.WORKSHOP_PAYABLE, workshop_id): netted,
                Side(Account.CASH_WITH_WORKSHOP, workshop_id): -netted,
            },
            by_id=by_id,
        ),
        at=at,
    )
