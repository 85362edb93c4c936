"""The gallery's pages as a visitor meets them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalogue.queries.craft import cards_made_alike
from shop.core import clock
from shop.core.db import db
from shop.exhibitions.actions.publishing import withdraw
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.queries import published, standing
from shop.heritage.models import TermKind
from tests.conftest import count_sql
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition
from tests.factories import make_model, make_product, make_term, make_workshop
from tests.pages import Page, get, send

HERE = f"/vi/gallery/{EXHIBITION}"
ROOM = f"{HERE}/{ROOMS[0]}"
OBJECT = f"{ROOM}/binh-sen"


@pytest.fixture
def gallery(app: Flask) -> str:
    """The small exhibition, open; the key of its draft's link."""
    with app.app_context():
        workshop = make_workshop(map_x=30, map_y=40)
        product = make_product(workshop)
        exhibition = make_exhibition(product=product, model=make_model(), workshop=workshop)
        db.session.commit()
        return exhibition.preview_key


def scripts_of(page: Page) -> set[str]:
    """The modules of ours that a page runs."""
    return set(re.findall(r'import "shop/(\w+)"', page.html))


def linked_data(page: Page, kind: str) -> dict[str, object]:
    found = re.findall(r"<script type=\"application/ld\+json\"[^>]*>(.*?)</script>", page.html)
    (data,) = (each for each in map(json.loads, found) if each["@type"] == kind)
    return dict(data)


def key_of(app: Flask, slug: str) -> str:
    with app.app_context():
        return next(each.exhibit.key for each in standing(clock.now()) if each.exhibit.slug == slug)


def test_the_entrance_lists_what_is_open(client: FlaskClient, gallery: str) -> None:
    page = get(client, "/vi/gallery")
    assert page.links["Nét lam đầu tiên"] == HERE
    assert page.links["1 Phòng một"] == ROOM
    assert "2 phòng, 3 hiện vật" in page.text
    assert get(client, "/en/gallery").links["The first stroke of blue"] == f"/en{HERE[3:]}"
    assert client.get("/gallery").headers["Location"] == "/en/gallery"


def test_nothing_open_is_said(client: FlaskClient) -> None:
    assert "Hiện chưa có trưng bày nào mở" in get(client, "/vi/gallery").text


def test_the_exhibition_names_its_rooms_curator_and_days(client: FlaskClient, gallery: str) -> None:
    page = get(client, HERE)
    assert page.headings == ["Nét lam đầu tiên"]
    for text in ("Chuyện màu lam.", "Ban biên tập", "chưa định ngày đóng"):
        assert text in page.text
    assert linked_data(page, "ExhibitionEvent")["name"] == "Nét lam đầu tiên"


def test_a_room_is_a_place_and_a_page_to_read(client: FlaskClient, gallery: str) -> None:
    page = get(client, ROOM)
    assert page.headings == ["Phòng một"]
    first_picture = page.html.index("<img")
    assert 'fetchpriority="high"' in page.html[first_picture : first_picture + 400]
    assert 'data-yaw="-40.0"' in page.html, "the places are an ordinary list"
    assert page.links["11 Bình sen"] == OBJECT
    assert page.links["Phòng sau Phòng hai"] == f"{HERE}/{ROOMS[1]}"
    for kind in ("prose", "quotation", "timeline", "map", "comparison", "slider", "making"):
        assert f"Mục {kind}" in page.text
    assert page.text.index("Lời của mục prose") < page.html.index("Lọ cúc")
    assert "Sử chép tên làng." in page.text
    assert page.links["1. Xưởng Nét Lam Gốm hoa lam"] == "/vi/workshops/net-lam"
    assert scripts_of(page) == {"page", "gallery", "offline", "walk", "zoom"}
    assert "pannellum.js" not in re.sub(r"<script type=\"importmap\".*?</script>", "", page.html)


@pytest.mark.parametrize("path", [ROOM, OBJECT])
def test_the_picture_a_page_opens_with_comes_before_styles_and_letters(
    client: FlaskClient, gallery: str, path: str
) -> None:
    head = get(client, path).html.partition("</head>")[0]
    preloads = re.findall(r'<link rel="preload"[^>]*>', head)
    assert len(preloads) == 1, "fonts are not preloaded here"
    assert 'as="image"' in preloads[0]
    assert 'fetchpriority="high"' in preloads[0]
    assert head.index(preloads[0]) < head.index('rel="stylesheet"')
    assert 'as="font"' in get(client, HERE).html


def test_an_object_says_what_it_is_and_who_makes_its_like(
    app: Flask, client: FlaskClient, gallery: str
) -> None:
    page = get(client, OBJECT)
    assert page.headings == ["Bình sen"]
    for text in ("Bình sen đứng ở đây.", "Bản dựng 2026", "Cao 40 cm, rộng 26 cm", "CC BY 4.0"):
        assert text in page.text
    assert '<circle cx="40.0%" cy="45.0%"' in page.html, "the pin is in its region's middle"
    assert page.links["Men Hoa lam"] == "/vi/craft/glaze/hoa-lam"
    assert f"/vi/ceramics/binh-sen-day?exhibition={EXHIBITION}" in page.links.values()
    assert page.links["12 Lọ cúc"] == f"{ROOM}/lo-cuc"
    assert f"http://127.0.0.1:8000/gallery/o/{key_of(app, 'binh-sen')}" in page.text
    artwork = linked_data(page, "VisualArtwork")
    assert artwork["height"] == {"@type": "QuantitativeValue", "value": 40.0, "unitCode": "CMT"}
    assert artwork["license"] == "http://creativecommons.org/licenses/by/4.0/"
    assert 'property="og:image"' in page.html
    assert 'download="binh-sen.webp"' in page.html


