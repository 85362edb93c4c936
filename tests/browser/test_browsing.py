"""Looking for a piece: results swap in place, the way back works, and nothing needs a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage

pytestmark = pytest.mark.browser


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_facets_swap_results_in_place_and_the_way_back_works(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/vi/ceramics")
    page.evaluate("window.same = true")
    page.check("#glaze-hoa-lam")
    page.wait_for_url("**/vi/ceramics?glaze=hoa-lam")
    expect(page.locator("h1")).to_have_text("Hoa lam")
    expect(page.locator(":focus")).to_have_id("glaze-hoa-lam")
    expect(page.locator("#languages a")).to_have_attribute("href", re.compile("glaze=hoa-lam"))
    page.select_option("#sort", "price-up")
    page.wait_for_url("**/vi/ceramics?glaze=hoa-lam&sort=price-up")
    assert page.evaluate("window.same"), "the page was not loaded anew"
    page.go_back()
    page.wait_for_url("**/vi/ceramics?glaze=hoa-lam")
    expect(page.locator("#sort")).to_have_value("newest")
    page.go_back()
    page.wait_for_url("**/vi/ceramics")
    expect(page.locator("#glaze-hoa-lam")).not_to_be_checked()
    page.check("#availability-to-order")
    page.wait_for_url("**/vi/ceramics?availability=to-order")


def test_words_can_be_taken_away_again(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/en/")
    page.fill("#search", "blue white vase")
    page.press("#search", "Enter")
    expect(page.locator(".card").first).to_have_attribute("href", re.compile("binh-hoa-lam"))
    page.locator(".chips a").first.click()
    page.wait_for_url("**/en/ceramics")
    expect(page.locator("#search")).to_have_value("")
    page.check("#glaze-men-nau")
    page.wait_for_url("**/en/ceramics?glaze=men-nau")


def test_a_dead_end_leads_back(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/en/ceramics?q=xyzxyz&glaze=hoa-lam")
    page.get_by_role("link", name="Without “xyzxyz”").click()
    page.wait_for_url("**/en/ceramics?glaze=hoa-lam")
    expect(page.locator(".results:focus")).to_have_count(1)
    expect(page.locator(".card").first).to_be_visible()


def test_facets_are_a_panel_on_a_telephone(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto("/vi/ceramics")
    expect(page.locator("#glaze-hoa-lam")).to_be_hidden()
    page.click("#filters > summary")
    page.check("#glaze-hoa-lam")
    page.wait_for_url("**/vi/ceramics?glaze=hoa-lam")
    expect(page.locator("#glaze-hoa-lam")).to_be_visible()
    page.click(".apply .btn")
    expect(page.locator("#glaze-hoa-lam")).to_be_hidden()
    assert "glaze=hoa-lam" in query(page)


def test_browsing_needs_no_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/vi/ceramics")
    page.check("#glaze-hoa-lam")
    page.check("#availability-now")
    page.click(".apply .btn")
    assert query(page) == "sort=newest&glaze=hoa-lam&availability=now"
    page.locator(".card").first.click()
    expect(page.locator(".order .btn, .gone")).to_be_visible()
    page.goto("/vi/ceramics/am-chen-hoa-lam-truc/delivery")
    expect(page.locator(".costs").first).to_contain_text("Hà Nội")


def test_a_piece_up_close(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/en/ceramics/binh-hoa-lam-sen-day")
    page.click("#look-closely")
    expect(page.locator("#zoom img")).to_have_attribute("alt", re.compile("lotus", re.IGNORECASE))
    page.click("[data-bigger]")
    expect(page.locator("[data-bigger]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#zoom")).to_be_hidden()
    expect(page.locator(":focus")).to_have_id("look-closely")


def test_price_and_quantity_follow_the_chosen_variant(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/vi/ceramics/am-chen-hoa-lam-truc")
    rows = page.locator(".variants label:has(input:enabled)")
    for row in (rows.last, rows.first):
        row.click()
        expect(page.locator("#price")).to_have_text(row.locator(".price").inner_text())
        most = row.locator("input").get_attribute("data-most")
        expect(page.locator("#quantity")).to_have_attribute("max", most or "")


def test_delivery_costs_come_into_sight_by_themselves(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/en/ceramics/binh-hoa-lam-sen-day")
    page.locator("#sending").scroll_into_view_if_needed()
    expect(page.locator(".costs").first).to_contain_text("Hà Nội")
