from __future__ import annotations

import threading
from pathlib import Path

import pytest

from shop.media.storage import DiskStorage, NotStored, original_key, rendition_key


def test_a_file_comes_back_as_it_was_put(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    key = original_key("4kq0abcdefgh")
    assert key == "originals/4k/4kq0abcdefgh.webp"
    assert not storage.has(key)
    assert storage.put(key, b"pixels")
    assert storage.has(key)
    assert storage.path(key).read_bytes() == b"pixels"


def test_what_stands_is_never_overwritten(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    storage.put("a/b.webp", b"first")
    assert not storage.put("a/b.webp", b"second")
    assert storage.path("a/b.webp").read_bytes() == b"first"


def test_of_many_writers_one_wins_and_no_draft_is_left(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    gate = threading.Barrier(8)
    won: list[bytes] = []

    def write(content: bytes) -> None:
        gate.wait()
        if storage.put("a/b.webp", content):
            won.append(content)

    writers = [threading.Thread(target=write, args=(bytes([65 + n]) * 9000,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [storage.path("a/b.webp").read_bytes()] == won
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.webp"]


def test_an_unknown_key_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotStored):
        DiskStorage(tmp_path).path(rendition_key("4kq0abcdefgh", 320, "avif"))


@pytest.mark.parametrize(
    "key", ["../x.webp", "/etc/passwd.webp", "a/../../x.webp", "", "a/.b.webp"]
)
def test_a_key_cannot_lead_out_of_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a storage key"):
        DiskStorage(tmp_path).put(key, b"x")
