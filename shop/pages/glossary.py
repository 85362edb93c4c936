"""The vocabulary as a glossary: in Vietnamese order, by letters, found by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from shop.core.vietnamese import fold, initial, sort_key
from shop.heritage.models import Term

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the Vietnamese alphabet, with the terms filed under it."""

    letter: str
    terms: tuple[Term, ...]

    @property
    def anchor(self) -> str:
        """Letters that fold alike (A Ă Â) keep apart: the anchor is the letter's own number."""
        return f"letter-{ord(self.letter)}"


def letters(terms: Sequence[Term]) -> list[Letter]:
    ordered = sorted(terms, key=lambda term: (sort_key(term.name_vi), term.id))
    return [
        Letter(letter, tuple(filed))
        for letter, filed in groupby(ordered, key=lambda term: initial(term.name_vi))
    ]


def matching(terms: Sequence[Term], typed: str) -> list[Term]:
    """Terms in whose names or other names, in either language, every typed word begins a word."""
    words = fold(typed[:LONGEST_SEARCH]).split()
    return [term for term in terms if _has_all(term, words)]


def _has_all(term: Term, words: list[str]) -> bool:
    names = (term.name_vi, term.name_en, term.synonyms_vi, term.synonyms_en)
    text = fold(" ".join(names)).translate(str.maketrans("(),-", "    "))
    return all(f" {word}" in f" {text}" for word in words)
