"""The buyer's papers: the receipt with its VAT, and e-invoices asked for and issued."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.cart.cookie import BASKET_COOKIE
from shop.checkout.actions import settle_payment
from shop.checkout.forms import CheckoutForm
from shop.core.db import db
from shop.core.i18n import in_language
from shop.core.outbox import Mail
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders.invoice_models import EInvoice, InvoiceRequest
from shop.orders.papers.receipt import words_of
from shop.orders.papers.tax_codes import InvalidTaxCode, MistypedTaxCode, parse_tax_code
from shop.orders.queries import whole_group
from shop.payments.models import PaymentMethod
from shop.workshops.models import MemberRole, SellerKind
from tests.checkout.buying import orders_of, place
from tests.conftest import new_client
from tests.factories import (
    NOW,
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    sign_in,
    variant_of,
)
from tests.pages import get, read, send

COMPANY = {
    "company": "Công ty Trà Sen",
    "tax_code": "0100 112 437-001",
    "invoice_address": "12 Hàng Trống, Hà Nội",
    "invoice_email": "ketoan@example.vn",
}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0100112437", "0100112437"),
        (" 0100109106 ", "0100109106"),
        ("0101248141", "0101248141"),
        ("0100112437-001", "0100112437-001"),
        ("0100112437001", "0100112437-001"),
        ("0100.112.437–012", "0100112437-012"),
    ],
)
def test_tax_codes_of_companies_that_exist(typed: str, code: str) -> None:
    assert parse_tax_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0100112438", MistypedTaxCode),
        ("0100112473", MistypedTaxCode),
        ("010011243", InvalidTaxCode),
        ("0100112437-000", InvalidTaxCode),
        ("0100112437-1", InvalidTaxCode),
        ("٠١٠٠١١٢٤٣٧", InvalidTaxCode),
        ("MST0100112437", InvalidTaxCode),
    ],
)
def test_what_is_no_tax_code(typed: str, why: type[InvalidTaxCode]) -> None:
    with pytest.raises(why):
        parse_tax_code(typed)


@dataclass(frozen=True)
class Bought:
    group: int
    token: str
    company_order: str
    seller: int
    packer: int


@pytest.fixture
def bought(app: Flask, settings: Settings) -> Bought:
    """Of a household a vase for 1.850.000 ₫, of a company a jar for 1.080.000 ₫; not paid yet."""
    with app.app_context():
        make_rates()
        household = make_workshop()
        company = make_workshop(
            "lo-bau-do", "Lò Bầu Đỏ", seller_kind=SellerKind.COMPANY, tax_id="0100109106"
        )
        vase = variant_of(make_product(household, "binh"))
        jar = variant_of(make_product(company, "chum", price=1_080_000))
        members = make_member(company), make_member(company, MemberRole.PACKER)
        cart, _ = make_cart((vase, 1), (jar, 2))
        group = place(settings, cart, method=PaymentMethod.VIETQR, gift=20_000)
        (of_company,) = (o for o in orders_of(group) if o.workshop_id == company.id)
        return Bought(
            group.id,
            group.tracking_token,
            of_company.public_id,
            members[0].id,
            members[1].id,
        )


def pay(app: Flask, bought: Bought) -> None:
    with app.app_context():
        group = whole_group(bought.group)
        payment_id, total = group.payment_id, group.total
        with transaction():
            settle_payment(payment_id, total, at=NOW)


def member(app: Flask, key: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, key))
    return client


class TestReceipt:
    def test_is_there_once_something_is_paid(
        self, app: Flask, client: FlaskClient, bought: Bought
    ) -> None:
        address = f"/vi/orders/{bought.token}/receipt.pdf"
        assert client.get(address).status_code == 404
        pay(app, bought)
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF-")
        assert "no-store" in answer.headers["Cache-Control"]
        assert address in get(client, f"/vi/orders/{bought.token}").links.values()
        assert client.get(f"/en/orders/{'x' * 32}/receipt.pdf").status_code == 404

    def test_shows_the_vat_of_a_company_and_says_that_a_household_has_none(
        self, app: Flask, bought: Bought
    ) -> None:
        pay(app, bought)
        with app.app_context(), in_language("en"):
            words = words_of(whole_group(bought.group), is_demonstration=False)
        household, company = words["parts"]
        assert "household or an individual" in household["notes"][0]
        assert (
            "₫2,160,000: VAT at 8%, the rate of 20 November 2026: ₫160,000" in company["notes"][0]
        )
        assert "Without VAT: ₫2,000,000" in company["notes"][0]
        assert household["notes"][1] == "Of this, ₫55,500 goes to the craft fund."
        assert company["details"] == "Tax code 0100109106"
        assert ("Your gift to the craft fund", "₫20,000") in words["totals"]
        assert words["payment"][0] == ("Bank transfer (VietQR)", words["total"][1])

    def test_shows_what_went_back(self, app: Flask, bought: Bought) -> None:
        pay(app, bought)
        with app.app_context(), in_language("en"):
            group = whole_group(bought.group)
            group.orders[0].share.refunded = 1_000_000
            words = words_of(group, is_demonstration=False)
        assert ("Given back", "−₫1,000,000") in words["payment"]
        assert ("Given back", "−₫1,000,000") in words["parts"][0]["rows"]


class TestEInvoice:
    def ask(self, client: FlaskClient, bought: Bought, **typed: str) -> int:
        address = f"/vi/orders/{bought.token}/e-invoice"
        return send(client, get(client, address), "/e-invoice", **{**COMPANY, **typed}).status_code

    def test_is_asked_for_issued_and_told(
        self, app: Flask, client: FlaskClient, bought: Bought
    ) -> None:
        pay(app, bought)
        assert self.ask(client, bought) == 303
        assert "Công ty Trà Sen" in get(client, f"/vi/orders/{bought.token}").text
        seller = member(app, bought.seller)
        page = get(seller, f"/vi/studio/orders/{bought.company_order}")
        assert "0100112437-001" in page.text
        issued = {"series": "1c26 taa", "number": "00000123"}
        assert send(seller, page, "/e-invoice", **issued).status_code == 303
        assert "1C26TAA, số 00000123" in get(client, f"/vi/orders/{bought.token}").text
        with app.app_context():
            letters = db.session.scalars(select(Mail.text)).all()
        assert sum("1C26TAA" in letter for letter in letters) == 1
        # What was issued to one company is not made out to another afterwards.
        late = client.post(
            f"/vi/orders/{bought.token}/e-invoice",
            data={**get(client, f"/vi/orders/{bought.token}/e-invoice").form("/e-invoice").values},
            headers={"Referer": "https://localhost/"},
        )
        assert late.status_code == 409

    def test_may_be_corrected_until_then(
        self, app: Flask, client: FlaskClient, bought: Bought
    ) -> None:
        pay(app, bought)
        for name in ("Một", "Hai"):
            assert self.ask(client, bought, company=name) == 303
        with app.app_context():
            assert db.session.scalars(select(InvoiceRequest.company)).all() == ["Hai"]

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("tax_code", "0100112438"), ("company", " "), ("invoice_email", "ketoan@")],
    )
    def test_says_beside_the_field_what_is_wrong(
        self, app: Flask, client: FlaskClient, bought: Bought, field: str, typed: str
    ) -> None:
        pay(app, bought)
        address = f"/vi/orders/{bought.token}/e-invoice"
        answer = send(client, get(client, address), "/e-invoice", **{**COMPANY, field: typed})
        assert answer.status_code == 422
        shown = read(answer)
        assert f'id="{field}-error"' in shown.html
        assert shown.form("/e-invoice").values["invoice_address"] == COMPANY["invoice_address"]

    def test_not_before_the_order_stands(self, client: FlaskClient, bought: Bought) -> None:
        assert self.ask(client, bought) == 409

    @pytest.mark.parametrize(
        ("field", "typed"), [("series", "26TAA"), ("number", "0"), ("issued_on", "2999-01-01")]
    )
    def test_the_workshop_is_told_what_is_no_e_invoice(
        self, app: Flask, client: FlaskClient, bought: Bought, field: str, typed: str
    ) -> None:
        pay(app, bought)
        self.ask(client, bought)
        seller = member(app, bought.seller)
        page = get(seller, f"/vi/studio/orders/{bought.company_order}")
        issued = {"series": "1C26TAA", "number": "5", field: typed}
        answer = send(seller, page, "/e-invoice", **issued)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        with app.app_context():
            assert db.session.scalars(select(EInvoice)).all() == []

    def test_only_who_answers_for_money_writes_it_down(
        self, app: Flask, client: FlaskClient, bought: Bought
    ) -> None:
        pay(app, bought)
        self.ask(client, bought)
        address = f"/vi/studio/orders/{bought.company_order}"
        packer = member(app, bought.packer)
        assert not get(packer, address).has_form("/e-invoice")
        token = get(client, f"/vi/orders/{bought.token}/e-invoice").form("/e-invoice").values
        for someone in (packer, new_client(app)):
            answer = someone.post(f"{address}/e-invoice", data={**token, "series": "1C26TAA"})
            assert answer.status_code in (302, 303, 400, 404, 422)
        with app.app_context():
            assert db.session.scalars(select(EInvoice)).all() == []


def test_it_can_be_asked_for_at_the_checkout(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        vase = variant_of(make_product(make_workshop()))
        make_rates()
        make_person()
        _, token = make_cart((vase, 1))
        db.session.commit()
    client.set_cookie(BASKET_COOKIE, token, domain="localhost")
    who = {
        "name": "Trần Mai Lan",
        "phone": "0912 345 678",
        "email": "lan@example.vn",
        "province": "01",
        "ward": "00070",
        "street": "12 Hàng Trống",
    }
    page = read(send(client, get(client, "/vi/checkout"), "/checkout", **who, refresh="1"))
    wanted = {**COMPANY, "wants_invoice": "y", "method": "cash"}
    refused = send(client, page, "/checkout", **{**wanted, "tax_code": "0100112438"})
    assert refused.status_code == 422
    assert 'id="tax_code-error"' in refused.text
    assert send(client, page, "/checkout", **wanted).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(InvoiceRequest.tax_code)).all() == ["0100112437-001"]


def test_what_is_typed_but_not_wanted_is_not_looked_at(context: Flask) -> None:
    typed = {"tax_code": "x", "invoice_email": "y"}
    with context.test_request_context("/vi/checkout", method="POST", data=typed):
        form = CheckoutForm(meta={"csrf": False})
        form.validate()
        assert not {*typed, "company"} & set(form.errors)
