"""A curator makes a room from nothing to published: by pointing where pointing is the matter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from shop.core import clock
from shop.exhibitions.drafts import details_in_order, draft, exhibit_of, room_of
from shop.exhibitions.queries import published_exhibition
from tests.browser.conftest import NewPage, Village
from tests.browser.test_accessible import faults_of
from tests.browser.test_buying import sign_in

pytestmark = pytest.mark.browser

SHOW = "/vi/office/gallery/exhibitions/sac-trang-nga"
PIECES = ("Bình hoa lam vẽ sen dây", "Đĩa hoa lam đôi cá chép")
NEAR = 1.5


@pytest.fixture
def panorama(tmp_path: Path) -> Path:
    place = tmp_path / "phong.jpg"
    Image.new("RGB", (1200, 600), (11, 18, 48)).save(place)
    return place


def fill_pair(page: Page, name: str, vi: str, en: str) -> None:
    page.fill(f"[name={name}_vi]", vi)
    page.fill(f"[name={name}_en]", en)


def say_from_where(page: Page) -> None:
    page.select_option("[name=certainty]", "documented")
    page.fill("[name=source]", "Sổ ghi của xưởng")


def save(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#notice .notice").first).to_be_visible()


def begin(page: Page) -> None:
    page.goto("/vi/office/gallery")
    fill_pair(page, "title", "Sắc trắng ngà", "Ivory white")
    expect(page.locator("[name=slug]")).to_have_value("sac-trang-nga")
    save(page, "Bắt đầu")
    fill_pair(page, "intro", "Chuyện màu men.", "The story of a glaze.")
    say_from_where(page)
    save(page, "Lưu lời")
    page.get_by_text("Thêm phòng", exact=True).click()
    fill_pair(page, "name", "Phòng đầu", "The first room")
    save(page, "Thêm phòng này")


def furnish(page: Page, panorama: Path) -> None:
    fill_pair(page, "intro", "Hai món đặt cạnh nhau.", "Two pieces side by side.")
    say_from_where(page)
    save(page, "Lưu lời")
    page.locator("#panorama summary").click()
    page.set_input_files("[name=panorama-file]", panorama)
    fill_pair(page, "panorama-alt", "Phòng tối, hai bệ", "A dark room, two stands")
    fill_pair(page, "panorama-credit", "Ban biên tập", "The editors")
    page.locator("#panorama .btn").click()
    expect(page.locator("#panorama .held")).to_be_visible()
    for name in PIECES:
        page.get_by_role("link", name="Bày hiện vật", exact=True).click()
        page.get_by_role("searchbox", name="Tìm hiện vật").fill(name)
        page.get_by_role("button", name=f"Bày {name}", exact=True).click()
        fill_pair(page, "text", "Vì sao ở đây.", "Why it is here.")
        say_from_where(page)
        save(page, "Lưu lời")
        page.locator(".crumbs").get_by_role("link", name="Phòng đầu").click()


def drag_the_last_to_the_top(page: Page) -> None:
    first, last = (
        page.locator("#exhibits .order li").first,
        page.locator("#exhibits .order li").last,
    )
    grip = last.locator(".grip").bounding_box()
    top = first.bounding_box()
    assert grip
    assert top
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, top["y"] + 8, steps=6)
    with page.expect_response(re.compile("exhibits/order")):
        page.mouse.up()
    expect(page.locator("#exhibits li .name").first).to_have_text(PIECES[1])


def point_in_the_panorama(page: Page) -> None:
    page.get_by_role("link", name="Chỉ chỗ trong toàn cảnh").click()
    pane = page.locator("#pane")
    box = pane.bounding_box()
    assert box
    rows = page.locator(".spots tbody tr")
    rows.nth(1).locator("input[type=radio]").check()
    pane.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.5})
    yaw, pitch = rows.nth(1).locator("input[inputmode]").all()
    assert abs(float(yaw.input_value()) - 90) < NEAR
    assert abs(float(pitch.input_value())) < NEAR
    rows.nth(2).locator("input[type=radio]").check()
    pane.focus()
    for key in ("Shift+ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    assert [each.input_value() for each in rows.nth(2).locator("input[inputmode]").all()] == [
        "-10",
        "-1",
    ]
    save(page, "Lưu các chỗ")


def draw_a_note(page: Page) -> None:
    page.get_by_role("link", name=PIECES[0], exact=True).click()
    page.locator("#details").get_by_role("link", name="Nhìn thẳng").click()
    box = page.locator("#pane").bounding_box()
    assert box
    corner = box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.4
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(corner[0] + box["width"] * 0.5, corner[1] + box["height"] * 0.2, steps=5)
    page.mouse.up()
    assert abs(float(page.input_value("[name=width]")) - 50) < NEAR
    assert abs(float(page.input_value("[name=y]")) - 40) < NEAR
    fill_pair(page, "name", "Bông sen", "The lotus")
    save(page, "Lưu chú giải")
    expect(page.locator("#details .order li")).to_have_count(1)


def publish(page: Page) -> None:
    page.goto(SHOW)
    expect(page.locator("#gaps")).to_contain_text("Không thiếu gì")
    save(page, "Công bố")
    expect(page.locator("#publication .state")).to_contain_text("mở từ")


def test_a_room_from_nothing_to_published(
    new_page: NewPage, village: Village, panorama: Path
) -> None:
    page = new_page()
    sign_in(page, "vanphong@example.vn")
    begin(page)
    furnish(page, panorama)
    drag_the_last_to_the_top(page)
    point_in_the_panorama(page)
    draw_a_note(page)
    publish(page)
    with village.app.app_context():
        (room,) = published_exhibition("sac-trang-nga", clock.now()).tree.rooms
    dish, vase = room.exhibits
    assert [dish.artefact.name_vi, vase.artefact.name_vi] == [PIECES[1], PIECES[0]]
    assert dish.yaw is not None
    assert abs(dish.yaw - 90) < NEAR
    assert (vase.yaw, vase.pitch) == (-10, -1)
    (note,) = vase.details
    assert note.region is not None
    assert abs(note.region[2] - 0.5) < NEAR / 100
    faults = []
    for path in (SHOW, f"{SHOW}/rooms/phong-dau", f"{SHOW}/rooms/phong-dau/places"):
        page.goto(path)
        faults += faults_of(page, path)
    assert faults == []


# Stands for the real viewer, which would draw for half a minute without a graphics card: a piece
# in the right half of the pane, seen from where the camera of a test always is.
VIEWER = """
customElements.define("model-viewer", class extends HTMLElement {
  connectedCallback() { queueMicrotask(() => this.dispatchEvent(new Event("load"))); }
  getCameraOrbit() { return { theta: -Math.PI / 9, phi: Math.PI / 3, radius: 0.9 }; }
  getFieldOfView() { return 30; }
  jumpCameraToGoal() {}
  positionAndNormalFromPoint(x) {
    const box = this.parentElement.getBoundingClientRect();
    return x < box.x + box.width / 2 ? null : { position: { x: 0.01, y: 0.3, z: -0.1 } };
  }
});
"""
NOTE_ON_MODEL = (
    "/vi/office/gallery/exhibitions/sac-lam/rooms/net-lam-dau/exhibits/binh-hoa-lam-sen-day"
    "/details/on/model"
)


def test_a_place_on_the_model_is_pointed_at(new_page: NewPage, village: Village) -> None:
    page = new_page()
    page.route(
        re.compile("vendor/.*model-viewer"),
        lambda route: route.fulfill(content_type="text/javascript", body=VIEWER),
    )
    sign_in(page, "vanphong@example.vn")
    page.goto(NOTE_ON_MODEL)
    page.get_by_role("button", name="Mở mô hình").click()
    expect(page.locator("#take-view")).to_be_visible()
    page.evaluate("document.querySelector('model-viewer').style.cssText = 'inset:0'")
    box = page.locator("#pane").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.click(box["x"] + box["width"] / 4, middle)
    expect(page.locator("#pane-hint")).to_contain_text("ngoài món")
    assert page.input_value("[name=point_x]") == ""
    page.mouse.click(box["x"] + box["width"] * 3 / 4, middle)
    numbers = ("point_x", "point_y", "point_z", "azimuth", "polar", "distance")
    typed = [page.input_value(f"[name={name}]") for name in numbers]
    assert typed == ["0.01", "0.3", "-0.1", "-20", "60", "0.9"]
    expect(page.locator("#pane model-viewer .here")).to_have_attribute(
        "data-position", "0.01m 0.3m -0.1m"
    )
    fill_pair(page, "name", "Vành miệng", "The lip")
    save(page, "Lưu chú giải")
    with village.app.app_context():
        exhibit = exhibit_of(room_of(draft("sac-lam"), "net-lam-dau"), "binh-hoa-lam-sen-day")
        note = details_in_order(exhibit)[-1]
        assert (note.name_en, note.point_z, note.azimuth) == ("The lip", -0.1, -20)
