"""Telephone numbers as typed, stored and shown."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.phones import InvalidPhone, PhoneProblem, display, parse_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("+84 (0) 912 345 678", "+84912345678"),
        ("024 3874 1234", "+842438741234"),
        ("1900 6868", "+8419006868"),
        ("1800 1234", "+8418001234"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "+84912345678"),
    ],
)
def test_parse_phone(typed: str, stored: str) -> None:
    assert parse_phone(typed) == stored


def test_a_foreign_number_is_read_in_its_country() -> None:
    assert parse_phone("06 12 34 56 78", "FR") == "+33612345678"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0169 123 4567", PhoneProblem.INVALID),
        ("+999 123 456", PhoneProblem.INVALID),
        ("0912345678#5", PhoneProblem.INVALID),
        ("091234567", PhoneProblem.TOO_SHORT),
        ("024 3874 123", PhoneProblem.TOO_SHORT),
        ("123", PhoneProblem.TOO_SHORT),
        ("09123456789", PhoneProblem.TOO_LONG),
        ("0912345678 / 0987654321", PhoneProblem.TOO_LONG),
        ("0" * 300, PhoneProblem.TOO_LONG),
        ("", PhoneProblem.NOT_A_NUMBER),
        ("không có", PhoneProblem.NOT_A_NUMBER),
        ("0912345678 ext 5", PhoneProblem.NOT_A_NUMBER),
    ],
)
def test_a_refused_number_says_why(typed: str, reason: PhoneProblem) -> None:
    with pytest.raises(InvalidPhone) as refused:
        parse_phone(typed)
    assert refused.value.reason is reason
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("stored", "vietnamese", "english"),
    [
        ("+84912345678", "0912 345 678", "+84 912 345 678"),
        ("+842438741234", "024 3874 1234", "+84 24 3874 1234"),
        ("+33612345678", "+33 6 12 34 56 78", "+33 6 12 34 56 78"),
    ],
)
def test_display(stored: str, vietnamese: str, english: str) -> None:
    assert display(stored, "vi") == vietnamese
    assert display(stored, "en") == english


@pytest.mark.parametrize("text", ["0912 345 678", "  ", "", "không có"])
def test_what_is_no_stored_number_is_shown_as_it_stands(text: str) -> None:
    assert display(text, "vi") == text


@given(st.integers(min_value=0, max_value=10**7 - 1).map("+8491{:07}".format))
def test_what_is_shown_can_be_typed_again(stored: str) -> None:
    assert parse_phone(display(stored, "vi")) == parse_phone(display(stored, "en")) == stored


@given(st.text(max_size=40))
def test_any_text_is_either_refused_or_read_for_good(typed: str) -> None:
    with suppress(InvalidPhone):
        stored = parse_phone(typed)
        assert stored.startswith("+")
        assert parse_phone(stored) == stored