def test_no_piece_to_be_had_is_said(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_exhibition()
        make_product(make_workshop(), stock=0)
        db.session.commit()
    assert "không xưởng nào còn món cùng loại" in get(client, OBJECT).text


@pytest.mark.parametrize(
    "path",
    [
        "/vi/gallery/khong-co",
        f"{HERE}/khong-co",
        f"{ROOM}/khong-co",
        f"{HERE}/{ROOMS[1]}/binh-sen",
        "/vi/gallery/preview/khong-co",
        "/vi/gallery/preview/khong-co/phong-mot",
        "/gallery/o/khong-co",
    ],
)
def test_what_is_not_there_is_missing(client: FlaskClient, gallery: str, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_was_withdrawn_is_gone_but_for_its_link(
    app: Flask, client: FlaskClient, gallery: str
) -> None:
    key = key_of(app, "binh-sen")
    with app.app_context():
        withdraw(db.session.query(Exhibition).one(), by=None, at=clock.now())
        db.session.commit()
    for path in (HERE, ROOM, OBJECT, f"/gallery/o/{key}"):
        assert client.get(path).status_code == 404, path
    start = f"/vi/gallery/preview/{gallery}"
    for path in (start, f"{start}/{ROOMS[0]}", f"{start}/{ROOMS[0]}/binh-sen"):
        response = client.get(path)
        page = get(client, path)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert 'content="noindex"' in page.html
        assert 'rel="canonical"' not in page.html
        assert "Bản nháp" in page.text
        assert not [link for link in page.links.values() if link.startswith(HERE)]


def test_the_lasting_address_leads_to_the_object(
    app: Flask, client: FlaskClient, gallery: str
) -> None:
    address = f"/gallery/o/{key_of(app, 'binh-sen')}"
    response = client.get(address, headers={"Accept-Language": "en"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/en{OBJECT[3:]}")


@pytest.mark.parametrize("typed", ["11", " 11 "])
def test_a_stop_number_leads_to_its_exhibit(client: FlaskClient, gallery: str, typed: str) -> None:
    response = client.get("/vi/gallery/stop", query_string={"number": typed})
    assert (response.status_code, response.headers["Location"]) == (302, OBJECT)


@pytest.mark.parametrize("typed", ["99", "xyz", "", "1" * 90, "-1", "<b>"])
def test_a_wrong_number_offers_search_and_rooms(
    client: FlaskClient, gallery: str, typed: str
) -> None:
    page = get(client, f"/vi/gallery/stop?number={typed}")
    assert page.status == 422
    assert page.links["1 Phòng một"] == ROOM
    assert 'name="q"' in page.html
    assert page.forms[1].values["number"] == typed.strip()[:100]


@pytest.mark.parametrize(("typed", "found"), [("binh sen", 1), ("LỌ", 1), ("hoa lam", 3), ("x", 0)])
def test_exhibits_are_found_without_their_marks(
    client: FlaskClient, gallery: str, typed: str, found: int
) -> None:
    page = get(client, f"/vi/gallery/search?q={typed}")
    assert page.html.count('class="object"') == found


def test_the_chosen_way_of_telling_is_remembered(client: FlaskClient, gallery: str) -> None:
    page = get(client, ROOM)
    assert "Gồm hai đoạn." in page.text
    response = send(client, page, "/gallery/format", format="simple")
    assert response.headers["Location"] == f"{ROOM}#read"
    assert "Lời dễ hiểu của Phòng một." in get(client, ROOM).text
    assert "Gồm hai đoạn." not in get(client, ROOM).text
    assert "Lời dễ hiểu của Bình sen." in get(client, OBJECT).text


@pytest.mark.parametrize(
    ("chosen", "onward", "status", "where"),
    [
        ("dance", ROOM, 422, None),
        ("listen", "https://elsewhere.example/", 303, "/vi/gallery"),
        ("listen", "//elsewhere.example", 303, "/vi/gallery"),
    ],
)
def test_a_way_of_telling_leads_nowhere_else(
    client: FlaskClient, gallery: str, chosen: str, onward: str, status: int, where: str | None
) -> None:
    page = get(client, ROOM)
    response = send(client, page, "/gallery/format", format=chosen, next=onward)
    assert (response.status_code, response.headers.get("Location")) == (status, where)


def test_pages_send_few_statements(app: Flask, client: FlaskClient, gallery: str) -> None:
    for path, most in (("/vi/gallery", 2), (HERE, 2), (ROOM, 4), (OBJECT, 4)):
        client.get(path)
        with count_sql(app) as sent:
            client.get(path)
        assert len(sent) <= most, (path, sent.texts)


def test_machines_are_told_of_rooms_and_objects(client: FlaskClient, gallery: str) -> None:
    text = client.get("/sitemap.xml").text
    for path in ("/vi/gallery", HERE, ROOM, OBJECT):
        assert f"<loc>http://127.0.0.1:8000{path}</loc>" in text


def test_an_exhibition_opens_at_its_time(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_exhibition(at=clock.now() + timedelta(hours=1))
        db.session.commit()
        assert published(clock.now()) == []
    assert client.get(HERE).status_code == 404


def test_what_is_of_a_kiln_alone_names_what_is_fired_in_it(context: Flask) -> None:
    kiln = make_term(TermKind.KILN, "lo-bau", "Lò bầu", "Climbing kiln")
    workshop = make_workshop()
    make_product(workshop, "binh-lo-bau", kiln_id=kiln.id)
    make_product(workshop, "binh-khac")
    found = cards_made_alike([(TermKind.KILN, "lo-bau"), (TermKind.WORD, "xuong")], None, 4)
    assert [card.slug for card in found] == ["binh-lo-bau"]
    assert cards_made_alike([(TermKind.WORD, "xuong")], None, 4) == []
