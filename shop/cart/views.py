"""The basket: seen, filled, changed and agreed to, with or without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from shop.accounts.signals import signed_in
from shop.cart.actions import (
    MOST_OF_A_LINE,
    NotEnoughLeft,
    Offer,
    acknowledge_prices,
    add_piece,
    bring_into_account,
    cart_to_change,
    cart_to_fill,
    change_quantity,
    remove_piece,
)
from shop.cart.cookie import BASKET_COOKIE, holder, keep_token
from shop.cart.forms import AddForm, QuantityForm, shown_prices
from shop.cart.leads import leading_exhibition
from shop.cart.queries import (
    basket_quantity,
    by_workshop,
    cart_items,
    open_cart,
    product_slug_of,
)
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid, ShopError
from shop.core.i18n import localized, localized_blueprint
from shop.core.limits import limiter
from shop.core.transaction import transaction
from shop.core.web import is_fragment_request

blueprint = localized_blueprint("cart", __name__, "/basket")
BASKET_ELEMENT = "basket"
REMOVED = "removed_piece"


@dataclass(frozen=True, slots=True)
class Fault:
    """What was typed for a line and why it could not be taken."""

    typed: str
    message: str


def basket_count() -> int:
    """How many pieces the viewer's basket holds, asked once a request: no SQL without one."""
    if "basket_count" not in g:
        g.basket_count = basket_quantity(holder())
    return int(g.basket_count)


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> ResponseReturnValue:
    return _page()


def _page(
    faults: Mapping[str, Fault] | None = None, status: int = 200, notice: str | None = None
) -> ResponseReturnValue:
    cart = open_cart(holder())
    items = cart_items(cart.id) if cart else []
    g.basket_count = sum(item.quantity for item in items)
    template = "cart/basket.html" if is_fragment_request() else "cart/show.html"
    page = render_template(
        template,
        parts=by_workshop(items),
        items=items,
        total=sum(item.total for item in items if item.can_be_had),
        blocked=[item for item in items if not item.can_be_had],
        repriced=[item for item in items if item.price_changed and not item.is_gone],
        faults=faults or {},
        notice=notice,
        removed=session.pop(REMOVED, None),
        most=MOST_OF_A_LINE,
        fragment=is_fragment_request(),
    )
    return make_response(page, status)


def _answer() -> ResponseReturnValue:
    """After a change: the basket again, as a part of the page or by way of a redirect."""
    return _page() if is_fragment_request() else redirect(url_for("cart.show"), 303)


@blueprint.post("/lines")
@limiter.limit("120/minute")
@audience(Audience.PUBLIC)
def add() -> ResponseReturnValue:
    form = AddForm()
    if not form.validate_on_submit():
        return _not_added(Invalid(next(iter(form.errors.values()))[0]))
    try:
        offer, token = _add(form)
    except ShopError as error:
        if error.status == 404:
            raise
        return _not_added(error)
    return keep_token(make_response(_added(offer, form.wanted)), token)


def _add(form: AddForm) -> tuple[Offer, str | None]:
    now, exhibition_id = clock.now(), leading_exhibition()
    with transaction():
        cart, token = cart_to_fill(holder(), now)
        added = add_piece(
            cart, form.variant.data or "", form.wanted, now, exhibition_id=exhibition_id
        )
    g.basket_count = added.pieces
    return added.offer, token


def _added(offer: Offer, quantity: int) -> ResponseReturnValue:
    if request.headers.get("HX-Target") == BASKET_ELEMENT:
        return _page()
    if is_fragment_request():
        return render_template("cart/added.html", offer=offer, quantity=quantity)
    return redirect(url_for("cart.show"), 303)


def _not_added(error: ShopError) -> ResponseReturnValue:
    """Say why beside the button (htmx), or on a page that leads back to the piece."""
    message = str(error.message)
    if is_fragment_request():
        in_basket = isinstance(error, NotEnoughLeft) and 0 < error.left <= error.held
        page = render_template("cart/refusal.html", message=message, in_basket=in_basket)
        return page, error.status
    slug = product_slug_of(request.form.get("variant", ""))
    return render_template("cart/refused.html", message=message, slug=slug), error.status


@blueprint.post("/lines/<variant>")
@audience(Audience.PUBLIC)
def change(variant: str) -> ResponseReturnValue:
    form = QuantityForm()
    if not form.validate_on_submit():
        return _unchanged(variant, next(iter(form.errors.values()))[0], 422)
    try:
        with transaction():
            change_quantity(cart_to_change(holder()), variant, form.wanted, clock.now())
    except ShopError as error:
        if error.status == 404:
            raise
        return _unchanged(variant, str(error.message), error.status)
    return _answer()


def _unchanged(variant: str, message: str, status: int) -> ResponseReturnValue:
    typed = request.form.get("quantity", "")
    return _page({variant: Fault(typed, str(message))}, status)


@blueprint.post("/lines/<variant>/removal")
@audience(Audience.PUBLIC)
def remove(variant: str) -> ResponseReturnValue:
    with transaction():
        cart = cart_to_change(holder())
        piece = next((i for i in cart_items(cart.id) if i.variant_public_id == variant), None)
        quantity = remove_piece(cart, variant, clock.now())
    if piece:
        session[REMOVED] = {
            "variant": variant,
            "quantity": quantity,
            "name": localized(piece, "name"),
            "can_return": not piece.is_gone,
        }
    return _answer()


@blueprint.post("/acceptance")
@audience(Audience.PUBLIC)
def accept() -> ResponseReturnValue:
    """The person has read the new prices and goes on; only prices that were shown are kept."""
    with transaction():
        acknowledge_prices(cart_to_change(holder()), shown_prices(request.form.items()))
    return redirect(url_for("checkout.show"), 303)


@blueprint.get("/lines")
@blueprint.get("/lines/<variant>")
@blueprint.get("/lines/<variant>/removal")
@blueprint.get("/acceptance")
@audience(Audience.PUBLIC)
def return_to_basket(variant: str = "") -> ResponseReturnValue:  # noqa: ARG001
    """Who reloads the address of a refused change, or changes its language, sees the basket."""
    return redirect(url_for("cart.show"), 303)


@signed_in.connect
def _bring_basket(_sender: object, *, person_id: int, **_more: object) -> None:
    token = request.cookies.get(BASKET_COOKIE)
    if token:
        bring_into_account(token, person_id, clock.now())
