"""Every mail an order causes, one function each, written in its cause's own transaction.

Buyers read theirs in the language they ordered in, workshops in Vietnamese. A repeat of the
same cause writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import current_app
from sqlalchemy import select

from shop.accounts.addresses import address_lines
from shop.core import clock
from shop.core.db import db
from shop.core.mail import write_letter
from shop.core.outbox import Letter, put_all_in_outbox, put_in_outbox
from shop.core.phones import display
from shop.orders.models import Order, OrderGroup, OrderStatus
from shop.orders.queries import group_id_of_order, whole_group
from shop.payments.bank_details import bank_details_of, owed_by_transfer
from shop.payments.banks import bank_name
from shop.payments.transfers import held_for, owed_in_parts

WORKSHOPS_LANGUAGE = "vi"
TOLD_MOVES = frozenset(
    {
        OrderStatus.CONFIRMED,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.CANCELLED,
        OrderStatus.REFUSED,
    }
)


def tell_order_placed(group_id: int) -> None:
    """To the buyer what was ordered and how to pay, and to the workshops that may begin."""
    group = whole_group(group_id)
    bank = current_app.config["SHOP"].bank
    placed = _buyers_letter("order-placed", group, bank=bank)
    put_all_in_outbox({f"placed:{group.public_id}": placed, **_new_order_letters(group)})


def tell_how_to_transfer(group_id: int) -> None:
    """To a buyer who pays by transfer what was to be paid by card: where to, and until when."""
    group = whole_group(group_id)
    cause = f"by-transfer:{group.public_id}"
    to_buyer("order-placed", group, cause, bank=current_app.config["SHOP"].bank)


def tell_workshops_new_order(group_id: int) -> None:
    """To each workshop that can begin: what to make ready, and for whom."""
    put_all_in_outbox(_new_order_letters(whole_group(group_id)))


def _new_order_letters(group: OrderGroup) -> dict[str, Letter]:
    """By cause, to every workshop that may begin and can be written to."""
    letters = {
        f"workshop-order:{order.public_id}": _workshops_letter("workshop-order", group, order)
        for order in group.orders
        if order.status is OrderStatus.PLACED
    }
    return {cause: letter for cause, letter in letters.items() if letter is not None}


def tell_workshops_cancelled(group_id: int) -> None:
    """To each workshop that had been told of an order its buyer has now cancelled."""
    group = whole_group(group_id)
    for order in group.orders:
        told = any(event.to_status is OrderStatus.PLACED for event in order.events)
        if told and order.status is OrderStatus.CANCELLED:
            cause = f"workshop-cancelled:{order.public_id}"
            to_workshop("workshop-cancelled", group, order, cause)


def tell_payment_received(group_id: int) -> None:
    group = whole_group(group_id)
    to_buyer("payment-received", group, f"paid:{group.public_id}")


def tell_order_moved(order_id: int) -> None:
    """One parcel's step, by its present status; PACKED only when it can be collected now."""
    group = whole_group(group_id_of_order(order_id))
    order = next(order for order in group.orders if order.id == order_id)
    ready = order.status is OrderStatus.PACKED and order.is_collected
    if ready or order.status in TOLD_MOVES:
        cause = f"moved:{order.public_id}:{order.status.value}"
        to_buyer("order-moved", group, cause, order=order)


def tell_group_lapsed(group_id: int) -> None:
    """The time to pay is over and the pieces are on sale again."""
    group = whole_group(group_id)
    back = owed_in_parts(group.payment_id)
    to_buyer("order-lapsed", group, f"lapsed:{group.public_id}", back=back)


def tell_group_cancelled(group_id: int) -> None:
    """The buyer cancelled before paying."""
    group = whole_group(group_id)
    back = owed_in_parts(group.payment_id)
    to_buyer("order-cancelled", group, f"cancelled:{group.public_id}", back=back)


def tell_late_payment(group_id: int, honoured: Collection[int], refunded: Collection[int]) -> None:
    """Money came after its time: which orders (by id) stand after all, which are paid back."""
    group = whole_group(group_id)
    to_buyer(
        "late-payment",
        group,
        f"late:{group.public_id}",
        honoured=[order for order in group.orders if order.id in honoured],
        refunded=[order for order in group.orders if order.id in refunded],
    )


