"""Health, readiness, robots.txt, the sitemap and the icon."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shop.catalogue.models import ProductStatus
from shop.core.db import db
from shop.heritage.models import TermKind
from shop.pages.views import machines
from tests.conftest import count_sql
from tests.factories import make_person, make_product, make_term, make_workshop, sign_in

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_health_asks_nothing_of_the_database(app: Flask, client: FlaskClient) -> None:
    with count_sql(app) as sent:
        response = client.get("/healthz")
    assert (response.status_code, response.json, len(sent)) == (200, {"status": "ok"}, 0)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml"])
def test_machines_are_not_asked_who_they_are(app: Flask, client: FlaskClient, path: str) -> None:
    with app.app_context():
        sign_in(client, make_person())
    with count_sql(app) as sent:
        assert client.get(path).status_code == 200
    assert not [text for text in sent.texts if "person" in text]


def test_ready_when_the_migrations_have_run(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_not_ready_with_tables_of_another_time(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        before = db.session.scalar(text("select version_num from alembic_version"))
        db.session.execute(text("update alembic_version set version_num = '0000'"))
        db.session.commit()
    try:
        response = client.get("/readyz")
    finally:
        with app.app_context():
            db.session.execute(
                text("update alembic_version set version_num = :was"), {"was": before}
            )
            db.session.commit()
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "reason": "migrations"}


def test_not_ready_without_a_database(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise OperationalError("select 1", {}, Exception("no server"))

    monkeypatch.setattr(machines, "tables_are_current", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "reason": "database"}
    assert "no server" not in response.text


def test_robots_may_read_the_shop_but_not_the_basket(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    lines = response.text.splitlines()
    assert "Disallow: /vi/basket" in lines
    assert "Disallow: /en/checkout" in lines
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines


@pytest.mark.parametrize("pieces", [1, 30])
def test_the_sitemap_names_every_page_in_both_languages(
    app: Flask, client: FlaskClient, pieces: int
) -> None:
    with app.app_context():
        workshop = make_workshop()
        for number in range(pieces):
            make_product(workshop, f"piece-{number}")
        make_product(workshop, "draft", status=ProductStatus.DRAFT)
        db.session.commit()
    with count_sql(app) as sent:
        response = client.get("/sitemap.xml")
    assert len(sent) == 5, sent.texts
    assert response.mimetype == "application/xml"
    root = ET.fromstring(response.text)  # noqa: S314 (our own words)
    pages = {url.findtext(f"{SITEMAP}loc"): url for url in root}
    base = "http://127.0.0.1:8000"
    for path in ("/", "/ceramics", "/workshops", "/workshops/net-lam", "/delivery", "/privacy"):
        assert f"{base}/vi{path}" in pages
        assert f"{base}/en{path}" in pages
    for path in ("", "/making", "/timeline", "/glossary", "/glaze/hoa-lam", "/form/binh"):
        assert f"{base}/en/craft{path}" in pages
    piece = pages[f"{base}/en/ceramics/piece-0"]
    assert piece.findtext(f"{SITEMAP}lastmod") == "2026-11-20"
    others = {link.get("hreflang"): link.get("href") for link in piece.iter(f"{XHTML}link")}
    assert others == {
        "vi": f"{base}/vi/ceramics/piece-0",
        "en": f"{base}/en/ceramics/piece-0",
    }
    assert f"{base}/vi/ceramics/draft" not in pages


def test_every_address_in_the_sitemap_is_there(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_product(make_workshop(), "vase")
        make_term(TermKind.WORD, "con-ke", "Con kê", "Prop")
        db.session.commit()
    root = ET.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 (our own words)
    for url in root:
        address = url.findtext(f"{SITEMAP}loc") or ""
        path = address.removeprefix("http://127.0.0.1:8000")
        assert client.get(path).status_code == 200, path


def test_the_icon(client: FlaskClient) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    with client.get(response.headers["Location"]) as icon:
        assert icon.mimetype == "image/svg+xml"
