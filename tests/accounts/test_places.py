"""Places an address can be in: provinces, wards, shipping zones, countries."""

import csv
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest
from babel import UnknownLocaleError

from shop.accounts import places

FOLDER = files("shop.accounts.places")


def data_lines(name: str) -> list[str]:
    lines = FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def all_wards() -> list[places.Ward]:
    return [ward for province in places.provinces() for ward in places.wards_of(province.code)]


def test_bat_trang_has_the_code_it_got_in_2025() -> None:
    bat_trang = places.ward("00577")
    assert bat_trang == places.Ward("00577", "Xã Bát Tràng", "xã", "01")
    assert bat_trang.short_name == "Bát Tràng"
    assert places.ward("00583") is None


def test_thirty_four_provinces_nine_of_them_cities() -> None:
    kinds = Counter(province.kind for province in places.provinces())
    assert kinds == {"thành phố": 9, "tỉnh": 25}
    assert len({province.code for province in places.provinces()}) == 34


def test_every_ward_is_in_one_province() -> None:
    wards = all_wards()
    assert len(wards) == len({ward.code for ward in wards}) == 3321
    assert Counter(ward.kind for ward in wards) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert len(places.wards_of("01")) == 126
    assert all(places.ward(ward.code) is ward for ward in wards)


def test_names_are_as_written_with_their_kind_in_front() -> None:
    named: list[places.Province | places.Ward] = [*places.provinces(), *all_wards()]
    for place in named:
        assert place.name.lower() == f"{place.kind} {place.short_name}".lower()
        assert place.name[0].isupper()
        assert unicodedata.is_normalized("NFC", place.name)


def test_provinces_are_in_vietnamese_alphabetical_order() -> None:
    names = [province.short_name for province in places.provinces()]
    assert names[:9] == [
        "An Giang",
        "Bắc Ninh",
        "Cà Mau",
        "Cao Bằng",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
    ]
    assert names[-1] == "Vĩnh Long"


def test_wards_are_in_order_of_their_short_names() -> None:
    names = [ward.short_name for ward in places.wards_of("01")]
    assert names[:6] == ["An Khánh", "Ba Đình", "Ba Vì", "Bạch Mai", "Bát Tràng", "Bất Bạt"]


def test_unknown_codes_find_nothing() -> None:
    assert places.province("99") is None
    assert places.ward("99999") is None
    assert places.wards_of("99") == ()


@pytest.mark.parametrize(
    ("ward_code", "province_code", "inside"),
    [("00577", "01", True), ("00577", "79", False), ("99999", "01", False), ("", "", False)],
)
def test_in_province(ward_code: str, province_code: str, inside: bool) -> None:
    assert places.in_province(ward_code, province_code) is inside


def test_every_province_has_one_shipping_zone_and_its_own_name_there() -> None:
    rows = list(csv.DictReader(data_lines("zones.csv")))
    by_code = {province.code: province for province in places.provinces()}
    assert sorted(row["province_code"] for row in rows) == sorted(by_code)
    for row in rows:
        province = by_code[row["province_code"]]
        assert (row["name"], row["zone"]) == (province.short_name, province.zone)


@pytest.mark.parametrize(
    ("code", "zone"),
    [("01", "ha-noi"), ("31", "north"), ("48", "centre"), ("68", "centre"), ("79", "south")],
)
def test_zone(code: str, zone: str) -> None:
    province = places.province(code)
    assert province is not None
    assert province.zone == zone


def test_zones_are_shared_out_as_decided() -> None:
    zones = Counter(province.zone for province in places.provinces())
    assert zones == {"ha-noi": 1, "north": 14, "centre": 11, "south": 8}


def test_the_table_says_where_it_is_from() -> None:
    text = FOLDER.joinpath(f"{places.DATASET_VERSION}.csv").read_text("utf-8")
    header = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    assert "vietnam-provinces 2026.9.0" in header
    assert "2026-09-20" in header
    assert "National Statistics Office" in header
    assert "GPL-3.0-or-later" in header
    # The column that keeps it on an order is this wide.
    assert len(places.DATASET_VERSION) <= 20


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_foreign_countries_are_those_of_iso_with_people(lang: str) -> None:
    codes = {country.code for country in places.countries(lang)}
    # 249 assigned codes, less Vietnam and six where nobody lives.
    assert len(codes) == len(places.countries(lang)) == 249 - 1 - 6
    assert {"FR", "JP", "LA", "US", "TW"} <= codes
    assert not codes & {"VN", "EU", "ZZ", "AQ", "XK"}


def test_countries_are_named_and_ordered_in_the_readers_language() -> None:
    vietnamese = [country.name for country in places.countries("vi")]
    assert vietnamese.index("Bồ Đào Nha") < vietnamese.index("Đức") < vietnamese.index("Hoa Kỳ")
    english = [country.name for country in places.countries("en")]
    assert english[:3] == ["Afghanistan", "Åland Islands", "Albania"]


def test_one_country() -> None:
    assert places.country("DE", "vi") == places.Country("DE", "Đức")
    assert places.country("DE", "en") == places.Country("DE", "Germany")
    assert places.country("VN", "vi") is None
    assert places.country("de", "en") is None


def test_a_language_nobody_knows_is_an_error() -> None:
    with pytest.raises(UnknownLocaleError):
        places.countries("qq")
