"""Guides to hear, sent by curators with all of their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core.db import db
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import draft
from tests.exhibitions.factories import EXHIBITION, make_exhibition
from tests.office.curators import EXHIBIT, ROOM, browser, send_file
from tests.pages import get, read, send

SPOKEN = Path(__file__).parents[1] / "media" / "recordings" / "spoken.mp3"


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context():
        make_exhibition()
        db.session.commit()
    return browser(app)


GUIDE_WORDS = {
    "sound-transcript": "Đây là bình sen.",
    "sound-credit_vi": "Giọng máy",
    "sound-credit_en": "A machine",
    "sound-kind": "audio",
    "sound-language": "vi",
}


class TestRecordings:
    @pytest.mark.parametrize("path", [ROOM, EXHIBIT])
    def test_a_guide_takes_its_place_once_and_goes(
        self, app: Flask, officer: FlaskClient, path: str
    ) -> None:
        files = {"sound-file": SPOKEN.read_bytes()}
        for _click in range(2):
            answer = send_file(officer, get(officer, path), "/sounds", files, **GUIDE_WORDS)
            assert answer.status_code == 303
        page = get(officer, path)
        assert "Đây là bình sen." in page.text
        with app.app_context():
            place = compose(draft(EXHIBITION)).rooms[0]
        (sound,) = place.sounds if path == ROOM else place.exhibits[0].sounds
        assert sound.language == "vi"
        assert send(officer, page, f"{sound.recording}/removal").status_code == 303
        assert send(officer, page, f"{sound.recording}/removal").status_code == 404

    @pytest.mark.parametrize(
        ("files", "typed", "words"),
        [
            ({"sound-file": b"no sound"}, {}, "bản ghi"),
            ({}, {}, "Hãy chọn một bản ghi."),
            ({"sound-file": SPOKEN.read_bytes()}, {"sound-transcript": " "}, "Hãy chép lại"),
            ({"sound-file": SPOKEN.read_bytes(), "sound-captions": b"\xff"}, {}, "phụ đề"),
            ({"sound-file": SPOKEN.read_bytes()}, {"sound-kind": "song"}, "trong danh sách"),
        ],
    )
    def test_what_is_not_fit_is_refused(
        self,
        officer: FlaskClient,
        files: dict[str, bytes],
        typed: dict[str, str],
        words: str,
    ) -> None:
        values = {**GUIDE_WORDS, **typed}
        page = read(send_file(officer, get(officer, EXHIBIT), "/sounds", files, **values))
        assert page.status == 422
        assert words in page.text
        assert page.form("/sounds").values["sound-credit_en"] == "A machine"
        assert ("Chỉ cần chọn lại tệp." in page.text) == bool(files)
