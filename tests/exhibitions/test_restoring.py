"""A revision written back makes the draft read as it did, and says what is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select

from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.artefacts import set_pictures
from shop.exhibitions.actions.beginning import begin_room, place
from shop.exhibitions.actions.editing import locked_exhibition
from shop.exhibitions.actions.ordering import move
from shop.exhibitions.actions.publishing import record_revision
from shop.exhibitions.actions.removal import remove_exhibit, remove_room, remove_section
from shop.exhibitions.actions.restored_artefacts import Lost
from shop.exhibitions.actions.restoring import Restored, restore
from shop.exhibitions.actions.sounds import SoundDetails, set_sounds
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import (
    draft,
    exhibit_of,
    exhibits_in_order,
    room_of,
    rooms_in_order,
    sections_in_order,
)
from shop.exhibitions.models.artefacts import Artefact, Picture, Rights
from shop.exhibitions.models.rooms import Exhibit, Exhibition
from shop.exhibitions.progress import revision
from shop.exhibitions.shown import from_content
from shop.media.models import Image, Recording
from tests.exhibitions.factories import (
    EXHIBITION,
    ROOMS,
    make_artefact,
    make_exhibition,
    make_recording,
)
from tests.factories import make_model


@pytest.fixture
def exhibition(context: Flask) -> None:
    with transaction():
        made = make_exhibition(model=make_model())
        record_revision(made, by=None, at=clock.now(), summary="")


def _artefact(slug: str) -> Artefact:
    return db.session.scalars(select(Artefact).where(Artefact.slug == slug)).one()


def change_texts(it: Exhibition) -> None:
    it.title_vi, it.source, it.certainty = "Khác", "", None
    room = room_of(it, ROOMS[0])
    room.intro_en, room.panorama_id, room.start_yaw = "", None, 90.0
    exhibit = exhibit_of(room, "binh-sen")
    exhibit.text_vi, exhibit.yaw, exhibit.pitch = "Khác", None, None
    artefact = _artefact("binh-sen")
    artefact.name_en, artefact.height_mm, artefact.model_id = "Other", 1, None
    set_pictures(artefact, [])


def take_everything_out(it: Exhibition) -> None:
    for room in rooms_in_order(it):
        remove_room(room)


def replace_an_exhibit(it: Exhibition) -> None:
    room = room_of(it, ROOMS[0])
    remove_exhibit(exhibit_of(room, "binh-sen"))
    place(room, _artefact("binh-sen"))


def move_about(it: Exhibition) -> None:
    first, second = rooms_in_order(it)
    move([first, second], second, -1)
    lotus, jar = exhibits_in_order(first)
    lotus.slug, jar.slug = "~", "binh-sen"
    db.session.flush()
    lotus.slug, lotus.room_id = "lo-cuc", second.id
    begin_room(it, "phong-ba", "Phòng ba", "Room three")
    place(room_of(it, "phong-ba"), make_artefact("dia", "Đĩa", "Dish"))


def empty_sections(it: Exhibition) -> None:
    for section in sections_in_order(it, room_of(it, ROOMS[0]))[1:]:
        remove_section(section)


def rename_a_room(it: Exhibition) -> None:
    room_of(it, ROOMS[1]).slug = "phong-khac"


@pytest.mark.parametrize(
    "change",
    [
        change_texts,
        take_everything_out,
        replace_an_exhibit,
        move_about,
        empty_sections,
        rename_a_room,
    ],
)
def test_whatever_was_changed_reads_as_it_did(
    exhibition: None, change: Callable[[Exhibition], None]
) -> None:
    before = revision(draft(EXHIBITION), 1).content
    with transaction():
        it = locked_exhibition(EXHIBITION)
        change(it)
        changed = record_revision(it, by=None, at=clock.now(), summary="")
        assert changed.number == 2
    with transaction():
        it = locked_exhibition(EXHIBITION)
        done = restore(it, from_content(before))
        assert done.losses == ()
        again = record_revision(it, by=None, at=clock.now(), summary="")
        assert again.number == 3
    assert compose(draft(EXHIBITION)) == from_content(before)


def test_what_is_gone_is_told_and_the_rest_restored(exhibition: None) -> None:
    tree = compose(draft(EXHIBITION))
    with transaction():
        it = locked_exhibition(EXHIBITION)
        take_everything_out(it)
        it.cover_id = None
        artefact = _artefact("binh-sen")
        set_pictures(artefact, [])
        db.session.flush()
        front = next(tree.exhibits())[1].artefact.pictures[0].image
        image = db.session.scalars(select(Image).where(Image.public_id == front)).one()
        db.session.execute(delete(Picture).where(Picture.image_id == image.id))
        db.session.execute(delete(Image).where(Image.id == image.id))
    with transaction():
        done: Restored = restore(locked_exhibition(EXHIBITION), tree)
    told = {(loss.what, loss.of) for loss in done.losses}
    assert (Lost.PICTURE, "binh-sen") in told
    assert (Lost.NOTE, "binh-sen") in told
    assert Lost.SECTION in {loss.what for loss in done.losses}
    now = compose(draft(EXHIBITION))
    assert [room.slug for room in now.rooms] == list(ROOMS)
    lotus = next(exhibit for _room, exhibit in now.exhibits())
    assert lotus.text_vi == "Bình sen đứng ở đây."
    assert [note.name_vi for note in lotus.details] == ["Vành chân"]
    kinds = {section.kind for section in now.rooms[0].sections}
    assert kinds == {"prose", "quotation", "timeline", "map", "making"}


def test_a_key_and_its_placard_outlive_the_room(exhibition: None) -> None:
    tree = compose(draft(EXHIBITION))
    with transaction():
        take_everything_out(locked_exhibition(EXHIBITION))
    with transaction():
        restore(locked_exhibition(EXHIBITION), tree)
    room, exhibit = next(compose(draft(EXHIBITION)).exhibits())
    assert (exhibit.stop, exhibit.code) == (11, next(tree.exhibits())[1].code)
    assert db.session.scalar(select(Exhibit.key).where(Exhibit.slug == "binh-sen")) == exhibit.key
    assert room.slug == ROOMS[0]


def test_guides_come_back_with_their_words_save_those_that_are_gone(exhibition: None) -> None:
    with transaction():
        it = locked_exhibition(EXHIBITION)
        room = room_of(it, ROOMS[0])
        guides = [
            SoundDetails(make_recording(code), Rights.CC_BY, f"Giọng {code}", f"Voice {code}")
            for code in ("vi", "en")
        ]
        set_sounds(room, guides)
        set_sounds(exhibit_of(room, "binh-sen"), guides)
        told = compose(it)
    with transaction():
        it = locked_exhibition(EXHIBITION)
        room = room_of(it, ROOMS[0])
        set_sounds(room, [])
        set_sounds(exhibit_of(room, "binh-sen"), [])
    with transaction():
        assert restore(locked_exhibition(EXHIBITION), told).losses == ()
    assert compose(draft(EXHIBITION)) == told
    assert [sound.credit_en for sound in told.rooms[0].sounds] == ["Voice vi", "Voice en"]
    with transaction():
        take_everything_out(locked_exhibition(EXHIBITION))
        gone = db.session.scalars(select(Recording).where(Recording.language == "en")).one()
        db.session.delete(gone)
    with transaction():
        losses = restore(locked_exhibition(EXHIBITION), told).losses
    assert {(loss.what, loss.of) for loss in losses} == {
        (Lost.RECORDING, ROOMS[0]),
        (Lost.RECORDING, "binh-sen"),
    }
    room_now = compose(draft(EXHIBITION)).rooms[0]
    for owner in (room_now, room_now.exhibits[0]):
        assert [sound.language for sound in owner.sounds] == ["vi"]
