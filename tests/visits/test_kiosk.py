"""A kiosk shows the gallery alone, forgets its visitors and is left with its code."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person, PersonSession
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.models.rooms import Exhibit
from shop.visits.models import Visit
from tests.conftest import new_client
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition
from tests.factories import make_person, make_product, make_workshop, sign_in
from tests.pages import Page, get, read, send

START = f"/vi/gallery/{EXHIBITION}"
BEFORE = f"/vi/kiosk/{EXHIBITION}"


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with app.app_context(), transaction():
        workshop = make_workshop()
        make_exhibition(product=make_product(workshop), workshop=workshop)
    return browser(app, is_officer=True)


def browser(app: Flask, *, is_officer: bool) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        person = make_person("Ngô Bảo Ấn", is_officer=is_officer)
        db.session.commit()
        sign_in(client, db.session.get_one(Person, person.id))
    return client


def begin(client: FlaskClient) -> str:
    """Make this browser a kiosk; the code that leaves it."""
    page = read(send(client, get(client, BEFORE)))
    assert page.status == 200
    assert "/vi/basket" not in page.links.values()
    found = re.search(r'<p class="kiosk-code">([0-9a-z ]{9})</p>', page.html)
    assert found
    return found[1]


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": page.form("/reset").values["csrf_token"]}


class TestStarting:
    def test_takes_an_officer_and_an_exhibition_that_is_open(
        self, app: Flask, officer: FlaskClient, client: FlaskClient
    ) -> None:
        assert "/sign-in" in client.get(BEFORE).headers["Location"]
        assert browser(app, is_officer=False).get(BEFORE).status_code == 404
        assert officer.get("/vi/kiosk/unknown").status_code == 404

    def test_signs_the_officer_out(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        with app.app_context():
            assert db.session.scalar(select(PersonSession.id)) is None

    def test_a_cookie_we_did_not_write_makes_no_kiosk(self, officer: FlaskClient) -> None:
        stranger = new_client(officer.application)
        stranger.set_cookie("__Host-kiosk", "WyJ4IiwidmkiLCJ5Il0.c2ln")
        assert stranger.get("/vi/ceramics").status_code == 200


class TestShowing:
    @pytest.mark.parametrize(
        "path",
        [
            START,
            f"{START}/{ROOMS[0]}",
            f"{START}/{ROOMS[0]}/binh-sen",
            "/vi/gallery",
            "/vi/gallery/search?q=sen",
            "/en/craft/glossary",
            "/vi/visit",
            "/favicon.ico",
        ],
    )
    def test_the_gallery_and_the_craft(self, officer: FlaskClient, path: str) -> None:
        begin(officer)
        answer = officer.get(path)
        assert answer.status_code in (200, 302)
        if answer.status_code == 200:
            page = read(answer)
            assert '<html lang="' in page.html
            assert 'class="kiosk"' in page.html
            assert page.has_form("/kiosk/reset")
            assert not {"/vi/basket", "/vi/sign-in", "/vi/orders/find"} & set(page.links.values())
            assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        "path",
        [
            "/vi/ceramics/binh-sen-day?x=1",
            "/vi/workshops/net-lam",
            "/vi/basket",
            "/vi/checkout",
            "/vi/sign-in",
            "/vi/account",
            "/vi/office",
            "/vi/privacy",
            "/vi/visit/print",
            "/robots.txt",
        ],
    )
    def test_hands_over_all_else(self, officer: FlaskClient, path: str) -> None:
        begin(officer)
        page = get(officer, path)
        if page.status == 303:  # The desks ask who is there before anything else.
            page = get(officer, "/vi/sign-in")
        assert page.status == 403
        assert 'class="qr"' in page.html
        assert START in page.links.values()
        if "ceramics" in path:
            assert f"http://127.0.0.1:8000{path}" in page.text

    def test_sends_nothing_to_the_shop(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        data = token(get(officer, START)) | {"variant": "x", "quantity": "1"}
        assert officer.post("/vi/basket/lines", data=data).status_code == 403

    def test_a_bare_picture_has_no_way_back_and_is_handed_over(self, officer: FlaskClient) -> None:
        begin(officer)
        as_page = {"Sec-Fetch-Dest": "document"}
        assert officer.get("/media/0123456789ab.webp", headers=as_page).status_code == 403
        assert officer.get("/media/0123456789ab.webp").status_code == 404

    def test_links_out_of_the_site_lead_to_their_code(self, officer: FlaskClient) -> None:
        begin(officer)
        page = get(officer, f"{START}/{ROOMS[0]}/binh-sen")
        outside = [link for link in page.links.values() if "creativecommons" in link]
        assert outside == []
        codes = [link for link in page.links.values() if "/kiosk/code?to=" in link]
        assert codes
        shown = get(officer, codes[0])
        assert "creativecommons.org" in shown.text
        assert get(officer, "/vi/kiosk/code?to=https://evil.example").status == 404

    def test_its_first_address_is_the_exhibition(self, officer: FlaskClient) -> None:
        begin(officer)
        assert officer.get("/vi/").location == START
        assert officer.get("/").location == START


class TestForgetting:
    def test_begins_anew_without_what_was_kept(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        with app.app_context():
            key = db.session.scalars(select(Exhibit.key)).first()
        data = token(get(officer, "/en/gallery"))
        officer.post("/en/visit/objects", data=data | {"exhibit": key})
        officer.set_cookie("gallery-format", "simple")
        answer = officer.post("/en/kiosk/reset", data=data)
        assert (answer.status_code, answer.location) == (303, START)
        left = ("__Host-visit", "gallery-format", "language", "__Host-placards")
        assert not [name for name in left if officer.get_cookie(name)]
        assert officer.get_cookie("__Host-kiosk")
        with app.app_context():
            assert db.session.scalar(select(Visit.id)) is None

    def test_a_visit_with_a_link_lives_on_by_it(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        with app.app_context():
            key = db.session.scalars(select(Exhibit.key)).first()
        data = token(get(officer, "/vi/gallery"))
        officer.post("/vi/visit/objects", data=data | {"exhibit": key})
        officer.post("/vi/visit/link", data=data)
        officer.post("/vi/kiosk/reset", data=data)
        with app.app_context():
            share_id = db.session.scalars(select(Visit.share_id)).one()
        assert get(new_client(app), f"/vi/visit/shared/{share_id}").status == 200

    def test_is_a_kiosks_alone(self, officer: FlaskClient) -> None:
        form = get(officer, "/vi/orders/find").form("/find").values
        assert officer.post("/vi/kiosk/reset", data=form).status_code == 404
        assert officer.get("/vi/kiosk/leaving").status_code == 404
        assert officer.get("/vi/kiosk/code?to=x").status_code == 404


class TestLeaving:
    def test_takes_the_code_however_it_is_typed(self, officer: FlaskClient) -> None:
        code = begin(officer)
        page = get(officer, "/vi/kiosk/leaving")
        wrong = read(send(officer, page, "/leaving", code="0000 0000"))
        assert wrong.status == 422
        assert 'id="code-fault"' in wrong.html
        assert wrong.form("/leaving").values["code"] == "0000 0000"
        assert send(officer, page, "/leaving", code=f" {code.upper()} ").status_code == 303
        assert officer.get("/vi/ceramics").status_code == 200

    def test_takes_no_other_kiosks_code(self, app: Flask, officer: FlaskClient) -> None:
        code = begin(officer)
        other = browser(app, is_officer=True)
        begin(other)
        page = get(other, "/vi/kiosk/leaving")
        assert send(other, page, "/leaving", code=code).status_code == 422

    def test_takes_an_officer_who_is_signed_in_here(self, app: Flask, officer: FlaskClient) -> None:
        begin(officer)
        with app.app_context():
            person = db.session.scalars(select(Person)).first()
            assert person
            sign_in(officer, person)
        page = get(officer, "/vi/kiosk/leaving")
        assert send(officer, page, "/leaving", code="").status_code == 303
