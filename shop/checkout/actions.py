"""From basket to order to payment: the verbs that span cart, stock, orders and payments.

Locks are always taken in one order: cart or payment, then orders, then variants by key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.cart.models import Cart, CartStatus
from shop.cart.queries import CartItem
from shop.catalogue.actions.stock import OutOfStock, claim_stock, lock_variants
from shop.checkout.card_books import bring_stray
from shop.checkout.purchase import (
    DeliveryUnavailable,
    EmptyBasket,
    MethodUnavailable,
    Purchase,
    SoldOut,
    TotalChanged,
)
from shop.checkout.queries import ParcelPreview, Preview, method_choices, preview
from shop.checkout.refunds import give_back_order
from shop.core.clock import HANOI
from shop.core.db import db, for_update
from shop.core.errors import Conflict
from shop.core.settings import Settings
from shop.ledger.models import Account
from shop.orders.actions import (
    OrderDraft,
    cancel_order,
    claim_lines,
    group_of_payment,
    line_cause,
    move_order,
    orders_of_group_for_update,
    write_group,
)
from shop.orders.books import book_capture
from shop.orders.gift_books import book_gift
from shop.orders.models import ActorKind, Order, OrderGroup, OrderLine, OrderStatus
from shop.payments.actions import (
    lock_payment,
    move_payment,
    open_payment,
)
from shop.payments.card_records import keep_stray
from shop.payments.gateway import ProviderState, Standing
from shop.payments.models import (
    BOOKED_CURRENCY,
    PartReason,
    Payment,
    PaymentMethod,
    PaymentStatus,
)
from shop.payments.references import payment_reference
from shop.payments.transfers import release_parts
from shop.shipping.models import Zone
from shop.shipping.quotes import DeliveryOption

HANDLING = timedelta(days=2)
"""How long a workshop has to hand over what is at hand; lead days come on top."""


def place_order(purchase: Purchase, settings: Settings, at: datetime) -> OrderGroup:
    """Turn the basket into one group of orders with one payment, all or nothing.

    Placing the same basket again returns the group that stands. Raises EmptyBasket,
    SoldOut, DeliveryUnavailable, MethodUnavailable, or TotalChanged when the buyer
    saw another sum.
    """
    cart = db.session.scalars(for_update(select(Cart).where(Cart.id == purchase.cart_id))).one()
    if cart.status is not CartStatus.OPEN:
        return _standing_group(cart)
    address = purchase.buyer.address
    on = at.astimezone(HANOI).date()
    basket = preview(cart.id, address.country, address.province_code, on)
    chosen = _checked(basket, purchase, settings)
    group = _write(basket, chosen, purchase, settings, cart, at)
    cart.status, cart.changed_at = CartStatus.PLACED, at
    _claim(group, basket, at)
    return group


def _standing_group(cart: Cart) -> OrderGroup:
    standing = db.session.scalar(
        select(OrderGroup).where(OrderGroup.placement_key == cart.public_id)
    )
    if standing is None:
        raise EmptyBasket
    return standing


def _checked(basket: Preview, purchase: Purchase, settings: Settings) -> dict[int, DeliveryOption]:
    if not basket.parcels:
        raise EmptyBasket
    gone = tuple(item for item in basket.items if not item.can_be_had)
    if gone:
        raise SoldOut(gone)
    chosen = {}
    for parcel in basket.parcels:
        option = parcel.option(purchase.deliveries.get(parcel.workshop_slug))
        if option is None:
            raise DeliveryUnavailable(parcel.workshop_slug)
        chosen[parcel.workshop_id] = option
    if purchase.gift and purchase.method is PaymentMethod.CASH:
        raise MethodUnavailable
    total = basket.items_total + sum(option.price for option in chosen.values()) + purchase.gift
    if total != purchase.total_seen:
        raise TotalChanged(total)
    choices = method_choices(settings, total, abroad=basket.zone is Zone.ABROAD)
    if purchase.method not in {choice.method for choice in choices if choice.reason is None}:
        raise MethodUnavailable
    return chosen


def _window(method: PaymentMethod, settings: Settings) -> timedelta | None:
    match method:
        case PaymentMethod.CASH:
            return None
        case PaymentMethod.VIETQR:
            return timedelta(hours=settings.payment_window_hours)
        case PaymentMethod.STRIPE:
            return timedelta(minutes=settings.card_window_minutes)


def _write(
    basket: Preview,
    chosen: dict[int, DeliveryOption],
    purchase: Purchase,
    settings: Settings,
    cart: Cart,
    at: datetime,
) -> OrderGroup:
    reference = payment_reference()
    payment = open_payment(
        purchase.method,
        purchase.total_seen,
        reference=reference,
        window=_window(purchase.method, settings),
        at=at,
    )
    drafts = [
        _draft(parcel, chosen[parcel.workshop_id], basket.zone, purchase.buyer.language, at)
        for parcel in basket.parcels
    ]
    return write_group(
        purchase.buyer,
        drafts,
        payment,
        reference=reference,
        placement_key=cart.public_id,
        gift=purchase.gift,
        at=at,
    )


def _draft(
    parcel: ParcelPreview,
    option: DeliveryOption,
    zone: Zone | None,
    language: str,
    at: datetime,
) -> OrderDraft:
    return OrderDraft(
        workshop_id=parcel.workshop_id,
        seller_kind=parcel.items[0].seller_kind,
        lines=tuple(_line(item) for item in parcel.items),
        delivery_kind=option.kind,
        carrier_code=option.carrier_code,
        carrier_name=option.name_vi if language == "vi" else option.name_en,
        zone=zone or Zone.HA_NOI,
        billed_weight_g=option.billed_weight_g,
        shipping=option.price,
        days_from=option.days_from,
        days_to=option.days_to,
        lead_days=parcel.lead_days,
        ship_by=at + HANDLING + timedelta(days=parcel.lead_days),
    )


def _line(item: CartItem) -> OrderLine:
    return OrderLine(
        variant_id=item.variant_id,
        product_slug=item.product_slug,
        sku=item.sku,
        name_vi=item.name_vi,
        name_en=item.name_en,
        label_vi=item.label_vi,
        label_en=item.label_en,
        unit_price=item.price,
        quantity=item.quantity,
        lead_days=item.lead_days,
        fragility=item.fragility,
        packed_weight_g=item.packed_weight_g,
        taxed_as=item.taxed_as,
        holds_stock=item.holds_stock,
        image_id=item.image.id if item.image else None,
        exhibition_id=item.exhibition_id,
    )


def _claim(group: OrderGroup, basket: Preview, at: datetime) -> None:
    """Promise every piece, in key order over the whole group so that two buyers never deadlock."""
    lines = db.session.scalars(
        select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.group_id == group.id)
        .order_by(OrderLine.variant_id)
    ).all()
    for line in lines:
        if not line.holds_stock:
            continue
        try:
            claim_stock(line.variant_id, line.quantity, cause=line_cause(line), at=at)
        except OutOfStock as error:
            raise SoldOut(
                tuple(item for item in basket.items if item.variant_id == error.variant_id)
            ) from error


class Settled(StrEnum):
    """What came of money that arrived."""

    ON_TIME = "on_time"
    LATE = "late"
    AFTER_CANCELLATION = "after_cancellation"
    AMOUNT_DIFFERS = "amount_differs"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Settlement:
    """`honoured` and `refunded` are order ids, filled when the money came late."""

    outcome: Settled
    group_id: int
    honoured: tuple[int, ...] = ()
    refunded: tuple[int, ...] = ()


def settle_payment(
    payment_id: int,
    amount: int,
    *,
    at: datetime,
    by_id: int | None = None,
    charge: str | None = None,
    note: str = "",
    held_as: Account | None = None,
) -> Settlement:
    """Money came in: once, for the exact amount. It lies in the account of its method, unless
    `held_as` says that it stands in another of the books already.

    Late money revives what is still there; what the buyer cancelled is paid back whole. A
    repeat answers ALREADY, another amount AMOUNT_DIFFERS; neither changes anything.
    """
    payment = lock_payment(payment_id)
    group = group_of_payment(payment.id)
    if payment.status is PaymentStatus.PAID:
        return Settlement(Settled.ALREADY, group.id)
    if amount != payment.amount:
        return Settlement(Settled.AMOUNT_DIFFERS, group.id)
    before = payment.status
    payment.provider_charge = charge or payment.provider_charge
    move_payment(payment, PaymentStatus.PAID, at=at, by_id=by_id, note=note)
    orders = orders_of_group_for_update(group.id)
    for order in orders:
        order.share.captured, order.share.captured_at = order.share.amount, at
        order.share.captured_by_id = by_id
        book_capture(order, payment.method, order.share.amount, at=at, by_id=by_id, held_as=held_as)
    book_gift(group, payment.method, at=at, by_id=by_id, held_as=held_as)
    if before is PaymentStatus.CANCELLED:
        for order in orders:
            give_back_order(order, payment, at=at)
        refunded = tuple(order.id for order in orders)
        return Settlement(Settled.AFTER_CANCELLATION, group.id, refunded=refunded)
    if before is PaymentStatus.EXPIRED:
        return _settle_late(group, payment, orders, at)
    for order in orders:
        move_order(order, OrderStatus.PLACED, by=ActorKind.SYSTEM, at=at)
        _restart_deadline(order, at)
    return Settlement(Settled.ON_TIME, group.id)


def _hold_pieces(orders: Sequence[Order]) -> None:
    lock_variants({line.variant_id for order in orders for line in order.lines})


def _restart_deadline(order: Order, at: datetime) -> None:
    order.ship_by = at + HANDLING + timedelta(days=order.lead_days)


def _settle_late(
    group: OrderGroup, payment: Payment, orders: Sequence[Order], at: datetime
) -> Settlement:
    honoured, refunded = [], []
    _hold_pieces(orders)
    for order in orders:
        if _revive(order, at):
            honoured.append(order.id)
        else:
            give_back_order(order, payment, at=at)
            refunded.append(order.id)
    return Settlement(Settled.LATE, group.id, tuple(honoured), tuple(refunded))


def _revive(order: Order, at: datetime) -> bool:
    """Promise the lapsed order's pieces again if every one of them is still there."""
    try:
        with db.session.begin_nested():
            claim_lines(order, cause_suffix=":late", at=at)
    except OutOfStock:
        return False
    move_order(order, OrderStatus.PLACED, by=ActorKind.SYSTEM, at=at, note="late payment")
    _restart_deadline(order, at)
    return True


