"""Placards lead to their exhibits, are counted without knowing whom, and are printed."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Person
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.publishing import withdraw
from shop.exhibitions.compose import compose
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibition
from shop.visits.actions.counting import count_stage
from shop.visits.models import PlacardCount, Stage
from shop.visits.placard_sheets import SheetFormat, first_sentence, placard_sheets, signs_of
from tests.conftest import count_sql, new_client
from tests.exhibitions.factories import EXHIBITION, FIRST_STOP, ROOMS, make_exhibition
from tests.factories import make_person, make_product, make_workshop, sign_in
from tests.pages import get, send

OFFICE = "/vi/office/placards"
OBJECT = f"/gallery/{EXHIBITION}/{ROOMS[0]}/binh-sen"


@pytest.fixture
def code(app: Flask) -> str:
    """The first placard's, of an exhibition that is open."""
    with app.app_context(), transaction():
        workshop = make_workshop()
        make_exhibition(product=make_product(workshop), workshop=workshop)
        return db.session.scalars(select(Placard.code).where(Placard.number == FIRST_STOP)).one()


def counts(app: Flask) -> dict[Stage, int]:
    with app.app_context():
        rows = db.session.scalars(select(PlacardCount)).all()
        return {row.stage: row.count for row in rows}


def close(app: Flask) -> None:
    with app.app_context(), transaction():
        withdraw(db.session.scalars(select(Exhibition)).one(), by=None, at=clock.now())


class TestFollowing:
    def test_leads_to_the_exhibit_in_the_language_read_before(
        self, client: FlaskClient, code: str
    ) -> None:
        assert client.get(f"/p/{code}").location == f"/vi{OBJECT}"
        english = {"Accept-Language": "en"}
        assert client.get(f"/p/{code.upper()}", headers=english).location == f"/en{OBJECT}"
        client.set_cookie("language", "vi")
        assert client.get(f"/p/{code}", headers=english).location == f"/vi{OBJECT}"

    def test_keeps_the_chosen_format(self, client: FlaskClient, code: str) -> None:
        client.set_cookie("gallery-format", "listen")
        answer = client.get(f"/p/{code}")
        assert not any("gallery-format" in c for c in answer.headers.getlist("Set-Cookie"))

    def test_a_number_may_be_typed_instead_and_counts_as_a_scan(
        self, app: Flask, client: FlaskClient, code: str
    ) -> None:
        assert client.get(f"/vi/gallery/stop?number={FIRST_STOP}").location == f"/vi{OBJECT}"
        assert counts(app) == {Stage.SCAN: 1}
        assert client.get("/vi/gallery/stop?number=999").status_code == 422
        assert counts(app) == {Stage.SCAN: 1}

    def test_an_unknown_one_offers_search_a_number_and_the_rooms(
        self, client: FlaskClient, code: str
    ) -> None:
        page = get(client, "/p/zzzzz")
        assert page.status == 404
        assert {f"/vi/gallery/{EXHIBITION}/{room}" for room in ROOMS} <= set(page.links.values())
        names = {name for form in page.forms for name in form.names}
        assert {"number", "q"} <= names
        assert "“zzzzz”" in page.text

    def test_help_is_there_in_both_languages(self, client: FlaskClient) -> None:
        english = next(
            address
            for address in get(client, "/p/zzzzz").links.values()
            if address.startswith("/p/zzzzz")
        )
        page = get(client, english)
        assert page.status == 404
        assert "No placard has the code “zzzzz”." in page.text
        assert "/p/zzzzz?lang=vi" in page.links.values()

    def test_one_no_longer_on_show_says_what_it_was(
        self, app: Flask, client: FlaskClient, code: str
    ) -> None:
        close(app)
        page = get(client, f"/p/{code}")
        assert (page.status, page.headings) == (404, ["Bình sen"])
        assert counts(app) == {}

    def test_one_that_never_was_on_show_tells_nothing(
        self, app: Flask, client: FlaskClient
    ) -> None:
        with app.app_context(), transaction():
            make_exhibition(is_published=False)
            code = db.session.scalars(select(Placard.code)).first()
        page = get(client, f"/p/{code}")
        assert page.status == 404
        assert "Bình sen" not in page.text


