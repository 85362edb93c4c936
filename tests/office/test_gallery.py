"""The curator's desk: officers alone, drafts changed without loss, and published when whole."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core import clock
from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions.drafts import draft, rooms_in_order
from shop.exhibitions.progress import Progress, progress, saved
from shop.exhibitions.queries import published_exhibition
from tests.exhibitions.factories import EXHIBITION, make_exhibition
from tests.office.curators import ARTEFACT, EXHIBIT, OFFICE, ROOM, SHOW, browser
from tests.pages import Page, get, read, send


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    return browser(app)


@pytest.fixture
def shown(app: Flask) -> None:
    with app.app_context():
        make_exhibition()
        db.session.commit()


def state(app: Flask) -> Progress:
    with app.app_context():
        return progress(clock.now(), draft(EXHIBITION))[0]


def is_visible(app: Flask, slug: str = EXHIBITION) -> bool:
    with app.app_context():
        try:
            published_exhibition(slug, clock.now())
        except Missing:
            return False
    return True


PAGES = [
    OFFICE,
    f"{OFFICE}/artefacts",
    SHOW,
    f"{SHOW}/revisions",
    f"{SHOW}/revisions/1",
    f"{SHOW}/sections/new/prose",
    ROOM,
    f"{ROOM}/places",
    f"{ROOM}/artefacts",
    f"{ROOM}/removal",
    EXHIBIT,
    f"{EXHIBIT}/details/on/front",
    ARTEFACT,
    f"{ARTEFACT}/pictures/front",
    f"{ARTEFACT}/removal",
]
POSTS = [
    OFFICE,
    f"{OFFICE}/artefacts",
    SHOW,
    f"{SHOW}/cover",
    f"{SHOW}/rooms",
    f"{SHOW}/rooms/order",
    f"{SHOW}/publications",
    f"{SHOW}/withdrawal",
    f"{SHOW}/plan/cancellation",
    f"{SHOW}/preview",
    f"{SHOW}/sections/order",
    f"{SHOW}/sections/new/prose",
    ROOM,
    f"{ROOM}/places",
    f"{ROOM}/panorama",
    f"{ROOM}/removal",
    f"{ROOM}/exhibits",
    f"{ROOM}/exhibits/order",
    EXHIBIT,
    f"{EXHIBIT}/removal",
    f"{EXHIBIT}/sounds",
    f"{EXHIBIT}/sounds/x/removal",
    f"{ROOM}/sounds",
    f"{SHOW}/revisions/1/restoration",
    f"{EXHIBIT}/details/order",
    f"{EXHIBIT}/details/on/front",
    ARTEFACT,
    f"{ARTEFACT}/pictures",
    f"{ARTEFACT}/pictures/order",
    f"{ARTEFACT}/pictures/front",
    f"{ARTEFACT}/pictures/front/removal",
    f"{ARTEFACT}/model",
    f"{ARTEFACT}/model/removal",
    f"{ARTEFACT}/removal",
]


class TestWhoGetsIn:
    def test_a_visitor_is_asked_to_sign_in_and_others_find_nothing(
        self, app: Flask, client: FlaskClient, shown: None
    ) -> None:
        other = browser(app, is_officer=False)
        token = get(other, "/vi/account").form("/sign-out").values["csrf_token"]
        here = {"Referer": "https://localhost/"}
        for path in PAGES:
            assert client.get(path).status_code == 303, path
            assert other.get(path).status_code == 404, path
        for path in POSTS:
            answer = other.post(path, data={"csrf_token": token}, headers=here)
            assert answer.status_code == 404, path
        assert state(app).revisions == 1

    def test_each_page_opens_in_both_languages(self, officer: FlaskClient, shown: None) -> None:
        for path in PAGES:
            assert get(officer, path).status == 200, path
            assert get(officer, path.replace("/vi/", "/en/", 1)).status == 200, path

    @pytest.mark.parametrize(
        "path",
        [
            f"{OFFICE}/exhibitions/khong-co",
            f"{SHOW}/rooms/khong-co",
            f"{ROOM}/exhibits/am-truc",
            f"{EXHIBIT}/details/999999",
            f"{EXHIBIT}/details/on/back",
            f"{EXHIBIT}/details/on/model",
            f"{SHOW}/sections/999999",
            f"{SHOW}/sections/new/poem",
            f"{SHOW}/revisions/99",
            f"{OFFICE}/artefacts/khong-co",
            f"{ARTEFACT}/pictures/back",
        ],
    )
    def test_what_there_is_not_is_not_found(
        self, officer: FlaskClient, shown: None, path: str
    ) -> None:
        assert officer.get(path).status_code == 404

    def test_posts_need_a_token(self, officer: FlaskClient, shown: None) -> None:
        for path in POSTS:
            assert officer.post(path).status_code == 422, path


def begin(client: FlaskClient, **typed: str) -> Page:
    values = {"title_vi": "Trắng ngà đời Lê", "title_en": "Ivory white of the Lê", **typed}
    return read(send(client, get(client, OFFICE), "/office/gallery", **values))


class TestBeginning:
    def test_the_address_is_made_from_the_vietnamese_title(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        assert begin(officer).status == 303
        assert begin(officer).status == 303, "a second click finds the first"
        page = get(officer, f"{OFFICE}/exhibitions/trang-nga-doi-le")
        assert page.headings == ["Trắng ngà đời Lê"]
        assert not is_visible(app, "trang-nga-doi-le")
        with app.app_context():
            assert [each.number for each in saved(draft("trang-nga-doi-le"), 9)] == [1]

    def test_what_is_missing_is_said_beside_its_field(self, officer: FlaskClient) -> None:
        page = begin(officer, title_en=" ", slug="Sai Địa Chỉ")
        assert page.status == 422
        assert "Hãy đặt tên bằng tiếng này." in page.text
        assert page.form("/office/gallery").values["title_vi"] == "Trắng ngà đời Lê"

    def test_an_address_is_given_once(self, officer: FlaskClient, shown: None) -> None:
        page = begin(officer, slug=EXHIBITION)
        assert page.status == 422
        assert "Địa chỉ này đã có." in page.text

    def test_a_room_is_begun_once_and_opens(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        path = f"{OFFICE}/exhibitions/trang-nga-doi-le"
        for _click in range(2):
            answer = send(officer, get(officer, path), "/rooms", name_vi="Lò cũ", name_en="Kiln")
            assert answer.status_code == 303
            assert answer.location.endswith("/rooms/lo-cu")
        with app.app_context():
            assert [room.slug for room in rooms_in_order(draft("trang-nga-doi-le"))] == ["lo-cu"]


class TestTexts:
    def test_a_save_is_kept_as_a_revision_and_counted_as_unpublished(
        self, app: Flask, officer: FlaskClient, shown: None
    ) -> None:
        answer = send(officer, get(officer, SHOW), EXHIBITION, intro_vi="Một\r\n\r\nHai  ")
        assert answer.status_code == 303
        assert state(app).unpublished == 1
        with app.app_context():
            assert draft(EXHIBITION).intro_vi == "Một\n\nHai"
            first = saved(draft(EXHIBITION), 1)[0]
        assert (first.by, first.summary) == ("Ngô Bảo Ấn", "Lời của trưng bày")
        assert "1 thay đổi chưa công bố" in get(officer, OFFICE).text
        with app.app_context():
            assert published_exhibition(EXHIBITION, clock.now()).tree.intro_vi == "Chuyện màu lam."

    def test_who_saves_second_is_told_what_changed_and_keeps_what_was_typed(
        self, app: Flask, officer: FlaskClient, shown: None
    ) -> None:
        other = browser(app)
        mine = get(other, SHOW)
        send(officer, get(officer, SHOW), EXHIBITION, title_en="The first blue", source="A. Nguyễn")
        page = read(send(other, mine, EXHIBITION, title_en="First blue", subtitle_en="Anew"))
        assert page.status == 409
        assert "The first blue" in page.text
        form = page.form(EXHIBITION)
        assert (form.values["title_en"], form.values["subtitle_en"]) == ("First blue", "Anew")
        with app.app_context():
            assert draft(EXHIBITION).title_en == "The first blue"
        again = send(other, page, EXHIBITION)
        assert again.status_code == 303
        with app.app_context():
            assert draft(EXHIBITION).title_en == "First blue"

    def test_saves_of_different_fields_do_not_meet(
        self, app: Flask, officer: FlaskClient, shown: None
    ) -> None:
        mine = get(officer, ROOM)
        send(browser(app), get(officer, SHOW), EXHIBITION, subtitle_vi="Đã sửa")
        assert send(officer, mine, "rooms/phong-mot", intro_en="New words").status_code == 303

    def test_gaps_lead_to_the_very_field(
        self, app: Flask, officer: FlaskClient, shown: None
    ) -> None:
        send(officer, get(officer, EXHIBIT), "binh-sen", text_en="", source="")
        page = get(officer, SHOW)
        assert page.links["Phòng một › Bình sen: lời: thiếu tiếng Anh"] == f"{EXHIBIT}#text_en"
        assert page.links["Phòng một › Bình sen: thiếu nguồn"] == f"{EXHIBIT}#source"


class TestOrder:
    def slugs(self, app: Flask) -> list[str]:
        with app.app_context():
            return [room.slug for room in rooms_in_order(draft(EXHIBITION))]

    def test_buttons_move_by_one_and_a_drag_sends_the_whole(
        self, app: Flask, officer: FlaskClient, shown: None
    ) -> None:
        page = get(officer, SHOW)
        answer = send(officer, page, "/rooms/order", move="phong-hai up")
        assert answer.location.endswith("#room-phong-hai")
        assert self.slugs(app) == ["phong-hai", "phong-mot"]
        send(officer, page, "/rooms/order", order="phong-mot khong-co phong-hai")
        assert self.slugs(app) == ["phong-mot", "phong-hai"]

    @pytest.mark.parametrize("move", ["phong-mot up", "khong-co up"])
    def test_what_cannot_move_stays(
        self, app: Flask, officer: FlaskClient, shown: None, move: str
    ) -> None:
        answer = send(officer, get(officer, SHOW), "/rooms/order", move=move)
        assert answer.status_code == 303
        assert state(app).unpublished == 0

    def test_what_asks_for_nothing_is_refused(self, officer: FlaskClient, shown: None) -> None:
        assert send(officer, get(officer, SHOW), "/rooms/order").status_code == 422
