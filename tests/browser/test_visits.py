"""In front of the shelf: a placard followed to its maker, things kept, a hall without a signal, and
a kiosk that forgets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image as Pixels
from playwright.sync_api import Page, expect
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.publishing import publish, withdraw
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibit, Exhibition
from shop.media.current import media_storage
from shop.media.models import Image
from shop.media.storage import original_key
from shop.visits.models import PlacardCount
from shop.workshops.models import Workshop
from tests.browser.conftest import PHONE, PIECES, NewPage, Village
from tests.browser.test_accessible import faults_of
from tests.browser.test_buying import sign_in_by_the_page
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition

pytestmark = pytest.mark.browser

ROOM = f"/vi/gallery/{EXHIBITION}/{ROOMS[0]}"
OBJECT = f"{ROOM}/binh-sen"
UPRIGHT = {"width": 1080, "height": 1920}


def put_pictures() -> None:
    """A small file for every picture of the small exhibition, which has none of its own."""
    for image in db.session.scalars(select(Image).where(Image.renditions_at.is_(None))):
        file = BytesIO()
        shape = (image.width // 10, image.height // 10)
        Pixels.linear_gradient("L").resize(shape).convert("RGB").save(file, "WEBP")
        media_storage().put(original_key(image.public_id), file.getvalue())


@pytest.fixture(scope="module", autouse=True)
def placard(village: Village) -> Iterator[Placard]:
    """That of the first object in an exhibition of three, which is open for these tests."""
    with village.app.app_context():
        with transaction():
            piece = db.session.scalars(select(Product).where(Product.slug == PIECES[0])).one()
            workshop = db.session.get_one(Workshop, piece.workshop_id)
            exhibition = make_exhibition(product=piece, workshop=workshop, first_stop=901)
            put_pictures()
            key = exhibition.id
        code = db.session.scalars(select(Placard).where(Placard.number == 901)).one()
        db.session.expunge(code)
    yield code
    with village.app.app_context(), transaction():
        withdraw(db.session.get_one(Exhibition, key), by=None, at=clock.now())


def counted(village: Village, placard: Placard) -> dict[str, int]:
    with village.app.app_context():
        rows = db.session.scalars(
            select(PlacardCount).where(PlacardCount.placard_id == placard.id)
        ).all()
        return {row.stage.value: row.count for row in rows}


def test_a_placard_leads_to_its_object_and_on_to_its_maker(
    new_page: NewPage, village: Village, placard: Placard
) -> None:
    before = counted(village, placard)
    page = new_page(PHONE, locale="vi-VN")
    page.goto(f"/p/{placard.code}")
    expect(page).to_have_url(re.compile(f"{OBJECT}$"))
    page.locator("#made-so .card").first.click()
    expect(page).to_have_url(re.compile("/vi/ceramics/"))
    page.goto(f"/p/{placard.code}")
    after = counted(village, placard)
    assert {stage: after[stage] - before.get(stage, 0) for stage in after} == {
        "scan": 1,
        "view": 1,
        "maker": 1,
    }


def test_what_is_kept_comes_together_and_leads_to_the_workshop(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto(OBJECT)
    page.locator(".introduction .keeper").click()
    expect(page.locator("#visit-link")).to_be_visible()
    page.locator("#visit-link a").click()
    expect(page.locator(".kept-list > li")).to_have_count(1)
    faults = faults_of(page, "visit")
    page.get_by_role("button", name="Tạo đường dẫn").click()
    link = page.locator(".with-code .address a").get_attribute("href")
    assert link
    page.goto("/vi/visit/route")
    expect(page.locator(".map .number")).to_have_count(page.locator(".with-map .legs > li").count())
    faults += faults_of(page, "route")
    page.goto("/vi/visit/print")
    faults += faults_of(page, "print")
    other = new_page()
    other.goto(link)
    expect(other.locator(".kept-list > li")).to_have_count(1)
    faults += faults_of(other, "shared")
    assert faults == []


def test_a_saved_room_opens_without_a_network(new_page: NewPage, placard: Placard) -> None:
    page = new_page(PHONE)
    page.goto(ROOM)
    page.locator(".take-along").scroll_into_view_if_needed()
    save = page.get_by_role("button", name=re.compile(r"Lưu phòng này .* \(\d+,\d MB\)"))
    save.click()
    expect(page.locator("#offline [role=status]")).to_contain_text("Đã lưu")
    page.context.set_offline(True)
    page.goto(OBJECT)
    expect(page.locator("#saved-copy")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Bình sen")
    page.wait_for_function("() => [...document.images].some(i => i.complete && i.naturalWidth > 0)")
    page.goto(f"/p/{placard.code}")
    expect(page).to_have_url(re.compile(f"{OBJECT}$"))
    page.goto(f"/vi/gallery/{EXHIBITION}")
    expect(page.locator("#saved-rooms li")).to_have_count(1)
    page.locator("#saved-rooms button").click()
    expect(page.locator("#saved-rooms button")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(OBJECT)
    expect(page.locator("#saved-copy")).to_be_hidden()


def test_a_saved_room_renews_itself_when_it_is_another(
    new_page: NewPage, village: Village, placard: Placard
) -> None:
    page = new_page()
    page.goto(ROOM)
    page.locator(".take-along").scroll_into_view_if_needed()
    page.get_by_role("button", name=re.compile("Lưu phòng này")).click()
    expect(page.locator("#offline [role=status]")).to_contain_text("Đã lưu")
    with village.app.app_context(), transaction():
        exhibit = db.session.scalars(
            select(Exhibit).where(Exhibit.key == placard.exhibit_key)
        ).one()
        exhibit.text_vi = "Lời mới viết hôm nay."
        exhibition = db.session.scalars(select(Exhibition).where(Exhibition.slug == EXHIBITION))
        publish(exhibition.one(), by=None, at=clock.now())
    page.goto(ROOM)
    page.locator(".take-along").scroll_into_view_if_needed()
    expect(page.locator("#offline [role=status]")).to_contain_text("Đã lưu")
    page.context.set_offline(True)
    page.goto(OBJECT)
    expect(page.locator("#saved-copy")).to_be_visible()
    expect(page.locator("#read")).to_contain_text("Lời mới viết hôm nay.")


def test_a_full_browser_says_that_it_is_full(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.add_init_script("navigator.storage.estimate = async () => ({quota: 1000, usage: 900})")
    page.goto(ROOM.replace("/vi/", "/en/"))
    page.locator(".take-along").scroll_into_view_if_needed()
    page.get_by_role("button", name=re.compile("Save this room")).click()
    expect(page.locator("#offline [role=status]")).to_contain_text("no room left")
    assert page.evaluate("caches.keys()") == []


def begin_kiosk(page: Page) -> None:
    sign_in_by_the_page(page, "vanphong@example.vn")
    page.goto(f"/vi/kiosk/{EXHIBITION}")
    page.locator("main form .btn").click()
    expect(page.locator(".kiosk-code")).to_be_visible()


def test_a_kiosk_asks_counts_down_and_begins_anew(new_page: NewPage) -> None:
    page = new_page(UPRIGHT)
    begin_kiosk(page)
    page.goto(OBJECT.replace("/vi/", "/en/"))
    page.locator(".introduction .keeper").click()
    expect(page.locator("#visit-link")).to_be_visible()
    page.clock.install()
    page.goto("/en/visit")
    idle = page.locator("#kiosk-idle")
    page.clock.run_for(89_000)
    expect(idle).to_be_hidden()
    page.clock.run_for(4_000)
    expect(idle).to_be_visible()
    faults = faults_of(page, "kiosk")
    page.get_by_role("button", name="I am still here").click()
    page.clock.run_for(80_000)
    expect(idle).to_be_hidden()
    # The page may scroll back when the question closes, which counts as somebody being there.
    page.clock.run_for(110_000)
    expect(page).to_have_url(re.compile(f"/vi/gallery/{EXHIBITION}$"))
    expect(page.locator("#visit-link")).to_be_hidden()
    page.goto(f"/vi/ceramics/{PIECES[0]}")
    expect(page.locator(".hand-over .qr")).to_be_visible()
    assert faults + faults_of(page, "hand-over") == []
