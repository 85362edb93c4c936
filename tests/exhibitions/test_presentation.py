"""What other people's viewers are given: manifests, collections, notes to search, frames."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.publishing import withdraw
from shop.exhibitions.models.rooms import Exhibit, Exhibition
from shop.media.models import Image
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition

REQUIRED = {
    # Presentation API 3.0, section 3 and appendix A: what each class must have.
    "Collection": {"@context", "id", "type", "label", "items"},
    "Manifest": {"@context", "id", "type", "label", "items"},
    "Canvas": {"id", "type", "items", "width", "height"},
    "AnnotationPage": {"id", "type", "items"},
    "Annotation": {"id", "type", "motivation", "target", "body"},
}


@pytest.fixture
def key(app: Flask) -> str:
    """The key of the lotus vase, in an exhibition that is open; its front is cut into tiles."""
    with app.app_context(), transaction():
        make_exhibition()
        for image in db.session.query(Image):
            image.tiles_at = datetime(2026, 11, 24, tzinfo=UTC)
        return db.session.query(Exhibit).filter_by(slug="binh-sen").one().key


def fetched(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    data: dict[str, Any] = json.loads(answer.get_data(as_text=True))
    return data


def refuse_incomplete(data: dict[str, Any]) -> None:
    """Fail where a class lacks what it must have; members that only refer need less."""
    assert REQUIRED[data["type"]] <= data.keys()
    if data["type"] == "Collection":
        assert all({"id", "type", "label"} <= member.keys() for member in data["items"])
        return
    parts = [*data.get("items", ()), *data.get("annotations", ())]
    for part in parts:
        refuse_incomplete(part)


def path_of(app: Flask, address: str) -> str:
    public = str(app.config["SHOP"].public_url)
    assert address.startswith(public)
    return address[len(public) :]


def everything(app: Flask, client: FlaskClient, address: str) -> Iterator[dict[str, Any]]:
    """A collection and whatever it leads to, each fetched from its own id."""
    data = fetched(client, path_of(app, address))
    assert data["id"] == address
    yield data
    for member in data["items"] if data["type"] == "Collection" else ():
        yield from everything(app, client, member["id"])


def test_the_collection_leads_to_every_object_and_all_of_it_is_valid(
    app: Flask, client: FlaskClient, key: str
) -> None:
    whole = list(everything(app, client, f"{app.config['SHOP'].public_url}/iiif/collection"))
    assert [data["type"] for data in whole] == [
        *("Collection", "Collection", "Collection", "Manifest", "Manifest"),
        *("Collection", "Manifest"),
    ]
    for data in whole:
        refuse_incomplete(data)
        assert data["label"]["vi"]
        assert data["label"]["en"]


def test_a_canvas_is_painted_with_the_picture_and_the_notes_lie_upon_it(
    app: Flask, client: FlaskClient, key: str
) -> None:
    """Rules of Presentation 3.0 that validators let pass: ids without #, motivation and target."""
    manifest = fetched(client, f"/iiif/object/{key}/manifest")
    (canvas,) = manifest["items"]
    assert (canvas["width"], canvas["height"]) == (1200, 1500)
    (page,), (notes,) = canvas["items"], canvas["annotations"]
    (painting,), (note,) = page["items"], notes["items"]
    assert painting["motivation"] == "painting"
    assert painting["target"] == canvas["id"]
    assert note["motivation"] == "commenting"
    assert note["target"] == f"{canvas['id']}#xywh=360,600,240,150"
    assert {body["language"]: body["value"] for body in note["body"]} == {
        "vi": "Cánh sen. Nét bút dừng ở đây.",
        "en": "A petal. The brush stopped here.",
    }
    ids = [each["id"] for each in (manifest, canvas, page, painting, notes, note)]
    assert len(set(ids)) == len(ids)
    assert all("#" not in each for each in ids)
    (service,) = painting["body"]["service"]
    assert service["type"] == "ImageService3"
    assert not service["id"].endswith("/")


