"""Whether a sale is shared out as frozen, less in proportion what went back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shop.checkout.order_states import OrderState, frozen_shares
from shop.ledger.models import Account

SLACK = 20
"""Đồng; a sale given back in more than twenty parts has to be looked at by a person anyway."""
TAXES = {Account.WITHHELD_VAT: "vat", Account.WITHHELD_PIT: "pit"}


def sharing_faults(state: OrderState, shared: Mapping[Account, int]) -> Iterator[str]:
    """A delivered order is shared out as frozen, less in proportion what went back; of one that
    was never delivered the workshop has at most the postage of a refused parcel."""
    if not state.is_delivered:
        expected = {Account.WORKSHOP_PAYABLE: state.postage_kept}
        for account, amount in shared.items():
            if amount != expected.get(account, 0):
                yield f"{state.public_id} {account.value}"
        return
    frozen = frozen_shares(state)
    if frozen is None:
        yield f"{state.public_id} charges"
        return
    kept = state.due - state.refunded
    if sum(shared.values()) != kept:
        yield f"{state.public_id} shares"
    # Each refund is divided to whole đồng, so a share is off by less than one for each.
    slack = SLACK if kept not in (0, state.amount) else 0
    for account, amount in frozen.items():
        low, high = _fair(state, account, frozen, shared)
        is_fair = low - slack <= shared[account] <= high + slack
        if not (0 <= shared[account] <= amount and is_fair):
            yield f"{state.public_id} {account.value}"


def _fair(
    state: OrderState,
    account: Account,
    frozen: Mapping[Account, int],
    shared: Mapping[Account, int],
) -> tuple[float, float]:
    """What an account has at least and at most: both the same unless money went back for pieces
    of one of several kinds of supply."""
    kept = state.due - state.refunded
    if not state.named:
        fair = frozen[account] * kept / state.amount
        return fair, fair
    if account in TAXES:
        return _fair_tax(state, frozen[account], TAXES[account])
    rest = sum(amount for key, amount in frozen.items() if key not in TAXES)
    fair = frozen[account] * sum(shared[key] for key in frozen if key not in TAXES) / rest
    return fair, fair


def _fair_tax(state: OrderState, tax: int, name: str) -> tuple[float, float]:
    """Whether what is named or what is not went back first decides how much of it there is."""
    of_named = sum(
        amount * getattr(state.kinds[kind], name) / state.kinds[kind].base
        for kind, amount in state.named.items()
    )
    named = sum(state.named.values())
    other = state.waived + state.refunded - named
    left = state.amount - named
    first = (tax - of_named) * (1 - other / left) if left else 0.0
    last = tax * (1 - other / state.amount) - of_named
    return max(0.0, min(first, last)), max(0.0, first, last)
