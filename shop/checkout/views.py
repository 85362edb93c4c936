"""The checkout page, placing the order, and paying or cancelling it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.current import current_person
from shop.cart.actions import cart_to_change, change_quantity, remove_piece
from shop.cart.cookie import holder
from shop.cart.models import Cart, CartStatus
from shop.cart.queries import cart_items, cart_of, open_cart
from shop.checkout.actions import cancel_unpaid, place_order
from shop.checkout.forms import (
    GIFTS,
    CheckoutForm,
    chosen_deliveries,
    chosen_or_first,
    requested_deliveries,
    shown_total,
)
from shop.checkout.provider_calls import begin_payment, close_or_settle_card
from shop.checkout.purchase import (
    DeliveryUnavailable,
    EmptyBasket,
    MethodUnavailable,
    Purchase,
    SoldOut,
    TotalChanged,
)
from shop.checkout.queries import method_choices, preview
from shop.checkout.switching import pay_by_transfer_instead
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Missing, ShopError, Unavailable
from shop.core.i18n import localized_blueprint
from shop.core.limits import limiter
from shop.core.transaction import transaction
from shop.core.web import is_fragment_request
from shop.orders import letters
from shop.orders.models import ActorKind, OrderGroup
from shop.orders.papers.invoices import ask_for_invoice, request_of
from shop.orders.queries import (
    group_by_token,
    latest_recipient,
    payment_of,
    token_of_placement,
)
from shop.payments.gateway import ProviderRefused, ProviderUnavailable
from shop.payments.models import PaymentMethod
from shop.shipping.models import Zone

blueprint = localized_blueprint("checkout", __name__, "/checkout")


@dataclass(frozen=True, slots=True)
class Placed:
    """What is needed after the commit: where the order is shown, and what to pay by card."""

    token: str
    card_payment: str | None


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> ResponseReturnValue:
    cart = open_cart(holder())
    if cart is None:
        return redirect(url_for("cart.show"), 303)
    form = CheckoutForm()
    form.cart.data = cart.public_id
    person = current_person()
    form.start_from(person, latest_recipient(person.id) if person else None)
    return _page(form, cart)


def _page(
    form: CheckoutForm, cart: Cart, *, status: int = 200, problem: ShopError | None = None
) -> ResponseReturnValue:
    basket = preview(cart.id, form.country.data, form.province.data, clock.today_in_hanoi())
    if not basket.parcels:
        return redirect(url_for("cart.show"), 303)
    chosen = chosen_deliveries(basket, requested_deliveries(request.form))
    total = shown_total(basket, chosen, form.given)
    choices = method_choices(current_app.config["SHOP"], total, abroad=basket.zone is Zone.ABROAD)
    page = render_template(
        "checkout/form.html" if is_fragment_request() else "checkout/show.html",
        form=form,
        basket=basket,
        chosen=chosen,
        total=total,
        choices=choices,
        method=chosen_or_first(form.method.data, choices),
        gifts=GIFTS,
        gone=[item for item in basket.items if not item.can_be_had],
        **_words_of(problem, form),
    )
    return make_response(page, status)


def _words_of(problem: ShopError | None, form: CheckoutForm) -> dict[str, Any]:
    """Where on the page the problem is told: at the total, beside a parcel or at the payment."""
    return {
        "total_before": form.seen_total if isinstance(problem, TotalChanged) else None,
        "undecided": problem.workshop_slug if isinstance(problem, DeliveryUnavailable) else None,
        "method_problem": str(problem.message) if isinstance(problem, MethodUnavailable) else None,
    }


@blueprint.post("")
@audience(Audience.PUBLIC)
def place() -> ResponseReturnValue:
    form = CheckoutForm()
    cart = cart_of(holder(), form.cart.data or "")
    if cart is None:
        raise EmptyBasket
    if cart.status is CartStatus.PLACED:
        return redirect(_order_page(token_of_placement(cart.public_id)), 303)
    if "remove" in request.form or "reduce" in request.form:
        return _take_what_is_left(form, cart)
    if "refresh" in request.form or is_fragment_request():
        return _page(form, cart)
    if not form.validate():
        return _page(form, cart, status=422)
    return _place(form, cart)


def _take_what_is_left(form: CheckoutForm, cart: Cart) -> ResponseReturnValue:
    """Give up on a piece that is gone, or take fewer, without leaving the page."""
    gone, fewer = request.form.get("remove"), request.form.get("reduce")
    now = clock.now()
    with transaction():
        cart = cart_to_change(holder())
        left = {item.variant_public_id: item.available for item in cart_items(cart.id)}
        if fewer and left.get(fewer):
            change_quantity(cart, fewer, left[fewer], now)
        else:
            remove_piece(cart, gone or fewer or "", now)
    return _page(form, cart)


@limiter.limit("60/hour")
def _place(form: CheckoutForm, cart: Cart) -> ResponseReturnValue:
    try:
        placed = _write_order(form, cart.id)
    except EmptyBasket:
        return redirect(url_for("cart.show"), 303)
    except (TotalChanged, SoldOut) as error:
        return _page(form, cart, status=409, problem=error)
    except (DeliveryUnavailable, MethodUnavailable) as error:
        return _page(form, cart, status=422, problem=error)
    return redirect(_way_to_pay(placed) or _order_page(placed.token, placed=1), 303)


def _write_order(form: CheckoutForm, cart_id: int) -> Placed:
    person = current_person()
    purchase = Purchase(
        cart_id=cart_id,
        buyer=form.buyer(person.id if person else None),
        method=form.chosen_method,
        deliveries=requested_deliveries(request.form),
        total_seen=form.seen_total,
        gift=form.given,
    )
    with transaction():
        group = place_order(purchase, current_app.config["SHOP"], clock.now())
        if form.asks_for_invoice and request_of(group.id) is None:
            ask_for_invoice(group.id, form.invoice_party, at=clock.now())
        letters.tell_order_placed(group.id)
        payment = payment_of(group)
        by_card = payment.method is PaymentMethod.STRIPE
        return Placed(group.tracking_token, payment.public_id if by_card else None)


def _order_page(token: str, **more: Any) -> str:
    return url_for("orders.track", token=token, **more)


def _way_to_pay(placed: Placed) -> str | None:
    """The provider's page, opened outside any transaction; None when there is none to go to.

    The order stands whatever the provider does: the buyer can try again from its page.
    """
    if placed.card_payment is None:
        return None
    try:
        return begin_payment(placed.card_payment)
    except ProviderUnavailable:
        flash(
            gettext(
                "The card page is not answering. Your order is kept: try again in a moment, or pay"
                " by bank transfer."
            ),
            "error",
        )
    except ProviderRefused:
        flash(
            gettext(
                "This order can no longer be paid by card. You can still pay by bank transfer."
            ),
            "error",
        )
    return None


@blueprint.post("/<token>/payment")
@limiter.limit("30/minute")
@audience(Audience.PUBLIC)
def pay(token: str) -> ResponseReturnValue:
    """Go, or go back, to the provider's page for an order that is not paid yet."""
    group = group_by_token(token)
    placed = Placed(group.tracking_token, group.payment.public_id)
    return redirect(_way_to_pay(placed) or _order_page(token), 303)


