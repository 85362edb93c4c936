"""A picture looked at closely: on a tap alone, by mouse, fingers and keys, and never in the way."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Response, render_template_string
from PIL import Image as Pixels
from playwright.sync_api import Page, Route, expect

from shop.core.db import db
from shop.core.transaction import transaction
from shop.media.actions import add_image, ask_for_tiles
from shop.media.current import media_storage
from shop.media.jobs import make_tiles
from shop.media.models import Image
from shop.media.pictures import ingest
from tests.browser.conftest import DESK, PHONE, NewPage, Village

pytestmark = pytest.mark.browser

OpenPage = NewPage

TEMPLATE = """
{% extends "base.html" %}
{% from "parts/picture.html" import picture with context %}
{% from "parts/zoom.html" import zoom_attributes, zoom_parts, zoom_to with context %}
{% block styles %}<link rel="stylesheet" href="{{ asset("css/zoom.css") }}">{% endblock %}
{% block scripts %}
<script type="module" nonce="{{ csp_nonce() }}">import "shop/zoom";</script>
{% endblock %}
{% block content %}<div class="wrap">
{% for image in images %}
<figure id="picture-{{ loop.index }}" class="closely"
{{- zoom_attributes(image, linked="pair" if loop.index > 1 else none) }}>
{{ picture(image, "40rem") }}{{ zoom_parts(image) }}
</figure>
{% endfor %}
{{ zoom_to("picture-1", (0.25, 0.5, 0.5, 0.25)) }}
</div>{% endblock %}
"""
VIEW = """number => {
  const stage = document.querySelector(`#picture-${number} [data-zoom-stage]`);
  const viewer = globalThis.OpenSeadragon?.getViewer(stage);
  const bounds = viewer?.viewport.getBounds(false), size = viewer?.world.getItemAt(0)?.getBounds();
  return size && [bounds.x, bounds.y / size.height, bounds.width, bounds.height / size.height];
}"""


def add_picture(width: int, height: int) -> int:
    file = BytesIO()
    Pixels.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "PNG")
    image = add_image(ingest(file.getvalue()), "Bình", "A vase", storage=media_storage())
    ask_for_tiles(image)
    return image.id


@pytest.fixture(scope="module")
def page_of_pictures(village: Village) -> tuple[str, dict[str, str]]:
    """A page of the site with three pictures that have tiles, the last two linked."""
    with village.app.app_context():
        with transaction():
            kept = [add_picture(*size) for size in ((1200, 1500), (1100, 1400), (900, 1300))]
        for image_id in kept:
            make_tiles(image_id)
    with village.app.test_request_context("/vi/closely"):
        images = [db.session.get_one(Image, image_id) for image_id in kept]
        body = render_template_string(TEMPLATE, images=images)
        answer = village.app.process_response(Response(body))
    return body, dict(answer.headers)


@pytest.fixture
def closely(new_page: NewPage, page_of_pictures: tuple[str, dict[str, str]]) -> OpenPage:
    body, headers = page_of_pictures

    def open_page(size: dict[str, int] = DESK, **options: object) -> Page:
        page = new_page(size, **options)
        page.route("**/vi/closely", lambda route: route.fulfill(body=body, headers=headers))
        page.goto("/vi/closely")
        page.wait_for_selector("#picture-1 [data-zoom-open]:not([hidden])")
        return page

    return open_page


def look(page: Page, number: int = 1) -> None:
    page.click(f"#picture-{number} [data-zoom-open]")
    page.wait_for_selector(f"#picture-{number}.looked-at")


def view(page: Page, number: int = 1) -> list[float]:
    """What is seen: x, y, width and height as fractions of the picture."""
    page.wait_for_timeout(150)
    seen: list[float] = page.evaluate(VIEW, number)
    return seen


def hold(page: Page, key: str, until: str) -> None:
    """Press the key until it has had its effect: a busy machine draws few steps a second."""
    page.keyboard.down(key)
    page.wait_for_function(f"() => {until}")
    page.keyboard.up(key)


def test_it_is_fetched_on_a_tap_and_worked_by_keys(closely: OpenPage, village: Village) -> None:
    page = closely()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "openseadragon" in url or "/iiif/" in url]
    look(page)
    assert [url for url in sent if "/iiif/image/" in url and url.endswith("default.webp")]
    assert all(url.startswith(village.url) for url in sent)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "application"
    whole = view(page)[2]
    hold(page, "Equal", f"({VIEW})(1)[2] < {whole * 0.95}")
    hold(page, "ArrowRight", f"({VIEW})(1)[0] > {view(page)[0]}")
    page.keyboard.press("0")
    assert view(page)[2] == pytest.approx(whole, rel=0.01)
    page.get_by_role("button", name="Lại gần").click()
    assert view(page)[2] == pytest.approx(whole / 1.6, rel=0.05)
    page.get_by_role("button", name="Phủ kín màn hình").click()
    box = page.locator("#picture-1 [data-zoom-pane]").bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1440, 900)
    page.keyboard.press("Escape")
    expect(page.locator("#picture-1 [data-zoom-pane]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#picture-1 [data-zoom-pane]")).to_be_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-zoom-open')")


def touch(page: Page, *paths: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Move one finger along each path, from a place to another, all at the same time."""
    devtools = page.context.new_cdp_session(page)
    for step in range(9):
        points = [
            {"id": finger, "x": x + (to_x - x) * step / 8, "y": y + (to_y - y) * step / 8}
            for finger, ((x, y), (to_x, to_y)) in enumerate(paths)
        ]
        kind = "touchMove" if step else "touchStart"
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)


