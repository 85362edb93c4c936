"""axe finds nothing to object to, and no page scrolls sideways, in either language and size."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from shop.core.settings import PROJECT
from tests.browser.conftest import DESK, PHONE, NewPage, Village
from tests.browser.test_buying import ARTISANS, fill_basket, group_for, order, sign_in

pytestmark = pytest.mark.browser
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISITOR_PAGES = (
    "",
    "ceramics",
    "ceramics?q=khong-co-mon-nao",
    "ceramics?glaze=hoa-lam&sort=price",
    "ceramics/binh-hoa-lam-sen-day",
    "ceramics/am-chen-hoa-lam-truc",
    "workshops",
    "workshops/net-lam",
    "craft",
    "craft/glaze/men-ngoc",
    "craft/decoration/hoi-van",
    "craft/making",
    "craft/timeline",
    "craft/glossary",
    "craft/glossary?word=khong-co-tu-nao",
    "basket",
    "sign-in",
    "register",
    "orders/find",
    "delivery",
    "paying",
    "privacy",
    "not-here",
)


def faults_of(page: Page, where: str) -> list[str]:
    """What axe and the ruler find on the page as it stands."""
    # The content policy allows no foreign script in the page, so axe goes in from outside it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE).read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))",
        RULES,
    )
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    small = page.evaluate(SMALL_THINGS)
    return [f"{where}: {fault}" for fault in [*found, *small]]


SMALL_THINGS = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && e.getClientRects().length > 0 && !e.closest('.skip, .seen-by-readers, iframe, svg');
  const faults = [];
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (own && shown(e) && parseFloat(getComputedStyle(e).fontSize) < 13.99)
      faults.push('text under 14 px: ' + e.outerHTML.slice(0, 80));
  }
  for (const e of document.querySelectorAll('button, select, input:not([type=hidden]), summary')) {
    if (!shown(e)) continue;
    const target = e.closest('label') ?? e, box = target.getBoundingClientRect();
    if (box.width && (box.height < 43.5 || box.width < 43.5))
      faults.push(`target ${Math.round(box.width)}×${Math.round(box.height)}: `
        + e.outerHTML.slice(0, 80));
  }
  return faults;
}"""


def faults_in_both_sizes(page: Page, where: str) -> list[str]:
    """As `faults_of`, of the page as at a desk and as on a telephone."""
    faults = []
    for name, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        faults += faults_of(page, f"{where} ({name})")
    return faults


@pytest.mark.parametrize("language", ["vi", "en"])
def test_visitors_pages(new_page: NewPage, language: str) -> None:
    page = new_page(PHONE)
    faults = []
    for path in VISITOR_PAGES:
        page.goto(f"/{language}/{path}")
        faults += faults_in_both_sizes(page, path or "home")
    assert faults == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_buying_and_the_desks(new_page: NewPage, village: Village, language: str) -> None:
    email = f"axe-{language}@example.vn"
    page = new_page(PHONE)
    fill_basket(page, language)
    faults = []
    for path in ("basket", "checkout"):
        page.goto(f"/{language}/{path}")
        faults += faults_in_both_sizes(page, path)
    page.locator("#place-order").click()
    faults += faults_in_both_sizes(page, "checkout with faults")
    order(new_page(PHONE), language, "vietqr", email)
    order(new_page(DESK), language, "cash", f"cash-{email}")
    page.wait_for_timeout(500)
    group = group_for(village.app, email)
    page.goto(f"/{language}/orders/{group.tracking_token}")
    faults += faults_in_both_sizes(page, "order")
    sign_in(page, ARTISANS[0])
    for path in ("account", "studio", "studio/orders"):
        page.goto(f"/{language}/{path}")
        faults += faults_in_both_sizes(page, path)
    page.locator("a[href*='/studio/orders/']").first.click()
    faults += faults_in_both_sizes(page, "studio order")
    officer = new_page(PHONE)
    sign_in(officer, "vanphong@example.vn")
    officer.goto(f"/{language}/office")
    faults += faults_in_both_sizes(officer, "office")
    assert faults == []
