"""Vietnamese text as stored, searched and sorted."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.vietnamese import fold, nfc, sort_key, strip_marks

VIETNAMESE_LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(alphabet=VIETNAMESE_LETTERS + VIETNAMESE_LETTERS.upper() + " -'19")

# In the order PostgreSQL 15 with ICU gives under the collation vi-x-icu.
ICU_ORDER = (
    "an | An | Anh | ăn | ân | bát | bạt | bát đĩa | bát hương | Bát Tràng | binh | bính | bình hoa"
    " | bình vôi | Chân Mây | Chân Mây - Lăng Cô | chậu | chén | chum | Da | dĩa | Dong | Đa Tốn"
    " | đĩa | Đông Dư | em | êm | gom | gôm | gồm | gốm | hoà | hoá | hòa | hỏa | hóa | họa"
    " | hoa lam | Kim Lan | lo | lò bầu | lò hộp | lô | lộc bình | lơ | ma | mà | mả | mã | má | mạ"
    " | mã não | ma rơm | mai | Mai | mă | mâ | men ngọc | men rạn | nậm rượu | nghê | ngựa | o"
    " | ong | ô | ông | ống | ơ | phù điêu | Phường 1 Bảo Lộc | Phường 10 | Phường 2 Bảo Lộc | quả"
    " | rong | rồng | sư | sứ | to | tô | tơ | tượng | u | ung | ư | ưng | ve | vè | vẻ | vẽ | vé"
    " | vẹ | Xã Ea Drăng | Xã Ea H'Leo | xanh | y | ỳ | ỷ | ỹ | ý | ỵ"
)
ORDERED_BY_ICU = ICU_ORDER.split(" | ")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bình hoa lam", "binh hoa lam"),
        ("BÌNH  HOA\u00a0LAM ", "binh hoa lam"),
        ("Đĩa gốm Đa Tốn", "dia gom da ton"),
        ("lộc ấm ngưỡng tường", "loc am nguong tuong"),
        ("hoà bình", "hoa binh"),
        ("Ea H’Leo", "ea h'leo"),
        ("Ðồ thờ", "do tho"),
        ("Céladon, Åland", "celadon, aland"),
        ("bát\u200b tràng\ufeff", "bat trang"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_fold_keeps_letters_of_other_scripts() -> None:
    assert fold("ガラス กำ") == "ガラス กำ"


def test_strip_marks_keeps_case() -> None:
    assert strip_marks("Thanh toán Đơn hàng") == "Thanh toan Don hang"


@given(st.text())
def test_fold_is_the_same_for_both_unicode_forms(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed) == fold(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_vietnamese_folds_to_lower_case_ascii(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower() == " ".join(folded.split())


@given(st.text())
def test_nfc_undoes_decomposition(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(text)


def test_sort_key_gives_the_order_of_icu() -> None:
    assert sorted(set(ORDERED_BY_ICU), key=sort_key) == ORDERED_BY_ICU


def test_letters_then_tones_in_alphabetical_order() -> None:
    assert sorted(set(VIETNAMESE_LETTERS), key=sort_key) == list(VIETNAMESE_LETTERS)


def test_sqlite_orders_by_the_key_as_python_does() -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute("create table word (text, key)")
        rows = [(word, sort_key(word)) for word in reversed(ORDERED_BY_ICU)]
        database.executemany("insert into word values (?, ?)", rows)
        ordered = [text for (text,) in database.execute("select text from word order by key")]
    database.close()
    assert ordered == ORDERED_BY_ICU


@given(st.text())
def test_sort_key_is_digits_and_blind_to_the_unicode_form(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isdigit()
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(nfc(text)) == key


@given(vietnamese)
def test_sort_key_tells_every_vietnamese_word_apart(text: str) -> None:
    word = nfc(" ".join(text.split()))
    assert len(sort_key(text)) == 4 * len(word) + 4
    assert sort_key(word + "a") > sort_key(word)


@given(vietnamese, vietnamese)
def test_words_with_one_key_are_one_word(first: str, second: str) -> None:
    same_word = " ".join(first.split()) == " ".join(second.split())
    assert (sort_key(first) == sort_key(second)) == same_word


def test_letters_beyond_the_alphabet_come_last() -> None:
    assert sorted(["日本", "zen", "Ångström", "æ", "an"], key=sort_key) == [
        "an",
        "Ångström",
        "zen",
        "æ",
        "日本",
    ]
