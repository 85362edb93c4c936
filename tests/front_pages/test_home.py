"""The front page and the way to it."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalogue.models import Product, Supply
from shop.catalogue.queries.counts import GlazeCount
from shop.core.db import db
from shop.heritage.models import TermKind
from shop.pages.glaze_tiles import DARK_INK, LIGHT_INK, GlazeTile, contrast
from tests.conftest import count_sql
from tests.factories import make_cart, make_product, make_term, make_workshop, variant_of
from tests.pages import get


@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [
        (None, "", "vi"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "fr", "vi"),
        ("vi", "en", "vi"),
        ("en", "vi", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_bare_address_leads_to_the_visitors_language(
    client: FlaskClient, cookie: str | None, accepts: str, language: str
) -> None:
    if cookie:
        client.set_cookie("language", cookie, secure=True)
    response = client.get("/", headers={"Accept-Language": accepts})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_the_language_last_read_is_remembered(client: FlaskClient) -> None:
    first = client.get("/en/")
    (cookie,) = (c for c in first.headers.getlist("Set-Cookie") if c.startswith("language="))
    assert cookie.startswith("language=en;")
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/").headers["Location"] == "/en/"
    again = client.get("/en/workshops")
    assert not any(c.startswith("language=") for c in again.headers.getlist("Set-Cookie"))
    client.get("/vi/workshops")
    assert client.get("/").headers["Location"] == "/vi/"


def test_a_page_that_is_not_there_changes_no_preference(client: FlaskClient) -> None:
    assert "language=" not in str(client.get("/en/not-here").headers)


def test_new_pieces_glazes_and_workshops(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        workshop = make_workshop()
        for number in range(10):
            make_product(workshop, f"piece-{number}")
        make_product(workshop, "gone", supply=Supply.ONE_OF_A_KIND, stock=0)
        jade = make_term(
            TermKind.GLAZE, "men-ngoc", "Men ngọc", "Celadon", colour="#8fb49c", position=2
        )
        make_term(TermKind.GLAZE, "men-ran", "Men rạn", "Crackle")
        variant_of(make_product(workshop, "green")).glaze_id = jade.id
        db.session.commit()
    page = get(client, "/en/")
    assert len(set(re.findall(r"/en/ceramics/([\w-]+)", page.html))) == 8
    assert "/en/ceramics/gone" not in page.html
    assert "Here 1 workshop of Bát Tràng village sells what it makes." in page.text
    assert page.links["Celadon 1 piece"] == "/en/ceramics?glaze=men-ngoc"
    assert page.links["Cobalt blue 11 pieces"] == "/en/ceramics?glaze=hoa-lam"
    assert "Crackle" not in page.text, "nothing of it is on sale"
    assert '<rect width="1" height="1" fill="#8fb49c"/>' in page.html


def test_an_empty_village_still_has_a_front_page(client: FlaskClient) -> None:
    page = get(client, "/en/")
    assert page.headings == ["Made by hand, bought at the kiln"]
    assert "New from the kiln" not in page.text
    assert "0 workshops" not in page.text


def test_search_engines_learn_of_the_site_and_its_search(client: FlaskClient) -> None:
    html = client.get("/en/").text
    found = {
        data["@type"]: data
        for data in map(json.loads, re.findall(r"ld\+json[^>]*>(.*?)</script>", html))
    }
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://127.0.0.1:8000/en/ceramics?q={search_term_string}"
    assert found["Organization"]["url"] == "http://127.0.0.1:8000/en/"
    assert re.search(r'og:image" content="http://127.0.0.1:8000/static/img/hero-1200\.\w+\.', html)


@pytest.mark.parametrize("pieces", [1, 40])
def test_the_front_page_costs_six_statements(app: Flask, client: FlaskClient, pieces: int) -> None:
    with app.app_context():
        for number in range(pieces):
            make_product(make_workshop(f"w-{number}"), f"piece-{number}")
        _, token = make_cart((variant_of(db.session.query(Product).first()), 1))  # type: ignore[arg-type]
        db.session.commit()
    client.set_cookie("__Host-basket", token, domain="localhost", secure=True)
    with count_sql(app) as sent:
        assert client.get("/vi/").status_code == 200
    assert len(sent) == 6, sent.texts


@pytest.mark.parametrize(
    "colour",
    ["#2a45b8", "#8fb49c", "#cfc4ab", "#5a3220", "#55683f", "#e6dfcc", "#8a6a45", "#b77a4e", None],
)
def test_words_on_a_glaze_can_be_read(colour: str | None) -> None:
    tile = GlazeTile(GlazeCount("x", "x", "x", colour, 1))
    ink = {"light": LIGHT_INK, "dark": DARK_INK}[tile.ink]
    assert contrast(tile.colour, ink) >= 4.5


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
