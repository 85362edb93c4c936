"""Deep zoom: what the description advertises is there, shows what it says, and nothing else is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Pixels
from PIL import ImageChops, ImageStat

from shop.core import clock
from shop.core.db import db
from shop.media import jobs
from shop.media.actions import add_image, ask_for_tiles
from shop.media.current import media_storage
from shop.media.jobs import ask_for_missing_tiles, make_tiles
from shop.media.models import Image
from shop.media.pictures import ingest
from shop.media.storage import original_key, tiles_key
from tests.conftest import count_sql
from tests.factories import make_person, sign_in

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def drawing(width: int, height: int) -> Pixels.Image:
    """A picture of which no two parts are alike."""
    across = Pixels.linear_gradient("L").rotate(90).resize((width, height))
    down = Pixels.linear_gradient("L").resize((width, height))
    return Pixels.merge("RGB", (across, down, ImageChops.invert(across)))


def add_picture(width: int, height: int) -> tuple[int, str]:
    """A picture that is to have tiles: its key and its public id."""
    file = BytesIO()
    drawing(width, height).save(file, "PNG")
    image = add_image(ingest(file.getvalue()), "Bình", "A vase", storage=media_storage())
    assert ask_for_tiles(image)
    assert not ask_for_tiles(image)
    added = (image.id, image.public_id)
    db.session.commit()
    return added


def cut(width: int, height: int) -> str:
    image_id, public_id = add_picture(width, height)
    make_tiles(image_id)
    return public_id


def advertised(info: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int, int, int], str]]:
    """Path, region and size of each tile, by the Image API 3.0, section 5.4 and appendix."""
    full_width, full_height = info["width"], info["height"]
    (tiles,) = info["tiles"]
    for factor in tiles["scaleFactors"]:
        for column in range(math.ceil(full_width / (tiles["width"] * factor))):
            for row in range(math.ceil(full_height / (tiles["height"] * factor))):
                x, y = column * tiles["width"] * factor, row * tiles["height"] * factor
                w = min(tiles["width"] * factor, full_width - x)
                h = min(tiles["height"] * factor, full_height - y)
                size = f"{math.ceil(w / factor)},{math.ceil(h / factor)}"
                yield f"{x},{y},{w},{h}", (x, y, x + w, y + h), size


@pytest.mark.parametrize("size", [(1203, 1801), (512, 512), (300, 200), (513, 1), (1100, 60)])
def test_every_advertised_tile_shows_its_region(
    context: Flask, client: FlaskClient, size: tuple[int, int]
) -> None:
    base = f"/iiif/image/{cut(*size)}"
    info = client.get(f"{base}/info.json").get_json(force=True)
    assert (info["width"], info["height"]) == size
    original = drawing(*size)
    for region, box, dimensions in advertised(info):
        for kind, mime in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            answer = client.get(f"{base}/{region}/{dimensions}/0/default.{kind}")
            assert (answer.status_code, answer.mimetype) == (200, mime), (region, dimensions)
            tile = Pixels.open(BytesIO(answer.data)).convert("RGB")
            assert f"{tile.width},{tile.height}" == dimensions
            wanted = original.crop(box).resize(tile.size, Pixels.Resampling.BOX)
            assert max(ImageStat.Stat(ImageChops.difference(tile, wanted)).mean) < 3


@pytest.mark.parametrize("size", [(1203, 1801), (300, 200)])
def test_the_description_is_that_of_level_0(
    context: Flask, client: FlaskClient, size: tuple[int, int]
) -> None:
    public_id = cut(*size)
    base = f"/iiif/image/{public_id}"
    answer = client.get(f"{base}/info.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.content_type == (
        'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
    )
    assert not answer.cache_control.immutable
    info = answer.get_json(force=True)
    assert info["@context"] == "http://iiif.io/api/image/3/context.json"
    assert info["id"] == f"http://127.0.0.1:8000{base}"
    assert (info["type"], info["protocol"], info["profile"]) == (
        "ImageService3",
        "http://iiif.io/api/image",
        "level0",
    )
    # OpenSeadragon takes a list of another length for the levels of its own.
    assert len(info["sizes"]) == len(info["tiles"][0]["scaleFactors"])
    assert set(info["preferredFormats"]) <= {"jpg", *info["extraFormats"]}
    for listed in [*info["sizes"], {"width": 0}]:
        name = f"{listed['width']},{listed['height']}" if listed["width"] else "max"
        for kind in ("jpg", "webp"):
            with client.get(f"{base}/full/{name}/0/default.{kind}") as whole:
                assert whole.status_code == 200, (name, kind)
                assert "Set-Cookie" not in whole.headers
                if name == "max":
                    assert Pixels.open(BytesIO(whole.data)).size == size
    redirected = client.get(base)
    assert (redirected.status_code, redirected.location) == (303, f"{base}/info.json")


def test_a_tile_is_kept_for_good_and_costs_no_sql(context: Flask, client: FlaskClient) -> None:
    address = f"/iiif/image/{cut(600, 400)}/full/300,200/0/default.webp"
    sign_in(client, make_person())
    with count_sql(context) as sent:
        answer = client.get(address)
    assert len(sent) == 0
    caching = answer.cache_control
    assert (caching.public, caching.immutable, caching.max_age) == (True, True, 31_536_000)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "rest",
    [
        "full/301,200/0/default.webp",
        "full/600,/0/default.jpg",
        "full/pct:50/0/default.jpg",
        "full/max/90/default.jpg",
        "full/max/0/gray.jpg",
        "full/max/0/default.png",
        "square/max/0/default.jpg",
        "0,0,512,400/256,200/0/default.jpg",
        "0,0,600,0400/300,200/0/default.jpg",
        "..%2f..%2foriginals/max/0/default.webp",
        "../../x/0/default.webp",
        "full/max%00/0/default.jpg",
        "",
    ],
)
def test_what_is_not_advertised_is_not_there(
    context: Flask, client: FlaskClient, rest: str
) -> None:
    assert client.get(f"/iiif/image/{cut(600, 400)}/{rest}").status_code == 404


def test_a_picture_without_tiles_has_no_service(context: Flask, client: FlaskClient) -> None:
    _, public_id = add_picture(600, 400)
    for name in (public_id, "0" * 12, "ABCDEFGHIJKL", "............"):
        for rest in ("", "/info.json", "/full/max/0/default.webp"):
            assert client.get(f"/iiif/image/{name}{rest}").status_code == 404


def test_the_worker_cuts_once_and_only_what_was_asked_for(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    image_id, public_id = add_picture(40, 50)
    with clock.stopped(AT):
        make_tiles(image_id)
    assert db.session.get_one(Image, image_id).tiles_at == AT
    archive = media_storage().path(tiles_key(public_id))
    before = archive.stat().st_mtime_ns
    db.session.get_one(Image, image_id).tiles_at = None
    db.session.commit()
    make_tiles(image_id)
    assert archive.stat().st_mtime_ns == before
    assert db.session.get_one(Image, image_id).tiles_at is not None
    monkeypatch.setattr(jobs, "make_tiles_file", None)
    make_tiles(image_id)
    make_tiles(image_id + 1000)
    unasked_id, _ = add_picture(41, 50)
    db.session.get_one(Image, unasked_id).wants_tiles = False
    db.session.commit()
    make_tiles(unasked_id)
    assert db.session.get_one(Image, unasked_id).tiles_at is None


def test_a_picture_that_cannot_be_cut_is_still_shown(context: Flask, client: FlaskClient) -> None:
    image_id, public_id = add_picture(40, 50)
    original = media_storage().path(original_key(public_id))
    whole = original.read_bytes()
    original.write_bytes(whole[:60])
    assert ask_for_missing_tiles() == 1
    db.session.rollback()
    assert db.session.get_one(Image, image_id).tiles_at is None
    assert not media_storage().has(tiles_key(public_id))
    with client.get(f"/media/{public_id}.webp") as answer:
        assert answer.status_code == 200
    original.write_bytes(whole)
    assert ask_for_missing_tiles() == 1
    db.session.rollback()
    assert ask_for_missing_tiles() == 0


def test_what_is_transparent_is_cut_on_white(context: Flask, client: FlaskClient) -> None:
    file = BytesIO()
    Pixels.new("RGBA", (20, 20), (0, 0, 255, 0)).save(file, "PNG")
    image = add_image(ingest(file.getvalue()), "Bình", "A vase", storage=media_storage())
    ask_for_tiles(image)
    image_id, public_id = image.id, image.public_id
    db.session.commit()
    make_tiles(image_id)
    whole = client.get(f"/iiif/image/{public_id}/full/max/0/default.jpg")
    assert Pixels.open(BytesIO(whole.data)).getpixel((10, 10)) == (255, 255, 255)
