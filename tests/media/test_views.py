"""Pictures over HTTP: cached for good, without cookie or SQL, and nothing for a wrong address."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Pixels

from shop.core import clock
from shop.core.db import db
from shop.media.actions import add_image, add_model
from shop.media.current import media_storage
from shop.media.glb.ingest import ingest_model
from shop.media.jobs import make_renditions
from shop.media.models import Image
from shop.media.pictures import ingest
from shop.media.storage import rendition_key
from tests.conftest import count_sql
from tests.factories import make_image, make_person, sign_in
from tests.glb_files import sound_model


def add_picture(width: int = 400, height: int = 500) -> int:
    file = BytesIO()
    Pixels.linear_gradient("L").resize((width, height)).save(file, "PNG")
    image = add_image(
        ingest(file.getvalue()), "Bình hoa lam", "A blue vase", storage=media_storage()
    )
    image_id = image.id
    db.session.commit()
    return image_id


@pytest.fixture
def public_id(context: Flask) -> str:
    image_id = add_picture()
    make_renditions(image_id)
    return db.session.get_one(Image, image_id).public_id


def test_the_original_and_each_rendition_come_as_what_they_are(
    client: FlaskClient, public_id: str
) -> None:
    for path, kind, size in (
        (f"/media/{public_id}.webp", "webp", (400, 500)),
        (f"/media/{public_id}-320.avif", "avif", (320, 400)),
        (f"/media/{public_id}-320.webp", "webp", (320, 400)),
        (f"/media/{public_id}-400.avif", "avif", (400, 500)),
    ):
        with client.get(path) as answer:
            assert answer.status_code == 200, path
            assert answer.mimetype == f"image/{kind}"
            assert Pixels.open(BytesIO(answer.data)).size == size


def test_whoever_has_it_need_not_ask_again(client: FlaskClient, public_id: str) -> None:
    with client.get(f"/media/{public_id}-320.avif") as answer:
        etag = answer.headers["ETag"]
    caching = answer.cache_control
    assert (caching.public, caching.immutable, caching.max_age) == (True, True, 31_536_000)
    assert not caching.no_cache
    assert not caching.private
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"/media/{public_id}-320.avif", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"/media/{public_id}-320.avif")
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_length == answer.content_length


def test_nor_does_it_for_who_is_signed_in(app: Flask, client: FlaskClient, public_id: str) -> None:
    sign_in(client, make_person())
    with (
        clock.stopped(clock.now() + timedelta(hours=13)),
        count_sql(app) as sent,
        client.get(f"/media/{public_id}-320.webp") as answer,
    ):
        assert answer.status_code == 200
    assert sent.texts == []
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_picture_costs_no_sql(app: Flask, client: FlaskClient, public_id: str) -> None:
    with count_sql(app) as sent:
        client.get(f"/media/{public_id}-320.webp").close()
    assert sent.texts == []


def test_what_is_not_there_is_not_found_and_not_cached(client: FlaskClient, public_id: str) -> None:
    for path in (
        "/media/000000000000.webp",
        f"/media/{public_id}.avif",
        f"/media/{public_id}.png",
        f"/media/{public_id}-321.avif",
        f"/media/{public_id}-0320.jpg",
        f"/media/{public_id}-99999999999999999999.webp",
        f"/media/{public_id.upper()}A.webp",
        "/media/..%2f..%2f..%2fx.webp",
        "/media/............webp",
        "/media/ABCDEFGHIJKL.webp",
        "/media/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert not answer.cache_control.immutable


def test_the_widths_offered_are_the_widths_that_stand(
    app: Flask, client: FlaskClient, public_id: str
) -> None:
    widths = app.jinja_env.globals["rendition_widths"](400)  # type: ignore[operator]
    assert widths == (320, 400)
    for width in widths:
        assert media_storage().has(rendition_key(public_id, width, "avif"))


@pytest.fixture
def model_id(context: Flask) -> str:
    model = add_model(
        ingest_model(sound_model()), "Bình", "Vase", poster=make_image(), storage=media_storage()
    )
    public_id = model.public_id
    db.session.commit()
    return public_id


def test_a_model_comes_as_what_it_is_and_is_kept_for_good(
    app: Flask, client: FlaskClient, model_id: str
) -> None:
    with app.app_context():
        sign_in(client, make_person())
    with count_sql(app) as sent, client.get(f"/media/{model_id}.glb") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "model/gltf-binary")
        assert answer.data == sound_model()
    assert len(sent) == 0
    caching = answer.cache_control
    assert (caching.public, caching.immutable, caching.max_age) == (True, True, 31_536_000)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    etag = {"If-None-Match": answer.headers["ETag"]}
    again = client.get(f"/media/{model_id}.glb", headers=etag)
    assert (again.status_code, again.data) == (304, b"")
    with client.get(f"/media/{model_id}.glb", headers={"Range": "bytes=0-3"}) as part:
        assert (part.status_code, part.data) == (206, b"glTF")


@pytest.mark.parametrize("name", ["0" * 12, "..%2f..%2f..%2fetc", "ABCDEFGHIJKL", "é" * 12])
def test_no_model_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/media/{name}.glb").status_code == 404


def test_a_picture_is_no_model(client: FlaskClient, public_id: str) -> None:
    assert client.get(f"/media/{public_id}.glb").status_code == 404
