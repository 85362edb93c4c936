"""Links to what an exhibition or a room was called before still arrive."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.editing import (
    edit_exhibition,
    edit_room,
    locked_exhibition,
    marks_of,
)
from shop.exhibitions.actions.publishing import publish
from shop.exhibitions.actions.rooms import ExhibitionDetails, RoomDetails
from shop.exhibitions.models.rooms import Exhibition, Room
from tests.exhibitions.factories import EXHIBITION, ROOMS, STATED, make_exhibition

GALLERY = "/vi/gallery"
WATCHED = [*ExhibitionDetails.__slots__, "slug"]
WATCHED_OF_ROOM = [*RoomDetails.__slots__, "slug"]
WORDS = {"intro_vi": "Chuyện.", "intro_en": "A story.", **STATED}


@pytest.fixture(autouse=True)
def gallery(app: Flask) -> None:
    with app.app_context(), transaction():
        make_exhibition()


def rename_exhibition(app: Flask, before: str, after: str, *, is_published: bool = True) -> None:
    with app.app_context(), transaction():
        exhibition = locked_exhibition(before)
        details = ExhibitionDetails("Sắc lam", "Shades of blue", **WORDS)  # type: ignore[arg-type]
        edit_exhibition(exhibition, details, slug=after, seen=marks_of(exhibition, WATCHED))
        if is_published:
            publish(exhibition, by=None, at=clock.now())


def rename_room(app: Flask, before: str, after: str, *, is_published: bool = True) -> None:
    with app.app_context(), transaction():
        room = db.session.scalars(select(Room).where(Room.slug == before)).one()
        details = RoomDetails("Phòng", "A room", **WORDS)  # type: ignore[arg-type]
        edit_room(room, details, slug=after, seen=marks_of(room, WATCHED_OF_ROOM))
        if is_published:
            exhibition = db.session.get_one(Exhibition, room.exhibition_id)
            publish(exhibition, by=None, at=clock.now())


def leads_to(client: FlaskClient, path: str) -> str | None:
    answer = client.get(path)
    assert answer.status_code in (200, 301, 404)
    if answer.status_code == 200:
        return path
    return answer.headers.get("Location")


@pytest.mark.parametrize("rest", ["", f"/{ROOMS[0]}", f"/{ROOMS[0]}/binh-sen", "?a=1&a=2"])
def test_all_of_a_renamed_exhibition_is_found_by_its_old_address(
    app: Flask, client: FlaskClient, rest: str
) -> None:
    rename_exhibition(app, EXHIBITION, "sac-lam-moi")
    now = f"{GALLERY}/sac-lam-moi{rest}"
    assert leads_to(client, f"{GALLERY}/{EXHIBITION}{rest}") == now
    assert leads_to(client, now) == now


@pytest.mark.parametrize("rest", ["", "/binh-sen"])
def test_a_renamed_room_is_found_by_its_old_address(
    app: Flask, client: FlaskClient, rest: str
) -> None:
    rename_room(app, ROOMS[0], "tien-sanh")
    rename_room(app, "tien-sanh", "dai-sanh")
    now = f"{GALLERY}/{EXHIBITION}/dai-sanh{rest}"
    for old in (ROOMS[0], "tien-sanh"):
        assert leads_to(client, f"{GALLERY}/{EXHIBITION}/{old}{rest}") == now
    rename_exhibition(app, EXHIBITION, "sac-lam-moi")
    assert (
        leads_to(client, f"{GALLERY}/{EXHIBITION}/{ROOMS[0]}{rest}")
        == f"{GALLERY}/sac-lam-moi/dai-sanh{rest}"
    ), "both at once, in one step"


def test_a_name_that_is_not_published_yet_moves_nobody(app: Flask, client: FlaskClient) -> None:
    rename_exhibition(app, EXHIBITION, "sac-lam-moi", is_published=False)
    rename_room(app, ROOMS[0], "tien-sanh", is_published=False)
    there = f"{GALLERY}/{EXHIBITION}/{ROOMS[0]}"
    assert leads_to(client, there) == there
    assert leads_to(client, f"{GALLERY}/sac-lam-moi") is None


def test_an_address_given_to_another_is_the_other_s(app: Flask, client: FlaskClient) -> None:
    rename_room(app, ROOMS[0], "tien-sanh")
    rename_room(app, ROOMS[1], ROOMS[0])
    assert leads_to(client, f"{GALLERY}/{EXHIBITION}/{ROOMS[0]}") is not None
    assert client.get(f"{GALLERY}/{EXHIBITION}/{ROOMS[0]}").status_code == 200
    rename_room(app, "tien-sanh", "dai-sanh")
    assert leads_to(client, f"{GALLERY}/{EXHIBITION}/tien-sanh") == (
        f"{GALLERY}/{EXHIBITION}/dai-sanh"
    )


def test_back_and_forth_is_no_circle(app: Flask, client: FlaskClient) -> None:
    rename_exhibition(app, EXHIBITION, "sac-lam-moi")
    rename_exhibition(app, "sac-lam-moi", EXHIBITION)
    assert leads_to(client, f"{GALLERY}/{EXHIBITION}") == f"{GALLERY}/{EXHIBITION}"
    answer = client.get(f"{GALLERY}/sac-lam-moi")
    assert (answer.status_code, answer.location) == (301, f"{GALLERY}/{EXHIBITION}")
    assert answer.cache_control.no_cache, "a browser that kept it would go in a circle"


def test_collections_have_moved_too_for_viewers_on_any_site(
    app: Flask, client: FlaskClient
) -> None:
    rename_exhibition(app, EXHIBITION, "sac-lam-moi")
    answer = client.get(f"/iiif/exhibition/{EXHIBITION}/{ROOMS[0]}/collection")
    assert answer.status_code == 301
    assert answer.location == f"/iiif/exhibition/sac-lam-moi/{ROOMS[0]}/collection"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["khong-co", f"{EXHIBITION}/khong-co", f"{EXHIBITION}/x/y"])
def test_what_never_was_is_still_missing(client: FlaskClient, path: str) -> None:
    assert client.get(f"{GALLERY}/{path}").status_code == 404
