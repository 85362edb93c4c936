"""Vietnamese text: one stored form, a folded form to search in, and a key to sort by.

Text arrives composed (NFC) from most keyboards and decomposed (NFD) from macOS, with tone marks
from those who type them and without from those in a hurry. What is stored is always NFC; what is
searched is folded on both sides; what is sorted is sorted by `sort_key`, because neither SQLite
nor PostgreSQL's default collations know the Vietnamese alphabet.
"""

import unicodedata

# Ð (eth) and Ɖ are what older Vietnamese encodings often become instead of Đ.
_D_WITH_STROKE = str.maketrans("đĐðÐɖƉ", "dDdDdD")
_TYPOGRAPHIC = str.maketrans("‘’ʼ“”‐‑–—", "'''\"\"----")

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_LETTER_MARKS = {
    "a" + _BREVE: "ă",
    "a" + _CIRCUMFLEX: "â",
    "e" + _CIRCUMFLEX: "ê",
    "o" + _CIRCUMFLEX: "ô",
    "o" + _HORN: "ơ",
    "u" + _HORN: "ư",
}
# huyền, hỏi, ngã, sắc, nặng: the order Vietnamese dictionaries and CLDR share.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NO_TONE, _FOREIGN_MARK = "0", "6"

# CLDR's order of spaces, punctuation and digits, then the letters. Weights are two digits from 01.
_PRIMARY_ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PRIMARY = {character: f"{rank:02}" for rank, character in enumerate(_PRIMARY_ORDER, start=1)}
_BEYOND_ALPHABET = "99"
_LEVEL_END = "00"


def nfc(text: str) -> str:
    """Return `text` in the composed form everything is stored in; applied to every input."""
    return unicodedata.normalize("NFC", text)


def strip_marks(text: str) -> str:
    """Return `text` without Vietnamese or other Latin marks, case kept: `Đồ gốm` → `Do gom`.

    Only combining marks of the Latin, Greek and Cyrillic kind go; vowel signs of other scripts
    are letters to their readers and stay.
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return nfc(bare).translate(_D_WITH_STROKE)


def fold(text: str) -> str:
    """Return the form that text is searched in; fold the index and the query alike.

    No marks, đ as d, lower case, one space between words, no invisible characters, plain
    apostrophes and hyphens. `Bình hoa lam`, its NFD spelling and `BINH  HOA LAM` fold the same,
    and so do the two places a tone can be written in (`hòa`, `hoà`). Folding twice changes nothing.
    """
    visible = "".join(c for c in nfc(text) if unicodedata.category(c) != "Cf")
    bare = strip_marks(strip_marks(visible).casefold())
    return " ".join(bare.translate(_TYPOGRAPHIC).split())


def initial(text: str) -> str:
    """The letter a dictionary files `text` under: `Ấm chén` → `Â`, `đĩa` → `Đ`."""
    decomposed = unicodedata.normalize("NFD", nfc(text).strip()[:1])
    return nfc("".join(c for c in decomposed if c not in _TONES)).upper()


def sort_key(text: str) -> str:
    """Return a string of decimal digits whose plain order is Vietnamese alphabetical order.

    The order is that of CLDR (ICU `vi`): first the letters a ă â b c d đ e ê … of the whole text,
    then its tones (ngang, huyền, hỏi, ngã, sắc, nặng), then lower case before upper. Digits alone
    compare the same in SQLite, in PostgreSQL under any collation, and in Python. Letters outside
    the Latin alphabet follow z by code point. Length is 4 × characters + 4 for Vietnamese text.
    """
    letters = [_weights(base, marks) for base, marks in _letters_with_marks(text)]
    levels = zip(*letters, strict=True) if letters else ((), (), ())
    return _LEVEL_END.join("".join(level) for level in levels)


def _letters_with_marks(text: str) -> list[tuple[str, list[str]]]:
    """Split text into (base character, combining marks) pairs, white space collapsed."""
    tidy = " ".join(text.split()).translate(_TYPOGRAPHIC)
    letters: list[tuple[str, list[str]]] = []
    for character in unicodedata.normalize("NFD", tidy):
        if unicodedata.combining(character) and letters:
            letters[-1][1].append(character)
        else:
            letters.append((character, []))
    return letters


def _weights(base: str, marks: list[str]) -> tuple[str, str, str]:
    """Weigh one letter: its place in the alphabet, its tone, its case."""
    lower = base.lower()
    letter_mark = next((mark for mark in marks if lower + mark in _LETTER_MARKS), "")
    letter = _LETTER_MARKS.get(lower + letter_mark, lower)
    primary = _PRIMARY.get(letter) or f"{_BEYOND_ALPHABET}{ord(base.lower()[0]):08}"
    other_marks = [mark for mark in marks if mark != letter_mark]
    tone = _TONES.get(other_marks[0], _FOREIGN_MARK) if other_marks else _NO_TONE
    return primary, tone, "1" if base != lower else "0"
