"""Artefacts: taken in, told, shown by pictures and models, and kept as long as they stand."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.core.db import db
from shop.exhibitions.artefact_list import artefact_by_slug
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import draft, pictures_of
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.progress import saved
from tests.exhibitions.factories import EXHIBITION, make_artefact, make_exhibition
from tests.glb_files import sound_model
from tests.office.curators import (
    ARTEFACT,
    EXHIBIT,
    OFFICE,
    SHOW,
    browser,
    photograph,
    send_file,
)
from tests.pages import Page, get, read, send

LIST = f"{OFFICE}/artefacts"
DISH = f"{LIST}/dia-rong"
WORDS = {
    "picture-role": "detail",
    "picture-alt_vi": "Vảy rồng",
    "picture-alt_en": "The dragon's scales",
    "picture-credit_vi": "Ban biên tập",
    "picture-credit_en": "The editors",
    "picture-rights": "CC0-1.0",
}


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context():
        make_exhibition()
        make_artefact("dia-rong", "Đĩa rồng", "Dragon dish")
        db.session.commit()
    return browser(app)


def roles(app: Flask, slug: str = "dia-rong") -> list[str]:
    with app.app_context():
        return [link.role for link in pictures_of(artefact_by_slug(slug))]


class TestTexts:
    def test_one_is_taken_in_once(self, app: Flask, officer: FlaskClient) -> None:
        for _click in range(2):
            answer = send(officer, get(officer, LIST), "/artefacts", name_vi="Ấm tử", name_en="Pot")
            assert answer.location.endswith("/artefacts/am-tu")
        page = read(send(officer, get(officer, LIST), "/artefacts", name_vi="Ấm tứ", name_en="Jug"))
        assert page.status == 422
        assert "Địa chỉ này đã có." in page.text

    def test_a_change_is_a_save_of_every_exhibition_that_has_it(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        page = get(officer, ARTEFACT)
        typed = {"height_mm": "42,5", "terms": "form/binh", "summary_en": "Newly told"}
        assert send(officer, page, "/binh-sen", **typed).status_code == 303
        with app.app_context():
            shown = next(compose(draft(EXHIBITION)).exhibits())[1].artefact
            first = saved(draft(EXHIBITION), 1)[0]
        assert (shown.height_mm, [term.slug for term in shown.terms]) == (425, ["binh"])
        assert (first.number, first.summary) == (2, "Hiện vật “Bình sen”")
        second = read(send(officer, page, "/binh-sen", summary_en="Otherwise told"))
        assert second.status == 409
        assert "Newly told" in second.text

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"name_en": ""}, "Hãy đặt tên bằng tiếng này."),
            ({"year_from": "1500", "year_to": "1400"}, "Năm cuối không thể"),
            ({"height_mm": "cao"}, "Hãy viết một số"),
            ({"terms": "form/khong-co"}, "Hãy chọn trong danh sách."),
            ({"workshop": "khong-co"}, "Hãy chọn trong danh sách."),
            ({"certainty": "sure"}, "Hãy chọn trong danh sách."),
        ],
    )
    def test_what_cannot_be_is_refused_and_kept(
        self, officer: FlaskClient, typed: dict[str, str], words: str
    ) -> None:
        page = read(send(officer, get(officer, DISH), "/dia-rong", when_vi="Thế kỷ 16", **typed))
        assert page.status == 422
        assert words in page.text
        assert page.form("/dia-rong").values["when_vi"] == "Thế kỷ 16"


class TestPictures:
    def add(
        self, client: FlaskClient, colour: int = 90, typed: dict[str, str] | None = None
    ) -> Page:
        values = {**WORDS, **(typed or {})}
        files = {"picture-file": photograph(colour=colour)}
        return read(send_file(client, get(client, DISH), "/pictures", files, **values))

    def test_roles_are_numbered_and_a_second_click_adds_none(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        assert [self.add(officer).status for _click in range(2)] == [303, 303]
        assert self.add(officer, 120).status == 303
        assert roles(app) == ["front", "detail", "detail-2"]
        send(officer, get(officer, DISH), "/pictures/order", order="detail-2 detail front")
        assert roles(app) == ["detail-2", "detail", "front"]

    def test_nothing_without_words(self, app: Flask, officer: FlaskClient) -> None:
        page = self.add(officer, typed={"picture-alt_vi": "", "picture-credit_en": ""})
        assert page.status == 422
        assert page.form("/pictures").values["picture-alt_en"] == "The dragon's scales"
        assert "Chỉ cần chọn lại tệp." in page.text
        assert "Hãy chọn lại tệp này" in page.text
        assert roles(app) == ["front"]

    def test_words_are_changed_and_the_picture_taken_off(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        path = f"{DISH}/pictures/front"
        page = get(officer, path)
        assert send(officer, page, "/front", alt_vi="Đĩa, nhìn từ trên").status_code == 303
        assert send(officer, page, "/front", alt_vi="Đĩa úp").status_code == 409
        assert read(send(officer, get(officer, path), "/front", alt_en=" ")).status == 422
        assert send(officer, get(officer, path), "/removal").status_code == 303
        assert roles(app) == []

    def test_one_with_notes_on_it_stays(self, app: Flask, officer: FlaskClient) -> None:
        page = read(send(officer, get(officer, f"{ARTEFACT}/pictures/front"), "/removal"))
        assert page.status == 409
        assert "Trên ảnh này còn chú giải." in page.text
        assert roles(app, "binh-sen") == ["front"]


MODEL_WORDS = {"model-alt_vi": "Đĩa rồng", "model-alt_en": "Dragon dish"}


class TestModels:
    def send(self, client: FlaskClient, path: str, file: bytes) -> Page:
        page = get(client, path)
        return read(send_file(client, page, "/model", {"model-file": file}, **MODEL_WORDS))

    def test_a_sound_one_takes_its_place_and_goes(self, app: Flask, officer: FlaskClient) -> None:
        keys = set()
        for _click in range(2):
            assert self.send(officer, DISH, sound_model()).status == 303
            with app.app_context():
                keys.add(artefact_by_slug("dia-rong").model_id)
        assert len(keys) == 1
        assert "Cao 42 cm" in get(officer, DISH).text
        assert send(officer, get(officer, DISH), "/model/removal").status_code == 303
        with app.app_context():
            assert artefact_by_slug("dia-rong").model_id is None

    def test_what_is_none_is_refused_with_the_reason(self, officer: FlaskClient) -> None:
        page = self.send(officer, DISH, b"solid stl")
        assert page.status == 422
        assert "Một tệp GLB (glTF 2.0)" in page.text
        assert page.form("/model").values["model-alt_en"] == "Dragon dish"
        cut = self.send(officer, DISH, sound_model()[:-40])
        assert cut.status == 422
        assert "Tệp" in cut.text

    def test_it_needs_a_picture_before_it(self, officer: FlaskClient) -> None:
        send(officer, get(officer, f"{DISH}/pictures/front"), "/removal")
        page = self.send(officer, DISH, sound_model())
        assert page.status == 422
        assert "Hãy gửi ảnh trước" in page.text


class TestDeleting:
    def test_what_stands_somewhere_leads_there_and_stays(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        page = get(officer, f"{ARTEFACT}/removal")
        assert page.links["Nét lam đầu tiên, Phòng một"] == EXHIBIT
        assert not page.has_form("/removal")
        token = get(officer, ARTEFACT).form("/binh-sen").values["csrf_token"]
        answer = officer.post(
            f"{ARTEFACT}/removal",
            data={"csrf_token": token},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 409

    def test_what_visitors_still_see_stays(self, app: Flask, officer: FlaskClient) -> None:
        send(officer, get(officer, EXHIBIT), "binh-sen/removal")
        page = get(officer, f"{ARTEFACT}/removal")
        assert page.links["Nét lam đầu tiên"] == f"{SHOW}#publication"
        send(officer, get(officer, SHOW), "/withdrawal")
        answer = send(officer, get(officer, f"{ARTEFACT}/removal"), "/removal")
        assert answer.location.endswith("/artefacts")
        assert officer.get(ARTEFACT).status_code == 404

    def test_what_stands_nowhere_goes_after_a_question(
        self, app: Flask, officer: FlaskClient
    ) -> None:
        assert send(officer, get(officer, f"{DISH}/removal"), "/removal").status_code == 303
        with app.app_context():
            slugs = db.session.scalars(select(Artefact.slug)).all()
        assert "dia-rong" not in slugs
