"""What a visitor keeps is theirs alone, can be read by link, and leads to the workshops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from shop.core import clock
from shop.core.db import db
from shop.core.ids import token_digest
from shop.core.transaction import transaction
from shop.exhibitions.actions.publishing import withdraw
from shop.exhibitions.models.rooms import Exhibit, Exhibition
from shop.exhibitions.queries import standing
from shop.visits.actions import keeping
from shop.visits.jobs import forget_old_visits
from shop.visits.models import KeptExhibit, Visit
from shop.visits.opening import Opening, opening_on
from shop.visits.route import STARTS, Bearing, Start, bearing, way_round
from shop.workshops.models import Workshop
from tests.conftest import count_sql, new_client
from tests.exhibitions.factories import make_exhibition
from tests.factories import make_product, make_workshop
from tests.pages import Page, get, read, send

VISIT = "/vi/visit"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def keys(app: Flask) -> dict[str, str]:
    """The keys of the exhibits of an open exhibition, by their slugs."""
    with app.app_context(), transaction():
        workshop = make_workshop(
            map_x=33, map_y=61, opening_vi="Hằng ngày 8:00–17:00", opening_en="Daily 8:00–17:00"
        )
        make_exhibition(product=make_product(workshop), workshop=workshop)
        return {row.slug: row.key for row in db.session.scalars(select(Exhibit))}


def token(client: FlaskClient) -> str:
    return get(client, "/vi/orders/find").form("/find").values["csrf_token"]


def keep(client: FlaskClient, key: str, **headers: str) -> Page:
    data = {"csrf_token": token(client), "exhibit": key, "next": "/vi/gallery#keep-x"}
    return read(client.post(f"{VISIT}/objects", data=data, headers=headers))


def post(client: FlaskClient, ending: str, **data: str) -> int:
    return client.post(f"{VISIT}{ending}", data={"csrf_token": token(client), **data}).status_code


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(KeptExhibit)) or 0


def shared_address(client: FlaskClient) -> str:
    assert post(client, "/link") == 303
    links = get(client, VISIT).links.values()
    return next(link for link in links if "/shared/" in link).removeprefix("http://127.0.0.1:8000")


class TestKeeping:
    def test_without_javascript_leads_back(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        data = {"csrf_token": token(client), "exhibit": keys["lo-cuc"], "next": "/vi/gallery#k"}
        answer = client.post(f"{VISIT}/objects", data=data)
        assert (answer.status_code, answer.location) == (303, "/vi/gallery#k")
        assert "Lọ cúc" in get(client, VISIT).text
        assert keep(client, keys["lo-cuc"]).status == 303
        assert kept(app) == 1

    def test_leads_nowhere_else(self, client: FlaskClient, keys: dict[str, str]) -> None:
        data = {"csrf_token": token(client), "exhibit": keys["lo-cuc"], "next": "//evil.example"}
        assert client.post(f"{VISIT}/objects", data=data).location == VISIT

    def test_with_htmx_swaps_the_button_and_brings_the_count(
        self, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        page = keep(client, keys["lo-cuc"], **HTMX)
        assert 'aria-pressed="true"' in page.html
        assert 'id="visit-link" hx-swap-oob="true"' in page.html
        form = page.form("/removal")
        gone = read(client.post(form.action, data=form.values, headers=HTMX))
        assert 'aria-pressed="false"' in gone.html
        assert gone.has_form("/objects")

    def test_keeps_only_a_digest_of_the_cookie(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        data = {"csrf_token": token(client), "exhibit": keys["lo-cuc"]}
        answer = client.post(f"{VISIT}/objects", data=data)
        cookie = next(
            c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-visit=")
        )
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Max-Age=15552000" in cookie
        with app.app_context():
            digest = db.session.scalars(select(Visit.token_digest)).one()
        assert digest == token_digest(cookie.split("=", 1)[1].split(";")[0])

    @pytest.mark.parametrize("key", ["unknown", ""])
    def test_what_is_not_on_show_cannot_be_kept(
        self, app: Flask, client: FlaskClient, keys: dict[str, str], key: str
    ) -> None:
        assert keep(client, key).status == (404 if key else 422)
        assert kept(app) == 0
        with app.app_context():
            assert db.session.scalar(select(Visit.id)) is None

    def test_there_is_an_end_to_it(
        self, client: FlaskClient, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "MOST_KEPT", 1)
        keep(client, keys["lo-cuc"])
        assert keep(client, keys["am-truc"]).status == 409


class TestList:
    def test_nothing_kept_leads_to_the_gallery(self, client: FlaskClient) -> None:
        assert "/vi/gallery" in get(client, VISIT).links.values()

    def test_a_note_is_kept_and_a_long_one_refused_with_what_was_typed(
        self, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        page = get(client, VISIT)
        assert send(client, page, "/note", note="Hỏi giá\nở xưởng").status_code == 303
        assert "Hỏi giá" in get(client, VISIT).text
        refused = read(send(client, page, "/note", note="x" * 501))
        assert refused.status == 422
        assert refused.form("/note").values["note"] == "x" * 501
        assert "-error" in refused.html

    def test_what_is_off_show_stays_listed_as_such(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        with app.app_context(), transaction():
            withdraw(db.session.scalars(select(Exhibition)).one(), by=None, at=clock.now())
        page = get(client, VISIT)
        assert "Lọ cúc" in page.text
        assert "Không còn trưng bày" in page.text
        assert not any("lo-cuc" in link for link in page.links.values())

    @pytest.mark.parametrize("ending", ["/objects/{key}/removal", "/objects/{key}/note"])
    def test_another_browser_changes_nothing(
        self, app: Flask, client: FlaskClient, keys: dict[str, str], ending: str
    ) -> None:
        keep(client, keys["lo-cuc"])
        stranger = new_client(app)
        path = ending.format(key=keys["lo-cuc"])
        assert post(stranger, path, note="x") == 404
        keep(stranger, keys["am-truc"])
        assert post(stranger, path, note="x") == 404
        assert post(client, ending.format(key="unknown"), note="x") == 404
        assert "Lọ cúc" in get(client, VISIT).text

    @pytest.mark.parametrize("ending", ["/link", "/link/closing", "/erasure"])
    def test_without_a_visit_there_is_nothing_to_change(
        self, client: FlaskClient, ending: str
    ) -> None:
        assert post(client, ending) == 404
        assert client.get(VISIT + ending).location == VISIT

    def test_costs_few_statements(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        for key in keys.values():
            keep(client, key)
        with app.app_context():
            list(standing(clock.now()))
        with count_sql(app) as sent:
            client.get(VISIT)
        assert len(sent) <= 4, sent.texts

    def test_is_erased_with_all_that_is_in_it(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        address = shared_address(client)
        assert post(client, "/erasure") == 303
        assert kept(app) == 0
        assert client.get(address).status_code == 404
        assert client.get_cookie("__Host-visit") is None


class TestSharing:
    def test_others_read_and_change_nothing(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        address = shared_address(client)
        page = get(new_client(app), address)
        assert "Lọ cúc" in page.text
        assert not [form for form in page.forms if form.method == "post"]
        answer = client.get(address)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        cookie = client.get_cookie("__Host-visit")
        assert cookie
        assert cookie.value not in address

    def test_a_closed_link_opens_nothing_and_the_next_is_another(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        first = shared_address(client)
        assert shared_address(client) == first
        assert post(client, "/link/closing") == 303
        for path in (first, f"{first}/route", f"{VISIT}/shared/none"):
            assert new_client(app).get(path).status_code == 404
        assert shared_address(client) != first

    def test_the_paper_leads_back(self, client: FlaskClient, keys: dict[str, str]) -> None:
        keep(client, keys["binh-sen"])
        assert 'class="qr"' not in get(client, f"{VISIT}/print").html
        address = shared_address(client)
        page = get(client, f"{VISIT}/print")
        assert address in page.text
        assert 'class="qr"' in page.html
        assert "/p/" in page.text


class TestForgetting:
    def test_after_180_days_without_use(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["lo-cuc"])
        for days, left in ((179, 1), (181, 0)):
            with app.app_context(), transaction():
                db.session.execute(update(Visit).values(used_at=clock.now() - timedelta(days=days)))
            forget_old_visits.call_local()
            assert kept(app) == left

    def test_to_look_is_to_use(self, app: Flask, client: FlaskClient, keys: dict[str, str]) -> None:
        keep(client, keys["lo-cuc"])
        with app.app_context(), transaction():
            db.session.execute(update(Visit).values(used_at=clock.now() - timedelta(days=100)))
        client.get(VISIT)
        with app.app_context():
            used = db.session.scalars(select(Visit.used_at)).one()
        assert clock.now() - used < timedelta(minutes=1)


class TestRoute:
    def test_leads_to_the_workshop_of_what_was_kept(
        self, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        for key in keys.values():
            keep(client, key)
        page = get(client, f"{VISIT}/route?from=landing")
        assert "/vi/workshops/net-lam" in page.links.values()
        assert 'points="62,560 264,610"' in page.html
        assert "Lọ cúc" in page.text
        assert get(client, f"{VISIT}/route?from=nowhere").status == 200

    def test_leaves_out_who_is_closed_and_says_so(
        self, app: Flask, client: FlaskClient, keys: dict[str, str]
    ) -> None:
        keep(client, keys["binh-sen"])
        other = DAY_NAMES[(clock.today_in_hanoi().weekday() + 1) % 7]
        with app.app_context(), transaction():
            db.session.execute(update(Workshop).values(opening_vi=f"{other}, 8:00–17:00"))
        page = get(client, f"{VISIT}/route")
        assert "polyline" not in page.html
        assert "Hôm nay nghỉ" in page.text

    def test_goes_on_to_the_nearest(self) -> None:
        legs = way_round((0.0, 0.0), [("far", 0.0, 90.0), ("near", 10.0, 0.0), ("mid", 40.0, 0.0)])
        assert [leg.slug for leg in legs] == ["near", "mid", "far"]
        assert [leg.bearing for leg in legs] == [Bearing.EAST, Bearing.EAST, Bearing.SOUTH_WEST]
        assert way_round(STARTS[Start.MARKET], []) == []

    @pytest.mark.parametrize(
        ("end", "expected"), [((0, -5), "n"), ((5, 5), "se"), ((-5, 0), "w"), ((-5, -5), "nw")]
    )
    def test_north_is_above(self, end: tuple[float, float], expected: str) -> None:
        assert bearing((0.0, 0.0), end).value == expected


DAY_NAMES = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day).weekday() for day in (22, 23, 24))


@pytest.mark.parametrize(
    ("text", "weekday", "expected"),
    [
        ("Hằng ngày 8:00–18:00, nghỉ trưa", SUNDAY, Opening.OPEN),
        ("Thứ Ba đến Chủ nhật, 9:00–17:00", SUNDAY, Opening.OPEN),
        ("Thứ Ba đến Chủ nhật, 9:00–17:00", MONDAY, Opening.CLOSED),
        ("Thứ Hai đến thứ Bảy, 8:00; Chủ nhật mở buổi sáng", SUNDAY, Opening.UNSURE),
        ("Thứ Bảy đến thứ Hai, 8:00", MONDAY, Opening.OPEN),
        ("Thứ Bảy đến thứ Hai, 8:00", TUESDAY, Opening.CLOSED),
        ("Thứ Hai, thứ Ba và Chủ nhật 8:00", TUESDAY, Opening.OPEN),
        ("Chủ nhật, 8:00–12:00", MONDAY, Opening.CLOSED),
        ("Gọi trước khi đến", MONDAY, Opening.UNSURE),
        ("", MONDAY, Opening.UNSURE),
    ],
)
def test_opening_hours_are_read_as_far_as_they_can_be(
    text: str, weekday: int, expected: Opening
) -> None:
    assert opening_on(text, weekday) is expected
