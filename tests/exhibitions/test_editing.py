"""Two curators at one form: nobody's words are overwritten unseen, on both databases."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

from shop.core import clock
from shop.core.db import db
from shop.core.errors import Invalid, ShopError
from shop.core.transaction import transaction
from shop.exhibitions.actions.beginning import begin_room
from shop.exhibitions.actions.editing import (
    ChangedMeanwhile,
    edit_exhibition,
    edit_room,
    locked_exhibition,
    marks,
    marks_of,
    refuse_changed,
)
from shop.exhibitions.actions.ordering import move, set_order
from shop.exhibitions.actions.publishing import record_revision
from shop.exhibitions.actions.rooms import ExhibitionDetails, RoomDetails
from shop.exhibitions.drafts import draft, room_of, rooms_in_order
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.naming import slug_of
from shop.exhibitions.progress import saved
from shop.heritage.models import Certainty
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition

CURATORS = 4
DETAILS = ExhibitionDetails(
    "Nét lam đầu tiên",
    "The first stroke of blue",
    subtitle_vi="Ba món, hai phòng",
    subtitle_en="Three pieces, two rooms",
    intro_vi="Chuyện màu lam.",
    intro_en="The story of blue.",
    curator_vi="Ban biên tập",
    curator_en="The editors",
    certainty=Certainty.DOCUMENTED,
    source="Sách thử",
)
WATCHED = [*ExhibitionDetails.__slots__, "slug"]


@pytest.fixture
def exhibition(context: Flask) -> None:
    with transaction():
        make_exhibition()


def save(seen: str, **texts: str) -> None:
    with transaction():
        it = locked_exhibition(EXHIBITION)
        edit_exhibition(it, replace(DETAILS, **texts), slug=EXHIBITION, seen=seen)  # type: ignore[arg-type]
        record_revision(it, by=None, at=clock.now(), summary="")


def seen_of(it: Exhibition) -> str:
    return marks_of(it, WATCHED)


def test_of_curators_at_once_one_saves_and_the_others_are_told(
    context: Flask, exhibition: None
) -> None:
    seen = seen_of(draft(EXHIBITION))
    db.session.rollback()
    gate = threading.Barrier(CURATORS)

    def work(number: int) -> str:
        with context.app_context():
            gate.wait()
            try:
                save(seen, title_en=f"Title {number}")
            except ShopError as error:
                return type(error).__name__
            finally:
                db.session.remove()
        return "saved"

    with ThreadPoolExecutor(CURATORS) as pool:
        told = Counter(pool.map(work, range(CURATORS)))
    assert told == {"saved": 1, "ChangedMeanwhile": CURATORS - 1}
    assert [each.number for each in saved(draft(EXHIBITION), 9)] == [2, 1]


def test_revisions_of_curators_at_once_are_numbered_one_by_one(
    context: Flask, exhibition: None
) -> None:
    gate = threading.Barrier(CURATORS)

    def work(number: int) -> None:
        with context.app_context():
            gate.wait()
            with transaction():
                it = locked_exhibition(EXHIBITION)
                begin_room(it, f"phong-{number}", f"Phòng {number}", f"Room {number}")
                record_revision(it, by=None, at=clock.now(), summary="")
            db.session.remove()

    with ThreadPoolExecutor(CURATORS) as pool:
        list(pool.map(work, range(CURATORS)))
    rooms = rooms_in_order(draft(EXHIBITION))
    assert [room.position for room in rooms] == list(range(2 + CURATORS))
    numbers = [each.number for each in saved(draft(EXHIBITION), 9)]
    assert numbers == list(range(1 + CURATORS, 0, -1))


def test_what_both_wrote_alike_is_no_conflict(exhibition: None) -> None:
    seen = seen_of(draft(EXHIBITION))
    save(seen, title_en="Blue")
    save(seen, title_en="Blue", subtitle_en="New")
    assert draft(EXHIBITION).subtitle_en == "New"


def test_a_form_without_marks_overwrites_nothing(exhibition: None) -> None:
    with pytest.raises(ChangedMeanwhile) as told:
        save("", title_en="Blue")
    assert told.value.now == {"title_en": "The first stroke of blue"}


def test_marks_tell_values_apart() -> None:
    seen = marks({"a": None, "b": 0.5, "c": Certainty.TRADITION})
    refuse_changed(seen, {"a": "", "b": 0.5}, {"a": "x", "b": 1.0})
    with pytest.raises(ChangedMeanwhile):
        refuse_changed(seen, {"b": 0.25}, {"b": 1.0})


def test_an_address_of_another_room_is_refused(exhibition: None) -> None:
    details = RoomDetails("Tên", "Name")
    with transaction():
        room = room_of(locked_exhibition(EXHIBITION), ROOMS[0])
        with pytest.raises(Invalid) as told:
            edit_room(room, details, slug=ROOMS[1], seen="")
    assert list(told.value.fields) == ["slug"]


def test_order(exhibition: None) -> None:
    with transaction():
        it = locked_exhibition(EXHIBITION)
        begin_room(it, "c", "C", "C")
        rooms = rooms_in_order(it)
        names = [room.slug for room in rooms]
        assert set_order(rooms, ["c", ROOMS[0]], names)
        rooms = rooms_in_order(it)
        assert [room.slug for room in rooms] == ["c", ROOMS[0], ROOMS[1]]
        assert not move(rooms, rooms[0], -1)
        assert move(rooms, rooms[2], -1)
        assert [room.slug for room in rooms_in_order(it)] == ["c", ROOMS[1], ROOMS[0]]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sắc lam qua các thế kỷ", "sac-lam-qua-cac-the-ky"),
        ("  Đất, nước & lửa — 2026 ", "dat-nuoc-lua-2026"),
        ("陶瓷", ""),
        ("a" * 130, "a" * 120),
    ],
)
def test_addresses_from_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug
