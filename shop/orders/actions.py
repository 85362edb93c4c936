"""What happens to an order, one verb each: every move is allowed by ORDER_MOVES and recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.addresses import Address
from shop.accounts.models import Person
from shop.catalogue.actions.stock import claim_stock, release_stock, ship_stock
from shop.core.clock import HANOI
from shop.core.db import Base, db, for_update
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.vietnamese import fold
from shop.ledger.queries.rates import charge_rates
from shop.orders.books import book_cash_taken, book_delivery
from shop.orders.charges import frozen_charges
from shop.orders.models import (
    GIVEN_UP,
    ActorKind,
    Order,
    OrderEvent,
    OrderGroup,
    OrderLine,
    OrderStatus,
    PaymentShare,
    Shipment,
)
from shop.payments.actions import lock_payment, move_payment
from shop.payments.models import Payment, PaymentMethod, PaymentStatus
from shop.shipping.models import DeliveryKind, Zone
from shop.workshops.models import SellerKind


class WrongMove(Conflict):
    """The order is not where this step begins; somebody else may have taken it already."""

    message = lazy_gettext("This order has moved on in the meantime. Look at where it stands now.")


class WrongAmount(Invalid):
    """The amount is not what is due; `due` is, in đồng."""

    message = lazy_gettext("The amount is not what is due for this order.")

    def __init__(self, due: int) -> None:
        super().__init__()
        self.due = due


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders and where to; `phone` in E.164."""

    person_id: int | None
    language: str
    name: str
    email: str
    phone: str
    note: str
    address: Address


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """One workshop's part before it is written; money in đồng, weight in g."""

    workshop_id: int
    seller_kind: SellerKind
    lines: tuple[OrderLine, ...]
    delivery_kind: DeliveryKind
    carrier_code: str | None
    carrier_name: str | None
    zone: Zone
    billed_weight_g: int
    shipping: int
    days_from: int | None
    days_to: int | None
    lead_days: int
    ship_by: datetime

    @property
    def items_total(self) -> int:
        return sum(line.total for line in self.lines)


def write_group(
    buyer: Buyer,
    drafts: Collection[OrderDraft],
    payment: Payment,
    *,
    reference: str,
    placement_key: str,
    gift: int = 0,
    at: datetime,
) -> OrderGroup:
    """Write the group with one order a workshop, each order's charges and its share of the payment.

    `gift`: đồng added for the craft fund, of which no order has a share. Raises RatesMissing on a
    day for which the office has set no rates.
    """
    items = sum(draft.items_total for draft in drafts)
    shipping = sum(draft.shipping for draft in drafts)
    group = OrderGroup(
        reference=reference,
        placement_key=placement_key,
        person_id=buyer.person_id,
        language=buyer.language,
        name=buyer.name,
        name_fold=fold(buyer.name),
        email=buyer.email,
        phone=buyer.phone,
        note=buyer.note,
        items_total=items,
        shipping_total=shipping,
        gift=gift,
        total=items + shipping + gift,
        payment_method=payment.method,
        payment_id=payment.id,
        placed_at=at,
    )
    group.address = buyer.address
    db.session.add(group)
    db.session.flush()
    orders = [_order(group, draft, payment, at) for draft in drafts]
    db.session.add_all(orders)
    db.session.flush()
    _write_parts(group, list(zip(orders, drafts, strict=True)), at)
    return group


def first_status(payment: Payment) -> OrderStatus:
    """Cash is paid at the door, so the workshop may begin; otherwise the money comes first."""
    cash = payment.method is PaymentMethod.CASH
    return OrderStatus.PLACED if cash else OrderStatus.AWAITING_PAYMENT


def _order(group: OrderGroup, draft: OrderDraft, payment: Payment, at: datetime) -> Order:
    return Order(
        group_id=group.id,
        workshop_id=draft.workshop_id,
        status=first_status(payment),
        items_total=draft.items_total,
        shipping_total=draft.shipping,
        total=draft.items_total + draft.shipping,
        delivery_kind=draft.delivery_kind,
        carrier_code=draft.carrier_code,
        carrier_name=draft.carrier_name,
        zone=draft.zone,
        billed_weight_g=draft.billed_weight_g,
        days_from=draft.days_from,
        days_to=draft.days_to,
        lead_days=draft.lead_days,
        ship_by=draft.ship_by,
        created_at=at,
    )


def _write_parts(
    group: OrderGroup, written: Sequence[tuple[Order, OrderDraft]], at: datetime
) -> None:
    """What belongs to each order, in one statement a table."""
    book = charge_rates(at.astimezone(HANOI).date())
    for order, draft in written:
        for line in draft.lines:
            line.order_id = order.id
    orders = [order for order, _ in written]
    frozen = [
        frozen_charges(order, draft.lines, draft.seller_kind, book) for order, draft in written
    ]
    rows: list[Sequence[Base]] = [
        [line for _, draft in written for line in draft.lines],
        [
            PaymentShare(order_id=order.id, payment_id=group.payment_id, amount=order.total)
            for order in orders
        ],
        [_event(order, None, ActorKind.BUYER, group.person_id, at) for order in orders],
        [charges for charges, _ in frozen],
        [part for _, withheld in frozen for part in withheld],
    ]
    for of_one_table in rows:
        db.session.bulk_save_objects(of_one_table)


