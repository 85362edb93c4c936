"""The list of workshops and the page of one."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core.db import db
from shop.workshops.models import Maker, SellerKind
from tests.conftest import count_sql
from tests.factories import make_image, make_product, make_workshop
from tests.pages import get


def test_workshops_stand_in_vietnamese_order_with_their_pieces(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        for slug, name in (("z", "Đông Lò"), ("y", "Dã Tràng"), ("x", "Ấm Đất"), ("w", "Én")):
            make_workshop(slug, name)
        busy = make_workshop("v", "Sứ")
        make_product(busy, "one")
        make_product(busy, "two")
        make_workshop("u", "Xa", is_open=False)
        db.session.commit()
    page = get(client, "/en/workshops")
    order = [path.rsplit("/", 1)[1] for path in page.links.values() if "/workshops/" in path]
    assert order == ["x", "y", "z", "w", "v", "u"]
    assert "2 pieces" in page.text
    assert "Takes no orders just now" in page.text


def test_an_empty_village_says_so(client: FlaskClient) -> None:
    assert "No workshop has moved in yet" in get(client, "/en/workshops").text


def test_a_workshop_says_who_sells_and_how_to_reach_them(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        workshop = make_workshop(
            tax_id="DEMO-NETLAM-01",
            seller_kind=SellerKind.COMPANY,
            founded_year=1991,
            is_demonstration=True,
            opening_en="Monday to Saturday",
            mark_id=make_image().id,
        )
        db.session.add(
            Maker(workshop_id=workshop.id, name="Tô Thị Lan", craft_vi="Vẽ", craft_en="Painting")
        )
        make_product(workshop, "vase")
        db.session.commit()
    page = get(client, "/en/workshops/net-lam")
    for words in (
        "Demonstration: this workshop and its people are invented",
        "company",
        "DEMO-NETLAM-01",
        "Xóm 3, Xã Bát Tràng, Thành phố Hà Nội",
        "net-lam@example.vn",
        "Monday to Saturday",
        "since 1991",
        "Tô Thị Lan",
        "Painting",
        "The workshop's story",
        "Blue and white lotus vase",
    ):
        assert words in page.text, words
    assert page.links["+84 900 000 001"] == "tel:+84900000001"
    (found,) = (
        data
        for data in map(json.loads, re.findall(r"ld\+json[^>]*>(.*?)</script>", page.html))
        if data["@type"] == "Organization"
    )
    assert found["taxID"] == "DEMO-NETLAM-01"
    assert found["address"]["addressLocality"] == "Xã Bát Tràng"
    assert found["logo"].startswith("http://127.0.0.1:8000/media/")


def test_a_real_workshop_is_not_called_a_demonstration(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_workshop(ward_code=None, tax_id="", phone=None)
        db.session.commit()
    page = get(client, "/en/workshops/net-lam")
    assert "Demonstration" not in page.text
    assert "Tax number" not in page.text
    assert "Nothing on sale just now" in page.text


@pytest.mark.parametrize("slug", ["not-here", "NET-LAM", "%00"])
def test_unknown_workshops(app: Flask, client: FlaskClient, slug: str) -> None:
    with app.app_context():
        make_workshop()
        db.session.commit()
    assert client.get(f"/vi/workshops/{slug}").status_code == 404


@pytest.mark.parametrize("size", [1, 20])
def test_pages_cost_the_same_however_much_is_on_them(
    app: Flask, client: FlaskClient, size: int
) -> None:
    with app.app_context():
        for number in range(size):
            workshop = make_workshop(f"w-{number}", f"Xưởng {number}", mark_id=make_image().id)
            make_product(workshop, f"piece-{number}")
        for number in range(size):
            make_product(workshop, f"more-{number}")
            db.session.add(
                Maker(workshop_id=workshop.id, name=f"Thợ {number}", craft_vi="", craft_en="")
            )
        db.session.commit()
    with count_sql(app) as listed:
        assert client.get("/vi/workshops").status_code == 200
    assert len(listed) == 3, listed.texts
    with count_sql(app) as one:
        assert client.get(f"/vi/workshops/w-{size - 1}").status_code == 200
    assert len(one) == 3, one.texts


def test_the_map_leads_to_every_workshop_that_has_a_place(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_workshop("net-lam", "Xưởng Nét Lam", map_x=33, map_y=61)
        make_workshop("ben-da", "Xưởng Bến Đá", map_x=17, map_y=47)
        make_workshop("ngo-ran", "Gốm Ngõ Rạn")
        db.session.commit()
    page = get(client, "/vi/workshops")
    [drawing] = re.findall(r"<svg viewBox=.*?</svg>", page.html, re.DOTALL)
    links = re.findall(r'<a href="/vi/workshops/([^"]+)" aria-label="([^"]+)"', drawing)
    assert links == [("ben-da", "2. Xưởng Bến Đá"), ("net-lam", "3. Xưởng Nét Lam")]
    assert '<circle class="seal" cx="264" cy="610"' in drawing
    assert "không theo tỷ lệ" in page.text
    for number, name in enumerate(("Gốm Ngõ Rạn", "Xưởng Bến Đá", "Xưởng Nét Lam"), start=1):
        assert f"{number}. {name}" in page.text


def test_a_village_without_places_has_no_map(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_workshop()
        db.session.commit()
    assert 'id="map"' not in get(client, "/en/workshops").html
    assert "Where it stands" not in get(client, "/en/workshops/net-lam").text


def test_the_list_says_whose_hands_when_and_since_when(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        workshop = make_workshop(founded_year=1991, opening_en="Daily 8:00–17:00")
        for position, name in enumerate(("Tô Thị Lan", "Hồ Văn Bình")):
            db.session.add(
                Maker(
                    workshop_id=workshop.id, name=name, craft_vi="", craft_en="", position=position
                )
            )
        db.session.commit()
    text = get(client, "/en/workshops").text
    for words in ("since 1991", "Hands: Tô Thị Lan, Hồ Văn Bình", "Open: Daily 8:00–17:00"):
        assert words in text


def test_a_workshop_shows_its_place_on_the_map(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_workshop(map_x=33, map_y=61)
        db.session.commit()
    page = get(client, "/en/workshops/net-lam")
    assert "Where it stands" in page.text
    assert '<circle class="seal" cx="264" cy="610"' in page.html
    assert 'href="/en/workshops#map"' in page.html
