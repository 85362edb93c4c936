"""What curators let visitors see: when it is whole, now or on a day, and withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core import clock
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.errors import Missing
from shop.exhibitions.drafts import draft
from shop.exhibitions.progress import Progress, progress
from shop.exhibitions.queries import published_exhibition
from tests.conftest import count_sql
from tests.exhibitions.factories import EXHIBITION, make_exhibition
from tests.office.curators import OFFICE, ROOM, SHOW, browser
from tests.pages import get, read, send


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context():
        make_exhibition()
        db.session.commit()
    return browser(app)


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


class TestPublishing:
    def test_it_is_refused_with_all_that_is_missing(self, app: Flask, officer: FlaskClient) -> None:
        send(officer, get(officer, ROOM), "rooms/phong-mot", intro_en="")
        page = read(send(officer, get(officer, SHOW), "/publications"))
        assert page.status == 422
        assert "Phòng một: lời giới thiệu: thiếu tiếng Anh" in page.links
        assert state(app).unpublished == 1

    def test_now_and_withdrawn_again(self, app: Flask, officer: FlaskClient) -> None:
        send(officer, get(officer, SHOW), EXHIBITION, subtitle_vi="Đã sửa")
        assert send(officer, get(officer, SHOW), "/publications").status_code == 303
        assert state(app).unpublished == 0
        assert send(officer, get(officer, SHOW), "/withdrawal").status_code == 303
        assert not is_visible(app)
        assert "đã rút" in get(officer, OFFICE).text

    def test_opening_and_closing_are_hanoi_times(self, app: Flask, officer: FlaskClient) -> None:
        opens = (clock.now() + timedelta(days=3)).astimezone(HANOI).replace(second=0, microsecond=0)
        typed = {
            "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
            "closes_at": f"{opens + timedelta(days=9):%Y-%m-%dT%H:%M}",
        }
        for _click in range(2):
            assert send(officer, get(officer, SHOW), "/publications", **typed).status_code == 303
        planned = state(app).planned
        assert planned is not None
        assert planned.publication.goes_live_at == opens
        assert is_visible(app), "what was open stays so until then"
        assert "hẹn mở" in get(officer, OFFICE).text
        assert send(officer, get(officer, SHOW), "/plan/cancellation").status_code == 303
        assert state(app).planned is None

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"opens_at": "2020-01-01T08:00"}, "Giờ này đã qua."),
            ({"opens_at": "mai"}, "Hãy cho ngày và giờ"),
            ({"closes_at": "2020-01-01T08:00"}, "Ngày đóng phải sau ngày mở."),
            ({"closes_at": "9999-12-31T23:59"}, "Hãy cho ngày và giờ"),
        ],
    )
    def test_times_that_cannot_be_are_refused_and_kept(
        self, officer: FlaskClient, typed: dict[str, str], words: str
    ) -> None:
        page = read(send(officer, get(officer, SHOW), "/publications", **typed))
        assert page.status == 422
        assert words in page.text
        assert page.form("/publications").values.items() >= typed.items()

    def test_a_new_preview_link_closes_the_old(self, app: Flask, officer: FlaskClient) -> None:
        with app.app_context():
            before = draft(EXHIBITION).preview_key
        assert send(officer, get(officer, SHOW), "/preview").status_code == 303
        with app.app_context():
            assert draft(EXHIBITION).preview_key != before

    def test_the_list_asks_four_statements(self, app: Flask, officer: FlaskClient) -> None:
        with count_sql(app) as sent:
            get(officer, OFFICE)
        assert len(sent) <= 4, sent.texts
