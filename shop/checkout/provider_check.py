"""Whether the card provider's own doings are booked as they stand, and its account agrees with us.

Reckoned from disputes, lines, payouts and stray charges; of postings only the totals are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from shop.checkout.card_queries import booked_of_no_order, differences, last_balance, own_account
from shop.checkout.gift_states import GiftState
from shop.checkout.order_states import OrderState
from shop.ledger.models import Account
from shop.ledger.queries.books import balance

LINES_SETTLE = timedelta(hours=1)
"""A line younger than this may be about something whose message is still on its way."""


def provider_faults(states: list[OrderState], gifts: list[GiftState]) -> Iterator[str]:
    """Accounts that disputes, losses, fees, payouts and stray money do not make what they are."""
    own = own_account()
    through = sum(state.returned.by_dispute for state in states)
    through += sum(gift.by_dispute for gift in gifts)
    outside = own.astray - own.held - own.fees - own.paid_out
    if booked_of_no_order(Account.CLEARING_STRIPE) != outside:
        yield Account.CLEARING_STRIPE.value
    if booked_of_no_order(Account.PROVIDER_FEES) != own.fees + own.lost:
        yield Account.PROVIDER_FEES.value
    if balance(Account.DISPUTED) != own.held - own.lost - through:
        yield Account.DISPUTED.value


def balance_faults(now: datetime) -> Iterator[str]:
    """Lines of the provider's account that are not what we know of their subject, and by how much
    its balance, when last read, was not what the books then said."""
    for found in differences(now - LINES_SETTLE):
        line = found.entry
        yield f"{line.reference} {line.kind.value} {line.subject or '-'}"
    last = last_balance()
    off = last.amount - last.booked - last.under_way if last else 0
    if off:
        yield f"balance {off:+d}"