SCROLL_HAS_SETTLED = """() => new Promise(settled => {
    let last = scrollY;
    const look = () => {
        if (scrollY === last) return settled();
        last = scrollY;
        setTimeout(look, 100);
    };
    setTimeout(look, 100);
})"""
"""A page that was flung goes on for a while after the finger has left it."""


def test_one_finger_moves_the_page_and_two_the_picture(closely: OpenPage) -> None:
    page = closely(PHONE, has_touch=True, is_mobile=True)
    look(page)
    seen = view(page)
    stage = page.locator("#picture-1 [data-zoom-stage]").bounding_box()
    assert stage
    middle = stage["y"] + stage["height"] / 2
    touch(page, ((180, middle), (180, middle - 200)))
    assert page.evaluate("scrollY") > 100
    assert view(page) == pytest.approx(seen, abs=0.01)
    expect(page.locator("#picture-1 .openseadragon-cooperative-overlay")).to_have_text(
        "Dùng hai ngón tay để dời ảnh"
    )
    page.evaluate(SCROLL_HAS_SETTLED)
    page.evaluate("scrollTo({top: 150, behavior: 'instant'})")
    touch(page, ((160, 250), (80, 250)), ((200, 250), (280, 250)))
    assert page.evaluate("scrollY") == 150
    assert view(page)[2] < seen[2] * 0.6


def test_the_wheel_is_the_page_s_without_ctrl(closely: OpenPage) -> None:
    page = closely()
    look(page)
    seen = view(page)
    page.hover("#picture-1 [data-zoom-stage]")
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    assert view(page) == pytest.approx(seen, abs=0.01)


def test_a_broken_tile_brings_the_photograph_back_and_says_so(closely: OpenPage) -> None:
    page = closely()

    def refuse(route: Route) -> None:
        route.fulfill(status=404)

    for broken in ("**/default.webp", "**/info.json"):
        page.route(broken, refuse)
        page.click("#picture-1 [data-zoom-open]")
        expect(page.locator("#picture-1 [data-zoom-failed]")).to_be_visible()
        expect(page.locator("#picture-1 [data-zoom-failed]")).to_contain_text("vẫn còn đây")
        expect(page.locator("#picture-1 [data-zoom-pane]")).to_be_hidden()
        assert page.evaluate("document.activeElement.hasAttribute('data-zoom-open')")
        page.unroute(broken)
    look(page)
    expect(page.locator("#picture-1 [data-zoom-failed]")).to_be_hidden()


def test_a_detail_moves_the_view_and_a_pair_moves_together(closely: OpenPage) -> None:
    page = closely()
    page.get_by_role("button", name="Xem gần chỗ này").click()
    page.wait_for_selector("#picture-1.looked-at")
    page.wait_for_function(f"() => ({VIEW})(1)?.[2] < 0.9")
    x, y, width, height = view(page)
    assert x <= 0.26
    assert y <= 0.51
    assert x + width >= 0.74
    assert y + height >= 0.74
    assert min(width, height) < 0.6
    look(page, 2)
    expect(page.locator("#picture-1 [data-zoom-pane]")).to_be_hidden()
    page.wait_for_selector("#picture-3.looked-at")
    page.locator("#picture-2").get_by_role("button", name="Lại gần").click()
    before = view(page, 2)[1]
    page.locator("#picture-2 [role=application]").focus()
    hold(page, "ArrowDown", f"({VIEW})(2)[1] > {before + 0.01}")
    middles = [(x + width / 2, y, height) for x, y, width, height in (view(page, 2), view(page, 3))]
    assert middles[0] == pytest.approx(middles[1], abs=0.02)
    assert middles[0][2] < 0.7
    page.locator("#picture-3").get_by_role("button", name="Đóng").click()
    expect(page.locator("#picture-2 [data-zoom-pane]")).to_be_hidden()
