"""Recordings in the database and over HTTP: in parts, kept for good, with captions."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from shop.core.db import db
from shop.core.errors import Invalid, Missing
from shop.media.actions import add_recording, describe_recording, restore_recording
from shop.media.current import media_storage
from shop.media.models import Cue, Recording, RecordingKind
from shop.media.queries import recording_by_public_id, recording_by_sha256
from shop.media.recordings.captions import CaptionsOutOfOrder
from shop.media.recordings.ingest import CleanRecording, ingest_recording
from shop.media.storage import recording_key
from tests.conftest import count_sql
from tests.factories import make_person, sign_in
from tests.media.test_recordings import file

WORDS = "Chiếc bình vẽ lam."


def spoken() -> CleanRecording:
    return ingest_recording(file("spoken.mp3"), RecordingKind.AUDIO)


def add() -> Recording:
    return add_recording(
        spoken(), language="vi", transcript=WORDS, is_synthetic=True, storage=media_storage()
    )


@pytest.fixture
def public_id(context: Flask) -> str:
    kept = add().public_id
    db.session.commit()
    return kept


def test_a_recording_is_kept_with_its_words(public_id: str) -> None:
    kept = recording_by_public_id(public_id)
    assert (kept.kind, kept.mime, kept.ending) == (RecordingKind.AUDIO, "audio/mpeg", "mp3")
    assert (kept.byte_count, kept.duration_ms) == (len(spoken().data), 2376)
    assert (kept.language, kept.is_synthetic, kept.width) == ("vi", True, None)
    assert kept.cues == [Cue(start_ms=0, end_ms=2376, text=WORDS)]
    assert recording_by_sha256(spoken().sha256, "vi") is kept
    assert recording_by_sha256(spoken().sha256, "en") is None
    with pytest.raises(Missing):
        recording_by_public_id("0" * 12)
    assert not restore_recording(kept, spoken(), media_storage())
    media_storage().path(recording_key(public_id, "mp3")).unlink()
    assert restore_recording(kept, spoken(), media_storage())


def test_no_recording_without_words(context: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        add_recording(spoken(), language="vi", transcript=" \n", storage=media_storage())
    assert set(refused.value.fields) == {"transcript"}
    kept = add()
    late = [Cue(start_ms=2000, end_ms=9000, text="x")]
    with pytest.raises(CaptionsOutOfOrder):
        describe_recording(kept, transcript=WORDS, cues=late, is_synthetic=True)
    assert not describe_recording(kept, transcript=WORDS, is_synthetic=True)
    own = [Cue(start_ms=100, end_ms=2000, text="Lời khác")]
    assert describe_recording(kept, transcript="Lời khác", cues=own, is_synthetic=False)
    assert kept.cues == own


def test_only_a_video_has_a_size(context: Flask) -> None:
    kept = add()
    kept.width, kept.height = 640, 480
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_it_is_kept_for_good_and_costs_no_sql(
    context: Flask, client: FlaskClient, public_id: str
) -> None:
    sign_in(client, make_person())
    with count_sql(context) as sent, client.get(f"/media/recordings/{public_id}.mp3") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
        assert answer.data == spoken().data
    assert len(sent) == 0
    caching = answer.cache_control
    assert (caching.public, caching.immutable, caching.max_age) == (True, True, 31_536_000)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_it_comes_in_parts(client: FlaskClient, public_id: str) -> None:
    """As Safari asks: two bytes first, then the rest, as long as the file is the same."""
    address, whole = f"/media/recordings/{public_id}.mp3", spoken().data
    with client.get(address, headers={"Range": "bytes=0-1"}) as first:
        assert (first.status_code, first.data) == (206, whole[:2])
        assert first.headers["Content-Range"] == f"bytes 0-1/{len(whole)}"
    etag = first.headers["ETag"]
    for asked, got in (("bytes=100-", whole[100:]), ("bytes=-7", whole[-7:])):
        with client.get(address, headers={"Range": asked, "If-Range": etag}) as part:
            assert (part.status_code, part.data) == (206, got)
    stale = {"Range": "bytes=100-", "If-Range": '"another"'}
    with client.get(address, headers=stale) as anew:
        assert (anew.status_code, anew.data) == (200, whole)
    with client.get(address, headers={"Range": f"bytes={len(whole)}-"}) as beyond:
        assert (beyond.status_code, beyond.data) == (416, b"")
        assert beyond.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_captions_follow_what_is_corrected(
    context: Flask, client: FlaskClient, public_id: str
) -> None:
    address = f"/media/recordings/{public_id}.vtt"
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "text/vtt; charset=utf-8")
    assert answer.text == f"WEBVTT\n\n00:00:00.000 --> 00:00:02.376\n{WORDS}\n"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cache_control.immutable
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(address, headers=etag).status_code == 304
    describe_recording(recording_by_public_id(public_id), transcript="Lời khác", is_synthetic=False)
    db.session.commit()
    assert "Lời khác" in client.get(address, headers=etag).text


def test_a_page_may_play_it(client: FlaskClient) -> None:
    assert "media-src 'self'" in client.get("/vi/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    ["0" * 12 + ".mp3", "0" * 12 + ".vtt", "..%2f..%2f..%2fx.mp3", "ABCDEFGHIJKL.mp3", "é.vtt", ""],
)
def test_what_is_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/media/recordings/{name}").status_code == 404


def test_a_recording_has_one_ending(client: FlaskClient, public_id: str) -> None:
    for ending in ("m4a", "wav", "webp", "mp3.mp3"):
        assert client.get(f"/media/recordings/{public_id}.{ending}").status_code == 404
    assert client.get(f"/media/{public_id}.mp3").status_code == 404
