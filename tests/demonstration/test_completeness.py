"""The village's own files have everything a visitor looks for: pieces, pictures, words, people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from shop.accounts.places import ward
from shop.demonstration.village import DEMO, read_village

VILLAGE = read_village(DEMO)
PIECES: list[dict[str, Any]] = [piece for of in VILLAGE.pieces.values() for piece in of]
VARIANTS = [variant for piece in PIECES for variant in piece["variant"]]
PHOTOGRAPHS = [photo for piece in PIECES for photo in piece["photo"]]

PIECES_ASKED = 60
PHOTOGRAPHED_ASKED = 60
WORKSHOPS_ASKED = 12
LARGEST_FILE = 400_000
FIRST_PICTURE = (1200, 1500)
OTHER_PICTURES = (800, 1000)
SHORTEST_ALT = 40
SIX_GLAZES = {"hoa-lam", "men-ngoc", "men-ran", "men-nau", "xanh-reu", "trang-nga"}
FORMS = {
    *("binh", "lo", "loc-binh", "chum", "choe", "am-chen", "bat", "dia", "lu-huong", "chan-den"),
    *("den", "tuong", "gach", "tranh-gom", "bo-do-an"),
}
TEXTS = ("name", "summary", "story", "care", "decoration")
PARTS_OF_THE_VILLAGE = ("Bát Tràng", "Giang Cao", "Kim Lan")
# A bowl costs tens of thousands of đồng, a commissioned pair of floor vases tens of millions.
PRICES = range(20_000, 150_000_000)
LENGTHS_MM = range(8, 2_300)
WEIGHTS_G = range(40, 150_000)


def drawn(piece: dict[str, Any]) -> list[Path]:
    paths = [VILLAGE.photograph(photo["file"]) for photo in piece["photo"]]
    return [path for path in paths if path.is_file()]


def sentences(text: str) -> set[str]:
    found = re.split(r"(?<=[.?!:;])\s+", " ".join(text.split()))
    return {sentence.casefold().strip(" .?!:;“”\"'") for sentence in found}


def test_there_are_sixty_pieces_and_each_stands_once() -> None:
    assert len(PIECES) >= PIECES_ASKED
    assert len({piece["slug"] for piece in PIECES}) == len(PIECES)
    assert len({variant["sku"] for variant in VARIANTS}) == len(VARIANTS)
    assert len({piece["name_vi"] for piece in PIECES}) == len(PIECES)
    assert len({piece["name_en"] for piece in PIECES}) == len(PIECES)


def test_every_glaze_family_and_the_villages_forms_are_there() -> None:
    glazes = Counter(variant["glaze"] for variant in VARIANTS)
    assert min(glazes[glaze] for glaze in SIX_GLAZES) >= 5
    assert glazes["men-chay"] >= 3
    assert {piece["form"] for piece in PIECES} >= FORMS
    assert any("đỏ sắt" in piece["decoration_vi"] + piece["story_vi"] for piece in PIECES)


def test_pieces_are_photographed() -> None:
    assert sum(len(drawn(piece)) >= 3 for piece in PIECES) >= PHOTOGRAPHED_ASKED


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: str(piece["slug"]))
def test_a_piece_has_pictures_of_the_right_size(piece: dict[str, Any]) -> None:
    """Three or more, all drawn or none yet; the first large enough to look at closely."""
    assert len(piece["photo"]) >= 3
    pictures = drawn(piece)
    assert len(pictures) in (0, len(piece["photo"]))
    for place, path in enumerate(pictures):
        assert path.suffix in (".webp", ".avif")
        assert path.stat().st_size < LARGEST_FILE
        with Image.open(path) as picture:
            assert picture.size == (OTHER_PICTURES if place else FIRST_PICTURE)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: str(piece["slug"]))
def test_a_piece_is_described_in_both_languages(piece: dict[str, Any]) -> None:
    for name in TEXTS:
        vietnamese, english = piece[f"{name}_vi"], piece[f"{name}_en"]
        assert vietnamese
        assert english
        assert vietnamese != english
    assert len(piece["story_vi"]) > 300
    assert len(piece["story_en"]) > 300
    for photo in piece["photo"]:
        assert len(photo["alt_vi"]) >= SHORTEST_ALT, photo["file"]
        assert len(photo["alt_en"]) >= SHORTEST_ALT, photo["file"]
        assert photo["alt_vi"] != photo["alt_en"]


def test_every_photograph_has_words_of_its_own() -> None:
    for name in ("alt_vi", "alt_en"):
        said = Counter(photo[name] for photo in PHOTOGRAPHS)
        assert [words for words, times in said.items() if times > 1] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_two_stories_share_a_sentence(language: str) -> None:
    said = Counter(
        sentence
        for piece in PIECES
        for sentence in sentences(piece[f"story_{language}"])
        if len(sentence) > 12
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: str(variant["sku"]))
def test_prices_sizes_and_weights_are_sane(variant: dict[str, Any]) -> None:
    assert variant["price"] in PRICES
    for side in ("height", "width", "depth", "packed_length", "packed_width", "packed_height"):
        assert variant[f"{side}_mm"] in LENGTHS_MM, side
    assert variant["weight_g"] in WEIGHTS_G
    assert variant["weight_g"] < variant["packed_weight_g"] < 4 * variant["weight_g"] + 1000
    assert variant["size_vi"]
    assert variant["size_en"]


def test_pieces_were_fired_before_they_are_sold_and_test_reports_are_illustrative() -> None:
    for piece in PIECES:
        if piece["supply"] != "made_to_order":
            assert piece["fired_on"] <= date(2026, 11, 24), piece["slug"]
        note = piece.get("food_note_vi", "")
        if "phiếu" in note:
            assert "MH-" in note, piece["slug"]
            assert "minh hoạ" in note, piece["slug"]


def test_models_are_small() -> None:
    files = list(VILLAGE.model_files())
    assert all(path.suffix == ".glb" and path.stat().st_size < LARGEST_FILE for path in files)


def test_twelve_workshops_stand_in_the_villages_three_parts() -> None:
    assert len(VILLAGE.workshops) >= WORKSHOPS_ASKED
    parts = Counter(
        part
        for workshop in VILLAGE.workshops
        for part in PARTS_OF_THE_VILLAGE
        if part in workshop["place_vi"]
    )
    assert set(parts) == set(PARTS_OF_THE_VILLAGE)
    assert sum(parts.values()) == len(VILLAGE.workshops)
    for name in ("slug", "name_vi", "name_en", "speciality_vi", "speciality_en", "phone"):
        assert len({workshop[name] for workshop in VILLAGE.workshops}) == len(VILLAGE.workshops)
    places = {(workshop["map_x"], workshop["map_y"]) for workshop in VILLAGE.workshops}
    assert len(places) == len(VILLAGE.workshops)


@pytest.mark.parametrize("workshop", VILLAGE.workshops, ids=lambda table: str(table["slug"]))
def test_a_workshop_is_whole_and_visibly_invented(workshop: dict[str, Any]) -> None:
    for name in ("name", "speciality", "story", "place", "opening", "mark_alt"):
        assert workshop[f"{name}_vi"]
        assert workshop[f"{name}_en"]
        assert workshop[f"{name}_vi"] != workshop[f"{name}_en"]
    assert 1945 < workshop["founded_year"] <= 2026
    assert 0 < workshop["map_x"] < 100
    assert 0 < workshop["map_y"] < 100
    assert ward(workshop["ward_code"]) is not None
    assert workshop["street"].startswith("Số 00 ")
    assert workshop["phone"].startswith("+84900000")
    assert workshop["tax_id"].startswith("DEMO-")
    assert workshop["email"].endswith("@example.vn")
    roles = [member["role"] for member in workshop["member"]]
    assert "owner" in roles
    assert len(roles) >= 2
    assert all(member["email"].endswith("@example.vn") for member in workshop["member"])
    assert len(workshop["maker"]) >= 2
    mark = VILLAGE.mark(workshop["mark"])
    assert mark.is_file()
    assert mark.stat().st_size < LARGEST_FILE


def makers_named() -> Iterator[tuple[str, str]]:
    for slug, pieces in VILLAGE.pieces.items():
        yield from ((slug, piece["maker"]) for piece in pieces)


def test_every_workshop_has_pieces_by_its_own_makers() -> None:
    makers = {
        (workshop["slug"], maker["name"])
        for workshop in VILLAGE.workshops
        for maker in workshop["maker"]
    }
    assert set(makers_named()) <= makers
    assert min(len(pieces) for pieces in VILLAGE.pieces.values()) >= 3
