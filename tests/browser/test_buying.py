"""The main job: a guest buys from two workshops, each sends its part, the buyer follows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.security import SESSION_COOKIE
from shop.demonstration.accounts import demonstration_accounts
from shop.orders.models import OrderGroup
from shop.payments.models import Payment, PaymentStatus
from tests.browser.conftest import DESK, PHONE, PIECES, NewPage, Village

pytestmark = pytest.mark.browser
ARTISANS = ("lan@example.vn", "duc@example.vn")
SIGNED_IN: dict[str, Any] = {}
"""The session's cookie by the e-mail address, in the one village of this process."""


def fill_basket(page: Page, language: str) -> None:
    for slug in PIECES:
        page.goto(f"/{language}/ceramics/{slug}")
        page.locator("form.order .btn").first.click()
        expect(page.locator("#added")).not_to_be_empty()


def fill_address(page: Page, email: str) -> None:
    page.locator("#name").fill("Trần Mai Lan")
    page.locator("#phone").fill("0912 345 678")
    page.locator("#email").fill(email)
    page.locator("#province").select_option("01")
    page.locator("#ward option[value='00070']").wait_for(state="attached")
    page.locator("#ward").select_option("00070")
    page.locator("#street").fill("12 Hàng Trống")


def go_to_checkout(page: Page, language: str) -> None:
    page.goto(f"/{language}/basket")
    page.locator(f"main a[href='/{language}/checkout']").first.click()


def order(page: Page, language: str, method: str, email: str) -> None:
    """From the shelf to the order's page or the card provider's, as a guest."""
    fill_basket(page, language)
    go_to_checkout(page, language)
    fill_address(page, email)
    expect(page.locator("#delivery input[type=radio]:checked")).to_have_count(2)
    page.locator(f"input[name=method][value={method}]").check()
    page.locator("#place-order").click()


def group_for(app: Flask, email: str) -> OrderGroup:
    with app.app_context():
        return db.session.scalars(select(OrderGroup).where(OrderGroup.email == email)).one()


def sign_in(page: Page, email: str) -> None:
    """By the page for it the first time; who did so before comes back signed in."""
    if email in SIGNED_IN:
        page.context.add_cookies([SIGNED_IN[email]])
        return
    sign_in_by_the_page(page, email)
    (SIGNED_IN[email],) = (c for c in page.context.cookies() if c.get("name") == SESSION_COOKIE)


