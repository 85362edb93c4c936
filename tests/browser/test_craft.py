"""The glossary answers while one types, keeps what was typed, and works without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewPage

pytestmark = pytest.mark.browser


def test_the_glossary_narrows_while_one_types(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto("/vi/craft/glossary")
    entry = page.locator("#bao-nung")
    expect(entry).to_be_visible()
    page.locator("#word").press_sequentially("chach")
    expect(entry).to_have_count(0)
    expect(page.locator("#chach")).to_be_visible()
    expect(page.locator("#word")).to_have_value("chach")
    expect(page.locator("#word")).to_be_focused()
    page.locator("#word").fill("")
    expect(entry).to_be_visible()


def test_the_glossary_is_searched_without_a_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/en/craft/glossary")
    page.locator("#word").fill("saggar")
    page.locator("#word").press("Enter")
    expect(page).to_have_url(re.compile(r"/en/craft/glossary\?word=saggar$"))
    expect(page.locator("#bao-nung")).to_be_visible()
    expect(page.locator("#con-ke")).to_have_count(0)


def test_a_chip_on_a_piece_leads_to_its_term_and_on_to_the_shop(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/en/ceramics/dia-hoa-lam-ca-chep")
    page.locator(".facts").get_by_role("link", name="Waves").click()
    expect(page.locator("h1")).to_contain_text("Waves")
    page.locator("#pieces ~ a").click()
    expect(page.locator("#decoration-song-nuoc")).to_be_checked()
    expect(page.locator("#results a[href$='dia-hoa-lam-ca-chep']")).to_be_visible()