@blueprint.post("/<token>/transfer")
@limiter.limit("30/minute")
@audience(Audience.PUBLIC)
def transfer_instead(token: str) -> ResponseReturnValue:
    """The buyer gives up on the card page and pays the same order by bank transfer."""
    group = group_by_token(token)
    if current_app.config["SHOP"].bank is None:
        raise Missing
    try:
        _change_to_transfer(group)
    except (Conflict, Unavailable) as error:
        flash(str(error.message), "error")
    return redirect(_order_page(token), 303)


def _change_to_transfer(group: OrderGroup) -> None:
    payment_id, was_shown = group.payment.id, bool(group.payment.provider_url)
    by_card = group.payment.method is PaymentMethod.STRIPE
    # A page that nobody was sent to takes no money; any other has to be closed first.
    if by_card and was_shown and group.payment.is_open and not close_or_settle_card(payment_id):
        raise Unavailable(
            gettext("The card page is not answering, so the order stands. Try again in a moment.")
        )
    with transaction():
        group_id = pay_by_transfer_instead(payment_id, current_app.config["SHOP"], at=clock.now())
        letters.tell_how_to_transfer(group_id)


@blueprint.post("/<token>/cancellation")
@audience(Audience.PUBLIC)
def cancel(token: str) -> ResponseReturnValue:
    group = group_by_token(token)
    try:
        _cancel(group)
    except (Conflict, Unavailable) as error:
        flash(str(error.message), "error")
    return redirect(_order_page(token), 303)


def _cancel(group: OrderGroup) -> None:
    group_id, payment = group.id, group.payment
    payment_id, by_card = payment.id, payment.method is PaymentMethod.STRIPE
    person = current_person()
    by_id = person.id if person else None
    # The card page must be closed first, or money could still come for what was given up.
    if by_card and payment.is_open and not close_or_settle_card(payment_id):
        raise Unavailable(
            gettext("The card page is not answering, so the order stands. Try again in a moment.")
        )
    with transaction():
        cancel_unpaid(payment_id, by=ActorKind.BUYER, by_id=by_id, at=clock.now())
        letters.tell_group_cancelled(group_id)
        letters.tell_workshops_cancelled(group_id)
