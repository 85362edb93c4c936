"""Every mail about money given back, pieces cancelled and things sent back, one function each."""

from __future__ import annotations

from shop.orders.letters import to_buyer, to_workshop
from shop.orders.models import Order, OrderGroup
from shop.orders.queries import group_id_of_order, whole_group


def _order_in_group(order_id: int) -> tuple[OrderGroup, Order]:
    group = whole_group(group_id_of_order(order_id))
    return group, next(order for order in group.orders if order.id == order_id)


def tell_money_back(order_id: int, amount: int, note: str, *, cause: str) -> None:
    """To the buyer: how much goes back, why, and by which way."""
    group, order = _order_in_group(order_id)
    to_buyer("money-back", group, f"money-back:{cause}", order=order, amount=amount, note=note)


def tell_pieces_cancelled(order_id: int, amount: int, note: str) -> None:
    """To the buyer: which pieces will not come, and what that means in money."""
    group, order = _order_in_group(order_id)
    gone = sum(line.cancelled for line in order.lines)
    cause = f"pieces-cancelled:{order.public_id}:{gone}"
    to_buyer("pieces-cancelled", group, cause, order=order, amount=amount, note=note)


def tell_workshop_changed(order_id: int, amount: int, *, cause: str) -> None:
    """To the workshop: the office has given money back for its order, or stopped it."""
    group, order = _order_in_group(order_id)
    to_workshop("workshop-changed", group, order, f"workshop-changed:{cause}", amount=amount)