def test_a_manifest_says_rights_credit_and_that_it_is_a_rendering(
    client: FlaskClient, key: str
) -> None:
    manifest = fetched(client, f"/iiif/object/{key}/manifest")
    assert manifest["rights"] == "http://creativecommons.org/licenses/by/4.0/"
    assert manifest["requiredStatement"]["value"]["vi"] == ["Bản dựng, làng Bát Tràng"]
    told = {each["label"]["en"][0]: each["value"] for each in manifest["metadata"]}
    assert told["Size (height × width × depth)"]["en"] == [
        "40\N{NO-BREAK SPACE}cm × 26\N{NO-BREAK SPACE}cm × 26\N{NO-BREAK SPACE}cm"
    ]
    assert told["Nature of the pictures"]["en"] == ["A computer rendering, not a photograph"]
    assert told["Source"] == {"none": ["Sách thử"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [("canh sen", 1), ("BRUSH petal", 1), ("cánh brush", 0), ("", 0), ("men", 0)],
)
def test_notes_are_found_by_all_their_words_in_one_language(
    client: FlaskClient, key: str, query: str, found: int
) -> None:
    for path in (f"/iiif/object/{key}/search", f"/iiif/exhibition/{EXHIBITION}/search"):
        answer = client.get(path, query_string={"q": query, "user": "somebody"})
        data = answer.get_json(force=True)
        assert data["type"] == "AnnotationPage"
        assert data["ignored"] == ["user"]
        assert len(data["items"]) == found


def test_what_is_not_on_show_is_not_given(app: Flask, client: FlaskClient, key: str) -> None:
    paths = [
        f"/iiif/object/{key}/manifest",
        f"/iiif/object/{key}/search?q=sen",
        f"/iiif/exhibition/{EXHIBITION}/collection",
        f"/iiif/exhibition/{EXHIBITION}/{ROOMS[0]}/collection",
        f"/iiif/exhibition/{EXHIBITION}/search?q=sen",
        f"/embed/{key}",
        f"/oembed?url={app.config['SHOP'].public_url}/embed/{key}",
    ]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    with app.app_context(), transaction():
        withdraw(db.session.query(Exhibition).one(), by=None, at=clock.now())
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert client.get(f"/iiif/exhibition/{EXHIBITION}/nowhere/collection").status_code == 404
    assert fetched(client, "/iiif/collection")["items"] == []


def test_a_frame_may_stand_anywhere_and_the_site_itself_nowhere(
    client: FlaskClient, key: str
) -> None:
    frame = client.get(f"/embed/{key}?language=en")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "Lotus vase" in frame.get_data(as_text=True)
    page = client.get(f"/en/gallery/{EXHIBITION}/{ROOMS[0]}/binh-sen")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_oembed_finds_an_object_by_any_of_its_addresses(
    app: Flask, client: FlaskClient, key: str
) -> None:
    public = app.config["SHOP"].public_url
    own = f"{public}/en/gallery/{EXHIBITION}/{ROOMS[0]}/binh-sen"
    for address in (own, f"{public}/gallery/o/{key}", f"{public}/embed/{key}"):
        card = fetched(client, f"/oembed?url={address}&maxwidth=300")
        assert card["type"] == "rich"
        assert card["width"] == 300
        assert f'src="{public}/embed/{key}?language=' in card["html"]
    assert fetched(client, f"/oembed?url={own}")["title"] == "Lotus vase"
    page = client.get(f"/en/gallery/{EXHIBITION}/{ROOMS[0]}/binh-sen").get_data(as_text=True)
    assert 'type="application/json+oembed"' in page


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("url=https://example.com/en/gallery/a/b/c", 404),
        ("url={public}/en/gallery/none/none/none", 404),
        ("url={public}/en/products", 404),
        ("url=", 404),
        ("url={public}/vi/gallery&format=xml", 501),
    ],
)
def test_oembed_refuses_what_is_no_object_of_ours(
    app: Flask, client: FlaskClient, key: str, asked: str, status: int
) -> None:
    query = asked.format(public=app.config["SHOP"].public_url)
    assert client.get(f"/oembed?{query}").status_code == status
