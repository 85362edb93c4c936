"""The gallery walked, looked at and listened to: by hand, by keyboard, and without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.artefacts import PictureInRole, set_pictures
from shop.exhibitions.actions.publishing import publish, withdraw
from shop.exhibitions.compose import compose
from shop.exhibitions.gaps import Lack, gaps_of
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture
from shop.exhibitions.models.rooms import Exhibition
from shop.media.jobs import make_tiles
from tests.browser.conftest import CHROMIUM, DESK, PHONE, NewPage, Village
from tests.browser.test_accessible import faults_of
from tests.browser.test_turning import ARGUMENTS, requests_of

pytestmark = pytest.mark.browser

ROOM = "/vi/gallery/sac-lam/net-lam-dau"
NEXT_ROOM = "/vi/gallery/sac-lam/lam-reu-ran"
VASE = "binh-hoa-lam-sen-day"
OBJECT = f"{ROOM}/{VASE}"
BLUE = select(Exhibition).where(Exhibition.slug == "sac-lam")
IN_THE_ROOM = re.compile(r"#walk=")


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module", autouse=True)
def gallery(village: Village) -> Iterator[None]:
    """The blue exhibition open: what the small village has no picture of borrows the vase's."""
    with village.app.app_context(), transaction():
        exhibition = db.session.scalars(BLUE).one()
        vase = picture_of(VASE)
        for gap in gaps_of(compose(exhibition)):
            assert gap.lack is Lack.PICTURE, gap
            artefact = db.session.scalars(select(Artefact).where(Artefact.slug == gap.artefact))
            set_pictures(artefact.one(), [PictureInRole(vase, "front")])
        publish(exhibition, by=None, at=clock.now())
        image = vase.image_id
    with village.app.app_context():
        make_tiles.call_local(image)
    yield
    with village.app.app_context(), transaction():
        withdraw(db.session.scalars(BLUE).one(), by=None, at=clock.now())


def picture_of(slug: str) -> Picture:
    return db.session.scalars(
        select(Picture)
        .join(ArtefactPicture, ArtefactPicture.picture_id == Picture.id)
        .join(Artefact, Artefact.id == ArtefactPicture.artefact_id)
        .where(Artefact.slug == slug, ArtefactPicture.role == "front")
    ).one()


def step_in(page: Page) -> None:
    page.click("#enter")
    seen_all_round(page)


def seen_all_round(page: Page) -> None:
    page.wait_for_selector(".walk-stage.drawn", timeout=60_000)


def heading(page: Page) -> float:
    """Where one looks, by the address."""
    return float(page.url.split("=", 1)[1].split(",", 1)[0])


def test_a_room_is_walked_and_back_leads_out(new_page: NewPage) -> None:
    page = new_page(DESK)
    sent = requests_of(page)
    page.goto(ROOM)
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "pannellum" in url]
    step_in(page)
    expect(page).to_have_url(IN_THE_ROOM)
    expect(page.locator(".walk-stage")).to_be_focused()
    door = page.locator(f"#places a[href='{NEXT_ROOM}']")
    door.focus()
    assert heading(page) == pytest.approx(float(door.get_attribute("data-yaw") or "nan"), abs=0.2)
    spot = page.locator(f".spot-door[href='{NEXT_ROOM}?walk']")
    assert spot.get_attribute("aria-label")
    spot.click()
    page.wait_for_url(f"**{NEXT_ROOM}#walk*")
    seen_all_round(page)
    page.go_back()
    page.wait_for_url(f"**{ROOM}#walk*")
    seen_all_round(page)
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{ROOM}")
    expect(page.locator(".walk-stage")).to_have_count(0)
    expect(page.locator("#enter")).to_be_focused()


def test_the_arrow_keys_turn_the_room_and_a_number_opens_its_object(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto(f"{ROOM}?walk")
    seen_all_round(page)
    before = page.url
    page.keyboard.press("ArrowRight", delay=400)
    page.wait_for_function("before => location.href !== before", arg=before, timeout=10_000)
    number = page.locator("#places a[data-number='23']")
    number.focus()
    page.locator(".spot", has_text="23").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{OBJECT}")


def test_a_device_that_cannot_draw_keeps_the_picture_and_the_list(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(ROOM)
    page.click("#enter")
    expect(page.locator(".scene-says")).to_contain_text("Ảnh phòng và danh sách hiện vật vẫn ở đây")
    expect(page.locator(".view img")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{ROOM}$"))


def test_without_a_script_a_room_is_read_and_an_object_seen(new_page: NewPage) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    page.goto(ROOM)
    expect(page.locator("#enter")).to_be_hidden()
    expect(page.locator("#read .objects .object").last).to_be_visible()
    page.locator(f"#places a[href='{OBJECT}']").click()
    page.wait_for_url(f"**{OBJECT}")
    expect(page.locator(".notes h3").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_notes_lead_into_the_close_look_and_to_places_on_the_model(
    new_page: NewPage,
) -> None:
    page = new_page(DESK)
    sent = requests_of(page)
    page.goto(OBJECT)
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "openseadragon" in url or "model-viewer" in url]
    page.locator("[data-zoom-to]").first.click()
    page.wait_for_selector("#photos.looked-at", timeout=30_000)
    page.locator("[data-look-at]").first.click()
    page.wait_for_selector(".turn-stage.drawn", timeout=90_000)
    expect(page.locator(".turn-says")).not_to_be_empty()
    expect(page.locator("#photos.looked-at")).to_have_count(0)
    camera = page.evaluate("document.querySelector('model-viewer').getCameraOrbit().theta")
    wanted = page.locator("[data-look]").first.get_attribute("data-camera") or ""
    turn = camera - float(wanted.split()[0]) * 3.14159265 / 180
    assert abs((turn + 3.14159265) % 6.2831853 - 3.14159265) < 0.05
    assert page.locator("model-viewer .turn-spot").count() >= 1


def test_axe_and_the_ruler_find_nothing(new_page: NewPage) -> None:
    page = new_page(PHONE)
    faults = []
    for path in ("/en/gallery", ROOM, OBJECT):
        page.goto(path)
        faults += faults_of(page, path)
    assert faults == []


def test_a_guide_is_heard_and_its_words_are_shown(new_page: NewPage) -> None:
    page = new_page(PHONE)
    sent = requests_of(page)
    page.goto(OBJECT)
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "/recordings/" in url]
    play = page.locator(".player .play")
    play.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.player audio').currentTime > 0.1")
    expect(page.locator(".caption")).not_to_be_empty()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.player audio').paused")
    page.locator("#transcript summary").click()
    expect(page.locator("#transcript p").first).to_be_visible()
