"""Stock: every change is a movement with a cause, and no promise goes beyond what is there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import CursorResult, bindparam, select, update

from shop.catalogue.models import MovementKind, Product, StockMovement, Supply, Variant
from shop.core.db import db, for_update
from shop.core.errors import Conflict


class OutOfStock(Conflict):
    """Fewer are left than were asked for; `variant_id` says of which."""

    message = lazy_gettext("Not enough of this piece is left.")

    def __init__(self, variant_id: int) -> None:
        super().__init__()
        self.variant_id = variant_id


class OneEver(Conflict):
    message = lazy_gettext("A one-of-a-kind piece can be put into stock once only.")


def _moved_already(variant_id: int, kind: MovementKind, cause: str) -> bool:
    return (
        db.session.scalar(
            select(StockMovement.id).where(
                StockMovement.variant_id == variant_id,
                StockMovement.kind == kind,
                StockMovement.cause == cause,
            )
        )
        is not None
    )


def _record(
    variant_id: int,
    kind: MovementKind,
    *,
    on_hand: int = 0,
    allocated: int = 0,
    cause: str,
    at: datetime,
    by_id: int | None = None,
) -> None:
    db.session.add(
        StockMovement(
            variant_id=variant_id,
            kind=kind,
            on_hand_change=on_hand,
            allocated_change=allocated,
            cause=cause,
            at=at,
            by_person_id=by_id,
        )
    )


# Put together once: it is sent for every piece that is promised, given back, or leaves the shelf.
_CHANGE = (
    update(Variant)
    .where(
        Variant.id == bindparam("key"),
        Variant.allocated + bindparam("allocated_change") >= 0,
        Variant.on_hand + bindparam("on_hand_change")
        >= Variant.allocated + bindparam("allocated_change"),
    )
    .values(
        on_hand=Variant.on_hand + bindparam("on_hand_change"),
        allocated=Variant.allocated + bindparam("allocated_change"),
        received_total=Variant.received_total + bindparam("received"),
    )
    .execution_options(synchronize_session=False)
)


def _change(variant_id: int, *, on_hand: int = 0, allocated: int = 0, received: int = 0) -> bool:
    """Change the counts where the result still holds together; False when it would not."""
    result: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        _CHANGE,
        {
            "key": variant_id,
            "on_hand_change": on_hand,
            "allocated_change": allocated,
            "received": received,
        },
    )
    return bool(result.rowcount)


def receive_stock(
    variant: Variant, quantity: int, *, cause: str, at: datetime, by_id: int | None = None
) -> bool:
    """Put pieces on the shelf. False when this cause did so before.

    Raises OneEver for a second piece of a one-of-a-kind variant, ValueError for less than one.
    """
    if quantity < 1:
        raise ValueError("at least one piece is received")
    fresh = db.session.scalars(for_update(select(Variant).where(Variant.id == variant.id))).one()
    if _moved_already(variant.id, MovementKind.RECEIVED, cause):
        return False
    if fresh.is_unique and fresh.received_total + quantity > 1:
        raise OneEver
    _change(variant.id, on_hand=quantity, received=quantity)
    _record(variant.id, MovementKind.RECEIVED, on_hand=quantity, cause=cause, at=at, by_id=by_id)
    return True


def claim_stock(variant_id: int, quantity: int, *, cause: str, at: datetime) -> None:
    """Promise pieces to an order by one conditional UPDATE. Raises OutOfStock.

    However many buyers ask at once, the database grants no more than there is.
    """
    if not _change(variant_id, allocated=quantity):
        raise OutOfStock(variant_id)
    _record(variant_id, MovementKind.ALLOCATED, allocated=quantity, cause=cause, at=at)


def lock_variants(variant_ids: Collection[int]) -> None:
    """Hold several variants until the transaction ends, always in key order."""
    db.session.execute(
        select(Variant.id).where(Variant.id.in_(variant_ids)).order_by(Variant.id).with_for_update()
    ).all()


def release_stock(
    variant_id: int, quantity: int, *, cause: str, at: datetime, by_id: int | None = None
) -> None:
    """Take a promise back: the pieces can be bought again."""
    if not _change(variant_id, allocated=-quantity):
        raise Conflict
    _record(variant_id, MovementKind.RELEASED, allocated=-quantity, cause=cause, at=at, by_id=by_id)


def ship_stock(
    variant_id: int, quantity: int, *, cause: str, at: datetime, by_id: int | None = None
) -> None:
    """Promised pieces leave the shelf."""
    if not _change(variant_id, on_hand=-quantity, allocated=-quantity):
        raise Conflict
    _record(
        variant_id,
        MovementKind.SHIPPED,
        on_hand=-quantity,
        allocated=-quantity,
        cause=cause,
        at=at,
        by_id=by_id,
    )


class OnTheShelf(Conflict):
    message = lazy_gettext("This one-of-a-kind piece is on the shelf already.")


def return_stock(
    variant_id: int, quantity: int, *, cause: str, at: datetime, by_id: int | None = None
) -> None:
    """Pieces that had been sent are on the shelf again; once per cause.

    Raises OnTheShelf when a one-of-a-kind piece never left it, as it cannot be there twice.
    """
    fresh = db.session.scalars(for_update(select(Variant).where(Variant.id == variant_id))).one()
    if _moved_already(variant_id, MovementKind.RETURNED, cause):
        return
    if fresh.is_unique and fresh.on_hand + quantity > 1:
        raise OnTheShelf
    _change(variant_id, on_hand=quantity)
    _record(variant_id, MovementKind.RETURNED, on_hand=quantity, cause=cause, at=at, by_id=by_id)


def holds_stock(product: Product) -> bool:
    """What is made to order is never out of stock, so it takes none."""
    return product.supply is not Supply.MADE_TO_ORDER
