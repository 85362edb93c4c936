"""The mails that a transfer's outcome calls for, written inside its transaction."""

from __future__ import annotations

from shop.checkout.bank import Outcome
from shop.checkout.provider_calls import tell_of
from shop.orders import letters
from shop.payments.transfers import Ruling


def tell_of_line(outcome: Outcome) -> None:
    if outcome.settlement is not None:
        tell_of(outcome.settlement)
    if outcome.group_id is None or outcome.ruling is None:
        return
    if outcome.ruling is Ruling.PART:
        letters.tell_transfer_part(outcome.group_id, outcome.line_id)
    elif outcome.back:
        letters.tell_transfer_goes_back(
            outcome.group_id, outcome.line_id, outcome.back, outcome.ruling.value
        )