class TestCounting:
    def test_each_stage_once_a_visit(self, app: Flask, client: FlaskClient, code: str) -> None:
        for _again in range(2):
            client.get(f"/p/{code}")
            client.get(f"/vi{OBJECT}")
            client.get("/vi/workshops/net-lam")
            page = get(client, "/vi/ceramics/binh-sen-day")
            assert send(client, page, "/basket/lines", quantity="1").status_code == 303
        assert counts(app) == dict.fromkeys(Stage, 1)

    def test_a_refused_piece_is_not_in_the_basket(
        self, app: Flask, client: FlaskClient, code: str
    ) -> None:
        client.get(f"/p/{code}")
        page = get(client, "/vi/ceramics/binh-sen-day")
        assert send(client, page, "/basket/lines", quantity="99").status_code == 409
        assert counts(app) == {Stage.SCAN: 1, Stage.MAKER: 1}

    def test_nothing_without_a_placard(self, app: Flask, client: FlaskClient, code: str) -> None:
        client.get(f"/vi{OBJECT}")
        client.get("/vi/workshops/net-lam")
        assert counts(app) == {}

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Purpose": "prefetch;prerender"},
            {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
            {"User-Agent": "WhatsApp/2.23"},
            {"User-Agent": ""},
        ],
    )
    def test_neither_machines_nor_looking_ahead(
        self, app: Flask, client: FlaskClient, code: str, headers: dict[str, str]
    ) -> None:
        assert client.get(f"/p/{code}", headers=headers).status_code == 303
        client.get("/vi/workshops/net-lam")
        assert counts(app) == {}

    def test_another_visit_is_counted_too(self, app: Flask, client: FlaskClient, code: str) -> None:
        for browser in (client, new_client(app)):
            browser.get(f"/p/{code}")
        assert counts(app) == {Stage.SCAN: 2}

    def test_the_cookie_holds_codes_and_stages_and_ends_with_the_browser(
        self, client: FlaskClient, code: str
    ) -> None:
        answer = client.get(f"/p/{code}")
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert cookie.startswith(f"__Host-placards={code}-s;")
        assert "Max-Age" not in cookie
        assert "Expires" not in cookie

    def test_the_last_placard_scanned_is_the_one_that_led_on(
        self, app: Flask, client: FlaskClient, code: str
    ) -> None:
        client.get(f"/vi/gallery/stop?number={FIRST_STOP + 1}")
        client.get(f"/p/{code}")
        client.get("/vi/workshops/net-lam")
        with app.app_context():
            makers = db.session.scalars(
                select(Placard.code)
                .join(PlacardCount, PlacardCount.placard_id == Placard.id)
                .where(PlacardCount.stage == Stage.MAKER)
            ).all()
        assert makers == [code]

    @pytest.mark.parametrize("cookie", ["", "x", "zzzzz-s", "a" * 5000, "-.-.;", "zzzzz-svmbsvmb"])
    def test_a_cookie_of_nonsense_harms_nothing(
        self, app: Flask, client: FlaskClient, code: str, cookie: str
    ) -> None:
        headers = {"Cookie": f"__Host-placards={cookie}"}
        assert client.get("/vi/workshops/net-lam", headers=headers).status_code == 200
        assert counts(app) == {}


class TestSheets:
    def test_name_the_exhibits_of_the_room_with_their_addresses(self, context: Flask) -> None:
        tree = compose(make_exhibition())
        signs = signs_of(tree, "https://gom.example.vn", room=ROOMS[0])
        assert [(s.number, s.name_vi, s.name_en) for s in signs] == [
            (11, "Bình sen", "Lotus vase"),
            (12, "Lọ cúc", "Chrysanthemum jar"),
        ]
        code = tree.rooms[0].exhibits[0].code
        assert signs[0].address == f"gom.example.vn/p/{code}"
        chosen = signs_of(tree, "https://x.vn", keys=[tree.rooms[1].exhibits[0].key])
        assert [sign.number for sign in chosen] == [21]

    @pytest.mark.parametrize("kind", list(SheetFormat))
    def test_are_pdfs_of_as_many_pages_as_needed(self, context: Flask, kind: SheetFormat) -> None:
        signs = signs_of(compose(make_exhibition()), "https://gom.example.vn") * 3
        pdf = placard_sheets(signs, kind, "Bảng")
        assert pdf.startswith(b"%PDF-")
        pages = {SheetFormat.A4: 9, SheetFormat.A5: 5, SheetFormat.LABELS: 2}[kind]
        assert b"/Type/Pages/Count %d/" % pages in pdf

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("Một câu. Câu nữa.", "Một câu."),
            ("Cao 42.5 cm. ở Hà Nội", "Cao 42.5 cm. ở Hà Nội"),
            ("Không dấu chấm", "Không dấu chấm"),
            ("", ""),
        ],
    )
    def test_say_one_sentence(self, text: str, first: str) -> None:
        assert first_sentence(text) == first


