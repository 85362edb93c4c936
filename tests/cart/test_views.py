"""The basket as a visitor, a signed-in person and a stranger meet it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from shop.cart.cookie import BASKET_COOKIE
from shop.cart.models import Cart, CartLine, CartStatus
from shop.catalogue.actions.stock import claim_stock
from shop.catalogue.models import Product, ProductStatus, Supply, Variant
from shop.core.db import db
from shop.core.ids import token_digest
from shop.workshops.models import Workshop
from tests.conftest import count_sql, new_client
from tests.factories import (
    NOW,
    PASSWORD,
    make_cart,
    make_person,
    make_product,
    make_workshop,
    sign_in,
    variant_of,
)
from tests.pages import Page, get, read, send

BASKET = "/vi/basket"
CHECKOUT = "/vi/checkout"
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Pieces:
    """Public ids: five vases, the only jar, a tea set made to order by another workshop."""

    vase: str
    jar: str
    set: str


@pytest.fixture
def pieces(app: Flask) -> Pieces:
    with app.app_context():
        lam, bau = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
        vase = make_product(lam)
        jar = make_product(
            lam,
            "chum",
            name_vi="Chum men nâu",
            name_en="Brown jar",
            supply=Supply.ONE_OF_A_KIND,
            price=1_250_000,
        )
        tea = make_product(
            bau,
            "bo-am",
            name_vi="Bộ ấm chén",
            name_en="Tea set",
            supply=Supply.MADE_TO_ORDER,
            stock=0,
            price=900_000,
        )
        ids = Pieces(*(variant_of(piece).public_id for piece in (vase, jar, tea)))
        db.session.commit()
    return ids


def token_of(client: FlaskClient) -> str:
    return get(client, "/vi/orders/find").form("/find").values["csrf_token"]


def add(client: FlaskClient, variant: str, quantity: object = 1, **headers: str) -> Page:
    data = {"csrf_token": token_of(client), "variant": variant, "quantity": quantity}
    return read(client.post(f"{BASKET}/lines", data=data, headers=headers))


def lines(app: Flask) -> dict[str, int]:
    """What open baskets hold, by the variant's public id."""
    with app.app_context():
        rows = db.session.execute(
            select(Variant.public_id, CartLine.quantity)
            .join(CartLine, CartLine.variant_id == Variant.id)
            .join(Cart, Cart.id == CartLine.cart_id)
            .where(Cart.status == CartStatus.OPEN)
        ).all()
        return {variant: quantity for variant, quantity in rows}  # noqa: C416


def change(app: Flask, variant: str, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(Variant).where(Variant.public_id == variant).values(**values))
        db.session.commit()


def sell(app: Flask, variant: str, quantity: int) -> None:
    """Someone else orders so many."""
    with app.app_context():
        key = db.session.scalars(select(Variant.id).where(Variant.public_id == variant)).one()
        claim_stock(key, quantity, cause=f"elsewhere-{quantity}", at=NOW)
        db.session.commit()