def tell_cancelled_payment(group_id: int) -> None:
    """Money came for an order that the buyer had cancelled: all of it goes back."""
    group = whole_group(group_id)
    to_buyer("cancelled-payment", group, f"cancelled-payment:{group.public_id}")


def tell_transfer_part(group_id: int, line_id: int) -> None:
    """Less has come than is due: what is still missing, and until when."""
    group = whole_group(group_id)
    held = held_for(group.payment_id)
    missing = group.payment.amount - held
    cause = f"transfer-part:{group.public_id}:{line_id}"
    to_buyer("transfer-part", group, cause, held=held, missing=missing)


def tell_transfer_goes_back(group_id: int, line_id: int, amount: int, ruling: str) -> None:
    """Money beyond what was due (over), for a paid order (duplicate), or too little and too late
    (incomplete) goes back."""
    group = whole_group(group_id)
    cause = f"transfer-back:{group.public_id}:{line_id}"
    to_buyer("transfer-goes-back", group, cause, amount=amount, ruling=ruling)


def tell_transfer_returned(payment_id: int, part: str, amount: int) -> None:
    """The money of this part (public id) is on its way to the buyer's account."""
    group_id = db.session.scalar(select(OrderGroup.id).where(OrderGroup.payment_id == payment_id))
    if group_id is None:
        return
    group, details = whole_group(group_id), bank_details_of(payment_id)
    to_buyer(
        "transfer-returned", group, f"transfer-returned:{part}", amount=amount, details=details
    )


def tell_bank_details_given(group_id: int) -> None:
    """An account was given, or another one: a letter each time, so that no other can do it
    unseen. It names no more of the account than its end."""
    group = whole_group(group_id)
    details = bank_details_of(group.payment_id)
    if details is not None:
        cause = f"account-given:{group.public_id}:{details.given_at.isoformat()}"
        bank = bank_name(details.bank_bin)
        to_buyer("account-given", group, cause, details=details, bank_name=bank)


def ask_for_bank_details(group_id: int) -> None:
    """Where is the money to go? At most one letter a day, however often it is asked for."""
    group = whole_group(group_id)
    cause = f"account-wanted:{group.public_id}:{clock.now():%Y%m%d}"
    to_buyer("account-wanted", group, cause, owed=owed_by_transfer(group.payment_id))


def tell_invoice_issued(order_id: int) -> None:
    """The workshop has issued an e-invoice; told again when its number is corrected."""
    group = whole_group(group_id_of_order(order_id))
    order = next(order for order in group.orders if order.id == order_id)
    invoice, request = order.e_invoice, group.invoice_request
    if invoice is not None and request is not None:
        cause = f"invoice:{order.public_id}:{invoice.series}:{invoice.number}"
        to_buyer("invoice-issued", group, cause, order=order, invoice=invoice, request=request)


def tell_tracking_link(group_id: int) -> None:
    """The link once more; at most one mail an hour, however often it is asked for."""
    group = whole_group(group_id)
    to_buyer("tracking-link", group, f"link:{group.public_id}:{clock.now():%Y%m%d%H}")


def to_buyer(name: str, group: OrderGroup, cause: str, **context: Any) -> None:
    """Write templates/mails/<name> to the buyer, once per cause."""
    put_in_outbox(_buyers_letter(name, group, **context), cause)


def _buyers_letter(name: str, group: OrderGroup, **context: Any) -> Letter:
    lines = address_lines(group.address, group.language)
    return write_letter(
        name, group.email, group.language, group=group, address_lines=lines, **context
    )


def to_workshop(name: str, group: OrderGroup, order: Order, cause: str, **context: Any) -> None:
    letter = _workshops_letter(name, group, order, **context)
    if letter is not None:
        put_in_outbox(letter, cause)


def _workshops_letter(name: str, group: OrderGroup, order: Order, **context: Any) -> Letter | None:
    """None for a workshop without an address: it is on the office's list of what waits."""
    if not order.workshop.email:
        return None
    return write_letter(
        name,
        order.workshop.email,
        WORKSHOPS_LANGUAGE,
        group=group,
        order=order,
        address_lines=address_lines(group.address, WORKSHOPS_LANGUAGE),
        phone=display(group.phone, WORKSHOPS_LANGUAGE),
        **context,
    )
