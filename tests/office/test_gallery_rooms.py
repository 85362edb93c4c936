"""Rooms and what stands in them: placed, pointed at, noted, told, and taken out."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core.db import db
from shop.exhibitions import shown
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import (
    details_in_order,
    draft,
    exhibit_of,
    room_of,
    sections_in_order,
)
from shop.exhibitions.models.rooms import SectionKind
from shop.exhibitions.progress import saved
from tests.exhibitions.factories import EXHIBITION, make_artefact, make_exhibition
from tests.factories import make_model, make_workshop
from tests.office.curators import EXHIBIT, ROOM, SHOW, browser, photograph, send_file
from tests.pages import Page, get, read, send


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context():
        make_exhibition(model=make_model(), workshop=make_workshop())
        make_artefact("dia-rong", "Đĩa rồng", "Dragon dish")
        db.session.commit()
    return browser(app)


def tree(app: Flask) -> shown.Exhibition:
    with app.app_context():
        return compose(draft(EXHIBITION))


def room(app: Flask) -> shown.Room:
    found = tree(app).room("phong-mot")
    assert found
    return found


def numbers(app: Flask) -> tuple[list[int], list[int]]:
    """The keys of the first room's sections, and of the lotus vase's notes."""
    with app.app_context():
        exhibition = draft(EXHIBITION)
        place = room_of(exhibition, "phong-mot")
        sections = [each.id for each in sections_in_order(exhibition, place)]
        return sections, [each.id for each in details_in_order(exhibit_of(place, "binh-sen"))]


class TestPlacing:
    def test_an_artefact_is_found_without_marks_and_placed_once(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        page = get(officer, f"{ROOM}/artefacts?q=dia rong")
        assert "1 hiện vật" in page.text
        for _click in range(2):
            answer = send(officer, page, "/exhibits", artefact="dia-rong")
            assert answer.location.endswith("/exhibits/dia-rong")
        assert [each.slug for each in room(app).exhibits] == ["binh-sen", "lo-cuc", "dia-rong"]

    def test_an_unknown_artefact_is_not_found(self, officer: FlaskClient) -> None:
        page = get(officer, f"{ROOM}/artefacts")
        assert send(officer, page, "/exhibits", artefact="khong-co").status_code == 404

    def test_taken_out_it_is_among_the_saves_still(self, app: Flask, officer: FlaskClient) -> None:
        answer = send(officer, get(officer, EXHIBIT), "binh-sen/removal")
        assert answer.location.endswith("phong-mot#exhibits")
        assert [each.slug for each in room(app).exhibits] == ["lo-cuc"]
        page = get(officer, f"{SHOW}/revisions/1")
        assert send(officer, page, "/restoration").status_code == 303
        assert [each.slug for each in room(app).exhibits] == ["binh-sen", "lo-cuc"]
        assert send(officer, page, "/restoration").status_code == 409, "seen before the last save"

    def test_a_room_says_what_goes_with_it(self, app: Flask, officer: FlaskClient) -> None:
        page = get(officer, f"{ROOM}/removal")
        assert "2 hiện vật bày trong phòng sẽ bỏ theo" in page.text
        assert send(officer, page, "/removal").status_code == 303
        assert [each.slug for each in tree(app).rooms] == ["phong-hai"]


class TestPanorama:
    def send(self, client: FlaskClient, file: bytes, **typed: str) -> Page:
        values = {
            "panorama-alt_vi": "Phòng tối",
            "panorama-alt_en": "A dark room",
            "panorama-credit_vi": "Ban biên tập",
            "panorama-credit_en": "The editors",
            **typed,
        }
        page = get(client, ROOM)
        return read(send_file(client, page, "/panorama", {"panorama-file": file}, **values))

    def test_it_takes_its_place_with_its_words(self, app: Flask, officer: FlaskClient) -> None:
        for _click in range(2):
            assert self.send(officer, photograph(80, 40)).status == 303
        panorama = room(app).panorama
        assert panorama
        assert panorama.credit_en == "The editors"
        with app.app_context():
            assert len(saved(draft(EXHIBITION), 9)) == 2, "sent twice, kept once"

    @pytest.mark.parametrize(
        ("file", "typed", "words"),
        [
            (photograph(40, 40), {}, "Ảnh toàn cảnh phải rộng gấp đôi cao"),
            (b"%PDF-1.7", {}, "không phải"),
            (b"", {}, "Tệp này rỗng."),
            (photograph(80, 40), {"panorama-alt_en": " "}, "Hãy nói trong một câu ảnh cho thấy"),
            (photograph(80, 40), {"panorama-credit_vi": ""}, "Ghi tên người hoặc nơi cần nêu"),
            (photograph(80, 40), {"panorama-rights": "mine"}, "Hãy chọn trong danh sách."),
        ],
    )
    def test_what_is_not_fit_is_refused_and_what_was_typed_stays(
        self, officer: FlaskClient, file: bytes, typed: dict[str, str], words: str
    ) -> None:
        page = self.send(officer, file, **typed)
        assert page.status == 422
        assert words in page.text
        assert page.form("/panorama").values["panorama-alt_vi"] == "Phòng tối"


class TestPlaces:
    def test_numbers_alone_will_do(self, app: Flask, officer: FlaskClient) -> None:
        page = get(officer, f"{ROOM}/places")
        key = room(app).exhibits[0].key
        typed = {
            f"e-{key}-yaw": "−12,5",
            f"e-{key}-pitch": "4",
            "d-phong-hai-yaw": "",
            "d-phong-hai-pitch": "",
            "start-yaw": "180",
        }
        assert send(officer, page, "/places", **typed).status_code == 303
        now = room(app)
        assert (now.exhibits[0].yaw, now.exhibits[0].pitch) == (-12.5, 4)
        assert (now.doors, now.start_yaw) == ((), 180)
        second = read(send(officer, page, "/places", **{f"e-{key}-yaw": "50"}))
        assert second.status == 409
        assert "Nay đang là: -12.5°, 4.0°" in second.text

    @pytest.mark.parametrize(
        ("yaw", "pitch", "words"),
        [
            ("190", "0", "từ -180 đến 180"),
            ("1", "", "Hãy điền cả hai số"),
            ("đông", "0", "Hãy viết một số"),
            ("1e5", "0", "Hãy viết một số"),
        ],
    )
    def test_what_is_no_place_is_refused(
        self, app: Flask, officer: FlaskClient, yaw: str, pitch: str, words: str
    ) -> None:
        key = room(app).exhibits[0].key
        typed = {f"e-{key}-yaw": yaw, f"e-{key}-pitch": pitch}
        page = read(send(officer, get(officer, f"{ROOM}/places"), "/places", **typed))
        assert page.status == 422
        assert words in page.text
        assert page.form("/places").values.items() >= typed.items()


REGION = {"x": "10", "y": "20,5", "width": "30", "height": "40"}


class TestNotes:
    def test_a_note_on_the_picture_is_added_once_and_changed(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        page = get(officer, f"{EXHIBIT}/details/on/front")
        for _click in range(2):
            answer = send(officer, page, "/on/front", name_vi="Lá", name_en="Leaf", **REGION)
            assert answer.status_code == 303
        notes = room(app).exhibits[0].details
        assert [note.name_vi for note in notes] == ["Cánh sen", "Vành chân", "Lá"]
        assert notes[2].region == pytest.approx((0.1, 0.205, 0.3, 0.4))
        path = f"{EXHIBIT}/details/{numbers(app)[1][2]}"
        page = get(officer, path)
        assert page.form(path).values["y"] == "20.5"
        assert send(officer, page, path, text_vi="Ba nét").status_code == 303
        assert send(officer, page, path, text_vi="Bốn nét").status_code == 409

    def test_a_note_on_the_model(self, app: Flask, officer: FlaskClient) -> None:
        page = get(officer, f"{EXHIBIT}/details/on/model")
        assert "wasm-unsafe-eval" in officer.get(page.path).headers["Content-Security-Policy"]
        point = {"point_x": "0,01", "point_y": "0.3", "point_z": "-0.1"}
        orbit = {"azimuth": "-20", "polar": "75", "distance": "0.9"}
        assert send(officer, page, "/on/model", **point, **orbit).status_code == 303
        note = room(app).exhibits[0].details[-1]
        assert (note.point, note.orbit) == ((0.01, 0.3, -0.1), (-20, 75, 0.9))

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"width": "95"}, "vượt ra ngoài ảnh"),
            ({"x": ""}, "Hãy chỉ vào chỗ cần ghi"),
            ({"height": "0"}, "từ 0.5 đến 100"),
        ],
    )
    def test_a_place_outside_is_refused(
        self, officer: FlaskClient, typed: dict[str, str], words: str
    ) -> None:
        page = get(officer, f"{EXHIBIT}/details/on/front")
        values = {**REGION, "name_vi": "Lá", **typed}
        refused = read(send(officer, page, "/on/front", **values))
        assert refused.status == 422
        assert words in refused.text
        assert refused.form("/on/front").values["name_vi"] == "Lá"

    def test_order_and_removal(self, app: Flask, officer: FlaskClient) -> None:
        first, second = numbers(app)[1]
        send(officer, get(officer, EXHIBIT), "/details/order", move=f"{second} up")
        assert numbers(app)[1] == [second, first]
        page = get(officer, f"{EXHIBIT}/details/{second}")
        assert send(officer, page, "/removal").status_code == 303
        assert numbers(app)[1] == [first]
        assert send(officer, page, "/removal").status_code == 404, "a second click takes no other"


class TestSections:
    @pytest.mark.parametrize("kind", list(SectionKind))
    def test_each_kind_is_made_and_opens_again(
        self, app: Flask, officer: FlaskClient, kind: SectionKind
    ) -> None:
        path = f"{SHOW}/sections/new/{kind}?room=phong-mot"
        page = get(officer, path)
        image = room(app).exhibits[0].artefact.pictures[0].image
        typed = {"heading_vi": "Mục mới", "heading_en": "New", "text_vi": "Lời", "text_en": "Words"}
        if kind in (SectionKind.COMPARISON, SectionKind.SLIDER, SectionKind.MAKING):
            typed |= {"pictures-0-picture": image, "pictures-0-place": "2"}
            typed |= {"pictures-1-picture": image, "pictures-1-label_vi": "Trước"}
            typed |= {"pictures-1-place": "1"}
        typed |= {"entries": "nam-1352"} if kind is SectionKind.TIMELINE else {}
        typed |= {"workshops": "net-lam"} if kind is SectionKind.MAP else {}
        for _click in range(2):
            assert send(officer, page, "room=phong-mot", **typed).status_code == 303
        made = room(app).sections[7:]
        assert [each.kind for each in made] == [kind]
        assert [each.label_vi for each in made[0].pictures][:1] in ([], ["Trước"])
        assert made[0].entries == (("nam-1352",) if kind is SectionKind.TIMELINE else ())
        assert made[0].workshops == (("net-lam",) if kind is SectionKind.MAP else ())
        again = f"{SHOW}/sections/{numbers(app)[0][7]}"
        page = get(officer, again)
        assert send(officer, page, again, heading_en="Newer").status_code == 303
        assert room(app).sections[7].pictures == made[0].pictures
        assert send(officer, page, again, heading_en="Newest").status_code == 409

    def test_a_comparison_of_one_is_refused(self, app: Flask, officer: FlaskClient) -> None:
        page = get(officer, f"{SHOW}/sections/new/comparison")
        image = room(app).exhibits[0].artefact.pictures[0].image
        typed = {"pictures-0-picture": image, "heading_vi": "Hai ấm"}
        refused = read(send(officer, page, "/new/comparison", **typed))
        assert refused.status == 422
        assert "cần đúng hai ảnh" in refused.text
        assert refused.form("/new/comparison").values["heading_vi"] == "Hai ấm"

    def test_what_is_not_on_the_list_is_refused(self, officer: FlaskClient) -> None:
        page = get(officer, f"{SHOW}/sections/new/timeline")
        refused = read(send(officer, page, "/new/timeline", entries="nam-0"))
        assert refused.status == 422
        assert "Hãy chọn trong danh sách." in refused.text

    def test_order_and_removal(self, app: Flask, officer: FlaskClient) -> None:
        keys = numbers(app)[0]
        send(officer, get(officer, ROOM), "order?room=phong-mot", move=f"{keys[0]} down")
        assert numbers(app)[0][:2] == [keys[1], keys[0]]
        page = get(officer, f"{SHOW}/sections/{keys[0]}")
        assert send(officer, page, "/removal").status_code == 303
        assert keys[0] not in numbers(app)[0]
