"""What visitors see of an exhibition is what was published, when it was to be seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from shop.core.db import db
from shop.core.errors import Invalid, Missing
from shop.core.transaction import transaction
from shop.exhibitions import shown
from shop.exhibitions.actions.publishing import (
    HasBegun,
    Incomplete,
    cancel_plan,
    publish,
    record_revision,
    renew_preview_key,
    withdraw,
)
from shop.exhibitions.actions.sounds import SoundDetails, set_sounds
from shop.exhibitions.compose import compose
from shop.exhibitions.gaps import Gap, Lack, gaps_of
from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.editions import Revision
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.exhibitions.queries import (
    draft_by_preview_key,
    published,
    published_exhibition,
    standing_exhibit,
)
from tests.exhibitions.factories import EXHIBITION, ROOMS, make_exhibition, make_recording

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def exhibition_now(at: datetime) -> shown.Exhibition:
    return published_exhibition(EXHIBITION, at).tree


def drafted(**values: object) -> Exhibition:
    with transaction():
        return make_exhibition(at=NOON, **values)  # type: ignore[arg-type]


def test_a_draft_is_open_to_the_preview_link_alone(context: Flask) -> None:
    exhibition = drafted(is_published=False)
    assert published(NOON + HOUR) == []
    key = exhibition.preview_key
    assert draft_by_preview_key(key).slug == EXHIBITION
    with transaction():
        renew_preview_key(exhibition)
    with pytest.raises(Missing):
        draft_by_preview_key(key)


def test_what_is_written_after_publishing_waits_for_the_next_time(context: Flask) -> None:
    exhibition = drafted()
    with transaction():
        exhibition.title_vi = "Tên mới"
    assert exhibition_now(NOON).title_vi == "Nét lam đầu tiên"
    with transaction():
        publish(exhibition, by=None, at=NOON + HOUR)
    assert exhibition_now(NOON).title_vi == "Nét lam đầu tiên"
    assert exhibition_now(NOON + HOUR).title_vi == "Tên mới"


def test_it_opens_and_closes_on_the_days_that_were_set(context: Flask) -> None:
    exhibition = drafted(is_published=False)
    with transaction():
        publish(
            exhibition,
            by=None,
            at=NOON,
            goes_live_at=NOON + HOUR,
            closes_at=NOON + 2 * HOUR,
        )
    assert published(NOON + HOUR - timedelta(seconds=1)) == []
    assert exhibition_now(NOON + HOUR).slug == EXHIBITION
    assert published(NOON + 2 * HOUR) == []
    with pytest.raises(Invalid), transaction():
        publish(exhibition, by=None, at=NOON, goes_live_at=NOON + HOUR, closes_at=NOON + HOUR)


def test_a_new_plan_takes_the_place_of_the_old_one(context: Flask) -> None:
    exhibition = drafted()
    with transaction():
        exhibition.title_vi = "Bản hai"
        first = publish(exhibition, by=None, at=NOON, goes_live_at=NOON + HOUR)
        exhibition.title_vi = "Bản ba"
        second = publish(exhibition, by=None, at=NOON, goes_live_at=NOON + 2 * HOUR)
    assert first.cancelled_at == NOON
    assert exhibition_now(NOON + HOUR).title_vi == "Nét lam đầu tiên"
    assert exhibition_now(NOON + 2 * HOUR).title_vi == "Bản ba"
    with pytest.raises(HasBegun):
        cancel_plan(second, at=NOON + 2 * HOUR)
    with transaction():
        cancel_plan(second, at=NOON + HOUR)
    assert exhibition_now(NOON + 2 * HOUR).title_vi == "Nét lam đầu tiên"


def test_withdrawing_ends_what_is_shown_and_what_is_planned(context: Flask) -> None:
    exhibition = drafted()
    with transaction():
        exhibition.title_vi = "Bản hai"
        publish(exhibition, by=None, at=NOON, goes_live_at=NOON + 2 * HOUR)
        withdraw(exhibition, by=None, at=NOON + HOUR)
    assert published(NOON + HOUR) == []
    assert published(NOON + 3 * HOUR) == []


def test_what_is_incomplete_is_not_published_and_says_what_is_missing(context: Flask) -> None:
    exhibition = drafted(is_published=False)
    with transaction():
        room = db.session.query(Room).filter_by(slug=ROOMS[0]).one()
        room.intro_en = " "
        room.source = ""
        exhibition.certainty = None
    with pytest.raises(Incomplete) as refusal, transaction():
        publish(exhibition, by=None, at=NOON)
    assert refusal.value.gaps == [
        Gap(Lack.CERTAINTY),
        Gap(Lack.TRANSLATION, field="intro", language="en", room=ROOMS[0]),
        Gap(Lack.SOURCE, room=ROOMS[0]),
    ]
    assert published(NOON + HOUR) == []


def test_a_saved_draft_is_kept_once_and_reads_as_it_was(context: Flask) -> None:
    exhibition = drafted(is_published=False)
    with transaction():
        first = record_revision(exhibition, by=None, at=NOON, summary="một")
        again = record_revision(exhibition, by=None, at=NOON + HOUR, summary="hai")
        exhibition.title_vi = "Tên mới"
        changed = record_revision(exhibition, by=None, at=NOON + HOUR, summary="ba")
    assert (first.number, again.number, changed.number) == (1, 1, 2)
    kept = db.session.get_one(Revision, changed.id, populate_existing=True)
    assert shown.from_content(kept.content) == compose(exhibition)
    assert gaps_of(compose(exhibition)) == []


def test_an_exhibit_is_found_by_its_key_while_it_can_be_seen(context: Flask) -> None:
    exhibition = drafted()
    _, exhibit = next(exhibition_now(NOON).exhibits())
    found = standing_exhibit(exhibit.key, NOON)
    assert (found.room.slug, found.exhibit.stop) == (ROOMS[0], 11)
    with transaction():
        withdraw(exhibition, by=None, at=NOON + HOUR)
    with pytest.raises(Missing):
        standing_exhibit(exhibit.key, NOON + HOUR)


def test_guides_are_published_with_their_room_and_exhibit(context: Flask) -> None:
    exhibition = drafted(is_published=False)
    credited = (Rights.CC_BY, "Giọng đọc", "Voice")
    with transaction():
        room = db.session.query(Room).filter_by(slug=ROOMS[0]).one()
        exhibit = db.session.query(Exhibit).filter_by(slug="binh-sen").one()
        english, vietnamese = make_recording("en"), make_recording("vi")
        assert set_sounds(room, [SoundDetails(vietnamese, *credited)])
        guides = [SoundDetails(each, *credited) for each in (english, vietnamese)]
        assert set_sounds(exhibit, guides)
        assert not set_sounds(exhibit, guides)
        publish(exhibition, by=None, at=NOON)
    shown_room, shown_exhibit = next(exhibition_now(NOON).exhibits())
    assert [each.language for each in shown_room.sounds] == ["vi"]
    assert [each.language for each in shown_exhibit.sounds] == ["vi", "en"]


@pytest.mark.parametrize("credit", ["", "Voice"])
def test_a_guide_without_credit_or_twice_in_a_language_is_refused(
    context: Flask, credit: str
) -> None:
    drafted(is_published=False)
    room = db.session.query(Room).filter_by(slug=ROOMS[0]).one()
    with pytest.raises(Invalid) as refusal, transaction():
        set_sounds(
            room,
            [SoundDetails(make_recording("vi"), Rights.CC0, "Giọng", credit) for _ in range(2)],
        )
    assert list(refusal.value.fields) == (["file"] if credit else ["credit_en"])