class TestOffice:
    @pytest.fixture
    def officer(self, app: Flask) -> FlaskClient:
        return browser(app, is_officer=True)

    def test_others_find_nothing(self, app: Flask, client: FlaskClient, code: str) -> None:
        member = browser(app, is_officer=False)
        for ending in ("", ".csv", f".pdf?exhibition={EXHIBITION}"):
            assert member.get(OFFICE + ending).status_code == 404
            assert "/sign-in" in client.get(OFFICE + ending).headers["Location"]
        path = f"{OFFICE}/{EXHIBITION}/numbers"
        assert member.post(path, data=token(member)).status_code == 404

    def test_shows_what_placards_led_to_in_a_period(
        self, app: Flask, officer: FlaskClient, code: str
    ) -> None:
        with app.app_context(), transaction():
            placard = db.session.scalars(select(Placard).where(Placard.code == code)).one()
            for day, stage, times in [
                (date(2020, 1, 1), Stage.SCAN, 3),
                (clock.today_in_hanoi(), Stage.SCAN, 4),
                (clock.today_in_hanoi(), Stage.BASKET, 1),
            ]:
                for _one in range(times):
                    count_stage(placard.id, day, stage)
        assert table(officer, "30")[0][4:] == ["4", "0", "0", "1"]
        assert table(officer, "all")[0][4:] == ["7", "0", "0", "1"]
        assert [row[0] for row in table(officer, "all")] == ["11", "12", "21"]
        with count_sql(app) as sent:
            page = get(officer, f"{OFFICE}?period=nonsense")
        assert "Bình sen" in page.text
        assert len(sent) <= 4, sent.texts

    def test_prints_what_was_asked_for(self, officer: FlaskClient, code: str) -> None:
        pdf = officer.get(f"{OFFICE}.pdf?exhibition={EXHIBITION}&room={ROOMS[0]}&format=a5")
        assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?exhibition=x",
            f"?exhibition={EXHIBITION}&room=x",
            f"?exhibition={EXHIBITION}&format=a0",
        ],
    )
    def test_prints_nothing_unknown(self, officer: FlaskClient, code: str, query: str) -> None:
        assert officer.get(f"{OFFICE}.pdf{query}").status_code == 404

    def test_gives_numbers_to_those_without(self, app: Flask, officer: FlaskClient) -> None:
        with app.app_context(), transaction():
            make_exhibition()
            db.session.query(Placard).filter(Placard.number != FIRST_STOP).delete()
        page = get(officer, OFFICE)
        assert "2 hiện vật chưa có biển" in page.text
        assert send(officer, page, "/numbers").status_code == 303
        with app.app_context():
            assert list(db.session.scalars(select(Placard.number).order_by(Placard.number))) == [
                11,
                12,
                13,
            ]
        assert officer.post(f"{OFFICE}/unknown/numbers", data=token(officer)).status_code == 404

    def test_has_nothing_to_print_without_numbers(self, app: Flask, officer: FlaskClient) -> None:
        with app.app_context(), transaction():
            make_exhibition()
            db.session.query(Placard).delete()
        page = get(officer, f"{OFFICE}.pdf?exhibition={EXHIBITION}")
        assert page.status == 422
        assert 'role="alert"' in page.html


def browser(app: Flask, *, is_officer: bool) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        person = make_person("Ngô Bảo Ấn", is_officer=is_officer)
        db.session.commit()
        sign_in(client, db.session.get_one(Person, person.id))
    return client


def token(client: FlaskClient) -> dict[str, str]:
    return {"csrf_token": get(client, "/vi/orders/find").form("/find").values["csrf_token"]}


def table(client: FlaskClient, period: str) -> list[list[str]]:
    text = client.get(f"{OFFICE}.csv?period={period}").data.decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))[1:]
