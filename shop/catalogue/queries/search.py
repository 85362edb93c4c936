"""Search by words: folded, filler left out, every word the beginning of one in the index.

Plain LIKE on a folded text, so that SQLite and PostgreSQL answer alike.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, literal, or_, true

from shop.catalogue.models import Product
from shop.core.vietnamese import fold, nfc

MOST_WORDS = 12
WORD = re.compile(r"[^\W_]+")

# Compared as typed, tone marks and all: "voi" is an elephant, "với" is "with".
FILLER_VI = "và với của các những cho có ở bằng bởi hay hoặc thì là va cua"
FILLER_EN = "a an and the with of for in on by or from at"
FILLER = frozenset(f"{FILLER_VI} {FILLER_EN}".split())

EXACT_NAME, NAME_BEGINS, FOLDED_NAME_BEGINS, NAME_HOLDS, FOLDED_NAME_HOLDS, ANYTHING = range(6)


def search_words(text: str) -> list[str]:
    """The folded words to look for; when all of them are filler, all are looked for."""
    typed = WORD.findall(nfc(text).lower())[:MOST_WORDS]
    telling = [word for word in typed if word not in FILLER]
    folded = (WORD.findall(fold(word)) for word in telling or typed)
    return [word for words in folded for word in words]


def matches(words: list[str]) -> list[ColumnElement[bool]]:
    """Conditions that hold for a Product in whose index every word begins some word."""
    return [Product.search_text.contains(f" {word}", autoescape=True) for word in words]


def relevance(text: str) -> ColumnElement[int]:
    """0 for the best: the very name, then names that begin so, then names that hold it.

    The marks as typed count before the folded letters: "lọ" is a vase, "lò" a kiln.
    """
    spellings = _spellings(text)
    length = len(spellings[0])
    names = (Product.name_vi, Product.name_en)
    return case(
        (or_(*(name.in_(spellings) for name in names)), EXACT_NAME),
        (or_(*(func.substr(name, 1, length).in_(spellings) for name in names)), NAME_BEGINS),
        (Product.name_fold.startswith(fold(text), autoescape=True), FOLDED_NAME_BEGINS),
        (or_(*(_holds(name, spelling) for name in names for spelling in spellings)), NAME_HOLDS),
        (and_(*_in_folded_name(search_words(text))), FOLDED_NAME_HOLDS),
        else_=ANYTHING,
    )


def _holds(name: SQLColumnExpression[str], spelling: str) -> ColumnElement[bool]:
    """Whether the words stand in the name whole. LIKE minds case on one database only."""
    spaced = literal(" ").concat(func.replace(name, ",", " ")).concat(" ")
    return func.replace(spaced, f" {spelling} ", "") != spaced


def _in_folded_name(words: list[str]) -> list[ColumnElement[bool]]:
    name = literal(" ").concat(Product.name_fold)
    return [true(), *(name.contains(f" {word}", autoescape=True) for word in words)]


def _spellings(text: str) -> list[str]:
    """As typed, in small letters, and as a name is written: first letter large."""
    typed = " ".join(nfc(text).split())
    small = typed.lower()
    return list(dict.fromkeys((typed, small, small[:1].upper() + small[1:])))