class TestAdding:
    def test_without_javascript_leads_to_the_basket(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        page = add(client, pieces.vase, 2)
        assert (page.status, page.path) == (303, f"{BASKET}/lines")
        shown = get(client, BASKET)
        assert "Bình hoa lam vẽ sen dây" in shown.text
        assert "3.700.000 ₫" in shown.text
        assert lines(app) == {pieces.vase: 2}

    def test_with_htmx_says_what_was_added_and_brings_the_count(
        self, client: FlaskClient, pieces: Pieces
    ) -> None:
        page = add(client, pieces.vase, 2, **HTMX)
        assert page.status == 200
        assert "Bình hoa lam vẽ sen dây" in page.text
        assert 'id="basket-link"' in page.html
        assert 'hx-swap-oob="true"' in page.html
        assert "(2" in page.text
        assert "<html" not in page.html

    def test_keeps_only_a_digest_of_the_cookie_which_is_bound_to_this_host(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        data = {"csrf_token": token_of(client), "variant": pieces.vase, "quantity": 1}
        response = client.post(f"{BASKET}/lines", data=data)
        cookie = next(
            c for c in response.headers.getlist("Set-Cookie") if c.startswith(BASKET_COOKIE)
        )
        token = cookie.split("=", 1)[1].split(";")[0]
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Max-Age=5184000" in cookie
        with app.app_context():
            assert db.session.scalars(select(Cart.token_digest)).one() == token_digest(token)

    def test_again_adds_up_in_one_line(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase, 2)
        add(client, pieces.vase, 3)
        assert lines(app) == {pieces.vase: 5}

    def test_beyond_the_stock_is_refused_and_says_how_many_are_left(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase, 2)
        page = add(client, pieces.vase, 4)
        assert page.status == 409
        assert "Chỉ còn 5 món." in page.text
        assert "/vi/ceramics/binh-sen-day" in page.links.values()
        assert lines(app) == {pieces.vase: 2}

    def test_the_only_one_cannot_be_added_twice(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.jar)
        page = add(client, pieces.jar, 1, **HTMX)
        assert page.status == 409
        assert 'role="alert"' in page.html
        assert lines(app) == {pieces.jar: 1}

    def test_what_is_made_to_order_has_a_limit_of_good_sense_only(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.set, 99)
        assert add(client, pieces.set, 1).status == 422
        assert lines(app) == {pieces.set: 99}

    @pytest.mark.parametrize("quantity", ["0", "-1", "100", "2.5", "hai", ""])
    def test_a_quantity_that_is_none_is_refused(
        self, app: Flask, client: FlaskClient, pieces: Pieces, quantity: str
    ) -> None:
        page = add(client, pieces.vase, quantity)
        assert page.status == 422
        assert "Điền một số từ 1 đến 99." in page.text
        assert lines(app) == {}

    def test_an_unknown_piece_is_not_found(self, client: FlaskClient, pieces: Pieces) -> None:
        assert add(client, "nosuchpiece0").status == 404

    def test_what_is_off_sale_cannot_be_added(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        change(app, pieces.vase, active=False)
        assert add(client, pieces.vase).status == 409
        with app.app_context():
            db.session.execute(update(Product).values(status=ProductStatus.WITHDRAWN))
            db.session.commit()
        assert add(client, pieces.jar).status == 409
        assert lines(app) == {}

    def test_a_closed_workshop_takes_no_orders(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        with app.app_context():
            db.session.execute(update(Workshop).values(is_open=False))
            db.session.commit()
        assert add(client, pieces.jar).status == 409
        assert CHECKOUT not in get(client, BASKET).links.values()

    def test_needs_the_token_of_a_page_of_ours(self, client: FlaskClient, pieces: Pieces) -> None:
        response = client.post(f"{BASKET}/lines", data={"variant": pieces.vase, "quantity": 1})
        assert response.status_code == 422


class TestSeeing:
    def test_an_empty_basket_offers_a_way_on(self, client: FlaskClient) -> None:
        page = get(client, BASKET)
        assert "/vi/ceramics" in page.links.values()

    def test_is_grouped_by_workshop_with_subtotals(
        self, client: FlaskClient, pieces: Pieces
    ) -> None:
        for piece in (pieces.vase, pieces.set, pieces.jar):
            add(client, piece)
        text = get(client, BASKET).text
        assert text.index("Từ Xưởng Nét Lam") < text.index("Từ Lò Bầu Đỏ")
        assert "3.100.000 ₫" in text
        assert "4.000.000 ₫" in text
        assert "30 ngày" in text

    def test_reads_in_english_too(self, client: FlaskClient, pieces: Pieces) -> None:
        add(client, pieces.vase, 2)
        page = get(client, "/en/basket")
        assert "Blue and white lotus vase" in page.text
        assert "₫3,700,000" in page.text
        assert page.links["Go to checkout"] == "/en/checkout"

    def test_says_that_a_price_went_up_and_asks_before_going_on(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        change(app, pieces.vase, price=2_000_000)
        page = get(client, BASKET)
        assert "từ 1.850.000 ₫ lên 2.000.000 ₫" in page.text
        assert CHECKOUT not in page.links.values()
        answer = send(client, page, "/acceptance")
        assert (answer.status_code, answer.location) == (303, CHECKOUT)
        assert "1.850.000" not in get(client, BASKET).text

    def test_keeps_only_a_price_that_was_shown(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        change(app, pieces.vase, price=2_000_000)
        page = get(client, BASKET)
        change(app, pieces.vase, price=3_000_000)
        send(client, page, "/acceptance")
        assert "từ 2.000.000 ₫ lên 3.000.000 ₫" in get(client, BASKET).text

    def test_a_lower_price_is_told_too(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        change(app, pieces.vase, price=1_000_000)
        assert "từ 1.850.000 ₫ xuống 1.000.000 ₫" in get(client, BASKET).text

    def test_what_was_sold_meanwhile_stops_the_way_to_the_checkout(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.jar)
        add(client, pieces.vase)
        sell(app, pieces.jar, 1)
        page = get(client, BASKET)
        assert "Đã bán mất" in page.text
        assert CHECKOUT not in page.links.values()
        assert 'disabled aria-describedby="why-not"' in page.html
        send(client, page, f"{pieces.jar}/removal")
        assert CHECKOUT in get(client, BASKET).links.values()

    def test_fewer_left_offers_those(self, app: Flask, client: FlaskClient, pieces: Pieces) -> None:
        add(client, pieces.vase, 4)
        sell(app, pieces.vase, 3)
        page = get(client, BASKET)
        assert "Chỉ còn 2 món." in page.text
        offer = next(
            form
            for form in page.forms
            if form.action.endswith(pieces.vase) and form.values.get("quantity") == "2"
        )
        client.post(offer.action, data=offer.values)
        assert lines(app) == {pieces.vase: 2}

    def test_costs_two_statements(self, app: Flask, client: FlaskClient, pieces: Pieces) -> None:
        for piece in (pieces.vase, pieces.set, pieces.jar):
            add(client, piece)
        with count_sql(app) as sent:
            client.get(BASKET)
        assert len(sent) == 2, sent.texts
        with count_sql(app) as sent:
            client.get("/vi/orders/find")
        assert len(sent) == 1, sent.texts
        with count_sql(app) as sent:
            new_client(app).get("/vi/orders/find")
        assert len(sent) == 0, sent.texts


class TestChanging:
    def test_a_quantity(self, app: Flask, client: FlaskClient, pieces: Pieces) -> None:
        add(client, pieces.vase)
        answer = send(client, get(client, BASKET), pieces.vase, quantity="3")
        assert (answer.status_code, answer.location) == (303, BASKET)
        assert lines(app) == {pieces.vase: 3}

    def test_with_htmx_brings_the_basket_and_the_count(
        self, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        form = get(client, BASKET).form(pieces.vase)
        response = client.post(form.action, data={**form.values, "quantity": "3"}, headers=HTMX)
        page = read(response)
        assert 'id="basket"' in page.html
        assert 'hx-swap-oob="true"' in page.html
        assert "5.550.000 ₫" in page.text

    @pytest.mark.parametrize(("typed", "status"), [("6", 409), ("0", 422), ("ba", 422)])
    def test_what_cannot_be_had_is_said_beside_what_was_typed(
        self, app: Flask, client: FlaskClient, pieces: Pieces, typed: str, status: int
    ) -> None:
        add(client, pieces.vase)
        page = read(send(client, get(client, BASKET), pieces.vase, quantity=typed))
        assert page.status == status
        assert page.form(pieces.vase).values["quantity"] == typed
        assert f'id="quantity-{pieces.vase}-error"' in page.html
        assert lines(app) == {pieces.vase: 1}

    def test_the_address_of_a_refused_change_can_be_reloaded(
        self, client: FlaskClient, pieces: Pieces
    ) -> None:
        for path in ("lines", f"lines/{pieces.vase}", f"lines/{pieces.vase}/removal", "acceptance"):
            assert client.get(f"{BASKET}/{path}").location == BASKET

    def test_removal_can_be_undone(self, app: Flask, client: FlaskClient, pieces: Pieces) -> None:
        add(client, pieces.vase, 2)
        send(client, get(client, BASKET), "/removal")
        assert lines(app) == {}
        page = get(client, BASKET)
        assert "Bình hoa lam vẽ sen dây" in page.text
        send(client, page, "/lines")
        assert lines(app) == {pieces.vase: 2}
        assert not get(client, BASKET).has_form("/basket/lines")

    @pytest.mark.parametrize("path", ["lines/nosuchpiece0", "lines/nosuchpiece0/removal"])
    def test_what_is_not_in_the_basket_is_not_found(
        self, client: FlaskClient, pieces: Pieces, path: str
    ) -> None:
        add(client, pieces.vase)
        data = {"csrf_token": token_of(client), "quantity": "1"}
        assert client.post(f"{BASKET}/{path}", data=data).status_code == 404

    @pytest.mark.parametrize("ending", ["", "/removal"])
    def test_another_browser_cannot_reach_it(
        self, app: Flask, client: FlaskClient, pieces: Pieces, ending: str
    ) -> None:
        add(client, pieces.vase)
        stranger = new_client(app)
        data = {"csrf_token": token_of(stranger), "quantity": "3"}
        response = stranger.post(f"{BASKET}/lines/{pieces.vase}{ending}", data=data)
        assert response.status_code == 404
        assert lines(app) == {pieces.vase: 1}


class TestSigningIn:
    def enter(self, client: FlaskClient, email: str) -> None:
        send(client, get(client, "/vi/sign-in"), email=email, password=PASSWORD)

    def person(self, app: Flask) -> str:
        with app.app_context():
            make_person(email="mai.lan@example.vn")
            db.session.commit()
        return "mai.lan@example.vn"

    def test_takes_the_basket_along_to_every_device(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase, 2)
        self.enter(client, self.person(app))
        elsewhere = new_client(app)
        self.enter(elsewhere, "mai.lan@example.vn")
        assert "3.700.000 ₫" in get(elsewhere, BASKET).text
        add(elsewhere, pieces.jar)
        assert lines(app) == {pieces.vase: 2, pieces.jar: 1}
        assert "Chum men nâu" in get(client, BASKET).text

    def test_pours_into_the_basket_that_waits_there_within_the_stock(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        email = self.person(app)
        elsewhere = new_client(app)
        self.enter(elsewhere, email)
        add(elsewhere, pieces.vase, 4)
        add(client, pieces.vase, 3)
        add(client, pieces.set, 2)
        self.enter(client, email)
        assert lines(app) == {pieces.vase: 5, pieces.set: 2}
        with app.app_context():
            statuses = sorted(db.session.scalars(select(Cart.status)))
        assert statuses == [CartStatus.MERGED, CartStatus.OPEN]

    def test_after_signing_out_the_cookie_opens_nothing(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        add(client, pieces.vase)
        self.enter(client, self.person(app))
        client.delete_cookie("__Host-session", domain="localhost")
        assert "Bình hoa lam" not in get(client, BASKET).text

    def test_another_persons_basket_stays_theirs(
        self, app: Flask, client: FlaskClient, pieces: Pieces
    ) -> None:
        with app.app_context():
            owner, other = make_person(), make_person()
            vase = db.session.scalars(select(Variant).where(Variant.public_id == pieces.vase)).one()
            make_cart((vase, 2), person=owner)
            sign_in(client, other)
        assert "Bình hoa lam" not in get(client, BASKET).text
        add(client, pieces.vase)
        assert lines(app) in ({pieces.vase: 2}, {pieces.vase: 1})
        with app.app_context():
            assert len(db.session.scalars(select(Cart.id)).all()) == 2


def test_the_servers_own_words_answer_a_quantity(client: FlaskClient, pieces: Pieces) -> None:
    add(client, pieces.vase)
    count = f'action="{BASKET}/lines/{pieces.vase}"'
    basket, piece = get(client, BASKET).html, get(client, "/vi/ceramics/binh-sen-day").html
    forms = [part.split(">")[0] for part in (basket + piece).split("<form ")]
    asking = [f for f in forms if 'class="order"' in f or ('class="count' in f and count in f)]
    assert len(asking) == 2
    assert all(f.endswith("novalidate") for f in asking)
    for nonsense in ("0", "", "1.5"):
        refused = add(client, pieces.vase, nonsense, **HTMX)
        assert (refused.status, refused.text) == (422, "Điền một số từ 1 đến 99.")


def test_the_last_one_already_in_the_basket_leads_there(
    client: FlaskClient, pieces: Pieces
) -> None:
    add(client, pieces.jar)
    refused = add(client, pieces.jar, **HTMX)
    assert refused.status == 409
    assert refused.links["Xem giỏ hàng"] == BASKET
    assert "Xem giỏ hàng" not in add(client, pieces.vase, 9, **HTMX).text
