"""Money: whole đồng that add up, are split and are written as people write them."""

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import ZERO, Money, format_money, parse_dong

amounts = st.integers(min_value=-(10**15), max_value=10**15).map(Money)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize("value", [1.0, True, "1000", Decimal(1000), None])
def test_only_whole_numbers_are_money(value: Any) -> None:
    with pytest.raises(TypeError):
        Money(value)


@pytest.mark.parametrize("other", [1, 0, 1.5, True, Decimal(1)])
def test_a_bare_number_is_not_added(other: Any) -> None:
    with pytest.raises(TypeError):
        Money(1) + other
    with pytest.raises(TypeError):
        Money(1) - other
    with pytest.raises(TypeError):
        assert Money(1) < other


@pytest.mark.parametrize("start", [False, 1, 0.0])
def test_sum_starts_from_zero_only(start: Any) -> None:
    with pytest.raises(TypeError):
        sum([Money(1)], start)


@pytest.mark.parametrize("factor", [1.5, True, Decimal(2), Money(2)])
def test_money_is_multiplied_by_whole_numbers_only(factor: Any) -> None:
    with pytest.raises(TypeError):
        Money(10) * factor
    with pytest.raises(TypeError):
        factor * Money(10)


def test_money_cannot_be_changed() -> None:
    amount = Money(5)
    with pytest.raises(AttributeError):
        amount.dong = 6  # type: ignore[misc]


@given(amounts, amounts, st.integers(min_value=-1000, max_value=1000))
def test_arithmetic_is_that_of_whole_numbers(one: Money, two: Money, count: int) -> None:
    assert (one + two).dong == one.dong + two.dong
    assert one - two == -(two - one)
    assert one * count == count * one == Money(one.dong * count)
    assert abs(one).dong == abs(one.dong)
    assert (one < two) == (one.dong < two.dong)
    assert bool(one) == (one != ZERO)


@given(st.lists(amounts))
def test_sums(parts: list[Money]) -> None:
    assert sum(parts, ZERO).dong == sum(part.dong for part in parts)
    assert not parts or sum(parts) == sum(parts, ZERO)


@given(amounts, weights)
def test_split_parts_add_up(amount: Money, ratios: list[int]) -> None:
    parts = amount.split(ratios)
    assert len(parts) == len(ratios)
    assert sum(parts, ZERO) == amount


@given(amounts, weights)
def test_split_is_within_a_dong_of_the_exact_share(amount: Money, ratios: list[int]) -> None:
    total = sum(ratios)
    for part, ratio in zip(amount.split(ratios), ratios, strict=True):
        assert abs(part.dong * total - amount.dong * ratio) < total
        assert ratio or not part


@given(amounts, weights)
def test_a_refund_is_split_as_the_payment_was(amount: Money, ratios: list[int]) -> None:
    assert (-amount).split(ratios) == [-part for part in amount.split(ratios)]


def test_the_left_over_dong_goes_to_the_largest_remainder_then_to_the_first() -> None:
    assert Money(100).split([1, 1, 1]) == [Money(34), Money(33), Money(33)]
    assert Money(10).split([2, 1, 4]) == [Money(3), Money(1), Money(6)]
    assert Money(-100).split([1, 1, 1]) == [Money(-34), Money(-33), Money(-33)]


@pytest.mark.parametrize("ratios", [[], [0], [0, 0], [1, -1], [3, -1]])
def test_split_refuses_weights_that_divide_nothing(ratios: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100).split(ratios)


@pytest.mark.parametrize("ratio", [0.5, True])
def test_split_refuses_weights_that_are_not_whole(ratio: Any) -> None:
    with pytest.raises(TypeError):
        Money(100).split([ratio, 1])


@pytest.mark.parametrize(
    ("dong", "basis_points", "share"),
    [
        (1_250_000, 100, 12_500),
        (1_250_000, 50, 6_250),
        (333, 150, 5),
        (100, 50, 1),
        (99, 50, 0),
        (-100, 50, -1),
        (1_000, 10_000, 1_000),
        (1_000, 0, 0),
    ],
)
def test_share(dong: int, basis_points: int, share: int) -> None:
    assert Money(dong).share(basis_points) == Money(share)


@given(amounts, st.integers(min_value=0, max_value=20_000))
def test_share_is_the_nearest_dong_and_opposite_for_a_refund(amount: Money, rate: int) -> None:
    share = amount.share(rate)
    assert abs(share.dong * 10_000 - amount.dong * rate) <= 5_000
    assert (-amount).share(rate) == -share


@pytest.mark.parametrize(("rate", "error"), [(-1, ValueError), (1.5, TypeError), (True, TypeError)])
def test_share_refuses(rate: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        Money(100).share(rate)


@pytest.mark.parametrize(
    "text",
    [
        "1.250.000đ",
        "1.250.000 đ",
        "1.250.000Đ",
        "1,250,000",
        "1250000",
        " 1.250.000 ₫ ",
        "1.250.000\u00a0₫",
        "1\u202f250\u202f000",
        "₫1,250,000",
        "1 250 000 VND",
        "vnđ 1250000",
        "1.250.000 đồng",
        unicodedata.normalize("NFD", "1.250.000 đồng"),
    ],
)
def test_parse_dong(text: str) -> None:
    assert parse_dong(text) == Money(1_250_000)


def test_parse_dong_reads_thousands_and_zero() -> None:
    assert parse_dong("1.250") == Money(1_250)
    assert parse_dong("0") == ZERO
    assert parse_dong("999999999999999") == Money(999_999_999_999_999)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đ",
        "1.25",
        "1,5",
        "1.250,000",
        "1.250.000,00",
        "1.250,5",
        "1..250",
        "1.250.",
        ".250",
        "0.500",
        "000",
        "012",
        "1.2500",
        "-1.250",
        "1e6",
        "1,25 triệu",
        "250k",
        "một triệu",
        "١٢٣",
        "$1,250",
        "1000000000000000",
        "1" * 5000,
    ],
)
def test_parse_dong_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        parse_dong(text)


def test_format_money() -> None:
    assert format_money(Money(1_250_000), "vi") == "1.250.000\u00a0₫"
    assert format_money(Money(1_250_000), "en") == "₫1,250,000"
    assert format_money(Money(-5_000), "vi") == "-5.000\u00a0₫"
    assert format_money(Money(-5_000), "en") == "-₫5,000"
    assert format_money(ZERO, "vi") == "0\u00a0₫"


@given(st.integers(min_value=0, max_value=10**15 - 1), st.sampled_from(["vi", "en"]))
def test_what_is_written_can_be_read_back(dong: int, lang: str) -> None:
    assert parse_dong(format_money(Money(dong), lang)) == Money(dong)