def _event(
    order: Order,
    before: OrderStatus | None,
    by: ActorKind,
    by_id: int | None,
    at: datetime,
    note: str = "",
) -> OrderEvent:
    return OrderEvent(
        order_id=order.id,
        from_status=before,
        to_status=order.status,
        at=at,
        by=by,
        by_person_id=by_id,
        note=note,
    )


def move_order(
    order: Order,
    to: OrderStatus,
    *,
    by: ActorKind,
    by_id: int | None = None,
    at: datetime,
    note: str = "",
) -> None:
    """Raises WrongMove for a move that ORDER_MOVES does not allow from where the order stands."""
    if not order.may_become(to):
        raise WrongMove
    before, order.status = order.status, to
    db.session.add(_event(order, before, by, by_id, at, note))


def order_for_update(public_id: str, workshop_ids: Collection[int]) -> Order:
    """Lock one of these workshops' orders, with lines, group, shipment and share at hand.

    The payment is locked first, as everywhere. Raises Missing for an unknown order and for
    another workshop's alike.
    """
    payment_id = db.session.scalar(
        select(PaymentShare.payment_id)
        .join(Order, Order.id == PaymentShare.order_id)
        .where(Order.public_id == public_id, Order.workshop_id.in_(workshop_ids))
    )
    if payment_id is None:
        raise Missing
    lock_payment(payment_id)
    order = db.session.scalar(
        for_update(
            select(Order)
            .where(Order.public_id == public_id, Order.workshop_id.in_(workshop_ids))
            .options(
                selectinload(Order.lines),
                selectinload(Order.group).joinedload(OrderGroup.payment),
                selectinload(Order.shipment),
                selectinload(Order.share),
                selectinload(Order.workshop),
            )
        )
    )
    if order is None:
        raise Missing
    return order


def orders_of_group_for_update(group_id: int) -> list[Order]:
    """Every order of a group, locked in key order so that two settlers never deadlock."""
    return list(
        db.session.scalars(
            for_update(
                select(Order)
                .where(Order.group_id == group_id)
                .order_by(Order.id)
                .options(
                    selectinload(Order.lines),
                    selectinload(Order.share),
                )
            )
        )
    )


def group_of_payment(payment_id: int) -> OrderGroup:
    return db.session.scalars(
        select(OrderGroup)
        .where(OrderGroup.payment_id == payment_id)
        .options(joinedload(OrderGroup.payment))
    ).one()


def confirm_order(order: Order, *, by: Person, at: datetime) -> None:
    """The workshop takes the order on."""
    move_order(order, OrderStatus.CONFIRMED, by=ActorKind.WORKSHOP, by_id=by.id, at=at)


def pack_order(order: Order, *, by: Person, at: datetime) -> None:
    """The parcel stands packed: for the carrier, or ready to be fetched."""
    move_order(order, OrderStatus.PACKED, by=ActorKind.WORKSHOP, by_id=by.id, at=at)
    order.shipment = Shipment(
        order_id=order.id,
        carrier_code=order.carrier_code,
        carrier_name=order.carrier_name or "",
        packed_at=at,
    )


def _require_shipment(order: Order) -> Shipment:
    if order.shipment is None:
        raise WrongMove
    return order.shipment


def _take_from_shelf(order: Order, by_id: int, at: datetime) -> None:
    for line in sorted(order.lines, key=lambda line: line.variant_id):
        if line.holds_stock and line.standing:
            ship_stock(line.variant_id, line.standing, cause=line_cause(line), at=at, by_id=by_id)


def line_cause(line: OrderLine) -> str:
    return f"order-line:{line.id}"


def ship_order(
    order: Order,
    *,
    carrier_code: str | None,
    carrier_name: str,
    tracking_number: str,
    tracking_url: str = "",
    by: Person,
    at: datetime,
) -> None:
    """The carrier took the parcel; the pieces leave the shelf. Not for what is collected."""
    if order.is_collected:
        raise WrongMove
    move_order(order, OrderStatus.SHIPPED, by=ActorKind.WORKSHOP, by_id=by.id, at=at)
    shipment = _require_shipment(order)
    shipment.carrier_code, shipment.carrier_name = carrier_code, carrier_name
    shipment.tracking_number, shipment.tracking_url = tracking_number, tracking_url
    shipment.shipped_at = at
    _take_from_shelf(order, by.id, at)


def deliver_order(order: Order, *, by: Person, at: datetime) -> None:
    """The parcel arrived, or was fetched at the workshop."""
    if order.status is OrderStatus.PACKED and not order.is_collected:
        raise WrongMove
    move_order(order, OrderStatus.DELIVERED, by=ActorKind.WORKSHOP, by_id=by.id, at=at)
    _require_shipment(order).delivered_at = at
    if order.is_collected:
        _take_from_shelf(order, by.id, at)
    db.session.flush()
    book_delivery(order, at=at, by_id=by.id)


