"""Transfer references survive banks and typing fingers."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shop.payments.references import (
    ALPHABET,
    find_references,
    normalise_reference,
    payment_reference,
)

references = st.builds(payment_reference)
known = "BT7KX9MPC"


def test_the_alphabet_has_no_look_alikes_and_a_prime_size() -> None:
    assert not set(ALPHABET) & set("0OQ1IL2Z5S8BU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


@given(references)
def test_a_reference_is_nine_plain_characters_that_find_themselves(reference: str) -> None:
    assert len(reference) == 9
    assert reference.startswith("BT")
    assert set(reference[2:]) <= set(ALPHABET)
    assert normalise_reference(reference) == reference


def test_references_differ() -> None:
    assert len({payment_reference() for _ in range(200)}) > 195


@given(references, st.data())
def test_found_however_a_bank_writes_it(reference: str, data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from(["", "", " ", "-", ".", "\n"]), min_size=9, max_size=9)
    )
    written = "".join(c + gap for c, gap in zip(reference, gaps, strict=True))
    for text in (written, written.lower(), f"MBVCB.4051.{written}.CT tu 0011"):
        assert normalise_reference(text) == reference


@given(references, st.integers(min_value=2, max_value=8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_never_another_reference(
    reference: str, place: int, character: str
) -> None:
    assume(reference[place] != character)
    assert normalise_reference(reference[:place] + character + reference[place + 1 :]) is None


@given(references, st.integers(min_value=2, max_value=8), st.integers(min_value=2, max_value=8))
def test_two_exchanged_characters_are_never_another_reference(
    reference: str, one: int, two: int
) -> None:
    assume(reference[one] != reference[two])
    letters = list(reference)
    letters[one], letters[two] = letters[two], letters[one]
    assert normalise_reference("".join(letters)) is None


@pytest.mark.parametrize(
    "text",
    ["", "BT", "thanh toan gom Bat Trang", "BT7KX9M", "BT0O1IL25", "NGUYEN VAN A CHUYEN TIEN"],
)
def test_no_reference(text: str) -> None:
    assert normalise_reference(text) is None


@given(references, references)
def test_two_references_are_left_to_a_person(one: str, two: str) -> None:
    assume(one != two)
    text = f"tra {one} va {two}"
    assert find_references(text) == [one, two]
    assert normalise_reference(text) is None
    assert normalise_reference(f"{one} {one}") == one


def test_a_prefix_just_before_is_passed_over() -> None:
    reference = payment_reference()
    assert normalise_reference(f"BT {reference}") == reference


BANK_TEXTS = (
    "MBVCB.7766.{}.CT tu 0011002233 TRAN MAI LAN toi HTX",
    "Trần Mai Lan chuyển tiền {} mua gốm Bát Tràng",
    "IBFT {}-201126-14:05:09 FT26324000001",
    "ND:{};TK 19001234567",
    "Thanh toan QR-{}-CHUYEN TIEN-OQCH123",
)


@given(
    references, st.sampled_from(BANK_TEXTS), st.integers(min_value=3, max_value=8), st.booleans()
)
def test_found_in_what_banks_make_of_a_text(
    reference: str, text: str, split: int, lower: bool
) -> None:
    written = f"{reference[:split]} {reference[split:]}"
    written = written.lower() if lower else written
    assert reference in find_references(text.format(written))


def test_every_slip_and_every_exchange_of_neighbours_is_caught() -> None:
    for _ in range(5):
        reference = payment_reference()
        for place in range(2, 9):
            for character in set(ALPHABET) - {reference[place]}:
                slip = reference[:place] + character + reference[place + 1 :]
                assert normalise_reference(slip) is None
        for place in range(2, 8):
            swapped = list(reference)
            swapped[place : place + 2] = reversed(swapped[place : place + 2])
            if swapped != list(reference):
                assert normalise_reference("".join(swapped)) is None
