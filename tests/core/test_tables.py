"""Files of facts are read as written, and whoever wrote a wrong one is told where."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from shop.core.tables import BadTable, build, build_part, read_toml, tables


class Glaze(StrEnum):
    JADE = "men-ngoc"
    CRACKLE = "men-ran"


@dataclass(frozen=True)
class Bowl:
    name: str
    glaze: Glaze
    width_mm: int
    fired_on: date | None = None
    words: tuple[str, ...] = ()
    tags: list[str] | None = None


GOOD: dict[str, Any] = {"name": "Bát", "glaze": "men-ngoc", "width_mm": 120}


def test_texts_arrive_composed_and_tidy(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    decomposed = unicodedata.normalize("NFD", "Bát Tràng")
    file.write_text(f'name = """\n{decomposed} """\n[[x]]\nlist = [" {decomposed}"]\n')
    assert read_toml(file) == {"name": "Bát Tràng", "x": [{"list": ["Bát Tràng"]}]}


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"a = 1\na = 2"])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(BadTable, match=r"a\.toml"):
        read_toml(tmp_path / "a.toml")
    with pytest.raises(BadTable, match=r"b\.toml"):
        read_toml(tmp_path / "b.toml")


def test_lists_of_tables_are_asked_for_as_such() -> None:
    assert tables({}, "piece", "x.toml") == []
    assert tables({"piece": [{"a": 1}]}, "piece", "x.toml") == [{"a": 1}]
    for wrong in ({"a": 1}, [1], "a"):
        with pytest.raises(BadTable, match=r"x\.toml: piece must be written as \[\[piece\]\]"):
            tables({"piece": wrong}, "piece", "x.toml")


def test_a_table_becomes_what_the_code_calls_it() -> None:
    assert build(Bowl, GOOD, "here") == Bowl("Bát", Glaze.JADE, 120)
    full = {**GOOD, "fired_on": date(2026, 10, 1), "tags": ["a"]}
    assert build(Bowl, full, "here") == Bowl("Bát", Glaze.JADE, 120, date(2026, 10, 1), (), ["a"])
    given = build(Bowl, {"name": "Bát", "width_mm": 1}, "here", glaze=Glaze.CRACKLE)
    assert given.glaze is Glaze.CRACKLE


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"name": "Bát"}, "here: lacks glaze, width_mm"),
        ({**GOOD, "heigth": 3}, "here: does not know heigth"),
        ({**GOOD, "glaze": "men-lam"}, "glaze: 'men-lam' is none of men-ngoc, men-ran"),
        ({**GOOD, "width_mm": "120"}, "width_mm: '120' is not of the kind int"),
        ({**GOOD, "width_mm": True}, "width_mm: True is not of the kind int"),
        ({**GOOD, "fired_on": "2026-10-01"}, "fired_on: '2026-10-01' is not of the kind date"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(table: dict[str, Any], said: str) -> None:
    with pytest.raises(BadTable) as refused:
        build(Bowl, table, "here")
    assert said in str(refused.value)


def test_what_has_to_be_given_may_not_stand_in_the_table_too() -> None:
    with pytest.raises(BadTable, match="does not know glaze"):
        build(Bowl, GOOD, "here", glaze=Glaze.JADE)


def test_a_table_is_split_into_a_part_and_the_rest() -> None:
    @dataclass(frozen=True)
    class Key:
        glaze: Glaze

    part, rest = build_part(Key, GOOD, "here")
    assert part == Key(Glaze.JADE)
    assert rest == {"name": "Bát", "width_mm": 120}
    with pytest.raises(BadTable):
        build_part(Key, {"name": "Bát"}, "here")