def cash_due(order: Order, payment: Payment) -> int:
    """Đồng still to be taken in cash for this order; nothing for other ways of paying."""
    if payment.method is not PaymentMethod.CASH or order.status in GIVEN_UP:
        return 0
    return order.share.due - order.share.captured


BEFORE_SENDING = frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED})
CASH_CAN_COME = frozenset({OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED})


def record_cash(order: Order, amount: int, *, by: Person, at: datetime) -> None:
    """Write down the cash taken at the door; the whole sum due, once.

    Raises WrongAmount (with the sum due), or WrongMove when none is due or it is too early.
    The payment counts as paid when every order of the group that still stands has been.
    """
    payment = lock_payment(order.share.payment_id)
    db.session.refresh(order.share, with_for_update=True)
    due = cash_due(order, payment)
    if due == 0 or order.status not in CASH_CAN_COME:
        raise WrongMove
    if amount != due:
        raise WrongAmount(due)
    order.share.captured = amount
    order.share.captured_at, order.share.captured_by_id = at, by.id
    db.session.flush()
    book_cash_taken(order, amount, at=at, by_id=by.id)
    close_cash(payment, at=at, by_id=by.id)


def close_cash(payment: Payment, *, at: datetime, by_id: int | None) -> None:
    """Once no more cash is to come: paid if some did, else there is nothing to pay."""
    if payment.method is not PaymentMethod.CASH or not payment.is_open:
        return
    db.session.flush()
    if _has_share(payment.id, _STILL_DUE):
        return
    came = _has_share(payment.id, PaymentShare.captured > 0)
    to = PaymentStatus.PAID if came else PaymentStatus.CANCELLED
    move_payment(payment, to, at=at, by_id=by_id, note="cash" if came else "")


_STILL_DUE = (PaymentShare.captured + PaymentShare.waived < PaymentShare.amount) & (
    Order.status.not_in(GIVEN_UP)
)


def _has_share(payment_id: int, condition: ColumnElement[bool]) -> bool:
    return (
        db.session.scalar(
            select(PaymentShare.id)
            .join(Order, Order.id == PaymentShare.order_id)
            .where(PaymentShare.payment_id == payment_id, condition)
            .limit(1)
        )
        is not None
    )


def cancel_order(
    order: Order, *, by: ActorKind, by_id: int | None, at: datetime, note: str
) -> None:
    """Cancel before anything was sent and give the pieces back to the shelf."""
    move_order(order, OrderStatus.CANCELLED, by=by, by_id=by_id, at=at, note=note)
    for line in sorted(order.lines, key=lambda line: line.variant_id):
        if line.holds_stock and line.standing:
            release_stock(
                line.variant_id, line.standing, cause=line_cause(line), at=at, by_id=by_id
            )


def cancel_pieces(
    order: Order,
    quantities: Mapping[int, int],
    *,
    by: ActorKind,
    by_id: int | None,
    at: datetime,
    note: str,
) -> int:
    """Cancel some pieces (by line) before anything was sent; the others stand.

    Returns what they cost, in đồng. Raises WrongMove once the parcel has gone or when more are
    named than stand, or all of them: that is cancel_order.
    """
    left = sum(line.standing for line in order.lines) - sum(quantities.values())
    if order.status not in BEFORE_SENDING or left <= 0:
        raise WrongMove
    for line in sorted(order.lines, key=lambda line: line.variant_id):
        _cancel_of_line(line, quantities.get(line.id, 0), by_id, at)
    db.session.add(_event(order, order.status, by, by_id, at, note))
    return sum(line.unit_price * quantities.get(line.id, 0) for line in order.lines)


def _cancel_of_line(line: OrderLine, count: int, by_id: int | None, at: datetime) -> None:
    if not 0 <= count <= line.standing:
        raise WrongMove
    if count == 0:
        return
    line.cancelled += count
    if line.holds_stock:
        cause = f"{line_cause(line)}:cancelled:{line.cancelled}"
        release_stock(line.variant_id, count, cause=cause, at=at, by_id=by_id)


def claim_lines(order: Order, *, cause_suffix: str, at: datetime) -> None:
    """Promise the pieces of an order again. Raises OutOfStock, which undoes nothing by itself."""
    for line in sorted(order.lines, key=lambda line: line.variant_id):
        if line.holds_stock:
            claim_stock(
                line.variant_id, line.quantity, cause=line_cause(line) + cause_suffix, at=at
            )


def claim_guest_orders(person: Person) -> int:
    """Attach earlier guest orders with the person's proven e-mail; returns how many."""
    if not person.has_proven_email:
        return 0
    found = db.session.scalars(
        select(OrderGroup.id).where(
            OrderGroup.email == person.email, OrderGroup.person_id.is_(None)
        )
    ).all()
    db.session.execute(
        update(OrderGroup).where(OrderGroup.id.in_(found)).values(person_id=person.id)
    )
    return len(found)