def lapse_payment(payment_id: int, *, at: datetime, has_failed: bool = False) -> int | None:
    """Give the stock of an unpaid group back once its time is over, or its payment has failed.

    Returns the group's id, or None when it is not due.
    """
    payment = lock_payment(payment_id)
    if not payment.is_open or payment.lapses_at is None:
        return None
    # A card page that was closed says nothing of a payment now awaited at the bank.
    has_failed = has_failed and payment.method is PaymentMethod.STRIPE
    if payment.lapses_at > at and not has_failed:
        return None
    return _end_unpaid(payment, PaymentStatus.EXPIRED, ActorKind.SYSTEM, None, at, "not paid")


def cancel_unpaid(payment_id: int, *, by: ActorKind, by_id: int | None = None, at: datetime) -> int:
    """The buyer changes their mind before paying. Raises Conflict once that is too late."""
    payment = lock_payment(payment_id)
    if not payment.is_open:
        raise Conflict(lazy_gettext("This order can no longer be cancelled here."))
    return _end_unpaid(payment, PaymentStatus.CANCELLED, by, by_id, at, "cancelled by the buyer")


CANCELLABLE = frozenset({OrderStatus.AWAITING_PAYMENT, OrderStatus.PLACED})


def _end_unpaid(
    payment: Payment,
    to: PaymentStatus,
    by: ActorKind,
    by_id: int | None,
    at: datetime,
    note: str,
) -> int:
    group = group_of_payment(payment.id)
    orders = orders_of_group_for_update(group.id)
    orders = [order for order in orders if order.status is not OrderStatus.CANCELLED]
    if not all(order.status in CANCELLABLE for order in orders):
        raise Conflict(lazy_gettext("A workshop has begun on this order already."))
    move_payment(payment, to, at=at, by_id=by_id, note=note)
    cancelled = to is PaymentStatus.CANCELLED
    release_parts(payment.id, PartReason.CANCELLED if cancelled else PartReason.LAPSED)
    _hold_pieces(orders)
    for order in orders:
        cancel_order(order, by=by, by_id=by_id, at=at, note=note)
    return group.id


def settle_standing(payment_id: int, standing: Standing, *, at: datetime) -> Settlement | None:
    """Act on where the provider says a card payment stands; None while it is still open.

    Money that is not the payment asked for is kept apart, nobody's until an officer decides.
    """
    if standing.state is not ProviderState.PAID:
        return None
    payment = lock_payment(payment_id)
    is_asked_for = payment.method is PaymentMethod.STRIPE and standing.currency == BOOKED_CURRENCY
    amount = standing.amount if is_asked_for else -1
    settlement = settle_payment(payment_id, amount, at=at, charge=standing.charge, note="card")
    if standing.charge and standing.charge != payment.provider_charge and standing.amount > 0:
        stray = keep_stray(payment, standing.charge, standing.amount, standing.currency, at)
        bring_stray(stray, at=at)
    return settlement
