"""What a room takes along: all its pages need, nothing personal, and how much it is."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.models.editions import Placard
from shop.media.current import media_storage
from shop.media.models import Image
from shop.media.storage import original_key
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition
from tests.pages import get

ROOM = f"/vi/gallery/{EXHIBITION}/{ROOMS[0]}"
PICTURE = b"not really a picture"


@pytest.fixture(autouse=True)
def exhibition(app: Flask) -> None:
    with app.app_context(), transaction():
        make_exhibition()
        for image in db.session.query(Image):
            media_storage().put(original_key(image.public_id), PICTURE)


def test_holds_its_pages_and_all_they_need(client: FlaskClient) -> None:
    pack = client.get(f"{ROOM}/pack.json").json
    assert pack
    assert pack["pages"] == [ROOM, f"{ROOM}/binh-sen", f"{ROOM}/lo-cuc", "/vi/gallery/saved"]
    files = pack["files"]
    for part in ("css/base", "css/gallery", "js/offline", "js/gallery", "vietnamese-400", "htmx"):
        assert any(part in url for url in files), part
    assert not any(part in url for url in files for part in ("pannellum", "model-viewer"))
    assert sum(url.startswith("/media/") for url in files) == 5
    for url in pack["pages"] + files:
        answer = client.get(url)
        assert answer.status_code == 200, url
        answer.close()


def test_says_how_much_it_is(client: FlaskClient) -> None:
    pack = client.get(f"{ROOM}/pack.json").json
    other = client.get(f"/vi/gallery/{EXHIBITION}/{ROOMS[1]}/pack.json").json
    assert pack
    assert other
    pages = sum(len(client.get(url).data) for url in pack["pages"])
    assert pages < pack["bytes"] < pages + 600_000
    assert other["bytes"] < pack["bytes"]


def test_leads_from_placards_to_its_pages(app: Flask, client: FlaskClient) -> None:
    pack = client.get(f"{ROOM}/pack.json").json
    assert pack
    with app.app_context():
        code = db.session.query(Placard.code).filter_by(number=11).scalar()
    assert pack["placards"][code] == pack["numbers"]["11"] == f"{ROOM}/binh-sen"
    assert set(pack["numbers"]) == {"11", "12"}


def test_is_another_when_the_language_is(client: FlaskClient) -> None:
    revisions = {
        language: client.get(ROOM.replace("/vi/", f"/{language}/") + "/pack.json").json["revision"]  # type: ignore[index]
        for language in ("vi", "en")
    }
    assert revisions["vi"] != revisions["en"]
    assert client.get(f"{ROOM}/pack.json").json["revision"] == revisions["vi"]  # type: ignore[index]


@pytest.mark.parametrize("path", [f"{EXHIBITION}/unknown", "unknown/phong-mot"])
def test_of_no_room_there_is_none(client: FlaskClient, path: str) -> None:
    assert client.get(f"/vi/gallery/{path}/pack.json").status_code == 404


def test_the_worker_answers_for_the_whole_site_and_is_asked_for_anew(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.text.startswith("const VERSION = ")


def test_a_room_offers_it_and_a_copy_says_that_it_is_one(client: FlaskClient) -> None:
    page = get(client, ROOM)
    assert f'data-pack="{ROOM}/pack.json"' in page.html
    assert 'id="saved-copy" hidden' in page.html
    assert "saved-rooms" in get(client, "/vi/gallery/saved").html