def sign_in_by_the_page(page: Page, email: str) -> None:
    password = next(a["password"] for a in demonstration_accounts() if a["email"] == email)
    page.goto("/vi/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def match_transfer(page: Page, group: OrderGroup) -> None:
    """The officer finds the transfer on the bank's statement and matches it."""
    sign_in(page, "vanphong@example.vn")
    page.goto("/vi/office")
    form = page.locator("form:has(input[name=reference])").first
    form.locator("input[name=reference]").fill(f"CK {group.reference.lower()} tien gom")
    form.locator("input[name=amount]").fill(f"{group.total:,}".replace(",", "."))
    form.locator("input[name=bank_entry]").fill(f"FT-{group.reference}")
    with page.expect_navigation():
        form.locator("button").last.click()
    expect(page.locator("#transfers").get_by_text(group.reference)).to_have_count(0)


def pay(page: Page, new_page: NewPage, language: str, method: str, group: OrderGroup) -> None:
    """Bring the money in the way the buyer chose; cash comes at the door."""
    if method == "stripe":
        page.get_by_role("button", name="Pay").click()
        page.wait_for_url(re.compile(rf"/{language}/orders/"))
    elif method == "vietqr":
        expect(page.locator("svg.vietqr")).to_be_visible()
        expect(page.get_by_text(group.reference).first).to_be_visible()
        match_transfer(new_page(), group)


def step(page: Page, name: str) -> None:
    form = page.locator(f"form[action$='/{name}']")
    asks_again = page.locator("details.sure", has=form)
    if asks_again.count():
        asks_again.locator("summary").click()
    with page.expect_navigation():
        form.locator("button").click()


def ship_as(new_page: NewPage, artisan: str, number: str, group: OrderGroup, cash: bool) -> None:
    """One workshop on its phone: take the order on, pack, send, hand over, take the cash."""
    page = new_page(PHONE)
    sign_in(page, artisan)
    page.goto("/vi/studio/orders")
    page.locator("li", has_text=group.reference).locator("a").first.click()
    page.wait_for_url(re.compile(r"/studio/orders/\w+"))
    step(page, "confirmation")
    step(page, "packing")
    page.locator("input[name=tracking_number]").fill(number)
    step(page, "shipment")
    step(page, "delivery")
    if cash:
        due = page.locator(".cash .sum").inner_text()
        page.locator(".cash input[name=amount]").fill(due)
        step(page, "cash")
        expect(page.locator(".cash")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("method", ["cash", "vietqr", "stripe"])
def test_a_guest_orders_from_two_workshops_and_each_sends_its_part(
    new_page: NewPage, village: Village, language: str, method: str
) -> None:
    email = f"{method}-{language}@example.vn"
    village.stripe.webhook_url = f"{village.url}/webhooks/stripe"
    page = new_page(PHONE if language == "vi" else DESK)
    order(page, language, method, email)
    page.wait_for_url(re.compile(r"/orders/|/pay/"))
    group = group_for(village.app, email)
    pay(page, new_page, language, method, group)
    for number, artisan in enumerate(ARTISANS):
        ship_as(new_page, artisan, f"{group.reference}-{number}", group, method == "cash")
    page.goto(f"/{language}/orders/{group.tracking_token}")
    for number in range(2):
        expect(page.get_by_text(f"{group.reference}-{number}").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    with village.app.app_context():
        letters = db.session.scalars(select(Mail.language).where(Mail.recipient == email)).all()
        paid = db.session.get_one(OrderGroup, group.id).payment_id
        status = db.session.get_one(Payment, paid, populate_existing=True).status
    # Placed, paid (but for cash), and for each parcel taken on, sent, arrived.
    assert set(letters) == {language}
    assert len(letters) == (7 if method == "cash" else 8)
    assert status is PaymentStatus.PAID


def test_without_javascript_the_whole_checkout_works(new_page: NewPage, village: Village) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    page.goto(f"/vi/ceramics/{PIECES[0]}")
    page.locator("form.order .btn").first.click()
    page.goto("/vi/checkout")
    page.locator("#name").fill("Trần Mai Lan")
    page.locator("#phone").fill("0912345678")
    page.locator("#email").fill("no-script@example.vn")
    page.locator("#street").fill("12 Hàng Trống")
    page.locator("#province").select_option("01")
    page.locator("button.btn[name=refresh]").click()
    expect(page.locator("#name")).to_have_value("Trần Mai Lan")
    page.locator("#ward").select_option("00070")
    page.locator("input[name=method][value=cash]").check()
    page.locator("#place-order").click()
    page.wait_for_url(re.compile(r"/vi/orders/"))
    assert group_for(village.app, "no-script@example.vn").ward_code == "00070"


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse would."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def _arrow_to(page: Page, value: str) -> None:
    """Choose in the focused list by the arrow key."""
    for _ in range(200):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow key does not reach {value}")


def test_the_keyboard_alone_can_buy(new_page: NewPage, village: Village) -> None:
    page = new_page()
    page.goto(f"/vi/ceramics/{PIECES[0]}")
    _tab_to(page, "form.order .btn")
    page.keyboard.press("Enter")
    expect(page.locator("#added")).not_to_be_empty()
    page.goto("/vi/checkout")
    for selector, text in (
        ("#name", "Trần Mai Lan"),
        ("#phone", "0912345678"),
        ("#email", "keyboard@example.vn"),
    ):
        _tab_to(page, selector)
        page.keyboard.type(text)
    _tab_to(page, "#province")
    _arrow_to(page, "01")
    expect(page.locator("#ward option[value='00070']")).to_be_attached()
    _tab_to(page, "#ward")
    _arrow_to(page, "00070")
    _tab_to(page, "#street")
    page.keyboard.type("12 Hàng Trống")
    _tab_to(page, "#place-order")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/vi/orders/"))
    assert group_for(village.app, "keyboard@example.vn").province_code == "01"
