"""A piece turned in 3D: fetched on a tap alone, from this site alone, and by the keyboard too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, PHONE, NewPage, Village

pytestmark = pytest.mark.browser

PIECE = "binh-hoa-lam-sen-day"
# Drawn by the processor, where the other tests do without WebGL.
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield chromium
    chromium.close()


def requests_of(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def turn(page: Page) -> None:
    page.click("#turn")
    page.wait_for_selector(".turn-stage.drawn", timeout=90_000)


def cobalt_in(page: Page) -> int:
    """How many of the 50 by 60 places in the middle of the pane are as blue as the brushwork."""
    shot = page.locator(".turn-stage model-viewer").screenshot(timeout=90_000)
    with Image.open(BytesIO(shot)) as picture:
        middle = picture.convert("RGB").resize((100, 120)).crop((25, 30, 75, 90))
    pixels = middle.tobytes()
    return sum(blue - red > 60 for red, blue in zip(pixels[::3], pixels[2::3], strict=True))


def test_nothing_of_it_is_fetched_before_the_tap(new_page: NewPage, village: Village) -> None:
    page = new_page(PHONE)
    sent = requests_of(page)
    page.goto(f"/vi/ceramics/{PIECE}")
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "model-viewer" in url or url.endswith(".glb")]
    turn(page)
    assert [url for url in sent if "model-viewer" in url]
    assert [url for url in sent if url.endswith(".glb")]
    outside = [url for url in sent if not url.removeprefix("blob:").startswith(village.url)]
    assert outside == []


def test_the_model_is_drawn_and_turns_by_the_keyboard(new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"/en/ceramics/{PIECE}")
    page.focus("#turn")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn-stage.drawn", timeout=90_000)
    expect(page.locator("#turning")).to_be_focused()
    assert page.locator("model-viewer").count() == 1
    assert cobalt_in(page) > 100, "the ground is grey and the poster is covered"
    # Under software rendering frames are few: the camera is sent where it is going.
    jump = "document.querySelector('model-viewer').jumpCameraToGoal()"
    orbit = "document.querySelector('model-viewer').getCameraOrbit().theta"
    assert not page.evaluate("document.querySelector('model-viewer').autoRotate")
    before = page.evaluate(orbit)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.evaluate(jump)
    assert abs(page.evaluate(orbit) - before) > 0.1
    page.keyboard.press("Escape")
    expect(page.locator("#turn")).to_be_focused()
    expect(page.locator("model-viewer")).to_have_count(0)
    expect(page.locator("#photo-1 img")).to_be_visible()


def test_a_file_that_does_not_come_leaves_the_photograph(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.route("**/*.glb", lambda route: route.abort())
    page.goto(f"/vi/ceramics/{PIECE}")
    page.click("#turn")
    expect(page.locator("#turn-failed")).to_contain_text("Ảnh của món đồ vẫn còn ở đây")
    expect(page.locator("#turning")).to_be_hidden()
    expect(page.locator("#photo-1 img")).to_be_visible()


def test_a_device_without_webgl_is_told(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    sent = requests_of(page)
    page.goto(f"/en/ceramics/{PIECE}")
    page.click("#turn")
    expect(page.locator("#turn-failed")).to_contain_text("cannot draw the 3D model")
    assert not [url for url in sent if "model-viewer" in url]


def test_who_saves_data_is_told_the_weight(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(f"/en/ceramics/{PIECE}")
    expect(page.locator("#turn")).to_have_text("Turn in 3D, 0.6 MB")


def test_without_script_the_photographs_are_all_there_is(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/vi/ceramics/{PIECE}")
    expect(page.locator("#turn")).to_be_hidden()
    expect(page.locator("#turning")).to_be_hidden()
    expect(page.locator("#photo-1 img")).to_be_visible()
